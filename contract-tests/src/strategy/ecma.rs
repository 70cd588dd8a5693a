//! Patterns of ECMA-262 in the syntax of `regex-syntax`, as far as strings can be built by them.
//!
//! Look-ahead at the start becomes a pattern of its own, which must be found too or must not. Where a pattern begins or ends
//! with look-around, what it asks for is simply there. Elsewhere it is left out, and the compiled schema refuses what it
//! forbids. A reference to a group becomes a sign that stands for the group's text.

use std::iter::Peekable;
use std::str::Chars;

/// A pattern that must be found, or must not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Expression {
    /// In the syntax of `regex-syntax`.
    pub(super) text: String,
    /// It must not be found.
    pub(super) negated: bool,
}

/// What `.` leaves out, which are more than those of `regex-syntax`.
const LINE_ENDS: &str = "\\n\\r\\x{2028}\\x{2029}";

/// What `\s` stands for, which differs by two from that of `regex-syntax`.
const SPACES: &str =
    "\\t-\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}";

/// The sign that stands for what the first group has matched; those of the other groups follow it.
const GROUP: u32 = 0xf_0000;

/// The number of the group whose text a sign stands for.
pub(super) fn group_of(sign: char) -> Option<u32> {
    u32::from(sign).checked_sub(GROUP).filter(|index| *index < 100).map(|index| index + 1)
}

/// The expressions that a pattern comes to: what stands at its end is the pattern itself.
pub(super) fn expressions(pattern: &str) -> Vec<Expression> {
    let mut found = Vec::new();
    let mut rest = pattern;
    // In front of alternatives, look-around is about the first of them only.
    if let Some(mut after) = pattern.strip_prefix('^').filter(|after| !has_alternatives(after)) {
        while let Some(negated) = ["(?=", "(?!"].iter().position(|sign| after.starts_with(sign)) {
            let mut letters = after.chars().peekable();
            letters.next();
            let inner = group(&mut letters);
            let text = format!("^(?:{})", translated(inner.get(2..).unwrap_or_default()));
            found.push(Expression { text, negated: negated == 1 });
            after = after.get(after.len() - letters.map(char::len_utf8).sum::<usize>()..).unwrap_or_default();
        }
        rest = after;
    }
    let anchor = if rest.len() < pattern.len() { "^" } else { "" };
    found.push(Expression { text: format!("{anchor}{}", translated(rest)), negated: false });
    found
}

/// The expressions that say the same as a pattern, which is found where each of them is found or must not be; nothing for a
/// pattern that is no regular language, or whose translation is not sure to say the same.
pub(crate) fn exact(pattern: &str) -> Option<Vec<(String, bool)>> {
    let mut letters = pattern.chars().peekable();
    let (mut in_class, mut at_start) = (false, pattern.starts_with('^') && !has_alternatives(pattern));
    letters.next_if(|letter| at_start && *letter == '^');
    while let Some(letter) = letters.next() {
        match letter {
            '(' if !in_class && at_start && looks_around(&letters) && letters.clone().nth(1) != Some('<') => {
                let inner = group(&mut letters);
                exact(inner.get(2..)?).filter(|inner| inner.len() == 1)?;
                continue;
            }
            '(' if !in_class && letters.peek() == Some(&'?') => {
                let sign: String = letters.clone().skip(1).take(2).collect();
                if !(sign.starts_with(':') || sign.starts_with('<') && !sign.ends_with(['=', '!'])) {
                    return None;
                }
            }
            '\\' => {
                let known = "dDwWsSbBnrtfv0xupP-\\^$.*+?()[]{}|/ <>_\"'@:;,=%!`#&~";
                letters.next().filter(|escaped| known.contains(*escaped))?;
            }
            '[' if in_class => {}
            '[' => in_class = true,
            ']' => in_class = false,
            '-' if in_class && letters.peek() == Some(&'-') => return None,
            _ => {}
        }
        at_start = false;
    }
    let expressions = expressions(pattern);
    let readable = expressions.iter().all(|expression| regex_syntax::parse(&expression.text).is_ok());
    readable.then(|| expressions.into_iter().map(|expression| (expression.text, expression.negated)).collect())
}

/// The pattern with numbers where it refers to groups by name, which not every reader of patterns knows.
pub(crate) fn numbered(pattern: &str) -> String {
    let names = group_names(pattern);
    let named = |(index, name): (usize, &String)| (format!("\\k<{name}>"), format!("(?:\\{})", index + 1));
    let signs = names.iter().enumerate().filter(|(_, name)| !name.is_empty()).map(named);
    signs.fold(pattern.to_owned(), |pattern, (sign, number)| pattern.replace(&sign, &number))
}

/// Whether there is a `|` outside of groups and classes.
fn has_alternatives(pattern: &str) -> bool {
    let (mut depth, mut in_class, mut escaped) = (0_i32, false, false);
    for letter in pattern.chars() {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => depth += 1,
            ')' if !in_class => depth -= 1,
            '|' if !in_class && depth == 0 => return true,
            _ => {}
        }
    }
    false
}

/// The pattern, translated.
fn translated(pattern: &str) -> String {
    let names = group_names(pattern);
    let mut out = String::new();
    let mut letters = pattern.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => escape(&mut letters, false, &names, &mut out),
            '[' => class(&mut letters, &mut out),
            '(' if looks_around(&letters) => {
                let inner = group(&mut letters);
                let first = out.is_empty();
                let last = letters.clone().all(|letter| letter == ')');
                match (inner.strip_prefix("?="), inner.strip_prefix("?<=")) {
                    (Some(ahead), _) if last => out.push_str(&format!("(?:{})", translated(ahead))),
                    (_, Some(behind)) if first => out.push_str(&format!("(?:{})", translated(behind))),
                    _ => {}
                }
            }
            // A brace that begins no count stands for itself.
            '{' if !counts(letters.clone()) => out.push_str("\\{"),
            '.' => out.push_str(&format!("[^{LINE_ENDS}]")),
            other => out.push(other),
        }
    }
    out
}

/// The names of the groups, in order; an empty one for a group without.
fn group_names(pattern: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut letters = pattern.chars().peekable();
    let mut in_class = false;
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => drop(letters.next()),
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => {
                let rest: String = letters.clone().take_while(|letter| *letter != '>').collect();
                match rest.strip_prefix("?<") {
                    Some(name) if !name.starts_with(['=', '!']) => names.push(name.to_owned()),
                    None if !rest.starts_with('?') => names.push(String::new()),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    names
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
            '\\' => escape(letters, true, &[], out),
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

fn escape(letters: &mut Peekable<Chars<'_>>, in_class: bool, names: &[String], out: &mut String) {
    let sign = |index: usize| u32::try_from(index).ok().and_then(|index| char::from_u32(GROUP + index));
    match letters.next() {
        Some(digit @ '1'..='9') if !in_class => {
            let mut number = digit.to_string();
            while let Some(more) = letters.next_if(char::is_ascii_digit) {
                number.push(more);
            }
            let index = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            out.extend(index.filter(|index| *index < 100).and_then(sign));
        }
        Some('k') if !in_class && letters.peek() == Some(&'<') => {
            let name: String = letters.by_ref().skip(1).take_while(|letter| *letter != '>').collect();
            out.extend(names.iter().position(|known| *known == name).and_then(sign));
        }
        Some('d') => out.push_str(if in_class { "0-9" } else { "[0-9]" }),
        Some('w') => out.push_str(if in_class { "A-Za-z0-9_" } else { "[A-Za-z0-9_]" }),
        Some('s') if in_class => out.push_str(SPACES),
        Some('s') => out.push_str(&format!("[{SPACES}]")),
        Some('S') => out.push_str(&format!("[^{SPACES}]")),
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
    use super::{Expression, LINE_ENDS, exact, expressions, group_of};

    #[test]
    fn what_means_something_else_is_translated() {
        for (pattern, expected) in [
            (r"^\d[\d\w]\D\/$", r"^[0-9][0-9A-Za-z0-9_][^0-9]/$"),
            (r"[a&&b[]\u00e9\u{e9}", r"[a\&\&b\[]\x{00e9}\u{e9}"),
            (r"^(a)(?!x[)]y)(b)(?<!b)$", "^(a)(b)$"),
            (r"a(?=b)", r"a(?:b)"),
            (r"(?<=b)a", r"(?:b)a"),
            (r"a{,2}b{2,}{x}", r"a\{,2}b{2,}\{x}"),
            (r"\<[\b]\0\_", r"<[\x08]\x00_"),
            (r"\\[^\]]", r"\\[^\]]"),
            (r"^[\p{L}]\P{Lu}{2}$", r"^[\p{L}]\P{Lu}{2}$"),
            (r"(?=a)b|c", r"b|c"),
        ] {
            assert_eq!(expressions(pattern), [Expression { text: expected.into(), negated: false }], "{pattern}");
        }
    }

    #[test]
    fn look_ahead_at_the_start_is_an_expression_of_its_own() {
        let one = |text: &str, negated| Expression { text: text.into(), negated };
        let found = expressions(r"^(?=.*\d)(?!a|b).{8,}$");
        let any = format!("[^{LINE_ENDS}]");
        let expected =
            [(format!("^(?:{any}*[0-9])"), false), ("^(?:a|b)".into(), true), (format!("^{any}{{8,}}$"), false)];
        assert_eq!(found, expected.clone().map(|(text, negated)| one(&text, negated)));
        assert_eq!(exact(r"^(?=.*\d)(?!a|b).{8,}$"), Some(expected.to_vec()));
    }

    #[test]
    fn what_is_translated_loosely_is_not_exact() {
        for pattern in [
            r"a(?=b)",
            r"(?<=b)a",
            r"^(?=(?=a)b)c",
            r"(a)\1",
            r"(?i)a",
            r"[a--b]",
            r"^(?=a)b|c",
            r"\A",
            r"(?<n>a)\k<n>",
        ] {
            assert_eq!(exact(pattern), None, "{pattern}");
        }
        for pattern in [r"^[a-z]+$", r"\s\S.[\s-]", r"(?:a|b){2}", r"(?<n>a)", r"\bword\b"] {
            assert!(exact(pattern).is_some(), "{pattern}");
        }
    }

    #[test]
    fn references_to_groups_become_signs() {
        let groups = |pattern: &str| {
            let found = expressions(pattern);
            found[0].text.chars().filter_map(group_of).collect::<Vec<_>>()
        };
        assert_eq!(groups(r"^(a)(?:b)(c)\2\1[\1]$"), [2, 1]);
        assert_eq!(groups(r"(?<first>a)(?<second>b)\k<second>"), [2]);
    }
}
