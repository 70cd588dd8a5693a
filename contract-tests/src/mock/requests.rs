//! From a request to its answer.

use http_body_util::{BodyExt as _, Limited};
use hyper::body::Incoming;
use hyper::header::HeaderName;
use hyper::{HeaderMap, Method, Request, StatusCode, Uri};

use super::credentials::suffice;
use super::offers::{Offer, listed, offer_for, usual};
use super::prefer::Preferences;
use super::reply::{Reply, allowing, because, content_type, problem, reply};
use super::site::{Route, Site};

/// The greatest body that is read.
const LARGEST: usize = 4 * 1024 * 1024;
const PREFER: HeaderName = HeaderName::from_static("prefer");

/// What a request asks, beside path and method.
pub(super) struct Asked {
    pub headers: HeaderMap,
    pub query: Vec<(String, String)>,
}

/// Answers a request, whatever it is.
pub(super) async fn answer(site: &Site, request: Request<Incoming>) -> Reply {
    let (head, body) = request.into_parts();
    // Read even where it is not looked at, or the connection could not go on.
    let body = match Limited::new(body, LARGEST).collect().await {
        Ok(body) => body.to_bytes(),
        Err(_) => return problem(StatusCode::PAYLOAD_TOO_LARGE, "the body is too large, or broke off", None),
    };
    let asked = Asked { query: query(&head.uri), headers: head.headers };
    judged(site, &head.method, head.uri.path(), &asked, &body)
}

fn judged(site: &Site, method: &Method, path: &str, asked: &Asked, body: &[u8]) -> Reply {
    let Some(found) = site.find(path) else {
        let reason = format!("the document has no path for {path}");
        return refused(site.anywhere(404), StatusCode::NOT_FOUND, &reason);
    };
    let by = |method: &Method| found.routes.iter().find(|(route, _)| route.method == *method);
    // Whoever serves GET serves HEAD too (RFC 9110); the body is left out on the way.
    let route = by(method).or_else(|| by(&Method::GET).filter(|_| *method == Method::HEAD));
    let Some((route, given)) = route else {
        let allowed = found.allowed();
        return match *method {
            Method::OPTIONS => allowing(reply(204, None, &[]), &allowed),
            _ => {
                let reason = format!("the document has no {method} for this path, only {allowed}");
                allowing(problem(StatusCode::METHOD_NOT_ALLOWED, &reason, None), &allowed)
            }
        };
    };
    if !suffice(&route.access, asked) {
        let reason = "the request carries no credentials as the document asks for them";
        return refused(offer_for(&route.offers, 401), StatusCode::UNAUTHORIZED, reason);
    }
    let faults = route.arguments.iter().filter_map(|argument| argument.fault(asked, given));
    let fault = faults.chain(route.body.fault(content_type(&asked.headers), body)).next();
    match fault {
        Some(reason) => refused(offer_for(&route.offers, 400), StatusCode::BAD_REQUEST, &reason),
        None => preferred(route, asked),
    }
}

/// The answer that the caller prefers, else the usual one.
fn preferred(route: &Route, asked: &Asked) -> Reply {
    let headers = asked.headers.get_all(PREFER).iter().filter_map(|value| value.to_str().ok());
    let wanted = Preferences::read(headers);
    let none = |detail: String| problem(StatusCode::BAD_REQUEST, &detail, Some(listed(&route.offers)));
    let (status, offer) = match &wanted.code {
        None => match usual(&route.offers) {
            Some(usual) => usual,
            None => return problem(StatusCode::NOT_IMPLEMENTED, "the document has no answer for this operation", None),
        },
        Some(code) => {
            let status = code.parse().ok().filter(|status| (200..600).contains(status));
            match status.and_then(|status| Some((status, offer_for(&route.offers, status)?))) {
                Some(found) => found,
                None => return none(format!("the document has no answer with the code `{code}`")),
            }
        }
    };
    let name = wanted.example.as_deref();
    if let Some(name) = name
        && !offer.contents.iter().any(|content| content.name.as_deref() == Some(name))
    {
        return none(format!("the answer {} has no example called `{name}`", offer.key));
    }
    let mut reply = sent(status, offer, name);
    let code = wanted.code.map(|code| format!("code={code}"));
    let applied: Vec<String> = code.into_iter().chain(name.map(|name| format!("example={name:?}"))).collect();
    if let (false, Ok(value)) = (applied.is_empty(), applied.join(", ").try_into()) {
        reply.headers_mut().insert(HeaderName::from_static("preference-applied"), value);
    }
    reply
}

/// The document's answer for a refusal, else a problem.
fn refused(offer: Option<&Offer>, status: StatusCode, reason: &str) -> Reply {
    match offer {
        Some(offer) => because(sent(status.as_u16(), offer, None), reason),
        None => problem(status, reason, None),
    }
}

fn sent(status: u16, offer: &Offer, name: Option<&str>) -> Reply {
    let content = offer.content(name).map(|content| (content.media_type.as_str(), content.text.as_str()));
    reply(status, content, &offer.headers)
}

/// The query's parameters, decoded.
fn query(uri: &Uri) -> Vec<(String, String)> {
    let url = reqwest::Url::parse(&format!("http://localhost/?{}", uri.query().unwrap_or_default()));
    url.map(|url| url.query_pairs().into_owned().collect()).unwrap_or_default()
}
