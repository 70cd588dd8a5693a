//! The header `Prefer` (RFC 7240): which of the documented responses a caller wants.

use crate::request::{split, unquoted};

/// What a caller wants.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Preferences {
    /// The status: `code=404`.
    pub code: Option<String>,
    /// The name of an example: `example=name`.
    pub example: Option<String>,
}

impl Preferences {
    /// Reads the values of all `Prefer` headers. Of a preference that is given twice, the first counts; what is not
    /// understood is passed over, as the RFC demands.
    pub fn read<'a>(headers: impl IntoIterator<Item = &'a str>) -> Self {
        let mut found = Self::default();
        for preference in headers.into_iter().flat_map(|header| split(header, ',')) {
            // What follows a semicolon are parameters of the preference, of which none is known.
            let Some(preference) = split(preference, ';').into_iter().next() else { continue };
            let Some((name, value)) = preference.split_once('=') else { continue };
            let slot = match name.trim().to_ascii_lowercase().as_str() {
                "code" => &mut found.code,
                "example" => &mut found.example,
                _ => continue,
            };
            slot.get_or_insert_with(|| unquoted(value.trim()));
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn preferences_are_read_as_the_rfc_writes_them() {
        for (headers, code, example) in [
            (vec!["code=404"], Some("404"), None),
            (vec!["code = 404 ; foo=bar, example=\"a, \\\"b\\\"\""], Some("404"), Some("a, \"b\"")),
            (vec!["respond-async, wait=10", "Code=500"], Some("500"), None),
            (vec!["code=404, code=500"], Some("404"), None),
            (vec!["code"], None, None),
            (vec![""], None, None),
            (vec!["\"=,;"], None, None),
            (vec!["example=\"open"], None, Some("open")),
        ] {
            let found = Preferences::read(headers.clone());
            assert_eq!((found.code.as_deref(), found.example.as_deref()), (code, example), "{headers:?}");
        }
    }
}
