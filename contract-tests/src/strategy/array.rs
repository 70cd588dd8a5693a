//! Strategies of arrays.

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value;

use super::{Payloads, SPARSE_DEPTH, Strategies, StrategyError, unsatisfiable};
use crate::document::Conjunction;

impl<'d> Strategies<'d> {
    pub(super) fn array(&mut self, schema: &Conjunction<'d>, depth: usize) -> Result<Payloads, StrategyError> {
        let least = schema.greatest("minItems").unwrap_or(0) as usize;
        let most = schema.least("maxItems").map(|most| most as usize);
        if most.is_some_and(|most| most < least) {
            return Err(unsatisfiable(schema, "maxItems is below minItems"));
        }
        // Long lists say little that short ones don't; the limits themselves are the enumerated cases' affair.
        let usual = if depth >= SPARSE_DEPTH { least } else { least + 3 };
        let most = most.map_or(usual, |most| most.min(usual));
        if most == 0 {
            return Ok(Just(Value::Array(Vec::new())).boxed());
        }
        let items = schema.items(self.document)?;
        let items = match self.value(&items, depth + 1) {
            Err(StrategyError::Endless { .. }) if least == 0 => return Ok(Just(Value::Array(Vec::new())).boxed()),
            other => other?,
        };
        if schema.all("uniqueItems").iter().any(|unique| unique.value == &Value::Bool(true)) {
            let spare = if least > 0 { most * 4 } else { most };
            let distinct = move |drawn: Vec<Value>| {
                let mut kept: Vec<Value> = Vec::new();
                for item in drawn {
                    if kept.len() < most && !kept.contains(&item) {
                        kept.push(item);
                    }
                }
                kept
            };
            let lists = vec(items, least..=spare).prop_map(distinct);
            return Ok(lists
                .prop_filter("too few distinct items", move |kept| kept.len() >= least)
                .prop_map(Value::Array)
                .boxed());
        }
        Ok(vec(items, least..=most).prop_map(Value::Array).boxed())
    }
}
