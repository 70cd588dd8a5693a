//! Which calls a mock answers.

use std::fmt;
use std::marker::PhantomData;

use httpmock::HttpMockRequest;
use reqwest::header::HeaderMap;
use reqwest::{Method, Request, Url};
use serde::Serialize;

use super::super::{Security, Style, cookie, form, header_parameter, path_parameter, path_text, query_parameter, with_reserved};
use super::access::{self, Access};
use super::path::PathPattern;

/// Which calls of an operation a mock answers: those that carry what the operation asks for by way of credentials, and
/// every argument that is named here. Each method narrows the choice.
///
/// An argument that the client would refuse to send is one that no call carries.
pub struct When<O> {
    method: &'static str,
    path: PathPattern,
    security: Security,
    access: Access,
    expected: Vec<Expectation>,
    operation: PhantomData<fn() -> O>,
}

type Expectation = Box<dyn FnOnce(httpmock::When) -> httpmock::When>;

impl<O> When<O> {
    /// Only calls with this credential: for a bearer token the token alone, for HTTP Basic the encoded pair.
    pub fn credential(&mut self, credential: impl Into<String>) -> &mut Self {
        self.access = Access::By(credential.into());
        self
    }

    /// Only calls without any credential, which a server would refuse.
    pub fn without_credentials(&mut self) -> &mut Self {
        self.access = Access::ByNone;
        self
    }

    /// Calls with and without credentials.
    pub fn regardless_of_credentials(&mut self) -> &mut Self {
        self.access = Access::ByAnyone;
        self
    }

    /// Only calls that meet further conditions of httpmock's, such as a header that the document does not name.
    pub fn and(&mut self, condition: impl FnOnce(httpmock::When) -> httpmock::When + 'static) -> &mut Self {
        self.expected.push(Box::new(condition));
        self
    }

    pub(crate) fn new(method: &'static str, base: &'static str, template: &'static str, security: Security) -> Self {
        Self {
            method,
            path: PathPattern::new(base, template),
            security,
            access: Access::AsDocumented,
            expected: Vec::new(),
            operation: PhantomData,
        }
    }

    pub(super) fn expect_all(self, request: httpmock::When) {
        let request = self.path.describe(request.method(self.method));
        let request = access::describe(self.security, self.access, request);
        self.expected.into_iter().fold(request, |request, expectation| expectation(request));
    }

    /// A path parameter that is one plain text.
    pub(crate) fn expect_path(&mut self, name: &'static str, value: impl ToString) -> &mut Self {
        self.path.give(name, path_text(&value.to_string()));
        self
    }

    /// A path parameter in a style of its own.
    pub(crate) fn expect_path_in(
        &mut self,
        name: &'static str,
        value: &(impl Serialize + ?Sized),
        style: Style,
        explode: bool,
    ) -> &mut Self {
        match path_parameter(name, &value, style, explode) {
            Ok(text) => {
                self.path.give(name, text);
                self
            }
            Err(_) => self.never(),
        }
    }

    /// A query parameter in the usual style, whose members are parameters of their own.
    pub(crate) fn expect_query(&mut self, name: &'static str, value: Option<&(impl Serialize + ?Sized)>) -> &mut Self {
        self.expect_query_in(name, value, Style::Form, true)
    }

    /// A query parameter in a style of its own.
    pub(crate) fn expect_query_in(
        &mut self,
        name: &'static str,
        value: Option<&(impl Serialize + ?Sized)>,
        style: Style,
        explode: bool,
    ) -> &mut Self {
        let Some(pairs) = value.map(|value| query_parameter(name, &value, style, explode)) else {
            let members = format!("{name}[");
            return self.and(move |when| {
                let when = when.query_param_missing(name);
                if style != Style::DeepObject {
                    return when;
                }
                when.is_false(move |request| request.query_params().iter().any(|(key, _)| key.starts_with(&members)))
            });
        };
        match pairs {
            Err(_) => self.never(),
            Ok(pairs) if pairs.is_empty() => self.and(move |when| when.query_param_missing(name)),
            Ok(pairs) => self.and(move |when| {
                let of = move |(key, text): &(String, String)| (key == name).then(|| text.clone());
                let list: Vec<String> = pairs.iter().filter_map(of).collect();
                let when = pairs.into_iter().fold(when, |when, (key, text)| when.query_param(key, text));
                // With the pairs alone, a longer list would do as well, and one in another order.
                when.is_true(move |request| request.query_params().iter().filter_map(of).eq(list.iter().cloned()))
            }),
        }
    }

    /// A query parameter whose reserved characters are sent as they are, so that they cannot be told from the query's own.
    pub(crate) fn expect_reserved(
        &mut self,
        name: &'static str,
        value: Option<&(impl Serialize + ?Sized)>,
        style: Style,
        explode: bool,
    ) -> &mut Self {
        let Some(value) = value else { return self.and(move |when| when.query_param_missing(name)) };
        let Ok(pairs) = query_parameter(name, &value, style, explode) else { return self.never() };
        let Ok(url) = Url::parse("http://localhost") else { return self.never() };
        let sent = with_reserved(Request::new(Method::GET, url), &pairs);
        let sent = format!("&{}&", sent.url().query().unwrap_or_default());
        self.and(move |when| {
            when.is_true(move |request| {
                let query = request.uri_str().split_once('?').map(|(_, query)| query).unwrap_or_default();
                format!("&{query}&").contains(&sent)
            })
        })
    }

    /// A header, by its text.
    pub(crate) fn expect_header(&mut self, name: &'static str, text: Option<String>) -> &mut Self {
        self.and(move |when| match text {
            // What stands around a header's value is not part of it.
            Some(text) => when.header(name, text.trim_matches([' ', '\t'])),
            None => when.header_missing(name),
        })
    }

    /// A header in a style of its own.
    pub(crate) fn expect_header_in(
        &mut self,
        name: &'static str,
        value: Option<&(impl Serialize + ?Sized)>,
        style: Style,
        explode: bool,
    ) -> &mut Self {
        match value.map(|value| header_parameter(&value, style, explode)).transpose() {
            Ok(text) => self.expect_header(name, text),
            Err(_) => self.never(),
        }
    }

    /// A cookie, by its text.
    pub(crate) fn expect_cookie(&mut self, name: &'static str, text: Option<String>) -> &mut Self {
        let sent = text.map(|text| cookie(&HeaderMap::new(), name, &text));
        self.and(move |when| {
            when.is_true(move |request| {
                let mut found = access::cookies(request).filter(|(key, _)| *key == name);
                found.next().map(|(key, value)| format!("{key}={value}")) == sent
            })
        })
    }

    /// A cookie in a style of its own.
    pub(crate) fn expect_cookie_in(
        &mut self,
        name: &'static str,
        value: Option<&(impl Serialize + ?Sized)>,
        style: Style,
        explode: bool,
    ) -> &mut Self {
        match value.map(|value| header_parameter(&value, style, explode)).transpose() {
            Ok(text) => self.expect_cookie(name, text),
            Err(_) => self.never(),
        }
    }

    /// A body of JSON.
    pub(crate) fn expect_json(&mut self, body: &(impl Serialize + ?Sized)) -> &mut Self {
        match serde_json::to_value(body) {
            Ok(body) => self.and(move |when| when.json_body(body)),
            Err(_) => self.never(),
        }
    }

    /// A body of a form's fields, some of them in styles of their own.
    pub(crate) fn expect_form(&mut self, body: &(impl Serialize + ?Sized), styles: &[(&str, Style, bool)]) -> &mut Self {
        match form(&body, styles) {
            Ok(fields) => self.and(move |when| {
                let when = when.form_urlencoded_tuple_count("(?s).*", "(?s).*", fields.len());
                fields.into_iter().fold(when, |when, (name, text)| when.form_urlencoded_tuple(name, text))
            }),
            Err(_) => self.never(),
        }
    }

    /// A body as it is.
    pub(crate) fn expect_bytes(&mut self, body: &[u8]) -> &mut Self {
        let body = body.to_vec();
        self.and(move |when| when.is_true(move |request: &HttpMockRequest| request.body_ref() == body))
    }

    fn never(&mut self) -> &mut Self {
        self.and(|when| when.is_true(|_| false))
    }
}

/// What a server is asked for is not for logs: a credential may be among it.
impl<O> fmt::Debug for When<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("When").field("method", &self.method).field("path", &self.path).finish_non_exhaustive()
    }
}
