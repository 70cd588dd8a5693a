//! `qualified-name`: of two with one name, each has more than that in its name.

use crate::diagnostic::Level;

use super::rule::Rule;

pub(super) static RULE: Rule = Rule {
    id: "qualified-name",
    level: Level::Warning,
    description: "No two definitions in the files of a document have one name.",
    check: |_, findings| findings.noted(),
};
