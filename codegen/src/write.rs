//! From the model and the skeleton to the items of the client, each written whole in one place.

pub mod conformance;
pub mod doc;
pub mod examples;
pub mod json;
pub mod setters;
pub mod types;

mod aliases;
mod derived_schema;
mod enums;
mod status_enums;
mod strings;
mod struct_builders;
mod structs;
mod type_ref;
mod unions;

use thiserror::Error;

use crate::progenitor::ProgenitorError;

/// What went wrong while items were written: a defect of this crate.
#[derive(Debug, Error)]
pub enum WriteError {
    /// progenitor's output is not what the model promises.
    #[error(transparent)]
    Skeleton(#[from] ProgenitorError),
    /// What was written is no Rust.
    #[error("the written source does not parse: {0}")]
    Syntax(#[from] syn::Error),
}
