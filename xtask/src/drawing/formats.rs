//! Diagnostics for programs.

use codegen::diagnostic::{Diagnostic, Level};
use serde_json::{Value, json};

use crate::annotation::{Annotation, Place, Severity};
use crate::source::Source;
use crate::terminal::visible;

/// The version of the JSON, which grows where a reader of an older one would be wrong about it.
const VERSION: u32 = 1;

/// All diagnostics of a document as one JSON value.
pub fn json(source: &Source, diagnostics: &[Diagnostic]) -> Value {
    let listed = diagnostics.iter().map(|diagnostic| {
        let Diagnostic { rule, level, pointer, location, message, help } = diagnostic;
        json!({
            "rule": rule,
            "level": level,
            "file": visible(&source.shown_of(location.file)),
            "line": location.line,
            "column": location.column,
            "pointer": visible(pointer.as_str()),
            "message": visible(message),
            "help": visible(help),
        })
    });
    json!({ "version": VERSION, "diagnostics": listed.collect::<Vec<_>>() })
}

/// All diagnostics as programs take findings.
pub fn annotations(source: &Source, diagnostics: &[Diagnostic]) -> Vec<Annotation> {
    let annotation = |diagnostic: &Diagnostic| {
        let Diagnostic { rule, level, location, message, help, .. } = diagnostic;
        let help = if help.is_empty() { String::new() } else { format!("\nhelp: {help}") };
        let position = Some((location.line, location.column));
        Annotation {
            rule: (*rule).to_owned(),
            severity: severity(*level),
            place: Place { file: source.shown_of(location.file), position },
            before: None,
            message: format!("{message}{help}"),
        }
    };
    diagnostics.iter().map(annotation).collect()
}

/// All rules that there are, as SARIF describes them.
pub fn rules() -> Vec<Value> {
    let rules = codegen::lint::rules().iter().map(|rule| {
        json!({
            "id": rule.id,
            "shortDescription": { "text": rule.description },
            "defaultConfiguration": { "level": severity(rule.level).word() },
        })
    });
    rules.collect()
}

fn severity(level: Level) -> Severity {
    if level == Level::Error { Severity::Error } else { Severity::Warning }
}
