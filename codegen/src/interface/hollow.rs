//! Sources without what says nothing of an interface: comments, and the bodies of functions and of implementations of traits.
//! They are most of a source, and reading past them takes a small part of the time that parsing them would.

/// A source text that declares the same.
pub(super) fn hollow(source: &str) -> String {
    let mut reader = Reader { source, at: 0, written: String::with_capacity(source.len() / 2), body: 0 };
    let mut head: Option<Head> = None;
    while let Some(byte) = reader.peek(0) {
        match byte {
            b'/' if reader.peek(1) == Some(b'/') => reader.pass(reader.until("\n")),
            b'/' if reader.peek(1) == Some(b'*') => reader.pass(reader.comment()),
            b'"' => reader.take(reader.string()),
            b'\'' => reader.take(reader.quote()),
            b'_' | b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | 0x80.. => {
                let word = reader.word();
                match (&source[reader.at..reader.at + word], reader.peek(word)) {
                    ("r" | "br" | "cr", Some(b'"' | b'#')) => reader.take(reader.raw_string(word)),
                    (name, _) => {
                        if reader.body == 0 {
                            reader.begin(name, &mut head);
                        }
                        reader.take(word);
                    }
                }
            }
            _ => {
                match (byte, &mut head) {
                    (b'{', _) if reader.body > 0 => reader.body += 1,
                    (b'}', _) if reader.body > 0 => reader.body -= 1,
                    (b'{' | b';', Some(Head { depth: 0, is_hollow })) => {
                        if byte == b'{' && *is_hollow {
                            reader.written.push('{');
                            reader.body = 1;
                        }
                        head = None;
                    }
                    (b'(' | b'[', Some(Head { depth, .. })) => *depth += 1,
                    // The end of what surrounds it: a macro's pattern may have the word alone.
                    (b')' | b']' | b'}', Some(Head { depth: 0, .. })) => head = None,
                    (b')' | b']' | b'}', Some(Head { depth, .. })) => *depth -= 1,
                    _ => {}
                }
                reader.take(1);
            }
        }
    }
    reader.written
}

/// What stands ahead of the braces of a function or an implementation, as far as it is read.
struct Head {
    /// How many parentheses and brackets are open in it.
    depth: usize,
    /// Whether what stands in the braces is left out.
    is_hollow: bool,
}

struct Reader<'a> {
    source: &'a str,
    at: usize,
    written: String,
    /// How many braces are open within the body of a function; none outside.
    body: usize,
}

impl Reader<'_> {
    fn peek(&self, ahead: usize) -> Option<u8> {
        self.source.as_bytes().get(self.at + ahead).copied()
    }

    /// Goes on, and keeps what is passed, unless it is in a body.
    fn take(&mut self, length: usize) {
        let end = self.source.len().min(self.at + length);
        if self.body == 0 {
            self.written.push_str(self.source.get(self.at..end).unwrap_or_default());
        }
        self.at = end;
    }

    /// Goes on without what is passed.
    fn pass(&mut self, length: usize) {
        self.at = self.source.len().min(self.at + length);
        if self.body == 0 {
            self.written.push(' ');
        }
    }

    fn rest(&self) -> &[u8] {
        self.source.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// How far it is to a text, or to the end.
    fn until(&self, text: &str) -> usize {
        let rest = self.source.get(self.at..).unwrap_or_default();
        rest.find(text).unwrap_or(rest.len())
    }

    fn word(&self) -> usize {
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_' || *byte >= 0x80;
        self.rest().iter().take_while(|byte| is_part(byte)).count()
    }

    /// Takes note of a word that begins a function or an implementation, or says that this one is of a trait.
    fn begin(&self, word: &str, head: &mut Option<Head>) {
        let behind = || self.rest().iter().skip(word.len()).find(|byte| !byte.is_ascii_whitespace());
        match (word, &head) {
            // A type of functions has no name.
            ("fn", _)
                if behind().is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'$' | 0x80..)) =>
            {
                *head = Some(Head { depth: 0, is_hollow: true });
            }
            ("impl", None) => *head = Some(Head { depth: 0, is_hollow: false }),
            // `for<'a>` is part of a bound.
            ("for", Some(Head { depth: 0, is_hollow: false })) if behind() != Some(&b'<') => {
                *head = Some(Head { depth: 0, is_hollow: true });
            }
            _ => {}
        }
    }

    /// A comment, which may hold others.
    fn comment(&self) -> usize {
        let (mut depth, mut length) = (0_usize, 0);
        while let Some(pair) = self.rest().get(length..length + 2) {
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
        self.rest().len()
    }

    fn string(&self) -> usize {
        let mut is_escaped = false;
        let end = self.rest().iter().skip(1).position(|byte| {
            let ends = *byte == b'"' && !is_escaped;
            is_escaped = *byte == b'\\' && !is_escaped;
            ends
        });
        end.map_or(self.rest().len(), |end| end + 2)
    }

    fn raw_string(&self, prefix: usize) -> usize {
        let hashes = self.rest().iter().skip(prefix).take_while(|byte| **byte == b'#').count();
        let start = prefix + hashes + 1;
        if self.peek(prefix + hashes) != Some(b'"') {
            // `r#name`
            return prefix + hashes;
        }
        let end = format!("\"{}", "#".repeat(hashes));
        let inner = self.source.get(self.at + start..).unwrap_or_default();
        start + inner.find(&end).map_or(inner.len(), |at| at + end.len())
    }

    /// A character, or the mark of a lifetime.
    fn quote(&self) -> usize {
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

#[cfg(test)]
mod tests {
    use super::hollow;

    #[test]
    fn only_declarations_are_left() {
        for (source, left) in [
            (
                "pub fn a(b: [u8; 2]) -> u8 { if b == [1, 2] { 1 } else { 2 } } struct S;",
                "pub fn a(b: [u8; 2]) -> u8 {} struct S;",
            ),
            ("fn a() { \"}\" } fn b() { '}' } fn c<'a>() { '\\'' } x", "fn a() {} fn b() {} fn c<'a>() {} x"),
            ("fn a() { r#\"}\"# } fn r#b() { '\\u{7d}' } x", "fn a() {} fn r#b() {} x"),
            (
                "/// It's\n/* a { /* b */ } */ const C: &str = \"// no\"; // }\nx",
                " \n  const C: &str = \"// no\";  \nx",
            ),
            ("type F = fn(u8) -> u8; const X: X = X { a: 1 };", "type F = fn(u8) -> u8; const X: X = X { a: 1 };"),
            (
                "trait T { fn a(&self); fn b(&self) { b } const C: u8 = { 1 }; }",
                "trait T { fn a(&self); fn b(&self) {} const C: u8 = { 1 }; }",
            ),
            (
                "macro_rules! m { (fn $a:ident) => { fn $a() { {} } }; }",
                "macro_rules! m { (fn $a:ident) => { fn $a() {} }; }",
            ),
            (
                "impl<F: for<'a> Fn(&'a u8)> A<F> { fn a() { 1 } } impl<T> B for A<T> where T: C { fn b() { 2 } } fn c(d: impl E) { 3 }",
                "impl<F: for<'a> Fn(&'a u8)> A<F> { fn a() {} } impl<T> B for A<T> where T: C {} fn c(d: impl E) {}",
            ),
            ("fn ü() { 'ü' } fn b() { b'\"' } fn c(", "fn ü() {} fn b() {} fn c("),
        ] {
            assert_eq!(hollow(source), left, "{source}");
        }
    }

    #[test]
    fn what_never_ends_is_read_to_its_end() {
        for source in ["\"a", "'\\", "r#\"a", "/* a", "fn a() {", "'", "b'", "/"] {
            hollow(source);
        }
    }
}
