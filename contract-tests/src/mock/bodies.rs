//! A request's body, judged by the document's schema where it is JSON.

use serde_json::Value;

use super::reply::is_json;
use crate::document::{Document, Operation};
use crate::oracle::Validator;

/// The body that an operation expects.
pub(super) struct ExpectedBody {
    required: bool,
    /// The schema of JSON, where there is one that can be judged.
    json: Option<Validator>,
}

impl ExpectedBody {
    pub fn of(document: &Document, operation: &Operation<'_>) -> Self {
        let described = document.at(&operation.pointer.child("requestBody"));
        let described = described.and_then(|body| document.resolve(body).ok());
        let required = described.and_then(|body| body.value.get("required")?.as_bool()).unwrap_or(false);
        let json = operation.request.iter().find(|body| is_json(body.media_type)).and_then(|body| body.schema.clone());
        Self { required, json: json.and_then(|schema| Validator::new(document, schema).ok()) }
    }

    /// What is wrong with a body, as a sentence.
    pub fn fault(&self, media_type: Option<&str>, body: &[u8]) -> Option<String> {
        if body.is_empty() {
            return self.required.then(|| "the request has no body".to_owned());
        }
        let validator = self.json.as_ref().filter(|_| media_type.is_none_or(is_json))?;
        let value: Value = match serde_json::from_slice(body) {
            Ok(value) => value,
            Err(error) => return Some(format!("the body is no JSON: {error}")),
        };
        let violations: Vec<String> = validator.violations(&value).iter().map(ToString::to_string).collect();
        let listed = violations.join(", ");
        (!violations.is_empty()).then(|| format!("the document's schema refuses the body: {listed}"))
    }
}
