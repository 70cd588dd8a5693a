//! Responses: as the document declares them, and as the client reads them by status.

use serde_json::Value;

use super::{Content, Described, Server, TypeRef};
use crate::document::Place;

/// A response as the document declares it.
#[derive(Debug, Clone)]
pub struct Response<'a> {
    /// Where it stands.
    pub place: Place,
    /// The status: a code, a range such as `4XX`, or `default`.
    pub status: &'a str,
    /// The description.
    pub description: Option<&'a str>,
    /// Its bodies by media type.
    pub contents: Vec<Content<'a>>,
    /// Its headers.
    pub headers: Vec<Header<'a>>,
    /// What can be requested next.
    pub links: Vec<Link<'a>>,
}

/// A header of a response, or of a part of a body.
#[derive(Debug, Clone)]
pub struct Header<'a> {
    /// Its name on the wire.
    pub wire: &'a str,
    /// Whether it is always there.
    pub required: bool,
    /// What the document states of it.
    pub described: Described<'a>,
}

/// A link from a response to an operation.
#[derive(Debug, Clone)]
pub struct Link<'a> {
    /// Its name.
    pub name: &'a str,
    /// The description.
    pub description: Option<&'a str>,
    /// The id of the operation.
    pub operation_id: Option<&'a str>,
    /// The reference to the operation.
    pub operation_ref: Option<&'a str>,
    /// The operation's parameters and the expression for each.
    pub parameters: Vec<(&'a str, &'a Value)>,
    /// The expression for the operation's body.
    pub body: Option<&'a Value>,
    /// The server to ask.
    pub server: Option<Server<'a>>,
}

/// How the client reads a status. Informational statuses, which never reach a caller, are not here. `default` is, and where
/// the document has no 2xx, its response is here for `2XX` as well.
#[derive(Debug, Clone)]
pub struct Reading<'a> {
    /// The status: a code, a range such as `4XX`, or `default`.
    pub status: &'a str,
    /// Whether the caller gets it as a value, not as an error.
    pub success: bool,
    /// Which of the operation's responses it is.
    pub response: usize,
    /// The content that is read: JSON where there is some. None where the response has no content.
    pub content: Option<usize>,
    /// The body.
    pub body: ResponseBody,
}

/// The body of a response as the client reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResponseBody {
    /// JSON of this type, null included where it may be that, and what its schema restricts; null where a named type says it.
    Json(TypeRef, Value),
    /// The text of one value of this type, and what its schema restricts.
    Text(TypeRef, Value),
    /// Bytes.
    Raw,
    /// A stream of values of this type, and what the schema of one restricts.
    Stream(TypeRef, Framing, Value),
    /// None.
    Empty,
}

/// What tells the values of a stream apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Framing {
    /// Each is the data of a server-sent event: a string where the flag is set, and otherwise JSON.
    Events(bool),
    /// Each is JSON, and begins or ends with this byte.
    Byte(u8),
}

impl Framing {
    /// The runtime's type of such a stream.
    pub fn stream(self) -> &'static str {
        match self {
            Self::Events(_) => "EventStream",
            Self::Byte(_) => "ItemStream",
        }
    }
}

/// A media type of a success that `send` does not ask for: a method of its own does.
#[derive(Debug, Clone)]
pub struct Alternate<'a> {
    /// The identifier of the method.
    pub ident: String,
    /// The media type.
    pub media_type: &'a str,
    /// The statuses that come in it; all of them are read alike.
    pub readings: Vec<Reading<'a>>,
}

/// The type of an operation's successes, where their statuses carry different bodies.
#[derive(Debug, Clone)]
pub struct StatusEnum {
    /// Its identifier.
    pub ident: String,
    /// The identifier of the operation's method.
    pub operation: String,
    /// A variant for each status.
    pub variants: Vec<StatusVariant>,
}

/// A status and its body.
#[derive(Debug, Clone)]
pub struct StatusVariant {
    /// The status, as that of a [`Reading`].
    pub status: String,
    /// The variant's identifier.
    pub ident: String,
    /// The body.
    pub body: ResponseBody,
}

impl ResponseBody {
    /// The type of the value that a whole body is, where it is one.
    pub fn ty(&self) -> Option<&TypeRef> {
        match self {
            Self::Json(ty, _) | Self::Text(ty, _) => Some(ty),
            Self::Raw | Self::Stream(..) | Self::Empty => None,
        }
    }

    /// Whether callers get both as the same type, whatever each restricts.
    pub fn is_typed_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Stream(one, framing, _), Self::Stream(other, same, _)) => {
                one == other && framing.stream() == same.stream()
            }
            (Self::Raw, Self::Raw) | (Self::Empty, Self::Empty) => true,
            _ => self.ty().is_some_and(|ty| other.ty() == Some(ty)),
        }
    }
}

impl<'a> Response<'a> {
    /// The content that a reading of this response takes.
    pub fn content_of(&self, reading: &Reading<'_>) -> Option<&Content<'a>> {
        self.contents.get(reading.content?)
    }
}

impl Reading<'_> {
    /// How exact the status is: a code before a range, and that before `default`.
    pub fn breadth(&self) -> u8 {
        match self.status {
            "default" => 2,
            status => u8::from(status.ends_with('X')),
        }
    }
}

impl StatusEnum {
    /// The variant of a status.
    pub fn variant(&self, status: &str) -> Option<&StatusVariant> {
        self.variants.iter().find(|variant| variant.status == status)
    }
}
