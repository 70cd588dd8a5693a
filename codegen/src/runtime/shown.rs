//! Strings that a server chose, as errors and logs show them.

use std::fmt::{self, Write};

/// The most characters of a server's string that an error shows.
pub const MAX_SHOWN: usize = 200;

/// Displays a server's string so that it can neither forge a line of a log, nor act on a terminal, nor flood either: control
/// characters and characters that change the direction of text are escaped, and what is beyond [`MAX_SHOWN`] characters is cut.
#[derive(Clone, Copy)]
pub(crate) struct Shown<'a>(pub(crate) &'a str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, character) in self.0.chars().enumerate() {
            if index == MAX_SHOWN {
                return f.write_char('…');
            }
            if is_seen(character) {
                f.write_char(character)?;
            } else {
                write!(f, "{}", character.escape_default())?;
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}

/// Whether a character does nothing but show itself.
fn is_seen(character: char) -> bool {
    !character.is_control()
        && !matches!(
            character,
            '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
                | '\u{e0000}'..='\u{e007f}'
        )
}
