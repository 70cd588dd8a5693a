//! Which files a client consists of: the generated module alone, or a crate that builds by itself.

use syn::{Attribute, parse_quote};

use crate::document::Document;
use crate::render::{origin, with_header};
use crate::{SourceFile, runtime};

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

/// Makes a client of the files of its module: puts them into their places, and adds what they stand on.
pub fn lay_out(document: &Document, mut files: Vec<SourceFile>, ledger: String, layout: Layout) -> Vec<SourceFile> {
    let names = |what: &str, files: &[SourceFile]| files.iter().any(|file| file.contents.contains(what));
    let patterns = names(runtime::PATTERNS, &files);
    let multipart = names("multipart::Form", &files);
    files.extend(runtime::files(patterns));
    for file in &mut files {
        let origin = if file.path == ROOT { origin(document) } else { String::new() };
        file.path.insert_str(0, MODULE);
        file.contents.insert_str(0, &with_header(document, "").replacen("\n\n", &format!("\n{origin}\n"), 1));
    }
    if layout == Layout::Crate {
        files.push(SourceFile { path: "src/lib.rs".to_owned(), contents: with_header(document, crate_root()) });
        files.push(SourceFile { path: "Cargo.toml".to_owned(), contents: manifest(document, patterns, multipart) });
    }
    files.push(SourceFile { path: "LEDGER.md".to_owned(), contents: ledger });
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
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

#[rustfmt::skip]
pub mod generated;

pub use generated::*;

impl Client {
    /// Begins a client, with every default.
    pub fn builder() -> runtime::ClientBuilder<Self> {
        Default::default()
    }
}
"#
}

/// What patterns are matched with.
const PATTERNS: &str = r#"regex-automata = { version = "0.4", default-features = false, features = ["nfa-pikevm", "std", "syntax"] }
regex-syntax = "0.8"
"#;

/// The Rust that generated crates and what they stand on need.
const RUST_VERSION: &str = "1.88";

fn manifest(document: &Document, patterns: bool, multipart: bool) -> String {
    let info = |key: &str| document.root().pointer(&format!("/info/{key}")).and_then(serde_json::Value::as_str);
    let name = crate::model::snake(info("title").unwrap_or_default()).replace('_', "-");
    let patterns = if patterns { PATTERNS } else { "" };
    let multipart = if multipart { ", \"multipart\"" } else { "" };
    let dependencies = format!(
        r#"backon = {{ version = "1", default-features = false, features = ["std"] }}
bytes = "1"
httpdate = "1"
httpmock = {{ version = "0.9", default-features = false, optional = true }}
progenitor-client = "0.15"
{patterns}reqwest = {{ version = "0.13", default-features = false, features = ["json", "query", "stream"{multipart}] }}
schemars = {{ version = "1", optional = true }}
secrecy = "0.10"
serde = {{ version = "1", features = ["derive"] }}
serde_path_to_error = "0.1"
serde_json = {{ version = "1", features = ["float_roundtrip", "raw_value"] }}
tokio = {{ version = "1", default-features = false, features = ["rt", "time"] }}
tracing = {{ version = "0.1", default-features = false, optional = true }}
"#
    );
    let header = with_header(document, "").replace("//", "#");
    format!(
        "{header}[package]\nname = \"{}-client\"\nversion = \"{}\"\nedition = \"2024\"\nrust-version = \"{RUST_VERSION}\"\npublish = false\n\n[dependencies]\n{dependencies}\n\
         [features]\ndefault = [\"rustls\"]\nhttp2 = [\"reqwest/http2\"]\nmock = [\"dep:httpmock\"]\nrustls = [\"reqwest/rustls\"]\nnative-tls = [\"reqwest/native-tls\"]\nschemars = [\"dep:schemars\"]\ntracing = [\"dep:tracing\"]\n\n[workspace]\n",
        name.trim_matches('-'),
        version(info("version").unwrap_or_default()),
    )
}

/// The document's version where Cargo takes it, else the number in it that Cargo would.
fn version(text: &str) -> String {
    let text = text.trim().trim_start_matches(['v', 'V']);
    let plain = text.split(['-', '+']).next().unwrap_or_default();
    let mut numbers: Vec<String> =
        plain.split('.').map_while(|part| part.parse::<u32>().ok()).map(|number| number.to_string()).take(3).collect();
    numbers.resize(3, "0".to_owned());
    numbers.join(".")
}
