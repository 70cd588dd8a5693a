//! The document that progenitor reads: identifiers in place of names, types in place of schemas, and nothing that only describes.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::model::{
    Api, BodyKind, NamedType, Operation, ParameterIn, Reading, RequestBody, ResponseBody, Shape, Struct, TypeRef,
    in_identifiers,
};

/// Writes the document for some operations and structs of an API; the structs of the operations' bodies must be among them.
pub fn write<'t>(
    api: &Api<'_>,
    operations: &[Operation<'_>],
    structs: impl IntoIterator<Item = &'t NamedType>,
) -> Value {
    let mut paths = Map::new();
    for operation in operations {
        let item = paths
            .entry(in_identifiers(operation.path, &operation.parameters))
            .or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(item) = item {
            item.insert(operation.method.key().to_owned(), self::operation(api, operation));
        }
    }
    let schemas: Map<String, Value> = structs.into_iter().filter_map(declaration).collect();
    json!({
        "openapi": "3.0.3",
        "info": { "title": "API", "version": "0" },
        "paths": paths,
        "components": { "schemas": schemas },
    })
}

/// The structs that operations exchange, which progenitor must know with their fields.
pub fn structs_of<'t>(api: &'t Api<'_>, operations: &[Operation<'_>]) -> Vec<&'t NamedType> {
    let types = &api.types;
    let exchanged = operations.iter().flat_map(|operation| {
        let sent = operation.body.as_ref().and_then(|body| body.sent.as_ref()?.kind.ty());
        let read = operation.readings.iter().filter_map(|reading| reading.body.ty());
        sent.into_iter().chain(read)
    });
    let idents: BTreeSet<&str> = exchanged
        .filter_map(|ty| match ty {
            TypeRef::Named(ident) if api.types.struct_of(ty).is_some() => Some(ident.as_str()),
            _ => None,
        })
        .collect();
    idents.into_iter().filter_map(|ident| types.get(ident)).collect()
}

fn operation(api: &Api<'_>, operation: &Operation<'_>) -> Value {
    let parameters = operation.parameters.iter().map(|parameter| {
        // A cookie travels in a header.
        let location = if parameter.location == ParameterIn::Cookie { ParameterIn::Header } else { parameter.location };
        json!({
            "name": parameter.ident,
            "in": location.key(),
            "required": parameter.required,
            "schema": parameter.ty.clone().nullable(parameter.nullable).to_schema(),
        })
    });
    // Of the successes progenitor needs the type alone, which all statuses share. It has no errors of several types.
    let success = operation.readings.iter().find(|reading| reading.success);
    let responses = success.map(|success| ("200".to_owned(), response(api, operation, success))).into_iter();
    let mut written = json!({
        "operationId": operation.ident,
        "parameters": parameters.collect::<Vec<_>>(),
        "responses": responses.collect::<Map<_, _>>(),
    });
    if let (Some(body), Value::Object(written)) =
        (operation.body.as_ref().and_then(|body| self::body(api, body)), &mut written)
    {
        written.insert("requestBody".to_owned(), body);
    }
    written
}

fn body(api: &Api<'_>, body: &RequestBody<'_>) -> Option<Value> {
    let (media_type, schema) = match &body.sent.as_ref()?.kind {
        // What a type's text is, progenitor need not know.
        BodyKind::Json(ty) | BodyKind::Text(ty) => ("application/json", exchanged(api, ty)),
        BodyKind::Form(ty) => ("application/x-www-form-urlencoded", exchanged(api, ty)),
        // progenitor has no forms of several parts; a builder of bytes has the same setters.
        BodyKind::Bytes | BodyKind::Multipart => {
            ("application/octet-stream", json!({ "type": "string", "format": "binary" }))
        }
    };
    Some(json!({ "required": body.required, "content": { media_type: { "schema": schema } } }))
}

fn response(api: &Api<'_>, operation: &Operation<'_>, reading: &Reading<'_>) -> Value {
    let status_enum = api.status_enum(operation.success);
    let content = match (status_enum, &reading.body) {
        (Some(status_enum), _) => Some(("application/json", TypeRef::Named(status_enum.ident.clone()).to_schema())),
        (None, ResponseBody::Json(ty, _) | ResponseBody::Text(ty, _)) => Some(("application/json", exchanged(api, ty))),
        (None, ResponseBody::Raw | ResponseBody::Stream(..)) => Some(("application/octet-stream", json!({}))),
        (None, ResponseBody::Empty) => None,
    };
    match content {
        Some((media_type, schema)) => json!({ "description": "", "content": { media_type: { "schema": schema } } }),
        None => json!({ "description": "" }),
    }
}

/// The type of a body. A reference is how progenitor knows that a struct has a builder.
fn exchanged(api: &Api<'_>, ty: &TypeRef) -> Value {
    match ty {
        TypeRef::Named(ident) if api.types.struct_of(ty).is_some() => {
            json!({ "$ref": format!("#/components/schemas/{ident}") })
        }
        ty => ty.to_schema(),
    }
}

/// The fields of a struct; all other types progenitor knows by name alone.
fn declaration(ty: &NamedType) -> Option<(String, Value)> {
    match &ty.shape {
        Shape::Struct(object) => Some((ty.ident.clone(), fields(object))),
        _ => None,
    }
}

fn fields(object: &Struct) -> Value {
    let properties = object.fields.iter();
    let properties: Map<String, Value> =
        properties.map(|field| (field.ident.clone(), field.ty.clone().nullable(field.nullable).to_schema())).collect();
    let required: Vec<&str> =
        object.fields.iter().filter(|field| field.required).map(|field| field.ident.as_str()).collect();
    let mut schema = json!({ "type": "object", "properties": properties, "required": required });
    if let (Some(additional), Value::Object(schema)) = (&object.additional, &mut schema) {
        schema.insert("additionalProperties".to_owned(), additional.to_schema());
    }
    schema
}
