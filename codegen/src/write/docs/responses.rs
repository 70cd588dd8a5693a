//! Responses: each status with its description, its bodies and their examples, its headers and links.

use super::{bodies, phrase, quoted, said, servers};
use crate::markdown::code;
use crate::model::{Api, Link, Operation};
use crate::write::examples::Examples;

/// A line for each status, and below it one for each body, header and link that the document describes there.
pub fn responses(api: &Api<'_>, operation: &Operation<'_>, examples: &Examples<'_>) -> String {
    let mut lines = Vec::new();
    for response in &operation.responses {
        let phrases: Vec<String> = phrase(response.description).into_iter().collect();
        lines.push(format!("- {}{}", quoted(response.status), said(&phrases)));
        let contents = response.contents.iter().filter(|content| !content.media_type.starts_with("x-"));
        lines.extend(contents.map(|content| format!("  - {}", bodies::content(api, content, examples))));
        lines.extend(bodies::headers(api, &response.headers));
        lines.extend(response.links.iter().map(link));
    }
    lines.join("\n")
}

/// A link: where it leads, and with what.
fn link(link: &Link<'_>) -> String {
    let mut phrases: Vec<String> = phrase(link.description).into_iter().collect();
    let targets = [link.operation_id, link.operation_ref].into_iter().flatten();
    phrases.extend(targets.map(|target| format!("to {}", quoted(target))));
    let parameters = link.parameters.iter().filter(|(name, _)| !name.starts_with("x-"));
    phrases.extend(parameters.map(|(name, value)| format!("{} from {}", quoted(name), code(value))));
    phrases.extend(link.body.map(|body| format!("the body from {}", code(body))));
    let server = link.server.as_ref().map(servers::server);
    phrases.extend(server.map(|server| server.replace("\n", " ").trim_start_matches("- ").to_owned()));
    format!("  - link {}{}", quoted(link.name), said(&phrases))
}
