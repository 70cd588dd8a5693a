//! The manifest of a crate: what generated code stands on, and what its owner chooses.

use std::fmt;

use serde_json::Value;

use crate::document::Document;

/// The Rust that generated crates and what they stand on need.
const RUST_VERSION: &str = "1.88";

/// The version that a new crate begins with; it is its owner's from then on.
const FIRST_VERSION: &str = "0.1.0";

/// What the owner of a new crate chooses.
#[derive(Debug, Clone, Copy, Default)]
pub struct Package<'a> {
    /// Its name; else one that is made of the document's title.
    pub name: Option<&'a str>,
    /// Its licence as an SPDX expression; else the manifest has none.
    pub license: Option<&'a str>,
    /// Whether a registry may take it.
    pub publish: bool,
}

/// A crate that generated code stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependency {
    /// Its name.
    pub name: &'static str,
    /// The version that is asked for at least.
    pub version: &'static str,
    default_features: bool,
    /// The features that are called.
    pub features: Vec<&'static str>,
    /// Whether it is behind a feature.
    pub optional: bool,
}

/// All that the manifest of a crate must have for the generated code in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirements {
    /// The crates.
    pub dependencies: Vec<Dependency>,
    /// The features that the code asks about, and what each switches on.
    pub features: Vec<(&'static str, &'static str)>,
    /// The version of the document, for `[package.metadata.openapi]`.
    pub document_version: String,
}

/// The line of a manifest.
impl fmt::Display for Dependency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, version, default_features, features, optional } = self;
        if *default_features && features.is_empty() && !optional {
            return write!(f, "{name} = \"{version}\"");
        }
        write!(f, "{name} = {{ version = \"{version}\"")?;
        if !default_features {
            f.write_str(", default-features = false")?;
        }
        if !features.is_empty() {
            let features: Vec<String> = features.iter().map(|feature| format!("\"{feature}\"")).collect();
            write!(f, ", features = [{}]", features.join(", "))?;
        }
        f.write_str(if *optional { ", optional = true }" } else { " }" })
    }
}

impl Requirements {
    /// Of the code of a document, which may match patterns and request tokens.
    pub(super) fn of(document: &Document, patterns: bool, tokens: bool) -> Self {
        let plain = |name, version, features: &[&'static str]| Dependency {
            name,
            version,
            default_features: true,
            features: features.to_vec(),
            optional: false,
        };
        let bare =
            |name, version, features: &[_]| Dependency { default_features: false, ..plain(name, version, features) };
        let optional = |dependency| Dependency { optional: true, ..dependency };
        let mut dependencies = vec![
            bare("backon", "1", &["std"]),
            plain("bytes", "1", &[]),
            optional(bare("chrono", "0.4", &["std"])),
            plain("httpdate", "1", &[]),
            optional(bare("httpmock", "0.9", &[])),
            optional(bare("jiff", "1", &["std"])),
            plain("progenitor-client", "0.15", &[]),
            bare("reqwest", "0.13", &["json", "query", "stream"]),
            optional(plain("schemars", "1", &[])),
            plain("secrecy", "0.10", &[]),
            plain("serde", "1", &["derive"]),
            plain("serde_path_to_error", "0.1", &[]),
            plain("serde_json", "1", &["float_roundtrip", "raw_value"]),
            bare("tokio", "1", if tokens { &["rt", "sync", "time"] } else { &["rt", "time"] }),
            optional(bare("tracing", "0.1", &[])),
        ];
        if patterns {
            dependencies.push(bare("regex-automata", "0.4", &["nfa-pikevm", "std", "syntax"]));
            dependencies.push(plain("regex-syntax", "0.8", &[]));
        }
        dependencies.sort_by_key(|dependency| dependency.name);
        let features = vec![
            ("chrono", "dep:chrono"),
            ("http2", "reqwest/http2"),
            ("jiff", "dep:jiff"),
            ("mock", "dep:httpmock"),
            ("rustls", "reqwest/rustls"),
            ("native-tls", "reqwest/native-tls"),
            ("schemars", "dep:schemars"),
            ("tracing", "dep:tracing"),
        ];
        Self { dependencies, features, document_version: info(document, "version").to_owned() }
    }

    /// The manifest that a new crate begins with.
    pub(super) fn manifest(&self, document: &Document, package: Package<'_>) -> String {
        let derived = || {
            // No crate can be loaded by a name with other letters.
            let title = info(document, "title").replace(|c: char| !c.is_ascii(), " ");
            let title = crate::model::snake(&title).replace('_', "-");
            let title = title.trim_matches('-').to_owned();
            if title.is_empty() { "api-client".to_owned() } else { format!("{title}-client") }
        };
        let name = package.name.map_or_else(derived, str::to_owned);
        let license = package.license.map(|license| format!("license = {}\n", quoted(license))).unwrap_or_default();
        let publish = if package.publish { "" } else { "publish = false\n" };
        let dependencies: String = self.dependencies.iter().map(|dependency| format!("{dependency}\n")).collect();
        let features: String = self.features.iter().map(|(name, what)| format!("{name} = [\"{what}\"]\n")).collect();
        format!(
            "[package]\nname = {}\nversion = \"{FIRST_VERSION}\"\nedition = \"2024\"\nrust-version = \"{RUST_VERSION}\"\n\
             {license}{publish}\n[package.metadata.openapi]\nversion = {}\n\n[dependencies]\n{dependencies}\n\
             [features]\ndefault = [\"rustls\"]\n{features}\n[workspace]\n",
            quoted(&name),
            quoted(&self.document_version),
        )
    }
}

fn info<'d>(document: &'d Document, field: &str) -> &'d str {
    document.root().pointer(&format!("/info/{field}")).and_then(Value::as_str).unwrap_or_default()
}

/// A basic string of TOML; JSON's escapes are TOML's, which asks for one more.
fn quoted(text: &str) -> String {
    Value::from(text).to_string().replace('\u{7f}', "\\u007F")
}
