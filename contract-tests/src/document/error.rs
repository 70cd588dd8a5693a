//! What is wrong with a document: where, and what to do about it.

use super::Pointer;

/// What is wrong with a document, always with the place as far as it is known.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// The file could not be read.
    #[error("{name}: {source}")]
    Read {
        /// The file.
        name: String,
        /// What the operating system says.
        source: std::io::Error,
    },
    /// The text is neither YAML nor JSON.
    #[error("{name}:{line}:{column}: {message}")]
    Syntax {
        /// The file.
        name: String,
        /// One-based line, 0 where the parser gives none.
        line: usize,
        /// One-based column, 0 where the parser gives none.
        column: usize,
        /// What the parser says.
        message: String,
    },
    /// The document is of another version than 3.0.
    #[error("{pointer}: this is `{found}`, and only OpenAPI 3.0 is read")]
    Version {
        /// Where the version stands, or should.
        pointer: Pointer,
        /// What stands there.
        found: String,
    },
    /// A reference that leads nowhere, or out of the document.
    #[error("{pointer}: the reference `{reference}` leads nowhere in this document")]
    Dangling {
        /// Where the reference stands.
        pointer: Pointer,
        /// The reference.
        reference: String,
    },
    /// References, or `allOf` members, that lead back to themselves without any property or item between.
    #[error("{pointer}: the schema refers to itself without end")]
    Cycle {
        /// Where the circle closes.
        pointer: Pointer,
    },
    /// A value of another JSON type than OpenAPI asks for.
    #[error("{pointer}: expected {expected}")]
    Expected {
        /// Where the value stands.
        pointer: Pointer,
        /// What should stand there.
        expected: &'static str,
    },
}

impl DocumentError {
    /// Where in the document; nothing where it was not read so far.
    pub fn pointer(&self) -> Option<&Pointer> {
        match self {
            Self::Read { .. } | Self::Syntax { .. } => None,
            Self::Version { pointer, .. }
            | Self::Dangling { pointer, .. }
            | Self::Cycle { pointer }
            | Self::Expected { pointer, .. } => Some(pointer),
        }
    }

    /// What to do about it.
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::Read { .. } | Self::Syntax { .. } | Self::Expected { .. } => None,
            Self::Version { .. } => Some("write the document as OpenAPI 3.0.0 to 3.0.4"),
            Self::Dangling { .. } => {
                Some("name something that is in this document; a part of another file is to be copied into it")
            }
            Self::Cycle { .. } => Some("let one schema of the circle be written out instead of referring to the next"),
        }
    }
}
