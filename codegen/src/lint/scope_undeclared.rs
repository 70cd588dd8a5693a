//! `scope-undeclared`: no token could ever have it.

use std::collections::BTreeSet;

use serde_json::Map;

use crate::document::Pointer;
use crate::spec::Kind;

use super::nearest::did_you_mean;
use super::survey::Object;
use crate::diagnostic::Level;

use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "scope-undeclared",
    level: Level::Warning,
    description: "Every required scope is declared by its OAuth 2.0 scheme; other schemes have no scopes.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    let schemes = Pointer::root().join("components").join("securitySchemes");
    for requirement in survey.of(Kind::SecurityRequirement) {
        for (name, scopes) in requirement.fields {
            let scheme = survey.document.get(&schemes.join(name)).and_then(|value| survey.resolve(value));
            let Some(scheme) = scheme.filter(|scheme| scheme.kind == Kind::SecurityScheme) else { continue };
            let scopes = scopes.as_array().into_iter().flatten().enumerate();
            for (at, scope) in scopes.filter_map(|(at, scope)| Some((at, scope.as_str()?))) {
                let pointer = requirement.at(name).join(at);
                match scheme.text("type") {
                    Some("oauth2") => {
                        let declared = declared(&scheme);
                        if !declared.contains(scope) {
                            let help = did_you_mean(scope, declared, "declare it under `scopes` of the scheme's flow");
                            findings.at_value(&pointer, format!("`{name}` declares no scope `{scope}`"), help);
                        }
                    }
                    Some(kind @ ("apiKey" | "http")) => {
                        let message = format!("`{name}` is of type `{kind}`, which has no scopes");
                        findings.at_value(&pointer, message, format!("write `{name}: []`"));
                    }
                    _ => {}
                }
            }
        }
    }
}

fn declared<'a>(scheme: &Object<'_, 'a>) -> BTreeSet<&'a str> {
    let scopes = scheme.map("flows").filter_map(|(_, flow)| flow.get("scopes")?.as_object());
    scopes.flat_map(Map::keys).map(String::as_str).collect()
}
