//! progenitor unwraps the operation id of every operation and makes a method and a type of it, whatever else has that
//! name: ids that are missing, not identifiers, or taken get one that is.

use serde_json::{Value, json};

use super::operations::each_operation;
use super::{Normalized, Pass};
use crate::document::Document;
use crate::model::{Names, pascal, snake};

pub(super) const PASS: Pass = Pass {
    name: "operation-ids",
    about: "each operation gets an id that is a method's name of its own; the document's id is kept beside it",
    apply,
};

/// The private key of the id as the document has it, or as it was derived where the document has none.
pub const DOCUMENT_ID: &str = "x-codegen-operation-id";

/// What the generated modules import or define under names that an operation's builder or method would hide.
const TAKEN: [&str; 22] = [
    "new",
    "new_with_client",
    "with_settings",
    "builder",
    "baseurl",
    "client",
    "inner",
    "api_version",
    "pre",
    "post",
    "exec",
    "error",
    "byte_stream",
    "client_info",
    "client_hooks",
    "operation_info",
    "request_builder_ext",
    "response_value",
    "clone",
    "option",
    "result",
    "string",
];

fn apply(_document: &Document, normalized: &mut Normalized) {
    let mut names = Names::reserving(&TAKEN);
    each_operation(&mut normalized.root, |site| {
        let own = site.operation.get("operationId").and_then(Value::as_str).map(str::to_owned);
        let id = own.unwrap_or_else(|| derived(site.method, &site.path));
        // The builder's type has the same words in another case, so both spellings must be free.
        let name = names.claim(&snake(&pascal(&id)));
        site.operation.insert(DOCUMENT_ID.to_owned(), json!(id));
        site.operation.insert("operationId".to_owned(), json!(name));
    });
}

/// An id from what every operation has: its method and its path.
fn derived(method: &str, path: &str) -> String {
    let words: Vec<&str> = path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    snake(&format!("{method} {}", words.join(" ")))
}
