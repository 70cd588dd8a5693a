//! Differences between the client and what the document promises, as data.

use serde::Serialize;
use serde_json::Value;

use crate::document::Pointer;

/// What is different.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Problem {
    /// The document has something that the judge has no binding for, or the other way round.
    Unbound,
    /// A payload that conforms is refused.
    RefusesValid,
    /// A payload that breaks a limit, but can be represented, is refused instead of kept.
    RefusesRepresentable,
    /// A payload that cannot be represented is taken.
    TakesUnrepresentable,
    /// A payload comes back as another value.
    ChangesValue,
    /// A payload that the document refuses conforms to the derived schema.
    AcceptsInvalid,
    /// Both refuse a payload, for different reasons or at different places.
    OtherReason,
    /// Strict checking names other faults than the document, or at other places.
    StrictDiffers,
    /// The document's keyword is not in the derived schema.
    Lost,
    /// The document's keyword says something else in the derived schema.
    Changed,
    /// The derived schema says what the document doesn't.
    Added,
    /// The request has something that the document doesn't, or lacks it, or has it otherwise.
    Request,
    /// The response reaches the caller otherwise than the document says.
    Response,
    /// The client panics.
    Panics,
    /// The document contradicts itself.
    Contradiction,
    /// The document says something that no oracle judges.
    Unjudged,
}

/// Whose fault something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Whose {
    /// The document's: it contradicts itself, or asks for what cannot be.
    Document,
    /// The client's: it is not what the document says.
    Client,
    /// The judge's: it does not understand the document, or cannot build what it asks for.
    Judge,
}

impl Problem {
    /// Whose fault a difference is.
    pub fn whose(self) -> Whose {
        match self {
            Self::Contradiction => Whose::Document,
            Self::Unjudged => Whose::Judge,
            _ => Whose::Client,
        }
    }
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// The name of the oracle that found it.
    pub oracle: &'static str,
    /// What is different.
    pub problem: Problem,
    /// The schema or operation, and the place in it: `Customer/partnership/memo`.
    pub place: String,
    /// The keyword, header, status or the like.
    pub keyword: String,
    /// What was said or done.
    pub detail: String,
    /// The payload or the request that shows it.
    pub shown_by: Value,
}

impl Difference {
    /// The place within a schema or an operation.
    pub fn place(subject: &str, pointer: &Pointer) -> String {
        format!("{subject}{}", pointer.as_str())
    }

    /// What `--only` takes to judge no more than what shows this: a schema, an operation, or a row of the failure matrix.
    pub fn only(&self) -> Option<String> {
        let subject = self.place.split('/').next().filter(|subject| !subject.is_empty() && *subject != "Client")?;
        let row = self.shown_by.get("row").and_then(Value::as_str).filter(|_| self.oracle == "matrix");
        Some(row.map_or_else(|| subject.to_owned(), |row| format!("{subject}: {row}")))
    }

    /// What makes two differences the same one, shown by different payloads.
    pub fn key(&self) -> (&'static str, Problem, &str, &str) {
        (self.oracle, self.problem, &self.place, &self.keyword)
    }
}
