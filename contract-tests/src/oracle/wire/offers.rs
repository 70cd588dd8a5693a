//! The responses that the judge's server offers: each documented status, media type and header, and what is documented
//! nowhere.

use std::time::Duration;

use serde_json::Value;

use super::sent_headers::sent_headers;
use crate::client::{Direction, Kind};
use crate::document::{Body, Located, MediaKind, Operation, Pointer, Response, Way};
use crate::ground::Ground;
use crate::oracle::OracleError;
use crate::request::{MeantBody, of_body, spelled};
use crate::server::{Script, Step};
use crate::strategy::StrategyError;

/// Statuses that are sent where the document does not know them, to a client that never retries.
const OTHERS: [u16; 18] = [200, 201, 202, 203, 204, 206, 400, 401, 403, 404, 406, 409, 410, 418, 422, 429, 500, 501];
/// Statuses that `default` covers where nothing else does: a success, a redirect that leads nowhere, errors, and what no
/// standard knows.
const COVERED: [u16; 7] = [200, 299, 300, 404, 500, 599, 999];
/// The last two digits of statuses that a range covers where nothing else does: its ends, and what is known by no name.
const IN_RANGE: [u16; 4] = [0, 51, 98, 99];
/// How many bodies are built for each schema, beside the example: the baseline, and one with only what is required.
const BUILT: usize = 2;
/// A payload of so many bytes is not sent for what a smaller one shows.
const LARGE: usize = 10_000;
/// How long a stream waits between its pieces, so that they arrive one by one.
const BETWEEN_PIECES: Duration = Duration::from_millis(2);
/// What an offer of the document's example is called.
pub const EXAMPLE: &str = "the example";
/// A media type that no document has.
pub(super) const UNKNOWN: &str = "application/x-undocumented";

/// A response to send.
#[derive(Debug, Clone)]
pub struct Offer<'o> {
    /// What is special about it.
    pub label: String,
    /// The status.
    pub status: u16,
    /// The documented headers.
    pub headers: Vec<(String, String)>,
    /// The media type, where there is content.
    pub media_type: Option<String>,
    /// The body.
    pub bytes: Vec<u8>,
    /// The value that the body is the JSON text of.
    pub value: Option<Value>,
    /// What a caller of a stream must get, as [`Content::Items`](crate::client::Content::Items) has it.
    pub items: Option<Vec<Value>>,
    /// What the caller must see.
    pub expected: Kind,
    /// What the caller may see instead.
    pub or: Option<Kind>,
    /// The response that the document has for it.
    pub response: Option<&'o str>,
    /// The entry of `content` that describes the body.
    pub body: Option<&'o Body<'o>>,
}

impl Offer<'_> {
    /// What the server sends.
    pub fn script(&self, method: &str) -> Script {
        let mut head = format!("HTTP/1.1 {} Status\r\nconnection: close\r\n", self.status);
        if let Some(media_type) = &self.media_type {
            head.push_str(&format!("content-type: {media_type}\r\n"));
        }
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        let bodiless = is_bodiless(method, self.status);
        if !matches!(self.status, 204 | 304) {
            head.push_str(&format!("content-length: {}\r\n", self.bytes.len()));
        }
        let body = if bodiless { Vec::new() } else { self.bytes.clone() };
        let mut steps = vec![Step::Send([head.as_bytes(), b"\r\n"].concat())];
        // A stream comes in pieces that end within what belongs together: a line's end, and a character.
        let mut rest = body.as_slice();
        let is_cut = |byte: &u8| self.items.is_some() && matches!(byte, b'\r' | 0xe6);
        while let Some(at) = rest.iter().position(is_cut) {
            let (piece, after) = rest.split_at(at + 1);
            steps.extend([Step::Send(piece.to_vec()), Step::Wait(BETWEEN_PIECES)]);
            rest = after;
        }
        steps.push(Step::Send(rest.to_vec()));
        Script { steps, body }
    }
}

/// What a body is, its bytes, and the value that they are the JSON text of.
type Content = (String, Vec<u8>, Option<Value>);

/// Whether HTTP has no body for a response (RFC 9110, section 6.4.1).
pub fn is_bodiless(method: &str, status: u16) -> bool {
    method == "HEAD" || matches!(status, 100..=199 | 204 | 205 | 304)
}

/// Everything that the server is to send for an operation; the first is the plainest success.
pub fn offers<'o, 'd>(ground: &Ground<'d>, operation: &'o Operation<'d>) -> Result<Vec<Offer<'o>>, StrategyError> {
    writable(operation)?;
    let mut all = Vec::new();
    for response in &operation.responses {
        let Some(status) = response.concrete(&operation.responses).filter(|status| *status >= 200) else { continue };
        let offers = documented(ground, operation, response, status)?;
        // `default` covers whatever no other response does, and a range what it is of.
        let covered: Vec<u16> = match (response.status, response.status.parse::<u16>()) {
            ("default", _) => COVERED.to_vec(),
            (_, Err(_)) => IN_RANGE.iter().map(|rest| status / 100 * 100 + rest).collect(),
            (_, Ok(_)) => Vec::new(),
        };
        let own =
            |more: &u16| *more != status && operation.response(*more).is_some_and(|own| own.status == response.status);
        let plain = offers.first().cloned();
        let spelled: Vec<Offer<'_>> =
            response.bodies.iter().filter_map(|body| spelled_otherwise(&offers, body)).collect();
        // The plainest comes ahead of what is special.
        all.extend(offers);
        if let Some(plain) = plain {
            all.extend(covered.into_iter().filter(own).map(|more| Offer {
                label: format!("{more} by {}, {}", response.status, plain.label),
                status: more,
                expected: kind(operation, response, more),
                ..plain.clone()
            }));
        }
        all.extend(spelled);
    }
    // The plainest success first, and else the plainest error.
    all.sort_by_key(|offer| (offer.expected != Kind::Value, offer.expected != Kind::ErrorResponse));
    let error = all.iter().find(|offer| offer.status >= 400 && offer.expected == Kind::ErrorResponse);
    let template = error.map(|offer| (offer.media_type.clone(), offer.bytes.clone())).unwrap_or_default();
    // Where no success is documented at all, the caller gets whatever comes.
    let promises_nothing = operation.responses.iter().all(|response| response.status.starts_with(['4', '5']));
    for status in OTHERS.into_iter().filter(|status| operation.response(*status).is_none()) {
        let (media_type, bytes) = if status >= 400 { template.clone() } else { (None, Vec::new()) };
        all.push(Offer {
            label: format!("{status}, not documented"),
            status,
            headers: Vec::new(),
            media_type,
            bytes,
            value: None,
            items: None,
            expected: if status < 300 && promises_nothing { Kind::Value } else { Kind::Status },
            or: None,
            response: None,
            body: None,
        });
    }
    Ok(all)
}

/// A response whose media type is spelled otherwise: neither its case nor a charset makes another of it (RFC 9110, section 8.3.1).
fn spelled_otherwise<'o>(offers: &[Offer<'o>], body: &Body<'_>) -> Option<Offer<'o>> {
    let is_read = |offer: &&Offer<'_>| matches!(offer.expected, Kind::Value | Kind::ErrorResponse);
    let own = |offer: &&Offer<'_>| offer.body.is_some_and(|own| own.pointer == body.pointer);
    let plain = offers.iter().filter(own).find(is_read)?;
    let media_type = plain.media_type.as_ref().filter(|media_type| !media_type.contains(';'))?;
    let media_type = format!("{}; Charset=\"UTF-8\"", media_type.to_ascii_uppercase());
    Some(Offer { label: format!("{}, as {media_type}", plain.label), media_type: Some(media_type), ..plain.clone() })
}

fn documented<'o, 'd>(
    ground: &Ground<'d>,
    operation: &'o Operation<'d>,
    response: &'o Response<'d>,
    status: u16,
) -> Result<Vec<Offer<'o>>, StrategyError> {
    let headers = sent_headers(ground, response)?;
    let usual = headers.iter().filter_map(|(header, values)| Some((header.name.to_owned(), values.first()?.1.clone())));
    let usual: Vec<(String, String)> = usual.collect();
    let plain = Offer {
        label: format!("{status}, without content"),
        status,
        headers: usual,
        media_type: None,
        bytes: Vec::new(),
        value: None,
        items: None,
        expected: kind(operation, response, status),
        or: None,
        response: Some(response.status),
        body: None,
    };
    let mut all = Vec::new();
    let has_json = response.bodies.iter().any(|body| body.kind() == MediaKind::Json);
    for (index, body) in response.bodies.iter().enumerate() {
        let media_type = body.concrete();
        // An error is read in its first JSON type, or else in its first; others come as they are.
        let foreign =
            plain.expected == Kind::ErrorResponse && if has_json { body.kind() != MediaKind::Json } else { index > 0 };
        if body.kind().is_stream() && plain.expected == Kind::Value && !is_bodiless(&operation.method, status) {
            all.extend(super::streams::offers(ground, body, &plain)?);
            continue;
        }
        for (what, bytes, value) in contents(ground, body)? {
            let label = format!("{status}, {media_type}, {what}");
            let (media_type, body) = (Some(media_type.clone()), Some(body));
            let usual = Offer { label, media_type, bytes, value, body, ..plain.clone() };
            all.push(match foreign {
                true => Offer { expected: Kind::ContentType, body: None, value: None, ..usual },
                false => usual,
            });
        }
    }
    // JSON first: what has no media type of its own is sent by the first.
    all.sort_by_key(|offer| offer.value.is_none());
    if all.is_empty() || is_bodiless(&operation.method, status) {
        all.truncate(1);
        all = if all.is_empty() { vec![plain.clone()] } else { all };
    }
    let first = all[0].clone();
    for (header, values) in &headers {
        for (_, value) in values.iter().skip(1) {
            let mut headers = first.headers.clone();
            headers.retain(|(known, _)| known != header.name);
            headers.push((header.name.to_owned(), value.clone()));
            all.push(Offer { label: format!("{status}, header {}: {value}", header.name), headers, ..first.clone() });
        }
    }
    let unknown = !first.bytes.is_empty() && !response.bodies.iter().any(|body| body.covers(UNKNOWN));
    if unknown && !is_bodiless(&operation.method, status) {
        let label = format!("{status}, as {UNKNOWN}");
        all.push(Offer {
            label,
            media_type: Some(UNKNOWN.into()),
            expected: Kind::ContentType,
            body: None,
            value: None,
            items: None,
            ..first
        });
    }
    Ok(all)
}

/// Whether HTTP can carry the names of an operation's headers and its media types (RFC 9110, sections 5.1 and 5.5). Where it
/// cannot, no client can do what the document says.
fn writable(operation: &Operation<'_>) -> Result<(), OracleError> {
    let refused = |pointer: &Pointer, message: String| Err(OracleError::Schema { pointer: pointer.clone(), message });
    for header in operation.responses.iter().flat_map(|response| &response.headers) {
        if !is_sendable(header.name) {
            return refused(&header.pointer, format!("HTTP has no header of the name {:?}", header.name));
        }
    }
    for body in operation.responses.iter().flat_map(|response| &response.bodies).chain(&operation.request) {
        if !body.media_type.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\t')) {
            return refused(&body.pointer, format!("HTTP has no media type {:?}", body.media_type));
        }
    }
    Ok(())
}

/// Whether HTTP can carry a header of this name (RFC 9110, section 5.1).
pub fn is_sendable(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// Whether a documented response is a success to the caller: a 2xx, or a redirect that is not followed where no 2xx is
/// documented.
pub fn is_success(operation: &Operation<'_>, status: &str) -> bool {
    let has_success = operation.responses.iter().any(|response| response.status.starts_with('2'));
    status.starts_with('2') || (status.starts_with('3') && !has_success)
}

/// What the caller sees of a status: `default` is a success only where it covers every 2xx.
pub fn kind(operation: &Operation<'_>, response: &Response<'_>, status: u16) -> Kind {
    let has_success = operation.responses.iter().any(|response| response.status.starts_with('2'));
    let success = match response.status {
        "default" => !has_success && (200..300).contains(&status),
        stated => is_success(operation, stated),
    };
    if success { Kind::Value } else { Kind::ErrorResponse }
}

/// The bodies to send for a media type.
fn contents<'d>(ground: &Ground<'d>, body: &Body<'d>) -> Result<Vec<Content>, StrategyError> {
    let kind = body.kind();
    if kind == MediaKind::Binary {
        return Ok(vec![("every byte".into(), (0..=u8::MAX).collect(), None)]);
    }
    let values = values(ground, body)?;
    let line = |value: &Value| value.to_string();
    Ok(match kind {
        MediaKind::Json => {
            values.into_iter().map(|(label, value)| (label, line(&value).into_bytes(), Some(value))).collect()
        }
        _ => {
            let text = |value: &Value| spelled(value).unwrap_or_else(|| value.to_string());
            let mut all: Vec<_> = values.iter().map(|(label, value)| (label.clone(), text(value))).collect();
            all.push(("not ASCII".into(), "日本 é\r\n".into()));
            let validator = body.schema.as_ref().map(|schema| ground.validator(Way::Response, schema)).transpose()?;
            let is_refused = |text: &str| {
                let meant = MeantBody::Text(text.to_owned());
                of_body(ground.responses, body, validator.as_deref(), &meant).map(|refusal| refusal.is_some())
            };
            let mut sent = Vec::new();
            for (label, text) in all {
                // What a strict client refuses, and a lenient one cannot always hold, is sent as a case of its own.
                if !is_refused(&text)? {
                    sent.push((label, text.into_bytes(), None));
                }
            }
            sent
        }
    })
}

/// A payload in which a list has items that differ, which shows in what order they come.
fn mixed<'d>(ground: &Ground<'d>, schema: &Located<'d>) -> Result<Option<(String, Value)>, StrategyError> {
    let place = ground.responses.resolve(schema.clone())?.pointer;
    let mut known = ground.schemas.iter().filter(|one| one.located.pointer == place);
    let Some(known) = known.find(|one| one.binding.direction != Direction::Request) else { return Ok(None) };
    let mut cases = ground.prepared(known)?.cases.cases.iter().filter(|case| case.fault.is_none());
    let found = cases.find(|case| has_mixed_list(&case.payload) && case.payload.to_string().len() < LARGE);
    Ok(found.map(|case| (case.label.clone(), case.payload.clone())))
}

fn has_mixed_list(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(|item| Some(item) != items.first() || has_mixed_list(item)),
        Value::Object(members) => members.values().any(has_mixed_list),
        _ => false,
    }
}

pub(super) fn values<'d>(ground: &Ground<'d>, body: &Body<'d>) -> Result<Vec<(String, Value)>, StrategyError> {
    let mut found: Vec<(String, Value)> = Vec::new();
    found.extend(ground.example(Way::Response, body).map(|example| (EXAMPLE.to_owned(), example.clone())));
    match &body.schema {
        Some(schema) => {
            let cases = ground.plain(Way::Response, schema.clone())?;
            found.extend(cases.iter().take(BUILT).map(|case| (case.label.clone(), case.payload.clone())));
            found.extend(mixed(ground, schema)?);
        }
        // An example is no limit.
        None => found.push(("anything".into(), serde_json::json!({"a": [1, null, "é"]}))),
    }
    Ok(found)
}
