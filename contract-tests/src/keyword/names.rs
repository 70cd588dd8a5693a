//! `propertyNames` and `patternProperties`: what names are, and what properties are by their names.

use std::cell::RefCell;
use std::collections::HashMap;

use super::{Inner, Keyword};
use crate::cases::{Enumerator, Fault, Variant, fault, lifted, step, variant};
use crate::document::{Conjunction, Kind, Located};
use crate::mutate::{self, Direction, Edits, Operator, Places};
use crate::strategy::{StrategyError, strings};

pub(super) const KEYWORD: Keyword = Keyword {
    names: &["propertyNames", "patternProperties"],
    kind: Some(Kind::Object),
    inner: &[("propertyNames", Inner::One), ("patternProperties", Inner::Map)],
    is_later: true,
    variants: Some(variants),
    faults: Some(faults),
    operators: &[Operator { name: "names", about: "Drops propertyNames or an entry of patternProperties.", apply }],
    ..Keyword::NONE
};

/// Whether a name matches a pattern.
pub(crate) fn matches(pattern: &str, name: &str) -> bool {
    thread_local! {
        static KNOWN: RefCell<HashMap<String, Option<strings::Matcher>>> = RefCell::default();
    }
    KNOWN.with_borrow_mut(|known| {
        let matcher = known.entry(pattern.to_owned()).or_insert_with(|| strings::Matcher::of(pattern));
        matcher.as_ref().is_some_and(|matcher| matcher.matches(name))
    })
}

/// The patterns, each with the names that match it and the schema of what has such a name.
fn patterns<'d>(schema: &Conjunction<'d>) -> Vec<(Vec<String>, Located<'d>)> {
    let all = schema.all("patternProperties").into_iter();
    let each = all.flat_map(|patterns| {
        patterns
            .value
            .as_object()
            .into_iter()
            .flatten()
            .map(move |(pattern, value)| {
                (strings::matching(pattern), Located { pointer: patterns.pointer.child(pattern), value })
            })
            .collect::<Vec<_>>()
    });
    each.collect()
}

fn variants<'d>(
    enumerator: &mut Enumerator<'d>,
    schema: &Conjunction<'d>,
    depth: usize,
) -> Result<Vec<Variant>, StrategyError> {
    let mut found = Vec::new();
    let base = enumerator.base(schema, depth)?;
    for (names, _) in patterns(schema) {
        for name in names {
            let Some(property) = schema.property(enumerator.document, &name)? else { continue };
            for inner in enumerator.unless_left_out(|one| one.variants(&property, depth + 1))?.unwrap_or_default() {
                let mut object = base.clone();
                object.insert(name.clone(), inner.value);
                found.push(variant(format!("{}: {}", step(&name), inner.label), object));
            }
        }
    }
    Ok(found)
}

fn faults<'d>(
    enumerator: &mut Enumerator<'d>,
    schema: &Conjunction<'d>,
    depth: usize,
) -> Result<Vec<Fault>, StrategyError> {
    let mut faults = Vec::new();
    let base = enumerator.base(schema, depth)?;
    for names in schema.all("propertyNames") {
        let names = Conjunction::of(enumerator.document, names)?;
        for inner in enumerator.unless_left_out(|one| one.faults(&names, depth + 1))?.unwrap_or_default() {
            let Some(name) = inner.value.as_str() else { continue };
            let Some(property) = schema.property(enumerator.document, name)? else { continue };
            let Some(value) = enumerator.unless_left_out(|one| one.baseline(&property, depth + 1))? else { continue };
            let mut object = base.clone();
            object.insert(name.to_owned(), value);
            faults.push(fault("propertyNames", format!("the name {name:?}"), object));
        }
    }
    for (names, _) in patterns(schema) {
        let Some(name) = names.into_iter().next() else { continue };
        let Some(property) = schema.property(enumerator.document, &name)? else { continue };
        for inner in enumerator.unless_left_out(|one| one.faults(&property, depth + 1))?.unwrap_or_default() {
            faults.push(lifted(inner, &step(&name), |value| {
                let mut object = base.clone();
                object.insert(name.clone(), value);
                object.into()
            }));
        }
    }
    Ok(faults)
}

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.later(mutate::Kind::Schema) {
        edits.drop(spot, "propertyNames", Direction::Loosening, spot.observer);
        edits.entries(spot, "patternProperties");
    }
}
