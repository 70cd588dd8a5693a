//! The client as a whole: what the document says of itself, its servers, its tags and what its calls ask for.

use serde_json::Value;

use super::{access, external_docs, items, link, phrase, quoted, said, servers};
use crate::document::Document;
use crate::markdown::prose;

/// The documentation of the client.
pub fn about(document: &Document) -> String {
    let root = document.root();
    let info = root.get("info").unwrap_or(&Value::Null);
    let text = |key: &str| info.get(key).and_then(Value::as_str).map(prose).unwrap_or_default();
    let openapi = root.get("openapi").and_then(Value::as_str).unwrap_or_default();
    let mut paragraphs = vec![
        format!("A client of {}.", text("title").trim_end_matches('.')),
        text("description"),
        format!("Version of the document: {}, in OpenAPI {}", text("version"), prose(openapi)),
    ];
    paragraphs.extend(info.get("contact").and_then(contact));
    paragraphs.extend(info.get("license").and_then(licence));
    paragraphs.extend(link(info, "termsOfService").map(|url| format!("Terms of service: {url}")));
    paragraphs.extend(external_docs(root));
    paragraphs.extend(section("Servers", servers::servers(root)));
    let tags = items(root, "tags").iter().map(tag).collect::<Vec<_>>().join("\n");
    paragraphs.extend(section("Tags", tags));
    paragraphs.extend(section("Access", access::schemes(document)));
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs.join("\n\n")
}

fn section(heading: &str, text: String) -> Option<String> {
    (!text.is_empty()).then(|| format!("# {heading}\n\n{text}"))
}

fn contact(contact: &Value) -> Option<String> {
    let address = contact.get("email").and_then(Value::as_str).filter(|address| !address.is_empty()).map(quoted);
    let ways: Vec<String> = phrase(contact, "name").into_iter().chain(link(contact, "url")).chain(address).collect();
    (!ways.is_empty()).then(|| format!("Contact: {}", ways.join(", ")))
}

fn licence(licence: &Value) -> Option<String> {
    let words: Vec<String> = phrase(licence, "name").into_iter().chain(link(licence, "url")).collect();
    (!words.is_empty()).then(|| format!("Licence of the API: {}", words.join(", ")))
}

fn tag(tag: &Value) -> String {
    let name = tag.get("name").and_then(Value::as_str).unwrap_or_default();
    let words: Vec<String> = phrase(tag, "description").into_iter().chain(external_docs(tag)).collect();
    format!("- {}{}", quoted(name), said(&words))
}
