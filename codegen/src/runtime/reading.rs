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

/// An answer in one of these states.
pub(crate) trait Answer: Send {
    fn status(&self) -> StatusCode;

    fn headers(&self) -> &HeaderMap;

    /// The answer with its body.
    fn whole(self, settings: &Settings) -> impl Future<Output = Result<RawAnswer, Broken>> + Send;
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
