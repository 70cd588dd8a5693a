//! Where in the document a difference stands, as near as its place and its keyword lead.

use crate::difference::Difference;
use crate::document::{Document, Located, Pointer};
use crate::ground::Ground;

/// The value of the document that a difference is about; nothing where the document has nothing of it.
pub(super) fn of<'d>(ground: &Ground<'d>, difference: &Difference) -> Option<Located<'d>> {
    let (document, keyword) = (ground.document, difference.keyword.as_str());
    let end = end(ground, &difference.place)?;
    let within = || document.resolve(end.clone()).ok()?.get(keyword);
    let found = end.get(keyword).or_else(within).or_else(|| named(document, &end, keyword));
    Some(found.or_else(|| told(document, &difference.detail)).unwrap_or(end))
}

/// What a message names by its pointer.
fn told<'d>(document: &'d Document, message: &str) -> Option<Located<'d>> {
    let pointers = message.split(|letter: char| letter.is_whitespace() || "()`,;".contains(letter));
    let of_document = |word: &&str| word.starts_with("/paths/") || word.starts_with("/components/");
    pointers.filter(of_document).find_map(|pointer| document.at(&Pointer::written(pointer)))
}

/// What a place leads to: a pointer of the document's own, or a subject with the place within it.
pub(super) fn end<'d>(ground: &Ground<'d>, place: &str) -> Option<Located<'d>> {
    let document = ground.document;
    if place.starts_with('/') {
        let root = document.at(&Pointer::root())?;
        return Some(walked(root, &Pointer::written(place), |here, step| here.get(step)));
    }
    let (subject, within) = place.split_at(place.find('/').unwrap_or(place.len()));
    Some(inside(document, subject_of(ground, subject)?, within))
}

/// Where a schema or an operation stands, whether the client has it or not.
pub(super) fn subject_of<'d>(ground: &Ground<'d>, name: &str) -> Option<Located<'d>> {
    let bound = ground.schemas.iter().filter(|schema| schema.name == name);
    if let Some(bound) = bound.map(|schema| &schema.located.pointer).next() {
        return ground.document.at(bound);
    }
    let schemas = ground.document.component_schemas();
    if let Some((_, schema)) = schemas.into_iter().find(|(known, _)| *known == name) {
        return Some(schema);
    }
    let operation = ground.written.iter().find(|operation| operation.id == name)?;
    ground.document.at(&operation.pointer)
}

/// What a pointer into a payload leads to in the schema of that payload.
pub(super) fn inside<'d>(document: &'d Document, schema: Located<'d>, within: &str) -> Located<'d> {
    walked(schema, &Pointer::written(within), |here, step| inner(document, here, step))
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

/// The part that a keyword with a name is about: `property companyName` of a schema; of an operation `status 404`,
/// `header rateLimit-reset`, a parameter.
fn named<'d>(document: &'d Document, holder: &Located<'d>, keyword: &str) -> Option<Located<'d>> {
    let (kind, name) = keyword.split_once(' ').unwrap_or(("", keyword));
    let class = |status: &str| Some(format!("{}XX", status.get(..1)?));
    match kind {
        "status" => {
            let responses = holder.get("responses")?;
            let ranged = || class(name).and_then(|class| responses.get(&class));
            Some(responses.get(name).or_else(ranged).or_else(|| responses.get("default")).unwrap_or(responses))
        }
        "header" => {
            let every = holder.members("responses").into_iter().filter_map(|one| document.resolve(one).ok());
            let named = |header: &Located<'_>| {
                header.pointer.parent().is_some_and(|(_, known)| known.eq_ignore_ascii_case(name))
            };
            every.flat_map(|response| response.members("headers")).find(named)
        }
        "property" => document.resolve(holder.clone()).ok()?.get("properties")?.get(name),
        _ => {
            let parameters = holder.members("parameters").into_iter();
            let named = |parameter: &Located<'d>| {
                let resolved = document.resolve(parameter.clone()).ok()?;
                Some(resolved.value.get("name")?.as_str()? == name)
            };
            parameters.into_iter().find(|parameter| named(parameter) == Some(true))
        }
    }
}
