//! Percent-encoding (RFC 3986, section 2.1), as RFC 6570 has it for the values of parameters.

/// A string of which only letters, digits and `-._~` stay as they are.
pub(crate) fn encoded(text: &str) -> String {
    encoded_but(text, "")
}

/// A string of which these characters stay as they are as well.
pub(super) fn encoded_but(text: &str, kept: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || "-._~".contains(c) || kept.contains(c) {
            out.push(c);
        } else {
            let mut bytes = [0; 4];
            c.encode_utf8(&mut bytes).bytes().for_each(|byte| out.push_str(&format!("%{byte:02X}")));
        }
    }
    out
}
