//! Identifiers: from the names that a document uses to names that Rust accepts, each once.

use std::collections::{HashMap, HashSet};

use heck::{ToPascalCase, ToSnakeCase};
use icu_normalizer::ComposingNormalizerBorrowed;
use unicode_ident::{is_xid_continue, is_xid_start};

/// As long as `abstract` and `continue`, in bytes.
const LONGEST_KEYWORD: usize = 8;

/// The identifiers taken in one scope.
#[derive(Debug, Clone, Default)]
pub struct Names {
    taken: HashSet<String>,
    /// Up to which number each name was found taken, so that many of one name are not counted through again.
    counted: HashMap<String, u32>,
}

impl Names {
    /// A scope in which some names are taken from the start.
    pub fn reserving(names: &[&str]) -> Self {
        Self { taken: names.iter().map(|&name| name.to_owned()).collect(), counted: HashMap::new() }
    }

    /// The wanted name, or the first free one of those that a number makes of it.
    pub fn claim(&mut self, wanted: &str) -> String {
        if self.taken.insert(wanted.to_owned()) {
            return wanted.to_owned();
        }
        // An underscore that told a keyword from a name has nothing left to do beside a number.
        let stem = wanted.trim_end_matches('_');
        // A digit that followed a digit would read as one number.
        let separator = match wanted.ends_with(|c: char| c.is_ascii_digit()) {
            // After capitals alone, as in `S1`, another one is of the same word, which its case would not leave alone.
            true if format!("{stem}V2").to_pascal_case() != format!("{stem}V2") => "v",
            true => "V",
            false => "",
        };
        let separator = if wanted.starts_with(|c: char| c.is_lowercase() || c == '_') { "_" } else { separator };
        let number = self.counted.entry(wanted.to_owned()).or_insert(1);
        loop {
            *number += 1;
            let name = format!("{stem}{separator}{number}");
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }

    /// Gives a name back that was claimed in vain.
    pub fn release(&mut self, name: &str) {
        self.taken.remove(name);
        // It may be one of those that a number makes of another name, and is free for the next of them then.
        let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
        let Some(number) = name.get(stem.len()..).and_then(|number| number.parse::<u32>().ok()) else { return };
        for stem in [stem, stem.strip_suffix(['_', 'V', 'v']).unwrap_or(stem)] {
            for wanted in [stem.to_owned(), format!("{stem}_")] {
                if let Some(counted) = self.counted.get_mut(&wanted) {
                    *counted = (*counted).min(number.saturating_sub(1));
                }
            }
        }
    }
}

/// A type's or variant's identifier.
pub fn pascal(name: &str) -> String {
    identifier(name, str::to_pascal_case, "X")
}

/// A field's, parameter's or method's identifier.
pub fn snake(name: &str) -> String {
    identifier(name, str::to_snake_case, "x")
}

fn identifier(name: &str, case: fn(&str) -> String, fallback: &str) -> String {
    let spelled: String = match name.chars().next() {
        // Signs are often all that tells two values apart, such as `+1` and `-1`.
        Some('+') => format!("plus {}", &name[1..]),
        Some('-') if name.len() > 1 => format!("minus {}", &name[1..]),
        Some(_) if !name.contains(is_xid_continue) => name.chars().map(sign).collect(),
        _ => name.to_owned(),
    };
    // Rust compares identifiers in this normal form.
    let spelled = ComposingNormalizerBorrowed::new_nfc().normalize(&spelled);
    let identifier = cased(&spelled, is_xid_continue, case, fallback);
    // Some scripts have letters that no case leaves alone, and progenitor applies the case again.
    identifier.or_else(|| cased(&spelled, |c| c.is_ascii_alphanumeric(), case, fallback)).unwrap_or(fallback.to_owned())
}

/// How a name of signs alone is spelled, such as that of an operator: without a letter, all of these would have one identifier.
fn sign(sign: char) -> &'static str {
    match sign {
        '!' => " not ",
        '"' => " quote ",
        '#' => " hash ",
        '$' => " dollar ",
        '%' => " percent ",
        '&' => " ampersand ",
        '\'' => " apostrophe ",
        '(' | ')' => " parenthesis ",
        '*' => " asterisk ",
        '+' => " plus ",
        ',' => " comma ",
        '-' => " minus ",
        '.' => " dot ",
        '/' => " slash ",
        ':' => " colon ",
        ';' => " semicolon ",
        '<' => " less ",
        '=' => " equal ",
        '>' => " greater ",
        '?' => " question ",
        '@' => " at ",
        '[' | ']' => " bracket ",
        '\\' => " backslash ",
        '^' => " caret ",
        '`' => " backtick ",
        '{' | '}' => " brace ",
        '|' => " bar ",
        '~' => " tilde ",
        _ => " ",
    }
}

/// An identifier of the characters that are kept; none where it is not one that its case leaves alone.
fn cased(name: &str, is_kept: fn(char) -> bool, case: fn(&str) -> String, fallback: &str) -> Option<String> {
    let spelled: String = name.chars().map(|c| if is_kept(c) { c } else { ' ' }).collect();
    let cased = case(&spelled);
    let cased = match cased.chars().next() {
        None => fallback.to_owned(),
        Some(first) if !is_xid_start(first) => format!("{fallback}{cased}"),
        Some(_) => cased,
    };
    // Prefixing may have produced a spelling that is not its own case's yet. What the case has left alone, it does again.
    let again = if cased == spelled { cased.clone() } else { case(&cased) };
    let is_settled = again == cased || case(&again) == again;
    let cased = again;
    if !is_settled || !(cased.is_ascii() || ComposingNormalizerBorrowed::new_nfc().is_normalized(&cased)) {
        return None;
    }
    // Of letters, digits and underscores, what is longer than every keyword of Rust is an identifier.
    let is_long = |name: &str| name.is_ascii() && name.len() > LONGEST_KEYWORD;
    let is_identifier = |name: &str| is_long(name) || syn::parse_str::<syn::Ident>(name).is_ok();
    // A keyword since edition 2024, of which syn does not know.
    if cased != "gen" && is_identifier(&cased) {
        return Some(cased);
    }
    Some(format!("{cased}_")).filter(|identifier| is_identifier(identifier))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_becomes_an_identifier_that_its_case_leaves_alone() {
        for name in [
            "",
            "-1",
            "+1",
            "1",
            "200 OK",
            "type",
            "Self",
            "self",
            "名前",
            "gen",
            "a-b_c",
            "ABTest2",
            "x::y",
            "é",
            "_",
            "a1B2",
            "会社名",
            "会社-名",
            "ﬁle",
            "İd",
            "ß",
            "ǆ",
            "हिन्दी",
            "か\u{3099}",
            "1月",
            "\u{301}",
            "ⅷ",
            "Ａ",
            "ªb",
            "·a",
        ] {
            let (type_name, field_name) = (pascal(name), snake(name));
            assert!(syn::parse_str::<syn::Ident>(&type_name).is_ok(), "{name:?} -> {type_name:?}");
            assert!(syn::parse_str::<syn::Ident>(&field_name).is_ok(), "{name:?} -> {field_name:?}");
            assert_eq!(pascal(&type_name), type_name, "{name:?}");
            assert_eq!(snake(&field_name), field_name, "{name:?}");
        }
    }

    #[test]
    fn letters_of_every_script_are_kept() {
        assert_eq!((snake("会社名"), pascal("会社名")), ("会社名".to_owned(), "会社名".to_owned()));
        assert_eq!((snake("会社-名"), snake("ИмяФайла")), ("会社_名".to_owned(), "имя_файла".to_owned()));
        assert_eq!((snake("É"), pascal("é")), ("é".to_owned(), "É".to_owned()));
        // Two spellings of one letter are one identifier to Rust.
        assert_eq!(snake("か\u{3099}"), snake("が"));
        assert_eq!((snake("1月"), snake("€")), ("x1月".to_owned(), "x".to_owned()));
    }

    #[test]
    fn names_of_signs_alone_differ() {
        let operators = ["=", "!=", "<", "<=", ">", ">=", "<>", "*", "&", "%", "-", "+", "||", "|"].map(pascal);
        assert_eq!(operators[..5], ["Equal", "NotEqual", "Less", "LessEqual", "Greater"]);
        assert_eq!(HashSet::from(operators.clone()).len(), operators.len(), "{operators:?}");
        assert_eq!((snake("$"), snake("$ref"), snake(" ")), ("dollar".to_owned(), "ref_".to_owned(), "x".to_owned()));
    }

    #[test]
    fn a_taken_name_gets_a_number() {
        let mut names = Names::reserving(&["Pet"]);
        assert_eq!(names.claim("Pet"), "Pet2");
        assert_eq!(names.claim("Pet"), "Pet3");
        assert_eq!(names.claim("Pet2"), "Pet2V2");
        assert_eq!((names.claim("S1"), names.claim("S1")), ("S1".to_owned(), "S1v2".to_owned()));
        assert_eq!(pascal("S1v2"), "S1v2");
        assert_eq!(names.claim("pet"), "pet");
        assert_eq!(names.claim("pet"), "pet_2");
        assert_eq!((names.claim("type_"), names.claim("type_")), ("type_".to_owned(), "type_2".to_owned()));
        assert_eq!((names.claim("Self_"), names.claim("Self_")), ("Self_".to_owned(), "Self2".to_owned()));
        for (released, wanted) in
            [("Pet2", "Pet"), ("Pet2V2", "Pet2"), ("pet_2", "pet"), ("type_2", "type_"), ("Self2", "Self_")]
        {
            names.release(released);
            assert_eq!(names.claim(wanted), released);
        }
        assert_eq!(names.claim("Pet"), "Pet4");
    }
}
