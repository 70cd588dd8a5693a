//! What every oracle says of a payload that shows a difference, side by side.

use serde::Serialize;
use serde_json::Value;

use crate::client::Schema;
use crate::difference::{Difference, Problem};
use crate::ground::Ground;
use crate::oracle::Violation;

/// What one oracle says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// Who.
    pub oracle: &'static str,
    /// What.
    pub says: String,
}

/// The verdicts on the payload of a difference; none where it is shown by something else.
pub fn verdicts(ground: &Ground<'_>, difference: &Difference) -> Vec<Verdict> {
    let judges_payloads = matches!(difference.oracle, "client" | "derived" | "constructors" | "builders");
    if !judges_payloads || structural(difference.problem) {
        return Vec::new();
    }
    let payload = &difference.shown_by;
    let name = difference.place.split('/').next().unwrap_or_default();
    let Some(schema) = ground.schema(name) else { return Vec::new() };
    let mut found = Vec::new();
    let mut say = |oracle, says: String| found.push(Verdict { oracle, says });
    if let Ok(prepared) = ground.prepared(schema) {
        say("document", listed(&prepared.validator.violations(payload)));
    }
    if let Ok(Some(validator)) = schema.derived_validator() {
        say("derived", listed(&validator.violations(payload)));
    }
    say("client", client(schema.binding, payload));
    if let Value::String(text) = payload {
        for (_, made) in (schema.binding.constructors)(text).into_iter().take(1) {
            say("constructors", made.map_or_else(|refusal| format!("refuses: {refusal}"), |_| "accepts".into()));
        }
    }
    found
}

/// Whether a difference is one of schemas, not of a payload.
fn structural(problem: Problem) -> bool {
    matches!(problem, Problem::Lost | Problem::Changed | Problem::Added | Problem::Unbound | Problem::Panics)
}

fn client(binding: &Schema, payload: &Value) -> String {
    match (binding.decode)(payload.to_string().as_bytes()) {
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
