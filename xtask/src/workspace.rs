//! Where things stand in this repository, whatever directory a command is called from.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// The directory of the workspace.
pub fn root() -> PathBuf {
    // Cargo says where this package is when it runs it, which holds even for a binary that was moved since it was built.
    let package =
        std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    package.parent().map(Path::to_path_buf).unwrap_or(package)
}

/// How the repository is built: the profiles that stand at the end of its manifest.
pub fn profiles() -> &'static str {
    const MANIFEST: &str = include_str!("../../Cargo.toml");
    MANIFEST.find("[profile.").map_or("", |start| &MANIFEST[start..])
}

/// The document that the client of this repository is generated from, from the root.
pub const DOCUMENT: &str = "openapi/lineworks-partner.yaml";

/// The same document as a path.
pub fn document() -> PathBuf {
    root().join(DOCUMENT)
}

/// The client's directory from the root, as a prefix of paths.
pub const CLIENT: &str = "generated-client/";

/// The client as Rust names it.
pub const CLIENT_CRATE: &str = "lineworks_partner_client";

/// The generated module of the client, from the package of the bindings.
pub const CLIENT_SOURCES: &str = "../../generated-client/src/generated";

/// The judge's bindings to the client, from the root.
pub const BINDINGS: &str = "contract-tests/own/src/bindings.rs";

/// The directory of the client, in which generated files stand among hand-written ones.
pub fn client() -> PathBuf {
    root().join(CLIENT)
}

/// A path as a person at the current directory would write it, with `/` on every platform.
pub fn shown(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let path = path.strip_prefix(&here).unwrap_or(path);
    path.display().to_string().replace('\\', "/")
}

/// A word of a command, as a shell reads it.
pub fn quoted(word: &str) -> Cow<'_, str> {
    // A word with a null is none that a shell could be given.
    shlex::try_quote(word).unwrap_or(Cow::Borrowed(word))
}
