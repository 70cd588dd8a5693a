//! Responses as they came, and the values that were made of them.

use std::fmt;
use std::ops::{Deref, DerefMut};

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::Operation;

/// A response of the server as it came.
#[derive(Clone)]
pub struct RawResponse {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    operation: Option<&'static Operation>,
}

impl RawResponse {
    /// A response put together by hand, for tests of code that handles responses.
    pub fn new(status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        Self { status, headers, body, operation: None }
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body, as far as it was read.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The operation whose response it is, where a client received it.
    pub fn operation(&self) -> Option<&'static Operation> {
        self.operation
    }

    /// Status, headers and body.
    pub fn into_parts(self) -> (StatusCode, HeaderMap, Bytes) {
        (self.status, self.headers, self.body)
    }

    pub(crate) fn of(self, operation: &'static Operation) -> Self {
        Self { operation: Some(operation), ..self }
    }
}

/// Headers and body may hold what no log should: only their sizes are shown.
impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("status", &self.status)
            .field("headers", &self.headers.len())
            .field("body_bytes", &self.body.len())
            .finish()
    }
}

/// A value that was decoded from a response, with the response it came in.
///
/// `{:?}` shows the response's status and size alone, since a server may echo a token in its value; `{:?}` of the value itself
/// (`&*response`) shows all of it.
#[derive(Clone)]
pub struct ResponseValue<T> {
    value: T,
    raw: RawResponse,
}

impl<T> fmt::Debug for ResponseValue<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseValue").field("raw", &self.raw).finish_non_exhaustive()
    }
}

impl<T> ResponseValue<T> {
    /// A value and its response put together by hand, for tests of code that handles them.
    pub fn new(value: T, raw: RawResponse) -> Self {
        Self { value, raw }
    }

    /// The value alone.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The response's status.
    pub fn status(&self) -> StatusCode {
        self.raw.status
    }

    /// The response's headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.raw.headers
    }

    /// The body that the value was decoded from; empty where the value is the stream of it.
    pub fn body(&self) -> &Bytes {
        &self.raw.body
    }

    /// The response as it came.
    pub fn raw(&self) -> &RawResponse {
        &self.raw
    }

    /// The same response with what becomes of its value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> ResponseValue<U> {
        ResponseValue { value: change(self.value), raw: self.raw }
    }

    /// The value, and the response it came in.
    pub fn into_parts(self) -> (T, RawResponse) {
        (self.value, self.raw)
    }
}

impl<T> Deref for ResponseValue<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for ResponseValue<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

impl<T> AsRef<T> for ResponseValue<T> {
    fn as_ref(&self) -> &T {
        &self.value
    }
}
