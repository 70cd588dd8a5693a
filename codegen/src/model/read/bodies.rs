//! Request bodies: which of the media types the client sends, and how.

use std::borrow::Cow;

use serde_json::Value;

use super::schemas::{Read, Reader, is_single};
use super::{Findings, parts, target};
use crate::diagnostic::Level;
use crate::model::{BodyKind, Content, RequestBody, Sent, TypeRef};
use crate::spec::media_type::{essence, is_json, is_within};

/// The content that is sent.
pub struct Choice<'a> {
    content: usize,
    media_type: Option<&'a str>,
    range: Option<&'a str>,
    preference: Preference,
}

/// How well the client can send a media type, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Preference {
    Json,
    Form,
    Text,
    Raw,
    Multipart,
}

/// Chooses what the client sends; none where there is nothing that it can send.
pub fn choose<'a>(body: &RequestBody<'a>, findings: &mut Findings<'_>) -> Option<Choice<'a>> {
    let (index, content) = sent(body)?;
    let name = content.media_type;
    let others = body.contents.iter().map(|content| content.media_type).filter(|other| *other != name);
    let left_out: Vec<String> = others.map(|other| format!("`{other}`")).collect();
    if !left_out.is_empty() {
        findings.report(
            ("media-type-left-out", Level::Warning),
            body.place.join("content").pointer,
            format!("the client sends `{name}`; it cannot send {}", left_out.join(", ")),
            "nothing is lost where the media types carry the same content",
        );
    }
    let preference = preference(name);
    let range = range(content);
    let media_type = match preference {
        _ if !name.contains('*') => name,
        Preference::Json => "application/json",
        Preference::Form => "application/x-www-form-urlencoded",
        Preference::Text => "text/plain",
        Preference::Raw => "application/octet-stream",
        Preference::Multipart => "multipart/form-data",
    };
    let media_type = Some(media_type).filter(|one| range.is_none_or(|range| is_within(one, range)));
    Some(Choice { content: index, media_type, range, preference })
}

/// Whether the caller says of which media type a body is.
pub fn is_ranged(body: &RequestBody<'_>) -> bool {
    sent(body).is_some_and(|(_, content)| range(content).is_some())
}

/// What the client sends of a body, with its index.
fn sent<'b, 'a>(body: &'b RequestBody<'a>) -> Option<(usize, &'b Content<'a>)> {
    body.contents.iter().enumerate().min_by_key(|(_, content)| preference(content.media_type))
}

/// The range of media types that a content has in place of one. What has parts says by itself how they are told apart.
fn range<'a>(content: &Content<'a>) -> Option<&'a str> {
    let name = content.media_type;
    (name.contains('*') && preference(name) != Preference::Multipart).then_some(name)
}

fn preference(name: &str) -> Preference {
    let essence = essence(name);
    match essence.as_str() {
        _ if is_json(&essence) => Preference::Json,
        "application/x-www-form-urlencoded" => Preference::Form,
        _ if essence.starts_with("multipart/") => Preference::Multipart,
        _ if essence.starts_with("text/") => Preference::Text,
        _ => Preference::Raw,
    }
}

impl<'a> Choice<'a> {
    /// The content with the type of its schema.
    pub fn completed(
        self,
        root: &'a Value,
        contents: &[Content<'a>],
        reader: &mut Reader<'a>,
        operation: &str,
    ) -> Sent<'a> {
        let content = contents.get(self.content);
        let schema = content.and_then(|content| content.schema).unwrap_or(&Value::Null);
        let mut said = Cow::Borrowed(target(root, schema));
        let mut ty = |reader: &mut Reader<'a>| {
            let place = content.map(|content| content.place.join("schema")).unwrap_or_default();
            let Read { ty, nullable, merged, .. } =
                reader.read_sent(schema, &place.pointer, &format!("{operation} body"));
            if let Some(merged) = merged {
                said = Cow::Owned(merged);
            }
            ty.nullable(nullable)
        };
        let kind = match self.preference {
            Preference::Json => BodyKind::Json(ty(reader)),
            Preference::Form => BodyKind::Form(ty(reader)),
            Preference::Text if is_single(root, schema) => BodyKind::Text(ty(reader).without_null()),
            // What has no form as text by itself, such as a list that is meant as CSV, is for the caller to write.
            Preference::Text => BodyKind::Text(TypeRef::String),
            Preference::Raw => BodyKind::Bytes,
            Preference::Multipart => BodyKind::Multipart,
        };
        let parts = match (&kind, content) {
            (BodyKind::Multipart, Some(content)) => parts::read(root, content, reader, operation),
            _ => None,
        };
        Sent { content: self.content, media_type: self.media_type, range: self.range, kind, schema: said, parts }
    }
}
