//! Bodies by media type, and the body of a request.

use std::borrow::Cow;

use serde_json::Value;

use super::{Described, Example, Header, TypeRef};
use crate::document::Place;
use crate::spec::media_type::{essence, is_json};

/// A media type and what a body in it holds.
#[derive(Debug, Clone)]
pub struct Content<'a> {
    /// Where it stands.
    pub place: Place,
    /// The media type as the document writes it.
    pub media_type: &'a str,
    /// The schema as the document writes it, perhaps a reference.
    pub schema: Option<&'a Value>,
    /// The examples.
    pub examples: Vec<Example<'a>>,
    /// How the properties of a form are written.
    pub encodings: Vec<Encoding<'a>>,
}

/// How a property of a form is written.
#[derive(Debug, Clone)]
pub struct Encoding<'a> {
    /// The property's name.
    pub property: &'a str,
    /// The media type of a part.
    pub content_type: Option<&'a str>,
    /// The headers of a part.
    pub headers: Vec<Header<'a>>,
    /// Its style and what else is stated.
    pub described: Described<'a>,
}

/// The body of a request.
#[derive(Debug, Clone)]
pub struct RequestBody<'a> {
    /// Where it stands.
    pub place: Place,
    /// Whether it must be given.
    pub required: bool,
    /// The description.
    pub description: Option<&'a str>,
    /// What it may be, in the document's order.
    pub contents: Vec<Content<'a>>,
    /// What the client sends of that; none where there is no content.
    pub sent: Option<Sent<'a>>,
}

/// The body that the client sends.
#[derive(Debug, Clone)]
pub struct Sent<'a> {
    /// Which of the contents it is.
    pub content: usize,
    /// The media type that the request names, unless the caller names another one of the range; none where the caller has to.
    pub media_type: Option<&'a str>,
    /// The range of media types, where the document has one in place of a media type.
    pub range: Option<&'a str>,
    /// How it is written.
    pub kind: BodyKind,
    /// Its schema, references followed and its `allOf` merged; null where there is none.
    pub schema: Cow<'a, Value>,
    /// The parts that it is sent in, where the document names some.
    pub parts: Option<Parts<'a>>,
}

/// A body of several parts, for which the client has a type of its own.
#[derive(Debug, Clone)]
pub struct Parts<'a> {
    /// The identifier of its type.
    pub ident: String,
    /// The parts, in the document's order.
    pub parts: Vec<Part<'a>>,
}

/// A part of a body.
#[derive(Debug, Clone)]
pub struct Part<'a> {
    /// The identifier of its setter.
    pub ident: String,
    /// Its name on the wire.
    pub wire: &'a str,
    /// Whether it must be there.
    pub required: bool,
    /// The type of its value; none of a file.
    pub value: Option<TypeRef>,
    /// Whether there may be several, of a file.
    pub list: bool,
    /// The media types that the document states, with commas between them.
    pub media_types: Option<&'a str>,
    /// Its schema, references followed and its `allOf` merged.
    pub schema: Cow<'a, Value>,
    /// Its headers.
    pub headers: Vec<PartHeader<'a>>,
}

/// A header of a part.
#[derive(Debug, Clone)]
pub struct PartHeader<'a> {
    /// The identifier of its setter.
    pub ident: String,
    /// Its name on the wire.
    pub wire: &'a str,
    /// Whether it must be there.
    pub required: bool,
}

/// How the body of a request is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BodyKind {
    /// JSON of this type, null included where it may be that.
    Json(TypeRef),
    /// A form in a URL's encoding, of this type.
    Form(TypeRef),
    /// The text of one value of this type: a string as it is, a number or a truth value as JSON spells it.
    Text(TypeRef),
    /// Bytes.
    Bytes,
    /// Several parts.
    Multipart,
}

impl<'a> RequestBody<'a> {
    /// The content that the client sends.
    pub fn sent_content(&self) -> Option<&Content<'a>> {
        self.contents.get(self.sent.as_ref()?.content)
    }
}

impl Encoding<'_> {
    /// Whether the property is written as JSON.
    pub fn is_json(&self) -> bool {
        self.content_type.is_some_and(|media_type| is_json(&essence(media_type)))
    }
}

impl BodyKind {
    /// The type of the value that is written, where it is one.
    pub fn ty(&self) -> Option<&TypeRef> {
        match self {
            Self::Json(ty) | Self::Form(ty) | Self::Text(ty) => Some(ty),
            Self::Bytes | Self::Multipart => None,
        }
    }
}
