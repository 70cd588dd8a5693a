//! Operations and their parameters.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::Value;

use super::{
    Alternate, Deprecation, Described, ExternalDocs, Pages, Reading, RequestBody, Requirement, Response, Server,
    TypeRef,
};
use crate::document::Place;

/// An operation.
#[derive(Debug, Clone)]
pub struct Operation<'a> {
    /// The identifier of its method, in snake case, unique among the operations.
    pub ident: String,
    /// Its id in the document, or the one that is derived from method and path.
    pub id: String,
    /// Where it stands.
    pub place: Place,
    /// The HTTP method.
    pub method: Method,
    /// The path template as the document writes it.
    pub path: &'a str,
    /// The summary.
    pub summary: Option<&'a str>,
    /// The description.
    pub description: Option<&'a str>,
    /// The summary of its path.
    pub path_summary: Option<&'a str>,
    /// The description of its path.
    pub path_description: Option<&'a str>,
    /// Whether it is deprecated.
    pub deprecated: Option<Deprecation<'a>>,
    /// Its tags.
    pub tags: Vec<&'a str>,
    /// Further reading.
    pub external_docs: Option<ExternalDocs<'a>>,
    /// What it takes outside the body; headers that HTTP itself is about are left out.
    pub parameters: Vec<Parameter<'a>>,
    /// Its body, where it has one.
    pub body: Option<RequestBody<'a>>,
    /// The responses as the document declares them.
    pub responses: Vec<Response<'a>>,
    /// How each status is read, single ones and ranges, in the document's order.
    pub readings: Vec<Reading<'a>>,
    /// The media types of its successes that take a method of their own.
    pub alternates: Vec<Alternate<'a>>,
    /// The enum of its successes, where they carry different bodies: an index into those of the API.
    pub success: Option<usize>,
    /// How its responses come in pages, where the document says that they do.
    pub pages: Option<Pages>,
    /// The security requirements: any one of these alternatives, all of whose schemes must be satisfied.
    pub security: Vec<Vec<Requirement<'a>>>,
    /// The servers that it names itself.
    pub servers: Vec<Server<'a>>,
    /// The servers that its path names.
    pub path_servers: Vec<Server<'a>>,
    /// The requests that the server makes in turn.
    pub callbacks: Vec<Callback<'a>>,
}

/// The methods that an operation may have, in the order in which the specification lists them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each is named as HTTP names it")]
pub enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
}

/// A parameter.
#[derive(Debug, Clone)]
pub struct Parameter<'a> {
    /// Its identifier, unique among those of the operation.
    pub ident: String,
    /// Its name on the wire.
    pub wire: &'a str,
    /// Where it stands in the document; in the path item where that gives it to all its operations.
    pub place: Place,
    /// Where it goes in a request.
    pub location: ParameterIn,
    /// How it is written.
    pub style: Style,
    /// Whether the members of a list or object become parameters of their own.
    pub explode: bool,
    /// Whether characters that mean something in a URL are sent as they are.
    pub reserved: bool,
    /// Whether it must be given.
    pub required: bool,
    /// Its type, null left out where it has no form.
    pub ty: TypeRef,
    /// Whether null is among its values, though it has no form where the parameter goes.
    pub nullable: bool,
    /// Its schema, or that of its content, references followed and its `allOf` merged; null where there is none.
    pub schema: Cow<'a, Value>,
    /// What the document states of it, for readers.
    pub described: Described<'a>,
}

/// Where a parameter goes in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named as the specification names it")]
pub enum ParameterIn {
    Path,
    Query,
    Header,
    Cookie,
}

/// How the value of a parameter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named as the specification names it")]
pub enum Style {
    Matrix,
    Label,
    Form,
    Simple,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    /// As JSON text, for a parameter with content.
    Json,
    /// A single value as it is, and any other as JSON text, for a parameter with content that is not JSON.
    Text,
}

/// A request that the server makes in turn.
#[derive(Debug, Clone)]
pub struct Callback<'a> {
    /// The callback's name.
    pub name: &'a str,
    /// The expression for its URL.
    pub expression: &'a str,
    /// The method.
    pub method: Method,
    /// The summary.
    pub summary: Option<&'a str>,
    /// The description.
    pub description: Option<&'a str>,
}

impl<'a> Operation<'a> {
    /// How each status is read where `send` is called, or else the method for another media type.
    pub fn readings_for<'s>(&'s self, alternate: Option<&'s Alternate<'a>>) -> impl Iterator<Item = &'s Reading<'a>> {
        let successes = alternate.into_iter().flat_map(|alternate| &alternate.readings);
        successes.chain(self.readings.iter().filter(move |reading| alternate.is_none() || !reading.success))
    }

    /// Whether the document declares a success.
    pub fn declares_success(&self) -> bool {
        self.readings.iter().any(|reading| reading.success)
    }

    /// The URL of the first server that the operation names, or else its path, where that is absolute.
    pub fn base_url(&self) -> Option<String> {
        Server::base_url(&self.servers).or_else(|| Server::base_url(&self.path_servers))
    }
}

impl Method {
    /// All methods, in the order in which the specification lists them.
    pub const ALL: [Self; 8] =
        [Self::Get, Self::Put, Self::Post, Self::Delete, Self::Options, Self::Head, Self::Patch, Self::Trace];

    /// Its name in lower case, as it is a key of a path item.
    pub fn key(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Put => "put",
            Self::Post => "post",
            Self::Delete => "delete",
            Self::Options => "options",
            Self::Head => "head",
            Self::Patch => "patch",
            Self::Trace => "trace",
        }
    }

    /// Its name in upper case, as it is sent.
    pub fn name(self) -> String {
        self.key().to_ascii_uppercase()
    }

    /// The method with that key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.key() == key)
    }
}

impl ParameterIn {
    /// Its name in the specification.
    pub fn key(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }

    /// The place with that name.
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Path, Self::Query, Self::Header, Self::Cookie].into_iter().find(|place| place.key() == key)
    }

    /// The style of a parameter that states none.
    pub fn default_style(self) -> Style {
        match self {
            Self::Query | Self::Cookie => Style::Form,
            Self::Path | Self::Header => Style::Simple,
        }
    }
}

impl Style {
    /// The styles that a document can state.
    const STATED: [Self; 7] = [
        Self::Matrix,
        Self::Label,
        Self::Form,
        Self::Simple,
        Self::SpaceDelimited,
        Self::PipeDelimited,
        Self::DeepObject,
    ];

    /// Its name in the specification.
    pub fn key(self) -> &'static str {
        match self {
            Self::Matrix => "matrix",
            Self::Label => "label",
            Self::Form => "form",
            Self::Simple => "simple",
            Self::SpaceDelimited => "spaceDelimited",
            Self::PipeDelimited => "pipeDelimited",
            Self::DeepObject => "deepObject",
            Self::Json => "json",
            Self::Text => "text",
        }
    }

    /// The style with that name.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::STATED.into_iter().find(|style| style.key() == key)
    }
}

impl Parameter<'_> {
    /// Whether each request has it. A null has no form in a query, a header or a cookie, so one that may be null is left
    /// out there.
    pub fn is_always_sent(&self) -> bool {
        self.required && (!self.nullable || self.location == ParameterIn::Path)
    }
}

/// A path template in the identifiers of its parameters.
pub fn in_identifiers<'p, 'a: 'p>(path: &str, parameters: impl IntoIterator<Item = &'p Parameter<'a>>) -> String {
    let in_path = parameters.into_iter().filter(|parameter| parameter.location == ParameterIn::Path);
    let idents: HashMap<&str, &str> = in_path.map(|parameter| (parameter.wire, parameter.ident.as_str())).collect();
    let (mut template, mut rest) = (String::new(), path);
    // Piece by piece, since the identifier of one parameter may be the name of another.
    while let Some((before, (name, after))) =
        rest.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
    {
        let name = idents.get(name).copied().unwrap_or(name);
        template.push_str(&format!("{before}{{{name}}}"));
        rest = after;
    }
    template + rest
}
