//! What the client sent, against what the document says is to be sent.

use httpmock::HttpMockRequest;
use serde_json::{Map, Value, json};

use super::Answer;
use crate::document::Operation;

/// The headers that HTTP itself needs, and the two that the client may add on its own.
const ALLOWED: [&str; 5] = ["host", "accept", "user-agent", "content-length", "content-type"];

/// Everything about the requests that is not as the document says: a keyword and a sentence each.
pub(super) fn judge(
    operation: &Operation<'_>,
    base_path: &str,
    arguments: &Map<String, Value>,
    received: &[HttpMockRequest],
) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut say = |keyword: &str, detail: String| found.push((keyword.to_owned(), detail));
    let [request] = received else {
        say("count", format!("one request was expected, {} arrived", received.len()));
        return found;
    };
    if request.method_str() != operation.method {
        say("method", format!("{} instead of {}", request.method_str(), operation.method));
    }
    let (path, query) = split(request.uri_str());
    let expected = format!("{base_path}{}", filled(operation, arguments));
    if path != expected {
        say("path", format!("`{path}` instead of `{expected}`"));
    }
    for (name, _) in &query {
        if !operation.parameters.iter().any(|parameter| parameter.place == "query" && parameter.name == name) {
            say("query", format!("`{name}` is not documented"));
        }
    }
    for parameter in operation.parameters.iter().filter(|parameter| parameter.place == "query") {
        let sent = query
            .iter()
            .any(|(name, value)| name == parameter.name && Some(value) == arguments.get(name).map(plain).as_ref());
        if !sent && (parameter.required || arguments.contains_key(parameter.name)) {
            say("query", format!("`{}` was not sent as it was given", parameter.name));
        }
    }
    headers(operation, arguments, request, &mut say);
    if operation.request.is_empty() && !request.body_ref().is_empty() {
        say("body", "a body was sent, and none is documented".into());
    }
    if !operation.request.is_empty() && request.body_ref().is_empty() {
        say("body", "the document has a body for the request, and none was sent".into());
    }
    found
}

fn headers(
    operation: &Operation<'_>,
    arguments: &Map<String, Value>,
    request: &HttpMockRequest,
    say: &mut impl FnMut(&str, String),
) {
    let sent = request.headers_vec();
    let value =
        |name: &str| sent.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str());
    let documented: Vec<_> = operation.parameters.iter().filter(|parameter| parameter.place == "header").collect();
    for (name, _) in sent {
        let known = ALLOWED.iter().any(|allowed| allowed.eq_ignore_ascii_case(name))
            || (!operation.security.is_empty() && name.eq_ignore_ascii_case("authorization"))
            || documented.iter().any(|parameter| parameter.name.eq_ignore_ascii_case(name));
        if !known {
            say(&format!("header {}", name.to_lowercase()), "it is not documented".into());
        }
    }
    for parameter in documented {
        let given = arguments.get(parameter.name).map(plain);
        if value(parameter.name).map(str::to_owned) != given && (parameter.required || given.is_some()) {
            say(&format!("header {}", parameter.name.to_lowercase()), "it was not sent as it was given".into());
        }
    }
    if operation.needs_credentials() && !value("authorization").is_some_and(|header| header.starts_with("Bearer ")) {
        say("header authorization", "the document asks for a bearer token, and none was sent".into());
    }
    let accepted = value("accept").unwrap_or("*/*");
    let answers = operation.responses.iter().flat_map(|response| &response.bodies);
    for body in answers {
        if !accepted.contains("*/*")
            && !accepted.split(',').any(|one| one.split(';').next().map(str::trim) == Some(body.media_type))
        {
            say("header accept", format!("`{accepted}` doesn't accept `{}`", body.media_type));
        }
    }
}

/// What a reader of a report needs to see the same again.
pub(super) fn shown(received: &[HttpMockRequest], arguments: &Map<String, Value>, answer: &Answer) -> Value {
    let requests: Vec<Value> = received
        .iter()
        .map(|request| {
            let headers: Map<String, Value> =
                request.headers_vec().iter().map(|(name, value)| (name.clone(), redacted(name, value))).collect();
            json!({ "method": request.method_str(), "uri": path_and_query(request.uri_str()), "headers": headers })
        })
        .collect();
    let body = answer.body.as_ref().map(|(_, body)| body.clone());
    json!({ "arguments": arguments, "requests": requests, "answer": { "status": answer.status, "body": body } })
}

fn redacted(name: &str, value: &str) -> Value {
    let secret = name.eq_ignore_ascii_case("authorization");
    // The port of a mock server differs from run to run, and a report should not.
    let host = name.eq_ignore_ascii_case("host");
    if secret {
        "(a token)".into()
    } else if host {
        "(the mock server)".into()
    } else {
        value.into()
    }
}

fn path_and_query(uri: &str) -> &str {
    match uri.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("/", |start| &rest[start..]),
        None => uri,
    }
}

fn split(uri: &str) -> (String, Vec<(String, String)>) {
    let (path, query) = path_and_query(uri).split_once('?').unwrap_or((path_and_query(uri), ""));
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (decoded(name), decoded(value)));
    (path.to_owned(), pairs.collect())
}

fn decoded(text: &str) -> String {
    let spaced = text.replace('+', " ");
    let mut bytes = Vec::new();
    let mut rest = spaced.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()).filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The path template with the arguments in it, percent-encoded as RFC 3986 says for a segment, in the style that is asked for.
fn filled(operation: &Operation<'_>, arguments: &Map<String, Value>) -> String {
    let mut path = operation.path.to_owned();
    for parameter in operation.parameters.iter().filter(|parameter| parameter.place == "path") {
        let value = arguments.get(parameter.name).map(plain).unwrap_or_default();
        let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        let encoded: String = value
            .bytes()
            .map(|byte| if unreserved(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
            .collect();
        let styled = match parameter.style {
            crate::document::Style::Label => format!(".{encoded}"),
            crate::document::Style::Matrix => format!(";{}={encoded}", parameter.name),
            _ => encoded,
        };
        path = path.replace(&format!("{{{}}}", parameter.name), &styled);
    }
    path
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
