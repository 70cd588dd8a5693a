//! What is printed of a document shows every character that would otherwise steer the terminal or turn the reading
//! direction, as an escape.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The text with escapes such as `\u{1b}` for what would not be seen, or would change how the rest is seen. Line feeds and
/// tabs stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    escaped(text, |character, shown| {
        let _ = write!(shown, "{}", character.escape_unicode());
    })
}

/// The text as part of a line: line feeds and tabs are shown as well, so that no text makes a line of its own.
pub fn visible_line(text: &str) -> Cow<'_, str> {
    match visible(text) {
        shown if !shown.contains(['\n', '\t']) => shown,
        shown => Cow::Owned(shown.replace('\n', "\\n").replace('\t', "\\t")),
    }
}

/// JSON with the same characters as JSON's own escapes, so that it still is JSON and says the same. They can stand nowhere
/// but in its strings.
pub fn visible_json(json: &str) -> Cow<'_, str> {
    escaped(json, |character, shown| {
        for unit in character.encode_utf16(&mut [0; 2]) {
            let _ = write!(shown, "\\u{unit:04x}");
        }
    })
}

/// Whether a character is shown as an escape.
pub fn is_hidden(character: char) -> bool {
    match character {
        '\n' | '\t' => false,
        // Marks of direction, and what turns the direction of all that follows.
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        // Line and paragraph separators, and a byte order mark where it separates nothing.
        '\u{2028}' | '\u{2029}' | '\u{feff}' => true,
        character => character.is_control(),
    }
}

fn escaped(text: &str, escape: impl Fn(char, &mut String)) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if is_hidden(character) { escape(character, &mut shown) } else { shown.push(character) }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::{visible, visible_json, visible_line};

    #[test]
    fn what_steers_a_terminal_is_shown() {
        assert_eq!(visible("a\u{1b}]0;x\u{7}\r\u{9b}2J"), r"a\u{1b}]0;x\u{7}\u{d}\u{9b}2J");
        assert_eq!(visible("\u{202e}gnp.exe\u{2066}\u{2028}"), r"\u{202e}gnp.exe\u{2066}\u{2028}");
        assert_eq!(visible("会社名\n\tالاسم"), "会社名\n\tالاسم");
        assert_eq!(visible_line("a\n\t\u{1b}b"), r"a\n\t\u{1b}b");
    }

    #[test]
    fn json_stays_json_and_says_the_same() {
        let value = serde_json::json!({ "\u{202e}a\u{9b}": "\u{1b}[2J\u{feff} 会社" });
        let text = serde_json::to_string_pretty(&value).expect("it is JSON");
        let shown = visible_json(&text);
        assert!(!shown.chars().any(super::is_hidden), "{shown}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&shown).expect("it is JSON still"), value);
    }
}
