//! `misplaced-ref`: what stands there is read, though other programs may refuse it.

use crate::diagnostic::Level;

use super::rule::Rule;

pub(super) static RULE: Rule = Rule {
    id: "misplaced-ref",
    level: Level::Warning,
    description: "Every reference is where the specification allows one.",
    check: |_, findings| findings.noted(),
};
