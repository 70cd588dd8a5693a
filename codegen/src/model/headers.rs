//! The headers of all responses, each once: by its name and the type that it is read as.

use serde_json::Value;

use super::{Api, Header, Names, Schemas, TypeRef, snake};
use crate::keyword::Integer;
use crate::lint::is_token;

/// Methods that a response or an error has already.
const TAKEN: [&str; 17] = [
    "into_inner",
    "status",
    "headers",
    "body",
    "raw",
    "map",
    "into_parts",
    "response",
    "operation",
    "retry_after",
    "request_id",
    "is_not_found",
    "is_retryable",
    "value",
    "into_value",
    "received",
    "clone",
];

/// A header that responses have.
pub struct ResponseHeader<'a> {
    /// The identifier of its reader.
    pub ident: String,
    /// The type that it is read as: a scalar, a list of them, or JSON.
    pub ty: TypeRef,
    /// The header, as the first response states it that has it.
    pub header: &'a Header<'a>,
    /// The identifiers of the operations that have it, each with its statuses.
    pub operations: Vec<(&'a str, Vec<&'a str>)>,
}

/// The headers of an API's responses, in the order of its operations. What HTTP itself says of a body, the client reads.
pub fn response_headers<'a>(api: &'a Api<'a>) -> Vec<ResponseHeader<'a>> {
    let mut names = Names::reserving(&TAKEN);
    let mut found: Vec<ResponseHeader<'a>> = Vec::new();
    let responses = api.operations.iter().flat_map(|one| one.responses.iter().map(move |response| (one, response)));
    for (operation, response) in responses {
        for header in response.headers.iter().filter(|header| is_read(header.wire)) {
            let ty = read_as(&api.schemas, header);
            let is_same =
                |known: &&mut ResponseHeader<'_>| known.header.wire.eq_ignore_ascii_case(header.wire) && known.ty == ty;
            let statuses = match found.iter_mut().find(is_same) {
                Some(known) => &mut known.operations,
                None => {
                    let ident = names.claim(&snake(header.wire));
                    found.push(ResponseHeader { ident, ty, header, operations: Vec::new() });
                    match found.last_mut() {
                        Some(added) => &mut added.operations,
                        None => continue,
                    }
                }
            };
            match statuses.iter_mut().find(|(ident, _)| *ident == operation.ident) {
                Some((_, statuses)) => statuses.push(response.status),
                None => statuses.push((&operation.ident, vec![response.status])),
            }
        }
    }
    found
}

/// Whether a header can be read: OpenAPI has `Content-Type` said by the content, and HTTP knows tokens alone as names.
fn is_read(wire: &str) -> bool {
    !wire.eq_ignore_ascii_case("content-type") && is_token(wire)
}

/// The type that a header is read as: what cannot be told apart in a header stays the string that it is.
pub fn read_as(schemas: &Schemas<'_>, header: &Header<'_>) -> TypeRef {
    if !header.described.content.is_empty() {
        let is_json = |media_type: &str| crate::spec::media_type::is_json(media_type);
        return match header.described.content.iter().all(|content| is_json(content.media_type)) {
            true => TypeRef::Any,
            false => TypeRef::String,
        };
    }
    let schema = header.described.schema.map(|schema| schemas.follow(schema));
    match schema.filter(|schema| kind(schema) == Some("array")).and_then(|schema| schema.get("items")) {
        Some(items) => TypeRef::Vec(Box::new(scalar(schemas.follow(items)))),
        None => schema.map_or(TypeRef::String, scalar),
    }
}

fn kind(schema: &Value) -> Option<&str> {
    schema.get("type")?.as_str()
}

fn scalar(schema: &Value) -> TypeRef {
    match kind(schema) {
        Some("integer") => TypeRef::Integer(Integer::of(schema)),
        Some("number") => TypeRef::F64,
        Some("boolean") => TypeRef::Bool,
        _ => TypeRef::String,
    }
}
