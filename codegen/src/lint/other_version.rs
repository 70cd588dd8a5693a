//! `other-version`: what one version says may mean something else in another.

use crate::diagnostic::Level;

use super::rule::Rule;

pub(super) static RULE: Rule = Rule {
    id: "other-version",
    level: Level::Warning,
    description: "All files of a document are of one version.",
    check: |_, findings| findings.noted(),
};
