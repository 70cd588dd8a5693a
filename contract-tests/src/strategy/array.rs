//! Sources of arrays.

use proptest::prelude::RngExt;
use serde_json::Value;

use super::source::{Source, source};
use super::{SPARSE_DEPTH, Strategies, StrategyError, unsatisfiable};
use crate::document::Conjunction;

/// How many items are drawn for each that must be distinct, before the list is given up.
const TRIES: usize = 8;

impl<'d> Strategies<'d> {
    pub(super) fn array(&mut self, schema: &Conjunction<'d>, depth: usize) -> Result<Source, StrategyError> {
        let empty = || source(|_| Ok(Value::Array(Vec::new())));
        let least = schema.greatest("minItems").unwrap_or(0) as usize;
        let most = schema.least("maxItems").map(|most| most as usize);
        if most.is_some_and(|most| most < least) {
            return Err(unsatisfiable(schema, "maxItems is below minItems"));
        }
        // Long lists say little that short ones don't; the limits themselves are the enumerated cases' affair.
        let usual = if depth >= SPARSE_DEPTH { least } else { least + 3 };
        let most = most.map_or(usual, |most| most.min(usual));
        if most == 0 {
            return Ok(empty());
        }
        let items = schema.items(self.document)?;
        let items = match self.value(&items, depth + 1) {
            Err(StrategyError::Endless { .. }) if least == 0 => return Ok(empty()),
            other => other?,
        };
        if schema.all("uniqueItems").iter().any(|unique| unique.value == &Value::Bool(true)) {
            return Ok(distinct(items, least, most));
        }
        Ok(source(move |runner| {
            let count = runner.rng().random_range(least..=most);
            (0..count).map(|_| items(runner)).collect()
        }))
    }
}

/// Lists without two items that are the same.
fn distinct(items: Source, least: usize, most: usize) -> Source {
    source(move |runner| {
        loop {
            let count = runner.rng().random_range(least..=most);
            let mut kept: Vec<Value> = Vec::with_capacity(count);
            for _ in 0..count * TRIES {
                if kept.len() == count {
                    break;
                }
                let item = items(runner)?;
                if !kept.contains(&item) {
                    kept.push(item);
                }
            }
            if kept.len() >= least {
                return Ok(Value::Array(kept));
            }
            runner.reject_local("too few distinct items")?;
        }
    })
}
