//! `unknown-field`: a misspelled keyword would silently not count.

use serde_json::{Map, Value};

use crate::spec::{Kind, Others};

use super::nearest::did_you_mean;
use super::newer_keyword;
use super::newer_version;
use crate::diagnostic::Level;

use super::reading::Reading;
use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "unknown-field",
    level: Level::Error,
    description: "Every field is one that OpenAPI 3.0 defines, or starts with `x-`.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    let stated = survey.document.root().get("openapi").and_then(Value::as_str);
    let states_3_2 = stated.is_some_and(|version| version.starts_with("3.2"));
    for visit in survey.visits() {
        let Some((kind, fields)) = visit.object() else { continue };
        let definition = kind.definition();
        // That a path lacks its slash, `path-syntax` says.
        if definition.others == Others::Paths {
            continue;
        }
        for name in fields.keys() {
            let is_extension = definition.is_extensible && name.starts_with("x-");
            // That a reference is no text, `wrong-type` says.
            let is_reference = name == "$ref" && visit.shape.is_referable();
            if is_extension || is_reference || kind.shape_of(name).is_some() {
                continue;
            }
            let pointer = visit.pointer.join(name);
            if name == "$ref" {
                let message = format!("a reference is not allowed in place of {}", kind.in_words());
                findings.at_key(&pointer, message, format!("write the {kind} Object here"));
                continue;
            }
            // In an older document it says nothing, and in a newer one it is lost.
            if newer_keyword::instead(kind, name).is_some() {
                continue;
            }
            if newer_version::has(kind, name) && states_3_2 {
                let message =
                    format!("`{name}` is a field of OpenAPI 3.2, of which only what OpenAPI 3.1 has is supported");
                let help = "use what OpenAPI 3.1 has, or remove it";
                findings.at_key(&pointer, message, help).if_allowed(Reading::Without(pointer.clone()));
                continue;
            }
            if name.contains('/') && kind.shape_of("content").is_some() {
                let message =
                    format!("{} has no field `{name}`: it is read as a media type of `content`", kind.in_words());
                let help = format!("put the media type under `content`: `content: {{{name}: …}}`");
                let content = visit.pointer.join("content").join(name);
                findings.at_key(&pointer, message, help).read(Reading::Moved(pointer.clone(), content));
                continue;
            }
            if kind == Kind::MediaType && Kind::Schema.shape_of(name).is_some() && !has_schema(fields) {
                let message = format!("{} has no field `{name}`: it is read as a keyword of `schema`", kind.in_words());
                let schema = visit.pointer.join("schema").join(name);
                let help = format!("put the keywords of the schema under `schema`: `schema: {{{name}: …}}`");
                findings.at_key(&pointer, message, help).read(Reading::Moved(pointer.clone(), schema));
                continue;
            }
            let known = definition.fields.iter().map(|field| field.name).filter(|known| !fields.contains_key(*known));
            let help = did_you_mean(name, known, "remove it, or start its name with `x-` if it is an extension");
            findings
                .at_key(&pointer, format!("{} has no field `{name}`", kind.in_words()), help)
                .if_allowed(Reading::Without(pointer.clone()));
        }
    }
}

/// Whether a media type has a schema of its own already, which a keyword beside it cannot join.
fn has_schema(media_type: &Map<String, Value>) -> bool {
    media_type.get("schema").is_some()
}
