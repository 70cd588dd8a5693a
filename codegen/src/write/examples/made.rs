//! Examples of types for which the document has none: the least that a schema asks for. Where a schema asks for more than is
//! understood here, such as a pattern, there is none.

use serde_json::{Map, Value, json};

use super::is_same;
use crate::keyword::{additional_properties, checks, whole};
use crate::model::{Field, NamedType, Shape, Struct, TypeRef, Types, Union, UnionKeyword};

/// How deep an example may be: a type that must hold itself has none.
const DEEPEST: usize = 8;

/// A value of a named type that its schema accepts, if one is found.
pub fn of_named(ty: &NamedType, types: &Types) -> Option<Value> {
    named(ty, types, DEEPEST)
}

fn named(ty: &NamedType, types: &Types, depth: usize) -> Option<Value> {
    let depth = depth.checked_sub(1)?;
    if !ty.checks.is_empty() {
        return None;
    }
    let schema = &ty.schema;
    match &ty.shape {
        Shape::Enum(listed) => {
            let value = listed.variants.first().map(|variant| variant.value.clone())?;
            is_unbounded(schema).then_some(value)
        }
        Shape::Text => text(schema),
        Shape::Struct(object) => of_struct(object, schema, types, depth),
        Shape::Union(union) => of_union(union, schema, types, depth),
        Shape::Alias(target) | Shape::Wrapper(target) => of_type(target, schema, types, depth),
    }
}

fn of_struct(object: &Struct, schema: &Value, types: &Types, depth: usize) -> Option<Value> {
    if ["oneOf", "anyOf", "not"].iter().any(|keyword| schema.get(*keyword).is_some()) {
        return None;
    }
    let required = object.fields.iter().filter(|field| field.required);
    let members = required.map(|field| Some((field.wire.clone(), stated(&field.schema, &field.ty, types, depth)?)));
    let members: Map<String, Value> = members.collect::<Option<_>>()?;
    let (count, of) = (members.len() as u64, |keyword: &str| schema.get(keyword).and_then(Value::as_u64));
    let fits =
        of("minProperties").is_none_or(|least| least <= count) && of("maxProperties").is_none_or(|most| count <= most);
    fits.then(|| members.into())
}

/// The first alternative that its tag names; without tags, one whose value is plainly none of the others, or else one that may be.
fn of_union(union: &Union, schema: &Value, types: &Types, depth: usize) -> Option<Value> {
    if schema.get("properties").is_some() && union.keyword != UnionKeyword::Family {
        return None;
    }
    let mut made = union.variants.iter().enumerate().filter_map(|(index, variant)| {
        let mut value = stated(&variant.schema, &variant.ty, types, depth)?;
        if let Some(discriminator) = &union.discriminator {
            let tag = discriminator.values.get(index)?.as_ref()?.first()?;
            value.as_object_mut()?.insert(discriminator.property.clone(), tag.as_str().into());
        }
        Some((index, value))
    });
    if union.discriminator.is_some() {
        return made.next().map(|(_, value)| value);
    }
    let made: Vec<(usize, Value)> = made.collect();
    let alone = made.iter().find(|(index, value)| {
        union.variants.iter().enumerate().all(|(other, variant)| other == *index || excludes(&variant.ty, value, types))
    });
    let any = made.first().filter(|_| union.keyword == UnionKeyword::AnyOf);
    alone.or(any).map(|(_, value)| value.clone())
}

/// Whether a value is plainly none of a type: of another kind, without a property that is required, or not among the listed ones.
pub fn excludes(ty: &TypeRef, value: &Value, types: &Types) -> bool {
    is_none_of(ty, value, types, DEEPEST)
}

fn is_none_of(ty: &TypeRef, value: &Value, types: &Types, depth: usize) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    let is_none = |ty: &TypeRef, value: &Value| is_none_of(ty, value, types, depth);
    match (ty, value) {
        (TypeRef::Any, _) | (TypeRef::Nullable(_), Value::Null) => false,
        (TypeRef::Nullable(held) | TypeRef::Boxed(held), _) => is_none(held, value),
        (TypeRef::Bool, _) => !value.is_boolean(),
        (TypeRef::Integer(_), _) => whole(value).is_none(),
        (TypeRef::F64, _) => !value.is_number(),
        (TypeRef::String | TypeRef::Format(_), _) => !value.is_string(),
        (TypeRef::Vec(item), Value::Array(items)) => items.iter().any(|one| is_none(item, one)),
        (TypeRef::Map(held), Value::Object(members)) => members.values().any(|one| is_none(held, one)),
        (TypeRef::Vec(_) | TypeRef::Map(_), _) => true,
        (TypeRef::Named(ident), _) => types.get(ident).is_some_and(|ty| match (&ty.shape, value) {
            (Shape::Struct(object), Value::Object(members)) => {
                let is_other = |field: &Field| match members.get(&field.wire) {
                    None => field.required,
                    Some(member) => !(member.is_null() && field.nullable) && is_none(&field.ty, member),
                };
                let is_unknown = |name: &String| object.fields.iter().all(|field| field.wire != *name);
                object.fields.iter().any(is_other)
                    || additional_properties::is_closed(&ty.schema) && members.keys().any(is_unknown)
            }
            (Shape::Struct(_), _) => true,
            (Shape::Enum(listed), _) => !listed.variants.iter().any(|variant| is_same(&variant.value, value)),
            (Shape::Text, _) => !value.is_string(),
            (Shape::Alias(held) | Shape::Wrapper(held), _) => is_none(held, value),
            (Shape::Union(union), _) => union.variants.iter().all(|variant| is_none(&variant.ty, value)),
        }),
    }
}

/// What the document gives as an example or default in a place, else what is made for it.
fn stated(schema: &Value, ty: &TypeRef, types: &Types, depth: usize) -> Option<Value> {
    let given = ["example", "default"].iter().filter_map(|keyword| schema.get(*keyword));
    given.into_iter().find(|value| !value.is_null()).cloned().or_else(|| of_type(ty, schema, types, depth))
}

fn of_type(ty: &TypeRef, schema: &Value, types: &Types, depth: usize) -> Option<Value> {
    let count = |keyword: &str| schema.get(keyword).map_or(Some(0), Value::as_u64);
    match ty {
        TypeRef::Named(ident) => named(types.get(ident)?, types, depth),
        TypeRef::Boxed(inner) | TypeRef::Nullable(inner) => of_type(inner, schema, types, depth),
        _ if checks::alone(schema).as_object().is_some_and(|asked| !asked.is_empty()) => None,
        TypeRef::Bool => Some(true.into()),
        TypeRef::Integer(_) | TypeRef::F64 => number(schema),
        TypeRef::String => text(schema),
        TypeRef::Format(name) => text(schema).filter(|_| !name.is_empty()),
        TypeRef::Any if is_unbounded(schema) => {
            let listed = schema.get("enum").and_then(Value::as_array);
            listed.map_or_else(|| Some(json!({})), |listed| listed.first().cloned())
        }
        TypeRef::Any => None,
        TypeRef::Vec(item) => {
            let least = usize::try_from(count("minItems")?).ok().filter(|least| *least <= MOST_ITEMS)?;
            let one = || stated(schema.get("items").unwrap_or(&Value::Null), item, types, depth.checked_sub(1)?);
            let is_one = least < 2 || schema.get("uniqueItems") != Some(&Value::Bool(true));
            if least == 0 { Some(json!([])) } else { one().filter(|_| is_one).map(|one| vec![one; least].into()) }
        }
        TypeRef::Map(_) => (count("minProperties")? == 0).then(|| json!({})),
    }
}

/// The least whole number of at least one within the bounds that a schema has, or else the greatest.
fn number(schema: &Value) -> Option<Value> {
    let of = |keyword: &str| schema.get(keyword).map(|value| whole(value).ok_or(())).transpose().ok();
    if ["exclusiveMinimum", "exclusiveMaximum"].iter().any(|keyword| schema.get(*keyword).is_some_and(Value::is_number))
    {
        return None;
    }
    let is_exclusive = |keyword: &str| i128::from(schema.get(keyword) == Some(&Value::Bool(true)));
    let least = of("minimum")?.map(|least| least.saturating_add(is_exclusive("exclusiveMinimum")));
    let most = of("maximum")?.map(|most| most.saturating_sub(is_exclusive("exclusiveMaximum")));
    let step = of("multipleOf")?.unwrap_or(1).max(1);
    let up = least.unwrap_or(1).max(1);
    let up = up.checked_add((step - up.rem_euclid(step)).rem_euclid(step))?;
    let down = most.map(|most| most - most.rem_euclid(step));
    let one = down.map_or(up, |down| down.min(up));
    let fits = least.is_none_or(|least| least <= one);
    i64::try_from(one).ok().filter(|_| fits).map(Value::from)
}

/// How many items a list may have to have that is made.
const MOST_ITEMS: usize = 8;

/// How long a string may have to be that is made.
const LONGEST: usize = 64;

/// A string of the length and format that a schema asks for.
fn text(schema: &Value) -> Option<Value> {
    if schema.get("pattern").is_some() {
        return None;
    }
    let sample = match schema.get("format").and_then(Value::as_str) {
        None | Some("password" | "binary") => None,
        Some("byte") => Some("dGV4dA=="),
        Some("date") => Some("2024-02-29"),
        Some("date-time") => Some("2024-02-29T12:00:00Z"),
        Some("email") => Some("user@example.com"),
        Some("hostname") => Some("example.com"),
        Some("ipv4") => Some("192.0.2.1"),
        Some("ipv6") => Some("2001:db8::1"),
        Some("uri") => Some("https://example.com/"),
        Some("uuid") => Some("123e4567-e89b-12d3-a456-426614174000"),
        Some(_) => return None,
    };
    let count =
        |keyword: &str| schema.get(keyword).map(|value| whole(value).and_then(|count| usize::try_from(count).ok()));
    // A longer one shows nothing, and may be longer than there is room for.
    let least = count("minLength").map_or(Some(0), |count| count).filter(|least| *least <= LONGEST)?;
    let most = ["maxLength", "x-maxBytes"].iter().filter_map(|keyword| count(keyword)).collect::<Option<Vec<_>>>()?;
    let most = most.into_iter().min().unwrap_or(usize::MAX);
    let text = match sample {
        Some(sample) => sample.to_owned(),
        None => "text".chars().cycle().take(least.max(4.min(most))).collect(),
    };
    (least..=most).contains(&text.len()).then(|| text.into())
}

/// Whether no bound or format stands beside listed values, of which the first might not meet it.
fn is_unbounded(schema: &Value) -> bool {
    let asked = schema.as_object().into_iter().flatten().map(|(keyword, _)| keyword.as_str());
    let known =
        ["type", "enum", "nullable", "description", "title", "deprecated", "default", "example", "externalDocs", "xml"];
    asked.into_iter().all(|keyword| known.contains(&keyword) || keyword.starts_with("x-"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn no_string_is_made_that_is_longer_than_a_line() {
        assert_eq!(text(&json!({ "minLength": 6 })), Some(json!("textte")));
        assert_eq!(text(&json!({ "minLength": 4_000_000_000_u64 })), None);
    }
}
