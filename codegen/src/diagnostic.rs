//! What is wrong with a document, where, and what to do about it.

use std::fmt;

use serde::Serialize;

use crate::document::{FileId, Pointer};

/// One finding about a document. Rendering it is the caller's business; all that a rendering needs is here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// The rule's identifier in kebab case, such as `dangling-ref`.
    pub rule: &'static str,
    /// Whether generation can go on.
    pub level: Level,
    /// The place in the document's tree, with the names that the document itself uses.
    pub pointer: Pointer,
    /// The place in the document's text.
    pub location: Location,
    /// What is wrong, as a sentence fragment without a final stop.
    pub message: String,
    /// What the editor can do to mend it.
    pub help: String,
}

/// How serious a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Generation goes on; the editor probably meant something else.
    Warning,
    /// No source is generated.
    Error,
}

/// A place in the text of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Location {
    /// Which of the document's files it is in.
    pub file: FileId,
    /// The line, from 1.
    pub line: usize,
    /// The column in Unicode code points, from 1.
    pub column: usize,
    /// The offset from the start of the text in bytes.
    pub offset: usize,
    /// How many bytes of the text are meant; at least 1 where the text is not at its end.
    pub length: usize,
}

impl Location {
    /// The very start of a text: the place of what is wrong with the document as a whole.
    pub const START: Self = Self { file: FileId::ROOT, line: 1, column: 1, offset: 0, length: 0 };
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Location { line, column, .. } = self.location;
        write!(f, "{line}:{column}: {}[{}]: {} (at {})", self.level, self.rule, self.message, self.pointer)
    }
}
