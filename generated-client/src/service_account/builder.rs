//! How a service account is put together.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

use super::grant::{Grant, Identity};
use super::{ServiceAccount, assertion};
use crate::generated::oauth::lineworks::TOKEN_URL;
use crate::generated::runtime::{CredentialsError, TokenEndpoint};

/// What to do where LINE WORKS refuses.
const ADVICE: &str = "Check client id, client secret, service account, key and scope in the Developer Console";

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

    /// An HTTP client of yours to ask for tokens, with your proxy and certificates. Switch its redirects off, since the
    /// client secret must not follow one, and its proxy where the URL for tokens begins with `http://`.
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
        let endpoint = TokenEndpoint::new(token_url, self.http, ADVICE)?;
        let key = assertion::key(&self.private_key)?;
        let identity = Identity {
            client_id: self.client_id,
            client_secret: self.client_secret,
            account: self.account,
            scope: self.scope.unwrap_or_else(|| "partner.read".to_owned()),
        };
        Ok(ServiceAccount::of(Grant { identity, key, endpoint }))
    }
}

/// Neither key nor secret is shown.
impl fmt::Debug for ServiceAccountBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceAccountBuilder").field("account", &self.account).finish_non_exhaustive()
    }
}
