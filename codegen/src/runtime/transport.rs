//! The way of a request to the server: with its credentials, along redirects, and once more where that makes sense.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::header::LOCATION;
use reqwest::{Method, Request, Response, StatusCode, Url};

use super::base_url::{is_open, is_within, plain_http};
use super::credentials::{Held, attach, collect};
use super::retries::{Retries, is_repeatable, may_pass};
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
        mut request: Request,
        security: Security,
    ) -> Result<Response, Error<E>> {
        let deadline = Deadline { began: Instant::now(), limit: self.total_timeout };
        let mut waits = self.retries.waits();
        let mut renewed = false;
        loop {
            // A body that is a stream cannot be sent twice: such a request has one try.
            let spare = request.try_clone();
            let repeatable = is_repeatable(request.method());
            let held = self.held(&request, security, &deadline).await?;
            let outcome = self.send(client, request, &held, &deadline).await?;
            let wait = match &outcome {
                Ok(answer) if answer.status() == StatusCode::UNAUTHORIZED && spare.is_some() && !renewed => {
                    renewed = true;
                    self.refused(&held).then_some(Duration::ZERO)
                }
                Ok(answer) if repeatable && may_pass(answer.status()) => {
                    waits.next().map(|own| self.retries.wait_after(answer, own))
                }
                Err(error) if repeatable && !error.is_builder() => waits.next(),
                _ => None,
            };
            // No wait outlasts the limit: what the last try gave is what the caller gets.
            let Some((wait, again)) = wait.filter(|wait| *wait < deadline.left()).zip(spare) else {
                return outcome.map_err(Error::from);
            };
            drop(outcome);
            if !wait.is_zero() {
                tokio::time::sleep(wait).await;
            }
            request = again;
        }
    }

    /// The credentials for a request, none of which goes where it could be read on the way.
    async fn held<E>(&self, request: &Request, security: Security, deadline: &Deadline) -> Result<Held, Error<E>> {
        let Some(credentials) = self.credentials.as_deref() else { return Ok(Vec::new()) };
        if security.is_empty() {
            return Ok(Vec::new());
        }
        if is_open(request.url()) && !self.plain_http {
            let host = request.url().host_str().unwrap_or_default();
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
        mut request: Request,
        held: &Held,
        deadline: &Deadline,
    ) -> Result<reqwest::Result<Response>, Error<E>> {
        let limit = self.timeout.min(deadline.left());
        let begin = Deadline { began: Instant::now(), limit };
        let origin = request.url().clone();
        let mut followed = 0;
        loop {
            let spare = request.try_clone();
            attach(&mut request, held).map_err(Error::Credentials)?;
            *request.timeout_mut() = Some(begin.left());
            let answer = match client.execute(request).await {
                Ok(answer) => answer,
                Err(error) => return Ok(Err(error)),
            };
            let target = spare.filter(|_| followed < REDIRECTS).and_then(|mut spare| {
                *spare.url_mut() = self.target(&origin, &answer, &spare)?;
                Some(spare)
            });
            let Some(target) = target else { return Ok(Ok(answer)) };
            request = target;
            followed += 1;
        }
    }

    /// Where a redirect leads, if it may be followed.
    fn target(&self, origin: &Url, answer: &Response, request: &Request) -> Option<Url> {
        let followed = match answer.status().as_u16() {
            307 | 308 => true,
            // For other methods these statuses change the method, which no document describes.
            301..=303 => matches!(*request.method(), Method::GET | Method::HEAD),
            _ => false,
        };
        let location = answer.headers().get(LOCATION)?.to_str().ok()?;
        let target = request.url().join(location).ok().filter(|_| followed)?;
        let is_same = target.origin() == origin.origin();
        let is_trusted = target.scheme() == "https" && is_within(target.host_str()?, &self.trusted);
        (is_same || is_trusted).then_some(target)
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
