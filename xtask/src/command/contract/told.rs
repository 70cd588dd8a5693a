//! What `contract` has found, for programs: from the report that the judge has written.

use std::path::Path;

use serde::Deserialize;

use crate::annotation::{Annotation, Format, Place, Severity, tell_as};
use crate::terminal::tell;

/// The command that has found it.
pub const COMMAND: &str = "contract";

/// The judge's report on a client, as far as it is of interest here.
#[derive(Deserialize)]
struct Report {
    document: String,
    #[serde(default)]
    differences: Vec<Found>,
    #[serde(default)]
    left_out: Vec<Diagnostic>,
    /// Of a report on the schemas alone.
    #[serde(default)]
    judged: Vec<Schema>,
}

#[derive(Deserialize)]
struct Found {
    oracle: String,
    problem: String,
    message: String,
    at: Option<Place>,
    follows: Option<usize>,
}

#[derive(Deserialize)]
struct Schema {
    diagnostics: Vec<Diagnostic>,
}

#[derive(Deserialize)]
struct Diagnostic {
    message: String,
    place: Option<Place>,
    help: Option<String>,
    /// Whose fault it is; nobody's where nothing is to be done about it.
    whose: Option<String>,
}

/// Tells what the report says. Where there is none, whoever should have written it has said why.
pub fn report(format: Format, path: &Path) {
    let Ok(text) = std::fs::read_to_string(path) else { return };
    match format {
        Format::Text => {}
        Format::Json => tell(format_args!("{}", text.trim_end())),
        Format::Github | Format::Sarif => {
            if let Ok(report) = serde_json::from_str::<Report>(&text) {
                tell_as(format, COMMAND, &report.annotations());
            }
        }
    }
}

/// A cause; what follows from it is in its message.
pub fn difference(oracle: &str, problem: &str, message: &str, place: Place) -> Annotation {
    let (rule, message) = (format!("{oracle}/{problem}"), message.to_owned());
    Annotation { rule, severity: Severity::Error, place, before: None, message }
}

impl Report {
    fn annotations(&self) -> Vec<Annotation> {
        let file = || Place { file: self.document.clone(), position: None };
        let causes = self.differences.iter().filter(|found| found.follows.is_none());
        let differences = causes.map(|Found { oracle, problem, message, at, .. }| {
            difference(oracle, problem, message, at.clone().unwrap_or_else(file))
        });
        let told = |diagnostic: &Diagnostic, rule: &str, severity| Annotation {
            rule: rule.to_owned(),
            severity,
            place: diagnostic.place.clone().unwrap_or_else(file),
            before: None,
            message: [Some(diagnostic.message.as_str()), diagnostic.help.as_deref()]
                .map(Option::unwrap_or_default)
                .join("\n")
                .trim_end()
                .to_owned(),
        };
        let left_out = self.left_out.iter().map(|left_out| {
            let severity = if left_out.whose.is_some() { Severity::Error } else { Severity::Warning };
            told(left_out, "not-judged", severity)
        });
        let schemas = self.judged.iter().flat_map(|schema| &schema.diagnostics);
        differences.chain(left_out).chain(schemas.map(|one| told(one, "schema", Severity::Error))).collect()
    }
}
