//! The lines that tie a client to the judge: which schema of the document is which type, and which operation which call.
//!
//! Facts only, as text: the macro `contract_tests::client!` makes code of them, and the judge holds them against its own
//! reading of the document.

mod mocks;

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use serde_json::Value;

use crate::Bindings;
use crate::document::Document;
use crate::keyword::{all_of, checks};
use crate::model::{
    Api, BodyKind, Content, Enum, Field, Form, Framing, Grant, NamedType, Operation, ParameterIn, Reading,
    ResponseBody, SecurityScheme, Sent, Shape, TypeRef, pascal, response_headers,
};
use crate::render::with_header;
use crate::write::{marker, oauth};

/// The bindings of a client: a Rust source that is a module of its own.
pub fn write(document: &Document, api: &Api<'_>, Bindings { client, sources }: Bindings<'_>) -> String {
    let base_url = if api.base_url().is_some() { ", DEFAULT_BASE_URL" } else { "" };
    let components = api.types.iter().filter_map(|ty| {
        let direction = match ty.form {
            Form::Shared => "Both",
            Form::Response => "Response",
            Form::Request(_) => "Request",
        };
        Some(schema(ty.component.as_ref()?, direction, ty))
    });
    let bodies = body_schemas(api);
    let in_bodies = bodies.iter().map(|(name, (direction, ty))| schema(name, direction, ty));
    let schemas: String = components.chain(in_bodies).map(|line| format!("        {line};\n")).collect();
    let enumerations = enumerations(api, &bodies);
    let headers = header_readers(api);
    let tokens = token_sources(api);
    let stated: Vec<Option<&str>> = api.operations.iter().map(|one| stated_id(document, one)).collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    stated.iter().flatten().for_each(|id| *counts.entry(id).or_default() += 1);
    // Without an id of its own, an operation goes by what every operation has.
    let ids = api.operations.iter().zip(stated).map(|(operation, id)| match id {
        Some(id) if counts.get(id) == Some(&1) => id.to_owned(),
        _ => format!("{} {}", operation.method.key(), operation.path),
    });
    let ids: Vec<String> = ids.collect();
    let operations: String =
        api.operations.iter().zip(&ids).map(|(one, id)| format!("        {};\n", operation(api, one, id))).collect();
    let mocks = mocks::mocks(api, &ids);
    let source = format!(
        "//! What the judge knows of the client: a line for each schema and for each operation.\n\
         #![allow(deprecated, reason = \"what the document deprecates is judged like the rest\")]\n\n\
         contract_tests::client! {{\n    {client}, {sources:?}{base_url};\n    schemas {{\n{schemas}    }}\n{enumerations}{headers}{tokens}    operations {{\n{operations}    }}\n{mocks}}}\n"
    );
    with_header(document, "", &source)
}

/// The types of bodies whose schema is written in place, and their directions, by where each stands.
type BodySchemas<'t> = BTreeMap<String, (&'static str, &'t NamedType)>;

/// The bodies whose schema is written in place: the judge knows each by where it stands, without slashes.
fn body_schemas<'t>(api: &'t Api<'_>) -> BodySchemas<'t> {
    let mut found = BodySchemas::new();
    let mut add = |direction: &'static str, content: Option<&Content<'_>>, ty: &TypeRef| {
        let Some(content) = content.filter(|content| {
            content.schema.is_some_and(|one| one.get("$ref").is_none() && all_of::described(one).is_none())
        }) else {
            return;
        };
        let ty = match ty {
            TypeRef::Nullable(inner) => inner,
            ty => ty,
        };
        let TypeRef::Named(ident) = ty else { return };
        let Some(ty) = api.types.get(ident) else { return };
        let name = content.place.pointer.as_str().trim_start_matches('/').replace('/', " ");
        found.entry(name).or_insert((direction, ty));
    };
    for operation in &api.operations {
        if let Some((body, sent)) = operation.body.as_ref().and_then(|body| Some((body, body.sent.as_ref()?)))
            && let Some(ty) = sent.kind.ty()
        {
            add("Request", body.contents.get(sent.content), ty);
        }
        for reading in &operation.readings {
            if let Some(ty) = reading.body.ty() {
                let response = operation.responses.get(reading.response);
                add("Response", response.and_then(|response| response.content_of(reading)), ty);
            }
        }
    }
    found
}

/// The lines of the enumerations that have no name in the document and are no body, by where each stands.
fn enumerations(api: &Api<'_>, bodies: &BodySchemas<'_>) -> String {
    let lines = api.types.iter().filter(|ty| ty.component.is_none()).filter_map(|ty| {
        let Shape::Enum(listed) = &ty.shape else { return None };
        let has_line = bodies.values().any(|(_, body)| body.ident == ty.ident);
        let variants = block(variants(listed));
        let place = checks::written_place(&ty.place.pointer);
        let place = place.as_str();
        (!has_line).then(|| format!("        {place:?} => types::{}, variants {variants};\n", ty.ident))
    });
    let lines: String = lines.collect();
    if lines.is_empty() { lines } else { format!("    enumerations {{\n{lines}    }}\n") }
}

/// The lines of the readers of responses' headers.
fn header_readers(api: &Api<'_>) -> String {
    let headers = response_headers(api);
    let lines =
        headers.iter().map(|one| format!("        {:?} => {}: {};\n", one.header.wire, one.ident, one.ty.outside()));
    let lines: String = lines.collect();
    if lines.is_empty() { lines } else { format!("    headers {{\n{lines}    }}\n") }
}

/// The lines of the schemes whose tokens the client requests by its own credentials.
fn token_sources(api: &Api<'_>) -> String {
    let own =
        |scheme: &SecurityScheme<'_>| scheme.tokens().is_some_and(|tokens| tokens.first.0 == Grant::ClientCredentials);
    let schemes = oauth::schemes(api).into_iter().filter(|(scheme, _)| own(scheme));
    let lines: String = schemes.map(|(scheme, name)| format!("        {:?} => {name};\n", scheme.name)).collect();
    if lines.is_empty() { lines } else { format!("    tokens {{\n{lines}    }}\n") }
}

fn variants(listed: &Enum) -> impl Iterator<Item = String> + '_ {
    listed.variants.iter().map(|one| format!("{} => {}", value(&one.value), one.ident))
}

/// The line of a schema.
fn schema(name: &str, direction: &str, ty: &NamedType) -> String {
    let mut line = format!("{name:?} {direction} => types::{}", ty.ident);
    // The alias itself is a type that knows nothing of the document.
    if let Shape::Alias(_) = ty.shape {
        let _ = write!(line, " as types::{}", marker(&ty.ident));
    }
    if ty.nullable {
        line.push_str(" | null");
    }
    match &ty.shape {
        Shape::Enum(listed) => {
            let _ = write!(line, ", variants {}", block(variants(listed)));
        }
        Shape::Struct(object) => {
            let _ = write!(line, ", properties {}", block(object.fields.iter().map(property)));
            if let Some(additional) = &object.additional {
                let _ = write!(line, ", extra {}", additional.outside());
            }
        }
        Shape::Text | Shape::Union(_) | Shape::Alias(_) | Shape::Wrapper(_) => {}
    }
    line
}

fn property(field: &Field) -> String {
    let ty = match &field.ty {
        TypeRef::Boxed(inner) => inner,
        ty => ty,
    };
    let null = if field.nullable && *ty != TypeRef::Any { " | null" } else { "" };
    format!("{:?} => {}: {}{null}", field.wire, field.ident, ty.outside())
}

/// A value as `serde_json::json!` takes it; where it is a whole argument, in one token.
fn value(value: &Value) -> String {
    let listed = literal(value);
    if listed.starts_with('-') { format!("({listed})") } else { listed }
}

fn literal(value: &Value) -> String {
    match value {
        Value::String(text) => format!("{text:?}"),
        Value::Array(items) => format!("[{}]", joined(items.iter().map(literal))),
        Value::Object(members) => {
            let members = members.iter().map(|(name, member)| format!("{name:?}: {}", literal(member)));
            format!("{{{}}}", joined(members))
        }
        Value::Number(number) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
            (Some(number), _, _) => format!("{number}_i64"),
            (_, Some(number), _) => format!("{number}_u64"),
            (_, _, number) => format!("{:?}_f64", number.unwrap_or_default()),
        },
        Value::Null | Value::Bool(_) => value.to_string(),
    }
}

/// The id that the document gives an operation.
fn stated_id<'d>(document: &'d Document, operation: &Operation<'_>) -> Option<&'d str> {
    document.get(&operation.place.pointer)?.get("operationId")?.as_str()
}

fn operation(api: &Api<'_>, operation: &Operation<'_>, id: &str) -> String {
    let parameters = operation.parameters.iter().map(|parameter| {
        let place = match parameter.location {
            ParameterIn::Path => "Path",
            ParameterIn::Query => "Query",
            ParameterIn::Header => "Header",
            ParameterIn::Cookie => "Cookie",
        };
        // Of what may be left out, the setter tells a null from none.
        let held = match &parameter.ty {
            TypeRef::Nullable(ty) if !parameter.required => format!("{} | null", ty.outside()),
            ty => ty.outside(),
        };
        format!("{place} {:?} => {}: {held}", parameter.wire, parameter.ident)
    });
    let mut line = format!("{id:?} => {} {}({})", operation.ident, pascal(&operation.ident), joined(parameters));
    if let Some((stated, sent)) = operation.body.as_ref().and_then(|body| Some((body, body.sent.as_ref()?))) {
        let _ = write!(line, ", {}", body(sent, stated.required));
    }
    let _ = write!(line, "\n            => {}", successes(api, operation));
    let _ = write!(line, "\n            else {}", failures(operation));
    for alternate in &operation.alternates {
        let arms = alternate.readings.iter().map(|reading| format!("{:?} {:?}", reading.status, alternate.media_type));
        let first = alternate.readings.first().map_or("None", |reading| shape(&reading.body, "Stream"));
        let (ident, media_type) = (&alternate.ident, alternate.media_type);
        let _ = write!(line, "\n            also {media_type:?} {ident} {first} {{ {} }}", joined(arms));
    }
    if operation.pages.is_some() {
        line.push_str("\n            in pages");
    }
    line
}

fn body(sent: &Sent<'_>, required: bool) -> String {
    // Of a range, the caller says which.
    let media_type = match sent.range {
        Some(range) => format!("{range:?} content_type"),
        None => format!("{:?}", sent.media_type.unwrap_or_default()),
    };
    match &sent.kind {
        BodyKind::Json(TypeRef::Nullable(ty)) | BodyKind::Form(TypeRef::Nullable(ty)) if !required => {
            format!("Value {media_type}: {} | null", ty.outside())
        }
        BodyKind::Json(ty) | BodyKind::Form(ty) | BodyKind::Text(ty) => format!("Value {media_type}: {}", ty.outside()),
        BodyKind::Bytes => format!("Bytes {media_type}"),
        BodyKind::Multipart => match &sent.parts {
            None => format!("Parts {media_type}: runtime::Multipart {{}}"),
            Some(parts) => {
                let listed = parts.parts.iter().map(|part| {
                    let (ident, wire) = (&part.ident, part.wire);
                    let part_of = match &part.value {
                        None if part.list => format!("Files {wire:?} => {ident}"),
                        None => format!("File {wire:?} => {ident}"),
                        Some(ty) => format!("Value {wire:?} => {ident}: {}", ty.outside()),
                    };
                    let headers = part.headers.iter().map(|header| format!("{:?} => {}", header.wire, header.ident));
                    match part.headers.is_empty() {
                        true => part_of,
                        false => format!("{part_of} [{}]", joined(headers)),
                    }
                });
                format!("Parts {media_type}: types::{} {{ {} }}", parts.ident, joined(listed))
            }
        },
    }
}

/// What a caller gets on success, by status.
fn successes(api: &Api<'_>, operation: &Operation<'_>) -> String {
    let readings = operation.readings.iter().filter(|reading| reading.success);
    if let Some(several) = api.status_enum(operation.success) {
        let arms = readings.map(|reading| {
            let variant = several.variant(reading.status);
            let variant = variant.map(|one| format!(" {} {}", one.ident, shape(&one.body, "Bytes")));
            format!("{:?}{}{}", reading.status, variant.unwrap_or_default(), media_type(operation, reading))
        });
        return format!("Several types::{} {{ {} }}", several.ident, joined(arms));
    }
    // Where a document declares no success at all, the caller reads whatever comes.
    let first = readings.clone().next().map_or("Stream", |reading| shape(&reading.body, "Stream"));
    let arms = readings.map(|reading| format!("{:?}{}", reading.status, media_type(operation, reading)));
    format!("{first} {{ {} }}", joined(arms))
}

/// What a caller gets on failure, by status.
fn failures(operation: &Operation<'_>) -> String {
    let arms = operation.readings.iter().filter(|reading| !reading.success).map(|reading| {
        let Some(ty) = reading.body.of_error() else { return format!("{:?}", reading.status) };
        let shape = shape(&reading.body, "Bytes");
        format!("{:?}{} {shape} {ty}", reading.status, media_type(operation, reading))
    });
    match joined(arms) {
        arms if arms.is_empty() => "{}".to_owned(),
        arms => format!("{{ {arms} }}"),
    }
}

/// The media type that a reading takes, behind a space.
fn media_type(operation: &Operation<'_>, reading: &Reading<'_>) -> String {
    let content = operation.responses.get(reading.response).and_then(|response| response.content_of(reading));
    content.map_or_else(String::new, |content| format!(" {:?}", content.media_type))
}

fn shape(body: &ResponseBody, raw: &'static str) -> &'static str {
    match body {
        ResponseBody::Json(..) | ResponseBody::Text(..) => "One",
        ResponseBody::Raw => raw,
        ResponseBody::Stream(_, Framing::Events(_), _) => "Events",
        ResponseBody::Stream(_, Framing::Byte(_), _) => "Items",
        ResponseBody::Empty => "None",
    }
}

/// An entry a line, so that a change of one is a change of one line.
fn block(entries: impl Iterator<Item = String>) -> String {
    let lines: String = entries.map(|entry| format!("            {entry},\n")).collect();
    if lines.is_empty() { "{}".to_owned() } else { format!("{{\n{lines}        }}") }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}
