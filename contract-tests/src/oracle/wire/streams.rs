//! Streams: server-sent events (the HTML standard, section 9.2), JSON lines, and JSON text sequences (RFC 7464), whole and cut
//! off, with a value beyond the limit, and with one that a strict client refuses.

use serde_json::{Value, json};

use super::bare::refused;
use super::offers::{Offer, values};
use super::{Stage, TOKEN, setup};
use crate::client::{Arguments, Kind, Setup};
use crate::document::{Body, Conjunction, Kind as Type, Located, MediaKind, Way, essence};
use crate::ground::Ground;
use crate::judge::JudgeError;
use crate::oracle::Findings;
use crate::oracle::client::promise;
use crate::strategy::{StrategyError, draw};

/// How many values are drawn at most, beside the enumerated ones.
const DRAWN: u32 = 32;
/// How much longer than the limit a value is that is too large for it.
const BEYOND: usize = 3;

/// A body that is a stream of values.
struct Stream<'o, 'd> {
    body: &'o Body<'d>,
    /// What each value is.
    value: Option<Located<'d>>,
    /// Values that conform.
    data: Vec<Value>,
    events: bool,
    /// Whether what an event carries is a string, and not JSON.
    text: bool,
}

impl<'o, 'd> Stream<'o, 'd> {
    fn of(ground: &Ground<'d>, body: &'o Body<'d>) -> Result<Self, StrategyError> {
        let read = |schema: &Located<'d>| Conjunction::of(ground.responses, schema.clone());
        let mut data: Vec<Value> = values(ground, body)?.into_iter().map(|(_, value)| value).collect();
        let mut value = body.schema.clone();
        let mut schema = value.as_ref().map(read).transpose()?;
        if let Some(list) = schema.as_ref().filter(|schema| schema.kind() == Some(Type::Array)) {
            data = data.into_iter().flat_map(|list| list.as_array().cloned().unwrap_or_default()).collect();
            value = list.all("items").into_iter().next();
            schema = value.as_ref().map(read).transpose()?;
        }
        let events = body.kind() == MediaKind::EventStream;
        let is_string = schema.is_some_and(|schema| schema.kind() == Some(Type::String));
        let text = events && (body.schema.is_none() || is_string);
        if text {
            data = vec![json!("a"), json!("two\nlines"), json!("  日本: \"é\"")];
        }
        Ok(Self { body, value, data, events, text })
    }

    /// Whether a value can come in this stream. A text is what its lines say, and a carriage return ends one.
    fn carries(&self, value: &Value) -> bool {
        !self.text || value.as_str().is_some_and(|text| !text.contains('\r'))
    }

    /// The bytes of these values, and what they become.
    fn written(&self, data: &[Value], end: &str) -> (Vec<u8>, Vec<Value>) {
        if self.events { written(data, self.text, end) } else { lines(data, self.body) }
    }
}

/// What is offered of a stream: everything that its format allows, nothing at all, and an end within a value.
pub(super) fn offers<'o, 'd>(
    ground: &Ground<'d>,
    body: &'o Body<'d>,
    plain: &Offer<'o>,
) -> Result<Vec<Offer<'o>>, StrategyError> {
    let stream = Stream::of(ground, body)?;
    let Stream { data, events, text, .. } = &stream;
    let plain = Offer { media_type: Some(body.concrete()), body: Some(body), ..plain.clone() };
    let offer = |what: &str, written, expected| offer(&plain, what, written, expected);
    let mut all = Vec::new();
    for end in if *events { vec!["\n", "\r\n", "\r"] } else { vec!["\n"] } {
        all.push(offer(&format!("values and {end:?}"), stream.written(data, end), plain.expected));
    }
    all.push(offer("nothing", (Vec::new(), Vec::new()), plain.expected));
    // A number that is cut off is a number too.
    let last = data.iter().rfind(|value| *text || value.is_object() || value.is_array() || value.is_string());
    if let Some(last) = last {
        let (mut bytes, _) = stream.written(std::slice::from_ref(last), "\n");
        // Without its last line an event is not at its end; of another value the last character is missing as well.
        bytes.truncate(bytes.len().saturating_sub(if *events { 1 } else { 2 }));
        all.push(offer("cut off", (bytes, Vec::new()), Kind::Interrupted));
    }
    Ok(all)
}

/// Sends streams that are refused within: a value beyond the limit for a body, and to a strict client values that do not conform.
pub(super) fn judge<'d>(
    stage: &Stage<'_, 'd>,
    usual: &Arguments,
    offers: &[Offer<'_>],
    found: &mut Findings,
) -> Result<(), JudgeError> {
    let ground = stage.ground;
    for (body, template) in stage.bodies(offers, |offer| offer.items.is_some() && offer.expected == Kind::Value) {
        let stream = Stream::of(ground, body)?;
        let Some(first) = stream.data.first() else { continue };
        let (mut bytes, items) = stream.written(std::slice::from_ref(first), "\n");
        let limit = bytes.len();
        // Blanks in front of a value are no part of it in JSON, and of a text they are.
        let blanks = " ".repeat(limit * BEYOND);
        let before = if stream.events { format!("data: {blanks}") } else { format!("{}{blanks}", mark(body)) };
        bytes.extend(format!("{before}0\n\n").bytes());
        let setup = Setup { token: Some(TOKEN.into()), ..setup(ground, &stage.base)? };
        let limited = Setup { max_body: Some(limit as u64), ..setup.clone() };
        let arguments = stage.asking(usual, Some(body));
        let limited = ground.clients.connected(ground.subject, &limited);
        let too_large = offer(template, "a value beyond the limit", (bytes, items), Kind::TooLarge);
        stage.offered(&limited, &arguments, &too_large, found)?;
        let Some(schema) = &stream.value else { continue };
        let strict = ground.clients.connected(ground.subject, &Setup { strict: true, ..setup });
        let demanded = Conjunction::of(ground.responses, schema.clone())?;
        let (cases, payloads) =
            (ground.cases(Way::Response, schema.clone())?, ground.payloads(Way::Response, schema.clone())?);
        let mut conforming = draw(&payloads, &schema.pointer, ground.plan.seed, ground.plan.cases.min(DRAWN) as usize)?;
        for case in cases.cases.iter().filter(|case| stream.carries(&case.payload)) {
            let Some(fault) = &case.fault else {
                conforming.push(case.payload.clone());
                continue;
            };
            let (expected, or) = refused(promise(ground.responses, &demanded, &case.payload, fault)?);
            let offer = |payload: &Value| {
                let (bytes, _) = stream.written(std::slice::from_ref(payload), "\n");
                Offer { or, ..offer(template, &case.label, (bytes, Vec::new()), expected) }
            };
            let place = (&case.payload, &fault.pointer);
            if or.is_none() || !stage.takes_anything(&strict, &arguments, place, offer) {
                stage.offered(&strict, &arguments, &offer(&case.payload), found)?;
            }
        }
        conforming.retain(|value| stream.carries(value));
        let offer = offer(template, "all that conforms", stream.written(&conforming, "\n"), Kind::Value);
        stage.offered(&strict, &arguments, &offer, found)?;
    }
    Ok(())
}

/// An offer of what was written.
fn offer<'o>(plain: &Offer<'o>, what: &str, (bytes, items): (Vec<u8>, Vec<Value>), expected: Kind) -> Offer<'o> {
    let label = format!("{}, {}, {what}", plain.status, plain.media_type.as_deref().unwrap_or_default());
    Offer { label, bytes, value: None, items: Some(items), expected, ..plain.clone() }
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
    let before = mark(body);
    let text: String = data.iter().map(|value| format!("{before}{value}\n")).collect();
    (text.into_bytes(), data.iter().map(|value| json!({ "data": value })).collect())
}

/// What stands in front of each value.
fn mark(body: &Body<'_>) -> &'static str {
    if essence(body.media_type).ends_with("json-seq") { "\u{1e}" } else { "" }
}
