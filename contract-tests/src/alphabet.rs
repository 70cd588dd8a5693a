//! Texts of an exact length, in code points or in bytes, in scripts that a careless count gets wrong.

use serde::Serialize;

/// How a text is written. A count of bytes, of UTF-16 units or of grapheme clusters differs from a count of code points
/// in all but the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Script {
    /// One byte for each code point.
    Ascii,
    /// Two bytes for each code point.
    TwoByte,
    /// Three bytes for each code point.
    ThreeByte,
    /// Four bytes, and two UTF-16 units, for each code point.
    Astral,
    /// Two code points for each letter that a reader sees.
    Combining,
    /// What is trimmed, taken for one letter, or passed over: blanks, line breaks, a joiner, a control character.
    Unseen,
}

impl Script {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Ascii, Self::TwoByte, Self::ThreeByte, Self::Astral, Self::Combining, Self::Unseen];

    /// What a label calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ascii => "ASCII",
            Self::TwoByte => "two-byte",
            Self::ThreeByte => "three-byte",
            Self::Astral => "astral",
            Self::Combining => "combining",
            Self::Unseen => "unseen",
        }
    }

    fn letters(self) -> &'static [char] {
        match self {
            Self::Ascii => &['a', 'b', 'c', '7', ' '],
            Self::TwoByte => &['é', 'ß', 'ж'],
            Self::ThreeByte => &['あ', '漢', '한'],
            Self::Astral => &['😀', '𠮷', '🇯'],
            Self::Combining => &['e', '\u{301}'],
            Self::Unseen => &['\r', '\n', '\u{200d}', '\t', '\u{0}'],
        }
    }

    /// A text of so many code points.
    pub fn of_length(self, length: usize) -> String {
        // A text that ends with a space would make a careless reader's trimming look like a limit.
        let letters = self.letters();
        let mut text = letters.iter().collect::<String>().repeat(length / letters.len());
        text.extend(&letters[..length % letters.len()]);
        if text.ends_with(' ') {
            text.pop();
            text.push('z');
        }
        text
    }

    /// A text of exactly so many bytes in UTF-8: as many letters of the script as fit, the rest in ASCII.
    pub fn of_bytes(self, bytes: usize) -> String {
        let mut text = String::new();
        for letter in self.letters().iter().filter(|letter| **letter != ' ').cycle() {
            if text.len() + letter.len_utf8() > bytes {
                break;
            }
            text.push(*letter);
        }
        while text.len() < bytes {
            text.push('x');
        }
        text
    }
}
