//! The version of the client that follows from a change, and whether the client has it.

use std::fs;

use serde::Serialize;

use super::documents::{self, Read};
use crate::workspace;

/// The client's manifest, from the root.
const MANIFEST: &str = "generated-client/Cargo.toml";

/// What the judge tells of the client's version.
#[derive(Debug, Serialize)]
pub struct Version {
    old: String,
    new: String,
    asked: Option<String>,
    made: bool,
}

/// What the change of the interface asks of the client's version; nothing where the documents are not the client's.
pub fn between(old: &Read, new: &Read, breaks: bool) -> Option<Version> {
    if !(old.own && new.own) {
        return None;
    }
    let (before, after) = (manifest(old)?, manifest(new)?);
    let (from, to) = (numbers(&before)?, numbers(&after)?);
    let (asked, made) = if from.0 == 0 { ("minor", to >= (0, from.1 + 1, 0)) } else { ("major", to.0 > from.0) };
    Some(Version { old: before, new: after, asked: breaks.then(|| asked.to_owned()), made })
}

fn manifest(read: &Read) -> Option<String> {
    let text = match &read.revision {
        Some(revision) => String::from_utf8(documents::shown(&format!("{revision}:{MANIFEST}")).ok()?).ok()?,
        None => fs::read_to_string(workspace::root().join(MANIFEST)).ok()?,
    };
    let line = text.lines().find_map(|line| line.strip_prefix("version = \""))?;
    Some(line.trim_end_matches('"').to_owned())
}

/// Major, minor and patch.
fn numbers(version: &str) -> Option<(u64, u64, u64)> {
    let mut parts = version.split(['-', '+']).next()?.split('.').map(|part| part.parse().ok());
    Some((parts.next()??, parts.next()??, parts.next()??))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_by_number() {
        assert_eq!(numbers("0.10.2-rc.1"), Some((0, 10, 2)));
        assert_eq!(numbers("1.2"), None);
        assert!(numbers("0.10.0") > numbers("0.9.9"));
    }
}
