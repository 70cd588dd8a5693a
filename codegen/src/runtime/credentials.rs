//! Where tokens come from, and how they get into a request.

use std::fmt;
use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::Arc;

use reqwest::Request;
use reqwest::header::{AUTHORIZATION, COOKIE, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};

use super::{Operation, Place, Requirement, Security};

/// A token that is on its way.
pub type TokenFuture<'a> = Pin<Box<dyn Future<Output = Result<SecretString, CredentialsError>> + Send + 'a>>;

/// A source of tokens, keys or other credentials.
pub trait Credentials: Send + Sync {
    /// Whether this source has a credential of the kind at all. Of an operation's alternatives, the first is taken of
    /// which everything is supplied.
    fn supplies(&self, requirement: &Requirement) -> bool {
        let _ = requirement;
        true
    }

    /// The credential as a string: for a bearer token the token alone, for HTTP Basic the encoded pair.
    ///
    /// It is called before each request, so a source that fetches tokens should cache them.
    fn token<'a>(&'a self, requirement: &'a Requirement) -> TokenFuture<'a>;

    /// Takes note that the server refused a credential. `true` means that [`Credentials::token`] will give another one,
    /// with which the call is retried once.
    fn refused(&self, requirement: &Requirement, refused: &SecretString) -> bool {
        let _ = (requirement, refused);
        false
    }
}

/// Why there is no credential for a call. Nothing was sent.
#[derive(Debug)]
pub struct CredentialsError {
    message: String,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
    temporary: bool,
    operation: Option<&'static Operation>,
}

impl CredentialsError {
    /// A failure that a retry does not resolve. The message says what to do, and holds no secret.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), source: None, temporary: false, operation: None }
    }

    /// The same, and that it may pass.
    #[must_use]
    pub fn temporary(mut self) -> Self {
        self.temporary = true;
        self
    }

    /// The same, and what caused it.
    #[must_use]
    pub fn because(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Whether it may pass.
    pub fn is_temporary(&self) -> bool {
        self.temporary
    }

    /// The operation that was called.
    pub fn operation(&self) -> Option<&'static Operation> {
        self.operation
    }

    pub(crate) fn of(self, operation: &'static Operation) -> Self {
        Self { operation: Some(operation), ..self }
    }
}

impl fmt::Display for CredentialsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for CredentialsError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

/// Credentials that stay as they are.
#[derive(Debug, Clone, Default)]
pub struct StaticCredentials {
    any: Option<SecretString>,
    by_scheme: Vec<(String, SecretString)>,
}

impl StaticCredentials {
    /// One token for whatever an operation asks for.
    pub fn token(token: impl Into<String>) -> Self {
        Self { any: Some(SecretString::from(token.into())), by_scheme: Vec::new() }
    }

    /// The same, and another credential for one of the document's security schemes.
    #[must_use]
    pub fn with(mut self, scheme: impl Into<String>, credential: impl Into<String>) -> Self {
        self.by_scheme.push((scheme.into(), SecretString::from(credential.into())));
        self
    }

    fn find(&self, requirement: &Requirement) -> Option<&SecretString> {
        let own = self.by_scheme.iter().rev().find(|(scheme, _)| scheme == requirement.scheme);
        own.map(|(_, credential)| credential).or(self.any.as_ref())
    }
}

impl Credentials for StaticCredentials {
    fn supplies(&self, requirement: &Requirement) -> bool {
        self.find(requirement).is_some()
    }

    fn token<'a>(&'a self, requirement: &'a Requirement) -> TokenFuture<'a> {
        let found = self.find(requirement).cloned();
        let missing = || CredentialsError::new(format!("there is no credential for `{}`", requirement.scheme));
        Box::pin(ready(found.ok_or_else(missing)))
    }
}

/// Who authenticates a client's calls.
#[derive(Clone, Default)]
pub(crate) enum Source {
    /// Nobody: an operation that requires credentials cannot be called.
    #[default]
    Missing,
    /// The caller, in a way that this client does not see.
    Caller,
    /// A source of credentials.
    Given(Arc<dyn Credentials>),
}

/// Credentials are not shown, whatever they would show of themselves.
impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "none",
            Self::Caller => "by the caller",
            Self::Given(_) => "[REDACTED]",
        })
    }
}

impl Source {
    /// Whether this client itself sends credentials.
    pub(crate) fn is_given(&self) -> bool {
        matches!(self, Self::Given(_))
    }

    /// The source to ask for an operation's credentials, if one must be asked.
    pub(crate) fn asked_for(&self, security: Security) -> Result<Option<&dyn Credentials>, CredentialsError> {
        match self {
            Self::Given(credentials) if !security.is_empty() => Ok(Some(credentials.as_ref())),
            Self::Missing if is_required(security) => Err(CredentialsError::new(format!(
                "the operation requires {}, and the client has no credentials: give the builder a `token` or other \
                 `credentials`, or say by `credentials_by_caller` that you authenticate in another way",
                schemes(security)
            ))),
            _ => Ok(None),
        }
    }
}

/// Whether a call without credentials must not be sent: there is a requirement, and no empty alternative to it.
fn is_required(security: Security) -> bool {
    !security.is_empty() && security.iter().all(|alternative| !alternative.is_empty())
}

/// The names of the schemes that an operation accepts.
fn schemes(security: Security) -> String {
    let mut names: Vec<&str> = security.iter().flat_map(|all| all.iter().map(|one| one.scheme)).collect();
    names.dedup();
    names.join(", ")
}

/// What goes along with a request.
pub(crate) type Held = Vec<(&'static Requirement, SecretString)>;

/// Asks for all that an operation needs.
pub(crate) async fn collect(credentials: &dyn Credentials, security: Security) -> Result<Held, CredentialsError> {
    let supplied =
        |alternative: &&&[Requirement]| alternative.iter().all(|requirement| credentials.supplies(requirement));
    // An empty alternative is taken only where there is nothing better to give.
    let chosen = security.iter().filter(|alternative| !alternative.is_empty()).find(supplied);
    let Some(alternative) = chosen else {
        if is_required(security) {
            let message =
                format!("the credentials have nothing for {}, which the operation requires", schemes(security));
            return Err(CredentialsError::new(message));
        }
        return Ok(Vec::new());
    };
    let mut held = Vec::with_capacity(alternative.len());
    for requirement in *alternative {
        let credential = credentials.token(requirement).await?;
        if credential.expose_secret().trim().is_empty() {
            let message =
                format!("the credential for `{}` is empty: is there anything where it comes from?", requirement.scheme);
            return Err(CredentialsError::new(message));
        }
        held.push((requirement, credential));
    }
    Ok(held)
}

/// Puts credentials where they belong.
pub(crate) fn attach(request: &mut Request, held: &Held) -> Result<(), CredentialsError> {
    for (requirement, credential) in held {
        let text = credential.expose_secret();
        match requirement.place {
            Place::Authorization(word) => set(request, AUTHORIZATION, requirement, [word, " ", text].concat())?,
            Place::Header(name) => {
                let name = HeaderName::try_from(name)
                    .map_err(|_| CredentialsError::new(format!("`{name}` is not the name of a header")))?;
                set(request, name, requirement, text.to_owned())?;
            }
            Place::Query(name) => {
                request.url_mut().query_pairs_mut().append_pair(name, text);
            }
            Place::Cookie(name) => {
                let others = request.headers().get(COOKIE).and_then(|value| value.to_str().ok());
                let cookies = others.map(|others| format!("{others}; ")).unwrap_or_default();
                set(request, COOKIE, requirement, format!("{cookies}{name}={text}"))?;
            }
        }
    }
    Ok(())
}

fn set(request: &mut Request, name: HeaderName, of: &Requirement, text: String) -> Result<(), CredentialsError> {
    // The error of the conversion is dropped: nothing of a credential may get into a message.
    let mut value = HeaderValue::try_from(text).map_err(|_| {
        let message = format!(
            "the credential for `{}` has a character that no header may carry; is there a line break at its end?",
            of.scheme
        );
        CredentialsError::new(message)
    })?;
    value.set_sensitive(true);
    request.headers_mut().insert(name, value);
    Ok(())
}
