//! Bodies: of each media type the schema's name and the document's examples, and what a request's body is for.

use serde_json::Value;

use super::{phrase, quoted, said, values};
use crate::keyword::{self, all_of};
use crate::model::{Api, Content, Header, Operation, ResponseHeader};
use crate::write::examples::Examples;

/// How long an example may be that stands in a line though its type gives it as well.
const SHORT: usize = 200;

/// How deep a schema without a name is described.
const DEEPEST: usize = 4;

/// The section on a request's body; empty where the operation has none.
pub fn of_request(api: &Api<'_>, operation: &Operation<'_>, examples: &Examples<'_>) -> String {
    let Some(body) = &operation.body else { return String::new() };
    let required = if body.required { "Required" } else { "Optional" };
    let phrases: Vec<String> = phrase(body.description).into_iter().collect();
    let mut lines = vec![format!("{required}{}", said(&phrases)), String::new()];
    for content in body.contents.iter().filter(|content| !content.media_type.starts_with("x-")) {
        lines.push(format!("- {}", self::content(api, content, examples)));
        for encoding in &content.encodings {
            let mut traits = values::traits(api, &encoding.described, "form");
            traits.extend(encoding.content_type.map(quoted));
            lines.push(format!("  - part {} ({})", quoted(encoding.property), traits.join(", ")));
            lines.extend(headers(api, &encoding.headers).map(|line| format!("  {line}")));
        }
    }
    lines.join("\n")
}

/// A media type, what it holds, and its examples.
pub fn content(api: &Api<'_>, content: &Content<'_>, examples: &Examples<'_>) -> String {
    let mut held: Vec<String> = content.schema.map(|schema| self::held(api, schema, 0)).into_iter().collect();
    let in_place = content.schema.filter(|schema| values::component(schema).is_none());
    let in_place = in_place.map(|schema| api.schemas.follow(schema));
    held.extend(in_place.map(keyword::marks).unwrap_or_default());
    let mut phrases: Vec<String> = in_place.and_then(description).into_iter().collect();
    let name = match phrases.as_slice() {
        [] => quoted(content.media_type),
        _ => format!("{} ({})", quoted(content.media_type), std::mem::take(&mut held).join(", ")),
    };
    // A long example stands once, at the type that gives it.
    let given = content.schema.and_then(|schema| examples.of_component(schema));
    let alone = content.examples.iter().find(|example| example.name.is_none()).and_then(|example| example.value);
    let shown = match (alone, given) {
        (Some(example), Some((ident, given))) if example == given && example.to_string().len() > SHORT => {
            vec![format!("[`{ident}::example`](types::{ident}::example)")]
        }
        _ => values::examples(&content.examples),
    };
    phrases.extend((!shown.is_empty()).then(|| format!("such as {}", shown.join(", "))));
    held.extend(phrases);
    format!("{name}{}", said(&held))
}

/// What a body holds: types say the rest.
fn held<'a>(api: &Api<'a>, schema: &'a Value, depth: usize) -> String {
    if let Some(name) = values::component(schema).or_else(|| values::component(all_of::described(schema)?)) {
        return name;
    }
    let schema = api.schemas.follow(schema);
    let union = ["allOf", "oneOf", "anyOf"].into_iter().find(|key| schema.get(key).is_some());
    match (schema.get("type").and_then(Value::as_str), schema.get("items"), union) {
        (Some("array"), Some(items), _) if depth < DEEPEST => {
            let of = held(api, items, depth + 1);
            if values::component(items).is_some() {
                return format!("array of {of}");
            }
            let items = api.schemas.follow(items);
            let described = description(items).map(|description| format!(": {description}")).unwrap_or_default();
            format!("array of {}{described}", [keyword::marks(items), vec![of]].concat().join(" "))
        }
        (Some(kind), ..) => kind.to_owned(),
        (None, _, Some(union)) => format!("{} several", union.trim_end_matches("Of").to_owned() + " of"),
        (None, ..) => "anything".to_owned(),
    }
}

/// What a schema in place is described as, which may have no type to say it.
fn description(schema: &Value) -> Option<String> {
    ["description", "title"].into_iter().find_map(|key| phrase(schema.get(key).and_then(Value::as_str)))
}

/// A line for each header of a response, or of a part of a body.
pub fn headers<'h>(api: &'h Api<'_>, headers: &'h [Header<'_>]) -> impl Iterator<Item = String> + 'h {
    headers.iter().map(|header| format!("  - header {}", self::header(api, header)))
}

fn header(api: &Api<'_>, header: &Header<'_>) -> String {
    let mut traits: Vec<String> = header.required.then(|| "required".to_owned()).into_iter().collect();
    traits.extend(values::traits(api, &header.described, "simple"));
    let traits = if traits.is_empty() { String::new() } else { format!(" ({})", traits.join(", ")) };
    format!("{}{traits}{}", quoted(header.wire), said(&values::remarks(api, &header.described)))
}

/// The documentation of a header's reader: what the document says of the header, and which responses have it.
pub fn of_response_header(api: &Api<'_>, read: &ResponseHeader<'_>) -> String {
    let operations = read.operations.iter().map(|(operation, statuses)| {
        let statuses: Vec<String> = statuses.iter().map(|status| quoted(status)).collect();
        format!("- [`{operation}`](super::Client::{operation}): {}", statuses.join(", "))
    });
    let operations: Vec<String> = operations.collect();
    format!("{}\n\nResponses that have it:\n\n{}", header(api, read.header), operations.join("\n"))
}
