//! `json-schema-dialect`: another dialect means other things by the same words.

use crate::diagnostic::Level;

use super::rule::Rule;

pub(super) static RULE: Rule = Rule {
    id: "json-schema-dialect",
    level: Level::Error,
    description: "Schemas are in the dialect of the specification.",
    check: |_, findings| findings.noted(),
};
