//! Formats of strings for which the runtime has a text type.

/// The runtime's type for a format; none for one that only describes, such as `password` or one that OpenAPI does not
/// know.
pub fn text_type(format: &str) -> Option<&'static str> {
    Some(match format {
        "byte" => "Base64",
        "date" => "Date",
        "date-time" => "DateTime",
        "email" => "Email",
        "hostname" => "Hostname",
        "ipv4" => "Ipv4",
        "ipv6" => "Ipv6",
        "uri" => "Uri",
        "uuid" => "Uuid",
        _ => return None,
    })
}
