//! The oracles: each takes a payload, or a call, and says whether it is right, and where it isn't.

mod change;
pub mod client;
pub mod constructors;
pub mod derived;
pub mod document;
pub mod documentation;
mod email;
pub mod interface;
mod translate;
pub mod unread;
pub mod wire;

use serde::Serialize;

use crate::document::{DocumentError, Pointer};

pub use document::Validator;
pub use email::is_mailbox;

/// One thing that is wrong with a payload.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Violation {
    /// Where in the payload. Of a missing or an undeclared property it is the property's own place.
    pub pointer: Pointer,
    /// The keyword that is not kept.
    pub keyword: String,
}

/// Why a schema cannot be judged by.
#[derive(Debug, thiserror::Error)]
pub enum OracleError {
    /// The document does not hold together.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// The schema is no schema.
    #[error("{pointer}: {message}")]
    Schema {
        /// Where the schema stands.
        pointer: Pointer,
        /// What is wrong with it.
        message: String,
    },
}

impl OracleError {
    /// Where in the document.
    pub fn pointer(&self) -> Option<&Pointer> {
        match self {
            Self::Document(error) => error.pointer(),
            Self::Schema { pointer, .. } => Some(pointer),
        }
    }

    /// What to do about it.
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::Document(error) => error.help(),
            Self::Schema { .. } => Some("give the keyword a value that OpenAPI 3.0 allows there"),
        }
    }
}

impl std::fmt::Display for Violation {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} at {}", self.keyword, self.pointer)
    }
}
