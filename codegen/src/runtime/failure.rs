//! What can end a call instead of a whole response, whatever the operation makes of responses.

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::reading::Broken;
use super::{CommunicationError, CredentialsError, Error, Intercepted, Operation, Reason, Refusal};

/// Why there is no whole response.
#[derive(Debug)]
pub(crate) enum Failure {
    /// There is no credential for the call.
    Credentials(CredentialsError),
    /// The call is not polled by a runtime of Tokio's.
    NoRuntime,
    /// The body of the request was a stream, and is gone.
    Spent,
    /// An interceptor gave up.
    Intercepted(Intercepted),
    /// No response came.
    Fault(reqwest::Error),
    /// A response came, but not to its end.
    Broken(Box<Broken>),
}

impl Failure {
    pub(crate) fn status(&self) -> Option<StatusCode> {
        self.broken().map(|broken| broken.response.status())
    }

    pub(crate) fn headers(&self) -> Option<&HeaderMap> {
        self.broken().map(|broken| broken.response.headers())
    }

    /// Whether the connection, not the request or the response, is to blame: the same call may succeed later.
    pub(crate) fn may_pass(&self) -> bool {
        match self {
            Self::Fault(error) => !error.is_builder(),
            Self::Broken(broken) => matches!(broken.reason, Reason::Interrupted(_)),
            Self::Credentials(_) | Self::NoRuntime | Self::Spent | Self::Intercepted(_) => false,
        }
    }

    /// A word for it.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Credentials(_) => "credentials",
            Self::Fault(error) if error.is_timeout() => "timeout",
            Self::Fault(error) if error.is_connect() => "connect",
            Self::Fault(_) | Self::Spent => "request",
            Self::NoRuntime => "runtime",
            Self::Intercepted(_) => "interceptor",
            Self::Broken(_) => "body",
        }
    }

    fn broken(&self) -> Option<&Broken> {
        match self {
            Self::Broken(broken) => Some(broken),
            _ => None,
        }
    }
}

impl From<CredentialsError> for Failure {
    fn from(error: CredentialsError) -> Self {
        Self::Credentials(error)
    }
}

impl From<reqwest::Error> for Failure {
    fn from(error: reqwest::Error) -> Self {
        Self::Fault(error)
    }
}

impl From<Broken> for Failure {
    fn from(broken: Broken) -> Self {
        Self::Broken(Box::new(broken))
    }
}

impl Failure {
    /// The error of the operation's call.
    pub(crate) fn of(self, operation: &'static Operation) -> Error {
        match self {
            Self::Credentials(error) => Error::Credentials(error.of(operation)),
            Self::NoRuntime => Error::NoRuntime(operation),
            Self::Spent => {
                let refusal = Refusal::from("the body can be sent only once".to_owned());
                Error::InvalidRequest(refusal.of(operation))
            }
            Self::Intercepted(error) => Error::Intercepted(error.of(operation)),
            // What reqwest cannot make a request of was not sent.
            Self::Fault(error) if error.is_builder() => Error::InvalidRequest(Refusal::from(error).of(operation)),
            Self::Fault(error) => Error::Communication(CommunicationError::new(operation, error)),
            Self::Broken(broken) => Error::unexpected(broken.response.of(operation), broken.reason),
        }
    }
}

impl From<Broken> for Error {
    fn from(Broken { response, reason }: Broken) -> Self {
        Self::unexpected(response, reason)
    }
}
