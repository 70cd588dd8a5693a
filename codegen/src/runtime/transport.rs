//! The way of a request to the server: with its credentials, along redirects, and once more where that makes sense.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use reqwest::header::LOCATION;
use reqwest::{Method, Request, Response, StatusCode, Url};

use super::base_url::{is_open, is_within, plain_http};
use super::credentials::{Held, attach, collect};
use super::retries::{Retries, is_repeatable, may_pass};
use super::spans::traced;
use super::{Credentials, CredentialsError, Error, Security};

/// The most redirects that one try follows.
const REDIRECTS: usize = 10;

/// How a client's requests travel.
#[derive(Clone)]
pub(crate) struct Transport {
    pub(crate) credentials: Option<Arc<dyn Credentials>>,
    /// Domains that get the token along a redirect, over https.
    pub(crate) trusted: Vec<String>,
    pub(crate) plain_http: bool,
    pub(crate) retries: Retries,
    /// The limit of one try, its answer's body included.
    pub(crate) timeout: Duration,
    /// The limit of a call with all its tries and waits.
    pub(crate) total_timeout: Duration,
}

impl Default for Transport {
    fn default() -> Self {
        Self {
            credentials: None,
            trusted: Vec::new(),
            plain_http: false,
            retries: Retries::default(),
            timeout: Duration::from_secs(15),
            total_timeout: Duration::from_secs(60),
        }
    }
}

/// Credentials are not shown, whatever they would show of themselves.
impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport")
            .field("credentials", &self.credentials.as_ref().map(|_| "[REDACTED]"))
            .field("trusted", &self.trusted)
            .field("retries", &self.retries)
            .field("timeout", &self.timeout)
            .field("total_timeout", &self.total_timeout)
            .finish_non_exhaustive()
    }
}

impl Transport {
    /// Sends an operation's request until there is an answer to give, within the limits.
    pub(crate) async fn call<E>(
        &self,
        client: &reqwest::Client,
        operation: &'static str,
        request: Request,
        security: Security,
    ) -> Result<Response, Error<E>> {
        let tries = AtomicU32::new(0);
        // Boxed, or every future that a call is part of would carry the room for all that a call may need.
        traced(operation, &tries, Box::pin(self.tried(client, request, security, &tries))).await
    }

    async fn tried<E>(
        &self,
        client: &reqwest::Client,
        request: Request,
        security: Security,
        tries: &AtomicU32,
    ) -> Result<Response, Error<E>> {
        let deadline = Deadline { began: Instant::now(), limit: self.total_timeout };
        let mut waits = None;
        let mut renewed = false;
        let repeatable = is_repeatable(request.method());
        let mut request = Origin::new(request);
        loop {
            let held = self.held(request.url(), security, &deadline).await?;
            tries.fetch_add(1, Ordering::Relaxed);
            let outcome = self.send(client, &mut request, &held, &deadline).await?;
            let mut own_wait = || waits.get_or_insert_with(|| self.retries.waits()).next();
            let wait = match &outcome {
                Ok(answer) if answer.status() == StatusCode::UNAUTHORIZED && !renewed => {
                    renewed = true;
                    (request.is_reusable() && self.refused(&held)).then_some(Duration::ZERO)
                }
                Ok(answer) if repeatable && may_pass(answer.status()) => {
                    own_wait().map(|own| self.retries.wait_after(answer, own))
                }
                Err(error) if repeatable && !error.is_builder() => own_wait(),
                _ => None,
            };
            // No wait outlasts the limit: what the last try gave is what the caller gets.
            let Some(wait) = wait.filter(|wait| request.is_reusable() && *wait < deadline.left()) else {
                return outcome.map_err(Error::from);
            };
            drop(outcome);
            if !wait.is_zero() {
                tokio::time::sleep(wait).await;
            }
        }
    }

    /// The credentials for a request, none of which goes where it could be read on the way.
    async fn held<E>(&self, url: &Url, security: Security, deadline: &Deadline) -> Result<Held, Error<E>> {
        let Some(credentials) = self.credentials.as_deref() else { return Ok(Vec::new()) };
        if security.is_empty() {
            return Ok(Vec::new());
        }
        if is_open(url) && !self.plain_http {
            let host = url.host_str().unwrap_or_default();
            return Err(Error::Credentials(CredentialsError::new(plain_http(host))));
        }
        match tokio::time::timeout(deadline.left(), collect(credentials, security)).await {
            Ok(held) => held.map_err(Error::Credentials),
            Err(_) => {
                let message = "the call's time was over before there was a token for it";
                Err(Error::Credentials(CredentialsError::new(message).temporary()))
            }
        }
    }

    /// Whether there is another credential in the place of one that the server refused.
    fn refused(&self, held: &Held) -> bool {
        let Some(credentials) = self.credentials.as_deref() else { return false };
        held.iter().fold(false, |renewed, (requirement, token)| credentials.refused(requirement, token) || renewed)
    }

    /// One try: the request, and those that redirects ask for instead. A redirect that leads elsewhere is handed back as
    /// the answer that it is.
    async fn send<E>(
        &self,
        client: &reqwest::Client,
        origin: &mut Origin,
        held: &Held,
        deadline: &Deadline,
    ) -> Result<reqwest::Result<Response>, Error<E>> {
        let begin = Deadline { began: Instant::now(), limit: self.timeout.min(deadline.left()) };
        let mut target: Option<Url> = None;
        let mut followed = 0;
        loop {
            let Some(mut request) = origin.request() else {
                return Err(Error::InvalidRequest("the body can be sent only once".to_owned()));
            };
            if let Some(target) = &target {
                *request.url_mut() = target.clone();
            }
            attach(&mut request, held).map_err(Error::Credentials)?;
            *request.timeout_mut() = Some(begin.left());
            let answer = match client.execute(request).await {
                Ok(answer) => answer,
                Err(error) => return Ok(Err(error)),
            };
            if followed == REDIRECTS || !origin.is_reusable() || !answer.status().is_redirection() {
                return Ok(Ok(answer));
            }
            let from = target.as_ref().unwrap_or(origin.url());
            let Some(next) = self.target(origin, from, &answer) else { return Ok(Ok(answer)) };
            target = Some(next);
            followed += 1;
        }
    }

    /// Where a redirect leads, if it may be followed.
    fn target(&self, origin: &Origin, from: &Url, answer: &Response) -> Option<Url> {
        let followed = match answer.status().as_u16() {
            307 | 308 => true,
            // For other methods these statuses change the method, which no document describes.
            301..=303 => matches!(*origin.method(), Method::GET | Method::HEAD),
            _ => false,
        };
        let location = answer.headers().get(LOCATION)?.to_str().ok()?;
        let target = from.join(location).ok().filter(|_| followed)?;
        let is_same = target.origin() == origin.url().origin();
        let is_trusted = target.scheme() == "https" && is_within(target.host_str()?, &self.trusted);
        (is_same || is_trusted).then_some(target)
    }
}

/// The request as the operation made it, without credentials.
enum Origin {
    /// Each try sends a copy.
    Reusable(Request),
    /// The body is a stream, which is gone once it is sent.
    Once { request: Option<Request>, method: Method, url: Url },
}

impl Origin {
    fn new(request: Request) -> Self {
        if request.body().is_none_or(|body| body.as_bytes().is_some()) {
            return Self::Reusable(request);
        }
        Self::Once { method: request.method().clone(), url: request.url().clone(), request: Some(request) }
    }

    fn is_reusable(&self) -> bool {
        matches!(self, Self::Reusable(_))
    }

    fn method(&self) -> &Method {
        match self {
            Self::Reusable(request) => request.method(),
            Self::Once { method, .. } => method,
        }
    }

    fn url(&self) -> &Url {
        match self {
            Self::Reusable(request) => request.url(),
            Self::Once { url, .. } => url,
        }
    }

    /// A request to send, if there is one left.
    fn request(&mut self) -> Option<Request> {
        match self {
            Self::Reusable(request) => request.try_clone(),
            Self::Once { request, .. } => request.take(),
        }
    }
}

/// A moment that a call must not outlast.
struct Deadline {
    began: Instant,
    limit: Duration,
}

impl Deadline {
    fn left(&self) -> Duration {
        self.limit.saturating_sub(self.began.elapsed())
    }
}
