//! Request bodies: progenitor panics on a second media type, errs on media types that it has no name for, and reads only
//! the plainest schemas of raw and text bodies.

use serde_json::{Map, Value, json};

use super::operations::{ORIGIN, each_operation, origin};
use super::{Normalized, Pass};
use crate::diagnostic::Level;
use crate::document::{Document, Pointer};
use crate::model::TypeRef;

pub(super) const PASS: Pass = Pass {
    name: "request-bodies",
    about: "a request body keeps the one media type that the client sends, as one of the four that progenitor knows; \
            the media type's own name is kept beside it",
    apply,
};

/// A request body with what progenitor is not told of it.
#[derive(Debug, Clone)]
pub struct RequestBody {
    /// The method's name of the operation.
    pub operation: String,
    /// Whether it must be given.
    pub required: bool,
    /// What the client takes for it.
    pub kind: BodyKind,
    /// Where its media type stands in the document.
    pub pointer: Pointer,
    /// Its schema; the target's where it is a reference.
    pub schema: Value,
}

/// What the client takes for a request body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BodyKind {
    /// A struct, or its builder.
    Struct(TypeRef),
    /// Any other typed value.
    Value(TypeRef),
    /// A text.
    Text,
    /// Bytes.
    Bytes,
    /// A form of several parts.
    Form,
}

/// The private key of the media type that the document gives a body.
pub const MEDIA_TYPE: &str = "x-codegen-media-type";

fn apply(document: &Document, normalized: &mut Normalized) {
    let mut findings = Vec::new();
    each_operation(&mut normalized.root, |site| {
        let Some(body) = site.operation.remove("requestBody") else { return };
        let at = origin(&body, site.pointer.join("requestBody"));
        // Without content there is nothing to send.
        if let Some(body) = rewrite(&body, &at, &mut findings) {
            site.operation.insert("requestBody".to_owned(), body);
        }
    });
    for (pointer, rule, message, help) in findings {
        normalized.report(document, rule, pointer, message, help);
    }
}

type Finding = (Pointer, (&'static str, Level), String, &'static str);

fn rewrite(body: &Value, at: &Pointer, findings: &mut Vec<Finding>) -> Option<Value> {
    let content = body.get("content").and_then(Value::as_object)?;
    let (name, media) = content.iter().min_by_key(|(name, _)| preference(name))?;
    let pointer = at.join("content").join(name);
    let left_out: Vec<&str> = content.keys().filter(|other| *other != name).map(String::as_str).collect();
    if !left_out.is_empty() {
        findings.push((
            at.join("content"),
            ("media-type-left-out", Level::Warning),
            format!("the client sends `{name}`; it has no way to send {}", quoted(&left_out)),
            "nothing is lost where the media types carry the same content",
        ));
    }
    let schema = media.get("schema").cloned().unwrap_or_else(|| json!({}));
    let (known, schema) = match preference(name) {
        Preference::Json => ("application/json", schema),
        Preference::Form => ("application/x-www-form-urlencoded", schema),
        Preference::Text => ("text/plain", json!({ "type": "string" })),
        Preference::Raw => ("application/octet-stream", json!({ "type": "string", "format": "binary" })),
        // The parts of a form are the caller's to put together; `postprocess` makes the builder take a whole form.
        Preference::Multipart if essence(name) == "multipart/form-data" => {
            ("application/octet-stream", json!({ "type": "string", "format": "binary" }))
        }
        Preference::Multipart => {
            findings.push((
                pointer,
                ("unsupported-multipart", Level::Error),
                format!("a request body in `{name}` cannot be sent yet"),
                "offer another media type beside it, such as application/json or multipart/form-data",
            ));
            return None;
        }
    };
    let mut kept = Map::new();
    for key in ["description", "required", ORIGIN] {
        if let Some(value) = body.get(key) {
            kept.insert(key.to_owned(), value.clone());
        }
    }
    let sent = if name.contains('*') { known } else { name };
    kept.insert(MEDIA_TYPE.to_owned(), json!(sent));
    let media = json!({ "schema": schema, ORIGIN: pointer.to_reference() });
    kept.insert("content".to_owned(), json!({ known: media }));
    Some(Value::Object(kept))
}

fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// How well the client can send a media type, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Preference {
    Json,
    Form,
    Text,
    Raw,
    Multipart,
}

fn preference(name: &str) -> Preference {
    let essence = essence(name);
    match essence.as_str() {
        _ if is_json(&essence) => Preference::Json,
        "application/x-www-form-urlencoded" => Preference::Form,
        _ if essence.starts_with("multipart/") => Preference::Multipart,
        _ if essence.starts_with("text/") => Preference::Text,
        _ => Preference::Raw,
    }
}

/// A media type without its parameters, in lower case.
pub fn essence(name: &str) -> String {
    name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether a media type's content is JSON: the type itself or any with its suffix (RFC 6839).
pub fn is_json(essence: &str) -> bool {
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}
