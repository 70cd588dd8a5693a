//! What an operation is called, in the document and on the wire.

use std::fmt;

use super::Security;

/// An operation of the document.
///
/// Its `{}` is the method and the path as the document has it, with no argument in it: `GET /customers/{id}`.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Operation {
    /// The document's `operationId`, or what stands for it.
    pub id: &'static str,
    /// The method, in capitals.
    pub method: &'static str,
    /// The path with its templates, without the server's.
    pub path: &'static str,
    /// The security requirements: any one of these alternatives, all of whose schemes must be satisfied.
    pub security: Security,
}

impl Operation {
    pub(crate) const fn new(
        id: &'static str,
        method: &'static str,
        path: &'static str,
        security: Security,
    ) -> Self {
        Self { id, method, path, security }
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

/// As short as `{}`, since every error of a call shows it.
impl fmt::Debug for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
