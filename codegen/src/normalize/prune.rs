//! The rest: what progenitor does not read, but openapiv3 would, sometimes more strictly than the specification.

use serde_json::{Map, Value, json};

use super::operations::each_operation;
use super::{Normalized, Pass};
use crate::document::Document;

pub(super) const PASS: Pass = Pass {
    name: "prune",
    about: "only what progenitor reads is left: it has no use for servers, security, callbacks, links or examples, which \
            later passes take from the document itself",
    apply,
};

fn apply(_document: &Document, normalized: &mut Normalized) {
    each_operation(&mut normalized.root, |site| {
        let read = ["operationId", "summary", "description", "parameters", "requestBody", "responses", "tags"];
        keep(site.operation, &read);
        for parameter in site.operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten() {
            if let Some(parameter) = parameter.as_object_mut() {
                keep(parameter, &["name", "in", "required", "description", "schema"]);
            }
        }
        let responses = site.operation.get_mut("responses").and_then(Value::as_object_mut);
        for (_, response) in responses.into_iter().flatten() {
            if let Some(response) = response.as_object_mut() {
                response.remove("headers");
            }
        }
    });
    if let Some(root) = normalized.root.as_object_mut() {
        keep(root, &["info", "paths", "components"]);
        // A document may have schemas alone, which progenitor does not provide for.
        root.entry("paths").or_insert_with(|| json!({}));
        if let Some(info) = root.get_mut("info").and_then(Value::as_object_mut) {
            keep(info, &["title", "version", "description", "termsOfService"]);
        }
        // The version that openapiv3 knows best; lint has seen to it that the document's is one of 3.0.
        root.insert("openapi".to_owned(), json!("3.0.3"));
    }
}

/// Drops all but the named fields and the private ones.
fn keep(object: &mut Map<String, Value>, names: &[&str]) {
    object.retain(|key, _| names.contains(&key.as_str()) || key.starts_with("x-codegen-"));
}
