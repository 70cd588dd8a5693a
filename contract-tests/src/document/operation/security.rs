//! Security requirements, and where each scheme's credential stands in a request.

use serde_json::Value;

use super::{Document, Located, Pointer};

/// One alternative of a security requirement.
#[derive(Debug, Clone)]
pub struct Security {
    /// The schemes that are needed together, each with its scopes.
    pub schemes: Vec<(String, Vec<String>)>,
}

/// Where a credential stands in a request. Two that stand in the same place are equal: names of headers and of schemes, which are
/// the same in any case (RFC 9110, sections 5.1 and 11.1), are in small letters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Credential {
    /// In `Authorization`, after this scheme.
    Authorization(String),
    /// In a header.
    Header(String),
    /// In the query.
    Query(String),
    /// In a cookie.
    Cookie(String),
}

impl Document {
    /// The alternatives of an operation.
    pub(super) fn security(&self, operation: &Located<'_>) -> Vec<Security> {
        let list = operation.value.get("security").or_else(|| self.root().get("security"));
        let alternatives = list.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object);
        let scopes = |value: &Value| {
            value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
        };
        let schemes = |schemes: &serde_json::Map<String, Value>| {
            schemes.iter().map(|(name, list)| (name.clone(), scopes(list))).collect()
        };
        alternatives.map(|alternative| Security { schemes: schemes(alternative) }).collect()
    }

    /// Where the credential of a scheme stands; nothing where the document has no such scheme.
    pub fn credential(&self, scheme: &str) -> Option<Credential> {
        let at = Pointer::written("/components/securitySchemes").child(scheme);
        let scheme = self.at(&at).and_then(|scheme| self.resolve(scheme).ok())?.value;
        let text = |key: &str| scheme.get(key).and_then(Value::as_str).unwrap_or_default();
        let named = || text("name").to_owned();
        Some(match (text("type"), text("in")) {
            ("apiKey", "query") => Credential::Query(named()),
            ("apiKey", "cookie") => Credential::Cookie(named()),
            ("apiKey", _) => Credential::Header(named().to_ascii_lowercase()),
            ("http", _) => Credential::Authorization(text("scheme").to_ascii_lowercase()),
            // OAuth 2.0 and OpenID Connect give bearer tokens (RFC 6750).
            _ => Credential::Authorization("bearer".to_owned()),
        })
    }
}
