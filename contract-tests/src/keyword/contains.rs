//! `contains`, with `minContains` and `maxContains`: how many items of a list are values of a schema.

use proptest::prelude::RngExt;
use serde_json::Value;

use super::{Inner, Keyword};
use crate::cases::{Enumerator, Fault, Variant, fault, lifted, variant};
use crate::document::{Conjunction, Kind, Pointer};
use crate::mutate::{self, Direction, Edits, Operator, Places};
use crate::strategy::{Built, Strategies, StrategyError, source};

pub(super) const KEYWORD: Keyword = Keyword {
    names: &["contains", "minContains", "maxContains"],
    kind: Some(Kind::Array),
    copied: &["minContains", "maxContains"],
    inner: &[("contains", Inner::One)],
    is_later: true,
    variants: Some(variants),
    faults: Some(faults),
    source: Some(lists),
    operators: &[Operator {
        name: "contains",
        about: "Drops contains, or moves how many such items there are by one.",
        apply,
    }],
    ..Keyword::NONE
};

/// A count beyond this makes no cases.
const LONGEST: usize = 2_000;

/// How many such items there are at least and at most.
fn counts(schema: &Conjunction<'_>) -> (usize, usize) {
    let (least, most) = schema.counts("minContains", "maxContains");
    (if schema.all("minContains").is_empty() { 1 } else { least }, most)
}

/// Lists of such items alone: what other items there may be is the affair of `items`.
fn lists<'d>(
    strategies: &mut Strategies<'d>,
    schema: &Conjunction<'d>,
    depth: usize,
) -> Result<Option<Built>, StrategyError> {
    if schema.all("contains").is_empty() || schema.kind() != Some(Kind::Array) {
        return Ok(None);
    }
    let mut contained = schema.items(strategies.document)?;
    for one in schema.all("contains") {
        contained = contained.and(strategies.document, one)?;
    }
    let items = strategies.value(&contained, depth + 1)?;
    let least = counts(schema).0.max(schema.counts("minItems", "maxItems").0);
    let weight = strategies.weigh(schema, "minContains", least, items.weight)?;
    let lists = source(move |runner| {
        let count = least + runner.rng().random_range(0..=2);
        (0..count).map(|_| items.draw(runner)).collect::<Result<Vec<_>, _>>().map(Value::Array)
    });
    Ok(Some(Built::Unsure(lists.weighing(weight))))
}

/// As many such items as there must be, ahead of those that need not be such: whether these are, shows.
fn least_of<'d>(
    enumerator: &mut Enumerator<'d>,
    schema: &Conjunction<'d>,
    depth: usize,
) -> Result<Option<(Vec<Value>, Conjunction<'d>)>, StrategyError> {
    let (least, _) = counts(schema);
    let items = schema.items(enumerator.document)?;
    let all = schema.all("contains");
    let [contained] = all.as_slice() else { return Ok(None) };
    let both = items.clone().and(enumerator.document, contained.clone())?;
    let item = enumerator.unless_left_out(|one| one.baseline(&both, depth + 1))?;
    Ok(item.filter(|_| least < LONGEST).map(|item| (vec![item; least], items)))
}

fn variants<'d>(
    enumerator: &mut Enumerator<'d>,
    schema: &Conjunction<'d>,
    depth: usize,
) -> Result<Vec<Variant>, StrategyError> {
    let Some((base, items)) = least_of(enumerator, schema, depth)? else { return Ok(Vec::new()) };
    let mut found = vec![variant(format!("{} such items", base.len()), base.clone())];
    for inner in enumerator.unless_left_out(|one| one.variants(&items, depth + 1))?.unwrap_or_default() {
        let list: Vec<Value> = base.iter().cloned().chain([inner.value]).collect();
        found.push(variant(format!("/{}: {}", base.len(), inner.label), list));
    }
    Ok(found)
}

fn faults<'d>(
    enumerator: &mut Enumerator<'d>,
    schema: &Conjunction<'d>,
    depth: usize,
) -> Result<Vec<Fault>, StrategyError> {
    let mut faults = Vec::new();
    let (least, most) = counts(schema);
    for contained in schema.all("contains") {
        let items = schema.items(enumerator.document)?;
        let both = items.and(enumerator.document, contained)?;
        let Some(item) = enumerator.unless_left_out(|one| one.baseline(&both, depth + 1))? else { continue };
        if least > 0 && least < LONGEST {
            faults.push(fault("contains", format!("{} such items", least - 1), vec![item.clone(); least - 1]));
        }
        if most < LONGEST {
            faults.push(fault("maxContains", format!("{} such items", most + 1), vec![item; most + 1]));
        }
    }
    if let Some((base, items)) = least_of(enumerator, schema, depth)? {
        for inner in enumerator.unless_left_out(|one| one.faults(&items, depth + 1))?.unwrap_or_default() {
            let last = Pointer::root().index(base.len());
            faults.push(lifted(inner, &last, |value| base.iter().cloned().chain([value]).collect()));
        }
    }
    Ok(faults)
}

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.later(mutate::Kind::Schema).filter(|spot| spot.object.contains_key("contains")) {
        edits.drop(spot, "contains", Direction::Loosening, spot.observer);
        edits.limit(spot, "maxContains", Direction::Loosening);
        edits.limit(spot, "minContains", Direction::Tightening);
    }
}
