//! Items read one after the other, and their parts.

use super::super::tokens::{Kind, Token};
use super::{Attributes, Fields, Implementation, Item, Missing, Signature, What, inner};

/// Reads tokens from their start.
#[derive(Clone, Copy)]
pub struct Reader<'t, 'a> {
    pub rest: &'t [Token<'a>],
}

impl<'t, 'a> Reader<'t, 'a> {
    pub fn new(tokens: &'t [Token<'a>]) -> Self {
        Self { rest: tokens }
    }

    pub fn peek(&self, ahead: usize) -> &'a str {
        self.rest.get(ahead).map_or("", |token| token.text)
    }

    pub fn eat(&mut self, text: &str) -> bool {
        let is_here = self.peek(0) == text;
        if is_here {
            self.next();
        }
        is_here
    }

    /// The next item.
    ///
    /// # Errors
    /// What stands there is none.
    pub fn item(&mut self) -> Result<Option<Item<'t, 'a>>, Missing<'a>> {
        while self.eat(";") {}
        let (attributes, is_public) = (self.attributes(), self.visibility());
        if self.rest.is_empty() {
            return Ok(None);
        }
        let is_async = self.qualifiers();
        let (name, what) = match self.peek(0) {
            "macro_rules" => {
                self.take(2);
                (self.name()?, What::MacroRules(self.any_group()?))
            }
            "struct" => self.structure()?,
            "enum" => {
                let (name, generics) = self.head()?;
                self.until(&["{"]);
                (name, What::Enum { generics, variants: self.braces()? })
            }
            "type" => {
                let (name, _) = self.head()?;
                self.until(&["=", ";"]);
                self.eat("=");
                (name, What::Type(self.statement()?))
            }
            "const" => {
                let (name, _) = self.head()?;
                self.eat(":");
                let of = self.until(&["=", ";"]);
                self.eat("=");
                (name, What::Const { of, value: self.statement()? })
            }
            "fn" => {
                let (name, generics) = self.head()?;
                let inputs = self.group("(").ok_or(self.missing("arguments in parentheses"))?;
                let output = if self.eat("->") { self.until(&["where", "{", ";"]) } else { &[] };
                let bounds = self.until(&["{", ";"]);
                let body = self.group("{");
                if body.is_none() && !self.eat(";") {
                    return Err(self.missing("the body of a function"));
                }
                let body = body.unwrap_or_default();
                (name, What::Fn(Signature { is_async, generics, inputs, output, bounds, body }))
            }
            "trait" => {
                let (name, generics) = self.head()?;
                let bounds = if self.eat(":") { self.until(&["where", "{"]) } else { &[] };
                self.until(&["{"]);
                (name, What::Trait { generics, bounds, members: self.braces()? })
            }
            "use" => {
                self.take(1);
                ("", What::Use(self.statement()?))
            }
            "mod" => {
                self.take(1);
                let name = self.name()?;
                (name, What::Mod(if self.eat(";") { None } else { Some(self.braces()?) }))
            }
            "impl" => ("", What::Impl(self.implementation()?)),
            "static" => {
                self.statement()?;
                ("", What::Other)
            }
            "union" if self.peek(1) != "!" => self.structure()?,
            "extern" => {
                self.until(&["{", ";"]);
                self.next();
                ("", What::Other)
            }
            _ if matches!(self.peek(1), "!" | "::") || self.peek(0) == "::" => {
                let path = self.until(&["!"]);
                self.take(1);
                (path.last().map_or("", |last| last.text), What::MacroCall(self.any_group()?))
            }
            _ => return Err(self.missing("an item")),
        };
        Ok(Some(Item { attributes, is_public, name, what }))
    }

    fn structure(&mut self) -> Result<(&'a str, What<'t, 'a>), Missing<'a>> {
        let (name, generics) = self.head()?;
        self.until(&["{", "(", ";"]);
        let fields = match (self.group("{"), self.group("(")) {
            (Some(named), _) => return Ok((name, What::Struct { generics, fields: Fields::Named(named) })),
            (_, Some(unnamed)) => Fields::Unnamed(unnamed),
            _ => Fields::None,
        };
        self.statement()?;
        Ok((name, What::Struct { generics, fields }))
    }

    fn implementation(&mut self) -> Result<Implementation<'t, 'a>, Missing<'a>> {
        self.take(1);
        let generics = self.angle();
        let first = self.until_type();
        let (of, on) = if self.eat("for") { (Some(first), self.until(&["where", "{"])) } else { (None, first) };
        self.until(&["{"]);
        Ok(Implementation { generics, of, on, members: self.braces()? })
    }

    pub fn attributes(&mut self) -> Attributes<'t, 'a> {
        let start = self.rest;
        loop {
            let bracket = match (self.peek(0), self.peek(1), self.peek(2)) {
                ("#", "[", _) => 1,
                ("#", "!", "[") => 2,
                _ => break,
            };
            self.take(bracket);
            self.next();
        }
        Attributes(&start[..start.len() - self.rest.len()])
    }

    pub fn visibility(&mut self) -> bool {
        if !self.eat("pub") {
            return false;
        }
        // A type in parentheses may stand behind the word as well.
        let is_restricted = self.peek(0) == "(" && matches!(self.peek(1), "crate" | "super" | "self" | "in");
        if is_restricted {
            self.next();
        }
        !is_restricted
    }

    /// Passes what may stand ahead of `fn`, `impl` and `trait`. Whether `async` is there.
    fn qualifiers(&mut self) -> bool {
        let mut is_async = false;
        loop {
            match (self.peek(0), self.peek(1)) {
                ("const", "fn" | "async" | "unsafe" | "extern") | ("unsafe" | "default", _) => {}
                ("async", "fn" | "unsafe" | "extern") => is_async = true,
                ("extern", "fn") => {}
                ("extern", _) if self.peek(2) == "fn" => self.take(1),
                _ => return is_async,
            }
            self.take(1);
        }
    }

    /// A word that says what an item is, the item's name and its generics.
    fn head(&mut self) -> Result<(&'a str, &'t [Token<'a>]), Missing<'a>> {
        self.take(1);
        Ok((self.name()?, self.angle()))
    }

    fn name(&mut self) -> Result<&'a str, Missing<'a>> {
        match self.rest.first() {
            Some(Token { text, kind: Kind::Word, .. }) => {
                self.take(1);
                Ok(text)
            }
            _ => Err(self.missing("a name")),
        }
    }

    fn missing(&self, expected: &'static str) -> Missing<'a> {
        Missing { found: self.rest.first().map(|token| token.text), expected }
    }

    fn take(&mut self, tokens: usize) {
        self.rest = self.rest.get(tokens..).unwrap_or_default();
    }

    /// The first token of the next tree, which is passed as a whole.
    pub fn next(&mut self) -> Option<&'t Token<'a>> {
        let first = self.rest.first()?;
        self.take(first.size);
        Some(first)
    }

    /// What stands in the bracket that comes next, if it is such a one.
    pub fn group(&mut self, bracket: &str) -> Option<&'t [Token<'a>]> {
        let first = self.rest.first().filter(|first| first.kind == Kind::Open && first.text == bracket)?;
        let tree = self.rest.get(..first.size)?;
        self.take(first.size);
        Some(inner(tree))
    }

    fn any_group(&mut self) -> Result<&'t [Token<'a>], Missing<'a>> {
        let found = ["{", "(", "["].into_iter().find_map(|bracket| self.group(bracket));
        found.ok_or_else(|| self.missing("an opening bracket"))
    }

    fn braces(&mut self) -> Result<&'t [Token<'a>], Missing<'a>> {
        self.group("{").ok_or(self.missing("an opening brace"))
    }

    /// Generics, with their brackets.
    pub fn angle(&mut self) -> &'t [Token<'a>] {
        let start = self.rest;
        let mut depth = 0_usize;
        loop {
            match self.peek(0) {
                "<" => depth += 1,
                ">" => depth = depth.saturating_sub(1),
                "" => break,
                _ => {}
            }
            if depth == 0 && !self.rest.first().is_some_and(|token| token.is(">")) {
                break;
            }
            self.next();
            if depth == 0 {
                break;
            }
        }
        &start[..start.len() - self.rest.len()]
    }

    /// All up to one of some tokens outside brackets of all shapes, or to the end.
    pub fn until(&mut self, stops: &[&str]) -> &'t [Token<'a>] {
        self.until_one(|reader| stops.contains(&reader.peek(0)))
    }

    /// All up to the end of a trait or a type in the head of an implementation.
    fn until_type(&mut self) -> &'t [Token<'a>] {
        self.until_one(|reader| match reader.peek(0) {
            // `for<'a>` is part of a bound.
            "for" => reader.peek(1) != "<",
            text => matches!(text, "where" | "{"),
        })
    }

    fn until_one(&mut self, stops: impl Fn(&Self) -> bool) -> &'t [Token<'a>] {
        let start = self.rest;
        let mut depth = 0_usize;
        while let Some(token) = self.rest.first() {
            if depth == 0 && stops(self) {
                break;
            }
            match token.text {
                "<" => depth += 1,
                ">" => depth = depth.saturating_sub(1),
                _ => {}
            }
            self.next();
        }
        &start[..start.len() - self.rest.len()]
    }

    /// All up to a semicolon, which is passed.
    fn statement(&mut self) -> Result<&'t [Token<'a>], Missing<'a>> {
        let start = self.rest;
        while let Some(token) = self.next() {
            if token.is(";") {
                return Ok(&start[..start.len() - self.rest.len() - 1]);
            }
        }
        Err(self.missing("a semicolon"))
    }
}
