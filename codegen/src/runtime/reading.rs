//! How the bodies of answers are read: whole and up to a limit, or by the caller as they come.

use std::future::Future;

use bytes::{Bytes, BytesMut};
use reqwest::header::HeaderMap;
use reqwest::{Response, StatusCode};

use super::{RawAnswer, Reason, Settings};

/// What becomes of an answer's body before the answer is handed over.
pub(crate) trait Reading: Send + Sync {
    type Answer: Answer;

    fn read(&self, response: Response) -> impl Future<Output = Result<Self::Answer, Broken>> + Send;
}

/// The body is read up to a limit, so that a call can be tried again where the body breaks off.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Whole {
    limit: u64,
}

/// The body is left to the caller. What breaks off there is not tried again: the caller has the beginning already.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Open;

/// The body is left to the caller where the status is that of a stream, and read up to the limit otherwise.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ByStatus {
    whole: Whole,
    is_open: fn(u16) -> bool,
}

/// An answer whose body was read, or left to the caller.
pub(crate) enum Either {
    Whole(RawAnswer),
    Open(Response),
}

/// An answer in one of these states.
pub(crate) trait Answer: Send {
    fn status(&self) -> StatusCode;

    fn headers(&self) -> &HeaderMap;

    /// The answer with its body.
    fn whole(self, settings: &Settings) -> impl Future<Output = Result<RawAnswer, Broken>> + Send;
}

/// An answer whose body may be left to the caller.
pub(crate) trait Opened: Answer {
    /// The answer with its body to come, or else as it was read.
    fn opened(self) -> Result<Response, RawAnswer>;
}

/// An answer whose body was not read to its end: what there is of it, and why there is no more.
#[derive(Debug)]
pub(crate) struct Broken {
    pub(super) answer: RawAnswer,
    pub(super) reason: Reason,
}

impl Whole {
    pub(crate) fn within(settings: &Settings) -> Self {
        Self { limit: settings.body_limit() }
    }
}

impl Reading for Whole {
    type Answer = RawAnswer;

    fn read(&self, response: Response) -> impl Future<Output = Result<RawAnswer, Broken>> + Send {
        read(response, self.limit)
    }
}

impl ByStatus {
    pub(crate) fn within(settings: &Settings, is_open: fn(u16) -> bool) -> Self {
        Self { whole: Whole::within(settings), is_open }
    }
}

impl Reading for ByStatus {
    type Answer = Either;

    async fn read(&self, response: Response) -> Result<Either, Broken> {
        match (self.is_open)(response.status().as_u16()) {
            true => Ok(Either::Open(response)),
            false => Ok(Either::Whole(self.whole.read(response).await?)),
        }
    }
}

impl Reading for Open {
    type Answer = Response;

    async fn read(&self, response: Response) -> Result<Response, Broken> {
        Ok(response)
    }
}

impl Answer for RawAnswer {
    fn status(&self) -> StatusCode {
        self.status()
    }

    fn headers(&self) -> &HeaderMap {
        self.headers()
    }

    async fn whole(self, _: &Settings) -> Result<RawAnswer, Broken> {
        Ok(self)
    }
}

impl Answer for Response {
    fn status(&self) -> StatusCode {
        self.status()
    }

    fn headers(&self) -> &HeaderMap {
        self.headers()
    }

    async fn whole(self, settings: &Settings) -> Result<RawAnswer, Broken> {
        read(self, settings.body_limit()).await
    }
}

impl Either {
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::Whole(answer) => answer.status(),
            Self::Open(response) => response.status(),
        }
    }
}

impl Answer for Either {
    fn status(&self) -> StatusCode {
        self.status()
    }

    fn headers(&self) -> &HeaderMap {
        match self {
            Self::Whole(answer) => answer.headers(),
            Self::Open(response) => response.headers(),
        }
    }

    async fn whole(self, settings: &Settings) -> Result<RawAnswer, Broken> {
        match self {
            Self::Whole(answer) => Ok(answer),
            Self::Open(response) => response.whole(settings).await,
        }
    }
}

impl Opened for Response {
    fn opened(self) -> Result<Response, RawAnswer> {
        Ok(self)
    }
}

impl Opened for Either {
    fn opened(self) -> Result<Response, RawAnswer> {
        match self {
            Self::Whole(answer) => Err(answer),
            Self::Open(response) => Ok(response),
        }
    }
}

async fn read(mut response: Response, limit: u64) -> Result<RawAnswer, Broken> {
    let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
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
    let answer = RawAnswer::new(status, headers, body);
    match reason {
        None => Ok(answer),
        Some(reason) => Err(Broken { answer, reason }),
    }
}
