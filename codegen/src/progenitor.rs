//! The one place that names progenitor, typify and openapiv3: from the model to the items that progenitor writes for it.
//!
//! progenitor is handed a document of its own, made from the model, which has in it nothing that progenitor panics on or
//! mistranslates. What it writes is taken apart once, into named items.

mod document;
mod respell;
mod run;
mod schema;
mod skeleton;
mod structs;

use thiserror::Error;

use crate::model::Api;

pub use skeleton::{OperationItems, Skeleton};
pub use structs::StructItems;

/// What went wrong in a part that no document should reach: a defect of this crate.
#[derive(Debug, Error)]
pub enum ProgenitorError {
    /// openapiv3 does not read the document that was made for it.
    #[error("openapiv3 does not read the document that is made for progenitor: {0}")]
    Document(#[from] serde_json::Error),
    /// progenitor refused the document.
    #[error("progenitor refuses the document that is made for it: {0}")]
    Refused(String),
    /// progenitor panicked.
    #[error("progenitor panicked: {0}")]
    Panicked(String),
    /// progenitor's tokens are no Rust file.
    #[error("progenitor's output does not parse: {0}")]
    Syntax(#[from] syn::Error),
    /// An item is missing in progenitor's output, or is not made as it was.
    #[error("progenitor's output has no {0}")]
    Missing(String),
}

/// What progenitor writes for an API.
///
/// # Errors
/// See [`ProgenitorError`].
pub fn write(api: &Api<'_>) -> Result<syn::File, ProgenitorError> {
    run::run(document::write(api))
}
