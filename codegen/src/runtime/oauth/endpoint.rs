//! The URL for tokens: what is sent there, within some attempts.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::CONTENT_TYPE;
use reqwest::{Url, redirect};
use secrecy::{ExposeSecret, SecretString};

use super::super::percent::encoded;
use super::super::{CredentialsError, direct, is_open, is_resolved_elsewhere};
use super::response;

/// How often a token is requested, where the failure may pass.
const ATTEMPTS: u32 = 3;

/// How long an attempt may take.
const TIMEOUT: Duration = Duration::from_secs(15);

/// The longest wait between two attempts. Where the server asks for more, those who wait are told at once.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// Where tokens come from.
pub(crate) struct TokenEndpoint {
    url: Url,
    http: reqwest::Client,
    /// What to do where the server refuses.
    advice: &'static str,
}

/// What is sent for a token.
pub(crate) struct Form {
    fields: Vec<(&'static str, SecretString)>,
    /// The names of the fields that are secrets.
    secret: Vec<&'static str>,
    /// The client's id and secret, where they go into a header.
    basic: Option<(String, SecretString)>,
}

/// A token, and how long it is valid.
pub(crate) struct Granted {
    pub(crate) token: SecretString,
    pub(crate) lifetime: Duration,
    pub(crate) refresh_token: Option<SecretString>,
}

/// Why there is no token, for everyone who waits for it.
#[derive(Clone, Debug)]
pub(crate) struct NoToken {
    pub(super) message: String,
    pub(super) cause: Option<Arc<reqwest::Error>>,
    pub(super) temporary: bool,
    /// How long the server asks to be left alone.
    pub(super) retry_after: Option<Duration>,
}

impl NoToken {
    /// One that trying again will not mend.
    pub(crate) fn lasting(message: impl Into<String>) -> Self {
        Self { message: message.into(), cause: None, temporary: false, retry_after: None }
    }

    /// One that the network is to blame for.
    pub(super) fn by_network(message: impl Into<String>, cause: reqwest::Error) -> Self {
        let cause = Some(Arc::new(cause.without_url()));
        Self { message: message.into(), cause, temporary: true, retry_after: None }
    }

    pub(super) fn into_error(self) -> CredentialsError {
        let error = CredentialsError::new(self.message);
        let error = if self.temporary { error.temporary() } else { error };
        match self.cause {
            Some(cause) => error.because(cause),
            None => error,
        }
    }
}

impl Form {
    /// A request for a token by a grant.
    pub(crate) fn new(grant_type: &str) -> Self {
        Self { fields: Vec::new(), secret: Vec::new(), basic: None }.with("grant_type", grant_type)
    }

    /// The same with a field.
    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.fields.push((name, SecretString::from(value.to_owned())));
        self
    }

    /// The same with a field that no error quotes.
    pub(crate) fn with_secret(mut self, name: &'static str, value: SecretString) -> Self {
        self.secret.push(name);
        self.fields.push((name, value));
        self
    }

    /// The same with the client's id and secret in the header `Authorization`.
    pub(crate) fn by_basic(self, id: &str, secret: SecretString) -> Self {
        Self { basic: Some((id.to_owned(), secret)), ..self }
    }

    fn body(&self) -> String {
        let field = |(name, value): &(&str, SecretString)| format!("{name}={}", encoded(value.expose_secret()));
        self.fields.iter().map(field).collect::<Vec<_>>().join("&")
    }

    fn secrets(&self) -> Vec<&str> {
        let fields = self.fields.iter().filter(|(name, _)| self.secret.contains(name)).map(|(_, value)| value);
        fields.chain(self.basic.as_ref().map(|(_, secret)| secret)).map(|secret| secret.expose_secret()).collect()
    }
}

impl TokenEndpoint {
    /// A URL for tokens, asked by this HTTP client or else by one of its own.
    ///
    /// # Errors
    /// Where a secret would go over the network as plain text.
    pub(crate) fn new(
        url: &str,
        http: Option<reqwest::Client>,
        advice: &'static str,
    ) -> Result<Self, CredentialsError> {
        let url = Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
        let url = url.ok_or_else(|| CredentialsError::new("the URL for tokens does not begin with https://"))?;
        if is_open(&url) || (http.is_some() && is_resolved_elsewhere(&url)) {
            let message = "the client secret would go over the network unencrypted: the URL for tokens must begin with \
                           https:// (http:// is for loopback addresses only)";
            return Err(CredentialsError::new(message));
        }
        let http = match http {
            Some(http) => http,
            None => direct(reqwest::Client::builder(), &url)
                .user_agent(concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")))
                .redirect(redirect::Policy::none())
                .connect_timeout(Duration::from_secs(10))
                .build()
                .map_err(|error| CredentialsError::new("the HTTP client cannot be set up").because(error))?,
        };
        Ok(Self { url, http, advice })
    }

    pub(crate) fn host(&self) -> Option<&str> {
        self.url.host_str()
    }

    /// A token, within some attempts, each with a form of its own.
    pub(crate) async fn token(
        &self,
        form: impl Fn() -> Result<Form, NoToken> + Send + Sync,
    ) -> Result<Granted, NoToken> {
        let mut wait = Duration::from_millis(500);
        let mut attempts = 1;
        loop {
            let refusal = match self.attempt(form()?).await {
                Err(refusal) if refusal.temporary && attempts < ATTEMPTS => refusal,
                result => return result,
            };
            wait = wait.max(refusal.retry_after.unwrap_or_default());
            if wait > LONGEST_WAIT {
                return Err(refusal);
            }
            tokio::time::sleep(wait).await;
            wait *= 2;
            attempts += 1;
        }
    }

    async fn attempt(&self, form: Form) -> Result<Granted, NoToken> {
        let request = self.http.post(self.url.clone()).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        let request = match &form.basic {
            // Both are encoded like a form ahead of what Basic does (RFC 6749, section 2.3.1).
            Some((id, secret)) => request.basic_auth(encoded(id), Some(encoded(secret.expose_secret()))),
            None => request,
        };
        let sent = request.body(form.body()).timeout(TIMEOUT).send().await;
        let response = sent.map_err(|error| {
            let host = self.host().unwrap_or_default();
            NoToken::by_network(format!("no response from {host}, where tokens come from"), error)
        })?;
        response::read(response, &form.secrets(), self.advice).await
    }
}

/// Nothing of it is shown.
impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Form").finish_non_exhaustive()
    }
}
