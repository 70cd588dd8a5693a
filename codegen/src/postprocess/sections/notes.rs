//! What else the document says of a call: its path, its servers, tags, callbacks, further reading.

use serde_json::Value;
use syn::Attribute;

use super::{arguments, external_docs, follow, items, members, phrase, quoted, said, servers};
use crate::keyword::deprecated::deprecation;
use crate::markdown::prose;
use crate::normalize::METHODS;
use crate::postprocess::{Context, Operation};

/// Method and path, and what the document says of the path.
pub fn request_line(context: &Context<'_>, operation: &Operation<'_>) -> Vec<String> {
    let item = operation.path_item(context.document);
    let words = |key: &str| item.get(key).and_then(Value::as_str).map(prose).unwrap_or_default();
    vec![
        format!("`{} {}`", operation.method.to_ascii_uppercase(), operation.path.replace('`', "'")),
        words("summary"),
        words("description"),
    ]
}

/// The paragraphs behind the answers.
pub fn notes(context: &Context<'_>, operation: &Operation<'_>) -> Vec<String> {
    let item = operation.path_item(context.document);
    let mut notes = Vec::new();
    let own = [servers::servers(operation.original), servers::servers(item)].into_iter().find(|own| !own.is_empty());
    notes.extend(own.map(|own| format!("Servers of this call:\n\n{own}")));
    let tags: Vec<String> = items(operation.original, "tags").iter().filter_map(Value::as_str).map(quoted).collect();
    if !tags.is_empty() {
        notes.push(format!("Tags: {}", tags.join(", ")));
    }
    let callbacks = callbacks(context, operation);
    if !callbacks.is_empty() {
        notes.push(format!("The server calls back, which is not this client's part:\n\n{}", callbacks.join("\n")));
    }
    notes.extend(external_docs(operation.original));
    notes
}

/// A line for each call that the server makes in turn.
fn callbacks(context: &Context<'_>, operation: &Operation<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    for (name, callback) in members(operation.original, "callbacks") {
        let callback = follow(context.document, callback);
        let items = callback.as_object().into_iter().flatten().filter(|(key, _)| !key.starts_with("x-"));
        for (expression, item) in items {
            let calls = METHODS.into_iter().filter_map(|method| Some((method, item.get(method)?)));
            for (method, call) in calls {
                let words: Vec<String> =
                    ["summary", "description"].into_iter().filter_map(|key| phrase(call, key)).collect();
                let request = format!("{} {expression}", method.to_ascii_uppercase());
                lines.push(format!("- {} by {}{}", quoted(name), quoted(&request), said(&words)));
            }
        }
    }
    lines
}

/// The mark of a deprecated argument, for its setter.
pub fn deprecated_argument(context: &Context<'_>, operation: &Operation<'_>, ident: &str) -> Option<Attribute> {
    let parameter = arguments::named(context, operation, ident)?;
    deprecation(arguments::original(context.document, operation, parameter))
}
