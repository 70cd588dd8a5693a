//! What the client gives as data, against what the document says: where the API is, and what each call asks for.

use lineworks_partner_client::DEFAULT_BASE_URL;
use lineworks_partner_client::runtime::Place;
use serde_json::{Value, json};

use crate::bindings::OPERATIONS;
use crate::difference::{Difference, Problem};
use crate::document::{Document, DocumentError, Operation};

/// The differences between the client's data and the document.
pub fn judge(document: &Document) -> Result<Vec<Difference>, DocumentError> {
    let mut found = Vec::new();
    let mut compare = |place: &str, keyword: &str, expected: Value, given: Value| {
        if expected != given {
            found.push(Difference {
                oracle: "interface",
                problem: Problem::Changed,
                place: place.into(),
                keyword: keyword.into(),
                detail: format!("the document says {expected}, the client {given}"),
                shown_by: json!({ "document": expected, "client": given }),
            });
        }
    };
    compare("Client", "servers", json!(base_url(document)), json!(DEFAULT_BASE_URL));
    for operation in document.operations()? {
        let Some(binding) = OPERATIONS.iter().find(|binding| binding.id == operation.id) else { continue };
        let given: Vec<Value> = binding
            .security
            .iter()
            .map(|together| {
                together.iter().map(|one| json!([one.scheme, place(&one.place), sorted(one.scopes)])).collect()
            })
            .collect();
        compare(&operation.id, "security", json!(unordered(asked(document, &operation))), json!(unordered(given)));
    }
    Ok(found)
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

/// The alternatives of an operation: of each, the schemes with their places and scopes.
fn asked(document: &Document, operation: &Operation<'_>) -> Vec<Value> {
    let schemes = document.root().pointer("/components/securitySchemes");
    let one = |(name, scopes): &(String, Vec<String>)| {
        json!([name, carried(schemes.and_then(|all| all.get(name))), sorted(scopes)])
    };
    operation.security.iter().map(|alternative| alternative.schemes.iter().map(one).collect()).collect()
}

/// Alternatives, the schemes of each, and the scopes of a scheme are sets.
fn unordered(mut alternatives: Vec<Value>) -> Vec<Value> {
    for alternative in alternatives.iter_mut().filter_map(Value::as_array_mut) {
        alternative.sort_by_key(Value::to_string);
    }
    alternatives.sort_by_key(Value::to_string);
    alternatives
}

fn sorted<T: AsRef<str>>(scopes: &[T]) -> Vec<&str> {
    let mut sorted: Vec<&str> = scopes.iter().map(AsRef::as_ref).collect();
    sorted.sort_unstable();
    sorted
}

/// Where a scheme's credential goes.
fn carried(scheme: Option<&Value>) -> String {
    let text = |key: &str| scheme.and_then(|scheme| scheme.get(key)?.as_str()).unwrap_or_default();
    match (text("type"), text("in")) {
        ("apiKey", place) => format!("{place} {}", text("name")),
        ("http", _) if !text("scheme").eq_ignore_ascii_case("bearer") => {
            format!("authorization {}", text("scheme").to_lowercase())
        }
        _ => "authorization bearer".into(),
    }
}

fn place(place: &Place) -> String {
    match place {
        Place::Authorization(word) => format!("authorization {}", word.to_lowercase()),
        Place::Header(name) => format!("header {name}"),
        Place::Query(name) => format!("query {name}"),
        Place::Cookie(name) => format!("cookie {name}"),
        other => format!("{other:?}"),
    }
}
