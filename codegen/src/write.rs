//! From the model and the skeleton to the items of the client, each written whole in one place.

mod aliases;
mod calls;
mod checks;
mod client;
mod conformance;
mod derived_schema;
mod doc;
mod docs;
mod enums;
mod examples;
mod forms;
mod headers;
mod json;
pub mod mock;
pub mod oauth;
mod parts;
mod sink;
mod stated;
mod status_enums;
mod strings;
mod struct_builders;
mod structs;
mod styles;
mod type_ref;
mod types;
mod unions;

use thiserror::Error;

use crate::progenitor::ProgenitorError;

pub use client::write;
pub use derived_schema::marker;
pub use examples::Examples;
pub use sink::Sink;

/// What went wrong while items were written: a defect of this crate.
#[derive(Debug, Error)]
pub enum WriteError {
    /// progenitor's output is not what the model promises.
    #[error(transparent)]
    Skeleton(#[from] ProgenitorError),
    /// What was written is no Rust.
    #[error("the written source does not parse: {0}")]
    Syntax(#[from] syn::Error),
    /// The sink takes no more.
    #[error("the source was not written to its end")]
    Enough,
}
