//! Which credentials an operation asks for, and whether a request carries them. Any credential will do: who may do what is
//! not for a document to say.

use hyper::HeaderMap;
use hyper::header::{AUTHORIZATION, COOKIE};
use serde_json::Value;

use super::requests::Asked;
use crate::document::{Document, Operation, Pointer};

/// One alternative: all of these places must hold a credential.
pub(super) type Alternative = Vec<Place>;

/// Where a credential stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// In `Authorization`, after this word.
    Authorization(String),
    Header(String),
    Query(String),
    Cookie(String),
}

/// The alternatives of an operation; none where no credential is needed.
pub(super) fn alternatives(document: &Document, operation: &Operation<'_>) -> Vec<Alternative> {
    if !operation.needs_credentials() {
        return Vec::new();
    }
    let one = |name: &String| place(document, name);
    operation.security.iter().map(|all| all.schemes.iter().map(|(name, _)| one(name)).collect()).collect()
}

fn place(document: &Document, name: &str) -> Place {
    let at = Pointer::written("/components/securitySchemes").child(name);
    let scheme = document.at(&at).and_then(|scheme| document.resolve(scheme).ok());
    let scheme = scheme.map_or(&Value::Null, |scheme| scheme.value);
    let text = |key: &str| scheme.get(key).and_then(Value::as_str).unwrap_or_default();
    match (text("type"), text("in")) {
        ("apiKey", "query") => Place::Query(text("name").to_owned()),
        ("apiKey", "cookie") => Place::Cookie(text("name").to_owned()),
        ("apiKey", _) => Place::Header(text("name").to_owned()),
        ("http", _) if !text("scheme").is_empty() => Place::Authorization(text("scheme").to_owned()),
        // OAuth 2.0 and OpenID Connect give bearer tokens.
        _ => Place::Authorization("Bearer".to_owned()),
    }
}

/// Whether a request carries one of the alternatives.
pub(super) fn suffice(alternatives: &[Alternative], asked: &Asked) -> bool {
    alternatives.is_empty() || alternatives.iter().any(|all| all.iter().all(|place| is_there(place, asked)))
}

fn is_there(place: &Place, asked: &Asked) -> bool {
    match place {
        Place::Authorization(word) => {
            let value = asked.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
            // The scheme's name is not case-sensitive (RFC 9110).
            let parts = value.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case(word));
            parts.is_some_and(|(_, credential)| !credential.trim().is_empty())
        }
        Place::Header(name) => asked.headers.get(name.as_str()).is_some_and(|value| !value.is_empty()),
        Place::Query(name) => asked.query.iter().any(|(key, value)| key == name && !value.is_empty()),
        Place::Cookie(name) => cookies(&asked.headers).iter().any(|(key, value)| key == name && !value.is_empty()),
    }
}

/// The cookies of a request.
pub(super) fn cookies(headers: &HeaderMap) -> Vec<(String, String)> {
    let values = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = values.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}
