//! The joined tree: the root file's, with a component for each definition of the others.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::copied::{Copied, Definition, Link, Piece};
use super::names::{Name, names};
use super::sections::section_named;
use super::shelf::alias;
use crate::document::{Document, Joined, Note, Place, Pointer};

/// The document as one tree.
pub(super) fn assembled(mut copied: Copied<'_>) -> Document {
    let own = own_names(&copied.root.value);
    let names = names(&copied, &own);
    let pins = pins(&copied.root, &names);

    let mut homes: BTreeMap<Definition, Pointer> = BTreeMap::new();
    let mut notes = Vec::new();
    let mut pieces = vec![(Pointer::root(), std::mem::take(&mut copied.root))];
    let components = Pointer::root().join("components");
    // The order is that of paths, and of the text of each file, whatever was reached first.
    let mut definitions: Vec<(Definition, Piece)> = std::mem::take(&mut copied.pieces).into_iter().collect();
    definitions.sort_by_cached_key(|(Definition { place, .. }, _)| {
        let offset = copied.shelf.document(place.file).key_location(&place.pointer).offset;
        (copied.shelf.path(place.file).to_owned(), offset)
    });
    for (definition, piece) in definitions {
        let home = match (pins.get(&definition), names.get(&definition)) {
            (Some(pin), _) => pin.clone(),
            (None, Some(name)) => {
                let home = components.join(definition.section).join(&name.name);
                notes.extend(qualified(&copied, &definition, name, &home));
                home
            }
            (None, None) => continue,
        };
        homes.insert(definition, home.clone());
        pieces.push((home, piece));
    }
    let mut root = Value::Null;
    let mut joined = Joined::default();
    joined.notes = notes;
    let mut links = Vec::new();
    let mut misplaced: BTreeMap<String, Vec<(Place, Pointer)>> = BTreeMap::new();
    for (home, piece) in pieces {
        let Piece { value, origins, links: own, unresolved, misplaced: others } = piece;
        put(&mut root, &home, value);
        joined.origins.extend(origins.into_iter().map(|(at, from)| (home.concat(&at), from)));
        // A component that names a definition is the definition, and no reference to it.
        let is_pin = |at: &Pointer, link: &Link| match link {
            Link::Definition(definition, _) if home == Pointer::root() => pins.get(definition) == at.parent().as_ref(),
            _ => false,
        };
        links.extend(own.into_iter().filter(|(at, link)| !is_pin(at, link)).map(|(at, link)| (home.concat(&at), link)));
        joined.unresolved.extend(unresolved.into_iter().map(|(at, problem)| (home.concat(&at), problem.unresolved())));
        for (from, shape, at) in others {
            misplaced.entry(shape.to_string()).or_default().push((from, home.concat(&at)));
        }
    }
    for (at, link) in links {
        let target = match link {
            Link::Root(pointer) => pointer,
            Link::Definition(definition, rest) => {
                let home = homes.get(&definition).cloned().or_else(|| copied.in_section(&definition.place));
                home.unwrap_or_default().concat(&rest)
            }
        };
        if let Some(slot) = root.pointer_mut(at.as_str()) {
            *slot = target.to_reference().into();
        }
    }
    joined.notes.extend(misplaced.iter().filter_map(|(wanted, places)| misplaced_note(wanted, places)));
    joined.notes.extend(versions(&copied, &root));
    let (document, others) = copied.shelf.into_documents();
    document.joined(root, others, joined)
}

/// The names of the root file's components.
fn own_names(root: &Value) -> BTreeSet<(&'static str, String)> {
    let sections = root.get("components").and_then(Value::as_object).into_iter().flatten();
    let names = sections.filter_map(|(section, entries)| Some((section_named(section)?, entries.as_object()?)));
    names.flat_map(|(section, entries)| entries.keys().map(move |name| (section, name.clone()))).collect()
}

/// The components of the root file that do no more than refer to a definition, each of which is that definition. Of several,
/// it is the one with the definition's own name, or else the first.
fn pins(root: &Piece, names: &BTreeMap<Definition, Name>) -> BTreeMap<Definition, Pointer> {
    let mut pins: BTreeMap<Definition, Pointer> = BTreeMap::new();
    for (at, link) in &root.links {
        let Link::Definition(definition, rest) = link else { continue };
        let Some(component) = at.parent().filter(|_| *rest == Pointer::root()) else { continue };
        let section = Pointer::root().join("components").join(definition.section);
        let is_component = component.parent().as_ref() == Some(&section);
        if !is_component || root.value.pointer(component.as_str()).and_then(alias).is_none() {
            continue;
        }
        let is_plain = names.get(definition).is_some_and(|name| name.plain == component.last());
        if is_plain || !pins.contains_key(definition) {
            pins.insert(definition.clone(), component);
        }
    }
    pins
}

/// Puts a value where it belongs, in components that are made where they are missing.
fn put(root: &mut Value, home: &Pointer, value: Value) {
    if let Some(slot) = root.pointer_mut(home.as_str()) {
        *slot = value;
        return;
    }
    let mut holder = root;
    for token in home.parent().unwrap_or_default().tokens() {
        if holder.get(&token).is_none_or(Value::is_null)
            && let Some(fields) = holder.as_object_mut()
        {
            fields.insert(token.clone(), Value::Object(Map::new()));
        }
        let Some(next) = holder.get_mut(&token) else { return };
        holder = next;
    }
    if let Some(entries) = holder.as_object_mut() {
        entries.insert(home.last(), value);
    }
}

/// Says that a schema has more than its own name, since that is taken. The names of other components are in no client.
fn qualified(copied: &Copied<'_>, definition: &Definition, name: &Name, home: &Pointer) -> Option<(Place, Note)> {
    let Name { name, plain } = name;
    (name != plain && definition.section == "schemas").then(|| {
        let Place { file, pointer } = &definition.place;
        let fragment = if *pointer == Pointer::root() { String::new() } else { pointer.to_reference() };
        let path = copied.shelf.path(*file);
        let note = Note {
            rule: "qualified-name",
            place: home.clone(),
            message: format!("there are several definitions called `{plain}` in the files of this document: this one is `{name}`"),
            help: format!(
                "another name is given by a component of the root document: `components: {{schemas: {{NAME: {{$ref: '{path}{fragment}'}}}}}}`"
            )
            .into(),
        };
        (definition.place.clone(), note)
    })
}

fn misplaced_note(wanted: &str, places: &[(Place, Pointer)]) -> Option<(Place, Note)> {
    let ((from, at), others) = places.split_first()?;
    let more = match others.len() {
        0 => String::new(),
        1 => ", as in another place".to_owned(),
        more => format!(", as in {more} other places"),
    };
    let note = Note {
        rule: "misplaced-ref",
        place: at.clone(),
        message: format!("the specification allows no `$ref` in place of {wanted}; its target is used{more}"),
        help: "other programs may refuse it: refer to whole path items, or to components".into(),
    };
    Some((from.clone(), note))
}

/// Says which files are of another version of OpenAPI than the root.
fn versions(copied: &Copied<'_>, root: &Value) -> Vec<(Place, Note)> {
    fn stated(value: &Value) -> Option<&str> {
        value.get("openapi")?.as_str()
    }
    fn minor(version: &str) -> Option<&str> {
        version.rsplit_once('.').map(|(minor, _)| minor)
    }
    let Some(own) = stated(root) else { return Vec::new() };
    let others = copied.shelf.others().filter_map(|(file, value)| Some((file, stated(value)?)));
    let notes = others.filter(|(_, other)| minor(other) != minor(own)).map(|(file, other)| {
        let pointer = Pointer::root().join("openapi");
        let path = copied.shelf.path(file);
        let note = Note {
            rule: "other-version",
            place: pointer.clone(),
            message: format!("`{path}` is OpenAPI {other}, and is read as OpenAPI {own}, as the root document is"),
            help: "write all files of a document in one version".into(),
        };
        (Place { file, pointer }, note)
    });
    notes.collect()
}
