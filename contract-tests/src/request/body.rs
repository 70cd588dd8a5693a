//! Bodies, read by the media type that they were sent with.

use serde_json::Value;

use super::multipart;
use super::percent::decoded_form;
use super::query::{Pairs, Writing};
use super::shape::{Shape, Wanted};
use super::{Meant, Received};
use crate::document::{Body, Conjunction, Document, DocumentError, MediaKind, Operation, essence, is_json};

/// What the body of a request means.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum MeantBody {
    /// There is none.
    #[default]
    Absent,
    /// A JSON text.
    Json(Value),
    /// A string.
    Text(String),
    /// The fields of a form.
    Form(Vec<Field>),
    /// The parts of a form, in their order.
    Parts(Vec<ReceivedPart>),
    /// Bytes.
    Bytes(Vec<u8>),
    /// It is not what its media type says.
    Unreadable(String),
}

/// One property of a form, with its readings.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The property.
    pub name: String,
    /// What it means.
    pub meant: Meant,
}

/// One part of a form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReceivedPart {
    /// Its name.
    pub name: String,
    /// The name of its file.
    pub file: Option<String>,
    /// Its media type.
    pub media_type: Option<String>,
    /// Its other headers.
    pub headers: Vec<(String, String)>,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Reads the body of a request.
pub(super) fn read(
    document: &Document,
    operation: &Operation<'_>,
    received: &Received,
    faults: &mut Vec<(String, String)>,
) -> Result<MeantBody, DocumentError> {
    let content_type = received.header("content-type");
    if received.all("content-type").count() > 1 {
        faults.push(("header content-type".into(), "it was sent more than once".into()));
    }
    let Some(content_type) = content_type else {
        if received.body.is_empty() {
            return Ok(MeantBody::Absent);
        }
        faults.push(("content-type".into(), "a body was sent without a content type".into()));
        return Ok(MeantBody::Bytes(received.body.clone()));
    };
    // The most exact entry is meant: a media type before a range, and that before any other.
    let mut covering: Vec<&Body<'_>> = operation.request.iter().filter(|body| body.covers(&content_type)).collect();
    covering.sort_by_key(|body| body.media_type.matches('*').count());
    let Some(body) = covering.first() else {
        let detail = match operation.request.is_empty() {
            true => "the document has no body for the request".to_owned(),
            false => format!("the document has no body of the media type `{content_type}`"),
        };
        faults.push(("content-type".into(), detail));
        return Ok(MeantBody::Bytes(received.body.clone()));
    };
    if let Some(charset) = charset(&content_type).filter(|charset| !charset.eq_ignore_ascii_case("utf-8"))
        && matches!(MediaKind::of(&content_type), MediaKind::Json | MediaKind::Text | MediaKind::Form)
        && self::charset(body.media_type).is_none()
        && !received.body.is_ascii()
    {
        let detail = format!("the body is UTF-8, and is said to be `{charset}`");
        faults.push(("content-type".into(), detail));
    }
    Ok(match MediaKind::of(&content_type) {
        MediaKind::Json => match std::str::from_utf8(&received.body) {
            Ok(text) => json(text).map_or_else(MeantBody::Unreadable, MeantBody::Json),
            Err(_) => MeantBody::Unreadable("the JSON is not UTF-8".into()),
        },
        MediaKind::Form => form(document, body, &received.body, faults)?,
        MediaKind::Multipart => match multipart::parts(&content_type, &received.body) {
            Ok(parts) => MeantBody::Parts(parts),
            Err(reason) => MeantBody::Unreadable(reason),
        },
        MediaKind::Text => match String::from_utf8(received.body.clone()) {
            Ok(text) => MeantBody::Text(text),
            Err(_) => MeantBody::Unreadable("the text is not UTF-8".into()),
        },
        MediaKind::Binary | MediaKind::EventStream | MediaKind::JsonLines => MeantBody::Bytes(received.body.clone()),
    })
}

/// The encoding of characters that a media type names.
fn charset(media_type: &str) -> Option<String> {
    let parameters = media_type.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let mut named = parameters.filter(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
    named.next().map(|(_, value)| value.trim().trim_matches('"').to_owned())
}

/// What each header of a part is given that the document describes.
pub const PART_HEADER: &str = "judged";

/// A media type of a range, and none that a client would choose by itself.
pub fn one_of_range(range: &str) -> String {
    range.replace('*', "x-judged")
}

/// A JSON text.
pub(super) fn json(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| format!("{error}, in `{}`", text.chars().take(60).collect::<String>()))
}

fn form(
    document: &Document,
    body: &Body<'_>,
    bytes: &[u8],
    faults: &mut Vec<(String, String)>,
) -> Result<MeantBody, DocumentError> {
    let Ok(raw) = std::str::from_utf8(bytes) else {
        return Ok(MeantBody::Unreadable("the form is not UTF-8".into()));
    };
    let schema = match &body.schema {
        Some(schema) => Conjunction::of(document, schema.clone())?,
        None => Conjunction::anything(),
    };
    let wanted = Wanted::of(document, &schema)?;
    let mut pairs = Pairs::of(raw, '&');
    let mut fields = Vec::new();
    let mut names: Vec<String> = wanted.properties.clone();
    names.dedup();
    for name in names {
        let meant = field(document, body, &schema, &name, &mut pairs)?;
        if meant != Meant::Absent {
            fields.push(Field { name, meant });
        }
    }
    let mut others: Vec<String> = pairs.unclaimed().collect();
    others.dedup();
    for name in others {
        if !wanted.open {
            return Ok(MeantBody::Unreadable(format!("the form has `{name}`, which is no property")));
        }
        let meant = field(document, body, &schema, &name, &mut pairs)?;
        fields.push(Field { name, meant });
    }
    faults.extend(pairs.misspelled.drain(..).map(|fault| ("body".to_owned(), fault)));
    Ok(MeantBody::Form(fields))
}

fn field<'d>(
    document: &'d Document,
    body: &Body<'d>,
    schema: &Conjunction<'d>,
    name: &str,
    pairs: &mut Pairs<'_>,
) -> Result<Meant, DocumentError> {
    let inner = schema.property(document, name)?.unwrap_or_else(Conjunction::anything);
    let wanted = Wanted::of(document, &inner)?;
    let encoding = body.encoding_of(name);
    if let Some((style, explode)) = encoding.and_then(|encoding| encoding.style) {
        let allow_reserved = encoding.is_some_and(|encoding| encoding.allow_reserved);
        let writing = Writing { style, explode, allow_reserved, open: false };
        return Ok(pairs.read(name, writing, &wanted, decoded_form));
    }
    let values: Result<Vec<String>, String> = pairs.named(name).into_iter().map(decoded_form).collect();
    let values = match values {
        Ok(values) if values.is_empty() => return Ok(Meant::Absent),
        Ok(values) => values,
        Err(reason) => return Ok(Meant::Unreadable(reason)),
    };
    if encoding.and_then(|encoding| encoding.content_type).is_some_and(is_json) {
        return Ok(Meant::of(values.iter().map(|text| json(text).map(Shape::Json)).collect()));
    }
    // A list repeats its name; an object, and each object of a list, is JSON (OpenAPI 3.0.3, "Encoding Object").
    let items = Wanted::of(document, &inner.items(document)?)?;
    let mut readings = Vec::new();
    if let [one] = values.as_slice() {
        readings.extend(wanted.text.then(|| Shape::Text(one.clone())));
        readings.extend(json(one).ok().filter(|value| value.is_object() && wanted.object).map(Shape::Json));
    }
    if wanted.list {
        let item = |text: &String| match json(text) {
            Ok(value) if (value.is_object() && items.object) || (value.is_array() && items.list) => Shape::Json(value),
            _ => Shape::Text(text.clone()),
        };
        readings.push(Shape::List(values.iter().map(item).collect()));
    }
    Ok(if readings.is_empty() {
        Meant::Unreadable(format!("`{name}` is not written as its schema has it"))
    } else {
        Meant::Readings(readings)
    })
}

impl ReceivedPart {
    /// The readings of a part that is a value: JSON where the part says so, else a string.
    pub fn readings(&self) -> Result<Vec<Shape>, String> {
        let text = std::str::from_utf8(&self.bytes).map_err(|_| format!("the part `{}` is not UTF-8", self.name))?;
        match self.media_type.as_deref() {
            Some(media_type) if is_json(media_type) => json(text).map(|value| vec![Shape::Json(value)]),
            _ => Ok(vec![Shape::Text(text.to_owned())]),
        }
    }

    /// Whether the part's media type is one of those that an encoding lists, ranges among them.
    pub fn is_one_of(&self, listed: &str) -> bool {
        let own = self.media_type.as_deref().map_or_else(|| "text/plain".to_owned(), essence);
        listed
            .split(',')
            .map(essence)
            .any(|one| one == own || one == "*/*" || one.strip_suffix('*').is_some_and(|start| own.starts_with(start)))
    }
}
