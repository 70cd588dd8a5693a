//! Which files a client consists of: the generated module alone, or a crate that builds by itself.

mod manifest;

use syn::{Attribute, parse_quote};

use crate::document::Document;
use crate::render::{origin, with_header};
use crate::{SourceFile, runtime};

pub use manifest::{Dependency, Package, Requirements};

/// Where the generated module stands in a crate.
pub const MODULE: &str = "src/generated/";

/// The root of the generated module.
const ROOT: &str = "mod.rs";

/// How much is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// The files of a module named `generated` in a crate that exists already, and the ledger; paths are from the crate's
    /// own directory.
    Module,
    /// A whole crate: its manifest, its root, and the module.
    Crate,
}

/// The files of a crate that are written once and then its owner's.
pub const OWNED: [&str; 2] = ["Cargo.toml", "src/lib.rs"];

/// Makes a client of the files of its module: puts them into their places, and adds what they stand on.
pub fn lay_out(
    document: &Document,
    mut files: Vec<SourceFile>,
    ledger: String,
    (layout, package): (Layout, Package<'_>),
) -> (Vec<SourceFile>, Requirements) {
    let requirements = Requirements::of(document, runtime::checks_patterns(&files), runtime::requests_tokens(&files));
    files.extend(runtime::files(&files));
    let (usual, root) = (with_header(document, "", ""), with_header(document, &origin(document), ""));
    for file in &mut files {
        let header = if file.path == ROOT { &root } else { &usual };
        file.path.insert_str(0, MODULE);
        file.contents.insert_str(0, header);
    }
    if layout == Layout::Crate {
        let contents = [requirements.manifest(document, package), crate_root().to_owned()];
        let owned = OWNED.iter().zip(contents);
        files.extend(owned.map(|(path, contents)| SourceFile { path: (*path).to_owned(), contents }));
    }
    files.push(SourceFile { path: "LEDGER.md".to_owned(), contents: ledger });
    files.sort_by(|a, b| a.path.cmp(&b.path));
    (files, requirements)
}

/// What stands at the top of the module.
pub fn attributes() -> Vec<Attribute> {
    vec![
        parse_quote!(#![doc = " The client that is generated from the document."]),
        parse_quote!(#![allow(deprecated, reason = "what the document deprecates must still be generated")]),
        parse_quote!(#![allow(clippy::all, reason = "progenitor's style is not ours to mend")]),
    ]
}

/// The root of a crate that builds by itself: what a hand-written face would say for an API that needs nothing special.
fn crate_root() -> &'static str {
    r#"//! A client generated from an OpenAPI document.

#![allow(confusable_idents, mixed_script_confusables, uncommon_codepoints, reason = "names are the document's")]

#[rustfmt::skip]
mod generated;

pub use generated::*;

/// Puts a [`Client`] together; everything has a default but the credentials.
pub type ClientBuilder = runtime::ClientBuilder<Client>;

impl Client {
    /// Begins a client, with every default.
    pub fn builder() -> ClientBuilder {
        Default::default()
    }
}
"#
}
