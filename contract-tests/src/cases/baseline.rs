//! One plain valid value of a schema, which the cases vary.

use serde_json::{Map, Value, json};

use super::{Enumerator, LAST_DEPTH, is_component, size};
use crate::document::{Conjunction, Kind};
use crate::keyword;
use crate::strategy::{self, StrategyError};

/// Beyond so many values, an inner object takes no more optional components in. Those have cases of their own, and with all
/// of them a payload may grow by a power with each step.
const ROOM: usize = 64;

impl<'d> Enumerator<'d> {
    /// The document's own example where it has a valid one; else a value built by kind; else one that is drawn.
    pub(crate) fn baseline(&mut self, schema: &Conjunction<'d>, depth: usize) -> Result<Value, StrategyError> {
        let key = (schema.key(), depth);
        if let Some(known) = self.baselines.get(&key) {
            return Ok(known.clone());
        }
        let found = self.new_baseline(schema, depth)?;
        self.baselines.insert(key, found.clone());
        Ok(found)
    }

    fn new_baseline(&mut self, schema: &Conjunction<'d>, depth: usize) -> Result<Value, StrategyError> {
        for example in schema.all("example").into_iter().chain(schema.all("default")) {
            if self.conforms(schema, example.value)? {
                return Ok(example.value.clone());
            }
        }
        if let Some(built) = self.built(schema, depth)?
            && self.conforms(schema, &built)?
        {
            return Ok(built);
        }
        let payloads = self.strategies.conforming(schema)?;
        let drawn = strategy::draw(&payloads, &schema.pointer(), 0, 1)?;
        Ok(drawn.into_iter().next().unwrap_or_default())
    }

    fn built(&mut self, schema: &Conjunction<'d>, depth: usize) -> Result<Option<Value>, StrategyError> {
        if !schema.alternatives().is_empty() || depth > 2 * LAST_DEPTH {
            return Ok(None);
        }
        if let Some(listed) = schema.listed() {
            return Ok(listed.first().map(|value| (*value).clone()));
        }
        Ok(match schema.kind() {
            None => None,
            Some(Kind::Any) => Some(json!("anything")),
            Some(Kind::Boolean) => Some(json!(true)),
            Some(Kind::Integer) => keyword::integer_variants(schema).into_iter().map(|variant| variant.value).next(),
            Some(Kind::Number) => keyword::number_variants(schema).into_iter().map(|variant| variant.value).next(),
            Some(Kind::String) => Some(keyword::plain_string(schema)?),
            Some(Kind::Array) => {
                let least = schema.greatest("minItems").unwrap_or(0);
                let most = schema.least("maxItems").unwrap_or(u64::MAX);
                if depth >= LAST_DEPTH && least == 0 {
                    return Ok(Some(json!([])));
                }
                // So many are not built for their own sake; what is drawn instead has its own limit.
                let Ok(count) = u16::try_from(least.max(1).min(most)) else { return Ok(None) };
                let items = schema.items(self.document)?;
                match self.items(&items, count.into(), depth + 1) {
                    Err(error) if least == 0 && error.local().is_some() => Some(json!([])),
                    other => Some(other?.into()),
                }
            }
            Some(Kind::Object) => self.plain_object(schema, depth)?,
        })
    }

    fn plain_object(&mut self, schema: &Conjunction<'d>, depth: usize) -> Result<Option<Value>, StrategyError> {
        let required = schema.required();
        let most = schema.least("maxProperties").unwrap_or(u64::MAX) as usize;
        let mut names: Vec<&str> = schema.properties();
        names.extend(required.iter().filter(|name| !schema.properties().contains(name)));
        let mut object = Map::new();
        let optional = most.saturating_sub(required.len());
        let (mut taken, mut taken_values) = (0, 0);
        for name in names {
            let needed = required.contains(&name);
            if !needed && (depth >= LAST_DEPTH || taken == optional) {
                continue;
            }
            let Some(property) = schema.property(self.document, name)? else { continue };
            if !needed && crowded(taken_values, depth, &property) {
                continue;
            }
            match self.baseline(&property, depth + 1) {
                Ok(value) => {
                    taken += usize::from(!needed);
                    taken_values += size(&value);
                    object.insert(name.to_owned(), value);
                }
                // What is optional may be impossible without making the whole so.
                Err(error) if !needed && error.local().is_some() => {}
                Err(other) => return Err(other),
            }
        }
        Ok(Some(object.into()))
    }

    /// So many items, distinct where the schema's variants or draws have as many.
    pub(crate) fn items(
        &mut self,
        items: &Conjunction<'d>,
        count: usize,
        depth: usize,
    ) -> Result<Vec<Value>, StrategyError> {
        let first = self.baseline(items, depth)?;
        let mut found = vec![first];
        found.truncate(count);
        if found.len() < count {
            let payloads = self.strategies.conforming(items)?;
            for value in strategy::draw(&payloads, &items.pointer(), 0, count * 8)? {
                if found.len() < count && !found.contains(&value) {
                    found.push(value);
                }
            }
        }
        while found.len() < count {
            found.push(found[0].clone());
        }
        Ok(found)
    }

    /// The baseline with every optional property that can be there, even where the document's example leaves some out.
    pub(crate) fn base(&mut self, schema: &Conjunction<'d>, depth: usize) -> Result<Map<String, Value>, StrategyError> {
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
        let most = schema.least("maxProperties").map_or(usize::MAX, |most| usize::try_from(most).unwrap_or(usize::MAX));
        for name in schema.properties() {
            if base.contains_key(name) || base.len() >= most {
                continue;
            }
            let Some(property) = schema.property(self.document, name)? else { continue };
            if crowded(base.values().map(size).sum(), depth, &property) {
                continue;
            }
            if let Ok(value) = self.baseline(&property, depth + 1) {
                let mut fuller = base.clone();
                fuller.insert(name.to_owned(), value);
                if self.conforms(schema, &Value::Object(fuller.clone()))? {
                    base = fuller;
                }
            }
        }
        Ok(base)
    }

    /// Whether the compiled schema accepts a value.
    pub(crate) fn conforms(&mut self, schema: &Conjunction<'d>, value: &Value) -> Result<bool, StrategyError> {
        Ok(self.strategies.validators(schema)?.iter().all(|validator| validator.accepts(value)))
    }
}

/// Whether an object of so many values, so many steps deep, leaves an optional property out.
fn crowded(values: usize, depth: usize, property: &Conjunction<'_>) -> bool {
    let items = property.all("items").first().and_then(|items| items.value.get("$ref")).is_some();
    depth > 0 && values > ROOM && (items || property.parts.iter().any(|part| is_component(&part.pointer)))
}
