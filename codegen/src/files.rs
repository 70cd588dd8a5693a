//! A document in several files as one tree, as if all of it had been written into the root file.
//!
//! References that leave a file lead to components of the one tree: see the rules of their names in ARCHITECTURE. The files
//! come from a [`Loader`] that is handed in; what cannot be loaded is left as it is written, and lint says why.

mod assembled;
mod copied;
mod names;
mod problem;
mod reference;
mod sections;
mod shelf;

use std::fmt;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::document::{Document, FileId};
use copied::Copied;
use shelf::Shelf;

pub use problem::Refusal;
pub(crate) use sections::shape_of;

/// How many files a document may be in.
pub const MAX_FILES: usize = 20_000;

/// Hands over the files of a document.
pub trait Loader: fmt::Debug + Sync {
    /// The file at a path, which is relative to the root file's folder, with `/` between folders.
    ///
    /// # Errors
    /// Why there is none, or why it is not handed over.
    fn load(&self, path: &str) -> Result<Loaded, Refusal>;
}

/// A file of a document.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// Which file it is: one number for each, whichever path leads to it; [`FileId::ROOT`] for the root file.
    pub file: FileId,
    /// The path from the root file's folder, symbolic links resolved.
    pub path: String,
    /// What is in it; not asked for of the root file.
    pub bytes: Arc<[u8]>,
}

/// The document with all that its references lead to in other files.
///
/// # Errors
/// What is wrong with the text of another file, and where it is referred to.
pub fn joined(document: Document, loader: Option<&dyn Loader>) -> Result<Document, Vec<Diagnostic>> {
    let Some(loader) = loader else { return Ok(document) };
    let (root, shelf) = Shelf::new(document, loader);
    let copied = Copied::of(shelf)?;
    Ok(match copied.is_single() {
        true => copied.shelf.single(root),
        false => assembled::assembled(copied),
    })
}

#[cfg(test)]
mod tests;
