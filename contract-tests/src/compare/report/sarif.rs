//! Changes as SARIF 2.1.0.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::line;
use crate::compare::change::{Change, Comparison, Spot, Verdict};

/// The log of one comparison.
pub(super) fn log(comparison: &Comparison) -> Value {
    let kinds: BTreeSet<&str> = comparison.changes.iter().map(|change| change.kind).collect();
    let rules: Vec<Value> = kinds.into_iter().map(|kind| json!({ "id": kind })).collect();
    let results: Vec<Value> = comparison.changes.iter().map(result).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{ "tool": { "driver": { "name": "contract-tests compare", "rules": rules } }, "results": results }],
    })
}

fn result(change: &Change) -> Value {
    let level = match change.verdict {
        Verdict::Breaking => "error",
        Verdict::Undecided => "warning",
        Verdict::Compatible => "note",
    };
    let mut text = format!("{}: {}", change.subjects.join(", "), change.what);
    if let Some(witness) = &change.witness {
        text.push_str(&format!("; witness: {}", line(witness)));
    }
    let locations: Vec<Value> = location(&change.new).into_iter().collect();
    let related: Vec<Value> = location(&change.old).into_iter().collect();
    json!({
        "ruleId": change.kind,
        "level": level,
        "message": { "text": text },
        "locations": locations,
        "relatedLocations": related,
    })
}

fn location(spot: &Spot) -> Option<Value> {
    let place = spot.place.as_ref()?;
    Some(json!({ "physicalLocation": {
        "artifactLocation": { "uri": place.file.replace('\\', "/") },
        "region": { "startLine": place.line, "startColumn": place.column },
    } }))
}
