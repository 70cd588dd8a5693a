//! The objects of OpenAPI 3.1 that have no place in 3.0.

use heck::ToUpperCamelCase;
use serde_json::{Map, Value, json};

use super::super::Pointer;

/// Gives the payloads of webhooks that are written in place the names by which their receivers know them.
pub(super) fn name_webhooks(root: &mut Map<String, Value>, moved: &mut Vec<(Pointer, Pointer)>) {
    let payloads = payloads(root);
    if payloads.is_empty() {
        return;
    }
    let components = root.entry("components").or_insert_with(|| json!({}));
    let schemas = components.as_object_mut().map(|components| components.entry("schemas").or_insert_with(|| json!({})));
    let Some(schemas) = schemas.and_then(Value::as_object_mut) else { return };
    for (webhook, method, from, schema) in payloads {
        let plain = format!("{}Webhook", webhook.to_upper_camel_case());
        let longer = format!("{plain}{}", method.to_upper_camel_case());
        let counted = (2..).map(|number| format!("{longer}{number}"));
        let names = [plain, longer.clone()].into_iter().chain(counted);
        if let Some(free) = names.into_iter().find(|name| !schemas.contains_key(name)) {
            moved.push((Pointer::written("/components/schemas").child(&free), from));
            schemas.insert(free, schema);
        }
    }
}

/// The payloads: the webhook, the method, the place and the schema.
fn payloads(root: &Map<String, Value>) -> Vec<(String, String, Pointer, Value)> {
    let mut found = Vec::new();
    for (name, item) in root.get("webhooks").and_then(Value::as_object).into_iter().flatten() {
        let item_at = Pointer::root().child("webhooks").child(name);
        for (method, operation) in item.as_object().into_iter().flatten() {
            let content = operation.pointer("/requestBody/content").and_then(Value::as_object).into_iter().flatten();
            let content_at = item_at.child(method).child("requestBody").child("content");
            for (media_type, body) in content {
                if let Some(schema) = body.get("schema").filter(|schema| schema.get("$ref").is_none()) {
                    let at = content_at.child(media_type).child("schema");
                    found.push((name.clone(), method.clone(), at, schema.clone()));
                }
            }
        }
    }
    found
}

/// Security without the schemes by which a client shows a certificate: that is the connection's affair, and no request can.
pub(super) fn without_certificates(root: &Value, alternatives: &[Value]) -> Value {
    let schemes = root.pointer("/components/securitySchemes");
    let is_certificate =
        |name: &str| schemes.and_then(|schemes| schemes.get(name)?.get("type")).is_some_and(|kind| kind == "mutualTLS");
    let without = |alternative: &Value| match alternative {
        Value::Object(needed) => needed
            .iter()
            .filter(|(name, _)| !is_certificate(name))
            .map(|(name, scopes)| (name.clone(), scopes.clone()))
            .collect(),
        other => other.clone(),
    };
    alternatives.iter().map(without).collect()
}
