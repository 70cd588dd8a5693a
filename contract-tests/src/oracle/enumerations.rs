//! Enumerations: each variant stands for the value that its line says, and for one that the document lists.
//!
//! No round trip shows two variants that are swapped both in decoding and in encoding, so each is encoded by itself. Those of
//! named schemas have a schema's line; those that stand within other schemas have lines of their own, by their place.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use serde_json::Value;

use super::bindings::{resemblance, unbound};
use super::change::is_same;
use super::{Evidence, Findings, Oracle};
use crate::client::{Built, Variant};
use crate::difference::Problem;
use crate::document::{Conjunction, Document, DocumentError, Located, Pointer};
use crate::ground::{Ground, OperationGround, SchemaGround};
use crate::judge::JudgeError;

/// The oracle.
pub struct Enumerations;

impl Oracle for Enumerations {
    fn name(&self) -> &'static str {
        "enumerations"
    }

    fn evidence(&self, problem: Problem) -> Evidence {
        if problem == Problem::Unbound { Evidence::Interface } else { Evidence::Behaviour }
    }

    fn document(&self, ground: &Ground<'_>, found: &mut Findings) -> Result<(), JudgeError> {
        for one in ground.subject.enumerations {
            let place = Pointer::written(one.place);
            let standing = match standing(ground.document, &place)? {
                None => merged(ground.document, &place, one.variants)?,
                standing => standing,
            };
            match standing {
                Some(schema) => {
                    variants(one.place, &schema, one.variants, found);
                    resembling(one.place, one.variants, found);
                }
                None => {
                    let detail = format!("the client has the type `{}`, and the document nothing there", one.rust);
                    unbound(found, one.place, "enum", &detail);
                }
            }
        }
        Ok(())
    }

    fn schema<'d>(
        &self,
        ground: &Ground<'d>,
        schema: &SchemaGround<'d>,
        found: &mut Findings,
    ) -> Result<(), JudgeError> {
        match &schema.binding.built {
            Built::Variants(listed) => {
                variants(schema.name, &schema.schema, listed, found);
                resembling(schema.name, listed, found);
            }
            Built::Struct { setters, .. } => {
                for setter in setters.iter() {
                    if let Some(property) = schema.schema.property(schema.document, setter.property)? {
                        let what = format!("property {}", setter.property);
                        unseen(ground, &property, setter.rust, (schema.name, &what), found)?;
                    }
                }
            }
            Built::Opaque => {}
        }
        Ok(())
    }

    fn operation<'d>(
        &self,
        ground: &Ground<'d>,
        judged: &OperationGround<'d>,
        found: &mut Findings,
    ) -> Result<(), JudgeError> {
        for bound in judged.binding.parameters {
            let mut known = judged.operation.parameters_in(bound.place.name());
            if let Some(parameter) = known.find(|parameter| parameter.name == bound.name) {
                let schema = crate::request::demands(ground.requests, parameter)?;
                let what = format!("parameter {} {}", bound.place.name(), bound.name);
                unseen(ground, &schema, bound.rust, (&judged.operation.id, &what), found)?;
            }
        }
        Ok(())
    }
}

/// The schema that stands at a place of the document, or that one gets there through the members of an `allOf`.
fn standing<'d>(document: &'d Document, place: &Pointer) -> Result<Option<Conjunction<'d>>, DocumentError> {
    let (mut holder, mut below) = (place.clone(), Vec::new());
    loop {
        if let (Some(schema), Some(inner)) = (document.at(&holder), in_payload(&below))
            && let Some(found) = beside(document, &Conjunction::of(document, schema)?, &inner)?
            // A name that nobody declares leads to anything.
            && (below.is_empty() || found.listed().is_some())
        {
            return Ok(Some(found));
        }
        let Some((parent, step)) = holder.parent() else { return Ok(None) };
        holder = parent;
        below.insert(0, step);
    }
}

/// The schema within the members of an `allOf` that has the most of these values: what is asked by `not`, by a condition and the
/// like, the client says of all members together, where the document has nothing.
fn merged<'d>(
    document: &'d Document,
    place: &Pointer,
    variants: &[Variant],
) -> Result<Option<Conjunction<'d>>, DocumentError> {
    let mut holder = place.clone();
    let holder = loop {
        match (document.at(&holder), holder.parent()) {
            (Some(schema), _) => break schema,
            (None, Some((parent, _))) => holder = parent,
            (None, None) => return Ok(None),
        }
    };
    let shared = |listed: &Value| {
        let listed = listed.as_array().into_iter().flatten();
        listed.filter(|value| variants.iter().any(|variant| is_same(value, &(variant.listed)()))).count()
    };
    let (mut found, mut open, mut seen) = (Vec::new(), vec![holder], BTreeSet::new());
    while let Some(here) = open.pop() {
        if !seen.insert(here.pointer.clone()) {
            continue;
        }
        found.extend(here.value.get("enum").map(|listed| (shared(listed), here.clone())));
        open.extend(here.all());
        // What is referred to otherwise has a line of its own.
        for member in here.members("allOf") {
            open.push(document.resolve(member)?);
        }
    }
    // Of several with as many the shortest list has the least that is no variant.
    let length = |schema: &Located<'_>| schema.value["enum"].as_array().map_or(0, Vec::len);
    let best = found.into_iter().filter(|(shared, _)| *shared > 0);
    let best = best.max_by_key(|(shared, schema)| (*shared, Reverse(length(schema))));
    best.map(|(_, schema)| Conjunction::of(document, schema)).transpose()
}

/// What stands at a place of a payload; of an object what is said beside its alternatives.
fn beside<'d>(
    document: &'d Document,
    schema: &Conjunction<'d>,
    place: &Pointer,
) -> Result<Option<Conjunction<'d>>, DocumentError> {
    let mut steps = place.steps();
    let Some(name) = steps.next().filter(|_| !schema.alternatives().is_empty()) else {
        return schema.inner(document, place);
    };
    let rest = steps.fold(Pointer::root(), |rest, step| rest.child(&step));
    schema.property(document, &name)?.map_or(Ok(None), |property| property.inner(document, &rest))
}

/// The place in a payload to which these steps lead from one schema to another within it.
fn in_payload(steps: &[String]) -> Option<Pointer> {
    match steps {
        [] => Some(Pointer::root()),
        [keyword, name, rest @ ..] if keyword == "properties" => {
            Some(Pointer::root().child(name).join(&in_payload(rest)?))
        }
        // A member of these is about the same payload.
        [keyword, _, rest @ ..] if ["allOf", "anyOf", "oneOf"].contains(&keyword.as_str()) => in_payload(rest),
        [keyword, rest @ ..] if keyword == "items" => Some(Pointer::root().index(0).join(&in_payload(rest)?)),
        // Any name will do that nobody declares.
        [keyword, rest @ ..] if keyword == "additionalProperties" => {
            Some(Pointer::root().child("").join(&in_payload(rest)?))
        }
        _ => None,
    }
}

/// A type of the client's own for listed values, of which no line says which variants it has: nobody could see them swapped.
fn unseen<'d>(
    ground: &Ground<'d>,
    schema: &Conjunction<'d>,
    rust: &str,
    (place, what): (&str, &str),
    found: &mut Findings,
) -> Result<(), DocumentError> {
    let items = schema.items(ground.document)?;
    let listed = schema.listed().or_else(|| items.listed()).unwrap_or_default();
    let Some((_, after)) = rust.rsplit_once("types::").filter(|_| listed.iter().any(|value| value.is_string())) else {
        return Ok(());
    };
    let ident = after.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
    let is_it = |rust: &str| rust.strip_prefix("types::") == Some(ident);
    let subject = ground.subject;
    let has_line =
        subject.schemas.iter().any(|one| is_it(one.rust)) || subject.enumerations.iter().any(|one| is_it(one.rust));
    if !has_line {
        let detail =
            format!("the document lists values, and no line says which variants `types::{ident}` has for them");
        unbound(found, place, what, &detail);
    }
    Ok(())
}

/// Each variant is encoded as what it stands for, and together they are what the document lists.
fn variants(place: &str, schema: &Conjunction<'_>, variants: &[Variant], found: &mut Findings) {
    let listed = schema.listed();
    let documented: Vec<&Value> = listed.iter().flatten().copied().filter(|value| !value.is_null()).collect();
    for variant in variants {
        let (stated, encoded) = ((variant.listed)(), (variant.encoded)());
        if !is_same(&stated, &encoded) {
            let detail = format!("the variant `{}` stands for {stated} and is encoded as {encoded}", variant.ident);
            found.add(Problem::ChangesValue, place, "enum", detail, stated);
        }
        if listed.is_some() && !documented.iter().any(|value| is_same(value, &encoded)) {
            let detail = format!("the variant `{}` is {encoded}, which the document does not list", variant.ident);
            found.add(Problem::AcceptsInvalid, place, "enum", detail, encoded);
        }
    }
    for value in documented {
        if !variants.iter().any(|variant| is_same(value, &(variant.encoded)())) {
            let detail = "no variant is encoded as this value";
            found.add(Problem::Lost, place, "enum", detail, value.clone());
        }
    }
}

fn resembling(place: &str, variants: &[Variant], found: &mut Findings) {
    let pairs: Vec<(String, &str)> =
        variants.iter().filter_map(|variant| Some(((variant.listed)().as_str()?.to_owned(), variant.ident))).collect();
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(value, ident)| (value.as_str(), *ident)).collect();
    resemblance(found, place, "variant", &pairs);
}
