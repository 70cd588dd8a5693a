//! Where in the document a difference stands, as near as its place and its keyword lead.

use crate::difference::Difference;
use crate::document::{Document, Located, Place, Pointer};
use crate::ground::Ground;

/// The file, line and column; nothing where the document was not read from a text.
pub(super) fn of(ground: &Ground<'_>, difference: &Difference) -> Option<Place> {
    let (document, place) = (ground.document, difference.place.as_str());
    // A pointer of the document's own, or a subject with the place within it.
    let found = if place.starts_with('/') {
        let root = document.at(&Pointer::root())?;
        walked(root, &Pointer::written(place), |here, step| here.get(step))
    } else {
        let (subject, within) = place.split_at(place.find('/').unwrap_or(place.len()));
        let start = start(ground, subject)?;
        walked(start, &Pointer::written(within), |here, step| inner(document, here, step))
    };
    let found = found.get(&difference.keyword).unwrap_or(found);
    document.place(&found.pointer)
}

/// Where a schema or an operation stands.
fn start<'d>(ground: &Ground<'d>, subject: &str) -> Option<Located<'d>> {
    let schemas = ground.schemas.iter().filter(|schema| schema.name == subject);
    let operations = ground.operations.iter().filter(|operation| operation.operation.id == subject);
    let pointers = schemas.map(|schema| &schema.located.pointer);
    let pointer = pointers.chain(operations.map(|operation| &operation.operation.pointer)).next()?;
    ground.document.at(pointer)
}

/// As far as the steps lead.
fn walked<'d>(
    start: Located<'d>,
    steps: &Pointer,
    step: impl Fn(&Located<'d>, &str) -> Option<Located<'d>>,
) -> Located<'d> {
    let mut here = start;
    for name in steps.steps() {
        match step(&here, &name) {
            Some(next) => here = next,
            None => return here,
        }
    }
    here
}

/// What a step in a payload leads to in its schema, or a step in the schema itself.
fn inner<'d>(document: &'d Document, here: &Located<'d>, step: &str) -> Option<Located<'d>> {
    let schema = document.resolve(here.clone()).ok()?;
    let property = |name: &str| schema.get("properties").and_then(|properties| properties.get(name));
    let item = || schema.get("items").filter(|_| step.bytes().all(|digit| digit.is_ascii_digit()));
    property(step).or_else(item).or_else(|| schema.get(step)).or_else(|| schema.get("additionalProperties"))
}
