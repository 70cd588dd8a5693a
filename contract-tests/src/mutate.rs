//! Mutants: the document with one edit each, to measure whether the suite notices every edit.
//!
//! An operator knows one kind of edit and applies it wherever its keyword occurs, or could. Each edit says whether it
//! loosens or tightens, and who can observe it at all: somebody who sends payloads, who looks at the wire, who calls the
//! client, or who reads its documentation. What changes nothing that anybody could observe is recognised and counted apart.

mod equivalence;
mod operators;
mod place;
mod proof;
mod reach;
mod score;
mod trial;

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::document::{Document, DocumentError, Pointer};
use crate::keyword;

pub(crate) use place::rename;
pub use place::{Edits, Kind, Places, Spot};
pub use score::{Score, ScoreError};
pub use trial::{Fate, Trial, Trials};

/// Whether more conforms after an edit, or less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// More conforms than before.
    Loosening,
    /// Less conforms than before.
    Tightening,
    /// Something else conforms, or the edit isn't about that.
    Neither,
}

/// Who can observe an edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Observer {
    /// Who decodes, checks or builds a value.
    Payload,
    /// Who looks at requests and responses.
    Wire,
    /// Who names the client's types, calls and constants.
    Interface,
    /// Who reads about them.
    Documentation,
}

/// One kind of edit.
pub struct Operator {
    /// Its name in kebab case.
    pub name: &'static str,
    /// What it edits, in one sentence.
    pub about: &'static str,
    /// Makes all the edits of this kind.
    pub apply: fn(&Places<'_>, &mut Edits<'_>),
}

/// The document with one edit.
#[derive(Debug, Clone)]
pub struct Mutant {
    /// A number and the operator's name: the same for the same document.
    pub id: String,
    /// The operator's name.
    pub operator: &'static str,
    /// Where it edited.
    pub place: Pointer,
    /// What it did there.
    pub what: String,
    /// Whether more conforms now, or less.
    pub direction: Direction,
    /// Who can observe it.
    pub observer: Observer,
    /// Why nobody can, where that is so.
    pub equivalent: Option<&'static str>,
    /// The edited document.
    pub document: Document,
}

/// Every operator, sorted by name: those of the keywords of schemas, and those of everything else in a document.
pub fn operators() -> Vec<&'static Operator> {
    let keywords = keyword::ALL.iter().flat_map(|keyword| keyword.operators);
    let mut all: Vec<&'static Operator> = operators::OPERATORS.iter().chain(keywords).collect();
    all.sort_by_key(|operator| operator.name);
    all
}

/// Every mutant of a document. Edits that come to the same document are one mutant.
pub fn mutants(document: &Document) -> Result<Vec<Mutant>, DocumentError> {
    // An edit is one of the text: what it means is read from it.
    let document = &document.as_written();
    let places = Places::of(document);
    let mut seen: HashSet<String> = HashSet::from([document.root().to_string()]);
    let mut found = Vec::new();
    for operator in operators() {
        let mut edits = Edits::of(document);
        (operator.apply)(&places, &mut edits);
        for edit in edits.found {
            if !seen.insert(edit.root.to_string()) {
                continue;
            }
            let id = format!("{:04}-{}", found.len() + 1, operator.name);
            found.push(Mutant {
                equivalent: equivalence::reason(document.root(), &edit.root),
                document: Document::from_value(&id, edit.root)?,
                id,
                operator: operator.name,
                place: edit.place,
                what: edit.what,
                direction: edit.direction,
                observer: edit.observer,
            });
        }
    }
    Ok(found)
}

/// Where a document can be edited, and who can observe it: of each edit the keyword, or where one is added what holds it.
pub(crate) fn observers(document: &Document) -> Vec<(Pointer, Observer)> {
    let places = Places::of(document);
    let mut found = Vec::new();
    for operator in operators() {
        let mut edits = Edits::noted(document);
        (operator.apply)(&places, &mut edits);
        found.extend(edits.found.into_iter().map(|edit| (edited(document, &edit.place, &edit.what), edit.observer)));
    }
    found
}

/// The keyword that an edit is about, where its description begins with one that is there.
pub(crate) fn edited(document: &Document, place: &Pointer, what: &str) -> Pointer {
    let keyword = what.split_once(": ").map(|(keyword, _)| place.child(keyword));
    keyword.filter(|pointer| document.at(pointer).is_some()).unwrap_or_else(|| place.clone())
}

/// An edit before it has a number.
#[derive(Debug, Clone)]
struct Edit {
    place: Pointer,
    what: String,
    direction: Direction,
    observer: Observer,
    root: Value,
}
