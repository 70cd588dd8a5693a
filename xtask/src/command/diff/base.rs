//! The revision that a change is compared with where nobody names one.

use super::documents::{OWN, git};

/// The last release of the client that is reachable, else where the branch left the default one; an error says why there is
/// nothing to compare with.
pub fn base() -> Result<String, String> {
    let found = said(&["describe", "--tags", "--abbrev=0", "--match", "client-v*"]).or_else(|| {
        let default = said(&["symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD"]);
        let branch = default.or_else(|| {
            ["origin/main", "main"]
                .into_iter()
                .map(str::to_owned)
                .find(|name| said(&["rev-parse", "--verify", name]).is_some())
        })?;
        said(&["merge-base", "HEAD", &branch])
    });
    let Some(found) = found else {
        return Err(
            "there is no tag `client-v*` and no default branch; the document is compared with nothing".to_owned()
        );
    };
    match said(&["cat-file", "-t", &format!("{found}:{OWN}")]) {
        Some(_) => Ok(found),
        None => Err(format!("{found} has no {OWN}; the document is compared with nothing")),
    }
}

/// What git says, where it says anything.
fn said(arguments: &[&str]) -> Option<String> {
    let output = git(arguments).ok().filter(|output| output.status.success())?;
    let text = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (!text.is_empty()).then_some(text)
}
