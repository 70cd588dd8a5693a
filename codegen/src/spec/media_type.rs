//! Media types, as RFC 6838 and RFC 6839 have them.

/// A media type without its parameters, in lower case.
pub fn essence(name: &str) -> String {
    name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether a media type is one of a range, such as `image/*`.
pub fn is_within(media_type: &str, range: &str) -> bool {
    let range = essence(range);
    let ends = range.split_once('*').map(|(start, end)| (start, end.trim_start_matches('*').trim_start_matches("/*")));
    ends.is_some_and(|(start, end)| media_type.starts_with(start) && media_type.ends_with(end))
}

/// Whether a media type's content is JSON: the type itself or any with its suffix (RFC 6839).
pub fn is_json(essence: &str) -> bool {
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}
