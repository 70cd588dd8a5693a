//! How a client is put together.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::HeaderName;
use reqwest::redirect;

use super::base_url::{checked, direct, is_open, is_resolved_elsewhere, printable};
use super::credentials::Source;
use super::{BuildError, Credentials, Interceptor, Settings, StaticCredentials, Transport};

/// The name and version that a client goes by.
const USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

/// Puts a client together; everything has a default but the credentials.
///
/// The client's calls need a Tokio runtime with its I/O and its timer enabled, as `#[tokio::main]` and
/// `Builder::enable_all` have them: a runtime without a timer panics at the first time limit.
///
/// It speaks HTTP/1.1; with the feature `http2`, it speaks HTTP/2 to https servers that offer it.
#[derive(Clone)]
#[must_use]
pub struct ClientBuilder<C> {
    base_url: Option<String>,
    http: Option<reqwest::Client>,
    connect_timeout: Duration,
    settings: Settings,
    transport: Transport,
    makes: PhantomData<fn() -> C>,
}

/// A base URL may hold what no log should until it has been checked.
impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("base_url", &self.base_url.as_deref().map(printable))
            .field("connect_timeout", &self.connect_timeout)
            .field("settings", &self.settings)
            .field("transport", &self.transport)
            .finish_non_exhaustive()
    }
}

/// What a client consists of.
#[doc(hidden)]
#[derive(Debug)]
pub struct Parts {
    pub(crate) base_url: String,
    pub(crate) http: reqwest::Client,
    pub(crate) settings: Settings,
    pub(crate) transport: Transport,
}

impl<C: From<Parts>> ClientBuilder<C> {
    pub(crate) fn new(base_url: Option<&str>) -> Self {
        Self {
            base_url: base_url.map(str::to_owned),
            http: None,
            connect_timeout: Duration::from_secs(10),
            settings: Settings::default(),
            transport: Transport::default(),
            makes: PhantomData,
        }
    }

    /// Where the API is, with or without a slash at the end; by default where the document says.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = Some(base_url.into());
        self
    }

    /// A token that stays as it is, for whatever an operation asks for.
    pub fn token(self, token: impl Into<String>) -> Self {
        self.credentials(StaticCredentials::token(token))
    }

    /// A source of tokens.
    pub fn credentials(mut self, credentials: impl Credentials + 'static) -> Self {
        self.transport.credentials = Source::Given(Arc::new(credentials));
        self
    }

    /// Sends operations that require credentials without any from this client: the caller authenticates in another way,
    /// such as a client certificate, a gateway on the way, or a default header of [`http_client`](Self::http_client), which
    /// then should be marked as sensitive (`HeaderValue::set_sensitive`), or `{:?}` of the client shows it.
    ///
    /// Without this, and without [`token`](Self::token) or [`credentials`](Self::credentials), such an operation is an
    /// [`Error::Credentials`](super::Error::Credentials), and nothing is sent.
    pub fn credentials_by_caller(mut self) -> Self {
        self.transport.credentials = Source::Caller;
        self
    }

    /// An HTTP client of yours, with your proxy, your certificates and your User-Agent.
    ///
    /// Switch its redirects off (`redirect::Policy::none()`): this client follows them itself and knows where a token may
    /// go, where reqwest only knows the header `Authorization`. Switch its proxy off (`no_proxy()`) where the base URL
    /// begins with `http://`: reqwest takes one from the environment, loopback addresses included, and the proxy would read
    /// the token. The client that is used by default does both.
    pub fn http_client(mut self, http: reqwest::Client) -> Self {
        self.http = Some(http);
        self
    }

    /// Whether a response that deviates from the document is an error, though it can be read; by default it is not.
    pub fn strict(mut self, strict: bool) -> Self {
        self.settings = self.settings.strict(strict);
        self
    }

    /// The greatest body of a response that is read, in bytes; by default 16 MiB.
    pub fn max_body(mut self, bytes: u64) -> Self {
        self.settings = self.settings.max_body(bytes);
        self
    }

    /// How long connecting may take; by default 10 seconds. An HTTP client of yours has its own limit.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.connect_timeout = limit;
        self
    }

    /// How long one attempt may take, its response's body included; by default 15 seconds.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.transport.timeout = limit;
        self
    }

    /// How long a call may take with all its attempts and waits; by default a minute.
    pub fn total_timeout(mut self, limit: Duration) -> Self {
        self.transport.total_timeout = limit;
        self
    }

    /// How often a call is tried again after a connection fault or the statuses 408, 429, 502, 503 and 504; by default 3
    /// times, and 0 switches it off. Only idempotent methods are retried (GET, HEAD, PUT, DELETE,
    /// OPTIONS, TRACE), and requests that carry an idempotency key. A response that breaks off is a fault too, unless the operation
    /// gives its response as a stream.
    pub fn retries(mut self, most: u32) -> Self {
        self.transport.retries.most = most;
        self
    }

    /// How long to wait ahead of the first retry, and at most; by default half a second and 10 seconds. Each wait is about
    /// twice as long as the one before, and partly random. Where the server says how long to wait, that counts.
    pub fn backoff(mut self, first: Duration, longest: Duration) -> Self {
        self.transport.retries.first_wait = first;
        self.transport.retries.longest_wait = longest;
        self
    }

    /// Code of yours around each attempt of every call: see [`Interceptor`]. There is one at most.
    pub fn interceptor(mut self, interceptor: impl Interceptor + 'static) -> Self {
        self.transport.interceptor = Some(Arc::new(interceptor));
        self
    }

    /// A header of the server's that says in how many seconds calls are welcome again, beside `Retry-After`.
    pub fn reset_header(mut self, name: HeaderName) -> Self {
        self.transport.retries.reset_header = Some(name);
        self
    }

    /// A domain to which, and to whose subdomains, a redirect takes the token along over https. Redirects elsewhere are
    /// not followed, save within the server itself.
    pub fn trusted_domain(mut self, domain: impl Into<String>) -> Self {
        self.transport.trusted.push(domain.into());
        self
    }

    /// Lets a token go over plain http to a host that is not this machine, where it can be read on the way.
    pub fn allow_plain_http(mut self) -> Self {
        self.transport.plain_http = true;
        self
    }

    /// The client.
    ///
    /// # Errors
    /// Where the base URL cannot be used, a token would go over the network as plain text, or there is no TLS backend.
    pub fn build(mut self) -> Result<C, BuildError> {
        let base_url = checked(self.base_url.as_deref().ok_or(BuildError::NoBaseUrl)?)?;
        let may_be_read = is_open(&base_url) || (self.http.is_some() && is_resolved_elsewhere(&base_url));
        if self.transport.credentials.is_given() && !self.transport.plain_http && may_be_read {
            return Err(BuildError::PlainHttp { host: base_url.host_str().unwrap_or_default().to_owned() });
        }
        let http = match self.http {
            Some(http) => http,
            None => {
                self.transport.client_timeout = Some(self.transport.timeout);
                direct(reqwest::Client::builder(), &base_url)
                    .user_agent(USER_AGENT)
                    .redirect(redirect::Policy::none())
                    .connect_timeout(self.connect_timeout)
                    .timeout(self.transport.timeout)
                    .build()
                    .map_err(BuildError::Http)?
            }
        };
        let base_url = base_url.as_str().trim_end_matches('/').to_owned();
        Ok(C::from(Parts { base_url, http, settings: self.settings, transport: self.transport }))
    }
}
