//! Where a value deviates from what the document says.

use std::fmt;

use super::Shown;

/// One deviation from the document.
///
/// It never holds a string's whole value, which may be personal data.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Violation {
    /// The place in the payload as a JSON pointer (RFC 6901), in the names used on the wire; empty for the payload itself.
    pub pointer: String,
    /// The keyword of the document that is violated, such as `maxLength`.
    pub keyword: &'static str,
    /// What the keyword demands.
    pub limit: String,
    /// What was found: a length, a count or a number.
    pub measure: String,
}

impl Violation {
    /// A deviation of the payload itself.
    pub(crate) fn new(keyword: &'static str, limit: impl fmt::Display, measure: impl fmt::Display) -> Self {
        Self { pointer: String::new(), keyword, limit: limit.to_string(), measure: measure.to_string() }
    }
}

/// A name as a token of a JSON pointer (RFC 6901).
pub(crate) fn token(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pointer, keyword, limit, measure } = self;
        if !pointer.is_empty() {
            write!(f, "{}: ", Shown(pointer))?;
        }
        write!(f, "{keyword} is {limit}, found {}", Shown(measure))
    }
}

/// A pointer may hold names that the server chose.
impl fmt::Debug for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pointer, keyword, limit, measure } = self;
        let mut shown = f.debug_struct("Violation");
        shown.field("pointer", &Shown(pointer)).field("keyword", keyword).field("limit", limit);
        shown.field("measure", &Shown(measure)).finish()
    }
}

impl std::error::Error for Violation {}
