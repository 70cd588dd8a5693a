//! `extension-typo`: an extension that nobody knows says nothing, and looks as if it did.

use super::nearest::one_off;
use crate::diagnostic::Level;
use crate::keyword::{self, deprecated::REASONS};
use crate::spec::PAGINATION;

use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "extension-typo",
    level: Level::Warning,
    description: "No extension is one letter off one that this generator reads.",
    check,
};

/// The extensions that stand in no table of the specification.
const OTHERS: [&str; 4] = [PAGINATION, super::lost_keyword::EXCEPTION, super::unknown_rule::EXCEPTIONS, "x-provenance"];

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    let of_schemas = keyword::all().map(|keyword| keyword.name);
    let known: Vec<&str> = of_schemas.filter(|name| name.starts_with("x-")).chain(REASONS).chain(OTHERS).collect();
    for object in survey.objects().filter(|object| object.kind.definition().is_extensible) {
        for name in object.fields.keys().filter(|name| name.starts_with("x-")) {
            if let Some(near) = one_off(name, known.iter().copied()) {
                let message = format!("the extension `{name}` is unknown and has no effect");
                findings.at_key(&object.at(name), message, format!("did you mean `{near}`?"));
            }
        }
    }
}
