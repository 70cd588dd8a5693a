//! What a mock responds with.

use std::fmt;
use std::marker::PhantomData;

use serde::Serialize;

use super::super::spelled;

/// What a mock responds with: status 200 without a body, unless told otherwise.
pub struct Then<O> {
    status: u16,
    body: Option<(String, Vec<u8>)>,
    headers: Vec<(String, String)>,
    further: Vec<Change>,
    /// The key of the documented response that this is, and the headers that it must have.
    documented: Option<(&'static str, &'static [&'static str])>,
    operation: PhantomData<fn() -> O>,
}

type Change = Box<dyn FnOnce(httpmock::Then) -> httpmock::Then>;

impl<O> Then<O> {
    /// Responds with any status and any JSON: an enum value that the document does not list, an address that no standard
    /// allows, a body of another shape.
    pub fn json(&mut self, status: u16, body: &(impl Serialize + ?Sized)) -> &mut Self {
        self.respond_json(status, "application/json", body)
    }

    /// Responds with any status, any content type and any body: the HTML page of a proxy, JSON that breaks off. No header
    /// names the content's type where `media_type` is empty.
    pub fn raw(&mut self, status: u16, media_type: &str, body: impl AsRef<[u8]>) -> &mut Self {
        self.status = status;
        self.body = Some((media_type.to_owned(), body.as_ref().to_vec()));
        self.documented = None;
        self
    }

    /// Responds with any status and this text as JSON.
    pub(crate) fn json_text(&mut self, status: u16, body: &str) -> &mut Self {
        self.raw(status, "application/json", body)
    }

    /// Adds a header.
    pub fn header(&mut self, name: &str, value: impl ToString) -> &mut Self {
        self.headers.push((name.to_owned(), value.to_string()));
        self
    }

    /// Responds to so many calls, then leaves them to the mocks that were made later: an error first, a success afterwards.
    pub fn times(&mut self, times: usize) -> &mut Self {
        self.and(move |then| then.up_to_n_times(times))
    }

    /// Changes the response by httpmock's own means, such as a delay.
    pub fn and(&mut self, change: impl FnOnce(httpmock::Then) -> httpmock::Then + 'static) -> &mut Self {
        self.further.push(Box::new(change));
        self
    }

    pub(super) fn new() -> Self {
        Self { status: 200, body: None, headers: Vec::new(), further: Vec::new(), documented: None, operation: PhantomData }
    }

    pub(super) fn respond_all(self, response: httpmock::Then) {
        if let Some(reason) = self.fault() {
            // Whoever reads the failing test's output finds out why.
            response.status(500).header("content-type", "text/plain").body(reason);
            return;
        }
        let mut response = response.status(self.status);
        if let Some((media_type, body)) = self.body {
            response = response.body(body);
            if !media_type.is_empty() {
                response = response.header("content-type", media_type);
            }
        }
        for (name, value) in self.headers {
            response = response.header(name, value);
        }
        self.further.into_iter().fold(response, |response, change| change(response));
    }

    /// Holds the response against the document when the server responds; headers may still be added.
    pub(crate) fn as_documented(&mut self, key: &'static str, headers: &'static [&'static str]) -> &mut Self {
        self.documented = Some((key, headers));
        self
    }

    /// What keeps the response from being the documented one.
    fn fault(&self) -> Option<String> {
        let (key, headers) = self.documented?;
        let class = key.get(..1).filter(|_| key.to_ascii_uppercase().ends_with("XX"));
        if class.is_some_and(|class| !self.status.to_string().starts_with(class)) || !(100..600).contains(&self.status) {
            return Some(format!("the mock's status {} is none of `{key}`", self.status));
        }
        let given = |name: &&&str| self.headers.iter().any(|(given, _)| given.eq_ignore_ascii_case(name));
        let missing = headers.iter().find(|name| !given(name))?;
        Some(format!("the mock's response has no header `{missing}`, which the document requires"))
    }

    /// The text of a value.
    pub(crate) fn respond_text(
        &mut self,
        status: u16,
        media_type: &str,
        body: &(impl Serialize + ?Sized),
    ) -> &mut Self {
        match spelled(body) {
            Ok(body) => self.raw(status, media_type, body),
            Err(error) => self.raw(500, "text/plain", format!("the mock's {error}")),
        }
    }

    /// JSON under a media type of its own.
    pub(crate) fn respond_json(
        &mut self,
        status: u16,
        media_type: &str,
        body: &(impl Serialize + ?Sized),
    ) -> &mut Self {
        match serde_json::to_vec(body) {
            Ok(body) => self.raw(status, media_type, body),
            // Whoever reads the failing test's output finds out why.
            Err(error) => self.raw(500, "text/plain", format!("the mock's body does not become JSON: {error}")),
        }
    }

    /// A response without a body.
    pub(crate) fn respond_empty(&mut self, status: u16) -> &mut Self {
        self.status = status;
        self.body = None;
        self.documented = None;
        self
    }
}

impl<O> fmt::Debug for Then<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Then").field("status", &self.status).finish_non_exhaustive()
    }
}
