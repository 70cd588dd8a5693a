//! The commands that judge the same again.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::document::OWN_DOCUMENT;
use crate::ground::{Plan, Scope};

/// The command that judges all of it again.
pub(super) fn all(document: &str, plan: Plan, scope: &Scope) -> String {
    let mut command = of(document, scope);
    if let Some(only) = &scope.only {
        let _ = write!(command, " --only {}", quoted(only));
    }
    let _ = write!(command, " --cases {} --seed {}", plan.cases, plan.seed);
    command
}

/// The command that judges one schema, operation or row again, as short as it gets.
pub(super) fn one(document: &str, plan: Plan, scope: &Scope, name: &str) -> String {
    let mut command = of(document, scope);
    let _ = write!(command, " --only {}", quoted(name));
    let usual = Plan::default();
    if plan.cases != usual.cases {
        let _ = write!(command, " --cases {}", plan.cases);
    }
    if plan.seed != usual.seed {
        let _ = write!(command, " --seed {}", plan.seed);
    }
    command
}

fn of(document: &str, scope: &Scope) -> String {
    let mut command = "cargo xtask contract".to_owned();
    if document != OWN_DOCUMENT {
        let _ = write!(command, " --document {}", quoted(document));
    }
    if scope.generated {
        command.push_str(" --generated");
    }
    command
}

/// A word as a shell reads it.
pub(crate) fn quoted(word: &str) -> Cow<'_, str> {
    // A word with a null is none that a shell could be given.
    shlex::try_quote(word).unwrap_or(Cow::Borrowed(word))
}
