//! The names of components that come from other files. ARCHITECTURE has the rules; the judge has them by itself.
//!
//! They are decided over all definitions of the files that were read, reached or not, so that another reference into one of
//! them renames nothing.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::copied::{Copied, Definition};
use super::sections::section_named;
use super::shelf::{alias, component};
use crate::document::{Place, Pointer};

/// The name of a definition.
#[derive(Debug, Clone)]
pub(super) struct Name {
    /// As a component of the joined tree.
    pub(super) name: String,
    /// That of its key, or of its file.
    pub(super) plain: String,
}

/// What could be in a name, and the definition.
type Candidate = (Vec<String>, Definition);

/// The name of each definition, where `own` are those of the root file's components.
pub(super) fn names(copied: &Copied<'_>, own: &BTreeSet<(&str, String)>) -> BTreeMap<Definition, Name> {
    let mut by_name: BTreeMap<(&str, String), Vec<Candidate>> = BTreeMap::new();
    for definition in candidates(copied) {
        let way = way(copied.shelf.path(definition.place.file), &definition.place.pointer);
        let plain = way.last().cloned().unwrap_or_default();
        by_name.entry((definition.section, plain)).or_default().push((way, definition));
    }
    let mut taken: BTreeSet<(&str, String)> = own.iter().cloned().chain(by_name.keys().cloned()).collect();
    let mut names = BTreeMap::new();
    for ((section, plain), mut group) in by_name {
        if let ([(_, one)], false) = (group.as_slice(), own.contains(&(section, plain.clone()))) {
            names.insert(one.clone(), Name { name: plain.clone(), plain });
            continue;
        }
        group.sort();
        let longest = group.iter().map(|(way, _)| way.len()).max().unwrap_or_default();
        let qualified = (2..=longest).map(|count| group.iter().map(|(way, _)| last(way, count)).collect::<Vec<_>>());
        // What has no folder to be qualified by keeps the name, unless it is the root's.
        let is_free = |name: &String| {
            let key = (section, name.clone());
            !taken.contains(&key) || (*name == plain && !own.contains(&key))
        };
        let differ = |names: &Vec<String>| {
            let distinct: BTreeSet<&String> = names.iter().collect();
            distinct.len() == names.len() && names.iter().all(is_free)
        };
        let found = qualified.into_iter().find(differ).unwrap_or_else(|| {
            let mut found: Vec<String> = Vec::new();
            for (way, _) in &group {
                let whole = last(way, way.len());
                let numbered = (2..).map(|number| format!("{whole}_{number}"));
                let name =
                    std::iter::once(whole.clone()).chain(numbered).find(|name| is_free(name) && !found.contains(name));
                found.extend(name);
            }
            found
        });
        for ((_, definition), name) in group.into_iter().zip(found) {
            taken.insert((section, name.clone()));
            names.insert(definition, Name { name, plain: plain.clone() });
        }
    }
    names
}

/// All definitions that have a name: what is reached, and what could be in the files that were read.
fn candidates(copied: &Copied<'_>) -> BTreeSet<Definition> {
    let mut all: BTreeSet<Definition> = copied.pieces.keys().cloned().collect();
    for (file, value) in copied.shelf.others() {
        let mut add = |section: &'static str, holder: Pointer| {
            let entries = value.pointer(holder.as_str()).and_then(Value::as_object).into_iter().flatten();
            let defined = entries.filter(|(_, value)| value.is_object() && alias(value).is_none());
            all.extend(
                defined.map(|(name, _)| Definition { section, place: Place { file, pointer: holder.join(name) } }),
            );
        };
        let root = Pointer::root();
        for section in value.get("components").and_then(Value::as_object).into_iter().flat_map(|fields| fields.keys()) {
            if let Some(section) = section_named(section) {
                add(section, root.join("components").join(section));
            }
        }
        add("schemas", root.join("definitions"));
        add("schemas", root.join("$defs"));
        // Where one key of a file is a definition, the others may be.
        let reached = copied.pieces.keys().filter(|reached| reached.place.file == file);
        let sections: BTreeSet<&str> = reached
            .filter(|reached| reached.place.pointer.parent().is_some_and(|parent| parent == root))
            .map(|reached| reached.section)
            .collect();
        sections.into_iter().for_each(|section| add(section, root.clone()));
    }
    all.retain(|definition| copied.in_section(&definition.place).is_none());
    all
}

/// The folders, the file and the keys that lead to a definition, as parts of a name.
fn way(path: &str, pointer: &Pointer) -> Vec<String> {
    let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let folders = folders.split('/').filter(|folder| !matches!(*folder, "" | "." | ".."));
    let keys: Vec<String> = pointer.tokens().collect();
    let holders = match component(pointer) {
        Some(_) => 2,
        None => usize::from(
            keys.len() > 1
                && ["definitions", "$defs"].iter().any(|holder| keys.first().is_some_and(|key| key == holder)),
        ),
    };
    folders.chain([stem]).map(str::to_owned).chain(keys.into_iter().skip(holders)).map(|part| spelled(&part)).collect()
}

/// The letters that the specification allows in the name of a component.
fn spelled(part: &str) -> String {
    let spelled: String =
        part.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '_' }).collect();
    if spelled.is_empty() { "_".to_owned() } else { spelled }
}

fn last(way: &[String], count: usize) -> String {
    way.get(way.len().saturating_sub(count)..).unwrap_or_default().join("_")
}
