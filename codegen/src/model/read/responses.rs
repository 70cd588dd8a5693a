//! Responses: as they are declared, and how the client reads each status.

use serde_json::Value;

use super::Findings;
use super::about::server;
use super::contents::{contents, headers};
use super::fields::{members, resolved, text};
use super::schemas::{self, Read, Reader, is_single};
use crate::diagnostic::Level;
use crate::document::{Place, Pointer};
use crate::keyword::constraints;
use crate::model::{
    Alternate, Content, Framing, Link, Method, Names, Operation, Reading, Response, ResponseBody, TypeRef, pascal,
    snake,
};
use crate::spec::media_type::{essence, is_json};

/// A response as it is declared.
pub fn declared<'a>(root: &'a Value, status: &'a str, response: &'a Value, place: Place) -> Response<'a> {
    Response {
        status,
        description: text(response, "description"),
        contents: contents(root, response, &place),
        headers: headers(root, response),
        links: members(response, "links").map(|(name, link)| self::link(name, resolved(root, link))).collect(),
        place,
    }
}

fn link<'a>(name: &'a str, link: &'a Value) -> Link<'a> {
    Link {
        name,
        description: text(link, "description"),
        operation_id: text(link, "operationId"),
        operation_ref: text(link, "operationRef"),
        parameters: members(link, "parameters").collect(),
        body: link.get("requestBody"),
        server: link.get("server").map(server),
    }
}

/// Whether a media type is JSON, and no stream of it.
fn is_whole_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    is_json(&essence) && essence != "application/stream+json"
}

/// What a body is read as; `hint` is what a type of its own is named after.
fn body(root: &Value, content: &Content<'_>, reader: &mut Reader<'_>, hint: &str) -> ResponseBody {
    let stated = content.schema.unwrap_or(&Value::Null);
    let place = content.place.join("schema");
    let read = |reader: &mut Reader<'_>, schema: &Value, place: &Place| {
        let Read { ty, nullable, merged, .. } = reader.read(schema, &place.pointer, hint);
        let restrictions = match ty {
            TypeRef::Named(_) => Value::Null,
            _ => constraints(merged.as_ref().unwrap_or(schema)).into(),
        };
        (ty.nullable(nullable), restrictions)
    };
    let essence = essence(content.media_type);
    let framing = match essence.as_str() {
        "text/event-stream" => None,
        "application/jsonl"
        | "application/jsonlines"
        | "application/x-jsonlines"
        | "application/ndjson"
        | "application/x-ndjson"
        | "application/stream+json" => Some(b'\n'),
        essence if essence == "application/json-seq" || essence.ends_with("+json-seq") => Some(b'\x1e'),
        essence if is_json(essence) => {
            let (ty, restrictions) = read(reader, stated, &place);
            return ResponseBody::Json(ty, restrictions);
        }
        essence if essence.starts_with("text/") && is_single(root, stated) => {
            let (ty, restrictions) = read(reader, stated, &place);
            let ty = ty.without_null();
            // A string of which nothing is said may be too large to be read as a whole.
            let is_plain = reader.is_plain_string(&ty);
            return if is_plain { ResponseBody::Raw } else { ResponseBody::Text(ty, restrictions) };
        }
        _ => return ResponseBody::Raw,
    };
    // A list stands for the whole stream, and anything else for one value of it.
    let listed = parts(root, stated).into_iter().find_map(|part| part.get("items"));
    let (schema, place) = listed.map_or((stated, place.clone()), |items| (items, place.join("items")));
    let is_text = parts(root, schema).iter().any(|part| part.get("type").and_then(Value::as_str) == Some("string"));
    let framing = match framing {
        Some(byte) => Framing::Byte(byte),
        None if content.schema.is_none() => {
            return ResponseBody::Stream(TypeRef::String, Framing::Events(true), Value::Null);
        }
        None => Framing::Events(is_text),
    };
    let (ty, restrictions) = read(reader, schema, &place);
    ResponseBody::Stream(ty, framing, restrictions)
}

/// A schema and what stands in its `allOf`.
fn parts<'a>(root: &'a Value, schema: &'a Value) -> Vec<&'a Value> {
    let parts = schemas::members(root, schema, &Pointer::root()).unwrap_or_default();
    parts.into_iter().map(|(part, _)| part).collect()
}

/// The errors of which the client reads some media types alone: of each the one that it reads, and those whose bytes it keeps.
pub fn partly_read<'r, 'a>(responses: &'r [Response<'a>]) -> Vec<(&'r Response<'a>, &'a str, Vec<&'a str>)> {
    let successes: Vec<usize> = by_status(responses).iter().filter(|one| one.2).map(|one| one.1).collect();
    let errors = responses.iter().enumerate().filter(|(index, _)| !successes.contains(index));
    let each = errors.filter_map(|(_, response)| {
        let types = || response.contents.iter().map(|content| content.media_type);
        let read = types().min_by_key(|media_type| !is_whole_json(media_type))?;
        let is_other = |media_type: &&str| *media_type != read && !(is_whole_json(read) && is_whole_json(media_type));
        let others: Vec<&str> = types().filter(is_other).collect();
        (!others.is_empty()).then_some((response, read, others))
    });
    each.collect()
}

/// Says of which media types of an error the client reads no value.
pub fn left_out(responses: &[Response<'_>], findings: &mut Findings<'_>) {
    for (response, read, others) in partly_read(responses) {
        let others: Vec<String> = others.iter().map(|media_type| format!("`{media_type}`")).collect();
        findings.report(
            ("media-type-left-out", Level::Warning),
            response.place.join("content").pointer,
            format!("the client decodes an error as `{read}`; of {} it keeps the raw body", others.join(", ")),
            "nothing is lost where the media types carry the same content",
        );
    }
}

/// The media types of successes that `send` does not ask for.
pub fn alternates<'a>(
    root: &Value,
    operation: &Operation<'a>,
    reader: &mut Reader<'_>,
    name: &str,
) -> Vec<Alternate<'a>> {
    let mut names = Names::reserving(&["send"]);
    let mut found: Vec<Alternate<'a>> = Vec::new();
    for reading in operation.readings.iter().filter(|reading| reading.success && reading.content.is_some()) {
        let Some(response) = operation.responses.get(reading.response) else { continue };
        for (index, content) in response.contents.iter().enumerate() {
            // It need not be the usual one of every success that has it, and of an error it says nothing.
            let is_usual = |other: &Reading<'a>| {
                operation.responses.get(other.response).is_none_or(|response| {
                    let has = response.contents.iter().any(|one| one.media_type == content.media_type);
                    !has || response.content_of(other).is_some_and(|one| one.media_type == content.media_type)
                })
            };
            let is_asked_for = operation.readings.iter().filter(|other| other.success).all(is_usual);
            if is_asked_for || content.media_type.starts_with("x-") {
                continue;
            }
            let words = content.media_type.replace("*/*", "any").replace('*', "any");
            let body = body(root, content, reader, &format!("{name} {}", pascal(&words)));
            let reading = Reading { content: Some(index), body, ..reading.clone() };
            match found.iter_mut().find(|one| one.media_type == content.media_type) {
                // A second type cannot be the result of the same method.
                Some(one) => one.readings.extend(
                    one.readings.first().is_some_and(|first| first.body.is_typed_as(&reading.body)).then_some(reading),
                ),
                None => {
                    let ident = names.claim(&format!("send_{}", snake(&pascal(&words))));
                    found.push(Alternate { ident, media_type: content.media_type, readings: vec![reading] });
                }
            }
        }
    }
    found
}

/// How each status is read.
pub fn readings<'a>(
    root: &Value,
    responses: &[Response<'a>],
    method: Method,
    reader: &mut Reader<'_>,
    operation: &str,
) -> Vec<Reading<'a>> {
    let mut readings = Vec::new();
    for (status, index, success) in by_status(responses) {
        let Some(response) = responses.get(index) else { continue };
        let never_has_content = method == Method::Head || matches!(response.status, "204" | "205" | "304");
        let contents = response.contents.iter().enumerate();
        let content = contents.min_by_key(|(_, content)| !is_whole_json(content.media_type));
        let content = content.filter(|_| !never_has_content);
        let kind = if success { "response" } else { "error" };
        let body = content
            .map_or(ResponseBody::Empty, |(_, content)| body(root, content, reader, &format!("{operation} {kind}")));
        // An error is read as a whole, whatever it is.
        let body = match body {
            ResponseBody::Stream(..) if !success => ResponseBody::Raw,
            body => body,
        };
        readings.push(Reading { status, success, response: index, content: content.map(|(index, _)| index), body });
    }
    readings
}

/// The statuses with the response of each, and whether it is a success: a 2xx, or a redirect that is not followed where the
/// document has no 2xx. `default` is for what no other response covers: errors, and any 2xx where none is declared.
fn by_status<'a>(responses: &[Response<'a>]) -> Vec<(&'a str, usize, bool)> {
    let has_success = responses.iter().any(|response| response.status.starts_with('2'));
    let is_success = |status: &str| status.starts_with('2') || status.starts_with('3') && !has_success;
    // A status of 1xx never reaches the caller of an HTTP client.
    let all = responses.iter().enumerate().filter(|(_, response)| !response.status.starts_with('1'));
    let mut found: Vec<(&str, usize, bool)> =
        all.map(|(index, response)| (response.status, index, is_success(response.status))).collect();
    let default = found.iter().find(|(status, ..)| *status == "default").map(|(_, index, _)| *index);
    found.extend(default.filter(|_| !has_success).map(|index| ("2XX", index, true)));
    found
}
