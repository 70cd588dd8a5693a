//! What the client of the old document makes of a witness.

mod requests;

use serde_json::Value;

use super::change::{Comparison, Direction, Verdict, Witness};
use crate::client::{self, Subject};
use crate::document::Document;
use crate::judge::JudgeError;
use crate::oracle::Violation;

/// The place of the named schemas.
const NAMED: &str = "/components/schemas/";

/// Gives the witnesses to the client: those of breaking responses to its types, those of breaking requests to its calls.
pub fn ask(comparison: &mut Comparison, old: &Document, new: &Document, subject: &Subject) -> Result<(), JudgeError> {
    responses(comparison, old, subject);
    requests::ask(comparison, old, new, subject)
}

/// Where the client has a type for the schema.
fn responses(comparison: &mut Comparison, old: &Document, subject: &Subject) {
    for change in &mut comparison.changes {
        let (Verdict::Breaking, Some(Direction::Response)) = (change.verdict, change.direction) else { continue };
        let Some(Witness::Payload(value)) = &change.witness else { continue };
        let schema =
            change.schema.as_ref().and_then(|pointer| old.at(pointer)).and_then(|schema| old.resolve(schema).ok());
        let name = schema.as_ref().and_then(|schema| schema.pointer.as_str().strip_prefix(NAMED).map(str::to_owned));
        change.client = name.filter(|name| !name.contains('/')).and_then(|name| made_of(subject, &name, value));
    }
}

fn made_of(subject: &Subject, name: &str, value: &Value) -> Option<String> {
    let schema = subject.schema(name, client::Direction::Response)?;
    Some(match (schema.decode)(value.to_string().as_bytes()) {
        Err(fault) => format!("an error at {}: {}", fault.pointer, fault.message),
        Ok(decoded) if !decoded.kept.is_empty() => {
            format!("your client survives this and reports {}", listed(&decoded.kept))
        }
        Ok(decoded) if decoded.encoded != *value => {
            format!("your client survives this, and keeps {} of it", decoded.encoded)
        }
        Ok(decoded) if !decoded.strict.is_empty() => {
            format!("your client survives this; strict checking reports {}", listed(&decoded.strict))
        }
        Ok(_) => "your client survives this".to_owned(),
    })
}

fn listed(violations: &[Violation]) -> String {
    violations.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
