//! What an operation asks of its callers, as data.

/// The alternatives that the document gives for an operation: one of them suffices, and of it everything is needed.
///
/// No alternative at all means that nothing is needed; an empty one means that nothing need be given.
pub type Security = &'static [&'static [Requirement]];

/// One credential that an operation asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Requirement {
    /// The security scheme's name in the document.
    pub scheme: &'static str,
    /// Where the credential goes.
    pub place: Place,
    /// The scopes that it must cover; empty where the scheme knows none.
    pub scopes: &'static [&'static str],
}

/// Where a credential goes in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Place {
    /// Into the header `Authorization`, after this word, such as `Bearer`.
    Authorization(&'static str),
    /// Into a header of this name.
    Header(&'static str),
    /// Into the query, under this name.
    Query(&'static str),
    /// Into a cookie of this name.
    Cookie(&'static str),
}

impl Requirement {
    pub(crate) const fn new(scheme: &'static str, place: Place) -> Self {
        Self { scheme, place, scopes: &[] }
    }

    /// A bearer token.
    pub(crate) const fn bearer(scheme: &'static str) -> Self {
        Self::new(scheme, Place::Authorization("Bearer"))
    }

    /// The same, which must cover some scopes.
    pub(crate) const fn with_scopes(self, scopes: &'static [&'static str]) -> Self {
        Self { scopes, ..self }
    }
}
