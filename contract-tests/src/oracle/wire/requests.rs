//! Whether what was sent means what the call was given.

use serde_json::Value;

use super::Stage;
use super::offers::{UNKNOWN, is_bodiless, is_success};
use crate::arguments::{Attempt, Expected, is_hollow};
use crate::client::{Called, Kind, Part, Payload, Place};
use crate::document::{Body, Conjunction, DocumentError, Response, essence, is_json};
use crate::oracle::change::change;
use crate::request::{self, Accept, Meaning, Meant, MeantBody, PART_HEADER, Received, ReceivedPart, Shape, cut};
use crate::server::Exchange;

/// A keyword and a sentence.
type Faults = Vec<(String, String)>;

/// Everything about the requests of one call that is not as the document says.
pub(super) fn judge(
    stage: &Stage<'_, '_>,
    attempt: &Attempt,
    called: &Called,
    exchanges: &[Exchange],
) -> Result<Faults, DocumentError> {
    let mut faults = Vec::new();
    let mut say = |keyword: &str, detail: String| faults.push((keyword.to_owned(), detail));
    if matches!(called.kind, Kind::Panic | Kind::Hangs | Kind::NoClient) {
        say("call", format!("the call {}: {}", called.kind, called.printed));
        return Ok(faults);
    }
    let refused = matches!(called.kind, Kind::InvalidRequest | Kind::Argument);
    match (attempt.expected, exchanges) {
        (Expected::Refused, []) if !refused => {
            say("argument", format!("the document refuses it, and the caller sees {called}"))
        }
        (Expected::Refused | Expected::SentOrRefused, []) => {}
        (Expected::Refused, [Exchange { request, .. }]) => {
            let meaning = request::read(stage.ground.requests, &stage.subject.operation, &stage.base, request)?;
            // What a type cannot hold is left out by the caller already, such as a null where none is allowed.
            let fault = match dropped(stage, attempt, &meaning)? {
                None => nonconforming(stage, &meaning)?,
                dropped => dropped,
            };
            if let Some(fault) = fault {
                say("argument", format!("the document refuses it, and the client sends it: {fault}"));
            }
        }
        (Expected::Sent, []) => {
            let why = called.fault.as_ref().map_or_else(String::new, |fault| format!(": {}", fault.message));
            say("argument", format!("nothing was sent, and the caller sees {called}{why}"));
        }
        (_, [Exchange { request, .. }]) => {
            let stage_operation = &stage.subject.operation;
            let meaning = request::read(stage.ground.requests, stage_operation, &stage.base, request)?;
            faults.extend(meaning.faults.iter().cloned());
            parameters(stage, attempt, &meaning, &mut faults)?;
            body(stage, attempt, &meaning.body, &mut faults)?;
            if faults.is_empty()
                && let Some(fault) = nonconforming(stage, &meaning)?
            {
                faults.push(("document".into(), fault));
            }
            accept(stage, attempt.arguments.accept, request, &mut faults);
        }
        (_, more) => say("count", format!("one request was expected, and {} arrived", more.len())),
    }
    Ok(faults)
}

fn parameters(
    stage: &Stage<'_, '_>,
    attempt: &Attempt,
    meaning: &Meaning,
    faults: &mut Faults,
) -> Result<(), DocumentError> {
    for (parameter, meant) in stage.subject.operation.parameters.iter().zip(&meaning.parameters) {
        if request::is_ignored(parameter.place, parameter.name) {
            continue;
        }
        let given = Place::named(parameter.place).and_then(|place| attempt.arguments.get(place, parameter.name));
        let detail = match (given, meant) {
            (None, Meant::Absent) => continue,
            // Free members that nobody else claims are the given ones of another parameter only if it has them too.
            (None, Meant::Readings(readings)) => {
                format!(
                    "{} was sent, and no value was given",
                    readings.first().map_or_else(String::new, |one| format!("{one:?}"))
                )
            }
            (Some(value), Meant::Absent) if is_hollow(value) => continue,
            (Some(value), Meant::Absent) => format!("it was not sent, and {} was given", short(value)),
            (Some(value), Meant::Readings(readings)) => {
                if readings.iter().any(|reading| reading.expresses(value)) {
                    continue;
                }
                // As in a body, the client may leave aside what is not declared.
                let declared =
                    request::demands(stage.ground.requests, parameter)?.declared(stage.ground.requests, value)?;
                if readings.iter().any(|reading| reading.expresses(&declared)) {
                    continue;
                }
                let read = readings.first().map_or_else(String::new, |one| format!("{one:?}"));
                format!("{} was given, and what was sent means {}", short(value), cut(&read))
            }
            (_, Meant::Unreadable(reason)) => reason.clone(),
        };
        let place = &parameter.pointer;
        faults.push((format!("{} {}", parameter.place, parameter.name), format!("{detail} ({place} in the document)")));
    }
    Ok(())
}

/// What in a request the document refuses, whatever the call was given.
fn nonconforming(stage: &Stage<'_, '_>, meaning: &Meaning) -> Result<Option<String>, DocumentError> {
    let operation = &stage.subject.operation;
    let body = stage.body.map(|body| (body, stage.body_validator.as_deref()));
    request::refusal(stage.ground.requests, operation, meaning, &stage.validators, body)
}

/// An argument that the document refuses, and that was left out without a word; or one that is required and missing.
fn dropped(stage: &Stage<'_, '_>, attempt: &Attempt, meaning: &Meaning) -> Result<Option<String>, DocumentError> {
    let document = stage.ground.requests;
    for (parameter, meant) in stage.subject.operation.parameters.iter().zip(&meaning.parameters) {
        let Some(place) = Place::named(parameter.place) else { continue };
        if request::is_ignored(parameter.place, parameter.name) || *meant != Meant::Absent {
            continue;
        }
        match attempt.arguments.get(place, parameter.name) {
            None if parameter.required => return Ok(Some(format!("without `{}`", parameter.name))),
            None => {}
            // No items at all can be told from none by whoever sends them, if by nobody else.
            Some(Value::Array(items)) if items.is_empty() => {
                return Ok(Some(format!("without `{}`, which was given no item", parameter.name)));
            }
            Some(value) => {
                let schema = request::demands(document, parameter)?;
                if !is_guess(&schema, value) && !is_hollow(&schema.declared(document, value)?) {
                    return Ok(Some(format!("without `{}`, which was given {}", parameter.name, short(value))));
                }
            }
        }
    }
    let given: Vec<&str> = match &attempt.arguments.body {
        Some(Payload::Value(value)) => {
            let schema = stage.body_schema()?;
            if is_guess(&schema, value) {
                return Ok(None);
            }
            let declared = schema.declared(document, value)?;
            let solid = |name: &&String| declared.get(name.as_str()).is_some_and(|value| !is_hollow(value));
            value.as_object().into_iter().flat_map(|map| map.keys().filter(solid)).map(String::as_str).collect()
        }
        Some(Payload::Parts(parts)) => parts.iter().map(|(name, _)| name.as_str()).collect(),
        _ => return Ok(None),
    };
    let is_sent = |name: &str| match &meaning.body {
        MeantBody::Json(json) => json.get(name).is_some(),
        MeantBody::Form(fields) => fields.iter().any(|field| field.name == name),
        MeantBody::Parts(parts) => parts.iter().any(|part| part.name == name),
        _ => true,
    };
    Ok(given.into_iter().find(|name| !is_sent(name)).map(|name| format!("without `{name}`, which was given")))
}

/// Of an object that fits no alternative, what was left out is what the one that was guessed does not declare.
fn is_guess(schema: &Conjunction<'_>, value: &Value) -> bool {
    value.is_object() && !schema.alternatives().is_empty()
}

fn body(stage: &Stage<'_, '_>, attempt: &Attempt, meant: &MeantBody, faults: &mut Faults) -> Result<(), DocumentError> {
    let detail = match (&attempt.arguments.body, meant) {
        (None, MeantBody::Absent) => return Ok(()),
        (None, _) => "a body was sent, and none was given".to_owned(),
        (Some(_), MeantBody::Absent) => "no body was sent, and one was given".to_owned(),
        (_, MeantBody::Unreadable(reason)) => reason.clone(),
        (Some(Payload::Value(value)), MeantBody::Json(json)) => {
            match change(stage.ground.requests, &stage.body_schema()?, value, json)? {
                None => return Ok(()),
                Some((place, change)) => format!("at {place}, {}", cut(&change)),
            }
        }
        (Some(Payload::Value(given)), MeantBody::Text(text)) if Shape::Text(text.clone()).expresses(given) => {
            return Ok(());
        }
        (Some(Payload::Value(given)), MeantBody::Form(fields)) => {
            let declared = stage.body_schema()?.declared(stage.ground.requests, given)?;
            match form_fault(given, fields).and(form_fault(&declared, fields)) {
                None => return Ok(()),
                Some(fault) => fault,
            }
        }
        (Some(Payload::Bytes(given)), MeantBody::Bytes(bytes)) if given == bytes => return Ok(()),
        (Some(Payload::Bytes(given)), MeantBody::Text(text)) if given == text.as_bytes() => return Ok(()),
        (Some(Payload::Parts(given)), MeantBody::Parts(parts)) => match parts_fault(stage, given, parts)? {
            None => return Ok(()),
            Some(fault) => fault,
        },
        (Some(given), other) => {
            format!("{} was given, and {} was sent", cut(&format!("{given:?}")), cut(&format!("{other:?}")))
        }
    };
    faults.push(("body".into(), detail));
    Ok(())
}

fn form_fault(given: &Value, fields: &[request::Field]) -> Option<String> {
    let map = given.as_object()?;
    for (name, value) in map {
        let field = fields.iter().find(|field| field.name == *name);
        match field.map(|field| &field.meant) {
            None if is_hollow(value) => {}
            None => return Some(format!("`{name}` was not sent")),
            Some(Meant::Unreadable(reason)) => return Some(format!("`{name}`: {reason}")),
            Some(meant) if meant.readings().iter().any(|reading| reading.expresses(value)) => {}
            Some(meant) => {
                return Some(format!(
                    "`{name}` was given {}, and what was sent means {}",
                    short(value),
                    cut(&format!("{meant:?}"))
                ));
            }
        }
    }
    let added = fields.iter().find(|field| !map.contains_key(&field.name));
    added.map(|field| format!("`{}` was sent, and not given", field.name))
}

fn parts_fault(
    stage: &Stage<'_, '_>,
    given: &[(String, Part)],
    received: &[ReceivedPart],
) -> Result<Option<String>, DocumentError> {
    let document = stage.ground.requests;
    let schema = stage.body_schema()?;
    let encoding = |name: &str| stage.body.and_then(|body| body.encoding_of(name));
    // Each item of a list is a part by itself, unless the document has the part as JSON; and as in other bodies, the client
    // may leave aside what is not declared.
    let mut single: Vec<(&str, Part, Part)> = Vec::new();
    for (name, part) in given {
        let json = encoding(name).and_then(|encoding| encoding.content_type).is_some_and(is_json);
        let Part::Value(value) = part else {
            single.push((name, part.clone(), part.clone()));
            continue;
        };
        let property = schema.property(document, name)?.unwrap_or_else(Conjunction::anything);
        let declared = property.declared(document, value)?;
        match (value, &declared) {
            (Value::Array(items), Value::Array(declared)) if !json => {
                let items = items.iter().zip(declared);
                single.extend(
                    items.map(|(item, inner)| (name.as_str(), Part::Value(item.clone()), Part::Value(inner.clone()))),
                );
            }
            _ => single.push((name, part.clone(), Part::Value(declared))),
        }
    }
    if single.len() != received.len() {
        return Ok(Some(format!("{} parts were given, and {} were sent", single.len(), received.len())));
    }
    Ok(single.iter().zip(received).find_map(|((name, part, declared), received)| {
        if *name != received.name {
            return Some(format!("the part `{name}` was given, and `{}` was sent", received.name));
        }
        let headers = encoding(name).into_iter().flat_map(|encoding| &encoding.headers);
        let sent = |name: &str| received.headers.contains(&(name.to_ascii_lowercase(), PART_HEADER.to_owned()));
        let mut missing = headers.filter(|header| !is_of_parts(header.name) && !sent(header.name));
        if let Some(header) = missing.next() {
            return Some(format!("the part `{name}` was given the header `{}`, which was not sent", header.name));
        }
        // A part has no others (RFC 7578, section 4.8).
        let described = encoding(name).map_or(&[][..], |encoding| &encoding.headers);
        let is_described = |sent: &str| described.iter().any(|header| header.name.eq_ignore_ascii_case(sent));
        if let Some((header, _)) = received.headers.iter().find(|(sent, _)| !is_described(sent)) {
            return Some(format!("the part `{name}` has the header `{header}`, which is not documented"));
        }
        let fault = part_fault(part, received).and_then(|fault| part_fault(declared, received).and(Some(fault)));
        fault.map(|fault| format!("the part `{name}`: {fault}"))
    }))
}

/// Whether a header stands in each part by itself, and is nobody's to set (OpenAPI 3.0.3, "Encoding Object").
fn is_of_parts(header: &str) -> bool {
    header.to_ascii_lowercase().starts_with("content-")
}

fn part_fault(part: &Part, received: &ReceivedPart) -> Option<String> {
    match part {
        Part::Value(value) => {
            let structured = value.is_object() || value.is_array();
            match received.readings() {
                Err(reason) => Some(reason),
                Ok(readings) if readings.iter().any(|reading| reading.expresses(value)) => None,
                Ok(_) if structured => Some("it is no JSON of what was given".into()),
                Ok(readings) => Some(format!("{} was given, and {readings:?} was sent", short(value))),
            }
        }
        Part::File { name, media_type, bytes } => {
            let own = received.media_type.as_deref().map(essence);
            if received.file.as_deref() != Some(name) {
                return Some(format!("the file `{name}` was given, and {:?} was sent", received.file));
            }
            if !media_type.is_empty() && own != Some(essence(media_type)) {
                return Some(format!("the media type `{media_type}` was given, and {own:?} was sent"));
            }
            (received.bytes != *bytes)
                .then(|| format!("{} bytes were given, and {} others were sent", bytes.len(), received.bytes.len()))
        }
    }
}

/// Of each documented response the client must take one of the media types, and of a success the one that is asked for. What none
/// of them has it may not take: `*/*`, which HTTP clients send where they are told nothing, says nothing of what is read.
fn accept(stage: &Stage<'_, '_>, asked: Option<&str>, request: &Received, faults: &mut Faults) {
    let lines: Vec<String> = request.all("accept").map(|line| String::from_utf8_lossy(line).into_owned()).collect();
    let accept = Accept::read(lines.iter().map(String::as_str));
    let quality = |body: &Body<'_>| accept.quality(&body.concrete());
    let operation = &stage.subject.operation;
    let mut say = |detail| faults.push(("header accept".into(), detail));
    for response in operation.responses.iter().filter(|response| !response.status.starts_with('1')) {
        let asked = asked.filter(|_| is_success(operation, response.status));
        let is_asked = |body: &&Body<'_>| asked.is_none_or(|asked| body.media_type == asked);
        let wanted: Vec<&Body<'_>> = response.bodies.iter().filter(is_asked).collect();
        let best = wanted.iter().filter_map(|body| quality(body)).max_by(f32::total_cmp);
        match (best, wanted.first()) {
            (None, Some(first)) => say(format!(
                "`{}` does not accept `{}` ({} in the document)",
                lines.join(", "),
                first.media_type,
                first.pointer
            )),
            // What is accepted as readily may come instead.
            (Some(best), _) => {
                let others = response.bodies.iter().filter(|body| !is_asked(body));
                if let Some(other) = others.into_iter().find(|body| quality(body).is_some_and(|other| other >= best)) {
                    let asked = asked.unwrap_or_default();
                    say(format!("`{asked}` is asked for, and `{}` accepted as readily", other.media_type));
                }
            }
            (None, None) => {}
        }
    }
    let documented = || operation.responses.iter().flat_map(|response| &response.bodies);
    if let Some(stray) = accept.named().find(|named| !documented().any(|body| body.covers(named))) {
        say(format!("`{}` asks for `{stray}`, and no response is documented to be that", lines.join(", ")));
    }
    let has_body = |response: &&Response<'_>| {
        let status = response.concrete(&operation.responses);
        status.is_some_and(|status| !is_bodiless(&operation.method, status))
    };
    let bodies: Vec<&Body<'_>> =
        operation.responses.iter().filter(has_body).flat_map(|response| &response.bodies).collect();
    if !bodies.is_empty() && !bodies.iter().any(|body| body.covers(UNKNOWN)) && accept.quality(UNKNOWN).is_some() {
        say(format!("`{}` accepts `{UNKNOWN}`, and no response is documented to be that", lines.join(", ")));
    }
}

fn short(value: &Value) -> String {
    cut(&value.to_string())
}
