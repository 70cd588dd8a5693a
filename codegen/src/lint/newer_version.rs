//! `newer-version`: what is read as an older version may mean more.

use crate::diagnostic::Level;

use super::rule::Rule;

pub(super) static RULE: Rule = Rule {
    id: "newer-version",
    level: Level::Warning,
    description: "The document's version is one whose every field is known.",
    check: |_, findings| findings.noted(),
};
