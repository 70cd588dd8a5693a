//! Operations that answer in more than one way: progenitor asserts that all successes are of one type, and all errors.
//!
//! Where they are not, an enum with a variant for each status is what the method returns; `postprocess` writes it, and
//! the decoding of each status into its variant.

use serde_json::{Value, json};

use super::operations::each_operation;
use super::schemas::TYPE;
use super::{Normalized, Pass};
use crate::document::Document;
use crate::model::{Names, TypeRef, pascal};

pub(super) const PASS: Pass = Pass {
    name: "answers",
    about: "the successes of an operation, and its errors, become one type each: an enum with a variant for each status \
            where they differ",
    apply,
};

/// An enum with a variant for each status of an operation, where these differ.
#[derive(Debug, Clone)]
pub struct AnswerType {
    /// Its Rust identifier.
    pub ident: String,
    /// The operation's id in the document.
    pub operation: String,
    /// Whether these are the operation's successes.
    pub success: bool,
    /// Status, the variant's identifier, and what it holds.
    pub variants: Vec<(String, String, AnswerBody)>,
}

/// What an answer has for a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnswerBody {
    /// JSON of this type.
    Json(TypeRef),
    /// Bytes.
    Raw,
    /// None.
    Empty,
}

/// The private key of the status enum's identifier on a response that has become a variant of it.
pub const ANSWER: &str = "x-codegen-answer";

fn apply(_document: &Document, normalized: &mut Normalized) {
    let taken: Vec<&str> = normalized.types.iter().map(|ty| ty.ident.as_str()).collect();
    let mut names = Names::reserving(&taken);
    let mut answers = Vec::new();
    each_operation(&mut normalized.root, |site| {
        let id = site.operation.get("operationId").and_then(Value::as_str).unwrap_or_default().to_owned();
        let Some(responses) = site.operation.get_mut("responses").and_then(Value::as_object_mut) else { return };
        for (success, suffix) in [(true, "success"), (false, "failure")] {
            let in_side = |status: &str| if success { status.starts_with('2') } else { status.starts_with(['4', '5']) };
            for (_, response) in responses.iter_mut().filter(|(status, _)| in_side(status)) {
                let ty = response.pointer("/content/application~1json").and_then(|media| media.get(TYPE)).cloned();
                if let (Some(ty), Some(object)) = (ty, response.as_object_mut()) {
                    object.insert(TYPE.to_owned(), ty);
                }
            }
            let bodies: Vec<(String, AnswerBody)> = responses
                .iter()
                .filter(|(status, _)| in_side(status))
                .map(|(status, response)| (status.clone(), body(response)))
                .collect();
            if bodies.windows(2).all(|pair| pair[0].1 == pair[1].1) {
                continue;
            }
            let ident = names.claim(&pascal(&format!("{id} {suffix}")));
            for (_, response) in responses.iter_mut().filter(|(status, _)| in_side(status)) {
                if let Some(object) = response.as_object_mut() {
                    let schema = TypeRef::Named(ident.clone()).to_schema();
                    object.insert("content".to_owned(), json!({ "application/json": { "schema": schema } }));
                    object.insert(ANSWER.to_owned(), json!(ident));
                }
            }
            let mut variant_names = Names::default();
            let variants = bodies
                .into_iter()
                .map(|(status, body)| {
                    (status.clone(), variant_names.claim(&format!("Status{}", pascal_status(&status))), body)
                })
                .collect();
            answers.push(AnswerType { ident, operation: id.clone(), success, variants });
        }
    });
    normalized.answers = answers;
}

/// `404` stays; a range such as `4XX` reads better in the case of a type's name.
fn pascal_status(status: &str) -> String {
    status.replace('X', "x")
}

/// The type of a response's JSON, whatever the response has become since.
pub fn answer_type(response: &Value) -> Option<TypeRef> {
    serde_json::from_value(response.get(TYPE)?.clone()).ok()
}

/// What a rewritten response has for a body.
pub fn body(response: &Value) -> AnswerBody {
    match response.pointer("/content/application~1json").map(|media| media.get(TYPE)) {
        Some(ty) => AnswerBody::Json(ty.and_then(|ty| serde_json::from_value(ty.clone()).ok()).unwrap_or(TypeRef::Any)),
        None if response.get("content").is_some() => AnswerBody::Raw,
        None => AnswerBody::Empty,
    }
}
