//! From what people write to what progenitor reads: an ordered list of rewrites, one file each.
//!
//! Every pass keeps the document's meaning. What progenitor has no word for is kept under a private `x-codegen-` key, or
//! among the types, for `postprocess` to put back.

mod answers;
mod components;
mod operation_ids;
mod operations;
mod parameters;
mod path_items;
mod prune;
mod request_bodies;
mod responses;
mod schemas;

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Level};
use crate::document::{Document, Pointer};
use crate::model::NamedType;

pub use answers::{ANSWER, AnswerBody, AnswerType, answer_type, body};
pub use operation_ids::DOCUMENT_ID;
pub use operations::{METHODS, ORIGIN};
pub use parameters::{Parameter, WIRE_PATH};
pub use request_bodies::{BodyKind, MEDIA_TYPE, RequestBody, essence};

/// The document as progenitor reads it, and what it cannot read.
#[derive(Debug, Clone)]
pub struct Normalized {
    /// An OpenAPI document with nothing in it that progenitor panics on or mistranslates.
    pub root: Value,
    /// The types of its schemas, in the order in which they are declared.
    pub types: Vec<NamedType>,
    /// The parameters of its operations.
    pub parameters: Vec<Parameter>,
    /// The request bodies of its operations.
    pub bodies: Vec<RequestBody>,
    /// Types of the operations that answer in more than one way.
    pub answers: Vec<AnswerType>,
    /// What the editor should know.
    pub diagnostics: Vec<Diagnostic>,
}

/// One rewrite of the document.
#[derive(Debug, Clone, Copy)]
pub struct Pass {
    /// Its name, as the file's.
    pub name: &'static str,
    /// What it rewrites, and into what.
    pub about: &'static str,
    pub(crate) apply: fn(&Document, &mut Normalized),
}

/// All passes, in the order in which they run; each relies on those before it.
pub const PASSES: &[Pass] = &[
    path_items::PASS,
    components::PASS,
    operation_ids::PASS,
    parameters::PASS,
    request_bodies::PASS,
    responses::PASS,
    schemas::PASS,
    answers::PASS,
    prune::PASS,
];

/// Runs all passes over a document that lint has accepted.
///
/// # Errors
/// The constructs for which there is neither a rewrite nor a way through progenitor, each a named gap.
pub fn normalize(document: &Document) -> Result<Normalized, Vec<Diagnostic>> {
    normalize_by(PASSES, document)
}

/// Runs some passes in the order given, which shows what each of them is for.
///
/// # Errors
/// As [`normalize`].
pub fn normalize_by<'a>(
    passes: impl IntoIterator<Item = &'a Pass>,
    document: &Document,
) -> Result<Normalized, Vec<Diagnostic>> {
    let mut normalized = Normalized {
        root: document.root().clone(),
        types: Vec::new(),
        parameters: Vec::new(),
        bodies: Vec::new(),
        answers: Vec::new(),
        diagnostics: Vec::new(),
    };
    for pass in passes {
        (pass.apply)(document, &mut normalized);
        if normalized.diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error) {
            return Err(normalized.diagnostics);
        }
    }
    Ok(normalized)
}

impl Normalized {
    /// Notes something that the editor should know about a place in the document.
    pub(crate) fn report(
        &mut self,
        document: &Document,
        (rule, level): (&'static str, Level),
        pointer: Pointer,
        message: String,
        help: &str,
    ) {
        let location = document.key_location(&pointer);
        self.diagnostics.push(Diagnostic { rule, level, pointer, location, message, help: help.to_owned() });
    }
}
