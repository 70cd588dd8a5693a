//! What a comparison finds: changes with their verdicts, places and witnesses, as plain data.

use serde::Serialize;
use serde_json::Value;

use crate::document::{Place, Pointer};

/// What a change means to those who keep to the old document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// A witness shows that something no longer works.
    Breaking,
    /// Neither was shown.
    Undecided,
    /// Everything that worked works.
    Compatible,
}

/// Who sends what a change is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// Clients of the old document send it, and servers of the new one take it.
    Request,
    /// Servers of the new document send it, and clients of the old one take it.
    Response,
}

/// What shows that a change is breaking.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Witness {
    /// A value that the sender's document allows and the receiver's refuses, by the validators of both.
    Payload(Value),
    /// A request that the old document allows and the new one does not, in a line.
    Request(String),
    /// A response that the new document allows and the old one does not, in a line.
    Response(String),
}

/// One change of the document.
#[derive(Debug, Clone, Serialize)]
pub struct Change {
    /// What it means.
    pub verdict: Verdict,
    /// The kind of change, in kebab case, such as `request-body` or `security`.
    pub kind: &'static str,
    /// The operations that it is about, or the part of the document.
    pub subjects: Vec<String>,
    /// Who sends what it is about; nothing for what no payload shows.
    pub direction: Option<Direction>,
    /// What changed, in a sentence.
    pub what: String,
    /// The keywords that changed, each in a few words.
    pub details: Vec<String>,
    /// What shows that it is breaking.
    pub witness: Option<Witness>,
    /// Why it is undecided.
    pub reason: Option<String>,
    /// Where it is in the old document.
    pub old: Spot,
    /// Where it is in the new document.
    pub new: Spot,
    /// Whether it was found by comparing two schemas.
    #[serde(skip)]
    pub of_schemas: bool,
    /// The old document's schema of what it is about, where there is one.
    #[serde(skip)]
    pub schema: Option<Pointer>,
    /// What the client of the old document makes of the witness; nothing where it was not asked.
    pub client: Option<String>,
}

/// A place in a document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Spot {
    /// The pointer; nothing where the document lacks it.
    pub pointer: Option<Pointer>,
    /// File, line and column, where the document was read from a text.
    pub place: Option<Place>,
    /// What stands there, for the page alone.
    #[serde(skip)]
    pub excerpt: Option<String>,
}

/// What came of comparing two documents.
#[derive(Debug, Clone, Serialize)]
pub struct Comparison {
    /// The old document, as it was named.
    pub old: String,
    /// The new document, as it was named.
    pub new: String,
    /// The changes, worst first.
    pub changes: Vec<Change>,
    /// How many pairs of schemas were proved to be compatible, those that are the same among them.
    pub proved: usize,
    /// How many of these are the same on both sides.
    pub same: usize,
}

impl Comparison {
    /// The changes with a verdict.
    pub fn with(&self, verdict: Verdict) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(move |change| change.verdict == verdict)
    }

    /// Whether anything that worked no longer does.
    pub fn breaks(&self) -> bool {
        self.with(Verdict::Breaking).next().is_some()
    }
}
