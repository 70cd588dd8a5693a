//! Rules that a document must keep, one file a rule, in one registry.

/// STUB until the rules land.
pub fn lint(_document: &crate::document::Document) -> Vec<crate::diagnostic::Diagnostic> {
    Vec::new()
}
