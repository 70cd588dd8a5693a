//! Bodies for the calls of an operation, by media type.

use serde_json::{Value, json};

use super::{Attempt, Expected, demands, hard};
use crate::client::{self, Arguments, Form, Part, PartKind, Payload};
use crate::document::{Body, Located, MediaKind, Operation, Way};
use crate::ground::Ground;
use crate::request::{is_single, spelled};
use crate::strategy::{self, StrategyError};

/// How many bodies are drawn at most, beside the enumerated ones.
const DRAWN: u32 = 32;

/// Bytes that a careless client changes: none, all of them, what looks like a boundary, and more than a buffer holds.
fn hard_bytes() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("no bytes", Vec::new()),
        ("every byte", (0..=u8::MAX).collect()),
        ("line breaks", b"\r\n\r\n--\r\na\n".to_vec()),
        ("many bytes", vec![b'x'; 100_000]),
    ]
}

/// The names and media types of files.
const FILES: [(&str, &str); 4] = [
    ("a.txt", "text/plain"),
    ("日本 é.bin", "application/octet-stream"),
    ("q\"u\\o;te.png", "image/png"),
    ("100%.txt", "text/plain; charset=utf-8"),
];

/// The body that every call can be given: the document's example, else the simplest of its cases.
pub(super) fn usual<'d>(
    ground: &Ground<'d>,
    operation: &Operation<'d>,
    call: &client::Operation,
) -> Result<Option<Payload>, StrategyError> {
    let Some((body, taken)) = taken(operation, call) else { return Ok(None) };
    Ok(Some(match taken.form {
        Form::Value => Payload::Value(usual_value(ground, body)?),
        Form::Bytes => Payload::Bytes(b"bytes".to_vec()),
        Form::Parts(parts) => Payload::Parts(usual_parts(ground, body, parts)?),
    }))
}

/// The bodies that a call is to be given.
pub(super) fn attempts<'d>(
    ground: &Ground<'d>,
    operation: &Operation<'d>,
    call: &client::Operation,
    usual: &Arguments,
) -> Result<Vec<Attempt>, StrategyError> {
    let Some((body, taken)) = taken(operation, call) else { return Ok(Vec::new()) };
    let with = |label: String, body: Option<Payload>, expected: Expected| {
        let arguments = Arguments { body, ..usual.clone() };
        Attempt { label: format!("body: {label}"), arguments, expected }
    };
    let without = if operation.request_required { Expected::Refused } else { Expected::Sent };
    let mut all = vec![with("none".into(), None, without)];
    match taken.form {
        Form::Value => {
            for (label, value) in values(ground, body)? {
                // What is not declared the client may leave aside, and what is left may have no form, or be what the document
                // refuses: items that differ in nothing else.
                let (declared, holds) = match &body.schema {
                    Some(schema) => {
                        let declared = demands(ground, schema)?.declared(ground.requests, &value)?;
                        let holds = ground.validator(Way::Request, schema)?.accepts(&declared);
                        (declared, holds)
                    }
                    None => (value.clone(), true),
                };
                let without = if holds { expected(body, &declared) } else { Expected::SentOrRefused };
                let expected = expected(body, &value).or(without);
                all.push(with(label, Some(Payload::Value(value)), expected));
            }
            for (label, value) in refused(ground, body)? {
                all.push(with(label, Some(Payload::Value(value)), Expected::Refused));
            }
        }
        Form::Bytes => {
            let bodies = hard_bytes().into_iter();
            all.extend(bodies.map(|(label, bytes)| with(label.into(), Some(Payload::Bytes(bytes)), Expected::Sent)));
        }
        Form::Parts(parts) => {
            let whole = usual_parts(ground, body, parts)?;
            let required = required_parts(ground, body)?;
            all.push(with("every part".into(), Some(Payload::Parts(whole.clone())), Expected::Sent));
            for (name, kind) in parts {
                let expected = if required.contains(name) { Expected::Refused } else { Expected::Sent };
                let others = whole.iter().filter(|(known, _)| known != name).cloned().collect();
                all.push(with(format!("without {name}"), Some(Payload::Parts(others)), expected));
                for (label, part, expected) in part_values(ground, body, (name, *kind))? {
                    let put = |given: &[Part]| {
                        let changed = whole.iter().flat_map(|(known, usual)| match known == name {
                            true => given.iter().map(|part| (known.clone(), part.clone())).collect(),
                            false => vec![(known.clone(), usual.clone())],
                        });
                        Some(Payload::Parts(changed.collect()))
                    };
                    if *kind == PartKind::Files {
                        let twice = [part.clone(), part.clone()];
                        all.push(with(format!("{name}: twice {label}"), put(&twice), expected));
                    }
                    all.push(with(format!("{name}: {label}"), put(&[part]), expected));
                }
            }
        }
    }
    Ok(all)
}

/// The body that the call takes, as the document has it.
pub(crate) fn taken<'o, 'd>(
    operation: &'o Operation<'d>,
    call: &'o client::Operation,
) -> Option<(&'o Body<'d>, &'o client::Body)> {
    let taken = call.body.as_ref()?;
    let body = operation.request.iter().find(|body| body.media_type == taken.media_type)?;
    Some((body, taken))
}

fn usual_value<'d>(ground: &Ground<'d>, body: &Body<'d>) -> Result<Value, StrategyError> {
    let is_text = body.kind() == MediaKind::Text;
    // What is given for a text that stands for a list or an object is the text itself.
    let fits = |example: &&Value| !is_text || spelled(example).is_some();
    if let Some(example) = ground.example(Way::Request, body).filter(fits) {
        return Ok(example.clone());
    }
    Ok(values(ground, body)?.into_iter().next().map_or_else(|| json!("a"), |(_, value)| value))
}

/// The schema of the values that a body may have; nothing where it is text that stands for more than one value.
fn schema_of_values<'o, 'd>(ground: &Ground<'d>, body: &'o Body<'d>) -> Result<Option<&'o Located<'d>>, StrategyError> {
    let is_open = body.kind() == MediaKind::Text && !is_single(ground.requests, body)?;
    Ok(body.schema.as_ref().filter(|_| !is_open))
}

/// The values that a body may have.
fn values<'d>(ground: &Ground<'d>, body: &Body<'d>) -> Result<Vec<(String, Value)>, StrategyError> {
    let Some(schema) = schema_of_values(ground, body)? else {
        let anything = [json!("a"), json!({"a": [1, null]}), json!([]), json!(7), json!("日本 \"é\"\n")];
        let fits = |value: &Value| body.kind() == MediaKind::Json || value.is_string();
        return Ok(anything.into_iter().filter(fits).map(|value| (value.to_string(), value)).collect());
    };
    let cases = ground.cases(Way::Request, schema.clone())?;
    let valid = cases.cases.iter().filter(|case| case.fault.is_none());
    let mut found: Vec<(String, Value)> = valid.map(|case| (case.label.clone(), case.payload.clone())).collect();
    found.extend(ground.example(Way::Request, body).map(|example| ("the example".to_owned(), example.clone())));
    let payloads = ground.payloads(Way::Request, schema.clone())?;
    let drawn = strategy::draw(&payloads, &schema.pointer, ground.plan.seed, ground.plan.cases.min(DRAWN) as usize)?;
    found.extend(drawn.into_iter().map(|value| ("drawn".to_owned(), value)));
    Ok(found)
}

fn refused<'d>(ground: &Ground<'d>, body: &Body<'d>) -> Result<Vec<(String, Value)>, StrategyError> {
    let Some(schema) = schema_of_values(ground, body)? else { return Ok(Vec::new()) };
    let cases = ground.cases(Way::Request, schema.clone())?;
    let faults = cases.cases.iter().filter(|case| case.fault.is_some());
    Ok(faults.map(|case| (case.label.clone(), case.payload.clone())).collect())
}

/// Whether a media type has a form for a value: JSON has one for each, text none for null, a form nor for what is empty.
fn expected(body: &Body<'_>, value: &Value) -> Expected {
    let empty = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    let holds = |value: &Value| {
        let inner = value.as_array().into_iter().flatten();
        empty(value) || inner.clone().any(Value::is_null) || inner.clone().any(Value::is_array)
    };
    let hollow = |(name, value): (&String, &Value)| {
        let stated = body.encoding_of(name).and_then(|encoding| encoding.style);
        holds(value) || stated.is_some_and(|(style, explode)| !hard::in_pairs(style, explode, value))
    };
    match body.kind() {
        MediaKind::Form if value.as_object().is_none_or(|map| map.is_empty() || map.iter().any(hollow)) => {
            Expected::SentOrRefused
        }
        MediaKind::Text if value.is_null() => Expected::SentOrRefused,
        _ => Expected::Sent,
    }
}

fn usual_parts<'d>(
    ground: &Ground<'d>,
    body: &Body<'d>,
    parts: &[(&'static str, PartKind)],
) -> Result<Vec<(String, Part)>, StrategyError> {
    let one = |(name, kind): &(&'static str, PartKind)| {
        let mut values = part_values(ground, body, (name, *kind))?.into_iter();
        let first = values.find(|(.., expected)| *expected == Expected::Sent);
        Ok(first.map(|(_, part, _)| ((*name).to_owned(), part)))
    };
    parts.iter().map(one).filter_map(Result::transpose).collect()
}

/// The parts that the document requires.
fn required_parts<'d>(ground: &Ground<'d>, body: &Body<'d>) -> Result<Vec<&'d str>, StrategyError> {
    let Some(schema) = &body.schema else { return Ok(Vec::new()) };
    let required = demands(ground, schema)?.all("required").into_iter();
    let names = required.filter_map(|found| found.value.as_array()).flatten();
    Ok(names.filter_map(Value::as_str).collect())
}

fn part_values<'d>(
    ground: &Ground<'d>,
    body: &Body<'d>,
    (name, kind): (&str, PartKind),
) -> Result<Vec<(String, Part, Expected)>, StrategyError> {
    let stated = body.encoding_of(name).and_then(|encoding| encoding.content_type);
    if kind != PartKind::Value {
        let listed = || stated.into_iter().flat_map(|listed| listed.split(',').map(str::trim));
        let covers_all = listed().any(|one| one.starts_with("*/") || one.starts_with("application/*"));
        let (is_stated, stated) = (stated.is_some(), listed().find(|one| !one.contains('*')));
        let of =
            |media_type: &str| Part::File { name: "a".into(), media_type: media_type.into(), bytes: b"a".to_vec() };
        let mut others = Vec::new();
        if !is_stated || stated.is_some() {
            others.push(("a file whose media type is left to the client".to_owned(), of(""), Expected::Sent));
        }
        if is_stated && !covers_all {
            let unlisted = of("application/x-unlisted");
            others.push(("a file of a media type that is not listed".to_owned(), unlisted, Expected::Refused));
        }
        let named = FILES.iter().flat_map(|(file, media_type)| {
            let media_type = stated.unwrap_or(media_type).to_owned();
            hard_bytes().into_iter().map(move |(label, bytes)| {
                let part = Part::File { name: (*file).to_owned(), media_type: media_type.clone(), bytes };
                (format!("{file}, {label}"), part, Expected::Sent)
            })
        });
        return Ok(named.chain(others).collect());
    }
    let Some(schema) = property(ground, body, name)? else {
        return Ok(vec![("a string".into(), Part::Value(json!("a")), Expected::Sent)]);
    };
    let json = stated.is_some_and(crate::document::is_json);
    let validator = ground.validator(Way::Request, &schema)?;
    let conjunction = demands(ground, &schema)?;
    let cases = ground.cases(Way::Request, schema)?;
    let mut found: Vec<(String, Part, Expected)> = Vec::new();
    for case in cases.cases.iter().filter(|case| !case.payload.is_null()) {
        // Null has no form as a part, and an empty list is no part at all.
        let hollow = match &case.payload {
            Value::Array(items) => items.is_empty() || items.iter().any(Value::is_null),
            _ => false,
        };
        let expected = match case.fault {
            Some(_) => Expected::Refused,
            None if hollow && !json => Expected::SentOrRefused,
            None => Expected::Sent,
        };
        found.push((case.label.clone(), Part::Value(case.payload.clone()), expected));
    }
    for value in hard::values(ground.requests, &conjunction, &Value::Null).map_err(StrategyError::from)? {
        let solid = value.as_array().is_none_or(|items| !items.is_empty());
        if solid && validator.accepts(&value) {
            found.push((value.to_string(), Part::Value(value), Expected::Sent));
        }
    }
    Ok(found)
}

/// The schema of a property of a form, where one schema has it.
fn property<'d>(ground: &Ground<'d>, body: &Body<'d>, name: &str) -> Result<Option<Located<'d>>, StrategyError> {
    let Some(schema) = &body.schema else { return Ok(None) };
    let whole = demands(ground, schema)?;
    let properties = whole.all("properties");
    Ok(properties.iter().find_map(|properties| properties.get(name)))
}
