//! Which calls a mock responds to.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use httpmock::HttpMockRequest;
use reqwest::header::{COOKIE, HeaderMap};
use reqwest::Url;
use serde::Serialize;

use super::super::{
    Parameter, Security, Style, add_pairs, cookie_parameter, encoded, form, header_parameter, path_parameter,
    query_parameter, spelled,
};
use super::access::{self, Access};
use super::path::PathPattern;
use super::unmet::{Asked, Differs, Known, first_difference, instead};

/// Which calls of an operation a mock responds to: those that carry what the operation asks for by way of credentials, and
/// every argument that is named here. Each method narrows the choice.
///
/// An argument that the client would refuse to send is one that no call carries.
pub struct When<O> {
    method: &'static str,
    path: PathPattern,
    security: Security,
    access: Access,
    name: &'static str,
    expected: Vec<Expectation>,
    arguments: Vec<Differs>,
    operation: PhantomData<fn() -> O>,
}

pub(super) type Expectation = Box<dyn FnOnce(httpmock::When) -> httpmock::When>;

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

    pub(crate) fn new((name, method, template): Known, base: &'static str, security: Security) -> Self {
        Self {
            name,
            method,
            path: PathPattern::new(base, template),
            security,
            access: Access::AsDocumented,
            expected: Vec::new(),
            arguments: Vec::new(),
            operation: PhantomData,
        }
    }

    /// What a call is asked for, for whoever explains, and for the server.
    pub(super) fn asked(self) -> (Arc<Asked>, Vec<Expectation>) {
        let Self { method, path, security, access, name, expected, arguments, .. } = self;
        let asked = Asked { operation: name, path: path.clone(), security, access: access.clone(), arguments };
        let first: Expectation = Box::new(move |request| {
            let request = path.describe(request.method(method));
            access::describe(security, access, request)
        });
        (Arc::new(asked), std::iter::once(first).chain(expected).collect())
    }

    /// Only calls that do not differ.
    fn same(&mut self, differs: impl Fn(&HttpMockRequest) -> Option<String> + Send + Sync + 'static) -> &mut Self {
        let differs = Arc::new(differs);
        let explained = differs.clone();
        self.arguments.push(Box::new(move |request| explained(request)));
        self.and(move |when| when.is_true(move |request| differs(request).is_none()))
    }

    /// A path parameter.
    pub(crate) fn expect_path(
        &mut self,
        parameter: Parameter<'static>,
        value: &(impl Serialize + ?Sized),
    ) -> &mut Self {
        match path_parameter(parameter, &value) {
            Ok(text) => {
                self.path.give(parameter.name, text);
                self
            }
            Err(_) => self.never(),
        }
    }

    /// A query parameter; `None` for calls without it.
    pub(crate) fn expect_query(
        &mut self,
        parameter: Parameter<'static>,
        value: Option<&(impl Serialize + ?Sized)>,
    ) -> &mut Self {
        let Ok(pairs) = value.map_or(Ok(Vec::new()), |value| query_parameter(parameter, &value)) else {
            return self.never();
        };
        let mut url = "http://localhost".to_owned();
        add_pairs(&mut url, &pairs);
        let Ok(sent) = Url::parse(&url) else { return self.never() };
        let sent: Vec<String> = sent.query().into_iter().flat_map(|query| query.split('&')).map(str::to_owned).collect();
        self.same(move |request| {
            let query = request.uri_str().split_once('?').map(|(_, query)| query).unwrap_or_default();
            let found: Vec<&str> = own(parameter, &sent, query.split('&')).collect();
            instead(&format!("the query parameter `{}`", parameter.name), &found.join("&"), &sent.join("&"))
        })
    }

    /// A header; `None` for calls without it.
    pub(crate) fn expect_header(
        &mut self,
        parameter: Parameter<'static>,
        value: Option<&(impl Serialize + ?Sized)>,
    ) -> &mut Self {
        let mut headers = HeaderMap::new();
        if value.is_some_and(|value| header_parameter(&mut headers, parameter, &value).is_err()) {
            return self.never();
        }
        let text = headers.get(parameter.name).map(|text| String::from_utf8_lossy(text.as_bytes()).into_owned());
        let expected = text.clone();
        self.arguments.push(Box::new(move |request| {
            let mut found = access::headers(request, parameter.name);
            let is_met = match &expected {
                Some(expected) => found.any(|found| found == expected),
                None => found.next().is_none(),
            };
            let found = access::headers(request, parameter.name).collect::<Vec<_>>().join(", ");
            let what = format!("the header `{}`", parameter.name);
            if is_met { None } else { instead(&what, &found, expected.as_deref().unwrap_or_default()) }
        }));
        self.and(move |when| match text {
            Some(text) => when.header(parameter.name, text),
            None => when.header_missing(parameter.name),
        })
    }

    /// A cookie; `None` for calls without it.
    pub(crate) fn expect_cookie(
        &mut self,
        parameter: Parameter<'static>,
        value: Option<&(impl Serialize + ?Sized)>,
    ) -> &mut Self {
        let mut headers = HeaderMap::new();
        if value.is_some_and(|value| cookie_parameter(&mut headers, parameter, &value).is_err()) {
            return self.never();
        }
        let sent = headers.get(COOKIE).and_then(|cookies| cookies.to_str().ok()).unwrap_or_default();
        let sent: Vec<String> = sent.split("; ").filter(|pair| !pair.is_empty()).map(str::to_owned).collect();
        self.same(move |request| {
            let pairs: Vec<String> = access::cookies(request).map(|(name, value)| format!("{name}={value}")).collect();
            let found: Vec<&str> = own(parameter, &sent, pairs.iter().map(String::as_str)).collect();
            instead(&format!("the cookie `{}`", parameter.name), &found.join("; "), &sent.join("; "))
        })
    }

    /// A body of JSON.
    pub(crate) fn expect_json(&mut self, body: &(impl Serialize + ?Sized)) -> &mut Self {
        match serde_json::to_value(body) {
            Ok(body) => {
                let expected = body.clone();
                self.arguments.push(Box::new(move |request| {
                    let Ok(found) = serde_json::from_slice(request.body_ref()) else {
                        return Some("the body is no JSON".to_owned());
                    };
                    let place = first_difference(&found, &expected)?;
                    Some(format!("the body is another one{}", if place.is_empty() { place } else { format!(", at `{place}`") }))
                }));
                self.and(move |when| when.json_body(body))
            }
            Err(_) => self.never(),
        }
    }

    /// A body of a form's fields, some of them written as the document says.
    pub(crate) fn expect_form(
        &mut self,
        body: &(impl Serialize + ?Sized),
        stated: &[Parameter<'_>],
        required: &[&str],
    ) -> &mut Self {
        match form(&body, stated, required) {
            // The order of the fields is the struct's, and that of a list's items its own.
            Ok(form) => self.expect_bytes(form.as_bytes()),
            Err(_) => self.never(),
        }
    }

    /// The text of a value.
    pub(crate) fn expect_text(&mut self, body: &(impl Serialize + ?Sized)) -> &mut Self {
        match spelled(body) {
            Ok(text) => self.expect_bytes(text.as_bytes()),
            Err(_) => self.never(),
        }
    }

    /// A body of parts, whose boundary follows from them.
    pub(crate) fn expect_parts(&mut self, body: Result<impl AsRef<[u8]>, String>) -> &mut Self {
        match body {
            Ok(body) => self.expect_bytes(body.as_ref()),
            Err(_) => self.never(),
        }
    }

    /// A body as it is.
    pub(crate) fn expect_bytes(&mut self, body: &[u8]) -> &mut Self {
        let body = body.to_vec();
        self.same(move |request| {
            let (found, expected) = (request.body_ref(), body.as_slice());
            let of = if found.len() == expected.len() { String::new() } else { format!(" ({} bytes instead of {})", found.len(), expected.len()) };
            (found != expected).then(|| format!("the body is another one{of}"))
        })
    }

    fn never(&mut self) -> &mut Self {
        self.same(|_| Some("it is told an argument that no call can carry".to_owned()))
    }
}

/// The pairs of a request that are a parameter's: those of its name, or of the names that are expected for it.
fn own<'p>(
    parameter: Parameter<'static>,
    expected: &'p [String],
    pairs: impl Iterator<Item = &'p str>,
) -> impl Iterator<Item = &'p str> {
    let name = |pair: &'p str| pair.split_once('=').map_or(pair, |(name, _)| name);
    let (whole, start) = (encoded(parameter.name), encoded(&format!("{}[", parameter.name)));
    pairs.filter(move |pair| {
        let own = name(pair);
        own == whole
            || (parameter.style == Style::DeepObject && own.starts_with(&start))
            || expected.iter().any(|expected| name(expected) == own)
    })
}

/// What a server is asked for is not for logs: a credential may be among it.
impl<O> fmt::Debug for When<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("When").field("method", &self.method).field("path", &self.path).finish_non_exhaustive()
    }
}
