//! Sets of characters, and how a pattern writes them.

use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, HirKind};

use super::{Fault, Parser};

/// What `\w` is, and what `\b` stands beside.
pub(in super::super) fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_'
}

pub(super) fn one(character: char) -> ClassUnicode {
    of([(character, character)])
}

/// What `.` is: every character that ends no line.
pub(super) fn any() -> ClassUnicode {
    negated(of([('\n', '\n'), ('\r', '\r'), ('\u{2028}', '\u{2029}')]))
}

fn of<const N: usize>(ranges: [(char, char); N]) -> ClassUnicode {
    ClassUnicode::new(ranges.map(|(start, end)| ClassUnicodeRange::new(start, end)))
}

fn negated(mut set: ClassUnicode) -> ClassUnicode {
    set.negate();
    set
}

/// What `\s` is: white space and ends of lines.
fn space() -> ClassUnicode {
    of([
        ('\t', '\r'),
        (' ', ' '),
        ('\u{a0}', '\u{a0}'),
        ('\u{1680}', '\u{1680}'),
        ('\u{2000}', '\u{200a}'),
        ('\u{2028}', '\u{2029}'),
        ('\u{202f}', '\u{202f}'),
        ('\u{205f}', '\u{205f}'),
        ('\u{3000}', '\u{3000}'),
        ('\u{feff}', '\u{feff}'),
    ])
}

/// The characters with a Unicode property, such as `L`, `Script=Han` or `Alphabetic`.
fn property(name: &str) -> Option<ClassUnicode> {
    let is_name = |letter: char| is_word(letter) || letter == '=';
    if name.is_empty() || !name.chars().all(is_name) {
        return None;
    }
    let expression = regex_syntax::parse(&format!("\\p{{{name}}}")).ok()?;
    match expression.into_kind() {
        HirKind::Class(Class::Unicode(set)) => Some(set),
        // One character alone is a literal.
        HirKind::Literal(literal) => std::str::from_utf8(&literal.0).ok()?.chars().next().map(one),
        _ => None,
    }
}

impl Parser {
    /// A class behind its bracket.
    pub(super) fn class(&mut self) -> Result<ClassUnicode, Fault> {
        let is_negated = self.takes("^");
        let mut set = ClassUnicode::empty();
        loop {
            if self.takes("]") {
                return Ok(if is_negated { negated(set) } else { set });
            }
            let start = self.member()?;
            // A hyphen at the end, or beside a set, stands for itself.
            let is_range =
                self.peek() == Some('-') && self.letters.get(self.at + 1).is_some_and(|letter| *letter != ']');
            if !is_range {
                set.union(&start);
                continue;
            }
            self.at += 1;
            let end = self.member()?;
            match (single(&start), single(&end)) {
                (Some(start), Some(end)) if start <= end => set.push(ClassUnicodeRange::new(start, end)),
                (Some(_), Some(_)) => return Err(Fault::Syntax),
                _ => {
                    set.union(&start);
                    set.union(&end);
                    set.union(&one('-'));
                }
            }
        }
    }

    fn member(&mut self) -> Result<ClassUnicode, Fault> {
        match self.next().ok_or(Fault::Syntax)? {
            '\\' => self.escaped(true),
            letter => Ok(one(letter)),
        }
    }

    /// What an escape stands for behind its backslash.
    pub(super) fn escaped(&mut self, in_class: bool) -> Result<ClassUnicode, Fault> {
        let letter = self.next().ok_or(Fault::Syntax)?;
        Ok(match letter {
            'd' => of([('0', '9')]),
            'D' => negated(of([('0', '9')])),
            's' => space(),
            'S' => negated(space()),
            'w' => of([('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')]),
            'W' => negated(of([('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')])),
            'p' | 'P' if self.takes("{") => {
                let name: String = self.letters[self.at..].iter().take_while(|letter| **letter != '}').collect();
                self.at += name.chars().count() + 1;
                let set = property(&name).ok_or(Fault::Syntax)?;
                if letter == 'P' { negated(set) } else { set }
            }
            't' => one('\t'),
            'n' => one('\n'),
            'v' => one('\u{b}'),
            'f' => one('\u{c}'),
            'r' => one('\r'),
            'b' if in_class => one('\u{8}'),
            '0' if !self.peek().is_some_and(|next| next.is_ascii_digit()) => one('\0'),
            'c' if self.peek().is_some_and(|next| next.is_ascii_alphabetic()) => {
                let control = self.next().map_or(0, |letter| letter as u32 % 32);
                one(char::from_u32(control).ok_or(Fault::Syntax)?)
            }
            'x' => one(self.code(2).and_then(char::from_u32).ok_or(Fault::Syntax)?),
            'u' if self.takes("{") => {
                let digits: String = self.letters[self.at..].iter().take_while(|letter| **letter != '}').collect();
                self.at += digits.chars().count() + 1;
                let code = u32::from_str_radix(&digits, 16).map_err(|_| Fault::Syntax)?;
                return character(code);
            }
            'u' => {
                let unit = self.code(4).ok_or(Fault::Syntax)?;
                let before = self.at;
                if matches!(unit, 0xd800..=0xdbff) && self.takes("\\u") {
                    if let Some(low @ 0xdc00..=0xdfff) = self.code(4) {
                        return character(0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00));
                    }
                    self.at = before;
                }
                return character(unit);
            }
            // Letters and digits have, or may come to have, a meaning; what else is escaped stands for itself.
            letter if letter.is_ascii_alphanumeric() => return Err(Fault::Syntax),
            letter => one(letter),
        })
    }

    /// A number of so many hexadecimal digits.
    fn code(&mut self, digits: usize) -> Option<u32> {
        let text: String = self.letters.get(self.at..self.at + digits)?.iter().collect();
        let is_number = text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let code = u32::from_str_radix(&text, 16).ok().filter(|_| is_number)?;
        self.at += digits;
        Some(code)
    }
}

/// A code point; half of a surrogate pair is in no string of Rust's.
fn character(code: u32) -> Result<ClassUnicode, Fault> {
    match char::from_u32(code) {
        Some(character) => Ok(one(character)),
        None if matches!(code, 0xd800..=0xdfff) => Ok(ClassUnicode::empty()),
        None => Err(Fault::Syntax),
    }
}

/// The one character of a set.
fn single(set: &ClassUnicode) -> Option<char> {
    match set.ranges() {
        [range] if range.start() == range.end() => Some(range.start()),
        _ => None,
    }
}
