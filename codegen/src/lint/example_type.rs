//! `example-type`: an example that its own schema refuses teaches what no call would take.

use serde_json::Value;

use super::conforms::{beside, mismatch};
use super::meant::{described, fate, help, meant};
use crate::diagnostic::Level;
use crate::document::Pointer;
use crate::spec::Kind;

use super::reading::Reading;
use super::rule::{Findings, Rule};
use super::survey::{Object, Survey};

pub(super) static RULE: Rule =
    Rule { id: "example-type", level: Level::Warning, description: "Every example is a value of its schema.", check };

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for holder in survey.objects() {
        if !matches!(holder.kind, Kind::Schema | Kind::MediaType | Kind::Parameter | Kind::Header) {
            continue;
        }
        let alone = holder.get("example").map(|example| (holder.at("example"), example));
        // Named examples are values of the holder's schema as well; a reference to one is met where it stands.
        let named = holder.map("examples").filter_map(|(name, example)| {
            Some((holder.at("examples").join(name).join("value"), example.get("value")?))
        });
        let named = named.filter(|_| holder.kind != Kind::Schema);
        for (pointer, example) in alone.into_iter().chain(named) {
            let schema = match holder.kind {
                Kind::Schema => Some(holder),
                _ => holder.get("schema").and_then(|schema| survey.resolve(schema)),
            };
            if let Some(schema) =
                schema.filter(|schema| schema.kind == Kind::Schema && !survey.document.is_ambiguous(&pointer))
            {
                judge(survey, findings, (pointer, example), schema, is_text(holder));
            }
        }
    }
}

/// Whether a media type is none of JSON's: an example of such a body is its text, whatever the schema describes.
fn is_text(holder: Object<'_, '_>) -> bool {
    holder.kind == Kind::MediaType && !holder.pointer.last().contains("json")
}

fn judge(
    survey: &Survey<'_>,
    findings: &mut Findings<'_>,
    (pointer, example): (Pointer, &Value),
    schema: Object<'_, '_>,
    is_text: bool,
) {
    let Some(mismatch) = mismatch(survey, schema, example) else { return };
    // Of a string, the text is the value.
    if is_text && example.is_string() && schema.text("type") != Some("string") {
        return;
    }
    let kind = schema.text("type").filter(|_| mismatch.place.is_empty()).unwrap_or_default();
    if let Some(meant) = meant(kind, survey.document, &pointer, example) {
        let found = described(survey.document, &pointer, example);
        let message = format!("the example is {found}, but the schema's type is `{kind}`: {}", fate(Some(&meant)));
        let reading = match beside(survey, &pointer) {
            Some(_) => Reading::With(pointer.clone(), meant),
            None => Reading::AsWritten,
        };
        findings.at_value(&pointer, message, help(kind, survey.document, &pointer, example)).read(reading);
        return;
    }
    let place = mismatch.place.iter().fold(pointer, |place, step| place.join(step));
    let subject = match mismatch.place.last() {
        None => "the example".to_owned(),
        Some(step) if step.parse::<usize>().is_ok() => format!("item {step} of the example"),
        Some(step) => format!("`{step}` of the example"),
    };
    let message = format!("{subject} {}: it is used in documentation only", mismatch.what);
    findings.at_value(&place, message, "write an example that the schema accepts, or fix the schema");
}
