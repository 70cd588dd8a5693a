//! The responses that the document has for an operation, with bodies and headers ready to be sent.

use serde_json::{Map, Value, json};

use crate::cases::Enumerator;
use crate::document::{Body, Conjunction, Document, DocumentError, Located, Operation, Pointer, Way, is_json};
use crate::request::Accept;

/// One documented response.
pub(super) struct Offer {
    /// The key under `responses`: a status, a range, or `default`.
    pub key: String,
    /// What it may look like; the first is the usual one.
    pub contents: Vec<Content>,
    pub headers: Vec<(String, String)>,
}

/// A body.
pub(super) struct Content {
    /// The example's name, where the document names examples.
    pub name: Option<String>,
    pub media_type: String,
    /// The body as it is sent, or why there is none.
    pub text: Result<String, String>,
}

/// All documented responses of an operation.
pub(super) fn offers(document: &Document, operation: &Operation<'_>) -> Result<Vec<Offer>, DocumentError> {
    let responses = document.meaning(Way::Response);
    let mut enumerator = Enumerator::new(responses);
    let mut offers = Vec::new();
    for response in &operation.responses {
        // Where there is JSON, that is what clients ask for.
        let mut bodies: Vec<&Body<'_>> = response.bodies.iter().collect();
        bodies.sort_by_key(|body| !is_json(body.media_type));
        let mut contents = Vec::new();
        for body in bodies {
            contents.extend(self::contents(document, &mut enumerator, body, response.pointer.clone())?);
        }
        let headers = match responses.at(&response.pointer) {
            Some(place) => headers(responses, &mut enumerator, &place, response.status)?,
            None => Vec::new(),
        };
        offers.push(Offer { key: response.status.to_owned(), contents, headers });
    }
    Ok(offers)
}

impl Offer {
    /// Whether the key stands for a status: itself, or the range that it belongs to.
    pub fn covers(&self, status: u16) -> bool {
        let range = format!("{}XX", status / 100);
        self.key == status.to_string() || self.key.eq_ignore_ascii_case(&range)
    }

    /// The body that was asked for by name, else the one that is most wanted; none where none is acceptable.
    pub fn content(&self, name: Option<&str>, accept: &Accept) -> Option<&Content> {
        let named = |content: &&Content| name.is_none() || content.name.as_deref() == name;
        let mut best: Option<(&Content, f32)> = None;
        for content in self.contents.iter().filter(named) {
            if let Some(quality) = accept.quality(&content.media_type)
                && best.is_none_or(|(_, most)| quality > most)
            {
                best = Some((content, quality));
            }
        }
        best.map(|(content, _)| content)
    }
}

/// The offer for a status: of this status, of its range, or the one for all others.
pub(super) fn offer_for(offers: &[Offer], status: u16) -> Option<&Offer> {
    let exact = offers.iter().find(|offer| offer.key == status.to_string());
    exact.or_else(|| offers.iter().find(|offer| offer.covers(status))).or_else(|| fallback(offers))
}

/// The response to a call that nothing is wrong with, and its status.
pub(super) fn usual(offers: &[Offer]) -> Option<(u16, &Offer)> {
    let status = |offer: &Offer| match offer.key.as_str() {
        "default" => Some(200),
        key => key.to_ascii_uppercase().replace("XX", "00").parse().ok(),
    };
    let success = offers.iter().find(|offer| offer.key.starts_with('2')).or_else(|| fallback(offers));
    success.or(offers.first()).and_then(|offer| Some((status(offer)?, offer)))
}

/// What there is to ask for, as a reader may see it.
pub(super) fn listed(offers: &[Offer]) -> Value {
    let all = offers.iter().map(|offer| {
        let names: Vec<&str> = offer.contents.iter().filter_map(|content| content.name.as_deref()).collect();
        if names.is_empty() { json!({ "code": offer.key }) } else { json!({ "code": offer.key, "examples": names }) }
    });
    all.collect()
}

fn fallback(offers: &[Offer]) -> Option<&Offer> {
    offers.iter().find(|offer| offer.key == "default")
}

fn contents<'d>(
    document: &'d Document,
    enumerator: &mut Enumerator<'d>,
    body: &Body<'d>,
    response: Pointer,
) -> Result<Vec<Content>, DocumentError> {
    // What only requests have is gone from what the document means to responses, and known by what it says.
    let schema = body.schema.as_ref().and_then(|schema| document.at(&schema.pointer));
    let schema = schema.map(|schema| Conjunction::of(document, schema)).transpose()?;
    let content = |name: Option<&str>, value: Result<Value, String>| -> Result<Content, DocumentError> {
        let value = match (value, &schema) {
            (Ok(value), Some(schema)) => Ok(without_write_only(document, schema, value)?),
            (value, _) => value,
        };
        let text = value.map(|value| match value {
            Value::String(text) if !is_json(body.media_type) => text,
            value => format!("{value:#}\n"),
        });
        Ok(Content { name: name.map(str::to_owned), media_type: sent_as(body.media_type), text })
    };
    let media = document.at(&response.child("content").child(body.media_type));
    let mut found = Vec::new();
    for example in media.map(|media| media.members("examples")).unwrap_or_default() {
        let name = example.pointer.as_str().rsplit('/').next().unwrap_or_default().to_owned();
        let name = name.replace("~1", "/").replace("~0", "~");
        if let Some(value) = document.resolve(example)?.value.get("value") {
            found.push(content(Some(&name), Ok(value.clone()))?);
        }
    }
    if found.is_empty() {
        let value = match (body.example, body.schema.clone()) {
            (Some(example), _) => Ok(example.clone()),
            (None, Some(schema)) => example(enumerator, schema),
            (None, None) if is_json(body.media_type) => Ok(json!({})),
            (None, None) => Ok(json!("")),
        };
        found.push(content(None, value)?);
    }
    Ok(found)
}

/// A range of media types is none that a response could name.
fn sent_as(media_type: &str) -> String {
    match (media_type.contains('*'), is_json(media_type)) {
        (false, _) => media_type.to_owned(),
        (true, true) => "application/json".to_owned(),
        (true, false) => "application/octet-stream".to_owned(),
    }
}

/// A value that conforms to a schema, or why there is none, which must not keep the rest from being served.
fn example<'d>(enumerator: &mut Enumerator<'d>, schema: Located<'d>) -> Result<Value, String> {
    let cases = enumerator.cases(schema).map_err(|error| error.to_string())?;
    let mut valid = cases.cases.into_iter().filter(|case| case.fault.is_none()).map(|case| case.payload);
    let first = valid.next().ok_or_else(|| "no value that conforms to its schema was found".to_owned())?;
    // A null says least.
    Ok(if first.is_null() { valid.find(|value| !value.is_null()).unwrap_or(first) } else { first })
}

/// A value without what only requests have.
fn without_write_only<'d>(
    document: &'d Document,
    schema: &Conjunction<'d>,
    value: Value,
) -> Result<Value, DocumentError> {
    Ok(match value {
        Value::Object(members) => {
            let mut kept = Map::new();
            for (name, member) in members {
                match schema.property(document, &name)? {
                    Some(inner) if inner.all("writeOnly").iter().any(|flag| flag.value == &Value::Bool(true)) => {}
                    Some(inner) => drop(kept.insert(name, without_write_only(document, &inner, member)?)),
                    None => drop(kept.insert(name, member)),
                }
            }
            Value::Object(kept)
        }
        Value::Array(items) => {
            let inner = schema.items(document)?;
            items.into_iter().map(|item| without_write_only(document, &inner, item)).collect::<Result<_, _>>()?
        }
        scalar => scalar,
    })
}

fn headers<'d>(
    document: &'d Document,
    enumerator: &mut Enumerator<'d>,
    response: &Located<'d>,
    status: &str,
) -> Result<Vec<(String, String)>, DocumentError> {
    let mut found = Vec::new();
    let described = response.value.get("headers").and_then(Value::as_object);
    for (name, value) in described.map(Map::iter).into_iter().flatten() {
        if name.eq_ignore_ascii_case("content-type") {
            continue;
        }
        let place = response.pointer.child("headers").child(name);
        let header = document.resolve(Located { pointer: place, value })?;
        let schema = match header.get("schema") {
            Some(schema) => Some(document.resolve(schema)?),
            None => None,
        };
        let stated = |holder: &Value| ["example", "default"].into_iter().find_map(|key| holder.get(key).cloned());
        let value = stated(header.value)
            .or_else(|| stated(schema.as_ref()?.value))
            .or_else(|| plausible(name, status))
            .or_else(|| example(enumerator, schema?).ok());
        if let Some(value) = value {
            found.push((name.clone(), as_text(&value)));
        }
    }
    Ok(found)
}

/// What a rate limit's headers say where the document gives no example: a limit of a minute, and nothing left of it once
/// calls are refused.
fn plausible(name: &str, status: &str) -> Option<Value> {
    let name = name.to_ascii_lowercase();
    let is_refused = status == "429";
    match name.rsplit('-').next()? {
        _ if name == "retry-after" => Some(json!(30)),
        _ if !name.contains("rate") => None,
        "limit" => Some(json!(240)),
        "remaining" => Some(json!(if is_refused { 0 } else { 239 })),
        "reset" => Some(json!(30)),
        _ => None,
    }
}

fn as_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(as_text).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}
