//! What can come of a call instead of a value.

use std::any::Any;
use std::fmt;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::{CredentialsError, DecodeError, RawResponse, ResponseValue, Shown, Violation};

/// Why a call gave no value.
///
/// Where the server responded, status, headers and body are here, whatever the body was. `E` is the type of the errors
/// that the document describes.
///
/// What `{}` and `{:?}` show can be logged: no credential, no URL, no body and no value out of one is in it. Where a string
/// of the server's is shown, such as a property's name, it is escaped and cut to [`MAX_SHOWN`](super::MAX_SHOWN) characters.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<E = ()> {
    /// An argument is missing or refused by the document; nothing was sent.
    InvalidRequest(String),
    /// There are no credentials for the call, or they must not go where the call goes; nothing was sent.
    Credentials(CredentialsError),
    /// The call is not awaited on a Tokio runtime, which it needs for its connections and time limits; nothing was sent.
    NoRuntime,
    /// No response came: no connection, a time limit, a broken connection.
    Communication(reqwest::Error),
    /// The server responded with an error that the document describes.
    ErrorResponse(ResponseValue<E>),
    /// The server responded with a status, a content type or a body that the document does not describe.
    UnexpectedResponse(Box<Unexpected>),
    /// In strict mode: the response can be read, but deviates from the document.
    Nonconforming(Box<Nonconforming>),
    /// A hook of yours gave up on the call.
    Custom(String),
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
}

/// The most violations that an error shows; a server may send a million.
const LISTED: usize = 10;

/// A response that was decoded, and what in it deviates from the document.
pub struct Nonconforming {
    /// The response as it came.
    pub response: RawResponse,
    /// Every deviation.
    pub violations: Vec<Violation>,
    pub(crate) value: Box<dyn Any + Send + Sync>,
}

impl fmt::Debug for Nonconforming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let listed = &self.violations[..self.violations.len().min(LISTED)];
        let mut shown = f.debug_struct("Nonconforming");
        shown.field("response", &self.response).field("violations", &self.violations.len());
        shown.field("first", &listed).finish_non_exhaustive()
    }
}

impl Nonconforming {
    /// The value that the response decodes to, where it is of this type.
    pub fn value<T: 'static>(&self) -> Option<&T> {
        self.value.downcast_ref()
    }

    /// The value itself.
    ///
    /// # Errors
    /// The same again where the value is of another type.
    pub fn into_value<T: 'static>(self) -> Result<T, Self> {
        let Self { response, violations, value } = self;
        value.downcast().map(|value| *value).map_err(|value| Self { response, violations, value })
    }
}

impl<E> Error<E> {
    /// The response as it came, where the server responded.
    pub fn response(&self) -> Option<&RawResponse> {
        match self {
            Self::ErrorResponse(response) => Some(response.raw()),
            Self::UnexpectedResponse(unexpected) => Some(&unexpected.response),
            Self::Nonconforming(nonconforming) => Some(&nonconforming.response),
            Self::InvalidRequest(_)
            | Self::Credentials(_)
            | Self::NoRuntime
            | Self::Communication(_)
            | Self::Custom(_) => None,
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

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidRequest(message) => write!(f, "invalid request: {message}"),
            Self::Credentials(error) => write!(f, "no credentials: {error}"),
            Self::NoRuntime => f.write_str("there is no Tokio runtime: await the call within `#[tokio::main]` or the like"),
            Self::Communication(error) => write!(f, "no response: {error}"),
            Self::ErrorResponse(response) => write!(f, "the server responded with status {}", response.status()),
            Self::UnexpectedResponse(unexpected) => unexpected.fmt(f),
            Self::Nonconforming(nonconforming) => nonconforming.fmt(f),
            Self::Custom(message) => f.write_str(message),
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
        }
    }
}

impl fmt::Display for Nonconforming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the response with status {} deviates from the document: ", self.response.status())?;
        for (index, violation) in self.violations.iter().take(LISTED).enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{violation}")?;
        }
        match self.violations.len().saturating_sub(LISTED) {
            0 => Ok(()),
            more => write!(f, "; and {more} more"),
        }
    }
}

impl<E: fmt::Debug> std::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Communication(error) => Some(error),
            Self::Credentials(error) => Some(error),
            Self::UnexpectedResponse(unexpected) => match &unexpected.reason {
                Reason::Body(error) => Some(error),
                Reason::Interrupted(error) => Some(error),
                _ => None,
            },
            _ => None,
        }
    }
}

impl<E> From<reqwest::Error> for Error<E> {
    fn from(error: reqwest::Error) -> Self {
        // A URL may hold a key.
        let error = error.without_url();
        if error.is_builder() { Self::InvalidRequest(error.to_string()) } else { Self::Communication(error) }
    }
}

impl<E> From<reqwest::header::InvalidHeaderValue> for Error<E> {
    fn from(error: reqwest::header::InvalidHeaderValue) -> Self {
        Self::InvalidRequest(error.to_string())
    }
}

impl<E> From<progenitor_client::Error<E>> for Error<E> {
    fn from(error: progenitor_client::Error<E>) -> Self {
        match error {
            progenitor_client::Error::InvalidRequest(message) => Self::InvalidRequest(message),
            progenitor_client::Error::CommunicationError(error)
            | progenitor_client::Error::InvalidUpgrade(error)
            | progenitor_client::Error::ResponseBodyError(error) => error.into(),
            progenitor_client::Error::Custom(message) => Self::Custom(message),
            // The rest is of responses, which nothing of progenitor's reads any more.
            other => Self::Custom(other.into_untyped().to_string()),
        }
    }
}
