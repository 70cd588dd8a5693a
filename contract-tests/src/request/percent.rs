//! Percent-encoding (RFC 3986, section 2.1).

/// Decodes a raw text. A `%` that begins no octet, and octets that are no UTF-8, are errors.
pub fn decoded(raw: &str) -> Result<String, String> {
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = raw.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if *first == b'%' {
            let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
            let octet = digits.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
            let octet = octet.and_then(|digits| u8::from_str_radix(digits, 16).ok());
            bytes.push(octet.ok_or_else(|| format!("`{raw}` has a `%` that begins no percent-encoded octet"))?);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).map_err(|_| format!("`{raw}` is not UTF-8"))
}

/// Decodes a raw text of a query or a form, where every server takes `+` for a space.
pub fn decoded_form(raw: &str) -> Result<String, String> {
    decoded(&raw.replace('+', "%20"))
}

/// The first of these characters that stands percent-encoded in a raw text.
pub fn first_encoded(raw: &str, characters: &str) -> Option<char> {
    let encoded = |character: &char| {
        let octet = format!("%{:02X}", u32::from(*character));
        raw.to_ascii_uppercase().contains(&octet)
    };
    characters.chars().find(encoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn octets_are_decoded_and_nothing_else() {
        assert_eq!(decoded("a%20b+c%2B%E6%97%A5").as_deref(), Ok("a b+c+日"));
        assert_eq!(decoded_form("a%20b+c%2B").as_deref(), Ok("a b c+"));
        for wrong in ["100%", "%4", "%zz", "%+1", "%FF"] {
            assert!(decoded(wrong).is_err(), "{wrong}");
        }
        assert_eq!(first_encoded("a%2fb", ":/"), Some('/'));
        assert_eq!(first_encoded("a/b", ":/"), None);
    }
}
