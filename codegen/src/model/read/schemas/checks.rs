//! What a schema asks of a value by other schemas: `not`, and what only OpenAPI 3.1 has.

use serde_json::Value;

use super::references::target;
use super::{Read, Reader};
use crate::document::Pointer;
use crate::keyword::checks::{
    CONDITIONALS, CONTAINS, DEPENDENT, LEAST, MOST, NAMES, PATTERNS, PREFIX, REQUIRED, are_in, is_one,
};
use crate::keyword::constraints;
use crate::model::read::fields::{entries, items};
use crate::model::{Check, Held, Others, TypeRef};

impl Reader<'_> {
    /// All that a schema asks so.
    pub(super) fn checks(&mut self, schema: &Value, at: &Pointer, ident: &str) -> Vec<Check> {
        let mut checks = Vec::new();
        if !are_in(schema) {
            return checks;
        }
        if let Some(not) = schema.get("not") {
            checks.push(Check::Not(self.same(schema, not, &at.join("not"), &format!("{ident} not"))));
        }
        if let Some(names) = schema.get(NAMES) {
            checks.push(Check::Names(self.held(names, &at.join(NAMES), &format!("{ident} name"))));
        }
        checks.extend(self.matching(schema, at, ident));
        for (name, listed) in entries(schema, REQUIRED) {
            let listed = listed.as_array().into_iter().flatten().filter_map(Value::as_str);
            checks.push(Check::Required(name.to_owned(), listed.map(str::to_owned).collect()));
        }
        for (name, dependent) in entries(schema, DEPENDENT) {
            let place = at.join(DEPENDENT).join(name);
            let held = self.same(schema, dependent, &place, &format!("{ident} with {name}"));
            checks.push(Check::Dependent(name.to_owned(), held));
        }
        for (index, conditional) in items(schema, CONDITIONALS).iter().enumerate() {
            let place = at.join(CONDITIONALS).join(index);
            let mut part = |name: &str| {
                let part = conditional.get(name)?;
                Some(Box::new(self.same(schema, part, &place.join(name), &format!("{ident} {name}"))))
            };
            if let Some(condition) = part("if") {
                checks.push(Check::Conditional(condition, part("then"), part("else")));
            }
        }
        if let Some(contained) = schema.get(CONTAINS) {
            let count = |keyword: &str| schema.get(keyword).and_then(Value::as_u64);
            let held = self.held(contained, &at.join(CONTAINS), &format!("{ident} contained"));
            checks.push(Check::Contains(held, count(LEAST).unwrap_or(1), count(MOST)));
        }
        if schema.get(PREFIX).is_some() {
            let first = items(schema, PREFIX).iter().enumerate();
            let first = first.map(|(index, item)| {
                self.held(item, &at.join(PREFIX).join(index), &format!("{ident} item {}", index + 1))
            });
            let first = first.collect();
            let rest = schema.get("items").map(|rest| self.held(rest, &at.join("items"), &format!("{ident} item")));
            checks.push(Check::Prefix(first, rest));
        }
        checks
    }

    fn matching(&mut self, schema: &Value, at: &Pointer, ident: &str) -> Option<Check> {
        schema.get(PATTERNS)?;
        let patterns = entries(schema, PATTERNS).enumerate().map(|(index, (pattern, of))| {
            let place = at.join(PATTERNS).join(pattern);
            (pattern.to_owned(), self.held(of, &place, &format!("{ident} matching {}", index + 1)))
        });
        let patterns = patterns.collect();
        let others = match schema.get("additionalProperties") {
            Some(Value::Bool(false)) => Others::None,
            Some(others @ Value::Object(_)) => {
                Others::Of(self.held(others, &at.join("additionalProperties"), &format!("{ident} value")))
            }
            _ => Others::Any,
        };
        let declared = entries(schema, "properties").map(|(name, _)| name.to_owned()).collect();
        Some(Check::Matching { patterns, declared, others })
    }

    /// A schema of the same value: of what type that is, and what its parts are, its holder may have said.
    fn same(&mut self, holder: &Value, schema: &Value, at: &Pointer, hint: &str) -> Held {
        let mut schema = typed(self.root, schema, holder);
        let required = take_required(&mut schema);
        Held { required, ..self.held(&schema, at, hint) }
    }

    fn held(&mut self, schema: &Value, at: &Pointer, hint: &str) -> Held {
        let Read { ty, nullable, merged, .. } = self.read(schema, at, hint);
        let target = target(self.root, schema);
        // A type that holds anything would hold what the schema refuses.
        if ty == TypeRef::Any && !constraints(target).is_empty() || is_loose(schema) {
            self.unchecked.push(at.clone());
        }
        let schema = merged.unwrap_or_else(|| target.clone());
        Held { ty: ty.nullable(nullable), schema, required: Vec::new() }
    }
}

/// The schemas that say something of the same value.
const ALTERNATIVES: [&str; 3] = ["allOf", "anyOf", "oneOf"];

/// A schema with the types that it leaves to another one of the same value.
fn typed(root: &Value, schema: &Value, holder: &Value) -> Value {
    let holder = target(root, holder);
    let mut schema = schema.clone();
    let Some(fields) = schema.as_object_mut().filter(|fields| !fields.is_empty() && !fields.contains_key("$ref"))
    else {
        return schema;
    };
    for keyword in ALTERNATIVES {
        if let Some(Value::Array(members)) = fields.get_mut(keyword) {
            members.iter_mut().for_each(|member| *member = typed(root, member, holder));
        }
    }
    if let Some(Value::Object(properties)) = fields.get_mut("properties") {
        for (name, property) in properties {
            let declared = holder.get("properties").and_then(|properties| properties.get(name));
            declared.into_iter().for_each(|declared| *property = typed(root, property, declared));
        }
    }
    if let Some((items, of)) = fields.get_mut("items").zip(holder.get("items")) {
        *items = typed(root, items, of);
    }
    let is_object = ["properties", "required", PATTERNS, NAMES].iter().any(|keyword| holder.get(*keyword).is_some());
    let ty = holder.get("type").and_then(Value::as_str).or(is_object.then_some("object"));
    if let Some(ty) = ty.filter(|_| !fields.contains_key("enum")) {
        fields.entry("type").or_insert_with(|| ty.into());
    }
    schema
}

/// Takes away the names of the properties that a schema requires by itself or by a member of its `allOf`, all written in place.
fn take_required(schema: &mut Value) -> Vec<String> {
    let Some(fields) = schema.as_object_mut().filter(|fields| !fields.contains_key("$ref")) else { return Vec::new() };
    let listed = fields.remove("required");
    let names = listed.as_ref().and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let mut required: Vec<String> = names.map(str::to_owned).collect();
    let members = fields.get_mut("allOf").and_then(Value::as_array_mut).into_iter().flatten();
    required.extend(members.flat_map(take_required));
    required
}

/// Whether a part of a schema restricts values without a word on their type.
fn is_loose(schema: &Value) -> bool {
    let mut open = vec![schema];
    while let Some(schema) = open.pop() {
        let says = |keyword: &str| schema.get(keyword).is_some();
        let parts = ["properties", PATTERNS].iter().flat_map(|keyword| entries(schema, keyword).map(|(_, part)| part));
        let lists = ALTERNATIVES.iter().flat_map(|keyword| items(schema, keyword));
        let is_typed = ["type", "$ref", "enum", "properties", "additionalProperties", PATTERNS, PREFIX];
        if !is_typed.into_iter().chain(ALTERNATIVES).any(says)
            && constraints(schema).keys().any(|keyword| !is_one(keyword))
        {
            return true;
        }
        open.extend(parts.chain(lists).chain(["items", "not"].iter().filter_map(|keyword| schema.get(*keyword))));
    }
    false
}
