//! `contains`, with `minContains` and `maxContains`: how many items of a list are values of a schema.

use proptest::prelude::RngExt;
use serde_json::Value;

use super::{Inner, Keyword};
use crate::cases::{Enumerator, Fault, fault};
use crate::document::{Conjunction, Kind};
use crate::strategy::{Built, Strategies, StrategyError, source};

pub(super) const KEYWORD: Keyword = Keyword {
    names: &["contains", "minContains", "maxContains"],
    kind: Some(Kind::Array),
    copied: &["minContains", "maxContains"],
    inner: &[("contains", Inner::One)],
    is_later: true,
    faults: Some(faults),
    source: Some(lists),
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
        let Some(item) = StrategyError::unless_local(enumerator.baseline(&both, depth + 1))? else { continue };
        if least > 0 && least < LONGEST {
            faults.push(fault("contains", format!("{} such items", least - 1), vec![item.clone(); least - 1]));
        }
        if most < LONGEST {
            faults.push(fault("maxContains", format!("{} such items", most + 1), vec![item; most + 1]));
        }
    }
    Ok(faults)
}
