//! A document of OpenAPI 3.0 without the keywords that only later versions know: in 3.0 they say nothing.

use std::collections::HashSet;

use serde_json::Value;

use super::Pointer;
use super::files::table::{Kind, Want, field};

/// Keywords of schemas in JSON Schema, of whichever draft. Where schemas are kept for references, they stay.
const KEYWORDS: &str = "const examples patternProperties prefixItems contentEncoding contentMediaType contentSchema additionalItems if \
    then else contains minContains maxContains propertyNames unevaluatedProperties unevaluatedItems dependentRequired \
    dependentSchemas dependencies $comment $vocabulary $schema $id id $anchor $dynamicRef $dynamicAnchor";

/// The same fields of other objects, by the pointer of what holds each.
const FIELDS: [(&str, &str); 4] =
    [("", "webhooks"), ("", "jsonSchemaDialect"), ("/info", "summary"), ("/info/license", "identifier")];

pub(super) fn read(mut root: Value) -> Value {
    for (holder, field) in FIELDS {
        let holder = root.pointer_mut(holder).and_then(Value::as_object_mut);
        holder.map(|holder| holder.shift_remove(field));
    }
    let referred: HashSet<String> = references(&root);
    if let Some(components) = root.get_mut("components").and_then(Value::as_object_mut)
        && let Some(items) = components.get_mut("pathItems").and_then(Value::as_object_mut)
    {
        // They stand there for references alone.
        items.retain(|name, _| referred.contains(&Pointer::written("/components/pathItems").child(name).to_string()));
        if items.is_empty() {
            components.shift_remove("pathItems");
        }
    }
    without(&mut root, Want::One(Kind::Document));
    root
}

/// Where the document's references lead.
fn references(root: &Value) -> HashSet<String> {
    let (mut found, mut open) = (HashSet::new(), vec![root]);
    while let Some(value) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items),
            Value::Object(fields) => {
                let target = fields.get("$ref").and_then(Value::as_str).and_then(Pointer::from_reference);
                found.extend(target.map(|target| target.to_string()));
                open.extend(fields.values());
            }
            _ => {}
        }
    }
    found
}

fn without(value: &mut Value, want: Want) {
    match (want, value) {
        (Want::List(kind), Value::Array(items)) => items.iter_mut().for_each(|item| without(item, Want::One(kind))),
        (Want::One(Kind::Plain), Value::Array(items)) => items.iter_mut().for_each(|item| without(item, want)),
        (Want::Map(kind), Value::Object(entries)) => {
            entries.values_mut().for_each(|entry| without(entry, Want::One(kind)));
        }
        (Want::One(kind), Value::Object(fields)) => {
            if kind == Kind::Schema {
                let is_limit = |name: &str| ["exclusiveMinimum", "exclusiveMaximum"].contains(&name);
                fields.retain(|name, value| {
                    let is_later = KEYWORDS.split_whitespace().any(|known| known == name);
                    !is_later && (!is_limit(name) || !value.is_number())
                });
            }
            for (name, inner) in fields.iter_mut() {
                if let Some(want) = field(kind, name) {
                    without(inner, want);
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::document::Document;

    #[test]
    fn what_only_later_versions_know_says_nothing() {
        let document = Document::parse(
            "a.yaml",
            "openapi: 3.0.3\ninfo: {title: T, version: '1', summary: s}\npaths: {/a: {$ref: '#/components/pathItems/a'}}\nwebhooks: {}\ncomponents:\n  pathItems: {a: {}, b: {}}\n  schemas:\n    A: {type: \
             integer, const: 1, exclusiveMinimum: 2, properties: {const: {examples: [1], example: {const: 1}}}}\n",
        )
        .unwrap();
        assert_eq!(
            document.root(),
            &json!({
                "openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {"/a": {"$ref": "#/components/pathItems/a"}},
                "components": {"pathItems": {"a": {}}, "schemas": {"A": {"type": "integer", "properties": {"const": {"example": {"const": 1}}}}}},
            })
        );
    }
}
