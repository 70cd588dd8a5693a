//! Two documents: what a change of the document means for those who send and those who receive.
//!
//! Of a request, whatever clients of the old document send must be taken by servers of the new one; of a response, whatever
//! servers of the new document send must be taken by clients of the old one. Who sends uses no name before it is declared: a
//! member that only the receiving side declares is none that a payload has.

mod callbacks;
mod change;
pub mod client;
pub mod command;
mod comparing;
mod difference;
mod facts;
mod folded;
mod inclusion;
mod media;
mod operations;
mod parameters;
pub mod report;
mod responses;
mod side;
mod wire;

use serde_json::Value;

use crate::document::{Document, DocumentError, Way};

pub use change::{Change, Comparison, Direction, Spot, Verdict, Witness};
pub use inclusion::{Compiled, Dialect, Inclusion, Schemas, inclusion};

use comparing::{Comparing, Scope};
use side::Side;

/// Keywords of schemas that the judge does not read.
const BEYOND: [&str; 5] = ["$dynamicRef", "$recursiveRef", "$schema", "jsonSchemaDialect", "dependencies"];

/// The dialects that say what a document of 3.1 means without them.
const DIALECTS: [&str; 2] =
    ["https://spec.openapis.org/oas/3.1/dialect/base", "https://json-schema.org/draft/2020-12/schema"];

/// Why two documents cannot be compared.
#[derive(Debug, thiserror::Error)]
pub enum CompareError {
    /// One of them cannot be read.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// They are of different versions.
    #[error("{old} and {new} are of different versions of OpenAPI, whose schemas do not mean the same")]
    Versions {
        /// The old document.
        old: String,
        /// The new document.
        new: String,
    },
}

/// Compares two documents of the same version of OpenAPI.
pub fn compare(old: &Document, new: &Document) -> Result<Comparison, CompareError> {
    if old.is_3_1() != new.is_3_1() {
        return Err(CompareError::Versions { old: old.name().to_owned(), new: new.name().to_owned() });
    }
    if [old, new].into_iter().any(is_beyond_older_words) {
        return Ok(directed(&Sides::of([old, new]), Scope::All)?);
    }
    // What no schema says is compared as it is written, schemas in the words that they are judged in.
    let later = old.is_3_1().then(|| [old, new].map(|document| document.clone().in_older_words()));
    let read = later.as_ref().map_or([old, new], |later| later.each_ref());
    // What a schema says differs by direction: properties that do not go one way, alternatives that a tag tells apart.
    let named = read.map(folded::folded);
    let [before, after] =
        [(&named[0], read[0]), (&named[1], read[1])].map(|(named, written)| named.as_ref().unwrap_or(written));
    let one = |way| [before.meaning(way), after.meaning(way)];
    let mut found = directed(&Sides::of([old, new]), Scope::Facts)?;
    for (way, direction) in [(Way::Request, Direction::Request), (Way::Response, Direction::Response)] {
        let other = directed(&Sides { shown: [old, new], written: read, meant: one(way) }, Scope::Schemas(direction))?;
        // What is said of a schema that goes both ways is said once, unless it means something else there.
        let said = |change: &Change, known: &Change| {
            change.direction.is_none()
                && (change.verdict, change.kind) == (known.verdict, known.kind)
                && (&change.details, &change.old, &change.new) == (&known.details, &known.old, &known.new)
        };
        let come = other.changes.into_iter().filter(|change| change.of_schemas);
        let come: Vec<Change> = come.filter(|change| !found.changes.iter().any(|known| said(change, known))).collect();
        found.changes.extend(come);
        found.proved += other.proved;
        found.same += other.same;
    }
    found.changes.sort_by_key(|change| (change.verdict, change.direction.is_none()));
    Ok(found)
}

/// Whether a document of 3.1 says what the words of 3.0 and those that the judge adds do not: it is compared as it is written,
/// in one reading for both directions.
fn is_beyond_older_words(document: &Document) -> bool {
    fn says(value: &Value) -> bool {
        match value {
            Value::Object(map) => map.iter().any(|(key, inner)| {
                let is_usual = inner.as_str().is_some_and(|dialect| DIALECTS.contains(&dialect.trim_end_matches('#')));
                BEYOND.contains(&key.as_str()) && !is_usual || says(inner)
            }),
            Value::Array(list) => list.iter().any(says),
            _ => false,
        }
    }
    document.is_3_1() && says(document.root())
}

/// Two documents, the old one first.
struct Sides<'d> {
    /// As differences are told.
    shown: [&'d Document; 2],
    /// As they are read.
    written: [&'d Document; 2],
    /// By what they mean.
    meant: [&'d Document; 2],
}

impl<'d> Sides<'d> {
    /// As they are written.
    fn of(documents: [&'d Document; 2]) -> Self {
        Self { shown: documents, written: documents, meant: documents }
    }
}

/// Compares two documents in one scope.
fn directed(sides: &Sides<'_>, scope: Scope) -> Result<Comparison, DocumentError> {
    let [old, new] = sides.meant;
    let (before, after) = (old.operations()?, new.operations()?);
    let calls = (callbacks::calls(old, &before)?, callbacks::calls(new, &after)?);
    Ok(inclusion::on_large_stack(|| {
        let side = |index: usize| Side::new(sides.shown[index], sides.written[index], sides.meant[index]);
        let (mut one, mut other) = (side(0), side(1));
        if scope != Scope::Facts {
            one.translate(before.iter().chain(calls.0.iter().map(|call| &call.operation)));
            other.translate(after.iter().chain(calls.1.iter().map(|call| &call.operation)));
        }
        let mut comparing = Comparing::new(one, other, scope);
        comparing.operations(&before, &after);
        comparing.callbacks(&calls.0, &calls.1);
        comparing.components();
        comparing.finished()
    }))
}
