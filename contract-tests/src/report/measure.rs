//! Payloads and messages short enough for a screen: a long string is measured, not printed.

use serde_json::Value;

/// How long a string may be that is printed whole.
const WHOLE: usize = 60;
/// How much of a longer one is printed.
const START: usize = 24;
/// How long a line may be.
const LINE: usize = 560;

/// A payload in a line.
pub(super) fn payload(value: &Value) -> String {
    cut(&message(&value.to_string()))
}

/// A message in which every long string between quotes is measured.
pub(super) fn message(text: &str) -> String {
    let mut short = String::with_capacity(text.len().min(LINE));
    let mut rest = text;
    while let Some(start) = rest.find('"') {
        let (before, quoted) = rest.split_at(start);
        short.push_str(before);
        let Some(end) = closing(quoted) else {
            rest = quoted;
            break;
        };
        let (literal, after) = quoted.split_at(end);
        short.push_str(&measured(literal));
        rest = after;
    }
    short + rest
}

/// A message in a line that is not too long for a screen.
pub(super) fn line(text: &str) -> String {
    cut(&message(text))
}

/// The length of a JSON string with its quotes, at the beginning of the text.
fn closing(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (index, letter) in text.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some(index + 1),
            _ => {}
        }
    }
    None
}

fn measured(literal: &str) -> String {
    let string = serde_json::from_str::<String>(literal).unwrap_or_else(|_| literal.trim_matches('"').to_owned());
    let length = string.chars().count();
    if length <= WHOLE {
        return literal.to_owned();
    }
    let start: String = string.chars().take(START).chain(['…']).collect();
    format!("{} ({length} characters, {} bytes)", Value::String(start), string.len())
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LINE) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}… ({} characters)", &text[..end], text.chars().count()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{line, message, payload};

    #[test]
    fn a_long_string_is_measured() {
        let long = "é".repeat(701);
        let start = format!("\"{}…\" (701 characters, 1402 bytes)", "é".repeat(24));
        assert_eq!(payload(&json!({ "memo": long, "a": "short" })), format!("{{\"memo\":{start},\"a\":\"short\"}}"));
        assert_eq!(
            message(&format!("maxLength at /memo: {:?}; and more", long)),
            format!("maxLength at /memo: {start}; and more")
        );
    }

    #[test]
    fn quotes_within_a_string_and_one_that_never_ends_are_text() {
        let text = r#"a "b\"c" d "e"#;
        assert_eq!(message(text), text);
    }

    #[test]
    fn a_line_has_an_end() {
        let text = line(&"x, ".repeat(1_000));
        assert!(text.ends_with("… (3000 characters)") && text.chars().count() < 600, "{text}");
    }
}
