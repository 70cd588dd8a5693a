//! Streams to offer: server-sent events (the HTML standard, section 9.2), JSON lines, and JSON text sequences (RFC 7464), whole
//! and cut off.

use serde_json::{Value, json};

use super::offers::{Offer, values};
use crate::client::Kind;
use crate::document::{Body, Conjunction, Kind as Type, MediaKind, essence};
use crate::ground::Ground;
use crate::strategy::StrategyError;

/// What is offered of a stream: everything that its format allows, nothing at all, and an end within a value.
pub(super) fn offers<'o, 'd>(
    ground: &Ground<'d>,
    body: &'o Body<'d>,
    plain: &Offer<'o>,
) -> Result<Vec<Offer<'o>>, StrategyError> {
    let schema = match &body.schema {
        Some(schema) => Conjunction::of(ground.responses, schema.clone()).map_err(StrategyError::from)?,
        None => Conjunction::anything(),
    };
    let listed = schema.kind() == Some(Type::Array);
    let inner = if listed { schema.items(ground.responses).map_err(StrategyError::from)? } else { schema };
    let mut data: Vec<Value> = values(ground, body)?.into_iter().map(|(_, value)| value).collect();
    if listed {
        data = data.into_iter().flat_map(|list| list.as_array().cloned().unwrap_or_default()).collect();
    }
    let events = body.kind() == MediaKind::EventStream;
    let text = events && (body.schema.is_none() || inner.kind() == Some(Type::String));
    if text {
        data = vec![json!("a"), json!("two\nlines"), json!("  日本: \"é\"")];
    }
    let offer = |what: &str, bytes: Vec<u8>, items: Vec<Value>, expected: Kind| Offer {
        label: format!("{}, {}, {what}", plain.status, body.media_type),
        media_type: Some(body.concrete()),
        bytes,
        items: Some(items),
        expected,
        body: Some(body),
        ..plain.clone()
    };
    let mut all = Vec::new();
    for end in if events { vec!["\n", "\r\n", "\r"] } else { vec!["\n"] } {
        let (bytes, items) = if events { written(&data, text, end) } else { lines(&data, body) };
        all.push(offer(&format!("values and {end:?}"), bytes, items, plain.expected));
    }
    all.push(offer("nothing", Vec::new(), Vec::new(), plain.expected));
    // A number that is cut off is a number too.
    let last = data.iter().rfind(|value| text || value.is_object() || value.is_array() || value.is_string());
    if let Some(last) = last {
        let one = std::slice::from_ref(last);
        let (mut bytes, items) = if events { written(one, text, "\n") } else { lines(one, body) };
        // Without its last line an event is not at its end; of another value the last character is missing as well.
        bytes.truncate(bytes.len().saturating_sub(if events { 1 } else { 2 }));
        all.push(offer("cut off", bytes, if events { Vec::new() } else { items[..0].to_vec() }, Kind::Interrupted));
    }
    Ok(all)
}

/// Events with all that they can have, and what they become.
fn written(data: &[Value], text: bool, end: &str) -> (Vec<u8>, Vec<Value>) {
    let mut lines: Vec<String> =
        vec!["\u{feff}: a comment".into(), String::new(), "event: without data".into(), String::new()];
    let mut items = Vec::new();
    let mut id: Option<String> = None;
    for (index, value) in data.iter().enumerate() {
        let (mut name, mut retry) = ("message", None);
        // The first one has no name: that of the event without data before it is not its own.
        if index % 2 == 1 {
            (name, retry) = ("item", Some(1_500));
            id = Some(format!("id {index}"));
            lines.extend([
                "event: item".into(),
                format!("id:id {index}"),
                "retry: 1500".into(),
                "unknown: field".into(),
            ]);
        }
        // An empty one takes the place of the one before it.
        if index == 2 {
            id = Some(String::new());
            lines.push("id".into());
        }
        let pretty = || serde_json::to_string_pretty(value).unwrap_or_default();
        let shown = value.as_str().filter(|_| text).map_or_else(pretty, str::to_owned);
        lines.extend(shown.split('\n').map(|line| format!("data: {line}")));
        lines.push(String::new());
        items.push(json!({ "name": name, "data": value, "id": id, "retry": retry }));
    }
    (lines.into_iter().flat_map(|line| [line, end.to_owned()]).collect::<String>().into_bytes(), items)
}

fn lines(data: &[Value], body: &Body<'_>) -> (Vec<u8>, Vec<Value>) {
    let before = if essence(body.media_type).ends_with("json-seq") { "\u{1e}" } else { "" };
    let text: String = data.iter().map(|value| format!("{before}{value}\n")).collect();
    (text.into_bytes(), data.iter().map(|value| json!({ "data": value })).collect())
}
