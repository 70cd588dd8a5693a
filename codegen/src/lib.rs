//! From the text of an OpenAPI document, 3.0 or 3.1, to the sources of a Rust client crate.
//!
//! One call, [`generate`], runs the whole way: [`document`] reads the text, [`version`] puts it into the words of OpenAPI 3.0,
//! [`lint`](mod@lint) refuses what is wrong with it,
//! [`model`] reads what it means, [`progenitor`] has progenitor write the client's frame, `write` writes the client from both,
//! [`render`] makes text of it. No file is written and nothing is printed.

mod bindings;
mod claim;
pub mod diagnostic;
pub mod document;
pub mod interface;
pub mod keyword;
mod layout;
pub mod ledger;
pub mod lint;
mod markdown;
pub mod model;
pub mod progenitor;
pub mod render;
mod runtime;
pub mod spec;
pub mod version;
pub mod write;

use crate::model::Api;
use crate::write::WriteError;
pub use diagnostic::{Diagnostic, Level, Location};
pub use document::{Document, Pointer};
pub use layout::{Layout, MODULE};

/// A source file, not yet written anywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Where it belongs, relative, with `/` between folders.
    pub path: String,
    /// Its whole text.
    pub contents: String,
}

/// All that comes from a document.
#[derive(Debug, Clone)]
pub struct Generated {
    /// The files, sorted by path.
    pub files: Vec<SourceFile>,
    /// What the editor should know, though nothing is wrong enough to stop.
    pub diagnostics: Vec<Diagnostic>,
}

/// A document in the words of the one version that all else knows.
fn read(name: &str, bytes: &[u8]) -> Result<Document, Vec<Diagnostic>> {
    Document::parse(name, bytes).map(version::settled)
}

/// Everything that is wrong with a document, by place.
pub fn lint(name: &str, bytes: &[u8]) -> Vec<Diagnostic> {
    match read(name, bytes) {
        Err(diagnostics) => diagnostics,
        Ok(document) => examine(&document).map_or_else(|diagnostics| diagnostics, |(_, diagnostics)| diagnostics),
    }
}

/// Generates the sources of a client from a document's text, YAML or JSON.
///
/// # Errors
/// What is wrong with the document, or beyond this generator; at least one diagnostic is an error.
pub fn generate(name: &str, bytes: &[u8], layout: Layout) -> Result<Generated, Vec<Diagnostic>> {
    let document = read(name, bytes)?;
    let (api, diagnostics) = examine(&document)?;
    let source = source(&api).map_err(|error| {
        let mut diagnostics = diagnostics.clone();
        diagnostics.push(defect(error.to_string()));
        diagnostics
    })?;
    let ledger = ledger::write(&document, &api);
    let files = layout::lay_out(&document, source, ledger, layout);
    Ok(Generated { files, diagnostics })
}

/// The files of an API's client.
fn source(api: &Api<'_>) -> Result<Vec<SourceFile>, WriteError> {
    let skeleton = crate::progenitor::skeleton(api)?;
    let mut printer = render::Printer::new(layout::attributes(), api.type_idents().collect());
    write::write(api, &skeleton, &mut printer)?;
    Ok(printer.finish())
}

fn defect(message: String) -> Diagnostic {
    Diagnostic {
        rule: "generator-defect",
        level: Level::Error,
        pointer: Pointer::root(),
        location: Location::START,
        message,
        help: "this is a defect of the generator, not of the document; please report it with the document".to_owned(),
    }
}

/// The lines that tie the client of a document to the judge, as a Rust source: see the macro `client!` of `contract-tests`.
///
/// `client` is the crate as Rust names it, `sources` the folder of its generated module, from the package of the bindings.
///
/// # Errors
/// As [`generate`].
pub fn bindings(name: &str, bytes: &[u8], client: &str, sources: &str) -> Result<String, Vec<Diagnostic>> {
    let document = read(name, bytes)?;
    let (api, _) = examine(&document)?;
    Ok(bindings::write(&document, &api, client, sources))
}

/// What a document means, and what its editor should know.
fn examine(document: &Document) -> Result<(Api<'_>, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut diagnostics = lint::lint(document);
    if diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error) {
        return Err(diagnostics);
    }
    let in_order = |diagnostics: &mut Vec<Diagnostic>| {
        diagnostics.sort_by_key(|diagnostic| (diagnostic.location, diagnostic.rule));
    };
    match model::read(document) {
        Ok((api, warnings)) => {
            diagnostics.extend(warnings);
            in_order(&mut diagnostics);
            Ok((api, diagnostics))
        }
        Err(gaps) => {
            diagnostics.extend(gaps);
            in_order(&mut diagnostics);
            Err(diagnostics)
        }
    }
}
