//! Reads the places of a JSON text. It keeps its own stack, so that no depth of nesting can exhaust the thread's.

use super::builder::Builder;
use super::fault::{Fault, FaultKind};
use super::lines::Lines;
use super::tree::{Scalar, Span, Tree};

/// The tree of places of a JSON text, or everything that is wrong with it.
pub(crate) fn read(text: &str, lines: &Lines) -> Result<Tree, Vec<Fault>> {
    let mut scanner = Scanner { text, at: 0, builder: Builder::new(text, lines) };
    if let Err(fault) = scanner.scan() {
        scanner.builder.faults.push(fault);
    }
    scanner.builder.finish()
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    builder: Builder<'a>,
}

/// What the innermost open list or mapping expects next.
#[derive(Clone, Copy, PartialEq)]
enum Expect {
    /// A member, or the end where none was read yet.
    FirstOrEnd,
    /// A member, since a comma was read.
    Member,
    /// A comma or the end.
    CommaOrEnd,
}

impl Scanner<'_> {
    fn scan(&mut self) -> Result<(), Fault> {
        let mut open: Vec<u8> = Vec::new();
        let mut expect = Expect::Member;
        loop {
            self.skip_space();
            let Some(byte) = self.peek() else {
                return match open.last() {
                    Some(close) => {
                        Err(self.wrong(&format!("the text ends where a `{}` is missing", char::from(*close))))
                    }
                    None => Ok(()),
                };
            };
            let Some(close) = open.last().copied() else {
                if expect == Expect::CommaOrEnd {
                    return Err(self.wrong("there is something after the end of the document"));
                }
                expect = self.value(byte, &mut open)?;
                continue;
            };
            if byte == close {
                if expect == Expect::Member {
                    return Err(self.wrong("a comma precedes the end of a list or mapping"));
                }
                self.at += 1;
                self.builder.close(self.at);
                open.pop();
                expect = Expect::CommaOrEnd;
                continue;
            }
            if expect == Expect::CommaOrEnd {
                if byte != b',' {
                    return Err(self.wrong(&format!("a comma or `{}` is missing", char::from(close))));
                }
                self.at += 1;
                expect = Expect::Member;
                continue;
            }
            if close == b'}' {
                self.key(byte)?;
                self.skip_space();
                let Some(next) = self.peek() else { continue };
                expect = self.value(next, &mut open)?;
            } else {
                expect = self.value(byte, &mut open)?;
            }
        }
    }

    fn key(&mut self, byte: u8) -> Result<(), Fault> {
        if byte != b'"' {
            return Err(self.wrong("a key in double quotes is missing"));
        }
        let (text, span) = self.string()?;
        self.builder.key(text, span, false);
        self.skip_space();
        if self.peek() != Some(b':') {
            return Err(self.wrong("a colon after the key is missing"));
        }
        self.at += 1;
        Ok(())
    }

    fn value(&mut self, byte: u8, open: &mut Vec<u8>) -> Result<Expect, Fault> {
        let start = self.at;
        match byte {
            b'{' | b'[' => {
                let span = Span { start, end: start + 1 };
                if self.builder.open(byte == b'{', span).is_none() {
                    // The builder has noted why; nothing after this can be told apart from it.
                    self.at = self.text.len();
                    open.clear();
                    return Ok(Expect::CommaOrEnd);
                }
                self.at += 1;
                open.push(if byte == b'{' { b'}' } else { b']' });
                Ok(Expect::FirstOrEnd)
            }
            b'"' => {
                let (text, span) = self.string()?;
                self.builder.scalar(Scalar::Text(text), span);
                Ok(Expect::CommaOrEnd)
            }
            _ => {
                let rest = self.text.get(start..).unwrap_or_default();
                let length = rest.find(|c: char| c.is_whitespace() || ",:[]{}\"".contains(c)).unwrap_or(rest.len());
                let word = rest.get(..length).unwrap_or_default();
                if let Err(error) = serde_json::from_str::<serde_json::Value>(word) {
                    let reason = error.to_string();
                    return Err(self.wrong(match reason.split(" at line").next() {
                        Some(number) if word.starts_with(['-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']) => {
                            number
                        }
                        _ => "a value is missing: a string in double quotes, a number, true, false, null, `{` or `[`",
                    }));
                }
                self.at += length;
                self.builder.scalar(Scalar::Plain(word.to_owned()), Span { start, end: self.at });
                Ok(Expect::CommaOrEnd)
            }
        }
    }

    fn string(&mut self) -> Result<(String, Span), Fault> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut end = start + 1;
        loop {
            match bytes.get(end) {
                Some(b'"') => break,
                Some(b'\\') => end += 2,
                Some(b'\n') | None => {
                    return Err(self.wrong("the string that starts here has no closing quote on its line"));
                }
                Some(_) => end += 1,
            }
        }
        end += 1;
        let source = self.text.get(start..end).unwrap_or_default();
        match serde_json::from_str::<String>(source) {
            Ok(text) => {
                self.at = end;
                Ok((text, Span { start, end }))
            }
            Err(error) => {
                self.at = start + error.column().saturating_sub(1);
                let reason = error.to_string();
                Err(self.wrong(reason.split(" at line").next().unwrap_or(&reason)))
            }
        }
    }

    fn skip_space(&mut self) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        self.at += rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count();
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn wrong(&self, reason: &str) -> Fault {
        let at = self.at.min(self.text.len());
        FaultKind::Json(reason.to_owned()).at(Span { start: at, end: at + 1 }, self.builder.pointer())
    }
}
