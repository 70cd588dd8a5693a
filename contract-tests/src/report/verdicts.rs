//! What every oracle says of a payload that shows a difference, side by side.

use serde::Serialize;
use serde_json::Value;

use crate::bindings::{Binding, SCHEMAS};
use crate::difference::{Difference, Problem};
use crate::document::Document;
use crate::oracle::{Validator, Violation};

/// What one oracle says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// Who.
    pub oracle: &'static str,
    /// What.
    pub says: String,
}

/// The verdicts on the payload of a difference; none where it is shown by something else.
pub fn verdicts(document: &Document, difference: &Difference) -> Vec<Verdict> {
    let payload = match (difference.oracle, difference.problem) {
        ("client" | "derived" | "constructors", problem) if !structural(problem) => &difference.shown_by,
        _ => return Vec::new(),
    };
    let name = difference.place.split('/').next().unwrap_or_default();
    let Some(binding) = SCHEMAS.iter().find(|binding| binding.name == name) else { return Vec::new() };
    let mut found = Vec::new();
    let mut say = |oracle, says: String| found.push(Verdict { oracle, says });
    let schema = document.component_schemas().into_iter().find(|(known, _)| *known == name);
    if let Some(Ok(validator)) = schema.map(|(_, schema)| Validator::new(document, schema)) {
        say("document", listed(&validator.violations(payload)));
    }
    if let Some(Ok(validator)) = (binding.derived)().map(|schema| Validator::derived(name, &schema)) {
        say("derived", listed(&validator.violations(payload)));
    }
    say("client", client(binding, payload));
    if let (Some(construct), Value::String(text)) = ((binding.constructor)(), payload) {
        say(
            "constructors",
            construct(text).map_or_else(|refusal| format!("refuses: {refusal}"), |()| "accepts".into()),
        );
    }
    found
}

/// Whether a difference is one of schemas, not of a payload.
fn structural(problem: Problem) -> bool {
    matches!(problem, Problem::Lost | Problem::Changed | Problem::Added | Problem::Unbound | Problem::Panics)
}

fn client(binding: &Binding, payload: &Value) -> String {
    match (binding.round_trip)(payload.to_string().as_bytes()) {
        Err(error) => format!("does not decode: {} at {}", error.message, error.pointer),
        Ok(decoded) if decoded.strict.is_empty() => "accepts".into(),
        Ok(decoded) => format!("decodes, and strictly {}", listed(&decoded.strict)),
    }
}

fn listed(violations: &[Violation]) -> String {
    if violations.is_empty() {
        return "accepts".into();
    }
    let all: Vec<String> = violations.iter().map(ToString::to_string).collect();
    format!("refuses: {}", all.join(", "))
}
