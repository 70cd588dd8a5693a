//! One plain valid value of a schema, which the cases vary.

use serde_json::{Map, Value, json};

use super::{Enumerator, LAST_DEPTH, number, size};
use crate::alphabet::Script;
use crate::document::{Conjunction, Kind, Pointer};
use crate::formats;
use crate::strategy::{self, StrategyError};

/// Beyond so many values, an inner object takes no more optional components in. Those have cases of their own, and with all
/// of them a payload may grow by a power with each step.
const ROOM: usize = 64;

impl<'d> Enumerator<'d> {
    /// The document's own example where it has a valid one; else a value built by kind; else one that is drawn.
    pub(super) fn baseline(&mut self, schema: &Conjunction<'d>, depth: usize) -> Result<Value, StrategyError> {
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
            Some(Kind::Integer) => number::integer_variants(schema).into_iter().map(|variant| variant.value).next(),
            Some(Kind::Number) => number::number_variants(schema).into_iter().map(|variant| variant.value).next(),
            Some(Kind::String) => Some(plain_text(schema)),
            Some(Kind::Array) => {
                let least = schema.greatest("minItems").unwrap_or(0) as usize;
                let most = schema.least("maxItems").unwrap_or(u64::MAX) as usize;
                if depth >= LAST_DEPTH && least == 0 {
                    return Ok(Some(json!([])));
                }
                let items = schema.items(self.document)?;
                Some(self.items(&items, least.max(1).min(most), depth + 1)?.into())
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
                Err(StrategyError::Unsatisfiable { .. } | StrategyError::Endless { .. }) if !needed => {}
                Err(other) => return Err(other),
            }
        }
        Ok(Some(object.into()))
    }

    /// So many items, distinct where the schema's variants or draws have as many.
    pub(super) fn items(
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

    pub(super) fn conforms(&mut self, schema: &Conjunction<'d>, value: &Value) -> Result<bool, StrategyError> {
        Ok(self.strategies.validators(schema)?.iter().all(|validator| validator.accepts(value)))
    }
}

/// Whether an object of so many values, so many steps deep, leaves an optional property out.
pub(super) fn crowded(values: usize, depth: usize, property: &Conjunction<'_>) -> bool {
    let component =
        |pointer: &Pointer| pointer.parent().is_some_and(|(holder, _)| holder.as_str() == "/components/schemas");
    let items = property.all("items").first().and_then(|items| items.value.get("$ref")).is_some();
    depth > 0 && values > ROOM && (items || component(&property.pointer()))
}

fn plain_text(schema: &Conjunction<'_>) -> Value {
    if let Some(sample) = schema.text("format").and_then(|format| formats::valid(format).into_iter().next()) {
        return sample.into();
    }
    let least = schema.greatest("minLength").unwrap_or(0) as usize;
    let most = schema.least("maxLength").unwrap_or(u64::MAX) as usize;
    let bytes = schema.least("x-maxBytes").unwrap_or(u64::MAX) as usize;
    Script::Ascii.of_length(4.clamp(least.min(most), most).min(bytes)).into()
}

/// The place of one property in a payload.
pub(super) fn step(name: &str) -> Pointer {
    Pointer::root().child(name)
}
