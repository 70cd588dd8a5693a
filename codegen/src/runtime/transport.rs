//! The way of a request to the server: with its credentials, along redirects, and once more where that makes sense.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use reqwest::header::{HeaderMap, LOCATION};
use reqwest::{Method, Request, Response, StatusCode, Url};
use tokio::runtime::Handle;

use super::base_url::{is_open, is_within, plain_http};
use super::credentials::{Held, Source, attach, collect};
use super::deadline::Deadline;
use super::failure::Failure;
use super::origin::Origin;
use super::reading::{Reading, Received};
use super::retries::{Retries, may_pass};
use super::spans::Trace;
use super::{Attempt, CallOptions, CredentialsError, Error, Interceptor, Operation, Refusal, Security};

/// The most redirects that one attempt follows.
const REDIRECTS: usize = 10;

/// How a client's requests travel.
#[derive(Clone)]
pub(crate) struct Transport {
    pub(crate) credentials: Source,
    /// Domains that get the token along a redirect, over https.
    pub(crate) trusted: Vec<String>,
    pub(crate) plain_http: bool,
    pub(crate) retries: Retries,
    /// The limit of one attempt, its response's body included.
    pub(crate) timeout: Duration,
    /// The limit that the HTTP client has for each request, where that is known.
    pub(crate) client_timeout: Option<Duration>,
    /// The limit of a call with all its attempts and waits.
    pub(crate) total_timeout: Duration,
    pub(crate) interceptor: Option<Arc<dyn Interceptor>>,
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
            interceptor: None,
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
        operation: &'static Operation,
        request: Result<Request, Refusal>,
        mut options: CallOptions,
        reading: R,
    ) -> Pin<Box<impl Future<Output = Result<R::Received, Error<E>>> + Send + 'a>> {
        let origin = request.and_then(|request| options.applied(request)).map(Origin::new);
        Box::pin(async move {
            let mut origin = origin.map_err(|refusal| Error::InvalidRequest(refusal.of(operation)))?;
            let trace = Trace::new(operation);
            let tried = pin!(self.tried(client, &mut origin, operation, &options, &reading, &trace));
            let outcome = trace.traced(tried).await;
            outcome.map(|response| response.of(operation)).map_err(|failure| failure.of(operation))
        })
    }

    async fn tried<R: Reading>(
        &self,
        client: &reqwest::Client,
        request: &mut Origin,
        operation: &'static Operation,
        options: &CallOptions,
        reading: &R,
        trace: &Trace,
    ) -> Result<R::Received, Failure> {
        if Handle::try_current().is_err() {
            return Err(Failure::NoRuntime);
        }
        let deadline = Deadline::after(options.limit().unwrap_or(self.total_timeout));
        let limit = options.limit().unwrap_or(self.timeout);
        let mut waits = None;
        let mut renewed = false;
        let mut number = 0;
        loop {
            let held = self.held(request.url(), operation.security, &deadline).await?;
            number += 1;
            let sending = Sending { transport: self, client, origin: request, held: &held, deadline: deadline.within(limit) };
            let outcome = self.attempt(sending, operation, number, reading).await;
            let (status, headers) = match &outcome {
                Ok(response) => (Some(response.status()), Some(response.headers())),
                Err(failure) => (failure.status(), failure.headers()),
            };
            trace.attempt(number, outcome.as_ref().map(|response| response.status()));
            let repeatable = request.is_repeatable();
            let mut own_wait = || waits.get_or_insert_with(|| Box::new(self.retries.waits(options.most_retries()))).next();
            let wait = match status {
                Some(StatusCode::UNAUTHORIZED) if !renewed && request.is_reusable() && self.refused(&held) => {
                    renewed = true;
                    trace.renewal();
                    Some(Duration::ZERO)
                }
                Some(status) if repeatable && may_pass(status) => {
                    own_wait().map(|own| self.retries.wait_after(headers, own, deadline.left()))
                }
                _ if repeatable && outcome.as_ref().is_err_and(Failure::may_pass) => own_wait(),
                _ => None,
            };
            // No wait outlasts the limit: what the last attempt gave is what the caller gets.
            let Some(wait) = wait.filter(|wait| request.is_reusable() && *wait < deadline.left()) else {
                return outcome;
            };
            drop(outcome);
            if !wait.is_zero() {
                trace.retry(number, wait);
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

    /// One attempt, up to the end of its response.
    async fn attempt<R: Reading>(
        &self,
        sending: Sending<'_>,
        operation: &'static Operation,
        number: u32,
        reading: &R,
    ) -> Result<R::Received, Failure> {
        let response = match &self.interceptor {
            None => sending.send(None).await?,
            Some(interceptor) => {
                let headers = sending.origin.headers();
                let attempt = Attempt { sending, operation, number, headers };
                interceptor.intercept(attempt).await.map_err(|error| error.0)?.response
            }
        };
        Ok(reading.read(response).await?)
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

/// A request with all that it takes to send it.
pub(crate) struct Sending<'a> {
    transport: &'a Transport,
    client: &'a reqwest::Client,
    origin: &'a mut Origin,
    held: &'a Held,
    deadline: Deadline,
}

impl Sending<'_> {
    pub(crate) fn url(&self) -> &Url {
        self.origin.url()
    }

    pub(crate) fn body(&self) -> Option<&[u8]> {
        self.origin.body()
    }

    /// One attempt up to the headers: the request, with these headers instead of its own where there are some, and those that
    /// redirects ask for instead. A redirect that leads elsewhere is handed back as the response that it is.
    pub(crate) async fn send(self, headers: Option<HeaderMap>) -> Result<Response, Failure> {
        let Self { transport, client, origin, held, deadline } = self;
        // Boxed like all that is seldom there, so that a call takes no more room than it must.
        let mut target: Option<Box<Url>> = None;
        let mut followed = 0;
        loop {
            let mut request = origin.request().ok_or(Failure::Spent)?;
            if let Some(target) = &target {
                *request.url_mut() = Url::clone(target);
            }
            if let Some(headers) = &headers {
                request.headers_mut().clone_from(headers);
            }
            attach(&mut request, held)?;
            // A limit that is the HTTP client's own need not be told it.
            if followed > 0 || transport.client_timeout != Some(deadline.limit()) {
                *request.timeout_mut() = Some(deadline.left());
            }
            let response = client.execute(request).await?;
            if followed == REDIRECTS || !origin.is_reusable() || !response.status().is_redirection() {
                return Ok(response);
            }
            let from = target.as_deref().unwrap_or(origin.url());
            let Some(next) = transport.target(origin, from, &response) else { return Ok(response) };
            target = Some(Box::new(next));
            followed += 1;
        }
    }
}
