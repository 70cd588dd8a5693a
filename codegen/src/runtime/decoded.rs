//! Values that errors hold, each of a type that the caller asks for: what the document describes of an error, and in strict mode what
//! deviates from it.

use std::any::Any;
use std::fmt;

use super::{RawResponse, Violation};

/// A value that a response decoded to, of the type that the operation's documentation names for the status.
///
/// An operation's errors may be of several types, and of more of them when the document grows: a caller asks for those that it
/// knows.
pub struct Decoded(Box<dyn Any + Send + Sync>);

impl Decoded {
    /// A value put together by hand, for tests of code that handles errors.
    pub fn new<T: Send + Sync + 'static>(value: T) -> Self {
        Self(Box::new(value))
    }

    /// The value, where it is of this type.
    pub fn value<T: 'static>(&self) -> Option<&T> {
        self.0.downcast_ref()
    }

    /// The value itself.
    ///
    /// # Errors
    /// The same again where the value is of another type.
    pub fn into_value<T: 'static>(self) -> Result<T, Self> {
        self.0.downcast().map(|value| *value).map_err(Self)
    }
}

/// The value may be what no log should hold.
impl fmt::Debug for Decoded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decoded").finish_non_exhaustive()
    }
}

/// The most violations that an error shows; a server may send a million.
const LISTED: usize = 10;

/// A response that was decoded, and what in it deviates from the document.
pub struct Nonconforming {
    /// The response as it came.
    pub response: RawResponse,
    /// Every deviation.
    pub violations: Vec<Violation>,
    pub(crate) value: Decoded,
}

impl fmt::Debug for Nonconforming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let listed = &self.violations[..self.violations.len().min(LISTED)];
        let mut shown = f.debug_struct("Nonconforming");
        shown.field("response", &self.response).field("violations", &self.violations.len());
        shown.field("first", &listed).finish_non_exhaustive()
    }
}

impl Nonconforming {
    /// The value that the response decodes to, where it is of this type.
    pub fn value<T: 'static>(&self) -> Option<&T> {
        self.value.value()
    }

    /// The value itself.
    ///
    /// # Errors
    /// The same again where the value is of another type.
    pub fn into_value<T: 'static>(self) -> Result<T, Self> {
        let Self { response, violations, value } = self;
        value.into_value().map_err(|value| Self { response, violations, value })
    }
}

impl fmt::Display for Nonconforming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the response with status {} deviates from the document: ", self.response.status())?;
        for (index, violation) in self.violations.iter().take(LISTED).enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{violation}")?;
        }
        match self.violations.len().saturating_sub(LISTED) {
            0 => Ok(()),
            more => write!(f, "; and {more} more"),
        }
    }
}
