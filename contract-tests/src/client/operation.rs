//! A client's calls: what the lines say of them, and what a call is given.

use serde_json::Value;

use super::{Calling, Connected};

/// A client's call for an operation.
pub struct Operation {
    /// The document's `operationId`, or what stands for it where there is none: the method in lower case and the path.
    pub id: &'static str,
    /// The client's method.
    pub method: &'static str,
    /// The type of the call's builder.
    pub builder: &'static str,
    /// What the client calls the operation, in errors and elsewhere: its name, method and path.
    pub stated: fn() -> [&'static str; 3],
    /// What the client says that a call requires: alternatives, and what each needs together.
    pub security: fn() -> Vec<Vec<Need>>,
    /// The parameters that the call takes.
    pub parameters: &'static [Parameter],
    /// The body that the call takes.
    pub body: Option<Body>,
    /// The documented responses that are a success to the caller.
    pub successes: &'static [Response],
    /// The documented responses that are an error to the caller.
    pub failures: &'static [Response],
    /// The media types of successes that the client asks for by a method of their own.
    pub alternates: &'static [Alternate],
    /// Whether the call gives its responses page after page.
    pub paged: bool,
    /// Calls. The arguments are decoded unchecked and given to the setters, so that the client's own check is what refuses.
    pub call: fn(&Connected, Arguments) -> Calling,
}

/// A media type of a success that has a method of its own.
pub struct Alternate {
    /// The media type, as the document has it.
    pub media_type: &'static str,
    /// The client's method.
    pub method: &'static str,
    /// The responses that the method takes for a success.
    pub successes: &'static [Response],
}

/// A credential that a call requires.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Need {
    /// The security scheme's name in the document.
    pub scheme: String,
    /// Where it goes: `authorization bearer`, `header X-Key`, `query key`, `cookie key`.
    pub place: String,
    /// The scopes.
    pub scopes: Vec<String>,
}

/// Where a parameter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// Into the path.
    Path,
    /// Into the query.
    Query,
    /// Into a header.
    Header,
    /// Into a cookie.
    Cookie,
}

/// A parameter that a call takes.
pub struct Parameter {
    /// Where it goes.
    pub place: Place,
    /// Its name on the wire.
    pub name: &'static str,
    /// Its setter.
    pub setter: &'static str,
    /// What the setter takes, as the line spells it.
    pub rust: &'static str,
}

/// A body that a call takes.
pub struct Body {
    /// The media type, as the document has it.
    pub media_type: &'static str,
    /// What the call takes for it.
    pub form: Form,
}

/// What a call takes for a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A value, which the client encodes: [`Payload::Value`].
    Value,
    /// Bytes: [`Payload::Bytes`].
    Bytes,
    /// Parts, each of which is put together by itself: [`Payload::Parts`].
    Parts(&'static [(&'static str, PartKind)]),
}

/// What a part of a body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartKind {
    /// A value: [`Part::Value`].
    Value,
    /// A file: [`Part::File`].
    File,
    /// Any number of files: [`Part::File`], as often as there are some.
    Files,
}

/// A documented response, as the caller gets it.
pub struct Response {
    /// The status as the document has it: `200`, `4XX`, `default`.
    pub status: &'static str,
    /// The media type; `None` where the response has no content.
    pub media_type: Option<&'static str>,
    /// What the caller gets for its body.
    pub shape: Shape,
}

/// What a caller gets for a response's body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A value that was decoded: [`Content::Value`](super::Content::Value).
    One,
    /// The bytes of the whole body: [`Content::Bytes`](super::Content::Bytes).
    Bytes,
    /// A stream of the body's bytes, which the judge reads to its end: [`Content::Bytes`](super::Content::Bytes).
    Stream,
    /// A stream of events: [`Content::Items`](super::Content::Items).
    Events,
    /// A stream of values: [`Content::Items`](super::Content::Items).
    Items,
    /// Nothing: [`Content::Nothing`](super::Content::Nothing).
    None,
}

/// An argument for a parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// Where it goes.
    pub place: Place,
    /// The parameter's name on the wire.
    pub name: String,
    /// The value.
    pub value: Value,
}

/// What a call is given.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Arguments {
    /// The parameters that are given; the others are left out.
    pub parameters: Vec<Argument>,
    /// The body, where one is given.
    pub body: Option<Payload>,
    /// The media type that is asked for by a method of its own; by default it is for the client to choose.
    pub accept: Option<&'static str>,
    /// What is asked for of an operation whose responses come in pages; otherwise it is called once.
    pub paged: Option<Paged>,
}

/// What is asked for of an operation whose responses come in pages. It comes as [`Content::Items`](super::Content::Items).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Paged {
    /// Whether the items of all pages are, instead of the pages.
    pub items: bool,
    /// How many pages at most.
    pub most: Option<u64>,
}

/// A body that a call is given.
#[derive(Debug, Clone, PartialEq)]
pub enum Payload {
    /// A value.
    Value(Value),
    /// Bytes.
    Bytes(Vec<u8>),
    /// Parts by name, in this order.
    Parts(Vec<(String, Part)>),
}

/// A part of a body.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// A value.
    Value(Value),
    /// A file.
    File {
        /// Its name.
        name: String,
        /// Its media type; empty where it is left to the client.
        media_type: String,
        /// Its content.
        bytes: Vec<u8>,
    },
}

impl Operation {
    /// The method for a media type that has one of its own.
    pub fn alternate(&self, media_type: &str) -> Option<&'static Alternate> {
        self.alternates.iter().find(|one| one.media_type == media_type)
    }
}

impl Arguments {
    /// The value for a parameter, where one is given.
    pub fn get(&self, place: Place, name: &str) -> Option<&Value> {
        let given = self.parameters.iter().find(|argument| argument.place == place && argument.name == name);
        given.map(|argument| &argument.value)
    }

    /// The same arguments with another value for one parameter.
    #[must_use]
    pub fn with(mut self, place: Place, name: &str, value: Value) -> Self {
        match self.parameters.iter_mut().find(|argument| argument.place == place && argument.name == name) {
            Some(argument) => argument.value = value,
            None => self.parameters.push(Argument { place, name: name.to_owned(), value }),
        }
        self
    }
}

impl Place {
    /// The place as the document names it.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Path, Self::Query, Self::Header, Self::Cookie].into_iter().find(|place| place.name() == name)
    }

    /// As the document names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}
