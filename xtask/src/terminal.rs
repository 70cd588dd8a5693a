//! Says things to whoever called.
//!
//! `println!` ends the program where nobody listens any more, as in `cargo xtask regenerate | head -1`. Here nothing
//! happens then: the work is done either way, and the exit status tells.
//!
//! Names, paths and messages may come from a document, so that nothing of them may steer the terminal: control
//! characters and those that turn the reading direction are written as escapes.

use std::borrow::Cow;
use std::fmt::{Arguments, Write as _};
use std::io::Write;
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether standard output is a program's: then people are told on standard error.
static IS_FOR_PROGRAMS: AtomicBool = AtomicBool::new(false);

/// From here on standard output is for programs alone.
pub fn leave_output_to_programs() {
    IS_FOR_PROGRAMS.store(true, Ordering::Relaxed);
}

/// Writes a line to standard output: what was asked for.
pub fn say(line: Arguments<'_>) {
    if IS_FOR_PROGRAMS.load(Ordering::Relaxed) {
        return complain(line);
    }
    tell(line);
}

/// Writes a line to standard output, whoever reads it.
pub fn tell(line: Arguments<'_>) {
    let _ = writeln!(std::io::stdout(), "{}", visible(&line.to_string()));
}

/// The output of a process that talks to people.
pub fn output_for_people() -> Stdio {
    if IS_FOR_PROGRAMS.load(Ordering::Relaxed) { std::io::stderr().into() } else { Stdio::inherit() }
}

/// Writes a line to standard error: what is in the way.
pub fn complain(line: Arguments<'_>) {
    let _ = writeln!(std::io::stderr(), "{}", visible(&line.to_string()));
}

/// The same with escapes for what would not be seen, or would change how the rest is seen. Line feeds and tabs stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if is_hidden(character) {
            let _ = write!(shown, "{}", character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

fn is_hidden(character: char) -> bool {
    match character {
        '\n' | '\t' => false,
        // Marks of direction, and what turns the direction of all that follows.
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        // Line and paragraph separators, and a byte order mark where it separates nothing.
        '\u{2028}' | '\u{2029}' | '\u{feff}' => true,
        character => character.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn what_steers_a_terminal_is_shown() {
        assert_eq!(visible("a\u{1b}]0;title\u{7}b\r\u{9b}2J"), "a\\u{1b}]0;title\\u{7}b\\u{d}\\u{9b}2J");
        assert_eq!(visible("\u{202e}gnp.exe\u{2066}\u{200f}\u{2028}"), "\\u{202e}gnp.exe\\u{2066}\\u{200f}\\u{2028}");
    }

    /// The judge prints too, and depends on nothing of this program: its table is held against this one.
    #[test]
    fn the_judge_shows_the_same() {
        for character in '\0'..=char::MAX {
            let hidden = contract_tests::visible::is_hidden(character);
            assert_eq!(hidden, super::is_hidden(character), "{character:?}");
        }
    }

    #[test]
    fn letters_of_all_scripts_and_line_feeds_stay() {
        let text = "会社名\n\tالاسم — naïve 👩\u{200d}💻";
        assert_eq!(visible(text), text);
    }
}
