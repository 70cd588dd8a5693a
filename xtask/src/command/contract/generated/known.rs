//! The list of the generator's known faults: each with the document that shows it, its kind, and a reason. An entry that is
//! no longer real fails.

use std::fmt;
use std::path::Path;

use serde::Deserialize;

use super::GeneratedError;
use super::verdict::Found;
use crate::workspace::shown;

/// A known fault.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// The file name of the document.
    pub document: String,
    /// Who finds it.
    oracle: String,
    /// What is different.
    problem: String,
    /// The keyword, header, status or the like.
    keyword: String,
    /// The schema or operation, and the place in it.
    place: String,
    /// Why it is not mended yet.
    pub reason: String,
}

impl Fault {
    /// Whether it is this difference.
    pub fn covers(&self, found: &Found) -> bool {
        (&self.oracle, &self.problem, &self.keyword, &self.place)
            == (&found.oracle, &found.problem, &found.keyword, &found.place)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { document, oracle, problem, keyword, place, reason } = self;
        write!(formatter, "{document}: {oracle} {problem} {keyword} at {place}: {reason}")
    }
}

/// Reads a list.
pub fn read(path: &Path) -> Result<Vec<Fault>, GeneratedError> {
    let text = std::fs::read(path).map_err(|source| GeneratedError::Io { path: shown(path), source })?;
    serde_json::from_slice(&text).map_err(|source| GeneratedError::Known { path: shown(path), source })
}
