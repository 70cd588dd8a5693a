//! Mailboxes as RFC 5321 defines them.

#[cfg(feature = "schemars")]
use super::Appearance;
use super::{TextRules, formatted, text};

formatted! {
    /// An e-mail address: a mailbox of RFC 5321, section 4.1.2, in ASCII, its domain of letter-digit-hyphen labels or an
    /// address literal.
    ///
    /// Only addresses that you build are checked. Servers hold addresses that the RFC refuses, such as those that Japanese
    /// carriers once gave out with two dots in a row; received, these are kept as they are.
    Email
}

impl Email {
    /// Whether a string is a mailbox of RFC 5321.
    pub fn is_mailbox(text: &str) -> bool {
        // A path is at most 256 octets with its angle brackets (section 4.5.3.1.3).
        if !text.is_ascii() || text.len() > 254 {
            return false;
        }
        let Some((local, domain)) = split(text) else { return false };
        // Section 4.5.3.1.1.
        local.len() <= 64 && is_local_part(local) && is_domain_part(domain)
    }

    /// One part of a domain: letters, digits and hyphens, none of these at an end.
    pub(crate) fn is_label(label: &str) -> bool {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    }
}

/// The local part and the domain: at the last `@`, since a quoted local part may hold one and a domain never does.
fn split(text: &str) -> Option<(&str, &str)> {
    text.rsplit_once('@')
}

fn is_local_part(local: &str) -> bool {
    match local.strip_prefix('"') {
        Some(rest) => rest.strip_suffix('"').is_some_and(is_quoted_content),
        None => local.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(is_atext)),
    }
}

/// `atext` of RFC 5322, section 3.2.3.
fn is_atext(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte)
}

/// What stands between the quotes: printable ASCII and spaces; a backslash or a quote only behind a backslash.
fn is_quoted_content(content: &str) -> bool {
    let mut bytes = content.bytes();
    while let Some(byte) = bytes.next() {
        let printable = |byte: u8| (b' '..=b'~').contains(&byte);
        let fine = match byte {
            b'"' => false,
            b'\\' => bytes.next().is_some_and(printable),
            byte => printable(byte),
        };
        if !fine {
            return false;
        }
    }
    true
}

fn is_domain_part(domain: &str) -> bool {
    match domain.strip_prefix('[') {
        Some(rest) => rest.strip_suffix(']').is_some_and(is_address_literal),
        // Section 4.5.3.1.2, and RFC 1035 for a label's length.
        None => domain.len() <= 255 && domain.split('.').all(Email::is_label),
    }
}

/// An IPv4 address, or an IPv6 address behind its tag; no other tag is registered.
fn is_address_literal(literal: &str) -> bool {
    match literal.get(..5) {
        Some(tag) if tag.eq_ignore_ascii_case("IPv6:") => literal[5..].parse::<std::net::Ipv6Addr>().is_ok(),
        _ => literal.parse::<std::net::Ipv4Addr>().is_ok(),
    }
}
