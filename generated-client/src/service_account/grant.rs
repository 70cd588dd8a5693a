//! How a token is requested.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use aws_lc_rs::signature::RsaKeyPair;
use reqwest::Url;
use secrecy::{ExposeSecret, SecretString};

use super::{assertion, response};
use crate::generated::runtime::CredentialsError;

/// How often a token is requested, where the failure may pass.
const ATTEMPTS: u32 = 3;

/// How long an attempt may take.
const TIMEOUT: Duration = Duration::from_secs(15);

/// The longest wait between two attempts. Where the server asks for more, those who wait are told at once.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// What it takes to be given tokens.
pub(super) struct Grant {
    pub(super) identity: Identity,
    pub(super) key: RsaKeyPair,
    pub(super) token_url: Url,
    pub(super) http: reqwest::Client,
}

/// Who requests tokens, and for what.
pub(super) struct Identity {
    pub(super) client_id: String,
    pub(super) client_secret: SecretString,
    pub(super) account: String,
    pub(super) scope: String,
}

/// A token, and how long it is valid.
pub(super) struct Granted {
    pub(super) token: SecretString,
    pub(super) lifetime: Duration,
}

/// Why there is no token, for everyone who waits for it.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    pub(super) message: String,
    pub(super) cause: Option<Arc<reqwest::Error>>,
    pub(super) temporary: bool,
    /// How long the server asks to be left alone.
    pub(super) retry_after: Option<Duration>,
}

impl Refusal {
    /// One that trying again will not mend.
    pub(super) fn lasting(message: impl Into<String>) -> Self {
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

impl Grant {
    /// A token, within some attempts.
    pub(super) async fn request(&self) -> Result<Granted, Refusal> {
        let mut wait = Duration::from_millis(500);
        let mut attempts = 1;
        loop {
            let refusal = match self.attempt().await {
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

    async fn attempt(&self) -> Result<Granted, Refusal> {
        let assertion = assertion::sign(&self.identity, &self.key)?;
        let form = [
            ("assertion", assertion.expose_secret()),
            ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
            ("client_id", &self.identity.client_id),
            ("client_secret", self.identity.client_secret.expose_secret()),
            ("scope", &self.identity.scope),
        ];
        let sent = self.http.post(self.token_url.clone()).form(&form).timeout(TIMEOUT).send().await;
        let response = sent.map_err(|error| {
            let host = self.token_url.host_str().unwrap_or_default();
            Refusal::by_network(format!("no response from {host}, where tokens come from"), error)
        })?;
        let secrets = [assertion.expose_secret(), self.identity.client_secret.expose_secret()];
        response::read(response, &secrets).await
    }
}

/// Neither key nor secret is shown.
impl fmt::Debug for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceAccount")
            .field("account", &self.identity.account)
            .field("scope", &self.identity.scope)
            .field("token_host", &self.token_url.host_str())
            .finish_non_exhaustive()
    }
}
