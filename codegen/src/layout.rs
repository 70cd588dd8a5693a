//! Which files a client consists of: the generated module alone, or a crate that builds by itself.

use syn::{Item, parse_quote};

use crate::document::Document;
use crate::render::{render, with_header};
use crate::{SourceFile, runtime};

/// How much is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// The files of a module named `generated` at the root of a crate that exists already.
    Module,
    /// A whole crate: its manifest, its root, and the module.
    Crate,
}

/// Splits the client into files and adds what it stands on.
pub fn lay_out(document: &Document, client: syn::File, layout: Layout) -> Vec<SourceFile> {
    let mut files = module(document, client);
    if layout == Layout::Crate {
        for file in &mut files {
            file.path = format!("src/generated/{}", file.path);
        }
        let generated: String = files.iter().map(|file| file.contents.as_str()).collect();
        files.push(SourceFile { path: "src/lib.rs".to_owned(), contents: with_header(document, crate_root(document)) });
        files.push(SourceFile { path: "Cargo.toml".to_owned(), contents: manifest(document, &generated) });
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn module(document: &Document, mut client: syn::File) -> Vec<SourceFile> {
    let mut files = Vec::new();
    let mut generated = String::new();
    for (name, words) in
        [("types", "The types of the document's schemas."), ("builder", "The arguments of each operation.")]
    {
        let words = format!(" {words}");
        let module = client.items.iter_mut().find_map(|item| match item {
            Item::Mod(item) if item.ident == name => Some(item),
            _ => None,
        });
        let Some(module) = module else { continue };
        let items = module.content.take().map(|(_, items)| items).unwrap_or_default();
        module.semi = Some(Default::default());
        module.attrs = vec![];
        let mut file: syn::File = parse_quote!(#![doc = #words]);
        file.items = items;
        for item in &mut file.items {
            // A document without schemas has operations that name no type.
            if let Item::Use(import) = item {
                import.attrs = vec![parse_quote!(#[allow(unused_imports)])];
            }
        }
        let contents = render(document, &file);
        generated.push_str(&contents);
        files.push(SourceFile { path: format!("{name}.rs"), contents });
    }
    client.attrs = vec![parse_quote!(#![doc = " The client that is generated from the document."])];
    client
        .attrs
        .push(parse_quote!(#![allow(deprecated, reason = "what the document deprecates must still be generated")]));
    client.attrs.push(parse_quote!(#![allow(clippy::all, reason = "progenitor's style is not ours to mend")]));
    client.items.push(parse_quote!(
        pub mod runtime;
    ));
    files.push(SourceFile { path: "mod.rs".to_owned(), contents: render(document, &client) });
    for mut file in runtime::files(&generated) {
        file.contents = with_header(document, &file.contents);
        files.push(file);
    }
    files
}

fn crate_root(document: &Document) -> &'static str {
    let _ = document;
    "//! A client generated from an OpenAPI document.\n\npub mod generated;\n\npub use generated::*;\n"
}

fn manifest(document: &Document, generated: &str) -> String {
    let info = |key: &str| document.root().pointer(&format!("/info/{key}")).and_then(serde_json::Value::as_str);
    let name = crate::shape::snake(info("title").unwrap_or_default()).replace('_', "-");
    let regress = if runtime::needs_patterns(generated) { "regress = \"0.12\"\n" } else { "" };
    let dependencies = format!(
        r#"bytes = "1"
futures-core = "0.3"
progenitor-client = "0.15"
{regress}reqwest = {{ version = "0.13", default-features = false, features = ["json", "query", "stream"] }}
schemars = {{ version = "1", optional = true }}
serde = {{ version = "1", features = ["derive"] }}
serde_json = {{ version = "1", features = ["preserve_order"] }}
"#
    );
    let header = with_header(document, "").replace("//", "#");
    format!(
        "{header}[package]\nname = \"{}-client\"\nversion = \"{}\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\n{dependencies}\n\
         [features]\ndefault = [\"rustls\"]\nrustls = [\"reqwest/rustls\"]\nnative-tls = [\"reqwest/native-tls\"]\nschemars = [\"dep:schemars\"]\n\n[workspace]\n",
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
