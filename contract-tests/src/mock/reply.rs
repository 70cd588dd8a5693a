//! Responses on their way to a client.

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{ALLOW, HeaderName, HeaderValue};
use hyper::{Response, StatusCode};
use serde_json::{Value, json};

/// The header in which the server says why it did not give the usual response.
const REASON: HeaderName = HeaderName::from_static("mock-reason");

/// A response as it is sent.
pub(super) type Reply = Response<Full<Bytes>>;

/// A response of these parts. Statuses without a body have none, whatever the document gives them.
pub(super) fn reply(status: u16, content: Option<(&str, &str)>, headers: &[(String, String)]) -> Reply {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let has_body = !status.is_informational() && status != StatusCode::NO_CONTENT && status != StatusCode::NOT_MODIFIED;
    let content = content.filter(|_| has_body);
    let body = content.map(|(_, text)| Bytes::copy_from_slice(text.as_bytes())).unwrap_or_default();
    let mut reply = Response::new(Full::new(body));
    *reply.status_mut() = status;
    let named = content.map(|(media_type, _)| ("content-type", media_type));
    let headers = headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    for (name, value) in headers.chain(named) {
        // What no header may carry is left out.
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            reply.headers_mut().append(name, value);
        }
    }
    reply
}

/// What the document has no response for: a problem (RFC 9457) that says what is wrong, and what else there is.
pub(super) fn problem(status: StatusCode, detail: &str, offered: Option<Value>) -> Reply {
    let mut body = json!({ "title": status.canonical_reason(), "status": status.as_u16(), "detail": detail });
    if let (Some(offered), Some(body)) = (offered, body.as_object_mut()) {
        body.insert("offered".to_owned(), offered);
    }
    let reply = reply(status.as_u16(), Some(("application/problem+json", &format!("{body:#}\n"))), &[]);
    because(reply, detail)
}

/// The same, and why.
pub(super) fn because(mut reply: Reply, reason: &str) -> Reply {
    let visible: String =
        reason.chars().flat_map(|c| if c == '"' { vec![c] } else { c.escape_default().collect() }).collect();
    if let Ok(value) = HeaderValue::try_from(visible) {
        reply.headers_mut().insert(REASON, value);
    }
    reply
}

/// The same, and what may be asked for at the path.
pub(super) fn allowing(mut reply: Reply, methods: &str) -> Reply {
    if let Ok(value) = HeaderValue::try_from(methods) {
        reply.headers_mut().insert(ALLOW, value);
    }
    reply
}
