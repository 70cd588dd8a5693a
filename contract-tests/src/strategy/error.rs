//! Why there are no payloads for a schema: where, and what to do about it.

use proptest::test_runner::Reason;

use crate::document::{DocumentError, Pointer};
use crate::oracle::OracleError;

/// Why there are no payloads for a schema.
#[derive(Debug, thiserror::Error)]
pub enum StrategyError {
    /// The document does not hold together.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// The schema does not compile.
    #[error(transparent)]
    Oracle(#[from] OracleError),
    /// No value can conform.
    #[error("{pointer}: no value can conform: {reason}")]
    Unsatisfiable {
        /// Where the demands meet.
        pointer: Pointer,
        /// Which demands exclude each other.
        reason: String,
    },
    /// The schema requires itself.
    #[error("{pointer}: every value would have to contain another of its kind, without end")]
    Endless {
        /// Where the recursion was cut.
        pointer: Pointer,
    },
    /// A keyword's value is not understood.
    #[error("{pointer}: {reason}")]
    Unsupported {
        /// Where the keyword stands.
        pointer: Pointer,
        /// What isn't understood.
        reason: String,
    },
    /// A keyword asks for more than a machine should hold.
    #[error("{pointer}: {reason}")]
    TooLarge {
        /// Where the keyword stands.
        pointer: Pointer,
        /// What it asks for.
        reason: String,
    },
    /// Too many draws were refused by the compiled schema.
    #[error("{pointer}: {reason}")]
    Exhausted {
        /// Where the schema stands.
        pointer: Pointer,
        /// What proptest says.
        reason: String,
    },
}

impl StrategyError {
    /// Proptest has given up.
    pub fn exhausted(pointer: &Pointer, reason: &Reason) -> Self {
        let reason = format!("nearly every value that is built from it is refused by the schema itself ({reason})");
        Self::Exhausted { pointer: pointer.clone(), reason }
    }

    /// The same error once more, where it is one of this schema alone: what holds the schema may do without it.
    pub fn local(&self) -> Option<Self> {
        Some(match self {
            Self::Document(_) | Self::Oracle(_) => return None,
            Self::Unsatisfiable { pointer, reason } => {
                Self::Unsatisfiable { pointer: pointer.clone(), reason: reason.clone() }
            }
            Self::Endless { pointer } => Self::Endless { pointer: pointer.clone() },
            Self::Unsupported { pointer, reason } => {
                Self::Unsupported { pointer: pointer.clone(), reason: reason.clone() }
            }
            Self::TooLarge { pointer, reason } => Self::TooLarge { pointer: pointer.clone(), reason: reason.clone() },
            Self::Exhausted { pointer, reason } => Self::Exhausted { pointer: pointer.clone(), reason: reason.clone() },
        })
    }

    /// Where in the document.
    pub fn pointer(&self) -> Option<&Pointer> {
        match self {
            Self::Document(error) => error.pointer(),
            Self::Oracle(error) => error.pointer(),
            Self::Unsatisfiable { pointer, .. }
            | Self::Endless { pointer }
            | Self::Unsupported { pointer, .. }
            | Self::TooLarge { pointer, .. }
            | Self::Exhausted { pointer, .. } => Some(pointer),
        }
    }

    /// What to do about it.
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::Document(error) => error.help(),
            Self::Oracle(error) => error.help(),
            Self::Unsatisfiable { .. } => {
                Some("loosen one of the demands that meet here, those of `allOf` and of what is referred to among them")
            }
            Self::Endless { .. } => Some(
                "make a property on the way optional, let a list on it be empty, or give a `oneOf` or `anyOf` a branch that ends",
            ),
            Self::Unsupported { .. } => Some("write it as ECMA-262 has it, without look-around in the middle"),
            Self::TooLarge { .. } => Some("no payload of this size is built: write a limit that a real value reaches"),
            Self::Exhausted { .. } => Some(
                "hardly anything that is built by the other keywords passes `not`, `oneOf`, `pattern` or `uniqueItems`: \
                 say there what is allowed rather than what is not; branches of a `oneOf` that allow the same values \
                 leave none",
            ),
        }
    }
}
