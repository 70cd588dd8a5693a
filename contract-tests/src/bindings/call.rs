//! Calling the client: what to call, through what kind of connection, and what the caller sees.

use std::fmt::{Debug, Write as _};
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use lineworks_partner_client::runtime::Reason;
use lineworks_partner_client::{Client, Error, ResponseValue};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::Outcome;
use crate::document::Pointer;

/// How long the client waits ahead of another try.
const SHORTLY: Duration = Duration::from_millis(2);

/// A call under way.
pub type Calling = Pin<Box<dyn Future<Output = Called> + Send>>;

/// What to call, and with what.
#[derive(Debug, Clone)]
pub struct Call {
    /// Where the server is.
    pub base_url: String,
    /// The parameters by the document's names.
    pub arguments: Map<String, Value>,
    /// How the client is set up.
    pub connection: Connection,
    /// The client, where one serves several calls.
    pub client: Option<Client>,
}

/// How the client is set up.
#[derive(Debug, Clone, Default)]
pub struct Connection {
    /// What authorises the calls.
    pub token: Option<&'static str>,
    /// Whether a deviation from the document is an error.
    pub strict: bool,
    /// The greatest body that is read, where it isn't the client's own choice.
    pub max_body: Option<u64>,
    /// How long a call may take, where it isn't the client's own choice.
    pub timeout: Option<Duration>,
    /// A host to which a redirect may take the token along.
    pub trusted: Option<String>,
    /// How often a call is tried again.
    pub retries: u32,
}

/// What came of a call.
#[derive(Debug, Clone, PartialEq)]
pub struct Called {
    /// The result, as the document's words have it.
    pub outcome: Outcome,
    /// The result, as the caller's code tells it from others.
    pub seen: Seen,
}

/// What a caller's code can tell of a result.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Seen {
    /// The variant, and the reason where it has one.
    pub kind: &'static str,
    /// The place that a decoding error names.
    pub pointer: Option<Pointer>,
    /// The status, where there is one.
    pub status: Option<u16>,
    /// The raw body, where there is one.
    pub body: Option<Vec<u8>>,
    /// Whether the error asks for another try.
    pub retryable: bool,
    /// Everything that client and result print of themselves.
    pub printed: String,
}

impl std::fmt::Display for Seen {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.kind)?;
        if let Some(status) = self.status {
            write!(formatter, " {status}")?;
        }
        if let Some(pointer) = &self.pointer {
            write!(formatter, " at {pointer}")?;
        }
        if self.retryable {
            formatter.write_str(", retryable")?;
        }
        Ok(())
    }
}

impl Call {
    pub(super) fn argument<T: DeserializeOwned>(&self, name: &str) -> Result<T, String> {
        let value = self.arguments.get(name).ok_or_else(|| format!("the document has no parameter `{name}`"))?;
        serde_json::from_value(value.clone()).map_err(|error| format!("`{name}` cannot be {value}: {error}"))
    }

    /// The same with a client that serves all calls that are cloned from it.
    pub fn prepared(mut self) -> Result<Self, String> {
        self.client = Some(self.client()?);
        Ok(self)
    }

    /// The client for this call.
    pub(super) fn client(&self) -> Result<Client, String> {
        if let Some(client) = &self.client {
            return Ok(client.clone());
        }
        let Connection { token, strict, max_body, timeout, trusted, retries } = &self.connection;
        let mut builder = Client::builder().base_url(&self.base_url).strict(*strict).retries(*retries);
        // The judge's own server asks for no patience.
        builder = builder.backoff(SHORTLY, SHORTLY);
        if let Some(token) = token {
            builder = builder.token(*token);
        }
        if let Some(bytes) = max_body {
            builder = builder.max_body(*bytes);
        }
        if let Some(timeout) = timeout {
            builder = builder.timeout(*timeout);
        }
        if let Some(host) = trusted {
            builder = builder.trusted_domain(host);
        }
        builder.build().map_err(|error| error.to_string())
    }
}

impl Called {
    /// A call that never left.
    pub(super) fn refused(outcome: Outcome, kind: &'static str) -> Self {
        Self { outcome, seen: Seen { kind, ..Seen::default() } }
    }

    pub(super) fn of<T, E>(client: &Client, result: Result<ResponseValue<T>, Error<E>>) -> Self
    where
        T: Serialize + Debug,
        E: Serialize + Debug,
    {
        let mut printed = format!("{client:?} {client:#?} {result:?} {result:#?}");
        let mut seen = Seen::default();
        match &result {
            Ok(answer) => {
                seen.kind = "value";
                seen.status = Some(answer.status().as_u16());
                seen.body = Some(answer.body().to_vec());
            }
            Err(error) => {
                let mut cause: Option<&dyn std::error::Error> = Some(error);
                while let Some(link) = cause {
                    let _ = write!(printed, " {link} {link:?}");
                    cause = link.source();
                }
                seen.kind = kind(error);
                seen.status = error.status().map(|status| status.as_u16());
                seen.body = error.body().map(|body| body.to_vec());
                seen.retryable = error.is_retryable();
                seen.pointer = place(error);
            }
        }
        seen.printed = printed;
        Self { outcome: super::outcome(result), seen }
    }
}

fn kind<E>(error: &Error<E>) -> &'static str {
    match error {
        Error::InvalidRequest(_) => "invalid-request",
        Error::Communication(_) => "communication",
        Error::Credentials(_) => "credentials",
        Error::ErrorResponse(_) => "error-response",
        Error::Nonconforming(_) => "nonconforming",
        Error::UnexpectedResponse(unexpected) => match unexpected.reason {
            Reason::Status => "status",
            Reason::ContentType { .. } => "content-type",
            Reason::Body(_) => "body",
            Reason::TooLarge(_) => "too-large",
            Reason::Interrupted(_) => "interrupted",
            _ => "unexpected",
        },
        _ => "other",
    }
}

fn place<E>(error: &Error<E>) -> Option<Pointer> {
    let Error::UnexpectedResponse(unexpected) = error else { return None };
    let Reason::Body(error) = &unexpected.reason else { return None };
    Some(Pointer::written(&error.pointer))
}
