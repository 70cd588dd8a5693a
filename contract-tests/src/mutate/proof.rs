//! Whether any payload shows an edit: a payload that only one of both documents accepts, or the proof that there is none.

use std::collections::BTreeSet;

use serde_json::Value;

use super::reach;
use crate::compare::{Dialect, Inclusion, inclusion};
use crate::document::{Document, Pointer, Way};
use crate::oracle::to_json_schema;

/// What payloads show of an edit.
pub(super) enum Shown {
    /// This one does.
    By(Value),
    /// None does: each schema that the edit reaches allows the same as before, which was proved in both directions.
    Nothing,
    /// Neither was found.
    Unknown,
}

/// What payloads show of an edit at a place.
pub(super) fn shown(original: &Document, edited: &Document, place: &Pointer) -> Shown {
    // What is said of undeclared properties promises that a client keeps them, though no less conforms.
    if kept(original.root()) != kept(edited.root()) {
        return Shown::Unknown;
    }
    let mut places: Vec<Pointer> = reach::places(original, edited);
    places.extend(within(place));
    let mut proved = false;
    for place in places {
        for way in [Way::Request, Way::Response] {
            let (old, new) = (original.meaning(way), edited.meaning(way));
            let (Some(old_schema), Some(new_schema)) = (old.at(&place), new.at(&place)) else { return Shown::Unknown };
            let translated = [to_json_schema(old, old_schema), to_json_schema(new, new_schema)];
            let [Ok(left), Ok(right)] = translated.map(|one| one.map(|one| one.schema)) else { return Shown::Unknown };
            let dialect = if old.is_3_1() { Dialect::OpenApi31 } else { Dialect::OpenApi30 };
            for (from, to) in [(&left, &right), (&right, &left)] {
                match inclusion(dialect, from, to) {
                    Inclusion::Included => proved = true,
                    Inclusion::Counterexample(value) => return Shown::By(value),
                    Inclusion::Undecided(_) => return Shown::Unknown,
                }
            }
        }
    }
    if proved { Shown::Nothing } else { Shown::Unknown }
}

/// The schema of a parameter, a header or a body in which a place lies.
fn within(place: &Pointer) -> Option<Pointer> {
    let mut at = Some(place.clone());
    let mut found = None;
    while let Some(here) = at {
        let parent = here.parent();
        if parent.as_ref().is_some_and(|(_, key)| key == "schema") {
            found = Some(here);
        }
        at = parent.map(|(parent, _)| parent);
    }
    found
}

/// Where undeclared properties are spoken of without being forbidden.
fn kept(root: &Value) -> BTreeSet<Pointer> {
    fn walk(value: &Value, here: &Pointer, found: &mut BTreeSet<Pointer>) {
        match value {
            Value::Object(members) => members.iter().for_each(|(key, member)| {
                let place = here.child(key);
                if key == "additionalProperties" && *member != Value::Bool(false) {
                    found.insert(place.clone());
                }
                walk(member, &place, found);
            }),
            Value::Array(items) => items.iter().enumerate().for_each(|(at, item)| walk(item, &here.index(at), found)),
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    walk(root, &Pointer::root(), &mut found);
    found
}
