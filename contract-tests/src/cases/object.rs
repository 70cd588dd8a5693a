//! Objects with each property absent, each at its own boundaries, each with its own faults.

use serde_json::{Map, Value, json};

use super::baseline::{crowded, step};
use super::{Enumerator, Fault, Variant, fault, fault_at, lifted, size, variant};
use crate::document::Conjunction;
use crate::strategy::{StrategyError, UNDECLARED};

impl<'d> Enumerator<'d> {
    pub(super) fn object_variants(
        &mut self,
        schema: &Conjunction<'d>,
        depth: usize,
    ) -> Result<Vec<Variant>, StrategyError> {
        let base = self.base(schema, depth)?;
        let required = schema.required();
        let mut found = Vec::new();
        let only: Map<String, Value> =
            base.iter().filter(|(name, _)| required.contains(&name.as_str())).map(owned).collect();
        found.push(variant("only what is required".into(), only));
        for (name, property) in self.inner(schema, &base)? {
            if !required.contains(&name.as_str()) {
                found.push(variant(format!("/{name} absent"), without(&base, &name)));
            }
            for inner in self.variants(&property, depth + 1)? {
                let place = step(&name);
                found.push(variant(format!("{place}: {}", inner.label), with(&base, &name, inner.value)));
            }
        }
        if let Some(property) = schema.property(self.document, UNDECLARED)? {
            for inner in possible(self.variants(&property, depth + 1))?.into_iter().take(3) {
                found.push(variant(
                    format!("a property that is not declared: {}", inner.label),
                    with(&base, UNDECLARED, inner.value),
                ));
            }
        }
        // Where only so many properties may be there, or must, the variants above may be too many or too few.
        let (least, most) = counts(schema);
        found.retain(|variant| variant.value.as_object().is_none_or(|map| (least..=most).contains(&map.len())));
        Ok(found)
    }

    pub(super) fn object_faults(
        &mut self,
        schema: &Conjunction<'d>,
        depth: usize,
    ) -> Result<Vec<Fault>, StrategyError> {
        let base = self.base(schema, depth)?;
        let mut faults = Vec::new();
        for name in schema.required() {
            faults.push(fault_at(step(name), "required", "missing".into(), without(&base, name)));
        }
        for (name, property) in self.inner(schema, &base)? {
            for inner in self.faults(&property, depth + 1)? {
                faults.push(lifted(inner, &step(&name), |value| with(&base, &name, value).into()));
            }
        }
        let roomy = roomy(schema, &base);
        match schema.property(self.document, UNDECLARED)? {
            None => {
                let extra = with(&roomy, UNDECLARED, json!("anything"));
                faults.push(fault_at(step(UNDECLARED), "additionalProperties", "not declared".into(), extra));
            }
            Some(property) => {
                for inner in possible(self.faults(&property, depth + 1))? {
                    faults.push(lifted(inner, &step(UNDECLARED), |value| with(&roomy, UNDECLARED, value).into()));
                }
            }
        }
        let (least, most) = counts(schema);
        // Where the required properties are as many, fewer of them is their fault and not the count's.
        if least > schema.required().len() {
            let mut fewer = base.clone();
            let required = schema.required();
            let spare: Vec<String> = base.keys().filter(|name| !required.contains(&name.as_str())).cloned().collect();
            for name in spare.iter().rev() {
                if fewer.len() >= least {
                    fewer.remove(name);
                }
            }
            faults.push(fault("minProperties", format!("{} properties", fewer.len()), fewer));
        }
        if most != usize::MAX {
            faults.push(fault(
                "maxProperties",
                format!("{} properties", most + 1),
                self.crowded(schema, &base, most + 1, depth)?,
            ));
        }
        Ok(faults)
    }

    /// More properties than are allowed: declared ones first, others where others may be there.
    fn crowded(
        &mut self,
        schema: &Conjunction<'d>,
        base: &Map<String, Value>,
        count: usize,
        depth: usize,
    ) -> Result<Map<String, Value>, StrategyError> {
        let mut object = base.clone();
        for name in schema.properties() {
            if object.len() < count
                && !object.contains_key(name)
                && let Some(property) = schema.property(self.document, name)?
            {
                object.extend(
                    possible(self.baseline(&property, depth + 1).map(Some))?.map(|value| (name.to_owned(), value)),
                );
            }
        }
        if let Some(property) = schema.property(self.document, UNDECLARED)?
            && object.len() < count
            && count < 10_000
        {
            let Some(value) = possible(self.baseline(&property, depth + 1).map(Some))? else { return Ok(object) };
            // What was drawn has such names already; a map that grows by one each time ends after at most twice as many.
            for index in 0..2 * count {
                if object.len() < count {
                    object.insert(format!("{UNDECLARED}{index}"), value.clone());
                }
            }
        }
        Ok(object)
    }

    /// The properties whose variation makes cases: those of the baseline, and declared ones that it left out.
    fn inner(
        &mut self,
        schema: &Conjunction<'d>,
        base: &Map<String, Value>,
    ) -> Result<Vec<(String, Conjunction<'d>)>, StrategyError> {
        let mut found = Vec::new();
        let declared = schema.properties();
        for name in declared.into_iter().filter(|name| base.contains_key(*name)) {
            if let Some(property) = schema.property(self.document, name)? {
                found.push((name.to_owned(), property));
            }
        }
        Ok(found)
    }

    /// The baseline with every optional property that can be there, even where the document's example leaves some out.
    fn base(&mut self, schema: &Conjunction<'d>, depth: usize) -> Result<Map<String, Value>, StrategyError> {
        let key = (schema.key(), depth);
        if let Some(known) = self.bases.get(&key) {
            return Ok(known.clone());
        }
        let base = self.new_base(schema, depth)?;
        self.bases.insert(key, base.clone());
        Ok(base)
    }

    fn new_base(&mut self, schema: &Conjunction<'d>, depth: usize) -> Result<Map<String, Value>, StrategyError> {
        let Value::Object(mut base) = self.baseline(schema, depth)? else { return Ok(Map::new()) };
        let (_, most) = counts(schema);
        for name in schema.properties() {
            if base.contains_key(name) || base.len() >= most {
                continue;
            }
            let Some(property) = schema.property(self.document, name)? else { continue };
            if crowded(base.values().map(size).sum(), depth, &property) {
                continue;
            }
            if let Ok(value) = self.baseline(&property, depth + 1) {
                let fuller = with(&base, name, value);
                if self.conforms(schema, &Value::Object(fuller.clone()))? {
                    base = fuller;
                }
            }
        }
        Ok(base)
    }
}

/// Nothing for a property that no value can have: what is optional may be impossible without making the whole so.
fn possible<T: Default>(found: Result<T, StrategyError>) -> Result<T, StrategyError> {
    match found {
        Err(StrategyError::Unsatisfiable { .. } | StrategyError::Endless { .. }) => Ok(T::default()),
        other => other,
    }
}

fn counts(schema: &Conjunction<'_>) -> (usize, usize) {
    let least = schema.greatest("minProperties").unwrap_or(0) as usize;
    (least, schema.least("maxProperties").map_or(usize::MAX, |most| most as usize))
}

/// The baseline with room for one property more.
fn roomy(schema: &Conjunction<'_>, base: &Map<String, Value>) -> Map<String, Value> {
    let (_, most) = counts(schema);
    let required = schema.required();
    let mut object = base.clone();
    let spare: Vec<&String> = base.keys().filter(|name| !required.contains(&name.as_str())).collect();
    for name in spare.into_iter().rev() {
        if object.len() >= most {
            object.remove(name);
        }
    }
    object
}

fn with(base: &Map<String, Value>, name: &str, value: Value) -> Map<String, Value> {
    let mut object = base.clone();
    object.insert(name.to_owned(), value);
    object
}

fn without(base: &Map<String, Value>, name: &str) -> Map<String, Value> {
    base.iter().filter(|(known, _)| *known != name).map(owned).collect()
}

fn owned((name, value): (&String, &Value)) -> (String, Value) {
    (name.clone(), value.clone())
}
