//! Servers: their URLs, what the document says of each, and what may stand in a URL's variables.

use serde_json::Value;

use super::{items, members, phrase, quoted, said};

/// A line for each server of a document, a path item or an operation, and one for each of its variables.
pub fn servers(holder: &Value) -> String {
    items(holder, "servers").iter().map(server).collect::<Vec<_>>().join("\n")
}

/// One server.
pub fn server(server: &Value) -> String {
    let url = server.get("url").and_then(Value::as_str).unwrap_or_default();
    let words: Vec<String> = phrase(server, "description").into_iter().collect();
    let mut lines = vec![format!("- {}{}", quoted(url), said(&words))];
    for (name, variable) in members(server, "variables") {
        let text = |value: &Value| value.as_str().map(quoted);
        let listed: Vec<String> = items(variable, "enum").iter().filter_map(text).collect();
        let mut choice = Vec::new();
        if !listed.is_empty() {
            choice.push(format!("one of {}", listed.join(" ")));
        }
        choice.extend(variable.get("default").and_then(text).map(|default| format!("default {default}")));
        let words: Vec<String> = phrase(variable, "description").into_iter().collect();
        lines.push(format!("  - {} ({}){}", quoted(name), choice.join(", "), said(&words)));
    }
    lines.join("\n")
}
