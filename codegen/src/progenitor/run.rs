//! Runs progenitor.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use proc_macro2::TokenStream;
use progenitor::{CrateVers, GenerationSettings, Generator, InterfaceStyle, TagStyle};
use serde_json::Value;

use super::ProgenitorError;

/// The source that progenitor writes for a document.
pub fn run(document: Value) -> Result<TokenStream, ProgenitorError> {
    let document: openapiv3::OpenAPI = serde_json::from_value(document)?;
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Builder)
        .with_tag(TagStyle::Merged)
        .with_map_type("::std::collections::BTreeMap")
        .with_crate("generated", CrateVers::Any, None)
        .with_crate("std", CrateVers::Any, None);
    // A panic would take the whole program along; here it becomes an error like any other.
    catch_unwind(AssertUnwindSafe(|| Generator::new(&settings).generate_tokens(&document)))
        .map_err(|panic| ProgenitorError::Panicked(message(panic.as_ref())))?
        .map_err(|error| ProgenitorError::Refused(error.to_string()))
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "without a message".to_owned())
}
