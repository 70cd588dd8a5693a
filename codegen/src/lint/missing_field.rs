//! `missing-field`: an object without a required field means nothing; but for those that `incomplete-object` knows.

use crate::diagnostic::Level;
use serde_json::Value;

use crate::spec::{Kind, Presence};

use super::incomplete_object::is_dispensable;
use super::reading::Reading;
use super::rule::{Findings, Rule};
use super::survey::{Object, Survey};

pub(super) static RULE: Rule = Rule {
    id: "missing-field",
    level: Level::Error,
    description: "Every field that OpenAPI 3.0 requires is there.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for object in survey.objects() {
        for field in object.kind.definition().fields {
            let condition = match field.presence {
                Presence::Optional => continue,
                Presence::Required => String::new(),
                Presence::RequiredIf(other, value) if object.text(other) == Some(value) => {
                    format!(" with `{other}: {value}`")
                }
                Presence::RequiredIf(..) => continue,
            };
            if object.get(field.name).is_none() && !is_dispensable(object.kind, field.name) {
                let (kind, name) = (object.kind, field.name);
                let message = format!("{}{condition} needs the field `{name}`", kind.in_words());
                let finding = findings.at_key(object.pointer, message, format!("add `{name}`: {}", field.shape));
                // A variable that its server's URL does not name has no part in it.
                if kind == Kind::ServerVariable && !is_in_url(survey, &object) {
                    finding.read(Reading::AsWritten);
                }
            }
        }
    }
}

fn is_in_url(survey: &Survey<'_>, variable: &Object<'_, '_>) -> bool {
    let server = variable.pointer.parent().and_then(|variables| variables.parent()).unwrap_or_default();
    let url = survey.document.get(&server.join("url")).and_then(Value::as_str).unwrap_or_default();
    url.contains(&format!("{{{}}}", variable.pointer.last()))
}
