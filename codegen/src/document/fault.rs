//! What can be wrong with a document's text, before anything is known of its meaning.

use thiserror::Error;

use super::lines::Lines;
use super::pointer::Pointer;
use super::slip::Slip;
use super::tree::Span;
use crate::diagnostic::{Diagnostic, Level};

/// A fault of the text and its place.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) span: Span,
    pub(crate) pointer: Pointer,
    pub(crate) kind: FaultKind,
}

/// The kinds of faults; the text of each is its diagnostic's message.
#[derive(Debug, Error)]
pub(crate) enum FaultKind {
    #[error("the document is not UTF-8: {0}")]
    Encoding(String),
    #[error("the document is empty")]
    Empty,
    #[error("this is not valid YAML: {0}")]
    Yaml(String),
    #[error("this is not valid JSON: {0}")]
    Json(String),
    #[error("a tab indents this line{0}; YAML allows only spaces there")]
    Tab(String),
    #[error("the key `{key}` occurs twice in one mapping, first on line {first}")]
    DuplicateKey { key: String, first: usize },
    #[error("lists and mappings nest deeper than {0} levels")]
    TooDeep(usize),
    #[error("the document has {bytes} bytes, more than the limit of {limit}")]
    TooLarge { bytes: usize, limit: usize },
    #[error("aliases make the document more than {0} times as large as its text")]
    AliasExpansion(usize),
    #[error("an alias is inside the value that it refers to")]
    AliasCycle,
    #[error("a second YAML document starts here")]
    ManyDocuments,
    #[error("the document is {0}, but an OpenAPI document is a mapping")]
    NotAMapping(&'static str),
    #[error("a key of a mapping is {0}, but only a string can be a key")]
    KeyNotText(&'static str),
    #[error("the YAML tag `{0}` has no meaning in an OpenAPI document")]
    UnknownTag(String),
    #[error("`{0}` is not a finite number, and JSON has no others")]
    NotFinite(String),
    #[error("this line ends the block, but line {line} continues it with an indentation of {indent} spaces")]
    Outdented { line: usize, indent: usize },
    #[error(transparent)]
    Slip(#[from] Slip),
    #[error("YAML parsers disagree on this: a list or a mapping to some, {0} to others")]
    Misread(String),
    #[error("the merge key `<<` must be a mapping or a list of mappings, not {0}")]
    BadMerge(&'static str),
}

impl FaultKind {
    fn rule(&self) -> &'static str {
        match self {
            Self::Encoding(_) => "encoding",
            Self::Empty => "empty-document",
            Self::Yaml(_) => "yaml-syntax",
            Self::Json(_) => "json-syntax",
            Self::Tab(_) => "tab-indentation",
            Self::DuplicateKey { .. } => "duplicate-key",
            Self::TooDeep(_) => "too-deep",
            Self::TooLarge { .. } => "too-large",
            Self::AliasExpansion(_) | Self::AliasCycle => "alias-expansion",
            Self::ManyDocuments => "many-documents",
            Self::NotAMapping(_) => "not-a-mapping",
            Self::KeyNotText(_) => "key-not-text",
            Self::UnknownTag(_) => "unknown-tag",
            Self::NotFinite(_) => "not-finite",
            Self::Outdented { .. } => "indentation",
            Self::Slip(slip) => slip.rule(),
            Self::Misread(_) => "misread",
            Self::BadMerge(_) => "bad-merge",
        }
    }

    fn help(&self) -> String {
        let help = match self {
            Self::Encoding(_) => "save the document as UTF-8",
            Self::Empty | Self::NotAMapping(_) => {
                "start with `openapi: 3.0.3`, `info` and `paths` as keys of one mapping"
            }
            Self::Yaml(_) => "fix the line above or this one: check indentation, colons, quotes and brackets",
            Self::Json(_) => "fix this place; JSON has no comments, trailing commas or single quotes",
            Self::Tab(_) => "replace the tabs at the start of the line with spaces",
            Self::DuplicateKey { .. } => "remove or rename one of the two, since only one of them would count",
            Self::TooDeep(_) => "move inner schemas to `components/schemas` and refer to them with `$ref`",
            Self::TooLarge { .. } => "split the API into several documents",
            Self::AliasExpansion(_) => "replace aliases of aliases with `$ref`s to components",
            Self::AliasCycle => "use a `$ref` for what refers to itself",
            Self::ManyDocuments => {
                "keep one document a file: remove the `---` or move what follows to a file of its own"
            }
            Self::KeyNotText(_) => "write the key as a string on one line",
            Self::UnknownTag(_) => "remove the tag",
            Self::NotFinite(text) => return format!("write a number, or `'{text}'` for the string"),
            Self::Outdented { indent, .. } => {
                return format!("indent this line by {indent} spaces as well, or the line named by as few as this one");
            }
            Self::Slip(slip) => return slip.help(),
            Self::Misread(_) => "write it in plain block style",
            Self::BadMerge(_) => "merge an alias of a mapping, as in `<<: *defaults`",
        };
        help.to_owned()
    }

    /// The kind at a place.
    pub(crate) fn at(self, span: Span, pointer: Pointer) -> Fault {
        Fault { span, pointer, kind: self }
    }

    /// The kind at a place whose pointer is unknown.
    pub(crate) fn at_offset(self, offset: usize) -> Fault {
        self.at(Span { start: offset, end: offset + 1 }, Pointer::root())
    }
}

impl Fault {
    /// The fault as a diagnostic.
    pub(crate) fn diagnostic(&self, text: &str, lines: &Lines) -> Diagnostic {
        Diagnostic {
            rule: self.kind.rule(),
            level: Level::Error,
            pointer: self.pointer.clone(),
            location: lines.location(text, self.span.start, self.span.end),
            message: self.kind.to_string(),
            help: self.kind.help(),
        }
    }
}
