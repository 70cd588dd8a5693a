//! Tokens of a service account, by the JWT bearer grant (RFC 7523).

mod answer;
mod assertion;

use std::fmt;
use std::future::ready;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use aws_lc_rs::signature::RsaKeyPair;
use reqwest::{Url, redirect};
use secrecy::{ExposeSecret, SecretString};

use crate::generated::runtime::{Credentials, CredentialsError, Requirement, TokenFuture, is_open};
use answer::Granted;

/// Where LINE WORKS gives tokens.
const TOKEN_URL: &str = "https://auth.worksmobile.com/oauth2/v2.0/token";

/// How long before its end a token is renewed.
const AHEAD: Duration = Duration::from_secs(60);

/// How often a token is asked for, where the failure may pass.
const TRIES: u32 = 3;

/// A source of tokens for a service account.
///
/// A token is kept until a minute before its end. However many calls wait for a new one, it is asked for once.
///
/// ```no_run
/// use lineworks_partner_client::{Client, ServiceAccount};
///
/// # fn connect() -> Result<(), Box<dyn std::error::Error>> {
/// let account = ServiceAccount::builder()
///     .client_id(std::env::var("LINEWORKS_CLIENT_ID")?)
///     .client_secret(std::env::var("LINEWORKS_CLIENT_SECRET")?)
///     .account(std::env::var("LINEWORKS_SERVICE_ACCOUNT")?)
///     .private_key(std::fs::read_to_string("private.key")?)
///     .build()?;
/// let client = Client::builder().credentials(account).build()?;
/// # Ok(())
/// # }
/// ```
pub struct ServiceAccount {
    identity: Identity,
    key: RsaKeyPair,
    token_url: Url,
    http: reqwest::Client,
    kept: Mutex<Kept>,
    /// Held by the one call that renews the token.
    renewal: tokio::sync::Mutex<()>,
}

/// Who asks for tokens, and for what.
struct Identity {
    client_id: String,
    client_secret: SecretString,
    account: String,
    scope: String,
}

/// What the last renewal gave.
#[derive(Default)]
struct Kept {
    token: Option<(SecretString, Instant)>,
    failure: Option<(Instant, String, bool)>,
}

/// Puts a [`ServiceAccount`] together.
#[derive(Default)]
#[must_use]
pub struct ServiceAccountBuilder {
    client_id: String,
    client_secret: SecretString,
    account: String,
    private_key: SecretString,
    scope: Option<String>,
    token_url: Option<String>,
    http: Option<reqwest::Client>,
}

impl ServiceAccount {
    /// Begins a service account's credentials. All that is asked for stands on the app's page in the Developer Console.
    pub fn builder() -> ServiceAccountBuilder {
        ServiceAccountBuilder::default()
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Kept> {
        // Nothing in here can be half done when a thread panics.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn valid(&self) -> Option<SecretString> {
        let kept = self.kept();
        let (token, until) = kept.token.as_ref()?;
        (Instant::now() < *until).then(|| token.clone())
    }

    async fn current(&self) -> Result<SecretString, CredentialsError> {
        let asked = Instant::now();
        let _renewal = self.renewal.lock().await;
        // Whoever waited for another call's renewal takes what that gave, be it a failure.
        if let Some(token) = self.valid() {
            return Ok(token);
        }
        if let Some((at, message, temporary)) = &self.kept().failure
            && *at > asked
        {
            let error = CredentialsError::new(message);
            return Err(if *temporary { error.temporary() } else { error });
        }
        match self.renew().await {
            Ok(granted) => {
                let spare = AHEAD.min(granted.lifetime / 2);
                let until = Instant::now() + granted.lifetime.saturating_sub(spare);
                *self.kept() = Kept { token: Some((granted.token.clone(), until)), failure: None };
                Ok(granted.token)
            }
            Err(error) => {
                *self.kept() =
                    Kept { token: None, failure: Some((Instant::now(), error.to_string(), error.is_temporary())) };
                Err(error)
            }
        }
    }

    async fn renew(&self) -> Result<Granted, CredentialsError> {
        let mut wait = Duration::from_millis(500);
        let mut tried = 0;
        loop {
            tried += 1;
            match self.ask().await {
                Err(error) if error.is_temporary() && tried < TRIES => {
                    tokio::time::sleep(wait).await;
                    wait *= 2;
                }
                result => return result,
            }
        }
    }

    async fn ask(&self) -> Result<Granted, CredentialsError> {
        let assertion = assertion::sign(&self.identity, &self.key)?;
        let form = [
            ("assertion", assertion.expose_secret()),
            ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
            ("client_id", &self.identity.client_id),
            ("client_secret", self.identity.client_secret.expose_secret()),
            ("scope", &self.identity.scope),
        ];
        let sent = self.http.post(self.token_url.clone()).form(&form).timeout(Duration::from_secs(15)).send().await;
        let answer = sent.map_err(|error| {
            let host = self.token_url.host_str().unwrap_or_default();
            CredentialsError::new(format!("no answer from {host}, where tokens come from"))
                .because(error.without_url())
                .temporary()
        })?;
        let secrets = [assertion.expose_secret(), self.identity.client_secret.expose_secret()];
        answer::read(answer, &secrets).await
    }
}

impl Credentials for ServiceAccount {
    fn token<'a>(&'a self, _: &'a Requirement) -> TokenFuture<'a> {
        // Most calls find a token, and need no room for what it takes to fetch one.
        match self.valid() {
            Some(token) => Box::pin(ready(Ok(token))),
            None => Box::pin(self.current()),
        }
    }

    fn refused(&self, _: &Requirement, refused: &SecretString) -> bool {
        let mut kept = self.kept();
        // A token that has been renewed since must not be dropped for the old one's sake.
        if kept.token.as_ref().is_some_and(|(token, _)| token.expose_secret() == refused.expose_secret()) {
            kept.token = None;
        }
        true
    }
}

/// Neither key nor secret nor token is shown.
impl fmt::Debug for ServiceAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceAccount")
            .field("account", &self.identity.account)
            .field("scope", &self.identity.scope)
            .field("token_host", &self.token_url.host_str())
            .finish_non_exhaustive()
    }
}

impl ServiceAccountBuilder {
    /// The app's client id.
    pub fn client_id(mut self, client_id: impl Into<String>) -> Self {
        self.client_id = client_id.into();
        self
    }

    /// The app's client secret.
    pub fn client_secret(mut self, client_secret: impl Into<String>) -> Self {
        self.client_secret = SecretString::from(client_secret.into());
        self
    }

    /// The service account's id, which looks like an e-mail address.
    pub fn account(mut self, account: impl Into<String>) -> Self {
        self.account = account.into();
        self
    }

    /// The private key as PEM, which begins with `-----BEGIN`.
    pub fn private_key(mut self, pem: impl Into<String>) -> Self {
        self.private_key = SecretString::from(pem.into());
        self
    }

    /// The scopes to ask for, separated by spaces; by default `partner.read`.
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scope = Some(scope.into());
        self
    }

    /// Where tokens come from, instead of LINE WORKS: a mock server, for example.
    pub fn token_url(mut self, token_url: impl Into<String>) -> Self {
        self.token_url = Some(token_url.into());
        self
    }

    /// An HTTP client of yours to ask for tokens, with your proxy and certificates. Switch its redirects off: the client
    /// secret must not follow one.
    pub fn http_client(mut self, http: reqwest::Client) -> Self {
        self.http = Some(http);
        self
    }

    /// The credentials.
    ///
    /// # Errors
    /// Where something is missing, the key is no RSA key, or the secret would go over the network as plain text.
    pub fn build(self) -> Result<ServiceAccount, CredentialsError> {
        let required = [("client_id", &*self.client_id), ("account", &*self.account)];
        let secret = [("client_secret", &self.client_secret), ("private_key", &self.private_key)];
        let required = required.into_iter().chain(secret.map(|(name, value)| (name, value.expose_secret())));
        for (name, value) in required {
            if value.trim().is_empty() {
                return Err(CredentialsError::new(format!("the service account's `{name}` is missing")));
            }
        }
        let token_url = self.token_url.as_deref().unwrap_or(TOKEN_URL);
        let token_url = Url::parse(token_url).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
        let token_url =
            token_url.ok_or_else(|| CredentialsError::new("the URL for tokens does not begin with https://"))?;
        if is_open(&token_url) {
            let message = "the client secret would go over the network unencrypted: the URL for tokens must begin with \
                           https:// (http:// is for loopback addresses only)";
            return Err(CredentialsError::new(message));
        }
        let key = assertion::key(&self.private_key)?;
        let http = match self.http {
            Some(http) => http,
            None => reqwest::Client::builder()
                .user_agent(concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")))
                .redirect(redirect::Policy::none())
                .connect_timeout(Duration::from_secs(10))
                .build()
                .map_err(|error| CredentialsError::new("the HTTP client cannot be set up").because(error))?,
        };
        let identity = Identity {
            client_id: self.client_id,
            client_secret: self.client_secret,
            account: self.account,
            scope: self.scope.unwrap_or_else(|| "partner.read".to_owned()),
        };
        Ok(ServiceAccount { identity, key, token_url, http, kept: Mutex::default(), renewal: Default::default() })
    }
}

/// Neither key nor secret is shown.
impl fmt::Debug for ServiceAccountBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceAccountBuilder").field("account", &self.account).finish_non_exhaustive()
    }
}
