//! `prefixItems`: what the first items of a list are, each by itself.

use proptest::prelude::RngExt;
use serde_json::Value;

use super::{Inner, Keyword};
use crate::cases::{Enumerator, Fault, Variant, lifted, variant};
use crate::document::{Conjunction, Document, Kind, Pointer};
use crate::mutate::{self, Direction, Edits, Operator, Places};
use crate::strategy::{Built, Strategies, StrategyError, source};

pub(super) const KEYWORD: Keyword = Keyword {
    names: &["prefixItems"],
    kind: Some(Kind::Array),
    inner: &[("prefixItems", Inner::List)],
    is_later: true,
    variants: Some(variants),
    faults: Some(faults),
    source: Some(lists),
    operators: &[Operator { name: "prefix-items", about: "Drops the last of prefixItems, or reverses them.", apply }],
    ..Keyword::NONE
};

/// Whether the first items have schemas of their own: then it is not for `items` alone to say what a list is.
pub(super) fn are_stated(schema: &Conjunction<'_>) -> bool {
    !schema.all("prefixItems").is_empty()
}

/// What each of the first items is.
fn first<'d>(document: &'d Document, schema: &Conjunction<'d>) -> Result<Vec<Conjunction<'d>>, StrategyError> {
    let mut found: Vec<Conjunction<'d>> = Vec::new();
    for part in &schema.parts {
        for (index, item) in part.members("prefixItems").into_iter().enumerate() {
            let known = found.get(index).cloned().unwrap_or_else(Conjunction::anything).and(document, item)?;
            match found.get_mut(index) {
                Some(here) => *here = known,
                None => found.push(known),
            }
        }
    }
    Ok(found)
}

fn lists<'d>(
    strategies: &mut Strategies<'d>,
    schema: &Conjunction<'d>,
    depth: usize,
) -> Result<Option<Built>, StrategyError> {
    let first = first(strategies.document, schema)?;
    if first.is_empty() || schema.kind() != Some(Kind::Array) {
        return Ok(None);
    }
    let items = first.iter().map(|item| strategies.value(item, depth + 1)).collect::<Result<Vec<_>, _>>()?;
    let (least, most) = schema.counts("minItems", "maxItems");
    let (least, most) = (least.min(items.len()), most.min(items.len()));
    let weight = items.iter().map(|item| item.weight).sum();
    let lists = source(move |runner| {
        let count = if least < most && runner.rng().random_bool(0.2) { least } else { most };
        items.iter().take(count).map(|item| item.draw(runner)).collect::<Result<Vec<_>, _>>().map(Value::Array)
    });
    Ok(Some(Built::Unsure(lists.weighing(weight))))
}

/// The list of the plainest first items, and what each of them is.
fn plain<'d>(
    enumerator: &mut Enumerator<'d>,
    schema: &Conjunction<'d>,
    depth: usize,
) -> Result<(Vec<Value>, Vec<Conjunction<'d>>), StrategyError> {
    let first = first(enumerator.document, schema)?;
    let base = first.iter().map(|item| enumerator.baseline(item, depth + 1)).collect::<Result<Vec<_>, _>>()?;
    Ok((base, first))
}

fn variants<'d>(
    enumerator: &mut Enumerator<'d>,
    schema: &Conjunction<'d>,
    depth: usize,
) -> Result<Vec<Variant>, StrategyError> {
    let (base, first) = plain(enumerator, schema, depth)?;
    let mut found = Vec::new();
    for (index, item) in first.iter().enumerate() {
        for inner in enumerator.variants(item, depth + 1)? {
            found.push(variant(format!("/{index}: {}", inner.label), with(&base, index, inner.value)));
        }
    }
    if first.is_empty() {
        return Ok(found);
    }
    // Fewer than these, and what comes behind them.
    found.push(variant("0 items".into(), Vec::<Value>::new()));
    let items = schema.items(enumerator.document)?;
    for inner in enumerator.unless_left_out(|one| one.variants(&items, depth + 1))?.unwrap_or_default() {
        let list = |count: usize| base.iter().cloned().chain(vec![inner.value.clone(); count]).collect::<Vec<_>>();
        found.push(variant(format!("/{}: {}", base.len(), inner.label), list(1)));
        found.push(variant(format!("/{}, twice: {}", base.len(), inner.label), list(2)));
    }
    Ok(found)
}

fn faults<'d>(
    enumerator: &mut Enumerator<'d>,
    schema: &Conjunction<'d>,
    depth: usize,
) -> Result<Vec<Fault>, StrategyError> {
    let (base, first) = plain(enumerator, schema, depth)?;
    let mut found = Vec::new();
    for (index, item) in first.iter().enumerate() {
        for inner in enumerator.faults(item, depth + 1)? {
            found.push(lifted(inner, &Pointer::root().index(index), |value| with(&base, index, value).into()));
        }
    }
    if first.is_empty() {
        return Ok(found);
    }
    let items = schema.items(enumerator.document)?;
    for inner in enumerator.unless_left_out(|one| one.faults(&items, depth + 1))?.unwrap_or_default() {
        let last = Pointer::root().index(base.len());
        found.push(lifted(inner, &last, |value| base.iter().cloned().chain([value]).collect()));
    }
    Ok(found)
}

fn with(base: &[Value], index: usize, value: Value) -> Vec<Value> {
    let items = base.iter().enumerate();
    items.map(|(here, item)| if here == index { value.clone() } else { item.clone() }).collect()
}

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.later(mutate::Kind::Schema) {
        if let Some((_, rest)) = spot.list("prefixItems").split_last() {
            match rest {
                [] => edits.drop(spot, "prefixItems", Direction::Neither, spot.observer),
                rest => edits.set(spot, "prefixItems", rest.to_vec(), Direction::Neither, spot.observer),
            }
        }
        let reversed: Vec<Value> = spot.list("prefixItems").iter().rev().cloned().collect();
        if reversed.len() > 1 {
            edits.set(spot, "prefixItems", reversed, Direction::Neither, spot.observer);
        }
    }
}
