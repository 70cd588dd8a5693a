//! What git has of this repository: revisions, files in them, and the releases of the client.

use std::process::{Command, Stdio};

use crate::version::Version;
use crate::workspace;

/// What the tags of releases begin with; the client's version follows.
pub const TAG: &str = "client-v";

/// Why git does not tell.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    /// It cannot be started.
    #[error("git cannot be started: {0}")]
    Start(std::io::Error),
    /// It finds something wrong.
    #[error("`git {command}` failed: {message}")]
    Failed {
        /// Its arguments.
        command: String,
        /// What it says.
        message: String,
    },
    /// It has a part of the history alone.
    #[error(
        "this clone is shallow, so the last release may not be in it\n  help: get the whole history with `git fetch --unshallow --tags`"
    )]
    Shallow,
}

/// What git says.
pub fn git(arguments: &[&str]) -> Result<Vec<u8>, GitError> {
    let mut command = Command::new("git");
    command.current_dir(workspace::root()).args(arguments).stdin(Stdio::null());
    let output = command.output().map_err(GitError::Start)?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let message = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(GitError::Failed { command: arguments.join(" "), message })
}

/// What a revision has at a path from the root.
pub fn file(revision: &str, path: &str) -> Result<Vec<u8>, GitError> {
    git(&["show", &format!("{revision}:{path}")])
}

/// The tag of the last release before HEAD; a tag of HEAD itself is no release before it. Nothing where there was none.
pub fn last_release() -> Result<Option<(String, Version)>, GitError> {
    if said(&["rev-parse", "--is-shallow-repository"])? == "true" {
        return Err(GitError::Shallow);
    }
    let tags = said(&["tag", "--list", &format!("{TAG}*"), "--merged", "HEAD", "--no-contains", "HEAD"])?;
    let releases = tags.lines().filter_map(|tag| Some((tag.to_owned(), Version::of(tag.strip_prefix(TAG)?)?)));
    Ok(releases.max_by_key(|(_, version)| *version))
}

/// What a document is compared with where nobody names a revision: the last release, else where the branch left the default
/// one. An error says why there is nothing to compare with.
pub fn base() -> Result<String, String> {
    let release = last_release().map_err(|error| error.to_string())?;
    let found = release.map(|(tag, _)| tag).or_else(|| {
        let default = said(&["symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD"]).ok();
        let exists = |name: &&str| said(&["rev-parse", "--verify", "--quiet", name]).is_ok();
        let branch = default.or_else(|| ["origin/main", "main"].into_iter().find(exists).map(str::to_owned))?;
        said(&["merge-base", "HEAD", &branch]).ok()
    });
    let found = found.ok_or_else(|| format!("there is no tag `{TAG}*` and no default branch"))?;
    match file(&found, workspace::DOCUMENT) {
        Ok(_) => Ok(found),
        Err(_) => Err(format!("{found} has no {}", workspace::DOCUMENT)),
    }
}

/// What git says, as a line.
fn said(arguments: &[&str]) -> Result<String, GitError> {
    Ok(String::from_utf8_lossy(&git(arguments)?).trim().to_owned())
}
