//! What progenitor lost, put back: an ordered list of passes over the syntax tree, one file each.
//!
//! A pass states what is lost and why, and gives an error where it finds nothing to mend although the document promises
//! something: so no pass outlives its reason unseen.

mod bodies;
mod calls;
mod client;
mod forms;
mod imports;
mod mock;
mod multipart;
mod operations;
mod prelude;
mod requests;
mod responses;
mod rust_paths;
mod sections;
mod security;
mod setters;
mod tree;

use thiserror::Error;

use crate::document::Document;
use crate::model::Api;
use crate::normalize::Normalized;
use crate::progenitor::Skeleton;

pub use operations::{Operation, operations};

/// What the passes know of the document.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The document as it was written.
    pub document: &'a Document,
    /// The document as progenitor has read it.
    pub normalized: &'a Normalized,
    /// What the document means.
    pub api: &'a Api<'a>,
    /// What progenitor has written, taken apart.
    pub skeleton: &'a Skeleton,
}

/// One pass over the generated source.
#[derive(Debug, Clone, Copy)]
pub struct Pass {
    /// Its name, as the file's.
    pub name: &'static str,
    /// What is lost without it.
    pub about: &'static str,
    pub(crate) apply: fn(&Context<'_>, &mut syn::File) -> Result<(), PassError>,
}

/// A pass did not find what it was to mend.
#[derive(Debug, Error)]
#[error("the pass `{pass}` found no {what} in progenitor's output")]
pub struct PassError {
    /// The pass.
    pub pass: &'static str,
    /// What it looked for.
    pub what: String,
}

/// All passes, in the order in which they run.
pub const PASSES: &[Pass] = &[
    rust_paths::PASS,
    requests::PASS,
    forms::PASS,
    multipart::PASS,
    responses::PASS,
    operations::PASS,
    client::PASS,
    security::PASS,
    calls::PASS,
    bodies::PASS,
    setters::PASS,
    mock::PASS,
    prelude::PASS,
    imports::PASS,
];

/// Runs all passes.
///
/// # Errors
/// The first pass that did not find what the document promises; a defect of this crate, not of the document.
pub fn postprocess(context: &Context<'_>, file: &mut syn::File) -> Result<(), PassError> {
    postprocess_by(PASSES, context, file)
}

/// Runs some passes in the order given, which shows what each of them is for.
///
/// # Errors
/// As [`postprocess`].
pub fn postprocess_by<'a>(
    passes: impl IntoIterator<Item = &'a Pass>,
    context: &Context<'_>,
    file: &mut syn::File,
) -> Result<(), PassError> {
    passes.into_iter().try_for_each(|pass| (pass.apply)(context, file))
}
