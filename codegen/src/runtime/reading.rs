//! How the bodies of responses are read: whole and up to a limit, or by the caller as they come.

use std::future::Future;

use bytes::{Bytes, BytesMut};
use reqwest::header::HeaderMap;
use reqwest::{Response, StatusCode};

use super::{Operation, RawResponse, Reason, Settings};

/// What becomes of a response's body before the response is handed over.
pub(crate) trait Reading: Send + Sync {
    type Received: Received;

    fn read(&self, response: Response) -> impl Future<Output = Result<Self::Received, Broken>> + Send;
}

/// The body is read up to a limit, so that a call can be retried where the body breaks off.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Whole {
    limit: u64,
}

/// The body is left to the caller where the status is that of a stream, and read up to the limit otherwise. What breaks off in a
/// stream is not retried: the caller has the beginning already.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ByStatus {
    whole: Whole,
    is_open: fn(u16) -> bool,
}

/// A response whose body was read, or left to the caller.
pub(crate) enum Either {
    Whole(RawResponse),
    Open(Response),
}

/// A response in one of these states.
pub(crate) trait Received: Send {
    fn status(&self) -> StatusCode;

    fn headers(&self) -> &HeaderMap;

    /// The same response as one of this operation.
    fn of(self, operation: &'static Operation) -> Self;

    /// The response with its body.
    fn whole(self, settings: &Settings) -> impl Future<Output = Result<RawResponse, Broken>> + Send;
}

/// A response whose body was not read to its end: what there is of it, and why there is no more.
#[derive(Debug)]
pub(crate) struct Broken {
    pub(super) response: RawResponse,
    pub(super) reason: Reason,
}

impl Whole {
    pub(crate) fn within(settings: &Settings) -> Self {
        Self { limit: settings.body_limit() }
    }
}

impl Reading for Whole {
    type Received = RawResponse;

    fn read(&self, response: Response) -> impl Future<Output = Result<RawResponse, Broken>> + Send {
        read(response, self.limit)
    }
}

impl ByStatus {
    pub(crate) fn within(settings: &Settings, is_open: fn(u16) -> bool) -> Self {
        Self { whole: Whole::within(settings), is_open }
    }
}

impl Reading for ByStatus {
    type Received = Either;

    async fn read(&self, response: Response) -> Result<Either, Broken> {
        match (self.is_open)(response.status().as_u16()) {
            true => Ok(Either::Open(response)),
            false => Ok(Either::Whole(self.whole.read(response).await?)),
        }
    }
}

impl Received for RawResponse {
    fn status(&self) -> StatusCode {
        self.status()
    }

    fn headers(&self) -> &HeaderMap {
        self.headers()
    }

    fn of(self, operation: &'static Operation) -> Self {
        self.of(operation)
    }

    async fn whole(self, _: &Settings) -> Result<RawResponse, Broken> {
        Ok(self)
    }
}

impl Either {
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::Whole(response) => response.status(),
            Self::Open(response) => response.status(),
        }
    }
}

impl Received for Either {
    fn status(&self) -> StatusCode {
        self.status()
    }

    fn headers(&self) -> &HeaderMap {
        match self {
            Self::Whole(response) => response.headers(),
            Self::Open(response) => response.headers(),
        }
    }

    fn of(self, operation: &'static Operation) -> Self {
        match self {
            Self::Whole(response) => Self::Whole(response.of(operation)),
            Self::Open(mut response) => {
                response.extensions_mut().insert(operation);
                Self::Open(response)
            }
        }
    }

    async fn whole(self, settings: &Settings) -> Result<RawResponse, Broken> {
        match self {
            Self::Whole(response) => Ok(response),
            Self::Open(response) => read(response, settings.body_limit()).await,
        }
    }
}

/// A response as it came, with this as its body.
pub(super) fn raw(response: &mut Response, body: Bytes) -> RawResponse {
    let operation = response.extensions().get::<&'static Operation>().copied();
    let raw = RawResponse::new(response.status(), std::mem::take(response.headers_mut()), body);
    match operation {
        Some(operation) => raw.of(operation),
        None => raw,
    }
}

fn read(mut response: Response, limit: u64) -> impl Future<Output = Result<RawResponse, Broken>> + Send {
    // An `async fn` would have room for the response twice.
    async move {
        // Most bodies come in one piece, which need not be copied.
        let (mut first, mut all) = (Bytes::new(), BytesMut::new());
        let reason = loop {
            match response.chunk().await {
                Ok(None) => break None,
                Ok(Some(chunk)) if (first.len() + all.len() + chunk.len()) as u64 > limit => {
                    break Some(Reason::TooLarge(limit));
                }
                Ok(Some(chunk)) if first.is_empty() && all.is_empty() => first = chunk,
                Ok(Some(chunk)) => {
                    if all.is_empty() {
                        all = BytesMut::from(std::mem::take(&mut first));
                    }
                    all.extend_from_slice(&chunk);
                }
                Err(error) => break Some(Reason::Interrupted(error.without_url())),
            }
        };
        let body = if all.is_empty() { first } else { all.freeze() };
        let response = raw(&mut response, body);
        match reason {
            None => Ok(response),
            Some(reason) => Err(Broken { response, reason }),
        }
    }
}
