//! Patterns of ECMA-262 in the words of `regex-syntax`, as far as strings can be built by them.
//!
//! What a look-around asks for is not built: it is left out here, and the compiled schema refuses what it forbids. One
//! that looks beyond the end of the pattern stays, and is refused as not understood.

use std::iter::Peekable;
use std::str::Chars;

/// The pattern, translated.
pub(super) fn translated(pattern: &str) -> String {
    let mut out = String::new();
    let mut letters = pattern.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => escape(&mut letters, false, &mut out),
            '[' => class(&mut letters, &mut out),
            '(' if looks_around(&letters) => {
                let inner = group(&mut letters);
                let ahead = inner.starts_with("?=");
                let last = letters.clone().all(|letter| matches!(letter, ')' | '$'));
                if ahead && last {
                    out.push_str(&format!("({inner})"));
                }
            }
            // A brace that begins no count stands for itself.
            '{' if !counts(letters.clone()) => out.push_str("\\{"),
            other => out.push(other),
        }
    }
    out
}

fn looks_around(rest: &Peekable<Chars<'_>>) -> bool {
    let rest: String = rest.clone().take(3).collect();
    ["?=", "?!", "?<=", "?<!"].iter().any(|sign| rest.starts_with(sign))
}

/// What stands between a parenthesis that was read and the one that closes it.
fn group(letters: &mut Peekable<Chars<'_>>) -> String {
    let mut inner = String::new();
    let (mut depth, mut in_class) = (0_usize, false);
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => {
                inner.push('\\');
                inner.extend(letters.next());
                continue;
            }
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => depth += 1,
            ')' if !in_class && depth == 0 => break,
            ')' if !in_class => depth -= 1,
            _ => {}
        }
        inner.push(letter);
    }
    inner
}

/// Whether `{` is followed by `n}`, `n,}` or `n,m}`.
fn counts(rest: Peekable<Chars<'_>>) -> bool {
    let text: String = rest.take_while(|letter| *letter != '}').collect();
    let (least, most) = text.split_once(',').unwrap_or((&text, ""));
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    !least.is_empty() && number(least) && number(most)
}

fn class(letters: &mut Peekable<Chars<'_>>, out: &mut String) {
    out.push('[');
    if letters.next_if_eq(&'^').is_some() {
        out.push('^');
    }
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => escape(letters, true, out),
            ']' => {
                out.push(']');
                return;
            }
            // These begin classes within classes and operations of sets in `regex-syntax`, and are plain in ECMA-262.
            '[' | '&' | '~' => {
                out.push('\\');
                out.push(letter);
            }
            other => out.push(other),
        }
    }
}

fn escape(letters: &mut Peekable<Chars<'_>>, in_class: bool, out: &mut String) {
    match letters.next() {
        Some('d') => out.push_str(if in_class { "0-9" } else { "[0-9]" }),
        Some('w') => out.push_str(if in_class { "A-Za-z0-9_" } else { "[A-Za-z0-9_]" }),
        Some('D') => out.push_str("[^0-9]"),
        Some('W') => out.push_str("[^A-Za-z0-9_]"),
        Some('b') if in_class => out.push_str("\\x08"),
        Some('0') => out.push_str("\\x00"),
        Some('u') if letters.peek() != Some(&'{') => {
            let digits: String = letters.by_ref().take(4).collect();
            out.push_str(&format!("\\x{{{digits}}}"));
        }
        // What means nothing when escaped stands for itself, as do `<` and `>`, which `regex-syntax` takes for edges.
        Some(letter @ ('/' | '<' | '>' | '_' | '"' | '\'' | '@' | ':' | ';' | ',' | '=' | '%' | '!' | '`')) => {
            out.push(letter);
        }
        Some(other) => {
            out.push('\\');
            out.push(other);
            // The name of a class, or a code point: these braces are no count.
            if matches!(other, 'u' | 'p' | 'P') && letters.peek() == Some(&'{') {
                out.extend(letters.by_ref().take_while(|letter| *letter != '}'));
                out.push('}');
            }
        }
        None => out.push('\\'),
    }
}

#[cfg(test)]
mod tests {
    use super::translated;

    #[test]
    fn what_means_something_else_is_translated() {
        for (pattern, expected) in [
            (r"^\d[\d\w]\D\/$", r"^[0-9][0-9A-Za-z0-9_][^0-9]/$"),
            (r"[a&&b[]\u00e9\u{e9}", r"[a\&\&b\[]\x{00e9}\u{e9}"),
            (r"^(?!x[)]y)(a)(?<!b)$", "^(a)$"),
            (r"^(?=.*[A-Z]).{8,}$", "^.{8,}$"),
            (r"a(?=b)", r"a(?=b)"),
            (r"a{,2}b{2,}{x}", r"a\{,2}b{2,}\{x}"),
            (r"\<[\b]\0\_", r"<[\x08]\x00_"),
            (r"\\[^\]]", r"\\[^\]]"),
            (r"^[\p{L}]\P{Lu}{2}$", r"^[\p{L}]\P{Lu}{2}$"),
        ] {
            assert_eq!(translated(pattern), expected, "{pattern}");
        }
    }
}
