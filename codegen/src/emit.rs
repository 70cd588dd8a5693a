//! The one place that names progenitor: from the normalised document to the syntax tree of a client.

use std::panic::{AssertUnwindSafe, catch_unwind};

use progenitor::{CrateVers, GenerationSettings, Generator, InterfaceStyle, TagStyle};
use serde_json::Value;
use thiserror::Error;

/// What went wrong in a part that normalised documents should never reach.
#[derive(Debug, Error)]
pub enum EmitError {
    /// openapiv3 does not take the normalised document for one.
    #[error("the normalised document is not one that openapiv3 reads: {0}")]
    Model(#[from] serde_json::Error),
    /// progenitor refused it.
    #[error("progenitor refuses the normalised document: {0}")]
    Refused(#[from] progenitor::Error),
    /// progenitor panicked on it.
    #[error("progenitor panicked: {0}")]
    Panicked(String),
    /// progenitor's tokens are no Rust file.
    #[error("progenitor's output does not parse: {0}")]
    Syntax(#[from] syn::Error),
}

/// The client as progenitor writes it for a normalised document.
///
/// # Errors
/// See [`EmitError`]: each is a defect of `normalize`, since every document that it accepts should come through.
pub fn emit(root: &Value) -> Result<syn::File, EmitError> {
    let model: openapiv3::OpenAPI = serde_json::from_value(root.clone())?;
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Builder)
        .with_tag(TagStyle::Merged)
        .with_map_type("::std::collections::BTreeMap")
        .with_crate("generated", CrateVers::Any, None)
        .with_crate("std", CrateVers::Any, None);
    // A panic would take the whole run along; here it becomes an error like any other.
    let tokens = catch_unwind(AssertUnwindSafe(|| Generator::new(&settings).generate_tokens(&model)))
        .map_err(|panic| EmitError::Panicked(panic_message(panic.as_ref())))??;
    Ok(syn::parse2(tokens)?)
}

fn panic_message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "without a message".to_owned())
}
