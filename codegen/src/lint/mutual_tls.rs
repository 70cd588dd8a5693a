//! `mutual-tls`: a certificate is no part of a request.

use crate::diagnostic::Level;

use super::rule::Rule;

pub(super) static RULE: Rule = Rule {
    id: "mutual-tls",
    level: Level::Warning,
    description: "No operation asks for a client certificate.",
    check: |_, findings| findings.noted(),
};
