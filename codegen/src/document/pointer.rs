//! JSON pointers (RFC 6901): how a place in a document's tree is named.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

/// A JSON pointer; the empty one is the whole document.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Pointer(String);

impl Pointer {
    /// The pointer to the whole document.
    pub fn root() -> Self {
        Self::default()
    }

    /// Reads a pointer as RFC 6901 writes it. `None` where it does not begin with a slash.
    pub fn parse(text: &str) -> Option<Self> {
        (text.is_empty() || text.starts_with('/')).then(|| Self(text.to_owned()))
    }

    /// Reads the fragment of a local reference, such as `#/components/schemas/Pet`, undoing its percent-encoding.
    /// `None` where it is not a local reference.
    pub fn from_reference(reference: &str) -> Option<Self> {
        let fragment = reference.strip_prefix('#')?;
        if !(fragment.is_empty() || fragment.starts_with('/')) {
            return None;
        }
        let mut bytes = Vec::with_capacity(fragment.len());
        let mut rest = fragment.bytes();
        while let Some(byte) = rest.next() {
            if byte != b'%' {
                bytes.push(byte);
                continue;
            }
            let mut digit = || rest.next().and_then(|b| char::from(b).to_digit(16));
            let (high, low) = (digit()?, digit()?);
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        }
        String::from_utf8(bytes).ok().map(Self)
    }

    /// Spells local references within a value without percent-encoding, so that those to one place are one string.
    pub(crate) fn spell_plainly(value: &mut Value) {
        match value {
            Value::Object(members) => members.iter_mut().for_each(|(key, member)| match member {
                Value::String(target) if key == "$ref" && target.contains('%') => {
                    if let Some(Self(pointer)) = Self::from_reference(target).filter(|Self(at)| !at.contains('%')) {
                        *target = format!("#{pointer}");
                    }
                }
                member => Self::spell_plainly(member),
            }),
            Value::Array(items) => items.iter_mut().for_each(Self::spell_plainly),
            _ => {}
        }
    }

    /// The component that a local reference to a schema names.
    pub fn component_schema(reference: &str) -> Option<String> {
        let Self(target) = Self::from_reference(reference)?;
        let name = target.strip_prefix("/components/schemas/").filter(|name| !name.contains('/'))?;
        Some(name.replace("~1", "/").replace("~0", "~"))
    }

    /// The pointer to a member of what this one points to; the token is escaped here.
    #[must_use]
    pub fn join(&self, token: impl fmt::Display) -> Self {
        let token = token.to_string();
        let mut joined = String::with_capacity(self.0.len() + token.len() + 1);
        joined.push_str(&self.0);
        joined.push('/');
        if token.contains(['~', '/']) {
            joined.push_str(&token.replace('~', "~0").replace('/', "~1"));
        } else {
            joined.push_str(&token);
        }
        Self(joined)
    }

    /// The pointer to what contains this one's value, `None` for the whole document.
    pub fn parent(&self) -> Option<Self> {
        let (parent, _) = self.0.rsplit_once('/')?;
        Some(Self(parent.to_owned()))
    }

    /// The way from another pointer's value to this one's, `None` where that is not below it.
    pub fn below(&self, other: &Self) -> Option<Self> {
        let rest = self.0.strip_prefix(&other.0)?;
        (rest.is_empty() || rest.starts_with('/')).then(|| Self(rest.to_owned()))
    }

    /// The pointer to what another one leads to from this one's value.
    #[must_use]
    pub fn concat(&self, rest: &Self) -> Self {
        Self(format!("{}{}", self.0, rest.0))
    }

    /// The last token, unescaped; empty for the whole document.
    pub fn last(&self) -> String {
        self.tokens().last().unwrap_or_default()
    }

    /// The tokens from the root down, unescaped.
    pub fn tokens(&self) -> impl Iterator<Item = String> + '_ {
        self.0.split('/').skip(1).map(|token| token.replace("~1", "/").replace("~0", "~"))
    }

    /// What it leads to from a value, as `Value::pointer` has it, which copies each token to undo its escapes.
    pub fn of<'v>(&self, mut value: &'v Value) -> Option<&'v Value> {
        for token in self.0.split('/').skip(1) {
            value = match value {
                Value::Object(members) if token.contains('~') => {
                    members.get(&token.replace("~1", "/").replace("~0", "~"))?
                }
                Value::Object(members) => members.get(token)?,
                Value::Array(_) if token.starts_with('+') || (token.starts_with('0') && token.len() > 1) => {
                    return None;
                }
                Value::Array(items) => items.get(token.parse::<usize>().ok()?)?,
                _ => return None,
            };
        }
        Some(value)
    }

    /// The pointer as RFC 6901 writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As a local reference: `#` and the pointer, a percent sign in it encoded.
    pub fn to_reference(&self) -> String {
        format!("#{}", self.0.replace('%', "%25"))
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_empty() { "the document's root" } else { &self.0 })
    }
}
