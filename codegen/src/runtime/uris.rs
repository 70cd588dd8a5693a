//! URIs as RFC 3986 writes them.

use std::net::{Ipv4Addr, Ipv6Addr};

/// A URI with its scheme; a reference without one is none.
pub(crate) fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let mut letters = scheme.bytes();
    let scheme_fits = letters.next().is_some_and(|byte| byte.is_ascii_alphabetic())
        && letters.all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let (hierarchy, query) = rest.split_once('?').unwrap_or((rest, ""));
    let hierarchy_fits = match hierarchy.strip_prefix("//") {
        Some(rest) => {
            let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            is_authority(authority) && consists_of(path, b":@/")
        }
        None => consists_of(hierarchy, b":@/"),
    };
    scheme_fits && hierarchy_fits && consists_of(query, b":@/?") && consists_of(fragment, b":@/?")
}

/// `[userinfo "@"] host [":" port]`
fn is_authority(text: &str) -> bool {
    let (user, address) = text.rsplit_once('@').unwrap_or(("", text));
    let (host, port) = match address.strip_prefix('[') {
        Some(literal) => {
            let Some((literal, rest)) = literal.split_once(']') else { return false };
            if !is_literal(literal) {
                return false;
            }
            ("", rest)
        }
        None => address.split_at(address.find(':').unwrap_or(address.len())),
    };
    let port_fits = match port.strip_prefix(':') {
        Some(port) => port.bytes().all(|byte| byte.is_ascii_digit()),
        None => port.is_empty(),
    };
    consists_of(user, b":") && consists_of(host, b"") && port_fits
}

/// What may stand between brackets: an IPv6 address, or one of a kind that is still to come.
fn is_literal(text: &str) -> bool {
    if let Some((version, address)) = text.strip_prefix(['v', 'V']).and_then(|text| text.split_once('.')) {
        let hexadecimal = |byte: u8| byte.is_ascii_hexdigit();
        return !version.is_empty()
            && version.bytes().all(hexadecimal)
            && !address.is_empty()
            && !address.contains('%')
            && consists_of(address, b":");
    }
    text.parse::<Ipv6Addr>().is_ok() && text.parse::<Ipv4Addr>().is_err()
}

/// Whether a text is made of unreserved characters, sub-delimiters, percent-encoded bytes and those given.
fn consists_of(text: &str, others: &[u8]) -> bool {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let fits = match byte {
            b'%' => [bytes.next(), bytes.next()].iter().all(|byte| byte.is_some_and(|byte| byte.is_ascii_hexdigit())),
            byte => byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=".contains(&byte) || others.contains(&byte),
        };
        if !fits {
            return false;
        }
    }
    true
}
