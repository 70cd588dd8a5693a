//! Whether a response reaches the caller as the document describes it.

use serde_json::Value;

use super::Stage;
use super::offers::{Offer, is_bodiless};
use crate::client::{Called, Content, Kind};
use crate::document::{Body, Conjunction, Document, DocumentError, MediaKind, Pointer, in_range};
use crate::oracle::change::{change, first_change, is_same};
use crate::request::Shape;
use crate::server::Exchange;

/// Everything about a call's result that is not as the document says: a keyword and a sentence each.
pub(super) fn judge(
    stage: &Stage<'_, '_>,
    offer: &Offer<'_>,
    called: &Called,
    exchanges: &[Exchange],
) -> Result<Vec<(String, String)>, DocumentError> {
    let mut faults = Vec::new();
    let status = format!("status {}", offer.status);
    let mut say = |keyword: &str, detail: String| faults.push((keyword.to_owned(), detail));
    // Where a redirect names a place on the same server, the client goes there first.
    let is_followed = (300..400).contains(&offer.status);
    if exchanges.len() > 1 && !is_followed {
        say("count", format!("one request was expected, and {} arrived", exchanges.len()));
    }
    let is_expected = called.kind == offer.expected || Some(called.kind) == offer.or;
    if !is_expected || called.status != Some(offer.status) {
        let why = called.fault.as_ref().map_or_else(String::new, |fault| format!(" ({})", fault.message));
        let or = offer.or.map_or_else(String::new, |or| format!(" or `{or} {}`", offer.status));
        let expected = format!("`{} {}`{or}", offer.expected, offer.status);
        say(&status, format!("the caller sees `{called}`{why}, and must see {expected}"));
        return Ok(faults);
    }
    if let (Some(variant), Some(_)) = (called.variant, offer.response) {
        let own = variant == offer.status.to_string() || variant == "default" || in_range(variant, offer.status);
        if !own {
            say(&status, format!("the caller gets the variant for {variant}"));
        }
    }
    for (name, value) in &offer.headers {
        let received = called.headers.iter().any(|(known, got)| known.eq_ignore_ascii_case(name) && got == value);
        if !received {
            say(&format!("header {name}"), format!("the caller does not get its value `{value}`"));
        }
    }
    let bodiless = is_bodiless(&stage.subject.operation.method, offer.status);
    let sent: &[u8] = if bodiless { &[] } else { &offer.bytes };
    if called.raw.as_deref().is_some_and(|raw| raw != sent) {
        say(
            &status,
            format!(
                "{} bytes of the body were kept, and {} were sent",
                called.raw.as_ref().map_or(0, Vec::len),
                sent.len()
            ),
        );
    }
    if matches!(called.kind, Kind::Value | Kind::ErrorResponse)
        && !bodiless
        && let Some(detail) = content_fault(stage, offer, called)?
    {
        say(&status, detail);
    }
    Ok(faults)
}

fn content_fault(stage: &Stage<'_, '_>, offer: &Offer<'_>, called: &Called) -> Result<Option<String>, DocumentError> {
    let Some(body) = offer.body else {
        let empty = matches!(&called.content, Content::Nothing | Content::Value(Value::Null));
        let empty = empty || matches!(&called.content, Content::Bytes(bytes) if bytes.is_empty());
        return Ok((!empty).then(|| "the caller gets a body where the document has none".into()));
    };
    if let (Some(sent), Content::Items(returned)) = (&offer.items, &called.content) {
        return items_fault(stage, body, sent, returned);
    }
    Ok(match (&offer.value, &called.content) {
        (Some(sent), Content::Value(returned)) => {
            let changed = match &body.schema {
                Some(schema) => {
                    let schema = Conjunction::of(stage.ground.responses, schema.clone())?;
                    change(stage.ground.responses, &schema, sent, returned)?
                }
                None => first_change(sent, returned, Pointer::root()),
            };
            changed.map(|(pointer, detail)| {
                format!("the body changed at {pointer}: {detail} ({} in the document)", body.pointer)
            })
        }
        (None, Content::Bytes(bytes)) => (*bytes != offer.bytes).then(|| "the caller gets other bytes".into()),
        (None, Content::Value(value)) if body.kind() == MediaKind::Text => {
            let (document, sent) =
                (stage.ground.responses, Shape::Text(String::from_utf8_lossy(&offer.bytes).into_owned()));
            let schema = schema_of(document, body)?;
            let meant = [sent.value(document, &schema, false)?, sent.value(document, &schema, true)?];
            let is_meant = meant.iter().any(|meant| is_same(meant, value));
            (!is_meant).then(|| format!("the caller gets {value}, which the text does not stand for"))
        }
        (_, Content::Items(_)) => Some(format!("the caller gets a stream, and the document has `{}`", body.media_type)),
        (_, Content::Nothing) => Some(format!("the caller gets no body, and the document has `{}`", body.media_type)),
        (Some(_), Content::Bytes(_)) => {
            Some(format!("the caller gets bytes, and the document has `{}`", body.media_type))
        }
        (None, Content::Value(_)) => {
            Some(format!("the caller gets a value, and the document has `{}`", body.media_type))
        }
    })
}

fn schema_of<'d>(document: &'d Document, body: &Body<'d>) -> Result<Conjunction<'d>, DocumentError> {
    body.schema.clone().map_or_else(|| Ok(Conjunction::anything()), |schema| Conjunction::of(document, schema))
}

/// What a stream gave against what was sent: as many values, in their order, each as its schema has it.
fn items_fault(
    stage: &Stage<'_, '_>,
    body: &Body<'_>,
    sent: &[Value],
    returned: &[Value],
) -> Result<Option<String>, DocumentError> {
    let document = stage.ground.responses;
    let schema = schema_of(document, body)?;
    let schema = if schema.kind() == Some(crate::document::Kind::Array) { schema.items(document)? } else { schema };
    if sent.len() != returned.len() {
        return Ok(Some(format!("{} values were sent, and the caller gets {}", sent.len(), returned.len())));
    }
    for (index, (sent, returned)) in sent.iter().zip(returned).enumerate() {
        if let Some((pointer, detail)) = change(document, &schema, &sent["data"], &returned["data"])? {
            return Ok(Some(format!("value {index} changed at {pointer}: {detail}")));
        }
        for field in ["name", "id", "retry"] {
            if sent.get(field) != returned.get(field) {
                let (sent, returned) = (&sent[field], &returned[field]);
                return Ok(Some(format!("`{field}` of event {index} is {returned}, and was sent as {sent}")));
            }
        }
    }
    Ok(None)
}
