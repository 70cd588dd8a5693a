//! Schemas: progenitor (through typify) panics on `not`, on enumerations of mixed type and on variants whose names
//! collide, takes two unnamed answers of one operation for one type, and loses most constraints.
//!
//! So every schema is read here, each that needs a type gets a name of its own, and progenitor is left with the structs
//! and with the names of all other types.

use serde_json::{Map, Value, json};

use super::operations::{each_operation, origin};
use super::request_bodies::{BodyKind, MEDIA_TYPE, RequestBody, essence};
use super::{Normalized, Parameter, Pass};
use crate::diagnostic::Level;
use crate::document::{Document, Pointer};
use crate::model::{NamedType, Read, Reader, Shape, Struct, TypeRef, follow, pascal};

pub(super) const PASS: Pass = Pass {
    name: "schemas",
    about: "every schema that is not a primitive becomes a type with a name of its own, and each use of it that name",
    apply,
};

/// The private key of the type that a schema has become, beside the schema.
pub const TYPE: &str = "x-codegen-type";

fn apply(document: &Document, normalized: &mut Normalized) {
    let mut reader = Reader::new(document.root());
    let mut parameters = Vec::new();
    let mut bodies = Vec::new();
    each_operation(&mut normalized.root, |site| {
        let method_name = site.operation.get("operationId").and_then(Value::as_str).unwrap_or_default().to_owned();
        let id = pascal(&method_name);
        let at = origin(&Value::Object(site.operation.clone()), site.pointer.clone());
        for parameter in site.operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten() {
            let name = parameter.get("name").and_then(Value::as_str).map(pascal).unwrap_or_default();
            let place = origin(parameter, at.join("parameters")).join("schema");
            let schema = target(document, parameter);
            if let Some(read) = replace(&mut reader, parameter, &place, &format!("{id} {name}"), Builder::None) {
                parameters.push(Parameter::new(&method_name, parameter, read, schema));
            }
        }
        if let Some(body) = site.operation.get_mut("requestBody") {
            let required = body.get("required").and_then(Value::as_bool).unwrap_or(false);
            let sent = body.get(MEDIA_TYPE).and_then(Value::as_str).map(essence).unwrap_or_default();
            let content = body.get_mut("content").and_then(Value::as_object_mut);
            // The pass before this one has left a single media type.
            for (media, content) in content.into_iter().flatten() {
                let pointer = origin(content, at.join("requestBody").join("content").join(media));
                let place = pointer.join("schema");
                let schema = target(document, content);
                let kind = match media.as_str() {
                    "application/json" | "application/x-www-form-urlencoded" => {
                        let read = replace(&mut reader, content, &place, &format!("{id} body"), Builder::OfStructs);
                        let Some(read) = read else { continue };
                        if has_builder(&reader, &read) {
                            BodyKind::Struct(read.ty)
                        } else {
                            BodyKind::Value(read.ty.nullable(read.nullable))
                        }
                    }
                    "text/plain" => BodyKind::Text,
                    _ if sent == "multipart/form-data" => BodyKind::Form,
                    _ => BodyKind::Bytes,
                };
                bodies.push(RequestBody { operation: method_name.clone(), required, kind, pointer, schema });
            }
        }
        let responses = site.operation.get_mut("responses").and_then(Value::as_object_mut);
        for (status, response) in responses.into_iter().flatten() {
            let place = origin(response, at.join("responses").join(status));
            let hint = if status.starts_with('2') { format!("{id} response") } else { format!("{id} error") };
            let Some(content) = response.pointer_mut("/content/application~1json") else { continue };
            let place = place.join("content").join("application/json").join("schema");
            replace(&mut reader, content, &place, &hint, Builder::OfStructs);
        }
    });
    let (types, untyped) = reader.finish();
    for pointer in untyped {
        normalized.report(
            document,
            ("untyped-schema", Level::Warning),
            pointer,
            "no Rust type says what this schema says, so the client has a `serde_json::Value` here".to_owned(),
            "nothing of a payload is lost; give each alternative a schema of its own to have it typed",
        );
    }
    let schemas: Map<String, Value> = types.iter().filter_map(declaration).collect();
    if let Some(root) = normalized.root.as_object_mut() {
        root.insert("components".to_owned(), json!({ "schemas": schemas }));
    }
    normalized.types = types;
    normalized.parameters = parameters;
    normalized.bodies = bodies;
}

/// The schema of a parameter or media type, its reference followed.
fn target(document: &Document, holder: &Value) -> Value {
    let schema = holder.get("schema").unwrap_or(&Value::Null);
    follow(document.root(), schema, &Pointer::root()).map_or(schema, |(target, _)| target).clone()
}

/// Whether progenitor is to know that a type has a builder: it offers one for a body, and panics on any for a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Builder {
    OfStructs,
    None,
}

fn replace(reader: &mut Reader<'_>, holder: &mut Value, at: &Pointer, hint: &str, builder: Builder) -> Option<Read> {
    let slot = holder.get_mut("schema")?;
    let read = reader.read(slot, at, hint);
    // A reference is how progenitor knows that a struct has a builder.
    *slot = match &read.ty {
        TypeRef::Named(ident) if builder == Builder::OfStructs && has_builder(reader, &read) => {
            json!({ "$ref": format!("#/components/schemas/{ident}") })
        }
        ty => ty.clone().nullable(read.nullable).to_schema(),
    };
    if let (Ok(ty), Some(holder)) =
        (serde_json::to_value(read.ty.clone().nullable(read.nullable)), holder.as_object_mut())
    {
        holder.insert(TYPE.to_owned(), ty);
    }
    Some(read)
}

fn has_builder(reader: &Reader<'_>, read: &Read) -> bool {
    matches!(&read.ty, TypeRef::Named(ident) if !read.nullable && reader.is_struct(ident))
}

/// What progenitor is told of a type: the fields of a struct; all others it knows by name alone.
fn declaration(ty: &NamedType) -> Option<(String, Value)> {
    match &ty.shape {
        Shape::Struct(object) => Some((ty.ident.clone(), object_schema(object))),
        _ => None,
    }
}

fn object_schema(object: &Struct) -> Value {
    let properties: Map<String, Value> = object
        .fields
        .iter()
        .map(|field| (field.ident.clone(), field.ty.clone().nullable(field.nullable).to_schema()))
        .collect();
    let required: Vec<&str> =
        object.fields.iter().filter(|field| field.required).map(|field| field.ident.as_str()).collect();
    let mut schema = json!({ "type": "object", "properties": properties, "required": required });
    if let (Some(additional), Some(object)) = (&object.additional, schema.as_object_mut()) {
        object.insert("additionalProperties".to_owned(), additional.to_schema());
    }
    schema
}
