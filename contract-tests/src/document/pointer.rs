//! JSON pointers (RFC 6901), of places in a document and in a payload alike.

use std::fmt;

use serde::Serialize;

/// The place of a value, counted from the root.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(transparent)]
pub struct Pointer(String);

/// One step from a value to what is in it, while the place isn't written down yet.
#[derive(Debug, Clone, Copy)]
pub enum Step<'v> {
    /// To a property.
    Name(&'v str),
    /// To an item.
    Index(usize),
}

impl Pointer {
    /// The place of the whole value.
    pub fn root() -> Self {
        Self::default()
    }

    /// A pointer that is already written as RFC 6901 says.
    pub fn written(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The place that a reference within the document leads to; nothing for a reference out of it.
    pub fn from_reference(reference: &str) -> Option<Self> {
        let fragment = reference.strip_prefix('#')?;
        if !fragment.is_empty() && !fragment.starts_with('/') {
            return None;
        }
        Some(Self(percent_decoded(fragment)?))
    }

    /// The place of a member.
    pub fn child(&self, key: &str) -> Self {
        let mut child = String::with_capacity(self.0.len() + 1 + key.len());
        child.push_str(&self.0);
        child.push('/');
        if key.contains('~') || key.contains('/') {
            child.push_str(&key.replace('~', "~0").replace('/', "~1"));
        } else {
            child.push_str(key);
        }
        Self(child)
    }

    /// The place of an item.
    pub fn index(&self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0))
    }

    /// The place that is at `inner`, seen from here.
    pub fn join(&self, inner: &Self) -> Self {
        Self(format!("{}{}", self.0, inner.0))
    }

    /// The steps from the root, unescaped.
    pub fn steps(&self) -> impl Iterator<Item = String> + '_ {
        self.0.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~"))
    }

    /// The place that this one is directly in, and the last step; nothing for the root.
    pub fn parent(&self) -> Option<(Self, String)> {
        let (parent, _) = self.0.rsplit_once('/')?;
        Some((Self(parent.to_owned()), self.steps().last()?))
    }

    /// The pointer as RFC 6901 writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if self.0.is_empty() { "/" } else { &self.0 })
    }
}

/// A fragment may write any byte as `%XX`.
fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if *first == b'%' {
            let digits = std::str::from_utf8(after.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).ok()
}
