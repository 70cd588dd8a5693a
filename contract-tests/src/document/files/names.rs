//! The names that definitions of other files have as components.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::disk::{Disk, only_a_reference};
use super::table::section;
use super::walk::Found;
use super::{At, Definition, Pointer, members};

/// A section and a name in it.
type Key = (&'static str, String);

/// What could be in a name, and the definition.
type Parts = (Vec<String>, Definition);

/// Where each definition is found in the joined tree.
pub(super) fn named(disk: &Disk, found: &Found) -> BTreeMap<Definition, Pointer> {
    let components = Pointer::root().child("components");
    let mut own: BTreeSet<Key> = BTreeSet::new();
    for (name, entries) in members(&found.root, &components) {
        let names = entries.as_object().into_iter().flat_map(|entries| entries.keys());
        own.extend(
            section(name).into_iter().flat_map(|(section, _)| names.clone().map(move |name| (section, name.clone()))),
        );
    }
    // All with one last part, with their other parts in front of it.
    let mut alike: BTreeMap<Key, Vec<Parts>> = BTreeMap::new();
    for definition in defined(disk, found) {
        let parts = parts(disk.path(definition.at.file), &definition.at.pointer);
        let last = parts.last().cloned().unwrap_or_default();
        alike.entry((definition.section, last)).or_default().push((parts, definition));
    }
    let mut used: BTreeSet<Key> = own.iter().chain(alike.keys()).cloned().collect();
    let mut homes = BTreeMap::new();
    for ((section, last), mut definitions) in alike {
        definitions.sort();
        let names = match definitions.len() {
            1 if !own.contains(&(section, last.clone())) => vec![last.clone()],
            _ => {
                let is_free = |name: &str| {
                    let key = (section, name.to_owned());
                    !used.contains(&key) || (name == last && !own.contains(&key))
                };
                distinct(&definitions, is_free)
            }
        };
        for ((_, definition), name) in definitions.into_iter().zip(names) {
            used.insert((section, name.clone()));
            homes.insert(definition, components.child(section).child(&name));
        }
    }
    // What the root itself gives a name.
    let mut pinned: BTreeMap<&Definition, (bool, &Pointer)> = BTreeMap::new();
    for (component, definition) in &found.pins {
        let parts = parts(disk.path(definition.at.file), &definition.at.pointer);
        let is_same = component.steps().last() == parts.last().cloned();
        let known = pinned.get(definition).map(|(is_same, _)| *is_same);
        if known.is_none() || (is_same && known == Some(false)) {
            pinned.insert(definition, (is_same, component));
        }
    }
    for (definition, (_, component)) in pinned {
        homes.insert(definition.clone(), component.clone());
    }
    for definition in &found.reached {
        if let Some(home) = found.in_section(&definition.at) {
            homes.insert(definition.clone(), home);
        }
    }
    homes
}

/// Names with as many parts as make them differ; else, numbers do.
fn distinct(definitions: &[Parts], is_free: impl Fn(&str) -> bool) -> Vec<String> {
    let with = |count: usize| -> Vec<String> {
        definitions.iter().map(|(parts, _)| parts[parts.len().saturating_sub(count)..].join("_")).collect()
    };
    let most = definitions.iter().map(|(parts, _)| parts.len()).max().unwrap_or_default();
    for count in 2..=most {
        let names = with(count);
        if names.iter().collect::<BTreeSet<_>>().len() == names.len() && names.iter().all(|name| is_free(name)) {
            return names;
        }
    }
    let mut names: Vec<String> = Vec::new();
    for name in with(most) {
        let mut number = 1;
        let mut next = name.clone();
        while !is_free(&next) || names.contains(&next) {
            number += 1;
            next = format!("{name}_{number}");
        }
        names.push(next);
    }
    names
}

/// What is referred to, and what else the files define beside it.
fn defined(disk: &Disk, found: &Found) -> BTreeSet<Definition> {
    let reached = || found.reached.iter().filter(|definition| found.in_section(&definition.at).is_none());
    let mut all: BTreeSet<Definition> = reached().cloned().collect();
    for (file, value) in disk.others() {
        let mut holders: Vec<(&'static str, Pointer)> = Vec::new();
        let components = Pointer::root().child("components");
        for (name, _) in members(value, &components) {
            holders.extend(section(name).map(|(section, _)| (section, components.child(name))));
        }
        holders.extend(["definitions", "$defs"].map(|holder| ("schemas", Pointer::root().child(holder))));
        // A file of definitions side by side.
        let is_top = |at: &At| at.file == file && at.pointer.steps().count() == 1;
        holders.extend(reached().filter(|definition| is_top(&definition.at)).map(|top| (top.section, Pointer::root())));
        for (section, holder) in holders {
            let is_definition = |value: &Value| value.is_object() && only_a_reference(value).is_none();
            for (name, _) in members(value, &holder).filter(|(_, value)| is_definition(value)) {
                let at = At { file, pointer: holder.child(name) };
                if found.in_section(&at).is_none() {
                    all.insert(Definition { section, at });
                }
            }
        }
    }
    all
}

/// Folders, file and keys, as parts of a component's name.
fn parts(path: &str, pointer: &Pointer) -> Vec<String> {
    let mut parts: Vec<&str> = path.split('/').filter(|step| !["", ".", ".."].contains(step)).collect();
    if let Some(file) = parts.last_mut() {
        *file = file.rsplit_once('.').map_or(*file, |(stem, _)| stem);
    }
    let steps: Vec<String> = pointer.steps().collect();
    let keys = match steps.as_slice() {
        [components, _, ..] if components == "components" && steps.len() > 2 => &steps[2..],
        [holder, rest @ ..] if ["definitions", "$defs"].contains(&holder.as_str()) && !rest.is_empty() => rest,
        all => all,
    };
    parts.into_iter().chain(keys.iter().map(String::as_str)).map(spelled).collect()
}

/// A part in the letters that names of components have.
fn spelled(part: &str) -> String {
    let is_allowed = |letter: char| letter.is_ascii_alphanumeric() || ".-_".contains(letter);
    match part {
        "" => "_".to_owned(),
        part => part.chars().map(|letter| if is_allowed(letter) { letter } else { '_' }).collect(),
    }
}
