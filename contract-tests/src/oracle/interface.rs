//! The client's constants against what the document says: where the API is, and which version of the document it is of.

use lineworks_partner_client::{Client, ClientInfo, DEFAULT_BASE_URL};
use serde_json::{Value, json};

use crate::difference::{Difference, Oracle, Problem};
use crate::document::Document;

/// The differences between the client's constants and the document.
pub fn judge(document: &Document) -> Vec<Difference> {
    let text = |place: &str| document.root().pointer(place).and_then(Value::as_str);
    let facts = [
        ("servers", base_url(document), DEFAULT_BASE_URL),
        // Only graphic ASCII may stand in a header, where progenitor's clients may send it.
        (
            "info/version",
            text("/info/version").unwrap_or_default().to_owned(),
            <Client as ClientInfo<()>>::api_version(),
        ),
    ];
    facts
        .into_iter()
        .filter(|(_, expected, found)| expected != found)
        .map(|(keyword, expected, found)| Difference {
            oracle: Oracle::Interface,
            problem: Problem::Changed,
            place: "Client".into(),
            keyword: keyword.into(),
            detail: format!("the document says `{expected}`, the client `{found}`"),
            shown_by: json!({ "document": expected, "client": found }),
        })
        .collect()
}

/// The URL of the first server, its variables at their defaults.
fn base_url(document: &Document) -> String {
    let server = document.root().pointer("/servers/0");
    let mut url = server.and_then(|server| server.get("url")?.as_str()).unwrap_or("/").to_owned();
    let variables = server.and_then(|server| server.get("variables")?.as_object());
    for (name, variable) in variables.into_iter().flatten() {
        if let Some(default) = variable.get("default").and_then(Value::as_str) {
            url = url.replace(&format!("{{{name}}}"), default);
        }
    }
    url
}
