//! The way of a request to the server: with its credentials, along redirects, and once more where that makes sense.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::Poll;
use std::time::Duration;

use reqwest::header::LOCATION;
use reqwest::{Method, Request, Response, StatusCode, Url};
use tokio::runtime::Handle;

use super::base_url::{is_open, is_within, plain_http};
use super::credentials::{Held, Source, attach, collect};
use super::deadline::Deadline;
use super::failure::Failure;
use super::origin::Origin;
use super::reading::{Reading, Received};
use super::retries::{Retries, is_repeatable, may_pass};
use super::spans::traced;
use super::{CredentialsError, Error, Security};

/// The most redirects that one try follows.
const REDIRECTS: usize = 10;

/// How a client's requests travel.
#[derive(Clone)]
pub(crate) struct Transport {
    pub(crate) credentials: Source,
    /// Domains that get the token along a redirect, over https.
    pub(crate) trusted: Vec<String>,
    pub(crate) plain_http: bool,
    pub(crate) retries: Retries,
    /// The limit of one try, its response's body included.
    pub(crate) timeout: Duration,
    /// The limit that the HTTP client has for each request, where that is known.
    pub(crate) client_timeout: Option<Duration>,
    /// The limit of a call with all its tries and waits.
    pub(crate) total_timeout: Duration,
}

impl Default for Transport {
    fn default() -> Self {
        Self {
            credentials: Source::Missing,
            trusted: Vec::new(),
            plain_http: false,
            retries: Retries::default(),
            timeout: Duration::from_secs(15),
            client_timeout: None,
            total_timeout: Duration::from_secs(60),
        }
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport")
            .field("credentials", &self.credentials)
            .field("trusted", &self.trusted)
            .field("retries", &self.retries)
            .field("timeout", &self.timeout)
            .field("total_timeout", &self.total_timeout)
            .finish_non_exhaustive()
    }
}

impl Transport {
    /// Sends an operation's request until there is a response to give, within the limits.
    ///
    /// Boxed at once, or every future that a call is part of would carry the request and the room for all that a call may
    /// need, and be moved with it.
    pub(crate) fn call<'a, R: Reading + 'a, E: 'a>(
        &'a self,
        client: &'a reqwest::Client,
        operation: &'static str,
        request: Request,
        security: Security,
        reading: R,
    ) -> Pin<Box<impl Future<Output = Result<R::Received, Error<E>>> + Send + 'a>> {
        let mut origin = Origin::new(request);
        Box::pin(async move {
            let tries = AtomicU32::new(0);
            let tried = pin!(self.tried(client, &mut origin, security, &reading, &tries));
            traced(operation, &tries, tried).await.map_err(Error::from)
        })
    }

    async fn tried<R: Reading>(
        &self,
        client: &reqwest::Client,
        request: &mut Origin,
        security: Security,
        reading: &R,
        tries: &AtomicU32,
    ) -> Result<R::Received, Failure> {
        if Handle::try_current().is_err() {
            return Err(Failure::NoRuntime);
        }
        let deadline = Deadline::after(self.total_timeout);
        let mut waits = None;
        let mut renewed = false;
        let repeatable = is_repeatable(request.method());
        loop {
            let held = self.held(request.url(), security, &deadline).await?;
            tries.fetch_add(1, Ordering::Relaxed);
            let outcome = self.attempt(client, request, &held, &deadline, reading).await;
            let (status, headers) = match &outcome {
                Ok(response) => (Some(response.status()), Some(response.headers())),
                Err(failure) => (failure.status(), failure.headers()),
            };
            let mut own_wait = || waits.get_or_insert_with(|| Box::new(self.retries.waits())).next();
            let wait = match status {
                Some(StatusCode::UNAUTHORIZED) if !renewed && request.is_reusable() && self.refused(&held) => {
                    renewed = true;
                    Some(Duration::ZERO)
                }
                Some(status) if repeatable && may_pass(status) => {
                    own_wait().map(|own| self.retries.wait_after(headers, own, deadline.left()))
                }
                _ if repeatable && outcome.as_ref().is_err_and(Failure::may_pass) => own_wait(),
                _ => None,
            };
            // No wait outlasts the limit: what the last try gave is what the caller gets.
            let Some(wait) = wait.filter(|wait| request.is_reusable() && *wait < deadline.left()) else {
                return outcome;
            };
            drop(outcome);
            if !wait.is_zero() {
                tokio::time::sleep(wait).await;
            }
        }
    }

    /// The credentials for a request, none of which goes where it could be read on the way.
    async fn held(&self, url: &Url, security: Security, deadline: &Deadline) -> Result<Held, CredentialsError> {
        let Some(credentials) = self.credentials.asked_for(security)? else { return Ok(Vec::new()) };
        if is_open(url) && !self.plain_http {
            let host = url.host_str().unwrap_or_default();
            return Err(CredentialsError::new(plain_http(host)));
        }
        let mut collected = pin!(collect(credentials, security));
        // Most tokens are at hand, and for those no clock is set.
        if let Poll::Ready(held) = poll_fn(|context| Poll::Ready(collected.as_mut().poll(context))).await {
            return held;
        }
        match Box::pin(tokio::time::timeout(deadline.left(), collected)).await {
            Ok(held) => held,
            Err(_) => {
                Err(CredentialsError::new("the call's time was over before there was a token for it").temporary())
            }
        }
    }

    /// Whether there is another credential in the place of one that the server refused.
    fn refused(&self, held: &Held) -> bool {
        let Source::Given(credentials) = &self.credentials else { return false };
        held.iter().fold(false, |renewed, (requirement, token)| credentials.refused(requirement, token) || renewed)
    }

    /// One try, up to the end of its response.
    async fn attempt<R: Reading>(
        &self,
        client: &reqwest::Client,
        origin: &mut Origin,
        held: &Held,
        deadline: &Deadline,
        reading: &R,
    ) -> Result<R::Received, Failure> {
        let response = self.send(client, origin, held, deadline).await?;
        Ok(reading.read(response).await?)
    }

    /// One try up to the headers: the request, and those that redirects ask for instead. A redirect that leads elsewhere is
    /// handed back as the response that it is.
    async fn send(
        &self,
        client: &reqwest::Client,
        origin: &mut Origin,
        held: &Held,
        deadline: &Deadline,
    ) -> Result<Response, Failure> {
        let own = deadline.within(self.timeout);
        // Boxed like all that is seldom there, so that a call takes no more room than it must.
        let mut target: Option<Box<Url>> = None;
        let mut followed = 0;
        loop {
            let mut request = origin.request().ok_or(Failure::Spent)?;
            if let Some(target) = &target {
                *request.url_mut() = Url::clone(target);
            }
            attach(&mut request, held)?;
            // A limit that is the HTTP client's own need not be told it.
            if followed > 0 || self.client_timeout != Some(own.limit()) {
                *request.timeout_mut() = Some(own.left());
            }
            let response = client.execute(request).await?;
            if followed == REDIRECTS || !origin.is_reusable() || !response.status().is_redirection() {
                return Ok(response);
            }
            let from = target.as_deref().unwrap_or(origin.url());
            let Some(next) = self.target(origin, from, &response) else { return Ok(response) };
            target = Some(Box::new(next));
            followed += 1;
        }
    }

    /// Where a redirect leads, if it may be followed.
    fn target(&self, origin: &Origin, from: &Url, response: &Response) -> Option<Url> {
        let followed = match response.status().as_u16() {
            307 | 308 => true,
            // For other methods these statuses change the method, which no document describes.
            301..=303 => matches!(*origin.method(), Method::GET | Method::HEAD),
            _ => false,
        };
        let location = response.headers().get(LOCATION)?.to_str().ok()?;
        let target = from.join(location).ok().filter(|_| followed)?;
        let is_same = target.origin() == origin.url().origin();
        let is_trusted = target.scheme() == "https" && is_within(target.host_str()?, &self.trusted);
        (is_same || is_trusted).then_some(target)
    }
}
