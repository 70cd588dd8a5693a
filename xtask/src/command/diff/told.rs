//! What `diff` has found, for programs: from the report that the judge has written.

use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use crate::annotation::{Annotation, Format, Place, Severity, tell_as};

/// How many details of a change are told.
const DETAILS: usize = 3;
/// How much of a witness is told.
const WITNESS: usize = 300;

/// The judge's report, as far as it is of interest here.
#[derive(Deserialize)]
struct Report {
    new: String,
    changes: Vec<Change>,
}

#[derive(Deserialize)]
struct Change {
    verdict: Verdict,
    kind: String,
    subjects: Vec<String>,
    what: String,
    details: Vec<String>,
    witness: Option<Value>,
    reason: Option<String>,
    old: Spot,
    new: Spot,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Verdict {
    Breaking,
    Undecided,
    Compatible,
}

#[derive(Deserialize)]
struct Spot {
    place: Option<Place>,
}

/// Tells the changes of a report. Where there is none, whoever should have written it has said why.
pub fn report(format: Format, path: &Path) {
    let report = std::fs::read(path).ok().and_then(|text| serde_json::from_slice::<Report>(&text).ok());
    if let Some(Report { new, changes }) = report {
        let found: Vec<Annotation> = changes.into_iter().map(|change| change.annotation(&new)).collect();
        tell_as(format, "diff", &found);
    }
}

impl Change {
    /// Where it is now, or where it was if it is no longer there.
    fn annotation(self, document: &str) -> Annotation {
        let mut lines = vec![format!("{}: {}", self.subjects.join(", "), self.what)];
        lines.extend(self.details.into_iter().take(DETAILS));
        lines.extend(self.witness.as_ref().map(|witness| format!("witness: {}", line(witness))));
        lines.extend(self.reason.map(|reason| format!("reason: {reason}")));
        let (now, before) = match (self.new.place, self.old.place) {
            (None, Some(before)) => (before, None),
            (now, before) => (now.unwrap_or_else(|| Place { file: document.to_owned(), position: None }), before),
        };
        Annotation {
            rule: self.kind,
            severity: match self.verdict {
                Verdict::Breaking => Severity::Error,
                Verdict::Undecided => Severity::Warning,
                Verdict::Compatible => Severity::Note,
            },
            place: now,
            before,
            message: lines.join("\n"),
        }
    }
}

/// A witness in a line: a payload, or the request or response as it is told.
fn line(witness: &Value) -> String {
    let inner = witness.as_object().and_then(|kinds| kinds.values().next()).unwrap_or(witness);
    let text = if witness.get("payload").is_some() {
        inner.to_string()
    } else {
        inner.as_str().unwrap_or_default().to_owned()
    };
    match text.char_indices().nth(WITNESS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
