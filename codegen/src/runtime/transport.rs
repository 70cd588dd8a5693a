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
use super::draft::Draft;
use super::failure::Failure;
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
    pub(crate) fn call<'a, R: Reading + 'a>(
        &'a self,
        client: &'a reqwest::Client,
        operation: &'static Operation,
        request: Result<Draft, Refusal>,
        mut options: CallOptions,
        reading: R,
    ) -> Pin<Box<impl Future<Output = Result<R::Received, Error>> + Send + 'a>> {
        let mut request = request.and_then(|mut draft| options.apply(&mut draft).map(|()| draft));
        Box::pin(async move {
            // Where it is: what is moved takes room in both places.
            let draft = match &mut request {
                Ok(draft) => draft,
                Err(refusal) => return Err(Error::InvalidRequest(refusal.clone().of(operation))),
            };
            let trace = Trace::new(operation);
            let tried = pin!(self.tried(client, draft, operation, &options, &reading, &trace));
            let outcome = trace.traced(tried).await;
            outcome.map(|response| response.of(operation)).map_err(|failure| failure.of(operation))
        })
    }

    async fn tried<R: Reading>(
        &self,
        client: &reqwest::Client,
        draft: &mut Draft,
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
            number += 1;
            let mut held = Held::new();
            let attempt = self.attempt(client, draft, operation, number, (&deadline, limit), reading, &mut held);
            // A box of its own: allocators are slow from about a thousand bytes on.
            let outcome = Box::pin(attempt).await;
            if let Err(Failure::Credentials(_)) = outcome {
                return outcome;
            }
            let (status, headers) = match &outcome {
                Ok(response) => (Some(response.status()), Some(response.headers())),
                Err(failure) => (failure.status(), failure.headers()),
            };
            trace.attempt(number, outcome.as_ref().map(|response| response.status()));
            let mut own_wait = || waits.get_or_insert_with(|| Box::new(self.retries.waits(options.most_retries()))).next();
            let wait = match status {
                Some(StatusCode::UNAUTHORIZED) if !renewed && draft.is_reusable() && self.refused(&held) => {
                    renewed = true;
                    trace.renewal();
                    Some(Duration::ZERO)
                }
                Some(status) if may_pass(status) && draft.is_repeatable() => {
                    own_wait().map(|own| self.retries.wait_after(headers, own, deadline.left()))
                }
                _ if outcome.as_ref().is_err_and(Failure::may_pass) && draft.is_repeatable() => own_wait(),
                _ => None,
            };
            // No wait outlasts the limit: what the last attempt gave is what the caller gets.
            let Some(wait) = wait.filter(|wait| draft.is_reusable() && *wait < deadline.left()) else {
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

    /// One attempt, up to the end of its response, and the credentials that it holds.
    async fn attempt<R: Reading>(
        &self,
        client: &reqwest::Client,
        draft: &mut Draft,
        operation: &'static Operation,
        number: u32,
        (deadline, limit): (&Deadline, Duration),
        reading: &R,
        held: &mut Held,
    ) -> Result<R::Received, Failure> {
        let request = draft.request(client)?;
        *held = self.held(request.url(), operation.security, deadline).await?;
        let sending = Sending { transport: self, client, draft, request, held, deadline: deadline.within(limit) };
        let response = match &self.interceptor {
            None => {
                let (sent, redirects) = sending.send()?;
                redirects.followed(sent.await?).await?
            }
            Some(interceptor) => {
                let attempt = interceptor.intercept(Attempt { sending, operation, number });
                attempt.await.map_err(|error| error.0)?.response
            }
        };
        Ok(reading.read(response).await?)
    }

    /// Where a redirect leads, if it may be followed.
    fn target(&self, origin: &Request, from: &Url, response: &Response) -> Option<Url> {
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
    draft: &'a mut Draft,
    /// Without credentials.
    pub(crate) request: Request,
    held: &'a Held,
    deadline: Deadline,
}

impl<'a> Sending<'a> {
    /// Sends the request: the response that is to come, and what it takes to go where it leads.
    pub(crate) fn send(
        self,
    ) -> Result<(impl Future<Output = reqwest::Result<Response>> + Send + Unpin, Redirects<'a>), Failure> {
        let Self { transport, client, draft, mut request, held, deadline } = self;
        // An interceptor may have changed the headers.
        let changed = transport.interceptor.is_some().then(|| Box::new(request.headers().clone()));
        attach(&mut request, held)?;
        // A limit that is the HTTP client's own need not be told it.
        if transport.client_timeout != Some(deadline.limit()) {
            *request.timeout_mut() = Some(deadline.left());
        }
        Ok((client.execute(request), Redirects { transport, client, draft, changed, held, deadline }))
    }
}

/// What it takes to send a request again to where redirects lead.
pub(crate) struct Redirects<'a> {
    transport: &'a Transport,
    client: &'a reqwest::Client,
    draft: &'a mut Draft,
    /// The headers, where they are others than those of the draft.
    changed: Option<Box<HeaderMap>>,
    held: &'a Held,
    deadline: Deadline,
}

impl Redirects<'_> {
    /// The response at the end of the redirects. One that leads where the request may not go is handed back as it is.
    pub(crate) async fn followed(self, response: Response) -> Result<Response, Failure> {
        if !response.status().is_redirection() || !self.draft.is_reusable() {
            return Ok(response);
        }
        Box::pin(self.follow(response)).await
    }

    async fn follow(self, mut response: Response) -> Result<Response, Failure> {
        let mut target: Option<Url> = None;
        for _ in 0..REDIRECTS {
            let mut request = self.draft.request(self.client)?;
            let from = target.as_ref().unwrap_or(request.url());
            let Some(next) = self.transport.target(&request, from, &response) else { break };
            if let Some(headers) = &self.changed {
                request.headers_mut().clone_from(headers);
            }
            request.url_mut().clone_from(&next);
            target = Some(next);
            attach(&mut request, self.held)?;
            *request.timeout_mut() = Some(self.deadline.left());
            response = self.client.execute(request).await?;
        }
        Ok(response)
    }
}
