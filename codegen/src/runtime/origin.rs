//! What each try of a call sends a copy of.

use reqwest::{Method, Request, Url};

/// The request as the operation made it, without credentials.
pub(crate) enum Origin {
    /// Each try sends a copy.
    Reusable(Request),
    /// The body is a stream, which is gone once it is sent.
    Once { request: Option<Request>, method: Method, url: Url },
}

impl Origin {
    pub(crate) fn new(request: Request) -> Self {
        if request.body().is_none_or(|body| body.as_bytes().is_some()) {
            return Self::Reusable(request);
        }
        Self::Once { method: request.method().clone(), url: request.url().clone(), request: Some(request) }
    }

    pub(crate) fn is_reusable(&self) -> bool {
        matches!(self, Self::Reusable(_))
    }

    pub(crate) fn method(&self) -> &Method {
        match self {
            Self::Reusable(request) => request.method(),
            Self::Once { method, .. } => method,
        }
    }

    pub(crate) fn url(&self) -> &Url {
        match self {
            Self::Reusable(request) => request.url(),
            Self::Once { url, .. } => url,
        }
    }

    /// A request to send, if there is one left.
    pub(crate) fn request(&mut self) -> Option<Request> {
        match self {
            Self::Reusable(request) => request.try_clone(),
            Self::Once { request, .. } => request.take(),
        }
    }
}
