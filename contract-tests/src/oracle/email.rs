//! `format: email` as RFC 5321 has it: a `Mailbox` in ASCII, whose domain is made of LDH labels or is an address literal.
//!
//! Written from the grammar of section 4.1.2 and 4.1.3, independently of the client and of the validator's crate: a label
//! that looks like IDNA's (`xn--`) is an LDH label here and nothing more.

use std::net::{Ipv4Addr, Ipv6Addr};

/// Whether the text is a mailbox.
pub fn is_mailbox(text: &str) -> bool {
    // Section 4.5.3.1.3: a path has at most 256 octets, the two angle brackets among them.
    if !text.is_ascii() || text.len() > 254 {
        return false;
    }
    // A domain never holds an `@`, so the last one separates; a quoted local part may hold others.
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    // Section 4.5.3.1.1: a local part has at most 64 octets.
    local.len() <= 64 && (is_dot_string(local) || is_quoted_string(local)) && (is_domain(domain) || is_literal(domain))
}

/// `Dot-string = Atom *("." Atom)`.
fn is_dot_string(local: &str) -> bool {
    let is_atext = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte);
    local.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(is_atext))
}

/// `Quoted-string = DQUOTE *QcontentSMTP DQUOTE`: printable ASCII, with `"` and `\` behind a backslash.
fn is_quoted_string(local: &str) -> bool {
    let Some(inner) = local.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else { return false };
    let mut bytes = inner.bytes();
    while let Some(byte) = bytes.next() {
        let fine = match byte {
            b'\\' => bytes.next().is_some_and(|escaped| (32..=126).contains(&escaped)),
            b'"' => false,
            _ => (32..=126).contains(&byte),
        };
        if !fine {
            return false;
        }
    }
    true
}

/// `Domain = sub-domain *("." sub-domain)`, with the limits of RFC 1035: 63 octets a label, 255 the whole.
fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        let edge = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric());
        label.len() <= 63
            && edge(label.bytes().next())
            && edge(label.bytes().last())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    domain.len() <= 255 && domain.split('.').all(is_label)
}

/// `address-literal`: IPv4, or `IPv6:` and an address.
fn is_literal(domain: &str) -> bool {
    let Some(inner) = domain.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) else { return false };
    match inner.get(..5) {
        Some(tag) if tag.eq_ignore_ascii_case("IPv6:") => inner[5..].parse::<Ipv6Addr>().is_ok(),
        _ => inner.parse::<Ipv4Addr>().is_ok(),
    }
}
