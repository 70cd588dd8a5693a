//! `older-keyword`: a keyword of 3.0 says nothing in 3.1.

use crate::diagnostic::Level;

use super::rule::Rule;

pub(super) static RULE: Rule = Rule {
    id: "older-keyword",
    level: Level::Warning,
    description: "A 3.1 document has no keyword that only 3.0 gives a meaning.",
    check: |_, findings| findings.noted(),
};
