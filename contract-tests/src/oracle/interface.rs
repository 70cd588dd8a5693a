//! What the client gives as data, against what the document says: where the API is, its version, and what each call asks for;
//! the base URL that it says it has; and the settings that a client has by default, against what is promised of every client.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde_json::{Map, Value, json};

use super::{Evidence, Findings, Oracle};
use crate::client::{About, ELSEWHERE};
use crate::difference::Problem;
use crate::document::{Document, Operation, Pointer};
use crate::ground::{Ground, OperationGround};
use crate::judge::JudgeError;

/// What is promised of a client that is not told otherwise, in the words of its builder. The README has the same table.
const DEFAULTS: [&str; 7] = [
    "connect_timeout: 10s",
    " timeout: 15s",
    "total_timeout: 60s",
    "most: 3",
    "first_wait: 500ms",
    "longest_wait: 10s",
    "body_limit: 16777216",
];

/// The oracle.
pub struct Interface;

impl Oracle for Interface {
    fn name(&self) -> &'static str {
        "interface"
    }

    fn evidence(&self, _: Problem) -> Evidence {
        Evidence::Interface
    }

    fn document(&self, ground: &Ground<'_>, found: &mut Findings) -> Result<(), JudgeError> {
        let given = ground.subject.base_url.map(str::to_owned);
        compare("Client", "servers", json!(base_url(ground.document)), json!(given), found);
        about(ground, found);
        let given = ground.subject.tokens.iter().map(|source| (source.scheme.to_owned(), json!(source.url))).collect();
        compare("Client", "tokenUrl", Value::Object(tokens(ground.document)), Value::Object(given), found);
        let given = (ground.subject.defaults)();
        for promised in DEFAULTS.into_iter().filter(|promised| !given.contains(promised)) {
            let detail = format!("a client has `{}` by default, its builder says {given}", promised.trim());
            found.add(Problem::Changed, "Client", "default", detail, json!(promised.trim()));
        }
        Ok(())
    }

    fn operation<'d>(
        &self,
        ground: &Ground<'d>,
        OperationGround { operation, binding }: &OperationGround<'d>,
        found: &mut Findings,
    ) -> Result<(), JudgeError> {
        let given: Vec<Value> = (binding.security)()
            .iter()
            .map(|together| {
                together.iter().map(|need| json!([need.scheme, need.place, sorted(&need.scopes)])).collect()
            })
            .collect();
        let asked = unordered(asked(ground.document, operation));
        compare(&operation.id, "security", json!(asked), json!(unordered(given)), found);
        let [id, method, path] = (binding.stated)();
        compare(&operation.id, "method", json!(operation.method), json!(method), found);
        compare(&operation.id, "path", json!(operation.path), json!(path), found);
        // What has no name of its own may be called anything.
        let named = ground.document.at(&operation.pointer.child("operationId"));
        if let Some(named) = named.filter(|named| named.value.as_str() == Some(&operation.id)) {
            compare(&operation.id, "operationId", named.value.clone(), json!(id), found);
        }
        Ok(())
    }
}

/// The version that a client says it is for is the document's, and its base URL the one that it was given.
fn about(ground: &Ground<'_>, found: &mut Findings) {
    static GIVEN: Mutex<BTreeMap<&str, About>> = Mutex::new(BTreeMap::new());
    // To make a client takes its time, and what it says is the same whatever the document.
    let mut given = GIVEN.lock().unwrap_or_else(PoisonError::into_inner);
    let given = given.entry(ground.subject.name).or_insert_with(ground.subject.about);
    // OpenAPI requires one; of a document without it the client says so.
    let version = ground.document.root().pointer("/info/version").and_then(Value::as_str).unwrap_or_default();
    compare("Client", "version", json!(version), json!(given.version), found);
    for (way, base_url) in given.base_urls.iter().filter(|(_, base_url)| base_url != ELSEWHERE) {
        let detail = format!("{way}: a client of `{ELSEWHERE}` says that it is one of `{base_url}`");
        found.add(Problem::Changed, "Client", "base URL", detail, json!(base_url));
    }
}

/// Where tokens come from by a client's own credentials, by the scheme; a URL that begins with a slash is the first server's.
fn tokens(document: &Document) -> Map<String, Value> {
    let at = Pointer::written("/components/securitySchemes");
    let schemes = document.at(&at).and_then(|schemes| schemes.value.as_object());
    let origin = base_url(document).and_then(|base| {
        let (scheme, rest) = base.split_once("://")?;
        Some(format!("{scheme}://{}", rest.split('/').next()?))
    });
    let url = |name: &str| {
        let scheme = document.at(&at.child(name)).and_then(|scheme| document.resolve(scheme).ok())?.value;
        let own = scheme.get("type").is_some_and(|kind| kind == "oauth2");
        let url = scheme.pointer("/flows/clientCredentials/tokenUrl")?.as_str().filter(|_| own)?;
        let relative = url.starts_with('/') && !url.starts_with("//");
        Some(origin.as_ref().filter(|_| relative).map_or_else(|| url.to_owned(), |origin| format!("{origin}{url}")))
    };
    let names = schemes.into_iter().flat_map(|schemes| schemes.keys());
    names.filter_map(|name| Some((name.clone(), json!(url(name)?)))).collect()
}

fn compare(place: &str, keyword: &str, expected: Value, given: Value, found: &mut Findings) {
    if expected != given {
        let detail = format!("the document says {expected}, the client {given}");
        found.add(Problem::Changed, place, keyword, detail, json!({ "document": expected, "client": given }));
    }
}

/// The URL of the first server, its variables at their defaults; nothing where it is not absolute, since only who serves the
/// document knows then where the API is.
fn base_url(document: &Document) -> Option<String> {
    let server = document.root().pointer("/servers/0");
    let mut url = server.and_then(|server| server.get("url")?.as_str()).unwrap_or("/").to_owned();
    let variables = server.and_then(|server| server.get("variables")?.as_object());
    for (name, variable) in variables.into_iter().flatten() {
        if let Some(default) = variable.get("default").and_then(Value::as_str) {
            url = url.replace(&format!("{{{name}}}"), default);
        }
    }
    Some(url.trim_end_matches('/').to_owned()).filter(|url| url.contains("://"))
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
