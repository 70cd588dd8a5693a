//! What a slip with one clear meaning says: the judge's own reading of what is written otherwise than OpenAPI has it.
//!
//! A number among the listed values of a string is that string as it is written; a default that its own schema refuses says
//! nothing. Whoever judges a client by such a document judges it by what is meant. A union of one alternative is read as that
//! alternative, too: it is legal, and says the same.

use std::cell::RefCell;

use serde_json::{Map, Value};

use super::Pointer;

/// Fields whose value maps names of the author's choice to objects of the specification.
pub(crate) const MAPS: [&str; 14] = [
    "properties",
    "schemas",
    "responses",
    "parameters",
    "headers",
    "requestBodies",
    "securitySchemes",
    "links",
    "callbacks",
    "paths",
    "content",
    "encoding",
    "variables",
    "examples",
];

/// Fields of payloads, where nothing is an object of the specification.
const PAYLOADS: [&str; 6] = ["example", "default", "enum", "value", "mapping", "required"];

/// Reads a document; `written` gives a scalar without quotes as the text has it.
pub(super) fn read(mut root: Value, written: &dyn Fn(&Pointer) -> Option<String>) -> Value {
    // An example stands beside a schema that may be a reference, which leads somewhere in the tree as it is.
    let original = root.clone();
    let reader = Reader { root: &original, written, moved: RefCell::default() };
    reader.object(&mut root, &Pointer::root(), "");
    root
}

struct Reader<'r> {
    root: &'r Value,
    written: &'r dyn Fn(&Pointer) -> Option<String>,
    /// Where something was moved to, and from where.
    moved: RefCell<Vec<(Pointer, Pointer)>>,
}

impl Reader<'_> {
    /// Reads an object of the specification; `map` is the field of the mapping that holds it, where one does.
    fn object(&self, value: &mut Value, here: &Pointer, map: &str) {
        match value {
            Value::Array(items) => {
                for (at, item) in items.iter_mut().enumerate() {
                    self.object(item, &here.index(at), "");
                }
            }
            Value::Object(fields) => {
                if fields.get("in").and_then(Value::as_str) == Some("path") && fields.contains_key("name") {
                    fields.insert("required".to_owned(), true.into());
                }
                if map == "responses" {
                    let types: Vec<String> = fields.keys().filter(|name| name.contains('/')).cloned().collect();
                    self.move_into(fields, here, "content", &types);
                }
                if map == "content" && !fields.contains_key("schema") {
                    let keywords: Vec<String> =
                        fields.keys().filter(|name| is_keyword_of_schemas(name)).cloned().collect();
                    self.move_into(fields, here, "schema", &keywords);
                }
                self.schema(fields, here);
                self.holder(fields, here);
                self.texts(fields, here);
                for (name, inner) in fields.iter_mut() {
                    let there = here.child(name);
                    match inner {
                        _ if PAYLOADS.contains(&name.as_str()) || name.starts_with("x-") => {}
                        Value::Object(entries) if MAPS.contains(&name.as_str()) => {
                            for (key, object) in entries.iter_mut() {
                                self.object(object, &there.child(key), name);
                            }
                            // Renamed last, so that until then each place is the one in the text.
                            if name == "paths" {
                                plain_paths(entries);
                            }
                        }
                        inner => self.object(inner, &there, ""),
                    }
                }
                // Last, so that until then each member stands where it does in the text.
                without_itself(fields, here);
                with_one_alternative(fields);
            }
            _ => {}
        }
    }

    /// What a title or a version is that has no quotes; an empty description says nothing.
    fn texts(&self, fields: &mut Map<String, Value>, here: &Pointer) {
        for name in ["title", "version", "summary", "description", "name", "operationId"] {
            match fields.get_mut(name) {
                Some(text @ (Value::Number(_) | Value::Bool(_))) => *text = self.as_written(text, &here.child(name)),
                Some(Value::Null) => drop(fields.shift_remove(name)),
                _ => {}
            }
        }
    }

    fn as_written(&self, value: &Value, at: &Pointer) -> Value {
        let at = self.moved.borrow().iter().rev().fold(at.clone(), |at, (to, from)| {
            let rest = at.as_str().strip_prefix(to.as_str()).filter(|rest| rest.is_empty() || rest.starts_with('/'));
            rest.map(|rest| from.join(&Pointer::written(rest))).unwrap_or(at)
        });
        (self.written)(&at).unwrap_or_else(|| value.to_string()).into()
    }

    fn move_into(&self, fields: &mut Map<String, Value>, here: &Pointer, field: &str, names: &[String]) {
        if names.is_empty() {
            return;
        }
        let moved: Vec<(String, Value)> =
            names.iter().filter_map(|name| Some((name.clone(), fields.shift_remove(name)?))).collect();
        let target = fields.entry(field.to_owned()).or_insert_with(|| Value::Object(Map::new()));
        let Value::Object(target) = target else { return };
        for (name, value) in moved {
            if !target.contains_key(&name) {
                self.moved.borrow_mut().push((here.child(field).child(&name), here.child(&name)));
                target.insert(name, value);
            }
        }
    }

    fn schema(&self, fields: &mut Map<String, Value>, here: &Pointer) {
        let Some(kind) = fields.get("type").and_then(Value::as_str).and_then(type_named) else { return };
        fields.insert("type".to_owned(), kind.into());
        if let Some(listed) = fields.get_mut("enum").and_then(Value::as_array_mut) {
            for (at, value) in listed.iter_mut().enumerate() {
                if let Some(meant) = self.meant(kind, value, &here.child("enum").index(at)) {
                    *value = meant;
                }
            }
        }
        for name in ["example", "default"] {
            if let Some(value) = fields.get(name)
                && let Some(meant) = self.meant(kind, value, &here.child(name))
            {
                fields.insert(name.to_owned(), meant);
            }
        }
        let nullable = fields.get("nullable") == Some(&Value::Bool(true));
        let listed = fields.get("enum").and_then(Value::as_array);
        let refused = fields.get("default").is_some_and(|default| {
            !(default.is_null() && nullable)
                && (!is_of(kind, default) || listed.is_some_and(|listed| !listed.contains(default)))
        });
        if refused {
            fields.shift_remove("default");
        }
    }

    /// The example of a parameter, a header or a media type, by the schema beside it.
    fn holder(&self, fields: &mut Map<String, Value>, here: &Pointer) {
        let (Some(example), Some(mut schema)) = (fields.get("example"), fields.get("schema")) else { return };
        for _ in 0..16 {
            let target = schema.get("$ref").and_then(Value::as_str).and_then(Pointer::from_reference);
            match target.and_then(|target| self.root.pointer(target.as_str())) {
                Some(next) => schema = next,
                None => break,
            }
        }
        let kind = schema.get("type").and_then(Value::as_str).and_then(type_named);
        if let Some(meant) = kind.and_then(|kind| self.meant(kind, example, &here.child("example"))) {
            fields.insert("example".to_owned(), meant);
        }
    }

    /// A scalar of another type than its schema's, as it was meant.
    fn meant(&self, kind: &str, value: &Value, at: &Pointer) -> Option<Value> {
        match (kind, value) {
            ("string", Value::Number(_) | Value::Bool(_)) => Some(self.as_written(value, at)),
            ("boolean", Value::String(text)) => match text.to_lowercase().as_str() {
                "true" | "yes" | "on" => Some(true.into()),
                "false" | "no" | "off" => Some(false.into()),
                _ => None,
            },
            ("integer" | "number", Value::String(text)) => match text.parse::<i64>() {
                Ok(whole) => Some(whole.into()),
                Err(_) if kind == "number" => {
                    text.parse::<f64>().ok().filter(|number| number.is_finite()).map(Value::from)
                }
                Err(_) => None,
            },
            _ => None,
        }
    }
}

/// OpenAPI's name of a type that may be written in another case, or as other languages call it.
fn type_named(name: &str) -> Option<&'static str> {
    Some(match name.to_lowercase().as_str() {
        "string" | "str" | "text" => "string",
        "integer" | "int" | "int32" | "int64" | "long" => "integer",
        "number" | "float" | "double" | "decimal" => "number",
        "boolean" | "bool" => "boolean",
        "array" | "list" => "array",
        "object" | "map" | "dict" | "struct" => "object",
        _ => return None,
    })
}

fn is_of(kind: &str, value: &Value) -> bool {
    match kind {
        "string" => value.is_string(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        _ => value.is_object(),
    }
}

fn is_keyword_of_schemas(name: &str) -> bool {
    !matches!(name, "schema" | "example" | "examples" | "encoding") && !name.starts_with("x-")
}

/// An `allOf` without the schema that it is part of.
fn without_itself(fields: &mut Map<String, Value>, here: &Pointer) {
    if let Some(members) = fields.get_mut("allOf").and_then(Value::as_array_mut) {
        let itself = format!("#{}", here.as_str());
        members.retain(|member| member.get("$ref").and_then(Value::as_str) != Some(itself.as_str()));
        if members.is_empty() {
            fields.shift_remove("allOf");
        }
    }
}

/// One alternative is none: what is `oneOf` or `anyOf` a single schema is that schema, as it is with `allOf`.
fn with_one_alternative(fields: &mut Map<String, Value>) {
    for keyword in ["oneOf", "anyOf"] {
        let one = fields.get(keyword).and_then(Value::as_array).is_some_and(|members| members.len() == 1);
        if !one || fields.contains_key("discriminator") {
            continue;
        }
        let members = fields.shift_remove(keyword).unwrap_or_default();
        match (fields.get_mut("allOf"), members) {
            (Some(Value::Array(all)), Value::Array(members)) => all.extend(members),
            (_, members) => drop(fields.insert("allOf".to_owned(), members)),
        }
    }
}

/// Paths without the operators of RFC 6570, of which the style of a parameter speaks.
fn plain_paths(paths: &mut Map<String, Value>) {
    let plain = |path: &str| {
        let segments = path.split('{').enumerate().map(|(at, piece)| match (at, piece.split_once('}')) {
            (0, _) | (_, None) => piece.to_owned(),
            (_, Some((name, rest))) => {
                let name = name.trim_start_matches(['.', ';', '?', '&', '+', '#', '/']).trim_end_matches('*');
                format!("{name}}}{rest}")
            }
        });
        segments.collect::<Vec<_>>().join("{")
    };
    let taken: Vec<String> = paths.keys().cloned().collect();
    *paths = std::mem::take(paths)
        .into_iter()
        .map(|(path, item)| {
            let renamed = plain(&path);
            (if renamed == path || taken.contains(&renamed) { path } else { renamed }, item)
        })
        .collect();
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::document::Document;

    #[test]
    fn slips_are_read_as_they_are_meant() {
        let text = r#"
openapi: 3.0.3
info: {title: 7, version: 1.10}
paths:
  /a/{b*}:
    get:
      parameters:
        - {name: b, in: path, schema: {$ref: '#/components/schemas/Code'}, example: 090}
      responses:
        '200':
          description:
          text/plain: {type: Int}
        '201':
          description: moved
          text/csv: {type: string, example: 0101}
        '202':
          description: moved once
          content:
            text/csv: {type: string, enum: [007]}
components:
  schemas:
    Code: {type: string, enum: [010, 1.10, no], default: x}
    Flag: {type: bool, default: 'true'}
    Count: {type: integer, default: null}
    Both: {allOf: [{$ref: '#/components/schemas/Both'}, {type: string, example: 0x10}], type: string}
    Only: {oneOf: [{type: integer}], allOf: [{minimum: 1}], anyOf: [{type: integer}, {}]}
    Nothing: {type: string, nullable: true, default: null, properties: {example: {type: string, example: 1}}}
"#;
        let document = Document::parse("a.yaml", text).unwrap();
        let expected = json!({
            "openapi": "3.0.3",
            "info": {"title": "7", "version": "1.10"},
            "paths": {"/a/{b}": {"get": {
                "parameters": [{
                    "name": "b", "in": "path", "schema": {"$ref": "#/components/schemas/Code"}, "example": "090",
                    "required": true,
                }],
                "responses": {
                    "200": {"content": {"text/plain": {"schema": {"type": "integer"}}}},
                    "201": {
                        "description": "moved",
                        "content": {"text/csv": {"example": "0101", "schema": {"type": "string"}}},
                    },
                    "202": {
                        "description": "moved once",
                        "content": {"text/csv": {"schema": {"type": "string", "enum": ["007"]}}},
                    },
                },
            }}},
            "components": {"schemas": {
                "Code": {"type": "string", "enum": ["010", "1.10", "no"]},
                "Flag": {"type": "boolean", "default": true},
                "Count": {"type": "integer"},
                "Both": {"allOf": [{"type": "string", "example": "0x10"}], "type": "string"},
                "Only": {"allOf": [{"minimum": 1}, {"type": "integer"}], "anyOf": [{"type": "integer"}, {}]},
                "Nothing": {
                    "type": "string", "nullable": true, "default": null,
                    "properties": {"example": {"type": "string", "example": "1"}},
                },
            }},
        });
        assert_eq!(document.root(), &expected);
        // OpenAPI 3.1 is read as it stands: there a default says something whatever it is.
        let later = "openapi: 3.1.0\ncomponents: {schemas: {Code: {type: string, default: 7}}}";
        let later = Document::parse_any("a.yaml", later).unwrap();
        assert_eq!(later.root().pointer("/components/schemas/Code/default"), Some(&json!(7)));
    }
}
