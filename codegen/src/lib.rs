//! From the text of an OpenAPI 3.0 document to the sources of a Rust client crate.
//!
//! One call, [`generate`], runs the whole way: [`document`] reads the text, [`lint`](mod@lint) refuses what is wrong with it,
//! [`normalize`] rewrites what people write into what progenitor reads, [`emit`] has progenitor write a client,
//! [`postprocess`] puts back what progenitor lost, [`render`] makes text of it. No file is written and nothing is printed.

mod bindings;
mod claim;
pub mod diagnostic;
pub mod document;
pub mod emit;
pub mod interface;
pub mod keyword;
mod layout;
pub mod ledger;
pub mod lint;
mod markdown;
pub mod model;
pub mod normalize;
pub mod postprocess;
pub mod progenitor;
pub mod render;
mod runtime;
mod write;

pub use diagnostic::{Diagnostic, Level, Location};
pub use document::{Document, Pointer};
pub use layout::{Layout, MODULE};
use progenitor::Skeleton;

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

/// Everything that is wrong with a document, by place.
pub fn lint(name: &str, bytes: &[u8]) -> Vec<Diagnostic> {
    match Document::parse(name, bytes) {
        Err(diagnostics) => diagnostics,
        Ok(document) => examine(&document).1,
    }
}

/// Generates the sources of a client from a document's text, YAML or JSON.
///
/// # Errors
/// What is wrong with the document, or beyond this generator; at least one diagnostic is an error.
pub fn generate(name: &str, bytes: &[u8], layout: Layout) -> Result<Generated, Vec<Diagnostic>> {
    let document = Document::parse(name, bytes)?;
    let (normalized, diagnostics) = examine(&document);
    let Some(normalized) = normalized else { return Err(diagnostics) };
    let defect = |message: String| {
        let mut diagnostics = diagnostics.clone();
        diagnostics.push(Diagnostic {
            rule: "generator-defect",
            level: Level::Error,
            pointer: Pointer::root(),
            location: Location::START,
            message,
            help: "this is a defect of the generator, not of the document; please report it with the document"
                .to_owned(),
        });
        diagnostics
    };
    let (api, _) = model::read(&document)?;
    let mut file = progenitor::write(&api).map_err(|error| defect(error.to_string()))?;
    let skeleton = Skeleton::of(file.clone(), &api).map_err(|error| defect(error.to_string()))?;
    let examples = write::examples::Examples::of(&api);
    let types = write::types::write(&api, &skeleton, &examples).map_err(|error| defect(error.to_string()))?;
    replace_types(&mut file, types);
    let context = postprocess::Context { document: &document, normalized: &normalized, api: &api, skeleton: &skeleton };
    postprocess::postprocess(&context, &mut file).map_err(|error| defect(error.to_string()))?;
    let ledger = ledger::write(&document, &api);
    let files = layout::lay_out(&document, file, ledger, layout);
    Ok(Generated { files, diagnostics })
}

/// Puts the module of types in the place of progenitor's.
fn replace_types(file: &mut syn::File, types: syn::ItemMod) {
    let found = file.items.iter_mut().find(|item| matches!(item, syn::Item::Mod(module) if module.ident == "types"));
    if let Some(item) = found {
        *item = syn::Item::Mod(types);
    }
}

/// The lines that tie the client of a document to the judge, as a Rust source: see the macro `client!` of `contract-tests`.
///
/// `client` is the crate as Rust names it, `sources` the folder of its generated module, from the package of the bindings.
///
/// # Errors
/// As [`generate`].
pub fn bindings(name: &str, bytes: &[u8], client: &str, sources: &str) -> Result<String, Vec<Diagnostic>> {
    let document = Document::parse(name, bytes)?;
    let diagnostics = lint::lint(&document);
    if diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error) {
        return Err(diagnostics);
    }
    let (api, _) = model::read(&document)?;
    Ok(bindings::write(&document, &api, client, sources))
}

/// The normalised document, unless an error stands among the diagnostics.
fn examine(document: &Document) -> (Option<normalize::Normalized>, Vec<Diagnostic>) {
    let mut diagnostics = lint::lint(document);
    if diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error) {
        return (None, diagnostics);
    }
    let normalized = match normalize::normalize(document) {
        Ok(normalized) => {
            diagnostics.extend(normalized.diagnostics.iter().cloned());
            Some(normalized)
        }
        Err(gaps) => {
            diagnostics.extend(gaps);
            None
        }
    };
    diagnostics.sort_by_key(|diagnostic| (diagnostic.location, diagnostic.rule));
    (normalized, diagnostics)
}
