//! Answers: each status with its words, its bodies and their examples, its headers and links.

use serde_json::Value;

use super::{bodies, follow, members, phrase, quoted, said, servers};
use crate::markdown::code;
use crate::postprocess::{Context, Operation};
use crate::write::examples::Examples;

/// A line for each status, and below it one for each body, header and link that the document describes there.
pub fn answers(context: &Context<'_>, operation: &Operation<'_>, examples: &Examples<'_>) -> String {
    let document = context.document;
    let mut lines = Vec::new();
    for (status, response) in members(operation.original, "responses") {
        let response = follow(document, response);
        let words: Vec<String> = phrase(response, "description").into_iter().collect();
        lines.push(format!("- {}{}", quoted(status), said(&words)));
        for (media_type, media) in members(response, "content") {
            lines.push(format!("  - {}", bodies::content(document, media_type, media, examples)));
        }
        lines.extend(bodies::headers(document, response));
        lines.extend(members(response, "links").map(|(name, found)| link(name, follow(document, found))));
    }
    lines.join("\n")
}

/// A link: where it leads, and with what.
fn link(name: &str, link: &Value) -> String {
    let mut words: Vec<String> = phrase(link, "description").into_iter().collect();
    for key in ["operationId", "operationRef"] {
        words.extend(link.get(key).and_then(Value::as_str).map(|target| format!("to {}", quoted(target))));
    }
    words.extend(members(link, "parameters").map(|(name, value)| format!("{} from {}", quoted(name), code(value))));
    words.extend(link.get("requestBody").map(|body| format!("the body from {}", code(body))));
    words.extend(
        link.get("server").map(|server| servers::server(server).replace("\n", " ").trim_start_matches("- ").to_owned()),
    );
    format!("  - link {}{}", quoted(name), said(&words))
}
