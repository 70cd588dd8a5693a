//! The one place that names progenitor, typify and openapiv3: from the model to the items that progenitor writes for it.
//!
//! progenitor is handed a document of its own, made from the model, which has in it nothing that progenitor panics on or
//! mistranslates. What it writes is taken apart once, into named items.

mod document;
mod pieces;
mod respell;
mod run;
mod schema;
mod skeleton;
mod structs;

use proc_macro2::TokenStream;
use thiserror::Error;

use crate::model::{Api, NamedType, Operation};

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
    /// An item among progenitor's tokens is no Rust.
    #[error("progenitor's output does not parse: {0}")]
    Syntax(#[from] syn::Error),
    /// An item is missing in progenitor's output, or is not made as it was.
    #[error("progenitor's output has no {0}")]
    Missing(String),
}

/// What progenitor writes for an API, all at once.
///
/// # Errors
/// See [`ProgenitorError`].
pub fn write(api: &Api<'_>) -> Result<TokenStream, ProgenitorError> {
    run::run(document::write(api, &api.operations, api.structs()))
}

/// How many operations, or structs that no operation of a batch needs, progenitor is shown at a time: its output is many
/// times as large as what is taken over of it.
const BATCH: usize = 64;

/// What the client takes over from progenitor, which is run for a part of the API at a time.
///
/// # Errors
/// See [`ProgenitorError`].
pub fn skeleton(api: &Api<'_>) -> Result<Skeleton, ProgenitorError> {
    let mut skeleton: Option<Skeleton> = None;
    let mut batches: Vec<&[Operation<'_>]> = api.operations.chunks(BATCH).collect();
    // Without any operation there are still the client and its modules.
    if batches.is_empty() {
        batches.push(&[]);
    }
    for operations in batches {
        let needed = document::structs_of(api, operations);
        let source = run::run(document::write(api, operations, needed))?;
        Skeleton::add(&mut skeleton, Skeleton::of_part(source, operations)?);
    }
    let mut skeleton = skeleton.ok_or_else(|| ProgenitorError::Missing("client".to_owned()))?;
    let left: Vec<&NamedType> = api.structs().filter(|ty| !skeleton.structs.contains_key(&ty.ident)).collect();
    for structs in left.chunks(BATCH) {
        let source = run::run(document::write(api, &[], structs.iter().copied()))?;
        skeleton.structs.extend(Skeleton::of_part(source, &[])?.structs);
    }
    Ok(skeleton)
}
