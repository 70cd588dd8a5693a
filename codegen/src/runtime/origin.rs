//! What each attempt of a call sends a copy of.

use reqwest::header::HeaderMap;
use reqwest::{Method, Request, Url};

use super::retries::is_repeatable;

/// The request as the operation made it, without credentials.
pub(crate) enum Origin {
    /// Each attempt sends a copy.
    Reusable(Request),
    /// The body is a stream, which is gone once it is sent.
    Once(Box<Once>),
}

/// A request that can be sent once, and what is to be known of it afterwards.
pub(crate) struct Once {
    request: Option<Request>,
    method: Method,
    url: Url,
}

impl Origin {
    pub(crate) fn new(request: Request) -> Self {
        if request.body().is_none_or(|body| body.as_bytes().is_some()) {
            return Self::Reusable(request);
        }
        let (method, url) = (request.method().clone(), request.url().clone());
        Self::Once(Box::new(Once { request: Some(request), method, url }))
    }

    pub(crate) fn is_reusable(&self) -> bool {
        matches!(self, Self::Reusable(_))
    }

    pub(crate) fn method(&self) -> &Method {
        match self {
            Self::Reusable(request) => request.method(),
            Self::Once(once) => &once.method,
        }
    }

    pub(crate) fn url(&self) -> &Url {
        match self {
            Self::Reusable(request) => request.url(),
            Self::Once(once) => &once.url,
        }
    }

    /// Whether sending it twice does no more than sending it once.
    pub(crate) fn is_repeatable(&self) -> bool {
        match self {
            Self::Reusable(request) => is_repeatable(request),
            Self::Once(_) => false,
        }
    }

    pub(crate) fn headers(&self) -> HeaderMap {
        match self {
            Self::Reusable(request) => request.headers().clone(),
            Self::Once(once) => once.request.as_ref().map(|request| request.headers().clone()).unwrap_or_default(),
        }
    }

    pub(crate) fn body(&self) -> Option<&[u8]> {
        match self {
            Self::Reusable(request) => request.body()?.as_bytes(),
            Self::Once(_) => None,
        }
    }

    /// A request to send, if there is one left.
    pub(crate) fn request(&mut self) -> Option<Request> {
        match self {
            Self::Reusable(request) => request.try_clone(),
            Self::Once(once) => once.request.take(),
        }
    }
}
