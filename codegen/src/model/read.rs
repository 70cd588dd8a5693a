//! From the document to the model, for OpenAPI 3.0: the one place that knows how that version writes things.
//!
//! First the operations as they stand, with their references followed; then, in the order in which types are to be named, what
//! they exchange.

mod about;
mod bodies;
mod contents;
mod fields;
mod operations;
mod pages;
mod parameters;
mod parts;
mod paths;
mod responses;
mod schemas;
mod security;
mod shared_names;
mod status_enums;

use super::{Api, Operation, Schemas};
use crate::diagnostic::{Diagnostic, Level};
use crate::document::{Document, Pointer};
use crate::keyword::checks;

pub use responses::partly_read;
use schemas::Reader;
pub(super) use schemas::target;

/// What reading has found that the editor should know.
struct Findings<'a> {
    document: &'a Document,
    diagnostics: Vec<Diagnostic>,
}

/// Reads a document that lint has accepted. The diagnostics are warnings.
///
/// # Errors
/// The constructs that the client has no way to honour, each a named gap.
pub fn read(document: &Document) -> Result<(Api<'_>, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut findings = Findings { document, diagnostics: Vec::new() };
    let mut drafts = operations::drafts(document);
    for draft in &mut drafts {
        draft.read_parameters(&mut findings);
    }
    findings.stop_at_errors()?;
    for draft in &mut drafts {
        draft.choose_body(&mut findings);
    }
    findings.stop_at_errors()?;
    let mut reader = Reader::new(document.root());
    let (mut operations, order) = operations::complete(drafts, &mut reader);
    let (types, untyped, unchecked) = reader.finish();
    for pointer in unchecked {
        findings.report(
            ("lost-keyword", Level::Error),
            pointer,
            "no Rust type says what this schema says, so no client could hold a value against it".to_owned(),
            "give it a type, or leave it out",
        );
    }
    findings.stop_at_errors()?;
    for pointer in untyped {
        findings.report(
            ("untyped-schema", Level::Warning),
            pointer,
            "no Rust type says what this schema says, so the client has a `serde_json::Value` here".to_owned(),
            "nothing of a payload is lost; give each alternative a schema of its own to have it typed",
        );
    }
    let status_enums = status_enums::read(&mut operations, &types);
    pages::read(document.root(), &mut operations, &types, &mut findings);
    findings.stop_at_errors()?;
    shared_names::report(&operations, &types, &mut findings);
    parts::name(&mut operations, &types, &status_enums);
    let mut ordered: Vec<(usize, Operation<'_>)> = order.into_iter().zip(operations).collect();
    ordered.sort_by_key(|(path, operation)| (*path, operation.method));
    let root = document.root();
    let api = Api {
        about: about::read(root),
        servers: about::servers(root),
        schemes: security::schemes(root),
        operations: ordered.into_iter().map(|(_, operation)| operation).collect(),
        types,
        status_enums,
        schemas: Schemas { root },
    };
    Ok((api, findings.diagnostics))
}

impl Findings<'_> {
    fn report(&mut self, (rule, level): (&'static str, Level), pointer: Pointer, message: String, help: &str) {
        let location = self.document.key_location(&pointer);
        let pointer = checks::written_place(&pointer);
        let found = Diagnostic { rule, level, pointer, location, message, help: help.to_owned() };
        // Several operations may refer to one place.
        if !self.diagnostics.contains(&found) {
            self.diagnostics.push(found);
        }
    }

    fn stop_at_errors(&mut self) -> Result<(), Vec<Diagnostic>> {
        match self.diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error) {
            true => Err(std::mem::take(&mut self.diagnostics)),
            false => Ok(()),
        }
    }
}
