//! Two documents: what a change of the document means for those who send and those who receive.
//!
//! Of a request, whatever clients of the old document send must be taken by servers of the new one; of a response, whatever
//! servers of the new document send must be taken by clients of the old one. Who sends uses no name before it is declared: a
//! member that only the receiving side declares is none that a payload has.

mod change;
pub mod client;
pub mod command;
mod comparing;
mod difference;
mod facts;
mod inclusion;
mod operations;
pub mod report;
mod responses;
mod side;

use crate::document::{Document, DocumentError};

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
    let (before, after) = (old.operations()?, new.operations()?);
    Ok(inclusion::on_large_stack(|| {
        let mut comparing = Comparing::new(Side::new(old, &before), Side::new(new, &after));
        comparing.operations(&before, &after);
        comparing.callbacks(&before, &after);
        comparing.components();
        comparing.finished()
    }))
}
