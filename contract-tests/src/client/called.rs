//! What a caller sees of a call.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use serde_json::Value;

use super::Fault;

/// A call in progress. It holds what it needs of its client, so that it can be spawned, or dropped at any moment.
pub type Calling = Pin<Box<dyn Future<Output = Called> + Send>>;

/// What came of a call.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Called {
    /// What the caller's code tells the result from others by.
    pub kind: Kind,
    /// The status, where the server responded.
    pub status: Option<u16>,
    /// The headers of the response, in their order.
    pub headers: Vec<(String, String)>,
    /// The status as the document has it, where the type of the response has a variant for each.
    pub variant: Option<&'static str>,
    /// The body as the caller's type holds it.
    pub content: Content,
    /// The bytes of the body, as far as the client keeps them; `None` where the server did not respond.
    pub raw: Option<Vec<u8>>,
    /// Why the call failed, where the place of it is known or a message says more than the kind.
    pub fault: Option<Fault>,
    /// Whether the client calls the failure one that a retry may mend.
    pub retryable: bool,
    /// Everything that the client and the result print of themselves.
    pub printed: String,
}

/// What a caller's code tells results apart by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A documented success.
    #[default]
    Value,
    /// A documented error.
    ErrorResponse,
    /// In strict mode: a success that deviates from the document.
    Nonconforming,
    /// A status that the document does not describe.
    Status,
    /// A media type that the document does not describe.
    ContentType,
    /// A body that does not decode.
    Body,
    /// A body beyond the limit.
    TooLarge,
    /// A body that broke off.
    Interrupted,
    /// A page that names as the next one a page before it.
    RepeatedPage,
    /// No response: no connection, a time limit.
    Communication,
    /// No credentials.
    Credentials,
    /// The client refuses an argument.
    InvalidRequest,
    /// The setter's type cannot hold the argument, so nothing was called.
    Argument,
    /// No client could be made.
    NoClient,
    /// A panic.
    Panic,
    /// The call was still in progress after every time limit.
    Hangs,
    /// Anything else.
    Other,
}

/// A body as the caller's type holds it.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Content {
    /// Nothing.
    #[default]
    Nothing,
    /// A value, encoded again.
    Value(Value),
    /// Bytes.
    Bytes(Vec<u8>),
    /// What a stream gave, in its order: objects with `data`, the value, encoded again, and of an event `name`, `id` and
    /// `retry` in milliseconds.
    Items(Vec<Value>),
}

impl Called {
    /// A result without a response.
    pub fn without_response(kind: Kind, fault: Option<Fault>) -> Self {
        Self { kind, fault, ..Self::default() }
    }

    /// The media type of the response, with its parameters.
    pub fn media_type(&self) -> Option<&str> {
        let named = self.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        named.map(|(_, value)| value.as_str())
    }

    /// The value of the body, where it has one.
    pub fn value(&self) -> Option<&Value> {
        match &self.content {
            Content::Value(value) => Some(value),
            _ => None,
        }
    }
}

impl fmt::Display for Called {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.kind)?;
        if let Some(status) = self.status {
            write!(formatter, " {status}")?;
        }
        if let (Kind::Body, Some(fault)) = (self.kind, &self.fault) {
            write!(formatter, " at {}", fault.pointer)?;
        }
        if self.retryable {
            formatter.write_str(", retryable")?;
        }
        Ok(())
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Value => "value",
            Self::ErrorResponse => "error-response",
            Self::Nonconforming => "nonconforming",
            Self::Status => "status",
            Self::ContentType => "content-type",
            Self::Body => "body",
            Self::TooLarge => "too-large",
            Self::Interrupted => "interrupted",
            Self::RepeatedPage => "repeated-page",
            Self::Communication => "communication",
            Self::Credentials => "credentials",
            Self::InvalidRequest => "invalid-request",
            Self::Argument => "argument",
            Self::NoClient => "no-client",
            Self::Panic => "panic",
            Self::Hangs => "hangs",
            Self::Other => "other",
        })
    }
}
