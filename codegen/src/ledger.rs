//! The ledger: for each operation, schema and property what the document says, and where the client honours it.
//!
//! It is written for the teams that use the client, as a reference of the API that they can read without the document.

mod table;

use serde_json::{Map, Value};

use crate::document::{Document, Pointer};
use crate::markdown::{phrase, prose, quoted};
use crate::model::{
    Api, EnumBase, Field, Form, Grant, NamedType, Operation, SecurityScheme, Shape, Tokens, partly_read,
};
use crate::render;
use crate::spec::Kind;
use crate::write::Examples;

pub use crate::claim::Claim;
pub use crate::spec::claims::{PROMISED, claims};
use table::{Row, rows};

/// Writes the ledger.
pub fn write(document: &Document, api: &Api<'_>, examples: &Examples<'_>) -> String {
    let info = |key: &str| document.root().pointer(&format!("/info/{key}")).and_then(Value::as_str).unwrap_or_default();
    let mut text = format!(
        "<!-- {} -->\n\n# {}, version {}\n\n{}\n\n\
         What the API's document says, and what in this client honours it: a **type**; a **constructor**, or the last step of a \
         builder, that refuses; **conformance**, which reports what was received; the **derived schema** of the feature \
         `schemars`; the **runtime**, which sends and reads; the **documentation**; an **`example()`**.\n",
        render::header(document).replace("// ", "").replace('\n', " ").trim(),
        phrase(Some(info("title"))).unwrap_or_default(),
        phrase(Some(info("version"))).unwrap_or_default(),
        prose(info("description")),
    );
    text.push_str("\n## Operations\n");
    for operation in &api.operations {
        write_operation(&mut text, operation, document);
    }
    write_schemes(&mut text, document, api);
    text.push_str("\n## Types\n");
    for ty in &api.types {
        write_type(&mut text, ty, examples.are_given_by(ty));
    }
    text
}

/// The security schemes, each with its flows; nothing where there are none.
fn write_schemes(text: &mut String, document: &Document, api: &Api<'_>) {
    let schemes = document.root().pointer("/components/securitySchemes").and_then(Value::as_object);
    let schemes = schemes.into_iter().flatten().filter(|(name, _)| !name.starts_with("x-"));
    let flows = [
        ("implicit", Kind::ImplicitFlow, Grant::Implicit),
        ("password", Kind::PasswordFlow, Grant::Password),
        ("clientCredentials", Kind::ClientCredentialsFlow, Grant::ClientCredentials),
        ("authorizationCode", Kind::AuthorizationCodeFlow, Grant::AuthorizationCode),
    ];
    for (index, (name, scheme)) in schemes.enumerate() {
        if index == 0 {
            text.push_str("\n## Security schemes\n");
        }
        let target = scheme.get("$ref").and_then(Value::as_str).and_then(Pointer::from_reference);
        let scheme = target.and_then(|target| document.get(&target)).unwrap_or(scheme);
        text.push_str(&format!("\n### {}\n\n", quoted(name)));
        table::write(text, "The scheme", &rows(Kind::SecurityScheme, scheme, &["flows"]));
        let tokens = api.schemes.iter().find(|known| known.name == name.as_str()).and_then(SecurityScheme::tokens);
        for (name, kind, grant) in flows {
            if let Some(flow) = scheme.get("flows").and_then(|flows| flows.get(name)) {
                let mut all = rows(kind, flow, &[]);
                all.iter_mut().filter(|row| !is_asked(row, flow, grant, tokens)).for_each(Row::only_told);
                table::write(text, &format!("Flow {}", quoted(name)), &all);
            }
        }
    }
}

/// Whether the client asks for tokens by what a row of a flow says. Of a scheme's flows it asks one for the first token and one for
/// those that follow.
fn is_asked(row: &Row, flow: &Value, grant: Grant, tokens: Option<Tokens<'_>>) -> bool {
    let is_first = tokens.is_some_and(|tokens| tokens.first.0 == grant);
    let is_renewed = tokens.and_then(|tokens| tokens.renewed).is_some_and(|(renewed, _)| renewed == grant);
    match flow.get("refreshUrl") {
        _ if row.is_of("tokenUrl") && is_first => true,
        refresh_url if row.is_of("tokenUrl") => is_renewed && refresh_url.is_none(),
        _ if row.is_of("refreshUrl") => is_renewed,
        _ => tokens.is_some(),
    }
}

fn write_operation(text: &mut String, operation: &Operation<'_>, document: &Document) {
    text.push_str(&format!(
        "\n### {}\n\n{}, in Rust `Client::{}`\n\n",
        quoted(&operation.id),
        quoted(&format!("{} {}", operation.method.name(), operation.path)),
        operation.ident
    ));
    let original = document.get(&operation.place.pointer).unwrap_or(&Value::Null);
    let mut all = rows(Kind::Operation, original, &["parameters", "requestBody", "responses"]);
    if original.get("security").is_none()
        && let Some(security) = document.root().get("security")
    {
        all.push(Row::new(Kind::Operation, "security", security, document.root()));
    }
    table::write(text, "The operation", &all);
    let follow = |value: &Value| -> Option<Value> {
        match value.get("$ref").and_then(Value::as_str) {
            Some(target) => document.get(&Pointer::from_reference(target)?).cloned(),
            None => Some(value.clone()),
        }
    };
    // Those that the path item gives to all its operations are among them.
    for parameter in &operation.parameters {
        let Some(parameter) = document.get(&parameter.place.pointer) else { continue };
        let name = parameter.get("name").and_then(Value::as_str).unwrap_or_default();
        let mut all = rows(Kind::Parameter, parameter, &["name", "schema"]);
        if let Some(schema) = parameter.get("schema").and_then(follow) {
            let mut schema = rows(Kind::Schema, &schema, &["properties", "required"]);
            // An argument is checked and sent. No value of it is received, no schema derived, and none given as an example.
            for claim in [Claim::Conformance, Claim::DerivedSchema, Claim::Example] {
                schema.iter_mut().for_each(|row| row.without(claim));
            }
            // Of what only describes a value, a parameter has no use.
            schema.retain(Row::is_honoured);
            all.extend(schema);
        }
        table::write(text, &format!("Parameter {}", quoted(name)), &all);
    }
    if let Some(body) = original.get("requestBody").and_then(follow) {
        table::write(text, "Request body", &rows(Kind::RequestBody, &body, &[]));
        let media = body.get("content").and_then(Value::as_object).into_iter().flat_map(|content| content.values());
        let encodings = media.filter_map(|media| media.get("encoding")?.as_object()).flatten();
        for (property, encoding) in encodings {
            table::write(text, &format!("{} of the form", quoted(property)), &rows(Kind::Encoding, encoding, &[]));
        }
    }
    let responses = original.get("responses").and_then(Value::as_object);
    for (status, response) in responses.into_iter().flatten().filter(|(status, _)| !status.starts_with("x-")) {
        let Some(response) = follow(response) else { continue };
        let mut all = rows(Kind::Response, &response, &[]);
        if let Some((_, _, others)) = partly_read(&operation.responses).iter().find(|(one, ..)| one.status == status) {
            // Of what the client reads no value, it keeps the bytes.
            let content = response.get("content").and_then(Value::as_object);
            let (kept, read): (Map<String, Value>, Map<String, Value>) =
                content.cloned().unwrap_or_default().into_iter().partition(|(name, _)| others.contains(&name.as_str()));
            let mut kept = Row::new(Kind::Response, "content", &kept.into(), &response);
            kept.without(Claim::Type);
            all.retain(|row| !row.is_of("content"));
            all.extend([Row::new(Kind::Response, "content", &read.into(), &response), kept]);
        }
        table::write(text, &format!("Response {}", quoted(status)), &all);
    }
}

fn write_type(text: &mut String, ty: &NamedType, gives_example: bool) {
    let form = match &ty.form {
        Form::Shared => "",
        Form::Response => " as responses have it",
        Form::Request(_) => " as requests have it",
    };
    let origin = match &ty.component {
        Some(name) => format!("the schema {}", quoted(name)),
        None => format!("the schema at {}", quoted(ty.place.pointer.as_str())),
    };
    let kind = match &ty.shape {
        Shape::Struct(_) => "a struct",
        Shape::Enum(listed) if listed.base == EnumBase::String => "an enum of strings",
        Shape::Enum(_) => "an enum",
        Shape::Text => "a newtype of `String`",
        Shape::Union(_) => "an enum of alternatives",
        Shape::Alias(_) => "an alias",
        Shape::Wrapper(_) => "a newtype",
    };
    text.push_str(&format!("\n### `types::{}`\n\n{origin}{form}, in Rust {kind}\n\n", ty.ident));
    let told_apart = matches!(&ty.shape, Shape::Union(union) if union.discriminator.is_some());
    let mut all = rows(Kind::Schema, &ty.schema, &["properties", "required"]);
    // What tells nothing apart is only told to readers.
    all.iter_mut().filter(|row| !told_apart && row.is_of("discriminator")).for_each(|row| row.without(Claim::Type));
    all.iter_mut().filter(|_| !gives_example).for_each(|row| row.without(Claim::Example));
    only_described(&mut all, &ty.schema);
    table::write(text, "The schema", &all);
    if let Shape::Struct(object) = &ty.shape {
        for field in &object.fields {
            write_field(text, field);
        }
    }
}

fn write_field(text: &mut String, field: &Field) {
    let rust = field.field_type().spelled();
    let mut all = Vec::new();
    if field.required {
        all.push(Row::new(Kind::Schema, "required", &Value::Bool(true), &field.schema));
    }
    all.extend(rows(Kind::Schema, &field.schema, &["properties", "required"]));
    // Types give examples, and a field has none of its own.
    all.iter_mut().for_each(|row| row.without(Claim::Example));
    only_described(&mut all, &field.schema);
    table::write(text, &format!("{}: `{}: {rust}`", quoted(&field.wire), field.ident), &all);
}

/// The documentation of a type or a field has the description, and the title only where there is no description.
fn only_described(rows: &mut [Row], schema: &Value) {
    if schema.get("description").and_then(Value::as_str).is_some_and(|text| !text.is_empty()) {
        rows.iter_mut().filter(|row| row.is_of("title")).for_each(|row| row.without(Claim::Documentation));
    }
}
