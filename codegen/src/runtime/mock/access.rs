//! What calls carry by way of credentials.

use httpmock::HttpMockRequest;

use super::super::{Place, Requirement, Security};

/// Whose calls a mock responds to.
#[derive(Clone)]
pub(super) enum Access {
    /// Those that carry one of the operation's alternatives.
    AsDocumented,
    /// Those that carry this credential.
    By(String),
    /// Those that carry none.
    ByNone,
    /// All.
    ByAnyone,
}

/// Asks for credentials, so that a report of httpmock's names what is missing.
pub(super) fn describe(security: Security, access: Access, request: httpmock::When) -> httpmock::When {
    let credential = match access {
        Access::ByAnyone => return request,
        Access::ByNone => return security.iter().copied().flatten().fold(request, without),
        // An alternative without requirements is met by every call.
        Access::AsDocumented if security.iter().any(|alternative| alternative.is_empty()) => return request,
        Access::AsDocumented => None,
        Access::By(credential) => Some(credential),
    };
    let alternatives = alternatives(security);
    match alternatives.as_slice() {
        [] => request,
        [places] => places.iter().fold(request, |request, place| with(request, *place, credential.as_deref())),
        _ => request.is_true(move |request| {
            let carried = |place: &Place| carries(request, *place, credential.as_deref());
            alternatives.iter().any(|places| places.iter().all(carried))
        }),
    }
}

/// The places of each alternative. Scopes are the server's business: what differs in nothing else is asked for once.
fn alternatives(security: Security) -> Vec<Vec<Place>> {
    let mut alternatives: Vec<Vec<Place>> = Vec::new();
    for alternative in security.iter().filter(|alternative| !alternative.is_empty()) {
        let places: Vec<Place> = alternative.iter().map(|requirement| requirement.place).collect();
        if !alternatives.contains(&places) {
            alternatives.push(places);
        }
    }
    alternatives
}

/// Whether a request has the credentials that are asked for.
pub(super) fn is_met(security: Security, access: &Access, request: &HttpMockRequest) -> bool {
    let all = |credential: Option<&str>| {
        let alternatives = alternatives(security);
        let carried = |places: &Vec<Place>| places.iter().all(|place| carries(request, *place, credential));
        alternatives.is_empty() || alternatives.iter().any(carried)
    };
    match access {
        Access::ByAnyone => true,
        Access::ByNone => {
            security.iter().copied().flatten().all(|requirement| !carries(request, requirement.place, None))
        }
        Access::AsDocumented => security.iter().any(|alternative| alternative.is_empty()) || all(None),
        Access::By(credential) => all(Some(credential)),
    }
}

fn with(request: httpmock::When, place: Place, credential: Option<&str>) -> httpmock::When {
    match (place, credential) {
        (Place::Authorization(word), None) => request.header_prefix("authorization", format!("{word} ")),
        (Place::Authorization(word), Some(text)) => request.header("authorization", format!("{word} {text}")),
        (Place::Header(name), None) => request.header_exists(name),
        (Place::Header(name), Some(text)) => request.header(name, text),
        (Place::Query(name), None) => request.query_param_exists(name),
        (Place::Query(name), Some(text)) => request.query_param(name, text),
        (Place::Cookie(_), credential) => {
            let credential = credential.map(str::to_owned);
            request.is_true(move |request| carries(request, place, credential.as_deref()))
        }
    }
}

fn without(request: httpmock::When, requirement: &Requirement) -> httpmock::When {
    match requirement.place {
        Place::Authorization(_) => request.header_missing("authorization"),
        Place::Header(name) => request.header_missing(name),
        Place::Query(name) => request.query_param_missing(name),
        place @ Place::Cookie(_) => request.is_false(move |request| carries(request, place, None)),
    }
}

/// Whether a request has a credential at a place, and this one where it matters which.
fn carries(request: &HttpMockRequest, place: Place, credential: Option<&str>) -> bool {
    let is_it = |found: &str| credential.is_none_or(|credential| credential == found);
    let header = |name: &str| headers(request, name).next();
    match place {
        Place::Authorization(word) => {
            let rest = header("authorization").and_then(|value| value.strip_prefix(word)?.strip_prefix(' '));
            rest.is_some_and(is_it)
        }
        Place::Header(name) => header(name).is_some_and(is_it),
        Place::Query(name) => request.query_params().iter().any(|(key, value)| key == name && is_it(value)),
        Place::Cookie(name) => cookies(request).any(|(key, value)| key == name && is_it(value)),
    }
}

pub(super) fn headers<'a>(request: &'a HttpMockRequest, name: &str) -> impl Iterator<Item = &'a str> {
    let headers = request.headers_vec().iter();
    headers.filter(move |(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

/// The cookies of a request: name and value.
pub(super) fn cookies(request: &HttpMockRequest) -> impl Iterator<Item = (&str, &str)> {
    headers(request, "cookie").flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='))
}
