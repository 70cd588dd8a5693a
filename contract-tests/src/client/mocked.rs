//! The mock server that a client gives to whoever tests code that uses it: what the lines say of it, and which response it is asked for.

use std::any::Any;

use super::reading::unlocated;
use super::{Fault, Payload};

/// A mock server's method for an operation.
pub struct Mocked {
    /// The operation, as [`Operation::id`](super::Operation::id) has it.
    pub operation: &'static str,
    /// The method.
    pub method: &'static str,
    /// The documented responses that it can give.
    pub responses: &'static [MockedResponse],
    /// Starts a server.
    pub start: fn() -> Mocking,
    /// Has a server respond to calls of this operation, and to no others.
    pub respond: fn(&Mocking, &Asked<'_>) -> Result<(), Fault>,
}

/// A response that a mock server can give.
pub struct MockedResponse {
    /// The status as the document has it: `200`, `4XX`, `default`.
    pub status: &'static str,
    /// Whether it can give the document's example.
    pub has_example: bool,
}

/// A mock server that listens.
pub struct Mocking {
    /// Where the client finds it.
    pub base_url: String,
    server: Box<dyn Any + Send + Sync>,
}

/// The response that a mock server is asked for.
#[derive(Debug, Clone)]
pub struct Asked<'a> {
    /// The documented response, by its status as the document has it.
    pub response: &'a str,
    /// The status.
    pub status: u16,
    /// The body: a value of JSON, or the bytes of anything else. `None`: the document's example.
    pub body: Option<Payload>,
    /// Documented headers, as they are sent.
    pub headers: &'a [(String, String)],
}

impl Mocking {
    /// A server for clients of this URL.
    pub fn new(base_url: String, server: impl Any + Send + Sync) -> Self {
        Self { base_url, server: Box::new(server) }
    }

    /// The server.
    ///
    /// # Errors
    /// Where it is of another type.
    pub fn server<S: 'static>(&self) -> Result<&S, Fault> {
        self.server.downcast_ref().ok_or_else(|| unlocated("this is a mock server of another client".to_owned()))
    }
}

impl Asked<'_> {
    /// The bytes of the body.
    pub fn bytes(&self) -> &[u8] {
        match &self.body {
            Some(Payload::Bytes(bytes)) => bytes,
            _ => &[],
        }
    }

    /// A header, where it is to be added.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str())
    }
}
