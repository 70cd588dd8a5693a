//! Which files a client consists of: the generated module alone, or a crate that builds by itself.

use syn::{Item, parse_quote};

use crate::document::Document;
use crate::render::{render, with_header};
use crate::{SourceFile, runtime};

/// Where the generated module stands in a crate.
pub const MODULE: &str = "src/generated/";

/// How much is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// The files of a module named `generated` in a crate that exists already, and the ledger; paths are from the crate's
    /// own directory.
    Module,
    /// A whole crate: its manifest, its root, and the module.
    Crate,
}

/// Splits the client into files and adds what it stands on.
pub fn lay_out(document: &Document, client: syn::File, ledger: String, layout: Layout) -> Vec<SourceFile> {
    let mut files = module(document, client);
    for file in &mut files {
        file.path = format!("{MODULE}{}", file.path);
    }
    if layout == Layout::Crate {
        let generated: String = files.iter().map(|file| file.contents.as_str()).collect();
        files.push(SourceFile { path: "src/lib.rs".to_owned(), contents: with_header(document, crate_root()) });
        files.push(SourceFile { path: "Cargo.toml".to_owned(), contents: manifest(document, &generated) });
    }
    files.push(SourceFile { path: "LEDGER.md".to_owned(), contents: ledger });
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn module(document: &Document, mut client: syn::File) -> Vec<SourceFile> {
    let mut files = Vec::new();
    client.attrs = vec![parse_quote!(#![doc = " The client that is generated from the document."])];
    client
        .attrs
        .push(parse_quote!(#![allow(deprecated, reason = "what the document deprecates must still be generated")]));
    client.attrs.push(parse_quote!(#![allow(clippy::all, reason = "progenitor's style is not ours to mend")]));
    client.items.push(parse_quote!(
        pub mod runtime;
    ));
    file(document, "mod.rs", "", client, &mut files);
    let generated: String = files.iter().map(|file| file.contents.as_str()).collect();
    for mut file in runtime::files(&generated) {
        file.contents = with_header(document, &file.contents);
        files.push(file);
    }
    files
}

/// Renders a module; the modules within it become files of their own.
fn file(document: &Document, name: &str, folder: &str, mut source: syn::File, files: &mut Vec<SourceFile>) {
    for item in &mut source.items {
        let Item::Mod(module) = item else { continue };
        let Some((_, items)) = module.content.take() else { continue };
        // Without its content, a module's words belong to the file.
        let words = module.attrs.extract_if(.., |attribute| attribute.path().is_ident("doc"));
        let words: Vec<syn::Attribute> = words
            .map(|mut attribute| {
                attribute.style = syn::AttrStyle::Inner(Default::default());
                attribute
            })
            .collect();
        // Under which feature there is the module at all, its declaration has to say.
        module.attrs.retain(|attribute| attribute.path().is_ident("cfg"));
        module.semi = Some(Default::default());
        let mut inner: syn::File = parse_quote!(#(#words)*);
        inner.items = items;
        let module_name = module.ident.to_string();
        file(document, &format!("{folder}{module_name}.rs"), &format!("{folder}{module_name}/"), inner, files);
    }
    files.push(SourceFile { path: name.to_owned(), contents: render(document, &source) });
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

fn manifest(document: &Document, generated: &str) -> String {
    let info = |key: &str| document.root().pointer(&format!("/info/{key}")).and_then(serde_json::Value::as_str);
    let name = crate::model::snake(info("title").unwrap_or_default()).replace('_', "-");
    let patterns = if runtime::needs_patterns(generated) { PATTERNS } else { "" };
    let multipart = if generated.contains("multipart::Form") { ", \"multipart\"" } else { "" };
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
