//! `items`, with `minItems`, `maxItems` and `uniqueItems`: lists at and beyond each count, and the items' own boundaries.

use proptest::prelude::RngExt;
use proptest::test_runner::{Reason, TestRunner};
use serde_json::Value;

use super::{Inner, Keyword, positions};
use crate::cases::{Enumerator, Fault, Variant, fault, lifted, variant};
use crate::document::{Conjunction, Kind, Pointer};
use crate::mutate::{self, Direction, Edits, Operator, Places};
use crate::strategy::{Built, SPARSE_DEPTH, Source, Strategies, StrategyError, source, stated, unsatisfiable};

pub(super) const KEYWORD: Keyword = Keyword {
    names: &["items", "minItems", "maxItems", "uniqueItems"],
    kind: Some(Kind::Array),
    copied: &["minItems", "maxItems", "uniqueItems"],
    inner: &[("items", Inner::One)],
    variants: Some(variants),
    faults: Some(faults),
    source: Some(lists),
    operators: &[
        Operator { name: "item-count", about: "Moves a limit on the number of items by one, or drops it.", apply },
        Operator { name: "item-count-added", about: "Limits the number of items, or flips uniqueItems.", apply: add },
    ],
    ..Keyword::NONE
};

/// A count beyond this makes no cases.
const LONGEST: usize = 2_000;
/// A list without a limit is tried with so many items, so that a limit which was taken away is missed: fewer where they take
/// more bytes than a URL may have, or must be distinct, but never less than the last of these.
const UNLIMITED: usize = 1_001;
const UNLIMITED_BYTES: usize = 10_000;
const FEW: usize = 101;
/// How many items are drawn for each that must be distinct, before the list is given up.
const ATTEMPTS: usize = 8;
/// How many lists are tried before it is said that there are too few distinct items.
const PROBES: usize = 16;

fn counts(schema: &Conjunction<'_>) -> (usize, usize) {
    schema.counts("minItems", "maxItems")
}

fn unique(schema: &Conjunction<'_>) -> bool {
    schema.all("uniqueItems").iter().any(|unique| unique.value == &Value::Bool(true))
}

fn lists<'d>(
    strategies: &mut Strategies<'d>,
    schema: &Conjunction<'d>,
    depth: usize,
) -> Result<Option<Built>, StrategyError> {
    if schema.kind() != Some(Kind::Array) {
        return Ok(None);
    }
    let empty = || Ok(Some(Built::Sure(source(|_| Ok(Value::Array(Vec::new()))))));
    let (least, most) = counts(schema);
    if most < least {
        let none = format!("maxItems is below minItems: {}", stated(schema, &["minItems", "maxItems"]));
        return Err(unsatisfiable(schema, none));
    }
    if most == 0 {
        return empty();
    }
    let items = schema.items(strategies.document)?;
    let items = match strategies.value(&items, depth + 1) {
        Err(error) if least == 0 => {
            strategies.leave_out(error)?;
            return empty();
        }
        other => other?,
    };
    let weight = strategies.weigh(schema, "minItems", least, items.weight)?;
    // Long lists say little that short ones don't; the limits themselves are the enumerated cases' affair.
    let usual = if depth >= SPARSE_DEPTH { least } else { least + 3 };
    let most = most.min(usual);
    if most == 0 {
        return empty();
    }
    if unique(schema) {
        let lists = distinct(items, least, most);
        let runner = &mut crate::strategy::runner(0, 1);
        if (0..PROBES).all(|_| lists.draw(runner).is_err()) {
            let reason = "its items have too few different values for uniqueItems and minItems";
            return Err(unsatisfiable(schema, format!("{reason}: {}", stated(schema, &["uniqueItems", "minItems"]))));
        }
        return Ok(Some(Built::Sure(lists.weighing(weight))));
    }
    let lists = source(move |runner| {
        let count = runner.rng().random_range(least..=most);
        (0..count).map(|_| items.draw(runner)).collect()
    });
    Ok(Some(Built::Sure(lists.weighing(weight))))
}

/// Lists without two items that are the same.
fn distinct(items: Source, least: usize, most: usize) -> Source {
    let draw = move |runner: &mut TestRunner| {
        let count = runner.rng().random_range(least..=most);
        let mut kept: Vec<Value> = Vec::with_capacity(count);
        for _ in 0..count * ATTEMPTS {
            if kept.len() == count {
                break;
            }
            let item = items.draw(runner)?;
            if !kept.contains(&item) {
                kept.push(item);
            }
        }
        Ok::<_, Reason>(Some(kept).filter(|kept| kept.len() >= least))
    };
    source(move |runner| {
        for _ in 0..ATTEMPTS {
            if let Some(kept) = draw(runner)? {
                return Ok(Value::Array(kept));
            }
        }
        Err(Reason::from("too few distinct items"))
    })
}

fn variants<'d>(
    enumerator: &mut Enumerator<'d>,
    schema: &Conjunction<'d>,
    depth: usize,
) -> Result<Vec<Variant>, StrategyError> {
    let (least, most) = counts(schema);
    let items = schema.items(enumerator.document)?;
    let mut found = Vec::new();
    if least.max(1) > LONGEST || positions::are_stated(schema) {
        return Ok(found);
    }
    let Some(base) = enumerator.unless_left_out(|one| one.items(&items, least.max(1), depth + 1))? else {
        return Ok(vec![variant("0 items".into(), Vec::<Value>::new())]);
    };
    for count in [least, least + 1, most.saturating_sub(1), most] {
        let deep = count > 0 && enumerator.at_end(depth + 1);
        if (least..=most).contains(&count) && count <= LONGEST && !deep {
            found.push(variant(format!("{count} items"), enumerator.items(&items, count, depth + 1)?));
        }
    }
    if least <= FEW && most > UNLIMITED && !enumerator.at_end(depth + 1) {
        let list = unlimited(enumerator, schema, &items, &base, depth)?;
        found.push(variant(format!("{} items, which nothing forbids", list.len()), list));
    }
    if most > 0 {
        let inner = enumerator.variants(&items, depth + 1)?;
        // In which order items stand shows where they differ.
        let other = inner.iter().find(|other| base.first() != Some(&other.value));
        if let Some(other) = other.filter(|_| (2..=most).contains(&least.max(2)) && !enumerator.at_end(depth + 1)) {
            let two = [vec![other.value.clone()], enumerator.items(&items, least.max(2) - 1, depth + 1)?].concat();
            found.push(variant(format!("/0: {}, and others", other.label), two));
        }
        for inner in inner {
            found.push(variant(format!("/0: {}", inner.label), first(&base, inner.value)));
        }
    }
    if unique(schema) {
        found.retain(|variant| variant.value.as_array().is_none_or(|list| all_distinct(list)));
    }
    Ok(found)
}

fn faults<'d>(
    enumerator: &mut Enumerator<'d>,
    schema: &Conjunction<'d>,
    depth: usize,
) -> Result<Vec<Fault>, StrategyError> {
    let (least, most) = counts(schema);
    let items = schema.items(enumerator.document)?;
    let mut faults = Vec::new();
    if least.max(1) > LONGEST || positions::are_stated(schema) {
        return Ok(faults);
    }
    let Some(base) = enumerator.unless_left_out(|one| one.items(&items, least.max(1), depth + 1))? else {
        return Ok(faults);
    };
    if most < LONGEST {
        let more = enumerator.items(&items, most + 1, depth + 1)?;
        faults.push(fault("maxItems", format!("{} items", most + 1), more));
    }
    if least > 0 {
        let fewer = enumerator.items(&items, least - 1, depth + 1)?;
        faults.push(fault("minItems", format!("{} items", least - 1), fewer));
    }
    if unique(schema) && most >= 2 {
        let mut twice = base.clone();
        twice.truncate(most - 1);
        twice.extend(base.first().cloned());
        faults.push(fault("uniqueItems", "the first item twice".into(), twice));
    }
    for inner in enumerator.faults(&items, depth + 1)? {
        faults.push(lifted(inner, &Pointer::root().index(0), |value| first(&base, value).into()));
    }
    Ok(faults)
}

/// A long list.
fn unlimited<'d>(
    enumerator: &mut Enumerator<'d>,
    schema: &Conjunction<'d>,
    items: &Conjunction<'d>,
    base: &[Value],
    depth: usize,
) -> Result<Vec<Value>, StrategyError> {
    if unique(schema) {
        return enumerator.items(items, FEW, depth + 1);
    }
    let bytes: usize = base.iter().map(|item| item.to_string().len() + 1).sum();
    let count = (UNLIMITED_BYTES / (bytes / base.len().max(1)).max(1)).clamp(FEW, UNLIMITED);
    Ok(base.iter().cycle().take(count).cloned().collect())
}

fn all_distinct(list: &[Value]) -> bool {
    list.iter().enumerate().all(|(index, item)| !list[..index].contains(item))
}

fn first(base: &[Value], value: Value) -> Vec<Value> {
    std::iter::once(value).chain(base.iter().skip(1).cloned()).collect()
}

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.all(mutate::Kind::Schema) {
        edits.limit(spot, "maxItems", Direction::Loosening);
        edits.limit(spot, "minItems", Direction::Tightening);
    }
}

fn add(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.typed(&["array"]) {
        for (key, limit) in [("minItems", 1), ("maxItems", 100)] {
            if !spot.object.contains_key(key) {
                edits.set(spot, key, limit, Direction::Tightening, spot.observer);
            }
        }
        let unique = spot.object.get("uniqueItems") == Some(&true.into());
        let direction = if unique { Direction::Loosening } else { Direction::Tightening };
        edits.set(spot, "uniqueItems", !unique, direction, spot.observer);
    }
}
