//! Where an example breaks its schema.
//!
//! It judges what no reading of the schema could mean otherwise: types, listed values, required properties, bounds and lengths,
//! patterns, and the members of `allOf`, `oneOf` and `anyOf`. Formats are left to who checks values.

use std::collections::HashMap;

use serde_json::Value;

use super::enum_type::fits;
use super::pattern::matches;
use super::survey::{Object, Survey};
use crate::document::Pointer;
use crate::spec::Kind;

/// How deep a schema is followed; `allOf` can lead back to itself.
const DEEPEST: usize = 48;

/// What is wrong with a value, and where in it.
#[derive(Debug, Clone)]
pub(super) struct Mismatch {
    /// The place, from the value.
    pub(super) place: Vec<String>,
    /// What is wrong there, as the end of a sentence about it.
    pub(super) what: String,
}

/// The schema of a value that stands in a field of its schema, or beside one: an example, a default, a value of an `enum`.
pub(super) fn beside<'s, 'a>(survey: &'s Survey<'a>, pointer: &Pointer) -> Option<Object<'s, 'a>> {
    let parent = pointer.parent()?;
    let (field, holder) = match parent.last().as_str() {
        "enum" => ("enum".to_owned(), parent.parent()?),
        _ => (pointer.last(), parent),
    };
    let holder = survey.resolve(survey.document.get(&holder)?)?;
    match (holder.kind, field.as_str()) {
        (Kind::Schema, "example" | "default" | "enum") => Some(holder),
        (Kind::MediaType | Kind::Parameter | Kind::Header, "example") => survey.resolve(holder.get("schema")?),
        _ => None,
    }
}

/// The first mismatch of a value with its schema.
pub(super) fn mismatch(survey: &Survey<'_>, schema: Object<'_, '_>, value: &Value) -> Option<Mismatch> {
    Judge { survey, known: HashMap::new() }.schema(schema, value, DEEPEST).err()
}

struct Judge<'s, 'a> {
    survey: &'s Survey<'a>,
    /// What was found of a value and a schema, by where both lie in memory; that they fit while that is being found out.
    known: HashMap<(*const Value, *const Value), Verdict>,
}

type Verdict = Result<(), Mismatch>;

fn wrong(what: String) -> Verdict {
    Err(Mismatch { place: Vec::new(), what })
}

impl<'s, 'a> Judge<'s, 'a> {
    fn schema(&mut self, schema: Object<'_, 'a>, value: &Value, depth: usize) -> Verdict {
        if depth == 0 {
            return Ok(());
        }
        if value.is_null() {
            // Null under a schema without a type, or in an alternative, is somebody else's affair.
            let is_refused = schema.get("type").is_some() && !schema.is_true("nullable");
            return if is_refused { wrong("is null, but the schema is not nullable".to_owned()) } else { Ok(()) };
        }
        if let Some(kind) = schema.text("type").filter(|kind| !fits(kind, value)) {
            return wrong(format!("is {}, but its schema's type is `{kind}`", crate::document::kind_name(value)));
        }
        // Values of another type than the schema's are read as that type, so only texts can be compared here.
        if value.is_string()
            && schema.list("enum").any(Value::is_string)
            && schema.list("enum").all(|listed| listed.is_string() && listed != value)
        {
            return wrong(format!("is {value}, which the enum does not list"));
        }
        bounds(&schema, value)?;
        self.members(schema, value, depth)?;
        for part in schema.list("allOf") {
            self.referred(part, value, depth - 1)?;
        }
        for union in ["oneOf", "anyOf"] {
            let is_met = schema.list(union).any(|member| self.referred(member, value, depth - 1).is_ok());
            if schema.list(union).next().is_some() && !is_met {
                return wrong(format!("matches no member of `{union}`"));
            }
        }
        Ok(())
    }

    fn members(&mut self, schema: Object<'_, 'a>, value: &Value, depth: usize) -> Verdict {
        match value {
            Value::Array(items) => {
                let Some(of) = schema.get("items") else { return Ok(()) };
                items
                    .iter()
                    .enumerate()
                    .try_for_each(|(at, item)| within(&at.to_string(), self.referred(of, item, depth - 1)))
            }
            Value::Object(entries) => {
                for name in schema.list("required").filter_map(Value::as_str) {
                    if !entries.contains_key(name) && !self.is_one_way(schema, name) {
                        return wrong(format!("lacks the required `{name}`"));
                    }
                }
                let is_closed = schema.get("additionalProperties") == Some(&Value::Bool(false));
                let declares = |name: &str| schema.map("properties").any(|(declared, _)| declared == name);
                if let Some(name) = entries.keys().find(|name| is_closed && !declares(name)) {
                    return wrong(format!("has `{name}`, which `additionalProperties: false` forbids"));
                }
                schema.map("properties").try_for_each(|(name, of)| match entries.get(name) {
                    Some(value) => within(name, self.referred(of, value, depth - 1)),
                    None => Ok(()),
                })
            }
            _ => Ok(()),
        }
    }

    fn referred(&mut self, schema: &'a Value, value: &Value, depth: usize) -> Verdict {
        let key = (std::ptr::from_ref(schema), std::ptr::from_ref(value));
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let Some(resolved) = self.survey.resolve(schema).filter(|schema| schema.kind == Kind::Schema) else {
            return Ok(());
        };
        self.known.insert(key, Ok(()));
        let verdict = self.schema(resolved, value, depth);
        self.known.insert(key, verdict.clone());
        verdict
    }

    /// Whether a property is only sent or only received, so that an example of the other direction goes without it.
    fn is_one_way(&self, schema: Object<'_, 'a>, name: &str) -> bool {
        let property = schema.get("properties").and_then(|properties| self.survey.resolve(properties.get(name)?));
        property.is_some_and(|property| property.is_true("readOnly") || property.is_true("writeOnly"))
    }
}

fn within(step: &str, verdict: Verdict) -> Verdict {
    verdict.map_err(|mut mismatch| {
        mismatch.place.insert(0, step.to_owned());
        mismatch
    })
}

fn bounds(schema: &Object<'_, '_>, value: &Value) -> Verdict {
    let count = match value {
        Value::String(text) => Some((text.chars().count(), "minLength", "maxLength", "characters")),
        Value::Array(items) => Some((items.len(), "minItems", "maxItems", "items")),
        Value::Object(entries) => Some((entries.len(), "minProperties", "maxProperties", "properties")),
        _ => None,
    };
    if let Some((count, least, most, of)) = count {
        #[expect(clippy::cast_precision_loss, reason = "no example is that long")]
        let counted = count as f64;
        if let Some(bound) = schema.number(least).filter(|bound| counted < *bound) {
            return wrong(format!("has {count} {of}, fewer than `{least}: {bound}`"));
        }
        if let Some(bound) = schema.number(most).filter(|bound| counted > *bound) {
            return wrong(format!("has {count} {of}, more than `{most}: {bound}`"));
        }
    }
    let pattern = schema.text("pattern").zip(value.as_str());
    if let Some((pattern, _)) = pattern.filter(|(pattern, text)| matches(pattern, text) == Some(false)) {
        return wrong(format!("does not match `pattern: {pattern}`"));
    }
    let Some(number) = value.as_f64() else { return Ok(()) };
    let is_low = |bound: &f64| number < *bound || schema.is_true("exclusiveMinimum") && number <= *bound;
    let is_high = |bound: &f64| number > *bound || schema.is_true("exclusiveMaximum") && number >= *bound;
    if let Some(bound) = schema.number("minimum").filter(is_low) {
        return wrong(format!("is {value}, below `minimum: {bound}`"));
    }
    match schema.number("maximum").filter(is_high) {
        Some(bound) => wrong(format!("is {value}, above `maximum: {bound}`")),
        None => Ok(()),
    }
}
