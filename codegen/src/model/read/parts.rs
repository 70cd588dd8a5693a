//! Bodies of several parts: what each part holds, and a name for the type of each body.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::fields::{entries, items, text};
use super::schemas::{Read, Reader, is_foreign, members};
use super::target;
use crate::model::{
    Content, Direction, Encoding, NamedType, Names, Operation, Part, PartHeader, Parts, StatusEnum, pascal, snake,
};
use crate::spec::media_type::{essence, is_json};

/// Names of the methods that every type of parts has.
const TAKEN: [&str; 5] = ["new", "default", "clone", "fmt", "encoded"];

/// The parts of a body; none where its schema names no property. `operation` is what types of its own are named after.
pub fn read<'a>(root: &'a Value, content: &Content<'a>, reader: &mut Reader<'a>, operation: &str) -> Option<Parts<'a>> {
    let place = content.place.join("schema").pointer;
    let all = members(root, content.schema?, &place)?;
    let required = all.iter().flat_map(|(member, _)| items(member, "required"));
    let required: HashSet<&str> = required.filter_map(Value::as_str).collect();
    let properties = all
        .iter()
        .flat_map(|(member, place)| entries(member, "properties").map(move |(wire, stated)| (wire, stated, place)));
    let encodings: HashMap<&str, &Encoding<'_>> = content.encodings.iter().map(|one| (one.property, one)).collect();
    let mut seen = HashSet::new();
    let mut names = Names::reserving(&TAKEN);
    let mut parts = Vec::new();
    for (wire, stated, holder) in properties {
        let schema = target(root, stated);
        if is_foreign(root, stated, Direction::Request) || !seen.insert(wire) {
            continue;
        }
        let encoding = encodings.get(wire).copied();
        let item = schema.get("items").map(|items| target(root, items));
        let is_file = is_file(schema, encoding) || item.is_some_and(|item| is_file(item, encoding));
        let mut said = Cow::Borrowed(schema);
        let value = (!is_file).then(|| {
            let place = holder.join("properties").join(wire);
            let Read { ty, merged, .. } = reader.read_sent(stated, &place, &format!("{operation} {}", pascal(wire)));
            if let Some(merged) = merged {
                said = Cow::Owned(merged);
            }
            ty
        });
        let ident = names.claim(&snake(wire));
        let headers = encoding.into_iter().flat_map(|encoding| &encoding.headers);
        // What stands in each part by itself is not the caller's to set (OpenAPI 3.0.3, "Encoding Object").
        let headers = headers.filter(|header| !header.wire.to_ascii_lowercase().starts_with("content-"));
        let headers = headers.map(|header| PartHeader {
            ident: names.claim(&snake(&format!("{ident} {}", pascal(header.wire)))),
            wire: header.wire,
            required: header.required,
        });
        let headers = headers.collect();
        parts.push(Part {
            ident,
            wire,
            required: required.contains(wire),
            value,
            list: item.is_some(),
            media_types: encoding.and_then(|encoding| encoding.content_type),
            schema: said,
            headers,
        });
    }
    (!parts.is_empty()).then(|| Parts { ident: String::new(), parts })
}

/// Names the types of all bodies of parts, which no other type has.
pub fn name(operations: &mut [Operation<'_>], types: &[NamedType], enums: &[StatusEnum]) {
    let taken = types.iter().map(|ty| ty.ident.as_str()).chain(enums.iter().map(|one| one.ident.as_str()));
    let mut names = Names::reserving(&taken.collect::<Vec<_>>());
    for operation in operations {
        let ident = &operation.ident;
        let sent = operation.body.as_mut().and_then(|body| body.sent.as_mut());
        if let Some(parts) = sent.and_then(|sent| sent.parts.as_mut()) {
            parts.ident = names.claim(&pascal(&format!("{ident} parts")));
        }
    }
}

/// Whether a part is a file: bytes, or of a media type that the client has no way to write.
fn is_file(schema: &Value, encoding: Option<&Encoding<'_>>) -> bool {
    let is_foreign = encoding
        .and_then(|encoding| encoding.content_type)
        .is_some_and(|listed| listed.split(',').map(essence).all(|one| !is_json(&one) && !one.starts_with("text/")));
    match text(schema, "type") {
        Some("string") => text(schema, "format") == Some("binary") || is_foreign,
        Some("object") | None => is_foreign,
        _ => false,
    }
}
