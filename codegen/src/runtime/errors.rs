//! What can come of a call instead of a value.

use std::fmt;
use std::ops::Deref;
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::{
    CredentialsError, DecodeError, Decoded, Intercepted, Nonconforming, Operation, RawResponse, Refusal, ResponseValue, Shown, retry_after,
};

/// Why a call gave no value.
///
/// Where the server responded, status, headers and body are here, whatever the body was. Where the document describes the error,
/// [`value`](Self::value) has what its body decodes to.
///
/// What `{}` and `{:?}` show can be logged: no credential, no URL, no body and no value out of one is in it. Where a string
/// of the server's is shown, such as a property's name, it is escaped and cut to [`MAX_SHOWN`](super::MAX_SHOWN) characters.
#[non_exhaustive]
pub enum Error {
    /// An argument is missing or refused by the document; nothing was sent.
    InvalidRequest(Refusal),
    /// There are no credentials for the call, or they must not go where the call goes; nothing was sent.
    Credentials(CredentialsError),
    /// The call is not awaited on a Tokio runtime, which it needs for its connections and time limits; nothing was sent.
    NoRuntime(&'static Operation),
    /// No response came: no connection, a time limit, a broken connection.
    Communication(CommunicationError),
    /// The server responded with an error that the document describes.
    ErrorResponse(ResponseValue<Decoded>),
    /// The server responded with an error of which the document describes the status, and no body.
    ErrorStatus(RawResponse),
    /// The server responded with a status, a content type or a body that the document does not describe.
    UnexpectedResponse(Box<Unexpected>),
    /// In strict mode: the response can be read, but deviates from the document.
    Nonconforming(Box<Nonconforming>),
    /// The interceptor ended the call with an error.
    Intercepted(Intercepted),
}

/// What kept a response from coming. It reads as the error of reqwest that it holds.
#[derive(Debug)]
pub struct CommunicationError {
    operation: &'static Operation,
    error: reqwest::Error,
}

impl CommunicationError {
    /// The operation that was called.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The error of reqwest, without the URL.
    pub fn into_inner(self) -> reqwest::Error {
        self.error
    }

    pub(crate) fn new(operation: &'static Operation, error: reqwest::Error) -> Self {
        // A URL may hold a key.
        Self { operation, error: error.without_url() }
    }
}

impl Deref for CommunicationError {
    type Target = reqwest::Error;

    fn deref(&self) -> &reqwest::Error {
        &self.error
    }
}

impl fmt::Display for CommunicationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl std::error::Error for CommunicationError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.error.source()
    }
}

/// A response that the document does not describe.
#[derive(Debug)]
#[non_exhaustive]
pub struct Unexpected {
    /// The response as it came.
    pub response: RawResponse,
    /// What is unexpected about it.
    pub reason: Reason,
}

/// What is unexpected about a response.
#[derive(Debug)]
#[non_exhaustive]
pub enum Reason {
    /// The document does not describe this status.
    Status,
    /// The body is not of the media type that the document names.
    ContentType {
        /// The media type that the response names, if it names one, up to [`MAX_SHOWN`](super::MAX_SHOWN) characters.
        found: Option<String>,
    },
    /// The body does not decode.
    Body(DecodeError),
    /// The body is larger than the limit, in bytes.
    TooLarge(u64),
    /// The connection broke while the body was read, at the last try as well; what was read of it is in the response.
    Interrupted(reqwest::Error),
    /// What the response gives as the next page was fetched already, so that the pages would never end.
    RepeatedPage,
    /// So many pages were fetched, and the response gives another one.
    TooManyPages(u64),
}

impl Error {
    /// The response as it came, where the server responded.
    pub fn response(&self) -> Option<&RawResponse> {
        match self {
            Self::ErrorResponse(response) => Some(response.raw()),
            Self::ErrorStatus(response) => Some(response),
            Self::UnexpectedResponse(unexpected) => Some(&unexpected.response),
            Self::Nonconforming(nonconforming) => Some(&nonconforming.response),
            Self::InvalidRequest(_)
            | Self::Credentials(_)
            | Self::NoRuntime(_)
            | Self::Communication(_)
            | Self::Intercepted(_) => None,
        }
    }

    /// The operation that was called, where the error comes from a call of a client.
    pub fn operation(&self) -> Option<&'static Operation> {
        match self {
            Self::InvalidRequest(refusal) => refusal.operation(),
            Self::Credentials(error) => error.operation(),
            Self::NoRuntime(operation) => Some(operation),
            Self::Communication(error) => Some(error.operation()),
            Self::Intercepted(error) => error.operation(),
            Self::ErrorResponse(_) | Self::ErrorStatus(_) | Self::UnexpectedResponse(_) | Self::Nonconforming(_) => {
                self.response().and_then(RawResponse::operation)
            }
        }
    }

    /// The status, where the server responded.
    pub fn status(&self) -> Option<StatusCode> {
        self.response().map(RawResponse::status)
    }

    /// The headers, where the server responded.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.response().map(RawResponse::headers)
    }

    /// The body, where the server responded.
    pub fn body(&self) -> Option<&bytes::Bytes> {
        self.response().map(RawResponse::body)
    }

    /// How long the server asks to wait ahead of the next call, in the header `Retry-After` (RFC 9110, section 10.2.3).
    pub fn retry_after(&self) -> Option<Duration> {
        self.headers().and_then(retry_after)
    }

    /// The name that the server gave the request, which its support will ask for: the first of the headers
    /// `request-id`, `x-request-id`, `x-correlation-id`, `x-amzn-requestid` and `x-trace-id` that the response has.
    pub fn request_id(&self) -> Option<&str> {
        let headers = self.headers()?;
        REQUEST_IDS.iter().find_map(|name| headers.get(*name)?.to_str().ok())
    }

    /// What the response decodes to, where it is of this type: the error that the document describes for its status, or in strict
    /// mode the value that deviates from the document.
    pub fn value<T: 'static>(&self) -> Option<&T> {
        match self {
            Self::ErrorResponse(response) => response.value(),
            Self::Nonconforming(nonconforming) => nonconforming.value(),
            _ => None,
        }
    }

    /// Whether the server says that there is no such thing.
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(StatusCode::NOT_FOUND)
    }

    /// Whether the same call may succeed later: a fault of the connection, or a status that says so (408, 429, 502, 503,
    /// 504).
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Communication(_) => true,
            Self::Credentials(error) => error.is_temporary(),
            Self::UnexpectedResponse(unexpected) if matches!(unexpected.reason, Reason::Interrupted(_)) => true,
            _ => self.status().is_some_and(|status| matches!(status.as_u16(), 408 | 429 | 502..=504)),
        }
    }

    pub(crate) fn unexpected(response: RawResponse, reason: Reason) -> Self {
        Self::UnexpectedResponse(Box::new(Unexpected { response, reason }))
    }
}

/// The headers in which servers name a request.
const REQUEST_IDS: &[&str] = &["request-id", "x-request-id", "x-correlation-id", "x-amzn-requestid", "x-trace-id"];

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.operation() {
            write!(f, "{operation}: ")?;
        }
        match self {
            Self::InvalidRequest(message) => write!(f, "invalid request: {message}"),
            Self::Credentials(error) => write!(f, "no credentials: {error}"),
            Self::NoRuntime(_) => f.write_str("there is no Tokio runtime: await the call within `#[tokio::main]` or the like"),
            Self::Communication(error) => write!(f, "no response: {error}"),
            Self::ErrorResponse(_) | Self::ErrorStatus(_) => {
                f.write_str("the server responded with status ")?;
                self.status().map_or(Ok(()), |status| status.fmt(f))
            }
            Self::UnexpectedResponse(unexpected) => unexpected.fmt(f),
            Self::Nonconforming(nonconforming) => nonconforming.fmt(f),
            Self::Intercepted(error) => error.fmt(f),
        }
    }
}

impl fmt::Display for Unexpected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = self.response.status();
        match &self.reason {
            Reason::Status => write!(f, "the server responded with status {status}, which the document does not describe"),
            Reason::ContentType { found: Some(found) } => {
                write!(f, "the response with status {status} is of type {:?}, not of the document's", Shown(found))
            }
            Reason::ContentType { found: None } => write!(f, "the response with status {status} does not name its type"),
            Reason::Body(error) => write!(f, "the body of the response with status {status} does not decode: {error}"),
            Reason::TooLarge(limit) => write!(f, "the body of the response with status {status} is larger than {limit} bytes"),
            Reason::Interrupted(error) => write!(f, "the body of the response with status {status} broke off: {error}"),
            Reason::RepeatedPage => f.write_str("the response gives as the next page one that was fetched already"),
            Reason::TooManyPages(most) => write!(f, "after {most} pages the response gives another one: set `max_pages` to go on"),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, field): (_, &dyn fmt::Debug) = match self {
            Self::InvalidRequest(refusal) => ("InvalidRequest", refusal),
            Self::Credentials(error) => ("Credentials", error),
            Self::NoRuntime(operation) => ("NoRuntime", operation),
            Self::Communication(error) => ("Communication", error),
            Self::ErrorResponse(response) => ("ErrorResponse", response),
            Self::ErrorStatus(response) => ("ErrorStatus", response),
            Self::UnexpectedResponse(unexpected) => ("UnexpectedResponse", unexpected),
            Self::Nonconforming(nonconforming) => ("Nonconforming", nonconforming),
            Self::Intercepted(error) => ("Intercepted", error),
        };
        f.debug_tuple(name).field(field).finish()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Communication(error) => Some(error),
            Self::Credentials(error) => Some(error),
            Self::Intercepted(error) => Some(error),
            Self::UnexpectedResponse(unexpected) => match &unexpected.reason {
                Reason::Body(error) => Some(error),
                Reason::Interrupted(error) => Some(error),
                _ => None,
            },
            _ => None,
        }
    }
}
