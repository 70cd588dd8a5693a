//! The seam between the judge and a client: what the judge knows of a client, as data and as functions from JSON to JSON.
//!
//! Nothing here names a client. The macro [`client!`](crate::client!) makes a [`Subject`] of a client crate and of the
//! lines that the generator writes for it. That the lines are right is not believed but judged, against the judge's own
//! reading of the document.

mod called;
mod expand;
mod mocked;
mod operation;
#[doc(hidden)]
pub mod probe;
#[doc(hidden)]
pub mod reading;

use std::any::Any;
use std::time::Duration;

use serde_json::{Map, Value};

use crate::deviations::Deviation;
use crate::document::Pointer;
use crate::oracle::Violation;
pub use called::{Called, Calling, Content, Kind};
pub use mocked::{Asked, Mocked, MockedResponse, Mocking};
pub use operation::{
    Alternate, Argument, Arguments, Body, Form, Need, Operation, Paged, Parameter, Part, PartKind, Payload, Place,
    Response, Shape,
};

/// A client, as the judge sees it.
pub struct Subject {
    /// The name of its crate, as Rust paths spell it.
    pub name: &'static str,
    /// Where the sources of its generated module are. What documentation says does not survive compilation.
    pub sources: &'static str,
    /// Where it expects the API, unless told otherwise; `None` where it has to be told.
    pub base_url: Option<&'static str>,
    /// Its types for the named schemas of the document.
    pub schemas: &'static [Schema],
    /// Its types for the enumerations that have no name in the document, but stand within other schemas.
    pub enumerations: &'static [Enumeration],
    /// Its readers of responses' headers.
    pub headers: &'static [HeaderReader],
    /// Where it gets tokens by its own credentials.
    pub tokens: &'static [TokenSource],
    /// Its calls.
    pub operations: &'static [Operation],
    /// What the mock server for tests of code that uses it responds with; nothing where it has none.
    pub mocks: &'static [Mocked],
    /// Makes a client.
    pub connect: fn(&Setup) -> Result<Connected, String>,
    /// What a client's builder says of the settings that a client has unless told otherwise.
    pub defaults: fn() -> String,
    /// What a client says of itself.
    pub about: fn() -> About,
    /// The deviations from the document that are known and tolerated.
    pub deviations: &'static [Deviation],
}

/// Tokens that a client requests by its own credentials.
pub struct TokenSource {
    /// The document's security scheme.
    pub scheme: &'static str,
    /// Where they come from, unless told otherwise.
    pub url: &'static str,
    /// Makes a client with such tokens from another URL, by this id and this secret.
    pub connect: fn(&Setup, &str, [&str; 2]) -> Result<Connected, String>,
}

/// How a client reads a header of a response.
pub struct HeaderReader {
    /// The header's name.
    pub name: &'static str,
    /// The type of what it gives.
    pub rust: &'static str,
    /// What it makes of a response in which the header has these values, one a line.
    pub read: fn(&[&str]) -> Result<Option<Value>, String>,
}

/// What a client says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// The version of the API that it is for.
    pub version: String,
    /// Each way to make a client that takes a base URL, by name, with the base URL that a client says it has where it was given
    /// [`ELSEWHERE`].
    pub base_urls: Vec<(&'static str, String)>,
}

/// A base URL that is no document's.
pub const ELSEWHERE: &str = "http://127.0.0.1:9/elsewhere";

/// A client that is ready to call. It serves any number of calls on one runtime, and is costly to make.
pub struct Connected(Box<dyn Any + Send + Sync>);

/// How a client is set up. What is `None` is left as the client has it by default.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Setup {
    /// Where the server is.
    pub base_url: String,
    /// A token for whatever an operation requires.
    pub token: Option<String>,
    /// Credentials by the document's security schemes.
    pub credentials: Vec<(String, String)>,
    /// Whether a deviation from the document is an error.
    pub strict: bool,
    /// The greatest body that is read, in bytes.
    pub max_body: Option<u64>,
    /// How long one attempt may take.
    pub timeout: Option<Duration>,
    /// A host to which a redirect may take the token along.
    pub trusted: Option<String>,
    /// How often a call is retried.
    pub retries: u32,
}

/// A client's type for a named schema.
pub struct Schema {
    /// The document's name for the schema.
    pub name: &'static str,
    /// What the type is for.
    pub direction: Direction,
    /// The type, as the line spells it.
    pub rust: &'static str,
    /// Decodes a JSON text and encodes the value again.
    pub decode: fn(&[u8]) -> Result<Decoded, Fault>,
    /// The schema that schemars derives; `None` where the type has none.
    pub derived: fn() -> Option<Value>,
    /// The document's example as the type gives it; `None` where the type gives none.
    pub example: fn() -> Option<Value>,
    /// The constructors from a string, by name, each with what it makes of this one; none where the type has none.
    pub constructors: fn(&str) -> Vec<Made>,
    /// How a value is built by hand.
    pub built: Built,
}

/// A constructor from a string, by name, and what it makes of one.
pub type Made = (&'static str, Result<Value, String>);

/// What a type is for: where readOnly or writeOnly properties are required, requests and responses have types of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Direction {
    /// Requests and responses.
    Both,
    /// Requests alone.
    Request,
    /// Responses alone.
    Response,
}

/// What became of a text that decodes.
#[derive(Debug, Clone, PartialEq)]
pub struct Decoded {
    /// The value, encoded again.
    pub encoded: Value,
    /// The deviations that the value retains, as the client reports them; sorted.
    pub kept: Vec<Violation>,
    /// The deviations of the received text, as strict checking reports them; sorted.
    pub strict: Vec<Violation>,
    /// The same deviations as the client prints each; what is not printed at all is none of these.
    pub printed: Vec<(Violation, String)>,
}

/// A value that a type cannot hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// Where, as the client says.
    pub pointer: Pointer,
    /// What the client says.
    pub message: String,
}

/// How a value is built by hand.
pub enum Built {
    /// In no way that the judge can use.
    Opaque,
    /// From one of the variants that stand for the document's values.
    Variants(&'static [Variant]),
    /// By a builder with a setter for each property.
    Struct {
        /// The properties that have a setter.
        setters: &'static [Setter],
        /// Gives the members to the setters, whatever the document says of them, and builds.
        build: fn(&Map<String, Value>) -> Result<Value, Refusal>,
        /// Decodes a JSON text, makes a builder of the value, and builds.
        rebuild: fn(&[u8]) -> Result<Value, Refusal>,
    },
}

/// A client's type for an enumeration that has no name in the document.
pub struct Enumeration {
    /// Where it stands in the document, as a pointer.
    pub place: &'static str,
    /// The type, as the line spells it.
    pub rust: &'static str,
    /// The variants that stand for the document's values.
    pub variants: &'static [Variant],
}

/// A variant of an enumeration.
pub struct Variant {
    /// Its identifier.
    pub ident: &'static str,
    /// The value of the document that it stands for, as the line says.
    pub listed: fn() -> Value,
    /// The variant, encoded.
    pub encoded: fn() -> Value,
}

/// A setter of a builder.
pub struct Setter {
    /// The property's name on the wire.
    pub property: &'static str,
    /// The method.
    pub method: &'static str,
    /// What the method takes, as the line spells it.
    pub rust: &'static str,
}

/// Why a value was not built.
#[derive(Debug, Clone, PartialEq)]
pub enum Refusal {
    /// The setter's type cannot hold the member, so it was not called.
    Unheld(Fault),
    /// The builder's last step refuses the value.
    Refused(String),
}

impl Subject {
    /// The type for a schema of the document, in one direction.
    pub fn schema(&self, name: &str, direction: Direction) -> Option<&'static Schema> {
        let fits = |schema: &&Schema| {
            schema.name == name && (schema.direction == direction || schema.direction == Direction::Both)
        };
        self.schemas.iter().find(fits)
    }

    /// The call for an operation of the document.
    pub fn operation(&self, id: &str) -> Option<&'static Operation> {
        self.operations.iter().find(|operation| operation.id == id)
    }
}

impl Connected {
    /// Takes a client that any number of calls may share.
    pub fn new(client: impl Any + Send + Sync) -> Self {
        Self(Box::new(client))
    }

    /// The client, where it is of this type.
    pub fn client<C: Clone + 'static>(&self) -> Option<C> {
        self.0.downcast_ref::<C>().cloned()
    }
}

impl std::fmt::Debug for Connected {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Connected")
    }
}
