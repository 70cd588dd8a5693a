//! The caller's own code around each attempt of a call.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use reqwest::header::HeaderMap;
use reqwest::{Response, StatusCode, Url, Version};

use super::Operation;
use super::failure::Failure;
use super::transport::Sending;

/// Code that runs around each attempt of every call of a client: before the request, after the response, or both.
///
/// It sees no credential: those are added behind it, in whatever place the document has for them. It runs once for each attempt, retries
/// included; redirects are followed behind it.
pub trait Interceptor: Send + Sync {
    /// One attempt. What it gives is what the client goes on with: usually what [`Attempt::send`] gave.
    fn intercept<'a>(&'a self, attempt: Attempt<'a>) -> AttemptFuture<'a>;
}

/// An attempt that is on its way.
pub type AttemptFuture<'a> = Pin<Box<dyn Future<Output = Result<Head, AttemptError>> + Send + 'a>>;

/// One attempt of a call, before it is sent.
pub struct Attempt<'a> {
    pub(super) sending: Sending<'a>,
    pub(super) operation: &'static Operation,
    pub(super) number: u32,
}

impl Attempt<'_> {
    /// The operation that was called.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Which attempt of the call it is, from 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Where the request goes, without credentials.
    pub fn url(&self) -> &Url {
        self.sending.request.url()
    }

    /// The request's headers, without credentials.
    pub fn headers(&self) -> &HeaderMap {
        self.sending.request.headers()
    }

    /// The headers of this attempt's request, to be changed.
    pub fn headers_mut(&mut self) -> &mut HeaderMap {
        self.sending.request.headers_mut()
    }

    /// The request's body, where it has one that is no stream.
    pub fn body(&self) -> Option<&[u8]> {
        self.sending.request.body()?.as_bytes()
    }

    /// Sends the request and waits for the head of the response.
    ///
    /// # Errors
    /// Where no response came.
    pub async fn send(self) -> Result<Head, AttemptError> {
        let (sent, redirects) = self.sending.send().map_err(AttemptError)?;
        let response = match sent.await {
            Ok(response) => redirects.followed(response).await,
            Err(error) => Err(error.into()),
        };
        response.map(|response| Head { response }).map_err(AttemptError)
    }
}

impl fmt::Debug for Attempt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt").field("operation", self.operation).field("number", &self.number).finish_non_exhaustive()
    }
}

/// A response whose body is still to come.
pub struct Head {
    pub(super) response: Response,
}

impl Head {
    /// The status.
    pub fn status(&self) -> StatusCode {
        self.response.status()
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }

    /// The headers, to be changed before the client reads them.
    pub fn headers_mut(&mut self) -> &mut HeaderMap {
        self.response.headers_mut()
    }

    /// The version of HTTP.
    pub fn version(&self) -> Version {
        self.response.version()
    }
}

impl fmt::Debug for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Head").field("status", &self.status()).finish_non_exhaustive()
    }
}

/// Why an attempt gave no response.
#[derive(Debug)]
pub struct AttemptError(pub(super) Failure);

impl AttemptError {
    /// The interceptor's own error, which ends the call as [`Error::Intercepted`](super::Error::Intercepted).
    pub fn new(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(Failure::Intercepted(Intercepted { source: source.into(), operation: None }))
    }

    /// A word for what went wrong: `timeout`, `connect`, `request`, `credentials`, `interceptor`.
    pub fn kind(&self) -> &'static str {
        self.0.kind()
    }
}

impl fmt::Display for AttemptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Failure::Intercepted(error) => error.fmt(f),
            other => write!(f, "no response: {}", other.kind()),
        }
    }
}

impl std::error::Error for AttemptError {}

impl From<reqwest::header::InvalidHeaderValue> for AttemptError {
    fn from(error: reqwest::header::InvalidHeaderValue) -> Self {
        Self::new(error)
    }
}

/// What an interceptor gave up on a call for.
#[derive(Debug)]
pub struct Intercepted {
    source: Box<dyn std::error::Error + Send + Sync>,
    operation: Option<&'static Operation>,
}

impl Intercepted {
    /// The interceptor's own error.
    pub fn into_inner(self) -> Box<dyn std::error::Error + Send + Sync> {
        self.source
    }

    /// The operation that was called.
    pub fn operation(&self) -> Option<&'static Operation> {
        self.operation
    }

    pub(super) fn of(self, operation: &'static Operation) -> Self {
        Self { operation: Some(operation), ..self }
    }
}

impl fmt::Display for Intercepted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an interceptor gave up: {}", self.source)
    }
}

impl std::error::Error for Intercepted {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(self.source.as_ref())
    }
}
