//! `discriminator-mapping`: it names nothing that could be decoded.

use serde_json::{Map, Value};

use crate::document::{Pointer, Unresolved};
use crate::spec::Kind;

use super::nearest::nearest;
use crate::diagnostic::Level;

use super::reading::Reading;
use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "discriminator-mapping",
    level: Level::Error,
    description: "Every value of a discriminator's `mapping` leads to a schema.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    let schemas = Pointer::root().join("components").join("schemas");
    for discriminator in survey.of(Kind::Discriminator) {
        for (value, target) in discriminator.map("mapping") {
            let Some(target) = target.as_str() else { continue };
            let is_found = survey.target(target).is_some() || survey.document.get(&schemas.join(target)).is_some();
            if is_found {
                continue;
            }
            let pointer = discriminator.at("mapping").join(value);
            let without = Reading::Without(pointer.clone());
            if let Some(Unresolved { message, help }) = survey.document.unresolved(&pointer) {
                findings.at_value(&pointer, message, help).if_allowed(without);
                continue;
            }
            if !target.starts_with('#') && target.contains(['/', '.']) {
                let message = format!("`{target}` is outside of this document, and only one file is read");
                findings.at_value(&pointer, message, "bundle the files into one first").if_allowed(without);
                continue;
            }
            let name = target.rsplit('/').next().unwrap_or(target);
            let names = survey.document.get(&schemas).and_then(Value::as_object).into_iter().flat_map(Map::keys);
            let help = match nearest(name, names.map(String::as_str)) {
                Some(near) => format!("did you mean `{}`?", schemas.join(near).to_reference()),
                None => format!("add a schema `{name}`, or correct the mapping"),
            };
            findings.at_value(&pointer, format!("there is no schema at `{target}`"), help).if_allowed(without);
        }
    }
}
