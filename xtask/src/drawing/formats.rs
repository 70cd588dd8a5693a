//! Diagnostics for programs: JSON, annotations of a GitHub workflow, and SARIF 2.1.0.

use codegen::diagnostic::{Diagnostic, Level};
use serde_json::{Value, json};

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

/// A line for each diagnostic, which GitHub shows beside the line of the document.
pub fn github(source: &Source, diagnostics: &[Diagnostic]) -> String {
    let line = |diagnostic: &Diagnostic| {
        let Diagnostic { rule, level, location, message, help, .. } = diagnostic;
        let help = if help.is_empty() { String::new() } else { format!("\nhelp: {help}") };
        format!(
            "::{level} file={},line={},col={},title={}::{}\n",
            property(&source.shown_of(location.file)),
            location.line,
            location.column,
            property(rule),
            data(&format!("{message}{help}"))
        )
    };
    diagnostics.iter().map(line).collect()
}

/// A message, escaped as workflow commands ask.
fn data(text: &str) -> String {
    visible(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// All diagnostics as a log of static analysis, which code scanning takes. The rules are all that there are.
pub fn sarif(source: &Source, diagnostics: &[Diagnostic]) -> Value {
    let level = |level: Level| if level == Level::Error { "error" } else { "warning" };
    let rules = codegen::lint::rules().iter().map(|rule| {
        json!({
            "id": rule.id,
            "shortDescription": { "text": rule.description },
            "defaultConfiguration": { "level": level(rule.level) },
        })
    });
    let results = diagnostics.iter().map(|diagnostic| {
        json!({
            "ruleId": diagnostic.rule,
            "level": level(diagnostic.level),
            "message": { "text": visible(&format!("{}\n{}", diagnostic.message, diagnostic.help)).trim_end() },
            "locations": [{ "physicalLocation": {
                "artifactLocation": { "uri": visible(&source.shown_of(diagnostic.location.file)) },
                "region": { "startLine": diagnostic.location.line, "startColumn": diagnostic.location.column },
            } }],
        })
    });
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "cargo xtask lint", "rules": rules.collect::<Vec<_>>() } },
            "columnKind": "unicodeCodePoints",
            "results": results.collect::<Vec<_>>(),
        }],
    })
}
