//! What is served: the document's operations, each with all that answering it takes.

use hyper::Method;
use serde_json::Value;

use super::arguments::Argument;
use super::bodies::ExpectedBody;
use super::credentials::{Alternative, alternatives};
use super::offers::{Offer, offers};
use super::paths::Template;
use crate::document::{Document, DocumentError, Way};

/// All that is served.
pub(super) struct Site {
    /// The path that every path begins with.
    pub base: String,
    routes: Vec<Route>,
}

/// One operation.
pub(super) struct Route {
    pub method: Method,
    template: Template,
    pub arguments: Vec<Argument>,
    pub body: ExpectedBody,
    pub access: Vec<Alternative>,
    pub offers: Vec<Offer>,
}

/// What a path leads to.
pub(super) struct Found<'s> {
    /// The operations of the path, by method, and the path parameters as texts.
    pub routes: Vec<(&'s Route, Vec<(&'s str, String)>)>,
}

impl Site {
    pub fn of(document: &Document) -> Result<Self, DocumentError> {
        let mut routes = Vec::new();
        let (requests, responses) = (document.meaning(Way::Request), document.meaning(Way::Response));
        for (operation, answered) in requests.operations()?.into_iter().zip(responses.operations()?) {
            // The methods of OpenAPI are methods of HTTP.
            let Ok(method) = Method::from_bytes(operation.method.as_bytes()) else { continue };
            routes.push(Route {
                method,
                template: Template::of(operation.path),
                arguments: operation.parameters.iter().map(|parameter| Argument::of(requests, parameter)).collect(),
                body: ExpectedBody::of(requests, &operation),
                access: alternatives(document, &operation),
                offers: offers(responses, &answered)?,
            });
        }
        Ok(Self { base: base_path(document.root()), routes })
    }

    /// The operations that a path leads to: those whose template has the fewest parameters, as OpenAPI demands.
    pub fn find(&self, path: &str) -> Option<Found<'_>> {
        let path = path.strip_prefix(self.base.as_str())?;
        let matching = self.routes.iter().filter_map(|route| Some((route, route.template.matched(path)?)));
        let mut routes: Vec<_> = matching.collect();
        let fewest = routes.iter().map(|(_, given)| given.len()).min()?;
        routes.retain(|(_, given)| given.len() == fewest);
        Some(Found { routes })
    }

    /// A documented answer with a status, of whatever operation: what an API answers where it knows no operation at all.
    pub fn anywhere(&self, status: u16) -> Option<&Offer> {
        self.routes.iter().flat_map(|route| &route.offers).find(|offer| offer.covers(status))
    }
}

impl Found<'_> {
    /// What may be asked for at this path, for the header `Allow`.
    pub fn allowed(&self) -> String {
        let mut methods: Vec<&str> = self.routes.iter().map(|(route, _)| route.method.as_str()).collect();
        for (implied, by) in [("HEAD", Some("GET")), ("OPTIONS", None)] {
            if !methods.contains(&implied) && by.is_none_or(|by| methods.contains(&by)) {
                methods.push(implied);
            }
        }
        methods.join(", ")
    }
}

/// The path of the first server's URL, its variables at their defaults.
fn base_path(root: &Value) -> String {
    let server = root.pointer("/servers/0").unwrap_or(&Value::Null);
    let mut url = server.get("url").and_then(Value::as_str).unwrap_or_default().to_owned();
    for (name, variable) in server.get("variables").and_then(Value::as_object).into_iter().flatten() {
        let default = variable.get("default").and_then(Value::as_str).unwrap_or_default();
        url = url.replace(&format!("{{{name}}}"), default);
    }
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => &url,
    };
    let path = path.trim_matches('/');
    if matches!(path, "" | ".") { String::new() } else { format!("/{path}") }
}
