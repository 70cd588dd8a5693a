//! Sources of objects.

use std::ops::RangeInclusive;

use proptest::prelude::RngExt;
use proptest::test_runner::{Reason, TestRunner};
use serde_json::{Map, Value};

use super::source::{Source, source};
use super::{SPARSE_DEPTH, Strategies, StrategyError, unsatisfiable};
use crate::document::Conjunction;

/// A property that no document declares; real answers carry such properties.
pub const UNDECLARED: &str = "undeclaredProperty";

/// How often an optional property is there.
const PRESENT: f64 = 0.7;
/// How often there is a property that nobody declared, where it may be there.
const UNASKED: f64 = 0.1;

/// A declared property.
struct Field {
    name: String,
    /// It must not be taken away again.
    needed: bool,
    /// It is there in every draw.
    always: bool,
    values: Source,
}

/// Properties that the schema doesn't name.
struct Extra {
    /// How many; nothing where nobody asks for any, and one comes now and then.
    count: Option<RangeInclusive<usize>>,
    values: Source,
}

impl<'d> Strategies<'d> {
    pub(super) fn object(&mut self, schema: &Conjunction<'d>, depth: usize) -> Result<Source, StrategyError> {
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
                Err(StrategyError::Unsatisfiable { .. }) if !needed && self.apart(schema, name, depth)? => {
                    self.dead.insert(property.pointer());
                    continue;
                }
                other => other?,
            };
            // Where minProperties asks for more than is required, the first optional ones fill the gap.
            let filling = !needed && sure < least;
            sure += usize::from(filling);
            fields.push(Field { name: name.to_owned(), needed, always: needed || filling, values });
        }
        let extra = self.additional(schema, depth, least.saturating_sub(sure))?;
        Ok(source(move |runner| {
            let mut object = Map::with_capacity(fields.len());
            for field in &fields {
                if field.always || runner.rng().random_bool(PRESENT) {
                    object.insert(field.name.clone(), (field.values)(runner)?);
                }
            }
            if let Some(extra) = &extra {
                extra.join(&mut object, runner)?;
            }
            while object.len() > most {
                let optional = |name: &&String| !fields.iter().any(|field| field.needed && field.name == **name);
                let Some(last) = object.keys().rev().find(optional).cloned() else { break };
                object.shift_remove(&last);
            }
            Ok(Value::Object(object))
        }))
    }

    /// Properties that the schema doesn't name: those of `additionalProperties`, and now and then one that nobody declared.
    fn additional(
        &mut self,
        schema: &Conjunction<'d>,
        depth: usize,
        missing: usize,
    ) -> Result<Option<Extra>, StrategyError> {
        let Some(property) = schema.property(self.document, UNDECLARED)? else {
            return if missing == 0 {
                Ok(None)
            } else {
                Err(unsatisfiable(schema, "minProperties asks for more properties than may be there"))
            };
        };
        if depth >= SPARSE_DEPTH && missing == 0 {
            return Ok(None);
        }
        let values = match self.value(&property, depth + 1) {
            Err(StrategyError::Endless { .. }) if missing == 0 => return Ok(None),
            Err(StrategyError::Unsatisfiable { .. }) if missing == 0 && self.apart(schema, UNDECLARED, depth)? => {
                self.dead.insert(property.pointer());
                return Ok(None);
            }
            other => other?,
        };
        let asked = schema.all("additionalProperties").iter().any(|found| found.value != &Value::Bool(false));
        let count = (asked || missing > 0).then_some(missing..=missing + 2);
        Ok(Some(Extra { count, values }))
    }
}

impl<'d> Strategies<'d> {
    /// Whether a property that no value can have is one that parts of `allOf` forbid each other: each of them alone allows
    /// it. It is then absent, as one that `additionalProperties: false` forbids.
    fn apart(&mut self, schema: &Conjunction<'d>, name: &str, depth: usize) -> Result<bool, StrategyError> {
        let mut demands = 0;
        for part in schema.apart() {
            let Some(property) = part.property(self.document, name)?.filter(|property| !property.parts.is_empty())
            else {
                continue;
            };
            demands += 1;
            if matches!(self.value(&property, depth + 1), Err(StrategyError::Unsatisfiable { .. })) {
                return Ok(false);
            }
        }
        Ok(demands > 1)
    }
}

impl Extra {
    fn join(&self, object: &mut Map<String, Value>, runner: &mut TestRunner) -> Result<(), Reason> {
        let Some(count) = &self.count else {
            if runner.rng().random_bool(UNASKED) {
                let value = (self.values)(runner)?;
                object.entry(UNDECLARED).or_insert(value);
            }
            return Ok(());
        };
        for index in 0..runner.rng().random_range(count.clone()) {
            let value = (self.values)(runner)?;
            object.entry(format!("{UNDECLARED}{index}")).or_insert(value);
        }
        Ok(())
    }
}
