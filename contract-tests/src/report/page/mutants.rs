//! What became of the document's mutants, as `mutants --report` has written it into the directory of the report.

use std::collections::HashMap;
use std::path::Path;

use serde::Deserialize;

use crate::document::{Document, Pointer};
use crate::mutate::{Observer, edited};

/// The mutants by the keyword that was edited.
pub(super) struct Mutants {
    pub(super) by_place: HashMap<Pointer, Vec<Mutant>>,
}

/// One edit, and who noticed.
pub(super) struct Mutant {
    pub(super) observer: Observer,
    /// What was edited, and what became of it.
    pub(super) told: String,
    /// Nothing where it counts for nobody.
    pub(super) killed: Option<bool>,
}

#[derive(Deserialize)]
struct Index {
    digest: String,
    mutants: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    pointer: String,
    what: String,
    observer: Observer,
    fate: String,
    #[serde(default)]
    by: Vec<String>,
    #[serde(default)]
    reason: String,
}

impl Mutants {
    /// Those of this very document, if they are there.
    pub(super) fn read(directory: &Path, document: &Document) -> Option<Self> {
        let text = std::fs::read(directory.join("mutants.json")).ok()?;
        let index: Index = serde_json::from_slice(&text).ok()?;
        if index.digest != document.digest() {
            return None;
        }
        let mut by_place: HashMap<Pointer, Vec<Mutant>> = HashMap::new();
        for Entry { pointer, what, observer, fate, by, reason } in index.mutants {
            let (told, killed) = match fate.as_str() {
                "killed" => (format!("{what}: noticed by {}", by.join(", ")), Some(true)),
                "survived" => (format!("{what}: nobody noticed"), Some(false)),
                _ => (format!("{what}: {fate}, {reason}"), None),
            };
            let place = edited(document, &Pointer::written(&pointer), &what);
            by_place.entry(place).or_default().push(Mutant { observer, told, killed });
        }
        Some(Self { by_place })
    }

    /// How many were noticed, and of how many.
    pub(super) fn score(&self) -> (usize, usize) {
        let all = self.by_place.values().flatten().filter_map(|mutant| mutant.killed);
        all.fold((0, 0), |(killed, of), one| (killed + usize::from(one), of + 1))
    }
}
