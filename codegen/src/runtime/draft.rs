//! A request as its operation describes it, of which each attempt builds its own.

use bytes::Bytes;
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{Body, Client, Method, Request};
use serde::Serialize;

use super::failure::Failure;
use super::query::add_pairs;
use super::retries::has_idempotency_key;
use super::{Operation, Parameter, Refusal, cookie_parameter, header_parameter, query_parameter};

/// All that a request consists of but its credentials. A call that needs one attempt copies nothing of it but its URL.
pub(crate) struct Draft {
    method: Method,
    url: String,
    accept: Option<HeaderValue>,
    content_type: Option<HeaderValue>,
    /// The other headers, in the place of those above where they have the same names.
    headers: HeaderMap,
    content: Content,
}

/// The body of a request.
enum Content {
    None,
    /// Every attempt shares the bytes.
    Bytes(Bytes),
    /// Bytes that reqwest alone can share: it does so with the request as a whole.
    Within(Box<Request>),
    /// Whatever reqwest sends, until it is sent.
    Given(Option<Body>),
}

impl Draft {
    /// A request of an operation at a server; in the place of each template of the path stands what is given for it, encoded.
    pub(crate) fn new(base: &str, operation: &Operation, parts: &[&str]) -> Self {
        let mut rest = operation.path;
        let given: usize = parts.iter().map(|part| part.len()).sum();
        let mut url = String::with_capacity(base.len() + rest.len() + given);
        url.push_str(base);
        let mut parts = parts.iter();
        while let Some((constant, template)) = rest.split_once('{') {
            url.push_str(constant);
            url.extend(parts.next().copied());
            rest = template.split_once('}').map_or("", |(_, after)| after);
        }
        url.push_str(rest);
        // A document has no other methods than those that HTTP's crate knows.
        let method = Method::from_bytes(operation.method.as_bytes()).unwrap_or_default();
        Self { method, url, accept: None, content_type: None, headers: HeaderMap::new(), content: Content::None }
    }

    /// Asks for a response of these media types.
    pub(crate) fn accept(mut self, media_types: HeaderValue) -> Self {
        self.accept = Some(media_types);
        self
    }

    /// Adds a parameter in a header.
    pub(crate) fn header(mut self, parameter: Parameter<'_>, value: &impl Serialize) -> Result<Self, Refusal> {
        header_parameter(&mut self.headers, parameter, value)?;
        Ok(self)
    }

    /// Adds a parameter in a cookie.
    pub(crate) fn cookie(mut self, parameter: Parameter<'_>, value: &impl Serialize) -> Result<Self, Refusal> {
        cookie_parameter(&mut self.headers, parameter, value)?;
        Ok(self)
    }

    /// Adds a parameter in the query.
    pub(crate) fn query(mut self, parameter: Parameter<'_>, value: &impl Serialize) -> Result<Self, Refusal> {
        add_pairs(&mut self.url, &query_parameter(parameter, value)?);
        Ok(self)
    }

    /// Adds a parameter that may be null where it is given.
    pub(crate) fn given<T>(
        self,
        value: Option<T>,
        add: impl FnOnce(Self, T) -> Result<Self, Refusal>,
    ) -> Result<Self, Refusal> {
        match value {
            Some(value) => add(self, value),
            None => Ok(self),
        }
    }

    /// Gives it a body.
    pub(crate) fn body(mut self, media_type: &str, body: impl Into<Bytes>) -> Result<Self, Refusal> {
        self.content_type = Some(HeaderValue::from_str(media_type)?);
        self.content = Content::Bytes(body.into());
        Ok(self)
    }

    /// Gives it a body that may be a stream.
    pub(crate) fn stream(mut self, media_type: &str, body: Body) -> Result<Self, Refusal> {
        self.content_type = Some(HeaderValue::from_str(media_type)?);
        self.content = Content::Given(Some(body));
        Ok(self)
    }

    /// Gives it a body that is JSON.
    pub(crate) fn json(self, media_type: &str, body: &impl Serialize) -> Result<Self, Refusal> {
        let json = serde_json::to_vec(body).map_err(|error| error.to_string())?;
        self.body(media_type, json)
    }

    pub(crate) fn headers_mut(&mut self) -> &mut HeaderMap {
        &mut self.headers
    }

    /// Whether another attempt can be made: a stream is gone once it is sent.
    pub(crate) fn is_reusable(&self) -> bool {
        !matches!(self.content, Content::Given(_))
    }

    /// Whether sending it twice does no more than sending it once: by its method, or since it carries a key by which the server
    /// tells.
    pub(crate) fn is_repeatable(&self) -> bool {
        self.is_reusable() && (self.method.is_idempotent() || has_idempotency_key(&self.headers))
    }

    /// A request to send.
    pub(crate) fn request(&mut self, client: &Client) -> Result<Request, Failure> {
        if let Content::Within(request) = &self.content {
            return request.try_clone().ok_or(Failure::Spent);
        }
        let mut request = client.request(self.method.clone(), &self.url).build()?;
        let headers = request.headers_mut();
        // With room for credentials and the HTTP client's own headers.
        headers.reserve(self.headers.len() + 4);
        headers.extend(self.accept.clone().map(|accept| (ACCEPT, accept)));
        headers.extend(self.content_type.clone().map(|content_type| (CONTENT_TYPE, content_type)));
        if !self.headers.is_empty() {
            headers.extend(self.headers.clone());
        }
        let body = match &mut self.content {
            Content::Bytes(bytes) => Some(Body::from(bytes.clone())),
            Content::Given(body) => Some(body.take().ok_or(Failure::Spent)?),
            Content::None | Content::Within(_) => None,
        };
        *request.body_mut() = body;
        if let Content::Given(_) = self.content
            && let Some(copy) = request.try_clone()
        {
            self.content = Content::Within(Box::new(copy));
        }
        Ok(request)
    }
}
