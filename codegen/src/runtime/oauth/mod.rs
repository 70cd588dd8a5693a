//! Tokens of OAuth 2.0 (RFC 6749): requested at a URL for tokens, kept, and renewed ahead of their end.

mod endpoint;
mod renewal;
mod response;

use std::fmt;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

use secrecy::{ExposeSecret, SecretString};

use super::{Credentials, CredentialsError, Requirement, TokenFuture};
pub(crate) use endpoint::{Form, Granted, NoToken, TokenEndpoint};
pub(crate) use renewal::{Grant, Renewal};

/// A source of tokens for one of the document's OAuth 2.0 schemes; the functions of the module `oauth` begin one.
///
/// However many calls wait for a token, it is requested once, and the request goes on where the call that began it is given
/// up. A token is renewed a minute before its end, or halfway to it where it is valid for less than two minutes; calls use it
/// until the new one is there. A token whose response states no lifetime, or none above zero, is renewed after a minute.
///
/// A token that the API refuses with status 401 is replaced at most once a minute: in between, the caller gets the 401.
#[derive(Clone)]
pub struct OAuth {
    renewal: Arc<Renewal<Flow>>,
}

/// Puts an [`OAuth`] together.
#[must_use]
pub struct OAuthBuilder {
    scheme: &'static str,
    refresh_token: Option<SecretString>,
    client_id: String,
    client_secret: SecretString,
    scopes: Vec<String>,
    in_body: bool,
    token_url: String,
    http: Option<reqwest::Client>,
    on_rotation: Option<Rotation>,
}

/// What is told of a new refresh token.
type Rotation = Box<dyn Fn(&SecretString) + Send + Sync>;

/// How tokens are requested.
struct Flow {
    scheme: &'static str,
    /// The last one that was given; none where the client's own credentials are enough.
    refresh_token: Option<Mutex<SecretString>>,
    client_id: String,
    client_secret: SecretString,
    scope: String,
    in_body: bool,
    endpoint: TokenEndpoint,
    on_rotation: Option<Rotation>,
}

impl OAuth {
    /// The refresh token that the next renewal sends: the last one that the server gave, which may differ from the one that this
    /// source began with. `None` where tokens are requested by the client's own credentials.
    pub fn refresh_token(&self) -> Option<SecretString> {
        self.renewal.grant().refresh_token()
    }
}

impl Credentials for OAuth {
    fn supplies(&self, requirement: &Requirement) -> bool {
        requirement.scheme == self.renewal.grant().scheme
    }

    fn token<'a>(&'a self, _: &'a Requirement) -> TokenFuture<'a> {
        self.renewal.token()
    }

    fn refused(&self, _: &Requirement, refused: &SecretString) -> bool {
        self.renewal.refused(refused)
    }
}

impl OAuthBuilder {
    /// Tokens by the client's own credentials (RFC 6749, section 4.4).
    pub(crate) fn client_credentials(
        (scheme, token_url): (&'static str, &str),
        client_id: impl Into<String>,
        client_secret: impl Into<String>,
    ) -> Self {
        Self {
            scheme,
            refresh_token: None,
            client_id: client_id.into(),
            client_secret: SecretString::from(client_secret.into()),
            scopes: Vec::new(),
            in_body: false,
            token_url: token_url.to_owned(),
            http: None,
            on_rotation: None,
        }
    }

    /// Tokens by a refresh token (RFC 6749, section 6).
    pub(crate) fn refreshing(
        at: (&'static str, &str),
        client_id: impl Into<String>,
        client_secret: impl Into<String>,
        refresh_token: impl Into<String>,
    ) -> Self {
        let refresh_token = Some(SecretString::from(refresh_token.into()));
        Self { refresh_token, ..Self::client_credentials(at, client_id, client_secret) }
    }

    /// A scope to ask for, beside others; without any, the server gives those that it has for the client.
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scopes.push(scope.into());
        self
    }

    /// Sends the client's id and secret in the form, and not by HTTP Basic, which every server has to take (RFC 6749, section
    /// 2.3.1) and some do not.
    pub fn credentials_in_body(mut self) -> Self {
        self.in_body = true;
        self
    }

    /// Called with a refresh token that the server issues in place of the previous one, so that the caller can store it.
    pub fn on_rotation(mut self, keep: impl Fn(&SecretString) + Send + Sync + 'static) -> Self {
        self.on_rotation = Some(Box::new(keep));
        self
    }

    /// Where tokens come from, instead of where the document says: a mock server, for example.
    pub fn token_url(mut self, token_url: impl Into<String>) -> Self {
        self.token_url = token_url.into();
        self
    }

    /// Requests tokens with this HTTP client, with its proxy and certificates. Switch its redirects off, since the
    /// client secret must not follow one, and its proxy where the URL for tokens begins with `http://`.
    pub fn http_client(mut self, http: reqwest::Client) -> Self {
        self.http = Some(http);
        self
    }

    /// The credentials.
    ///
    /// # Errors
    /// Where the client's id, its secret or the refresh token is empty, or a secret would go over the network as plain text. A client
    /// with a refresh token may have no secret.
    pub fn build(self) -> Result<OAuth, CredentialsError> {
        let is_empty = |secret: &SecretString| secret.expose_secret().trim().is_empty();
        let missing = [
            ("client_id", self.client_id.trim().is_empty()),
            ("client_secret", self.refresh_token.is_none() && is_empty(&self.client_secret)),
            ("refresh_token", self.refresh_token.as_ref().is_some_and(is_empty)),
        ];
        if let Some((name, _)) = missing.into_iter().find(|(_, is_missing)| *is_missing) {
            return Err(CredentialsError::new(format!("the `{name}` for `{}` is missing", self.scheme)));
        }
        let advice = match &self.refresh_token {
            Some(_) => "Check client id, client secret and scopes; where the refresh token has ended, authorize again",
            None => "Check client id, client secret and scopes",
        };
        Ok(OAuth {
            renewal: Arc::new(Renewal::of(Flow {
                scheme: self.scheme,
                refresh_token: self.refresh_token.map(Mutex::new),
                client_id: self.client_id,
                client_secret: self.client_secret,
                scope: self.scopes.join(" "),
                in_body: self.in_body,
                endpoint: TokenEndpoint::new(&self.token_url, self.http, advice)?,
                on_rotation: self.on_rotation,
            })),
        })
    }
}

impl Flow {
    fn refresh_token(&self) -> Option<SecretString> {
        let kept = self.refresh_token.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner);
        Some(kept.clone())
    }

    fn form(&self) -> Form {
        let mut form = match self.refresh_token() {
            Some(token) => Form::new("refresh_token").with_secret("refresh_token", token),
            None => Form::new("client_credentials"),
        };
        if !self.scope.is_empty() {
            form = form.with("scope", &self.scope);
        }
        let has_secret = !self.client_secret.expose_secret().is_empty();
        match (self.in_body, has_secret) {
            (false, true) => form.by_basic(&self.client_id, self.client_secret.clone()),
            (true, true) => {
                form.with("client_id", &self.client_id).with_secret("client_secret", self.client_secret.clone())
            }
            // A client without a secret is known by its id alone.
            (_, false) => form.with("client_id", &self.client_id),
        }
    }
}

impl Grant for Flow {
    fn request(&self) -> impl Future<Output = Result<Granted, NoToken>> + Send {
        async {
            let granted = self.endpoint.token(|| Ok(self.form())).await?;
            if let (Some(kept), Some(new)) = (&self.refresh_token, &granted.refresh_token) {
                let old = std::mem::replace(&mut *kept.lock().unwrap_or_else(PoisonError::into_inner), new.clone());
                if let Some(told) = self.on_rotation.as_ref().filter(|_| old.expose_secret() != new.expose_secret()) {
                    told(new);
                }
            }
            Ok(granted)
        }
    }
}

/// Neither secret nor token is shown.
impl fmt::Debug for OAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let flow = self.renewal.grant();
        f.debug_struct("OAuth")
            .field("scheme", &flow.scheme)
            .field("scope", &flow.scope)
            .field("token_host", &flow.endpoint.host())
            .finish_non_exhaustive()
    }
}

/// Neither secret nor token is shown.
impl fmt::Debug for OAuthBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuthBuilder").field("scheme", &self.scheme).field("scopes", &self.scopes).finish_non_exhaustive()
    }
}
