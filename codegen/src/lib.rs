//! From the text of an OpenAPI document, 3.0 or 3.1, to the sources of a Rust client crate.
//!
//! One call, [`generate`], runs the whole way: [`document`] reads the text, [`files`] what it refers to in other files,
//! [`version`] puts it into the words of OpenAPI 3.0,
//! [`lint`](mod@lint) refuses what is wrong with it,
//! [`model`] reads what it means, [`progenitor`] has progenitor write the client's frame, `write` writes the client from both,
//! [`render`] makes text of it. No file is written and nothing is printed.

mod bindings;
mod claim;
pub mod diagnostic;
pub mod document;
pub mod files;
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
mod trace;
pub mod version;
pub mod write;

use crate::model::Api;
use crate::write::{Examples, Sink, WriteError};
pub use diagnostic::{Diagnostic, Level, Location};
pub use document::{Document, FileId, Pointer};
pub use files::{Loaded, Loader, Refusal};
pub use layout::{Dependency, Layout, MODULE, OWNED, Package, Requirements};
pub use trace::Trace;

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
    /// What the crate's manifest must have.
    pub requirements: Requirements,
    /// The lines that tie the client to the judge, where [`Input::bindings`] asked for them: see the macro `client!` of
    /// `contract-tests`.
    pub bindings: Option<String>,
}

/// From where the judge's bindings name a client.
#[derive(Debug, Clone, Copy)]
pub struct Bindings<'a> {
    /// The crate, as Rust names it.
    pub client: &'a str,
    /// The folder of its generated module, from the package of the bindings.
    pub sources: &'a str,
}

/// Everything that is wrong with a document, by place.
pub fn lint(name: &str, bytes: &[u8]) -> Vec<Diagnostic> {
    Input::new(name, bytes).lint()
}

/// Generates the sources of a client from a document's text, YAML or JSON.
///
/// # Errors
/// What is wrong with the document, or beyond this generator; at least one diagnostic is an error.
pub fn generate(name: &str, bytes: &[u8], layout: Layout) -> Result<Generated, Vec<Diagnostic>> {
    Input::new(name, bytes).generate(layout)
}

/// A document's text, and which rules its reader lowers to warnings.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// What diagnostics and headers call it, usually a file name.
    pub name: &'a str,
    /// The text, YAML or JSON.
    pub bytes: &'a [u8],
    /// Where its other files come from; without it, the text is all of the document.
    pub files: Option<&'a dyn Loader>,
    /// The identifiers of the rules whose findings are warnings, beside those that the document's `x-lint` names.
    pub allow: &'a [String],
    /// What the owner of a new crate chooses.
    pub package: Package<'a>,
    /// Where the judge's bindings are wanted too, from where they name the client.
    pub bindings: Option<Bindings<'a>>,
}

impl<'a> Input<'a> {
    /// A text of which every rule is asked.
    pub fn new(name: &'a str, bytes: &'a [u8]) -> Self {
        Self { name, bytes, files: None, allow: &[], package: Package::default(), bindings: None }
    }

    /// See [`lint`](fn@lint).
    pub fn lint(self) -> Vec<Diagnostic> {
        let read = self.read();
        let examined = read.and_then(|(document, diagnostics)| Ok(examine(&document, diagnostics)?.1));
        examined.unwrap_or_else(|diagnostics| diagnostics)
    }

    /// See [`generate`].
    ///
    /// # Errors
    /// As there.
    pub fn generate(self, layout: Layout) -> Result<Generated, Vec<Diagnostic>> {
        let (document, diagnostics) = self.read()?;
        let (api, diagnostics) = examine(&document, diagnostics)?;
        let examples = Examples::of(&api);
        let source = source(&api, &examples).map_err(|error| {
            let mut diagnostics = diagnostics.clone();
            diagnostics.push(defect(error.to_string()));
            diagnostics
        })?;
        let ledger = ledger::write(&document, &api, &examples);
        let bindings = self.bindings.map(|wanted| bindings::write(&document, &api, wanted));
        let (files, requirements) = layout::lay_out(&document, source, ledger, (layout, self.package));
        Ok(Generated { files, diagnostics, requirements, bindings })
    }

    /// The document in the words of the one version that all else knows, its slips read as the diagnostics say.
    fn read(self) -> Result<(Document, Vec<Diagnostic>), Vec<Diagnostic>> {
        let document = files::joined(version::identified(Document::parse(self.name, self.bytes)?), self.files)?;
        lint::read(version::settled(document), self.allow)
    }
}

/// The files of an API's client.
fn source(api: &Api<'_>, examples: &Examples<'_>) -> Result<Vec<SourceFile>, WriteError> {
    let mut printer = render::Printer::new(layout::attributes(), api.type_idents().collect());
    write::write(api, &crate::progenitor::skeleton(api)?, examples, &mut printer)?;
    Ok(printer.finish())
}

/// Hands the items of a document's client to a sink; what kept it from all of them is no error of the document's.
fn written(input: Input<'_>, sink: &mut dyn Sink) -> Result<Option<WriteError>, Vec<Diagnostic>> {
    let (document, diagnostics) = input.read()?;
    let (api, _) = examine(&document, diagnostics)?;
    let skeleton = crate::progenitor::skeleton(&api).map_err(WriteError::from);
    Ok(skeleton.and_then(|skeleton| write::write(&api, &skeleton, &Examples::of(&api), sink)).err())
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

/// What a document means that lint has accepted, and what its editor should know.
fn examine(
    document: &Document,
    mut diagnostics: Vec<Diagnostic>,
) -> Result<(Api<'_>, Vec<Diagnostic>), Vec<Diagnostic>> {
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
