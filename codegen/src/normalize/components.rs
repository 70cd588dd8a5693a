//! References to shared parameters, bodies, responses and headers: progenitor finds them by their last token alone and
//! panics on any that point elsewhere, so what they refer to takes their place.

use serde_json::{Value, json};

use super::operations::{ORIGIN, each_operation};
use super::{Normalized, Pass};
use crate::document::{Document, Pointer};

pub(super) const PASS: Pass = Pass {
    name: "components",
    about: "a reference to a parameter, request body, response or header becomes what it refers to",
    apply,
};

fn apply(document: &Document, normalized: &mut Normalized) {
    if let Some(paths) = normalized.root.get_mut("paths").and_then(Value::as_object_mut) {
        for item in paths.values_mut() {
            each_in_list(document, item.get_mut("parameters"));
        }
    }
    each_operation(&mut normalized.root, |site| {
        each_in_list(document, site.operation.get_mut("parameters"));
        if let Some(body) = site.operation.get_mut("requestBody") {
            inline(document, body);
        }
        let responses = site.operation.get_mut("responses").and_then(Value::as_object_mut);
        for (_, response) in responses.into_iter().flatten() {
            inline(document, response);
            let headers = response.get_mut("headers").and_then(Value::as_object_mut);
            for (_, header) in headers.into_iter().flatten() {
                inline(document, header);
            }
        }
    });
}

fn each_in_list(document: &Document, list: Option<&mut Value>) {
    for value in list.and_then(Value::as_array_mut).into_iter().flatten() {
        inline(document, value);
    }
}

fn inline(document: &Document, value: &mut Value) {
    // Bounded, so that a cycle that lint did not know of ends here.
    for _ in 0..16 {
        let Some(reference) = value.get("$ref").and_then(Value::as_str).map(str::to_owned) else { return };
        let Some(target) = Pointer::from_reference(&reference) else { return };
        let Some(content) = document.get(&target) else { return };
        *value = content.clone();
        if let Some(object) = value.as_object_mut() {
            object.insert(ORIGIN.to_owned(), json!(target.to_reference()));
        }
    }
}
