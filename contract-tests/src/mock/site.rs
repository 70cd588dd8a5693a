//! What is served: the document's operations, each with all that a response to it takes.

use std::cmp::Reverse;
use std::sync::Arc;

use hyper::Method;

use super::offers::{Offer, offers};
use super::{arguments, bodies};
use crate::document::{Document, DocumentError, Operation, Way};
use crate::oracle::Validator;
use crate::request::{concreteness, stands_for};

/// All that is served.
pub(super) struct Site {
    document: Document,
    /// The path that every path begins with.
    pub base: String,
    routes: Vec<Route>,
}

/// One operation.
pub(super) struct Route {
    pub method: Method,
    path: String,
    pub parameters: Vec<Option<Arc<Validator>>>,
    pub bodies: Vec<Option<Arc<Validator>>>,
    pub offers: Vec<Offer>,
}

impl Site {
    pub fn of(document: &Document) -> Result<Self, DocumentError> {
        let mut routes = Vec::new();
        let requests = document.meaning(Way::Request);
        for (operation, responses) in
            requests.operations()?.into_iter().zip(document.meaning(Way::Response).operations()?)
        {
            // The methods of OpenAPI are methods of HTTP.
            let Ok(method) = Method::from_bytes(operation.method.as_bytes()) else { continue };
            routes.push(Route {
                method,
                path: operation.path.to_owned(),
                parameters: arguments::validators(requests, &operation),
                bodies: bodies::validators(requests, &operation),
                offers: offers(document, &responses)?,
            });
        }
        // The most specific path comes first.
        routes.sort_by_cached_key(|route| Reverse(concreteness(&route.path)));
        Ok(Self { document: document.clone(), base: document.base_path(), routes })
    }

    /// The operations of the most specific path that a request's path is one of.
    pub fn find(&self, path: &str) -> Vec<&Route> {
        let Some(path) = path.strip_prefix(self.base.as_str()) else { return Vec::new() };
        let Some(first) = self.routes.iter().find(|route| stands_for(&route.path, path)) else { return Vec::new() };
        // Several paths may be as specific, and tell their requests apart by the method.
        let specific = concreteness(&first.path);
        let all = self.routes.iter().filter(|route| concreteness(&route.path) == specific);
        all.filter(|route| stands_for(&route.path, path)).collect()
    }

    /// What the document means to requests, which are judged by it.
    pub fn requests(&self) -> &Document {
        self.document.meaning(Way::Request)
    }

    /// What the document says of requests to a route. It is read anew for each of them, and the responses are most of an operation.
    pub fn operation(&self, route: &Route) -> Result<Option<Operation<'_>>, DocumentError> {
        self.requests().asked_at(&route.path, route.method.as_str())
    }

    /// A documented response with a status, of whatever operation: that of an API which knows no operation at all.
    pub fn anywhere(&self, status: u16) -> Option<&Offer> {
        self.routes.iter().flat_map(|route| &route.offers).find(|offer| offer.covers(status))
    }
}

/// What may be asked for at a path, for the header `Allow`.
pub(super) fn allowed(routes: &[&Route]) -> String {
    let mut methods: Vec<&str> = routes.iter().map(|route| route.method.as_str()).collect();
    for (implied, by) in [("HEAD", Some("GET")), ("OPTIONS", None)] {
        if !methods.contains(&implied) && by.is_none_or(|by| methods.contains(&by)) {
            methods.push(implied);
        }
    }
    methods.join(", ")
}
