//! What is wrong with a document: where, and what to do about it.

use super::{Place, Pointer, Reason};

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
    /// The text is no document.
    #[error("{place}: {fault}")]
    Text {
        /// Where the fault is.
        place: Place,
        /// What is wrong there.
        fault: Fault,
    },
    /// The document is of another version than 3.0.
    #[error("{pointer}: this is `{found}`, and only OpenAPI 3.0 and 3.1 are read")]
    Version {
        /// Where the version stands, or should.
        pointer: Pointer,
        /// What stands there.
        found: String,
        /// Where that is in the text, if the document was read from one.
        place: Option<Place>,
    },
    /// A reference that leads nowhere, or out of the document.
    #[error("{pointer}: the reference `{reference}` leads nowhere in this document")]
    Dangling {
        /// Where the reference stands.
        pointer: Pointer,
        /// The reference.
        reference: String,
    },
    /// A reference to another file that leads nowhere.
    #[error("{pointer}: the reference `{reference}` leads nowhere: {reason}")]
    Reference {
        /// The file it stands in, and where in that.
        place: Option<Place>,
        /// Its pointer in that file.
        pointer: Pointer,
        /// The reference.
        reference: String,
        /// Why.
        reason: Box<Reason>,
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
    /// Where in the text, as far as the error has it. What only has a pointer, the document that was read knows the place of.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::Text { place, .. } => Some(place),
            Self::Version { place, .. } | Self::Reference { place, .. } => place.as_ref(),
            _ => None,
        }
    }

    /// Where in the document; nothing where it was not read so far.
    pub fn pointer(&self) -> Option<&Pointer> {
        match self {
            Self::Read { .. } | Self::Text { .. } => None,
            Self::Version { pointer, .. }
            | Self::Dangling { pointer, .. }
            | Self::Reference { pointer, .. }
            | Self::Cycle { pointer }
            | Self::Expected { pointer, .. } => Some(pointer),
        }
    }

    /// What to do about it.
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::Read { .. } | Self::Expected { .. } => None,
            Self::Text { fault, .. } => Some(fault.help()),
            Self::Version { .. } => Some("write the document as OpenAPI 3.0.0 to 3.0.4"),
            Self::Dangling { .. } => Some("name something that is in this document"),
            Self::Reference { reason, .. } => Some(reason.help()),
            Self::Cycle { .. } => Some("let one schema of the circle be written out instead of referring to the next"),
        }
    }
}

/// What can be wrong with the text of a document, before anything is known of its meaning.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The parser says so.
    #[error("this is not valid YAML or JSON: {0}")]
    Syntax(String),
    /// Something else than a mapping.
    #[error("the document is {0}, but an OpenAPI document is a mapping")]
    NotAMapping(&'static str),
    /// Only one of the two would count.
    #[error("the key `{key}` stands twice in one mapping, first in line {first}")]
    DuplicateKey {
        /// The key.
        key: String,
        /// The line of the first.
        first: usize,
    },
    /// Several documents in one file.
    #[error("a second YAML document starts here")]
    ManyDocuments,
    /// Deeper than a stack may be used.
    #[error("lists and mappings nest deeper than {0} levels")]
    TooDeep(usize),
    /// More than a machine should hold.
    #[error("the document comes to more than {0} values, those that aliases stand for included")]
    TooLarge(usize),
    /// An alias without an end.
    #[error("an alias stands for the value that it is in, or for a key")]
    AliasCycle,
    /// JSON has no such keys.
    #[error("a key of a mapping is {0}, but only a string can be a key")]
    KeyNotString(&'static str),
    /// JSON has no tags.
    #[error("the YAML tag `{0}` has no meaning in an OpenAPI document")]
    UnknownTag(String),
    /// JSON has no such numbers.
    #[error("`{0}` is not a finite number, and JSON has no other")]
    NotFinite(String),
    /// There is nothing to merge.
    #[error("the merge key `<<` takes a mapping or a list of mappings")]
    BadMerge,
}

impl Fault {
    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Syntax(_) => "correct this line or the one above it: indentation (no tabs), colons, quotes, brackets",
            Self::NotAMapping(_) => "start with `openapi: 3.0.3`, `info` and `paths` as keys of one mapping",
            Self::DuplicateKey { .. } => "remove or rename one of the two",
            Self::ManyDocuments => "keep one document in a file",
            Self::TooDeep(_) => "move inner schemas to `components/schemas` and refer to them with `$ref`",
            Self::TooLarge(_) => "replace aliases of aliases by `$ref`s to components",
            Self::AliasCycle => "use a `$ref` for what refers to itself",
            Self::KeyNotString(_) => "write the key as a string on one line",
            Self::UnknownTag(_) => "remove the tag",
            Self::NotFinite(_) => "write a number, or put the string in quotes",
            Self::BadMerge => "merge an alias of a mapping, as in `<<: *defaults`",
        }
    }
}
