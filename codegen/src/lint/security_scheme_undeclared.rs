//! `security-scheme-undeclared`: nobody could know how to authenticate.

use serde_json::{Map, Value};

use crate::document::Pointer;
use crate::spec::Kind;

use super::nearest::did_you_mean;
use crate::diagnostic::Level;

use super::reading::Reading;
use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "security-scheme-undeclared",
    level: Level::Error,
    description: "Every security requirement names a declared security scheme.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    let schemes = survey.document.get(&Pointer::root().join("components").join("securitySchemes"));
    let declared = || schemes.and_then(Value::as_object).into_iter().flat_map(Map::keys).map(String::as_str);
    for requirement in survey.of(Kind::SecurityRequirement) {
        for name in requirement.fields.keys() {
            if declared().all(|scheme| scheme != name) {
                let otherwise = format!("declare `{name}` under `components/securitySchemes`");
                let help = did_you_mean(name, declared(), &otherwise);
                findings
                    .at_key(&requirement.at(name), format!("the security scheme `{name}` is not declared"), help)
                    .if_allowed(Reading::Without(requirement.at(name)));
            }
        }
    }
}
