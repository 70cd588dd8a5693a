//! What became of a document, written down beside its client, so that an interrupted run goes on where it was.
//!
//! It holds for the very same client, judge and arguments, and for no others.

use std::ffi::OsString;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::GeneratedError;
use super::client::Client;
use super::verdict::Verdict;
use crate::workspace::{self, shown};

/// The file, in the client's folder.
const FILE: &str = "outcome.json";

#[derive(Serialize, Deserialize)]
struct State {
    digest: u64,
    verdict: Verdict,
}

/// What became of the document in an earlier run, where nothing has changed since.
pub fn kept(client: &Client, asked: &[OsString]) -> Option<Verdict> {
    let text = std::fs::read(client.folder.join(FILE)).ok()?;
    let state: State = serde_json::from_slice(&text).ok()?;
    (state.digest == digest(client, asked)).then_some(state.verdict)
}

/// Writes down what the judge says of a document. Why it says nothing may lie in the machine, so that is asked anew.
pub fn keep(client: &Client, asked: &[OsString], verdict: &Verdict) -> Result<(), GeneratedError> {
    if !matches!(verdict, Verdict::Judged(_)) {
        return Ok(());
    }
    let path = client.folder.join(FILE);
    let state = State { digest: digest(client, asked), verdict: verdict.clone() };
    let written = serde_json::to_vec_pretty(&state).map_err(std::io::Error::from);
    written
        .and_then(|text| std::fs::write(&path, text))
        .map_err(|source| GeneratedError::Io { path: shown(&path), source })
}

fn digest(client: &Client, asked: &[OsString]) -> u64 {
    static JUDGE: OnceLock<u64> = OnceLock::new();
    let mut hasher = DefaultHasher::new();
    (client.digest, asked, JUDGE.get_or_init(judge)).hash(&mut hasher);
    hasher.finish()
}

/// The judge's sources, and what they stand on. A file that cannot be read makes no difference here: it will in the build.
fn judge() -> u64 {
    let root = workspace::root();
    let mut files = vec![root.join("Cargo.lock"), root.join("contract-tests").join("Cargo.toml")];
    list(&root.join("contract-tests").join("src"), &mut files);
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        (&file, std::fs::read(&file).unwrap_or_default()).hash(&mut hasher);
    }
    hasher.finish()
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { list(&path, files) } else { files.push(path) }
    }
}
