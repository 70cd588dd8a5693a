//! Objects with each property absent, each at its own boundaries, each with its own faults.

use serde_json::{Map, Value};

use super::super::kind::of_each_type;
use super::UNDECLARED;
use crate::cases::{Enumerator, Fault, Variant, fault_at, lifted, step, variant};
use crate::document::Conjunction;
use crate::strategy::StrategyError;

pub(super) fn variants<'d>(
    enumerator: &mut Enumerator<'d>,
    schema: &Conjunction<'d>,
    depth: usize,
) -> Result<Vec<Variant>, StrategyError> {
    let base = enumerator.base(schema, depth)?;
    let required = schema.required();
    let mut found = Vec::new();
    let only: Map<String, Value> =
        base.iter().filter(|(name, _)| required.contains(&name.as_str())).map(owned).collect();
    found.push(variant("only what is required".into(), only));
    for (name, property) in declared(enumerator, schema, &base)? {
        if !required.contains(&name.as_str()) {
            found.push(variant(format!("/{name} absent"), without(&base, &name)));
        }
        for inner in enumerator.variants(&property, depth + 1)? {
            let place = step(&name);
            found.push(variant(format!("{place}: {}", inner.label), with(&base, &name, inner.value)));
        }
    }
    let name = undeclared(enumerator, schema, depth)?;
    if let Some(property) = schema.property(enumerator.document, &name)? {
        let undeclared = enumerator.unless_left_out(|one| one.variants(&property, depth + 1))?.unwrap_or_default();
        for inner in undeclared {
            let label = format!("a property that is not declared: {}", inner.label);
            found.push(variant(label, with(&base, &name, inner.value)));
        }
    }
    // Where only so many properties may be there, or must, the variants above may be too many or too few.
    let (least, most) = super::super::property_count::counts(schema);
    found.retain(|variant| variant.value.as_object().is_none_or(|map| (least..=most).contains(&map.len())));
    Ok(found)
}

pub(super) fn faults<'d>(
    enumerator: &mut Enumerator<'d>,
    schema: &Conjunction<'d>,
    depth: usize,
) -> Result<Vec<Fault>, StrategyError> {
    let base = enumerator.base(schema, depth)?;
    let mut faults = Vec::new();
    for name in schema.required() {
        faults.push(fault_at(step(name), "required", "missing".into(), without(&base, name)));
        // Where undeclared properties conform, the same name as another language spells it is one of them.
        let other = respelt(name);
        if !schema.properties().contains(&other.as_str()) && schema.property(enumerator.document, &other)?.is_some() {
            let object = with(&without(&base, name), &other, base.get(name).cloned().unwrap_or_default());
            faults.push(fault_at(step(name), "required", "in another spelling".into(), object));
        }
    }
    for (name, property) in declared(enumerator, schema, &base)? {
        for inner in enumerator.faults(&property, depth + 1)? {
            faults.push(lifted(inner, &step(&name), |value| with(&base, &name, value).into()));
        }
    }
    let roomy = roomy(schema, &base);
    let name = undeclared(enumerator, schema, depth)?;
    match schema.property(enumerator.document, &name)? {
        None => {
            // Who allows it all the same may do so for one type alone.
            for (kind, value) in of_each_type() {
                let extra = with(&roomy, &name, value);
                faults.push(fault_at(step(&name), "additionalProperties", format!("not declared, {kind}"), extra));
            }
        }
        Some(property) => {
            for inner in enumerator.unless_left_out(|one| one.faults(&property, depth + 1))?.unwrap_or_default() {
                faults.push(lifted(inner, &step(&name), |value| with(&roomy, &name, value).into()));
            }
        }
    }
    Ok(faults)
}

/// A name that is not declared, and is one of those that there may be.
fn undeclared<'d>(
    enumerator: &mut Enumerator<'d>,
    schema: &Conjunction<'d>,
    depth: usize,
) -> Result<String, StrategyError> {
    for names in schema.all("propertyNames") {
        let names = Conjunction::of(enumerator.document, names)?;
        let variants = enumerator.unless_left_out(|one| one.variants(&names, depth + 1))?.unwrap_or_default();
        let mut names = variants.iter().filter_map(|variant| variant.value.as_str());
        let declared = schema.properties();
        if let Some(name) = names.find(|name| !name.is_empty() && !declared.contains(name)) {
            return Ok(name.to_owned());
        }
    }
    Ok(UNDECLARED.to_owned())
}

/// The declared properties that the baseline has, whose variation makes cases.
fn declared<'d>(
    enumerator: &Enumerator<'d>,
    schema: &Conjunction<'d>,
    base: &Map<String, Value>,
) -> Result<Vec<(String, Conjunction<'d>)>, StrategyError> {
    let mut found = Vec::new();
    for name in schema.properties().into_iter().filter(|name| base.contains_key(*name)) {
        if let Some(property) = schema.property(enumerator.document, name)? {
            found.push((name.to_owned(), property));
        }
    }
    Ok(found)
}

/// The baseline with room for one property more.
fn roomy(schema: &Conjunction<'_>, base: &Map<String, Value>) -> Map<String, Value> {
    let (_, most) = super::super::property_count::counts(schema);
    let required = schema.required();
    let mut object = base.clone();
    let spare: Vec<&String> = base.keys().filter(|name| !required.contains(&name.as_str())).collect();
    for name in spare.into_iter().rev() {
        if object.len() >= most {
            object.remove(name);
        }
    }
    object
}

fn with(base: &Map<String, Value>, name: &str, value: Value) -> Map<String, Value> {
    let mut object = base.clone();
    object.insert(name.to_owned(), value);
    object
}

fn without(base: &Map<String, Value>, name: &str) -> Map<String, Value> {
    base.iter().filter(|(known, _)| *known != name).map(owned).collect()
}

/// A name in snake case, or where it is in that already, with a capital.
fn respelt(name: &str) -> String {
    let mut snake = String::new();
    for character in name.chars() {
        if character.is_uppercase() && !snake.is_empty() && !snake.ends_with('_') {
            snake.push('_');
        }
        snake.extend(character.to_lowercase());
    }
    if snake != name {
        return snake;
    }
    let mut characters = snake.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}

fn owned((name, value): (&String, &Value)) -> (String, Value) {
    (name.clone(), value.clone())
}
