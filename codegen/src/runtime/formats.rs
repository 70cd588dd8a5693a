//! The formats of strings that are checked, and a text type for each.

#[cfg(feature = "schemars")]
use super::Appearance;
use super::{Email, TextRules, date_time_text, dates, text, uris};

/// A format of strings that is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// `byte`: base64 (RFC 4648), in either alphabet, with padding or without.
    Base64,
    /// `date`: a full date of RFC 3339.
    Date,
    /// `date-time`: a date and time of RFC 3339.
    DateTime,
    /// `email`: a mailbox of RFC 5321.
    Email,
    /// `hostname`: a name of RFC 1123.
    Hostname,
    /// `ipv4`: an address in four decimal numbers.
    Ipv4,
    /// `ipv6`: an address of RFC 4291.
    Ipv6,
    /// `uri`: a URI of RFC 3986, with its scheme.
    Uri,
    /// `uuid`: the hyphenated form of RFC 9562.
    Uuid,
}

impl Format {
    /// The format's name in a document.
    pub fn name(self) -> &'static str {
        match self {
            Self::Base64 => "byte",
            Self::Date => "date",
            Self::DateTime => "date-time",
            Self::Email => "email",
            Self::Hostname => "hostname",
            Self::Ipv4 => "ipv4",
            Self::Ipv6 => "ipv6",
            Self::Uri => "uri",
            Self::Uuid => "uuid",
        }
    }

    /// Whether a string is of the format.
    pub fn holds(self, text: &str) -> bool {
        match self {
            Self::Base64 => is_base64(text),
            Self::Date => dates::is_date(text),
            Self::DateTime => dates::is_date_time(text),
            Self::Email => Email::is_mailbox(text),
            Self::Hostname => is_hostname(text),
            Self::Ipv4 => text.parse::<std::net::Ipv4Addr>().is_ok(),
            Self::Ipv6 => text.parse::<std::net::Ipv6Addr>().is_ok(),
            Self::Uri => uris::is_uri(text),
            Self::Uuid => is_uuid(text),
        }
    }
}

/// Declares the text type of a format: building checks, decoding keeps.
macro_rules! formatted {
    ($(#[$words:meta])* $name:ident) => {
        text! {
            $(#[$words])*
            pub struct $name(String);
            rules { format: Some(super::Format::$name) }.inline()
        }

        impl $name {
            pub(crate) fn received(text: String) -> Self {
                Self(text)
            }
        }
    };
}

pub(crate) use formatted;

formatted! {
    /// Bytes as base64 (RFC 4648), in either alphabet, with padding or without; what is received is kept as it came.
    Base64
}

formatted! {
    /// A full date of RFC 3339, such as `2024-02-29`; what is received is kept as it came.
    Date
}

date_time_text! {
    /// A date and time of RFC 3339, such as `2024-02-29T12:00:00+09:00`; what is received is kept as it came, its offset included.
    ///
    /// Two of them are equal where they are the same instant, however that is written, and the earlier one is less. A received
    /// string that is no date and time is equal to itself alone, and greater than all that are.
    pub struct DateTime(String);
    rules { format: Some(Format::DateTime) }.inline()
}

impl DateTime {
    pub(crate) fn received(text: String) -> Self {
        Self(text)
    }
}

formatted! {
    /// The name of a host, of labels of letters, digits and hyphens (RFC 1123); what is received is kept as it came.
    Hostname
}

formatted! {
    /// An IPv4 address such as `192.0.2.1`; what is received is kept as it came.
    Ipv4
}

formatted! {
    /// An IPv6 address such as `2001:db8::1`; what is received is kept as it came.
    Ipv6
}

formatted! {
    /// A URI of RFC 3986 with its scheme; what is received is kept as it came.
    Uri
}

formatted! {
    /// A UUID in its hyphenated form (RFC 9562); what is received is kept as it came.
    Uuid
}

fn is_base64(text: &str) -> bool {
    let digits = text.trim_end_matches('=');
    let padding = text.len() - digits.len();
    let alphabet = |byte: u8| byte.is_ascii_alphanumeric() || b"+/-_".contains(&byte);
    // One digit alone holds no byte, and padding fills the last four.
    digits.bytes().all(alphabet)
        && digits.len() % 4 != 1
        && (padding == 0 || (padding < 3 && text.len().is_multiple_of(4)))
}

/// At most 253 characters, of labels as in an address's domain.
fn is_hostname(text: &str) -> bool {
    text.len() <= 253 && text.split('.').all(Email::is_label)
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}
