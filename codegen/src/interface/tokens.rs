//! The tokens of a source, as far as they say something of an interface: comments, and the bodies of implementations of
//! traits and of functions, save those that are `async`, are most of a source, and are passed over. This takes a small part of the time that a parser would.

mod reader;

use reader::{Head, Reader};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Lifetime,
    Literal,
    Sign,
    /// A bracket of any shape; all up to its [`Kind::Close`] is one tree.
    Open,
    Close,
}

/// One token. Those that form one word of the grammar, such as `->`, are one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'a> {
    pub text: &'a str,
    pub kind: Kind,
    /// How many tokens the tree has that begins with this one.
    pub size: usize,
}

impl<'a> Token<'a> {
    fn new(text: &'a str, kind: Kind) -> Self {
        Self { text, kind, size: 1 }
    }

    pub fn is(&self, text: &str) -> bool {
        self.text == text
    }
}

/// Where a source is not Rust, and what is missing there.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Malformed {
    /// How many bytes stand ahead of the place.
    pub at: usize,
    pub expected: &'static str,
}

/// The tokens of a source.
///
/// # Errors
/// Where brackets do not match, or something does not end.
pub(super) fn read(source: &str) -> Result<Vec<Token<'_>>, Malformed> {
    let mut reader = Reader::new(source);
    let mut head: Option<Head> = None;
    while let Some(byte) = reader.peek(0) {
        match byte {
            b' ' | b'\n' | b'\t' | b'\r' => reader.at += reader.blank(),
            b'/' if matches!(reader.peek(1), Some(b'/' | b'*')) => reader.at += reader.comment(),
            b'"' => reader.take(reader.string(), Kind::Literal)?,
            b'\'' => {
                let length = reader.quote();
                reader.take_quoted(length)?;
            }
            b'0'..=b'9' => reader.take(reader.number(), Kind::Literal)?,
            b'_' | b'a'..=b'z' | b'A'..=b'Z' | 0x80.. => {
                let word = reader.word();
                let name = reader.text(word);
                match (name, reader.peek(word)) {
                    ("r" | "br" | "cr", Some(b'"' | b'#')) => reader.take_raw(word)?,
                    // `b"…"`, `b'…'`
                    (_, Some(b'"')) => {
                        reader.at += word;
                        let string = reader.string();
                        reader.at -= word;
                        reader.take(word + string, Kind::Literal)?;
                    }
                    ("b", Some(b'\'')) => {
                        reader.at += word;
                        let quoted = reader.quote();
                        reader.at -= word;
                        reader.take(word + quoted, Kind::Literal)?;
                    }
                    _ => {
                        reader.begin(name, &mut head);
                        reader.take(word, Kind::Word)?;
                    }
                }
            }
            b'(' | b'[' | b'{' => {
                let is_hollow = match &mut head {
                    Some(Head { depth: 0, is_hollow }) if byte == b'{' => std::mem::take(is_hollow),
                    Some(Head { depth, .. }) if byte != b'{' => {
                        *depth += 1;
                        false
                    }
                    _ => false,
                };
                if byte == b'{' && head.as_ref().is_some_and(|head| head.depth == 0) {
                    head = None;
                }
                reader.open.push(reader.tokens.len());
                reader.take(1, Kind::Open)?;
                if is_hollow {
                    reader.pass_body();
                }
            }
            b')' | b']' | b'}' => {
                match &mut head {
                    // The end of what surrounds it: a macro's pattern may have the word alone.
                    Some(Head { depth: 0, .. }) => head = None,
                    Some(Head { depth, .. }) if byte != b'}' => *depth -= 1,
                    _ => {}
                }
                reader.take_close()?;
            }
            b';' => {
                head = head.filter(|head| head.depth > 0);
                reader.take(1, Kind::Sign)?;
            }
            _ => reader.take(reader.sign(), Kind::Sign)?,
        }
    }
    match reader.open.last() {
        Some(_) => Err(reader.malformed("a closing bracket")),
        None => Ok(reader.tokens),
    }
}

#[cfg(test)]
mod tests {
    use super::{Malformed, read};

    fn written(source: &str) -> String {
        let tokens = read(source).unwrap_or_else(|Malformed { expected, .. }| panic!("{source}: {expected}"));
        tokens.iter().map(|token| token.text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn only_declarations_are_left() {
        for (source, left) in [
            (
                "pub fn a(b: [u8; 2]) -> u8 { if b == [1, 2] { 1 } else { 2 } } struct S;",
                "pub fn a ( b : [ u8 ; 2 ] ) -> u8 { } struct S ;",
            ),
            (
                "fn a() { \"}\" } fn b() { '}' } fn c<'a>() { '\\'' } x",
                "fn a ( ) { } fn b ( ) { } fn c < 'a > ( ) { } x",
            ),
            ("fn a() { r#\"}\"# } fn r#b() { '\\u{7d}' } x", "fn a ( ) { } fn r#b ( ) { } x"),
            ("/// It's\n/* a { /* b */ } */ const C: &str = \"// no\"; // }\nx", "const C : & str = \"// no\" ; x"),
            ("async fn a() { b!(c) } fn d() { e }", "async fn a ( ) { b ! ( c ) } fn d ( ) { }"),
            (
                "type F = fn(u8) -> u8; const X: X = X { a: 1.5e-3 };",
                "type F = fn ( u8 ) -> u8 ; const X : X = X { a : 1.5e-3 } ;",
            ),
            (
                "trait T { fn a(&self); fn b(&self) { b } const C: u8 = { 1 }; }",
                "trait T { fn a ( & self ) ; fn b ( & self ) { } const C : u8 = { 1 } ; }",
            ),
            (
                "macro_rules! m { (fn $a:ident) => { fn $a() { {} } }; }",
                "macro_rules ! m { ( fn $ a : ident ) => { fn $ a ( ) { } } ; }",
            ),
            (
                "impl<F: for<'a> Fn(&'a u8)> A<F> { fn a() { 1 } } impl<T> B for A<T> where T: C { fn b() { 2 } } fn c(d: impl E) { 3 }",
                "impl < F : for < 'a > Fn ( & 'a u8 ) > A < F > { fn a ( ) { } } impl < T > B for A < T > where T : C { } fn c ( d : impl E ) { }",
            ),
            (
                "fn ü() { 'ü' } fn b() { b'\"' } [b'\"', b\"]\", r\"\\\", 0..=1]",
                "fn ü ( ) { } fn b ( ) { } [ b'\"' , b\"]\" , r\"\\\" , 0 ..= 1 ]",
            ),
        ] {
            assert_eq!(written(source), left, "{source}");
        }
    }

    #[test]
    fn a_tree_knows_its_size() {
        let tokens = read("a(b[c]{})d").unwrap();
        assert_eq!(tokens.iter().map(|token| token.size).collect::<Vec<_>>(), [1, 8, 1, 3, 1, 1, 2, 1, 1, 1]);
    }

    #[test]
    fn what_never_ends_is_refused() {
        for source in ["\"a", "r#\"a", "fn a() {", "(", "(]", "}", "fn a() { \" }", "fn a() { r#\" }"] {
            assert!(read(source).is_err(), "{source}");
        }
        for source in ["/* a", "'\\", "'", "/", "b'", "r#", "#"] {
            let _ = read(source);
        }
    }
}
