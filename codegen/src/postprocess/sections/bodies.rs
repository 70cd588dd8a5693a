//! Bodies: of each media type the schema's name and the document's examples, and what a request's body is for.

use serde_json::Value;

use super::{follow, members, phrase, quoted, said, values};
use crate::document::Document;
use crate::postprocess::{Context, Operation};
use crate::write::examples::Examples;

/// How long an example may be that stands in a line though its type gives it as well.
const SHORT: usize = 200;

/// The section on a request's body; empty where the call has none.
pub fn request(context: &Context<'_>, operation: &Operation<'_>, examples: &Examples<'_>) -> String {
    let Some(body) = operation.original.get("requestBody").map(|body| follow(context.document, body)) else {
        return String::new();
    };
    let required = body.get("required").and_then(Value::as_bool) == Some(true);
    let words: Vec<String> = phrase(body, "description").into_iter().collect();
    let mut lines = vec![format!("{}{}", if required { "Required" } else { "Optional" }, said(&words)), String::new()];
    for (media_type, media) in members(body, "content") {
        lines.push(format!("- {}", content(context.document, media_type, media, examples)));
        for (part, encoding) in members(media, "encoding") {
            let mut traits = values::traits(context.document, encoding, "form");
            traits.extend(encoding.get("contentType").and_then(Value::as_str).map(quoted));
            lines.push(format!("  - part {} ({})", quoted(part), traits.join(", ")));
            lines.extend(headers(context.document, encoding).map(|line| format!("  {line}")));
        }
    }
    lines.join("\n")
}

/// A media type, what it holds, and its examples.
pub fn content(document: &Document, media_type: &str, media: &Value, examples: &Examples<'_>) -> String {
    let schema = media.get("schema");
    let mut words: Vec<String> = schema.map(|schema| held(document, schema, 0)).into_iter().collect();
    // A long example stands once, at the type that gives it.
    let given = schema.and_then(|schema| examples.of_component(schema));
    match (media.get("example"), given) {
        (Some(example), Some((ident, given))) if example == given && example.to_string().len() > SHORT => {
            words.push(format!("such as [`{ident}::example`](types::{ident}::example)"));
        }
        _ => {
            let shown = values::examples(document, media);
            if !shown.is_empty() {
                words.push(format!("such as {}", shown.join(", ")));
            }
        }
    }
    format!("{}{}", quoted(media_type), said(&words))
}

/// What a body holds: types say the rest.
fn held(document: &Document, schema: &Value, depth: usize) -> String {
    if let Some(name) = values::component(schema) {
        return name;
    }
    let schema = follow(document, schema);
    let union = ["allOf", "oneOf", "anyOf"].into_iter().find(|key| schema.get(key).is_some());
    match (schema.get("type").and_then(Value::as_str), schema.get("items"), union) {
        (Some("array"), Some(items), _) if depth < 4 => format!("array of {}", held(document, items, depth + 1)),
        (Some(kind), ..) => kind.to_owned(),
        (None, _, Some(union)) => format!("{} several", union.trim_end_matches("Of").to_owned() + " of"),
        (None, ..) => "anything".to_owned(),
    }
}

/// A line for each header of an answer, or of a part of a body.
pub fn headers<'a>(document: &'a Document, holder: &'a Value) -> impl Iterator<Item = String> + 'a {
    members(holder, "headers").map(move |(name, header)| {
        let header = follow(document, header);
        let required = header.get("required").and_then(Value::as_bool) == Some(true);
        let mut traits: Vec<String> = required.then(|| "required".to_owned()).into_iter().collect();
        traits.extend(values::traits(document, header, "simple"));
        let traits = if traits.is_empty() { String::new() } else { format!(" ({})", traits.join(", ")) };
        format!("  - header {}{traits}{}", quoted(name), said(&values::words(document, header)))
    })
}
