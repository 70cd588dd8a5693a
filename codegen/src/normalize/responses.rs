//! Responses: progenitor takes `default` for a success too, panics on JSON without a schema, and reads no media type but
//! `application/json`.

use serde_json::{Map, Value, json};

use super::operations::{ORIGIN, each_operation, origin};
use super::request_bodies::{MEDIA_TYPE, essence, is_json};
use super::{Normalized, Pass};
use crate::document::Document;

pub(super) const PASS: Pass = Pass {
    name: "responses",
    about: "a `default` response becomes the ranges that it stands for, and each response keeps the one media type that \
            the client reads, JSON where there is one",
    apply,
};

fn apply(_document: &Document, normalized: &mut Normalized) {
    each_operation(&mut normalized.root, |site| {
        let responses = site.operation.remove("responses");
        let mut responses = responses.as_ref().and_then(Value::as_object).cloned().unwrap_or_default();
        responses.retain(|status, _| !status.starts_with("x-"));
        let at = site.pointer.join("responses");
        for (status, response) in &mut responses {
            let place = origin(response, at.join(status));
            *response = rewrite(response, status, site.method);
            if let Some(object) = response.as_object_mut() {
                object.insert(ORIGIN.to_owned(), json!(place.to_reference()));
            }
        }
        // A status of 1xx never reaches the caller of an HTTP client.
        responses.retain(|status, _| !status.starts_with('1'));
        spread_default(&mut responses);
        site.operation.insert("responses".to_owned(), Value::Object(responses));
    });
}

/// `default` is for what no other response of the operation covers: errors, and successes where none is declared.
fn spread_default(responses: &mut Map<String, Value>) {
    let Some(default) = responses.remove("default") else { return };
    let declares_success = responses.keys().any(|status| status.starts_with('2'));
    for range in ["2XX", "4XX", "5XX"] {
        if !(range == "2XX" && declares_success) {
            responses.entry(range).or_insert_with(|| default.clone());
        }
    }
}

fn rewrite(response: &Value, status: &str, method: &str) -> Value {
    let mut kept = Map::new();
    for key in ["description", "headers"] {
        if let Some(value) = response.get(key) {
            kept.insert(key.to_owned(), value.clone());
        }
    }
    kept.entry("description").or_insert_with(|| json!(""));
    let content = response.get("content").and_then(Value::as_object);
    let never_has_content = method == "head" || matches!(status, "204" | "205" | "304");
    let media = content.into_iter().flatten().min_by_key(|(name, _)| !is_json(&essence(name)));
    let Some((name, media)) = media.filter(|_| !never_has_content) else { return Value::Object(kept) };
    let known = if is_json(&essence(name)) { "application/json" } else { "application/octet-stream" };
    let schema = media.get("schema").cloned().unwrap_or_else(|| json!({}));
    kept.insert(MEDIA_TYPE.to_owned(), json!(name));
    kept.insert("content".to_owned(), json!({ known: { "schema": schema } }));
    Value::Object(kept)
}
