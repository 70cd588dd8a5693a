//! The objects of OpenAPI 3.1 that 3.0 knows otherwise.

use std::collections::HashMap;

use heck::ToUpperCamelCase;
use serde_json::{Map, Value, json};

use super::Translator;
use crate::document::{Note, Pointer};
use crate::spec::{Kind, Shape};

/// What dialects begin with that mean what the specification means where none is stated. Those of OpenAPI have a date at their end.
const DIALECTS: [&str; 3] = [
    "https://spec.openapis.org/oas/3.1/dialect/",
    "https://spec.openapis.org/oas/3.2/dialect/",
    "https://json-schema.org/draft/2020-12/schema",
];

/// Where components keep the schemes by which a client shows a certificate.
pub const CERTIFICATES: &str = "x-certificates";

impl Translator<'_> {
    pub(super) fn object(&mut self, kind: Kind, fields: &Map<String, Value>, from: &Pointer, at: &Pointer) -> Value {
        if kind == Kind::Schema {
            return self.keywords(fields, from, at);
        }
        let mut translated = Map::new();
        for (name, value) in fields {
            let (from, at) = (from.join(name), at.join(name));
            let value = match kind.shape_of(name) {
                Some(shape) => self.value(shape, value, &from, &at),
                None => value.clone(),
            };
            translated.insert(name.clone(), value);
        }
        match kind {
            Kind::OpenApi => self.root(&mut translated),
            Kind::Info => summarized(&mut translated),
            Kind::License => licensed(&mut translated),
            Kind::Components => {
                self.kept(&mut translated, ("pathItems", "x-pathItems"), at);
                self.certificates(&mut translated, from, at);
            }
            Kind::SecurityRequirement => translated.retain(|name, _| !self.is_certificate(name)),
            Kind::PathItem => self.referring(&mut translated),
            Kind::Operation => {
                let undescribed = || json!({ "default": { "description": "" } });
                translated.entry("responses").or_insert_with(undescribed);
            }
            Kind::Discriminator => self.mapped(&mut translated),
            _ => {}
        }
        Value::Object(translated)
    }

    fn root(&mut self, fields: &mut Map<String, Value>) {
        let stated = fields.get("openapi").and_then(Value::as_str).unwrap_or_default();
        if !stated.starts_with("3.1.") {
            self.moved.notes.push(Note {
                rule: "newer-version",
                place: Pointer::root().join("openapi"),
                message: format!("the document is OpenAPI {stated}, and is read as OpenAPI 3.1"),
                help: "nothing is lost: a field that OpenAPI 3.1 does not define is an error".into(),
            });
        }
        if let Some(dialect) = fields.shift_remove("jsonSchemaDialect") {
            self.dialect(&dialect, Pointer::root().join("jsonSchemaDialect"));
        }
        fields.entry("paths").or_insert_with(|| json!({}));
        self.kept(fields, ("webhooks", "x-webhooks"), &Pointer::root());
        self.payloads(fields);
    }

    /// Keeps path items that 3.0 has no place for where references still find them.
    fn kept(&mut self, fields: &mut Map<String, Value>, (newer, kept): (&str, &str), at: &Pointer) {
        let Some(items) = fields.shift_remove(newer) else { return };
        let (from, to) = (at.join(newer), at.join(kept));
        self.home(to.clone(), from.clone());
        let items = self.value(Shape::Map(&Shape::Object(Kind::PathItem)), &items, &from, &to);
        fields.insert(kept.to_owned(), items);
    }

    /// Puts the schemes by which a client shows a certificate aside: the connection does, and no request can.
    fn certificates(&mut self, components: &mut Map<String, Value>, from: &Pointer, at: &Pointer) {
        let Some(Value::Object(schemes)) = components.get_mut("securitySchemes") else { return };
        let names: Vec<String> = schemes.keys().filter(|name| self.is_certificate(name)).cloned().collect();
        let mut certificates = Map::new();
        for name in names {
            certificates.extend(schemes.shift_remove(&name).map(|scheme| (name.clone(), scheme)));
            self.home(at.join(CERTIFICATES).join(&name), from.join("securitySchemes").join(&name));
            self.moved.notes.push(Note {
                rule: "mutual-tls",
                place: from.join("securitySchemes").join(name),
                message: "the client presents no certificate by itself: mutual TLS is a matter of the connection"
                    .to_owned(),
                help: "give the client's builder an `http_client` with the certificate".into(),
            });
        }
        if !certificates.is_empty() {
            components.insert(CERTIFICATES.to_owned(), certificates.into());
        }
    }

    fn is_certificate(&self, scheme: &str) -> bool {
        let schemes = self.root.pointer("/components/securitySchemes");
        let stated = schemes.and_then(|schemes| schemes.get(scheme)?.get("type"));
        stated.is_some_and(|stated| stated == "mutualTLS")
    }

    /// Gives the payloads of webhooks a name, by which their receivers know them; those that refer to a component have one.
    fn payloads(&mut self, root: &mut Map<String, Value>) {
        let webhooks = root.get("x-webhooks").cloned().unwrap_or_default();
        let mut payloads =
            webhooks.as_object().into_iter().flatten().flat_map(|(name, item)| inline(name, item)).peekable();
        if payloads.peek().is_none() {
            return;
        }
        let components = root.entry("components").or_insert_with(|| json!({}));
        let schemas = components.as_object_mut().map(|fields| fields.entry("schemas").or_insert_with(|| json!({})));
        let Some(schemas) = schemas.and_then(Value::as_object_mut) else { return };
        let mut names: HashMap<String, u32> = HashMap::new();
        for (name, method, media_type, schema) in payloads {
            let ident = format!("{}Webhook", name.to_upper_camel_case());
            let more = format!("{ident}{}", method.to_upper_camel_case());
            let ident = [ident, more.clone()].into_iter().find(|ident| !schemas.contains_key(ident));
            let ident = ident.unwrap_or_else(|| {
                let number = names.entry(more.clone()).or_insert(1);
                loop {
                    *number += 1;
                    let ident = format!("{more}{number}");
                    if !schemas.contains_key(&ident) {
                        break ident;
                    }
                }
            });
            let from = ["webhooks", name, method, "requestBody", "content", media_type, "schema"];
            let from = from.iter().fold(Pointer::root(), |pointer, token| pointer.join(token));
            self.moved.to(Pointer::root().join("components").join("schemas").join(&ident), from);
            schemas.insert(ident, schema.clone());
        }
    }

    fn referring(&self, item: &mut Map<String, Value>) {
        if let Some(Value::String(target)) = item.get_mut("$ref") {
            *target = self.retargeted(target);
        }
    }

    fn mapped(&self, discriminator: &mut Map<String, Value>) {
        let mapping = discriminator.get_mut("mapping").and_then(Value::as_object_mut);
        for target in mapping.into_iter().flat_map(Map::values_mut) {
            if let Value::String(target) = target {
                *target = self.retargeted(target);
            }
        }
    }

    /// Notes a dialect of JSON Schema that is not the specification's.
    pub(super) fn dialect(&mut self, dialect: &Value, place: Pointer) {
        if !dialect.as_str().is_some_and(|dialect| DIALECTS.iter().any(|known| dialect.starts_with(known))) {
            self.moved.notes.push(Note {
                rule: "json-schema-dialect",
                place,
                message: format!("schemas in the dialect {dialect} are not supported"),
                help: "remove it: without it, schemas are those of OpenAPI 3.1, a dialect of JSON Schema 2020-12"
                    .into(),
            });
        }
    }
}

/// The payloads of a webhook whose schemas are written in place: name, method, media type and schema.
fn inline<'w>(name: &'w str, item: &'w Value) -> impl Iterator<Item = (&'w str, &'w str, &'w str, &'w Value)> {
    let operations = item.as_object().into_iter().flatten();
    operations.flat_map(move |(method, operation)| {
        let content = operation.pointer("/requestBody/content").and_then(Value::as_object).into_iter().flatten();
        content.filter_map(move |(media_type, content)| {
            let schema = content.get("schema").filter(|schema| schema.get("$ref").is_none())?;
            Some((name, method.as_str(), media_type.as_str(), schema))
        })
    })
}

/// A summary goes ahead of the description.
fn summarized(info: &mut Map<String, Value>) {
    let Some(Value::String(summary)) = info.shift_remove("summary") else { return };
    let whole = match info.get("description").and_then(Value::as_str) {
        Some(description) => format!("{summary}\n\n{description}"),
        None => summary,
    };
    info.insert("description".to_owned(), whole.into());
}

/// A licence's identifier is that of SPDX, which has a page for each.
fn licensed(license: &mut Map<String, Value>) {
    if let Some(Value::String(identifier)) = license.shift_remove("identifier") {
        license.entry("url").or_insert_with(|| format!("https://spdx.org/licenses/{identifier}.html").into());
    }
}
