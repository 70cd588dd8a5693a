//! Responses: as they are declared, and how the client reads each status.

use serde_json::Value;

use super::about::server;
use super::contents::{contents, headers};
use super::fields::{members, resolved, text};
use super::schemas::{Read, Reader};
use crate::document::Place;
use crate::model::content::{essence, is_json};
use crate::model::{Link, Method, Reading, Response, ResponseBody};

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

/// How each status is read.
pub fn readings<'a>(
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
        let content = contents.min_by_key(|(_, content)| !is_json(&essence(content.media_type)));
        let content = content.filter(|_| !never_has_content);
        let body = match content {
            None => ResponseBody::Empty,
            Some((_, content)) if is_json(&essence(content.media_type)) => {
                let kind = if success { "response" } else { "error" };
                let schema = content.schema.unwrap_or(&Value::Null);
                let place = content.place.join("schema");
                let Read { ty, nullable } = reader.read(schema, &place.pointer, &format!("{operation} {kind}"));
                ResponseBody::Json(ty.nullable(nullable))
            }
            Some(_) => ResponseBody::Raw,
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
