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

use crate::document::{Document, DocumentError, Way};

pub use change::{Change, Comparison, Direction, Spot, Verdict, Witness};
pub use inclusion::{Compiled, Dialect, Inclusion, Schemas, inclusion};

use comparing::Comparing;
use side::Side;

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
    if old.is_3_1() {
        return Ok(directed([old, new], [old, new], None)?);
    }
    // What a schema says differs by direction: properties that do not go one way, alternatives that a tag tells apart.
    let named = [old, new].map(folded::folded);
    let [before, after] =
        [(&named[0], old), (&named[1], new)].map(|(named, written)| named.as_ref().unwrap_or(written));
    let one = |way| (before.meaning(way), after.meaning(way));
    let (requests, responses) = (one(Way::Request), one(Way::Response));
    let mut found = directed([old, new], [requests.0, requests.1], Some(Direction::Request))?;
    let other = directed([old, new], [responses.0, responses.1], Some(Direction::Response))?;
    // What is said of a schema that goes both ways is said once, unless it means something else there.
    let said = |change: &Change, known: &Change| {
        change.direction.is_none()
            && (change.verdict, change.kind) == (known.verdict, known.kind)
            && (&change.details, &change.old, &change.new) == (&known.details, &known.old, &known.new)
    };
    let come = other.changes.into_iter().filter(|change| change.of_schemas);
    let come: Vec<Change> = come.filter(|change| !found.changes.iter().any(|known| said(change, known))).collect();
    found.changes.extend(come);
    found.changes.sort_by_key(|change| (change.verdict, change.direction.is_none()));
    found.proved += other.proved;
    found.same += other.same;
    Ok(found)
}

/// Compares two documents as they are written by what they mean, in one direction where it is named.
fn directed(
    written: [&Document; 2],
    [old, new]: [&Document; 2],
    only: Option<Direction>,
) -> Result<Comparison, DocumentError> {
    let (before, after) = (old.operations()?, new.operations()?);
    let calls = (callbacks::calls(old, &before)?, callbacks::calls(new, &after)?);
    Ok(inclusion::on_large_stack(|| {
        let sent = (calls.0.iter().map(|call| &call.operation), calls.1.iter().map(|call| &call.operation));
        let one = Side::new(old, written[0], before.iter().chain(sent.0));
        let other = Side::new(new, written[1], after.iter().chain(sent.1));
        let mut comparing = Comparing::new(one, other, only);
        comparing.operations(&before, &after);
        comparing.callbacks(&calls.0, &calls.1);
        comparing.components();
        comparing.finished()
    }))
}
