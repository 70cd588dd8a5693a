//! From a request to its response.

use http_body_util::{BodyExt as _, Limited};
use hyper::body::Incoming;
use hyper::header::{ACCEPT, HeaderName};
use hyper::{HeaderMap, Method, Request, StatusCode};

use super::bodies::BodyFault;
use super::offers::{Offer, listed, offer_for, usual};
use super::prefer::Preferences;
use super::reply::{Reply, allowing, because, problem, reply};
use super::site::{Route, Site, allowed};
use super::{arguments, bodies};
use crate::document::{Document, DocumentError, Operation};
use crate::request::{self, Accept, Meaning, Received};

/// The greatest body that is read.
const LARGEST: usize = 4 * 1024 * 1024;
const PREFER: HeaderName = HeaderName::from_static("prefer");

/// Responds to a request, whatever it is.
pub(super) async fn response(site: &Site, request: Request<Incoming>) -> Reply {
    let (head, body) = request.into_parts();
    // Read even where it is not looked at, or the connection could not go on.
    let body = match Limited::new(body, LARGEST).collect().await {
        Ok(body) => body.to_bytes().to_vec(),
        Err(_) => return problem(StatusCode::PAYLOAD_TOO_LARGE, "the body is too large, or broke off", None),
    };
    let headers = head.headers.iter().map(|(name, value)| (name.as_str().to_owned(), value.as_bytes().to_vec()));
    let target = head.uri.path_and_query().map(ToString::to_string).unwrap_or_default();
    let received = Received { method: head.method.to_string(), target, headers: headers.collect(), body };
    judged(site, &head.method, &head.headers, received).unwrap_or_else(|error| {
        problem(StatusCode::INTERNAL_SERVER_ERROR, &format!("the document does not hold together: {error}"), None)
    })
}

fn judged(site: &Site, method: &Method, headers: &HeaderMap, mut received: Received) -> Result<Reply, DocumentError> {
    let routes = site.find(received.path());
    if routes.is_empty() {
        let reason = format!("the document has no path for {}", received.path());
        return Ok(refused(site.anywhere(404), StatusCode::NOT_FOUND, &reason));
    }
    let by = |method: &Method| routes.iter().copied().find(|route| route.method == *method);
    // Whoever serves GET serves HEAD too (RFC 9110); the body is left out on the way.
    let Some(route) = by(method).or_else(|| by(&Method::GET).filter(|_| *method == Method::HEAD)) else {
        let allowed = allowed(&routes);
        return Ok(match *method {
            Method::OPTIONS => allowing(reply(204, None, &[]), &allowed),
            _ => {
                let reason = format!("the document has no {method} for this path, only {allowed}");
                allowing(problem(StatusCode::METHOD_NOT_ALLOWED, &reason, None), &allowed)
            }
        });
    };
    let Some(operation) = site.operation(route)? else {
        return Ok(problem(StatusCode::NOT_FOUND, "the document has no such operation", None));
    };
    let media_type = media_type(&operation, &mut received);
    let meaning = request::read(site.requests(), &operation, &site.base, &received)?;
    let accept = Accept::read(headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok()));
    Ok(match fault(site.requests(), route, &operation, (&media_type, received.body.is_empty()), &meaning)? {
        // The document's own words for a refusal, in the order in which they fit it.
        Some((status, others, reason)) => {
            let documented = [status.as_u16()].iter().chain(others).find_map(|status| stated(route, *status));
            let fallback = || offer_for(&route.offers, status.as_u16()).map(|offer| (status.as_u16(), offer));
            match documented.or_else(fallback) {
                Some((status, offer)) => because(sent(status, offer, None, &accept), &reason),
                None => problem(status, &reason, None),
            }
        }
        None => preferred(route, headers, &accept),
    })
}

/// The offer for exactly this status.
fn stated(route: &Route, status: u16) -> Option<(u16, &Offer)> {
    route.offers.iter().find(|offer| offer.key == status.to_string()).map(|offer| (status, offer))
}

/// What is wrong with a request: the status for it, others that say nearly the same, and the reason.
type Wrong = (StatusCode, &'static [u16], String);

/// The first thing that is wrong with a request.
fn fault(
    document: &Document,
    route: &Route,
    operation: &Operation<'_>,
    body: (&str, bool),
    meaning: &Meaning,
) -> Result<Option<Wrong>, DocumentError> {
    if !has_credentials(document, operation, meaning) {
        let reason = "the request carries no credentials as the document asks for them".to_owned();
        return Ok(Some((StatusCode::UNAUTHORIZED, &[403], reason)));
    }
    if let Some(reason) = arguments::fault(document, operation, &route.parameters, meaning)? {
        return Ok(Some((StatusCode::BAD_REQUEST, &[422], reason)));
    }
    let fault = bodies::fault(document, operation, &route.bodies, body, meaning)?;
    Ok(fault.map(|fault| match fault {
        BodyFault::MediaType(reason) => (StatusCode::UNSUPPORTED_MEDIA_TYPE, [400, 422].as_slice(), reason),
        BodyFault::Content(reason) => (StatusCode::BAD_REQUEST, [422].as_slice(), reason),
    }))
}

/// Whether a request carries one of the alternatives. Any credential will do: who may do what is not for a document to say.
fn has_credentials(document: &Document, operation: &Operation<'_>, meaning: &Meaning) -> bool {
    let carried = |scheme: &str| {
        let place = document.credential(scheme);
        meaning.credentials.iter().any(|(known, value)| Some(known) == place.as_ref() && !value.trim().is_empty())
    };
    let alternatives = operation.security.iter();
    !operation.needs_credentials()
        || alternatives.into_iter().any(|alternative| alternative.schemes.iter().all(|(scheme, _)| carried(scheme)))
}

/// The media type of a request's body. Where none is named, the first is meant that the document has.
fn media_type(operation: &Operation<'_>, received: &mut Received) -> String {
    if let Some(named) = received.header("content-type") {
        return named;
    }
    let first = operation.request.first().map(|body| body.concrete()).unwrap_or_default();
    if !received.body.is_empty() && !first.is_empty() {
        received.headers.push(("content-type".to_owned(), first.clone().into_bytes()));
    }
    first
}

/// The response that the caller prefers, else the usual one.
fn preferred(route: &Route, headers: &HeaderMap, accept: &Accept) -> Reply {
    let headers = headers.get_all(PREFER).iter().filter_map(|value| value.to_str().ok());
    let wanted = Preferences::read(headers);
    let none = |detail: String| problem(StatusCode::BAD_REQUEST, &detail, Some(listed(&route.offers)));
    let (status, offer) = match &wanted.code {
        None => match usual(&route.offers) {
            Some(usual) => usual,
            None => {
                return problem(StatusCode::NOT_IMPLEMENTED, "the document has no response for this operation", None);
            }
        },
        Some(code) => {
            let status = code.parse().ok().filter(|status| (200..600).contains(status));
            match status.and_then(|status| Some((status, offer_for(&route.offers, status)?))) {
                Some(found) => found,
                None => return none(format!("the document has no response with the code `{code}`")),
            }
        }
    };
    let name = wanted.example.as_deref();
    if let Some(name) = name
        && !offer.contents.iter().any(|content| content.name.as_deref() == Some(name))
    {
        return none(format!("the response {} has no example called `{name}`", offer.key));
    }
    if !offer.contents.is_empty() && offer.content(name, accept).is_none() {
        let offered: Vec<&str> = offer.contents.iter().map(|content| content.media_type.as_str()).collect();
        let reason =
            format!("the response {} comes as {}, and the request accepts none of it", offer.key, offered.join(", "));
        return refused(offer_for(&route.offers, 406), StatusCode::NOT_ACCEPTABLE, &reason);
    }
    let mut reply = sent(status, offer, name, accept);
    let code = wanted.code.map(|code| format!("code={code}"));
    let applied: Vec<String> = code.into_iter().chain(name.map(|name| format!("example={name:?}"))).collect();
    if let (false, Ok(value)) = (applied.is_empty(), applied.join(", ").try_into()) {
        reply.headers_mut().insert(HeaderName::from_static("preference-applied"), value);
    }
    reply
}

/// The document's response for a refusal, else a problem.
fn refused(offer: Option<&Offer>, status: StatusCode, reason: &str) -> Reply {
    match offer {
        Some(offer) => because(sent(status.as_u16(), offer, None, &Accept::read([])), reason),
        None => problem(status, reason, None),
    }
}

/// A documented response; where no body fits its schema, the reason.
fn sent(status: u16, offer: &Offer, name: Option<&str>, accept: &Accept) -> Reply {
    let content = offer.content(name, accept).or(offer.contents.first());
    match content.map(|content| (&content.media_type, &content.text)) {
        Some((media_type, Ok(text))) => reply(status, Some((media_type, text)), &offer.headers),
        Some((_, Err(reason))) => {
            let reason = format!("no body can be made for the response {}: {reason}", offer.key);
            problem(StatusCode::INTERNAL_SERVER_ERROR, &reason, None)
        }
        None => reply(status, None, &offer.headers),
    }
}
