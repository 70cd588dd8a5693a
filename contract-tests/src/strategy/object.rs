//! Strategies of objects.

use proptest::option::weighted;
use proptest::prelude::*;
use serde_json::{Map, Value};

use super::{Payloads, SPARSE_DEPTH, Strategies, StrategyError, unsatisfiable};
use crate::document::Conjunction;

/// A property that no document declares; real answers carry such properties.
pub const UNDECLARED: &str = "undeclaredProperty";

impl<'d> Strategies<'d> {
    pub(super) fn object(&mut self, schema: &Conjunction<'d>, depth: usize) -> Result<Payloads, StrategyError> {
        let required = schema.required();
        let least = schema.greatest("minProperties").unwrap_or(0) as usize;
        let most = schema.least("maxProperties").map_or(usize::MAX, |most| most as usize);
        if most < least || most < required.len() {
            return Err(unsatisfiable(schema, "maxProperties is below minProperties, or below the required ones"));
        }
        let mut names = schema.properties();
        names.extend(required.iter().filter(|name| !schema.properties().contains(name)));
        let mut sure = required.len();
        let mut fields = Vec::new();
        for name in names {
            let needed = required.contains(&name);
            if !needed && depth >= SPARSE_DEPTH && sure >= least {
                continue;
            }
            let Some(property) = schema.property(self.document, name)? else {
                if needed {
                    return Err(unsatisfiable(schema, format!("`{name}` is required here and forbidden there")));
                }
                continue;
            };
            let values = match self.value(&property, depth + 1) {
                Err(StrategyError::Endless { .. }) if !needed => continue,
                other => other?,
            };
            // Where minProperties asks for more than is required, the first optional ones fill the gap.
            let filling = !needed && sure < least;
            sure += usize::from(filling);
            let name = name.to_owned();
            let values = if needed || filling { values.prop_map(Some).boxed() } else { weighted(0.7, values).boxed() };
            fields.push(values.prop_map(move |value| (name.clone(), needed, value)).boxed());
        }
        let extra = self.additional(schema, depth, least.saturating_sub(sure))?;
        let objects = (fields, extra).prop_map(move |(fields, extra)| {
            let mut present: Vec<(String, bool, Value)> = fields
                .into_iter()
                .filter_map(|(name, needed, value)| value.map(|value| (name, needed, value)))
                .collect();
            for (name, value) in extra {
                if !present.iter().any(|(known, ..)| *known == name) {
                    present.push((name, false, value));
                }
            }
            while present.len() > most {
                match present.iter().rposition(|(_, needed, _)| !needed) {
                    Some(position) => drop(present.remove(position)),
                    None => break,
                }
            }
            Value::Object(present.into_iter().map(|(name, _, value)| (name, value)).collect::<Map<_, _>>())
        });
        Ok(objects.boxed())
    }

    /// Properties that the schema doesn't name: those of `additionalProperties`, and now and then one that nobody declared.
    fn additional(
        &mut self,
        schema: &Conjunction<'d>,
        depth: usize,
        missing: usize,
    ) -> Result<BoxedStrategy<Vec<(String, Value)>>, StrategyError> {
        let none = Just(Vec::new()).boxed();
        let Some(property) = schema.property(self.document, UNDECLARED)? else {
            return if missing == 0 {
                Ok(none)
            } else {
                Err(unsatisfiable(schema, "minProperties asks for more properties than may be there"))
            };
        };
        if depth >= SPARSE_DEPTH && missing == 0 {
            return Ok(none);
        }
        let values = match self.value(&property, depth + 1) {
            Err(StrategyError::Endless { .. }) if missing == 0 => return Ok(none),
            other => other?,
        };
        let asked = schema.all("additionalProperties").iter().any(|found| found.value != &Value::Bool(false));
        if asked || missing > 0 {
            let keyed = move |values: Vec<Value>| {
                values.into_iter().enumerate().map(|(index, value)| (format!("{UNDECLARED}{index}"), value)).collect()
            };
            return Ok(proptest::collection::vec(values, missing..=missing + 2).prop_map(keyed).boxed());
        }
        let one = values.prop_map(|value| vec![(UNDECLARED.to_owned(), value)]);
        Ok(prop_oneof![9 => none, 1 => one].boxed())
    }
}
