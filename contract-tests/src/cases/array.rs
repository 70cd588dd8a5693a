//! Arrays at and beyond each count, with the items' own boundaries and faults.

use serde_json::Value;

use super::{Enumerator, Fault, Variant, fault, lifted, variant};
use crate::document::{Conjunction, Pointer};
use crate::strategy::StrategyError;

/// A count beyond this is not built.
const LONGEST: usize = 2_000;

impl<'d> Enumerator<'d> {
    pub(super) fn array_variants(
        &mut self,
        schema: &Conjunction<'d>,
        depth: usize,
    ) -> Result<Vec<Variant>, StrategyError> {
        let (least, most) = counts(schema);
        let items = schema.items(self.document)?;
        let mut found = Vec::new();
        for count in [least, least + 1, most.saturating_sub(1), most] {
            if (least..=most).contains(&count) && count <= LONGEST && (count == 0 || !self.at_end(depth + 1)) {
                found.push(variant(format!("{count} items"), self.items(&items, count, depth + 1)?));
            }
        }
        let base = self.items(&items, least.max(1), depth + 1)?;
        if most > 0 {
            for inner in self.variants(&items, depth + 1)? {
                found.push(variant(format!("/0: {}", inner.label), first(&base, inner.value)));
            }
        }
        if unique(schema) {
            found.retain(|variant| variant.value.as_array().is_none_or(|list| distinct(list)));
        }
        Ok(found)
    }

    pub(super) fn array_faults(&mut self, schema: &Conjunction<'d>, depth: usize) -> Result<Vec<Fault>, StrategyError> {
        let (least, most) = counts(schema);
        let items = schema.items(self.document)?;
        let mut faults = Vec::new();
        if most < LONGEST {
            faults.push(fault("maxItems", format!("{} items", most + 1), self.items(&items, most + 1, depth + 1)?));
        }
        if least > 0 && least <= LONGEST {
            faults.push(fault("minItems", format!("{} items", least - 1), self.items(&items, least - 1, depth + 1)?));
        }
        let base = self.items(&items, least.max(1), depth + 1)?;
        if unique(schema) && most >= 2 {
            let mut twice = base.clone();
            twice.truncate(most - 1);
            twice.push(base[0].clone());
            faults.push(fault("uniqueItems", "the first item twice".into(), twice));
        }
        for inner in self.faults(&items, depth + 1)? {
            faults.push(lifted(inner, &Pointer::root().index(0), |value| first(&base, value).into()));
        }
        Ok(faults)
    }
}

fn counts(schema: &Conjunction<'_>) -> (usize, usize) {
    let least = schema.greatest("minItems").unwrap_or(0) as usize;
    (least, schema.least("maxItems").map_or(usize::MAX, |most| most as usize))
}

fn unique(schema: &Conjunction<'_>) -> bool {
    schema.all("uniqueItems").iter().any(|unique| unique.value == &Value::Bool(true))
}

fn distinct(list: &[Value]) -> bool {
    list.iter().enumerate().all(|(index, item)| !list[..index].contains(item))
}

fn first(base: &[Value], value: Value) -> Vec<Value> {
    std::iter::once(value).chain(base.iter().skip(1).cloned()).collect()
}
