//! How far each thing reaches that a source is made of.

use super::{Kind, Malformed, Token};

/// What stands ahead of the braces of a function or an implementation, as far as it is read.
pub struct Head {
    /// How many parentheses and brackets are open in it.
    pub depth: usize,
    /// Whether what stands in the braces is passed over.
    pub is_hollow: bool,
}

pub struct Reader<'a> {
    source: &'a str,
    pub at: usize,
    pub tokens: Vec<Token<'a>>,
    /// Which tokens are open brackets.
    pub open: Vec<usize>,
}

impl<'a> Reader<'a> {
    pub fn new(source: &'a str) -> Self {
        Self { source, at: 0, tokens: Vec::with_capacity(source.len() / 16), open: Vec::new() }
    }

    pub fn peek(&self, ahead: usize) -> Option<u8> {
        self.source.as_bytes().get(self.at + ahead).copied()
    }

    pub fn rest(&self) -> &'a [u8] {
        self.source.as_bytes().get(self.at..).unwrap_or_default()
    }

    pub fn text(&self, length: usize) -> &'a str {
        self.source.get(self.at..self.at + length).unwrap_or_default()
    }

    pub fn malformed(&self, expected: &'static str) -> Malformed {
        Malformed { at: self.at.min(self.source.len()), expected }
    }

    pub fn take(&mut self, length: usize, kind: Kind) -> Result<(), Malformed> {
        let text = self.source.get(self.at..self.at + length).ok_or(self.malformed("the end of a string"))?;
        self.tokens.push(Token::new(text, kind));
        self.at += length;
        Ok(())
    }

    pub fn take_quoted(&mut self, length: usize) -> Result<(), Malformed> {
        if length > 1 {
            return self.take(length, Kind::Literal);
        }
        self.at += 1;
        let name = self.word();
        self.at -= 1;
        self.take(1 + name, Kind::Lifetime)
    }

    pub fn take_raw(&mut self, prefix: usize) -> Result<(), Malformed> {
        let hashes = self.rest().iter().skip(prefix).take_while(|byte| **byte == b'#').count();
        let start = prefix + hashes;
        if self.peek(start) != Some(b'"') {
            // `r#name`
            self.at += start;
            let name = self.word();
            self.at -= start;
            return self.take(start + name, Kind::Word);
        }
        let length = start + self.raw_string(start, hashes);
        self.take(length, Kind::Literal)
    }

    pub fn take_close(&mut self) -> Result<(), Malformed> {
        self.take(1, Kind::Close)?;
        let start = self.open.pop().ok_or(self.malformed("no closing bracket"))?;
        let malformed = self.malformed("another closing bracket");
        let tree = self.tokens.get_mut(start..).unwrap_or_default();
        let size = tree.len();
        match tree {
            [open, .., close] if matches!((open.text, close.text), ("(", ")") | ("[", "]") | ("{", "}")) => {
                open.size = size;
                Ok(())
            }
            _ => Err(malformed),
        }
    }

    /// Goes on to the end of braces whose content says nothing.
    pub fn pass_body(&mut self) {
        let mut depth = 0_usize;
        let bytes = self.source.as_bytes();
        while let Some(byte) = bytes.get(self.at) {
            if KINDS[usize::from(*byte)] != MARK {
                self.at += 1;
                continue;
            }
            match byte {
                b'{' => depth += 1,
                b'}' if depth == 0 => return,
                b'}' => depth -= 1,
                b'"' => {
                    let before = bytes.get(..self.at).unwrap_or_default();
                    let hashes = before.iter().rev().take_while(|byte| **byte == b'#').count();
                    let is_raw = before.len().checked_sub(hashes + 1).is_some_and(|at| before[at] == b'r');
                    self.at += if is_raw { self.raw_string(0, hashes) } else { self.string() };
                    continue;
                }
                b'\'' => {
                    self.at += self.quote();
                    continue;
                }
                b'/' if matches!(self.peek(1), Some(b'/' | b'*')) => {
                    self.at += self.comment();
                    continue;
                }
                _ => {}
            }
            self.at += 1;
        }
    }

    pub fn word(&self) -> usize {
        self.run(WORD)
    }

    pub fn blank(&self) -> usize {
        self.run(BLANK)
    }

    /// How many bytes of a kind come next.
    fn run(&self, kind: u8) -> usize {
        let rest = self.rest();
        rest.iter().position(|byte| KINDS[usize::from(*byte)] != kind).unwrap_or(rest.len())
    }

    pub fn number(&self) -> usize {
        let rest = self.rest();
        let mut length = self.word();
        // A range and a method are no fraction.
        if rest.get(length) == Some(&b'.') && rest.get(length + 1).is_some_and(u8::is_ascii_digit) {
            length += 1 + rest.iter().skip(length + 1).take_while(|byte| is_word(**byte)).count();
        }
        let has_exponent = matches!(rest.get(length - 1), Some(b'e' | b'E')) && !rest.starts_with(b"0x");
        if has_exponent && matches!(rest.get(length), Some(b'+' | b'-')) {
            length += 1 + rest.iter().skip(length + 1).take_while(|byte| is_word(**byte)).count();
        }
        length
    }

    pub fn sign(&self) -> usize {
        let rest = self.rest();
        match rest {
            [b'.', b'.', b'=' | b'.', ..] => 3,
            [b':', b':', ..] | [b'-' | b'=', b'>', ..] | [b'.', b'.', ..] | [b'=', b'=', ..] => 2,
            _ => 1,
        }
    }

    /// Takes note of a word that begins a function or an implementation, or says that this one is of a trait.
    pub fn begin(&self, word: &str, head: &mut Option<Head>) {
        let behind = || self.rest().iter().skip(word.len()).find(|byte| !byte.is_ascii_whitespace());
        match (word, &head) {
            // A type of functions has no name.
            ("fn", _)
                if behind().is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'$' | 0x80..)) =>
            {
                // What a call fails with stands in no signature.
                let is_async = self.tokens.last().is_some_and(|before| before.is("async"));
                *head = Some(Head { depth: 0, is_hollow: !is_async });
            }
            ("impl", None) => *head = Some(Head { depth: 0, is_hollow: false }),
            // `for<'a>` is part of a bound.
            ("for", Some(Head { depth: 0, is_hollow: false })) if behind() != Some(&b'<') => {
                *head = Some(Head { depth: 0, is_hollow: true });
            }
            _ => {}
        }
    }

    /// A comment, which may hold others if it is one of `/* … */`.
    pub fn comment(&self) -> usize {
        let rest = self.rest();
        if rest.starts_with(b"//") {
            let text = self.source.get(self.at..).unwrap_or_default();
            return text.find('\n').unwrap_or(text.len());
        }
        let (mut depth, mut length) = (0_usize, 0);
        while let Some(pair) = rest.get(length..length + 2) {
            match pair {
                b"/*" => depth += 1,
                b"*/" => depth -= 1,
                _ => {
                    length += 1;
                    continue;
                }
            }
            length += 2;
            if depth == 0 {
                return length;
            }
        }
        rest.len()
    }

    pub fn string(&self) -> usize {
        let mut is_escaped = false;
        let end = self.rest().iter().skip(1).position(|byte| {
            let ends = *byte == b'"' && !is_escaped;
            is_escaped = *byte == b'\\' && !is_escaped;
            ends
        });
        end.map_or(self.rest().len() + 1, |end| end + 2)
    }

    /// A string whose quotation mark stands so far ahead, and that ends with a mark and so many `#`.
    pub fn raw_string(&self, ahead: usize, hashes: usize) -> usize {
        let rest = self.rest().get(ahead..).unwrap_or_default();
        let mut at = 1;
        while let Some(end) = rest.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == b'"')) {
            at += end + 1;
            if rest.get(at..at + hashes).is_some_and(|marks| marks.iter().all(|byte| *byte == b'#')) {
                return at + hashes;
            }
        }
        rest.len() + 1
    }

    /// A character, or the mark of a lifetime.
    pub fn quote(&self) -> usize {
        let mut characters = self.source.get(self.at + 1..).unwrap_or_default().chars();
        match (characters.next(), characters.next()) {
            (Some('\\'), Some(escaped)) => {
                let start = 2 + escaped.len_utf8();
                let end = self.rest().iter().skip(start).position(|byte| *byte == b'\'');
                start + end.map_or(0, |end| end + 1)
            }
            (Some(character), Some('\'')) => character.len_utf8() + 2,
            _ => 1,
        }
    }
}

fn is_word(byte: u8) -> bool {
    KINDS[usize::from(byte)] == WORD
}

const OTHER: u8 = 0;
const WORD: u8 = 1;
const BLANK: u8 = 2;
/// What is looked at in a body.
const MARK: u8 = 3;

/// The kinds of bytes.
const KINDS: [u8; 256] = {
    let mut kinds = [OTHER; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = match byte as u8 {
            b'_' | b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | 0x80.. => WORD,
            b' ' | b'\n' | b'\t' | b'\r' => BLANK,
            b'{' | b'}' | b'"' | b'\'' | b'/' => MARK,
            _ => OTHER,
        };
        byte += 1;
    }
    kinds
};
