//! Bodies by media type, and what each media type makes of a value.

use serde_json::Value;

use super::{Document, DocumentError, Header, Located, Pointer, Style};

/// One media type of a body.
#[derive(Debug, Clone)]
pub struct Body<'d> {
    /// Where it stands.
    pub pointer: Pointer,
    /// Such as `application/json`.
    pub media_type: &'d str,
    /// The schema of the body.
    pub schema: Option<Located<'d>>,
    /// The document's example of the body: of the media type, else of the schema.
    pub example: Option<&'d Value>,
    /// How the properties of a form are written, as far as the document says.
    pub encoding: Vec<Encoding<'d>>,
}

/// How one property of a form is written.
#[derive(Debug, Clone)]
pub struct Encoding<'d> {
    /// Where it stands.
    pub pointer: Pointer,
    /// The property.
    pub property: &'d str,
    /// The media types that it may have.
    pub content_type: Option<&'d str>,
    /// The headers of its part.
    pub headers: Vec<Header<'d>>,
    /// How its value is serialised; nothing where the document says neither `style`, `explode` nor `allowReserved`.
    pub style: Option<(Style, bool)>,
    /// Whether reserved characters of the value are not percent-encoded.
    pub allow_reserved: bool,
}

/// What kind of body a media type is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MediaKind {
    /// A JSON text.
    Json,
    /// `application/x-www-form-urlencoded`
    Form,
    /// Parts, such as `multipart/form-data`
    Multipart,
    /// A string in the charset of the media type.
    Text,
    /// Bytes.
    Binary,
    /// A stream of events, each with JSON or a string.
    EventStream,
    /// A stream of JSON texts, one a line.
    JsonLines,
}

impl<'d> Body<'d> {
    pub(super) fn read_all(document: &'d Document, holder: &Located<'d>) -> Result<Vec<Self>, DocumentError> {
        let Some(Value::Object(content)) = holder.value.get("content") else { return Ok(Vec::new()) };
        let place = holder.pointer.child("content");
        let mut bodies = Vec::new();
        for (media_type, value) in content {
            let media = Located { pointer: place.child(media_type), value };
            let encoding = Encoding::read_all(document, &media)?;
            let example = document.example(&media)?;
            bodies.push(Self { media_type, schema: media.get("schema"), example, encoding, pointer: media.pointer });
        }
        Ok(bodies)
    }

    /// The schema where it has no name in the document, and a name for it: its place, without slashes.
    pub fn nameless(&self) -> Option<(String, Located<'d>)> {
        let schema = self.schema.clone().filter(|schema| schema.value.get("$ref").is_none())?;
        if is_described(schema.value) {
            return None;
        }
        Some((self.pointer.as_str().trim_start_matches('/').replace('/', " "), schema))
    }

    /// What kind of body this is.
    pub fn kind(&self) -> MediaKind {
        MediaKind::of(self.media_type)
    }

    /// What the document says of a property's encoding.
    pub fn encoding_of(&self, property: &str) -> Option<&Encoding<'d>> {
        self.encoding.iter().find(|encoding| encoding.property == property)
    }

    /// A media type that this entry covers: a range is stood for by one of its members.
    pub fn concrete(&self) -> String {
        let (essence, rest) = self.media_type.split_once(';').unwrap_or((self.media_type, ""));
        let concrete = match essence.trim() {
            "*/*" => "application/octet-stream",
            "text/*" => "text/plain",
            "image/*" => "image/png",
            "audio/*" => "audio/mpeg",
            "video/*" => "video/mp4",
            "application/*" => "application/octet-stream",
            other => other,
        };
        if rest.is_empty() { concrete.to_owned() } else { format!("{concrete};{rest}") }
    }

    /// Whether a received `Content-Type` is covered by this entry.
    pub fn covers(&self, content_type: &str) -> bool {
        let (own, other) = (essence(self.media_type), essence(content_type));
        let range = own.strip_suffix('*').is_some_and(|start| start == "*/" || other.starts_with(start));
        range || own == other
    }
}

impl<'d> Encoding<'d> {
    fn read_all(document: &'d Document, media: &Located<'d>) -> Result<Vec<Self>, DocumentError> {
        let Some(Value::Object(map)) = media.value.get("encoding") else { return Ok(Vec::new()) };
        let place = media.pointer.child("encoding");
        let read = |(property, value): (&'d String, &'d Value)| {
            let found = Located { pointer: place.child(property), value };
            let says = |key: &str| found.value.get(key).is_some();
            let stated = ["style", "explode", "allowReserved"].into_iter().any(says);
            Ok(Self {
                property,
                content_type: found.value.get("contentType").and_then(Value::as_str),
                headers: Header::read_all(document, &found)?,
                style: if stated { Some(Style::read(&found, Style::Form)?) } else { None },
                allow_reserved: found.value.get("allowReserved") == Some(&Value::Bool(true)),
                pointer: found.pointer,
            })
        };
        map.iter().map(read).collect()
    }
}

impl MediaKind {
    /// The kind of this media type.
    pub fn of(media_type: &str) -> Self {
        match essence(media_type).as_str() {
            "application/x-www-form-urlencoded" => Self::Form,
            "text/event-stream" => Self::EventStream,
            "application/x-ndjson"
            | "application/ndjson"
            | "application/jsonl"
            | "application/jsonlines"
            | "application/x-jsonlines"
            | "application/stream+json"
            | "application/json-seq" => Self::JsonLines,
            essence if essence.starts_with("multipart/") => Self::Multipart,
            essence if essence.ends_with("+json-seq") => Self::JsonLines,
            _ if is_json(media_type) => Self::Json,
            essence if essence.starts_with("text/") => Self::Text,
            "application/xml" | "application/yaml" | "application/x-yaml" | "application/javascript" => Self::Text,
            essence if essence.ends_with("+xml") || essence.ends_with("+yaml") => Self::Text,
            _ => Self::Binary,
        }
    }

    /// Whether the body is handed over piece by piece.
    pub fn is_stream(self) -> bool {
        matches!(self, Self::EventStream | Self::JsonLines)
    }
}

/// The media type without its parameters, in lower case.
pub fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether a media type is JSON: `application/json`, or another with the suffix `+json`.
pub fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}

/// Whether a schema is one that it refers to, with a title or description of its own or deprecated, and nothing more.
pub fn is_described(schema: &Value) -> bool {
    let only = schema.get("allOf").and_then(Value::as_array).filter(|members| members.len() == 1);
    let is_reference = only.is_some_and(|members| members.iter().all(|member| member.get("$ref").is_some()));
    let describes = |name: &String| ["allOf", "title", "description", "deprecated"].contains(&name.as_str());
    is_reference && schema.as_object().is_some_and(|fields| fields.keys().all(describes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types_have_a_kind() {
        for (media_type, kind) in [
            ("Application/JSON; charset=utf-8", MediaKind::Json),
            ("application/problem+json", MediaKind::Json),
            ("application/x-www-form-urlencoded", MediaKind::Form),
            ("multipart/form-data; boundary=x", MediaKind::Multipart),
            ("text/csv", MediaKind::Text),
            ("image/svg+xml", MediaKind::Text),
            ("image/png", MediaKind::Binary),
            ("text/event-stream", MediaKind::EventStream),
            ("application/x-ndjson", MediaKind::JsonLines),
        ] {
            assert_eq!(MediaKind::of(media_type), kind, "{media_type}");
        }
    }
}
