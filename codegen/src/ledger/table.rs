//! The ledger's tables: a row for each keyword.

use serde_json::Value;

use crate::claim::Claim;
use crate::spec::Kind;
use crate::spec::claims::claims;

/// How much of a value a row shows.
const WIDEST: usize = 1_000;

/// A keyword, what it says, and what honours it.
#[derive(Debug, Clone)]
pub struct Row {
    keyword: String,
    value: String,
    claims: &'static [Claim],
}

impl Row {
    /// The row of a keyword of an object.
    pub fn new(kind: Kind, keyword: &str, value: &Value) -> Self {
        Self { keyword: keyword.to_owned(), value: shown(keyword, value), claims: claims(kind, keyword, Some(value)) }
    }
}

/// A row for each keyword of an object, save those that stand elsewhere in the ledger.
pub fn rows(kind: Kind, object: &Value, elsewhere: &[&str]) -> Vec<Row> {
    let entries = object.as_object().into_iter().flatten();
    let told = entries.filter(|(keyword, _)| !elsewhere.contains(&keyword.as_str()) && *keyword != "$ref");
    // Extensions that nothing reads say something about the document, not about the API.
    let told = told.filter(|(keyword, _)| !keyword.starts_with("x-") || !claims(kind, keyword, None).is_empty());
    told.map(|(keyword, value)| Row::new(kind, keyword, value)).collect()
}

/// Writes a table under a heading of its own; a heading alone where there is nothing to say.
pub fn write(text: &mut String, heading: &str, rows: &[Row]) {
    text.push_str(&format!("#### {heading}\n\n"));
    if rows.is_empty() {
        return;
    }
    text.push_str("| The document says | | Honoured by |\n|---|---|---|\n");
    for Row { keyword, value, claims } in rows {
        let by: Vec<&str> = claims.iter().map(|claim| claim.name()).collect();
        let by = if by.is_empty() { "nothing: see the document's reason".to_owned() } else { by.join(", ") };
        text.push_str(&format!("| {} | {value} | {by} |\n", escaped(keyword)));
    }
    text.push('\n');
}

/// What a keyword says, in a cell: words as they are, values as code, objects by the names of their members.
fn shown(keyword: &str, value: &Value) -> String {
    let text = match value {
        Value::String(text) if matches!(keyword, "description" | "summary" | "title" | "x-deprecated-reason") => {
            escaped(&text.split_whitespace().collect::<Vec<_>>().join(" "))
        }
        Value::Object(members) => members.keys().map(|name| format!("`{}`", code(name))).collect::<Vec<_>>().join(", "),
        Value::Array(items) => {
            items.iter().map(|item| format!("`{}`", code(&bare(item)))).collect::<Vec<_>>().join(", ")
        }
        scalar => format!("`{}`", code(&bare(scalar))),
    };
    clipped(&text)
}

fn bare(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Text within backticks in a table's cell.
fn code(text: &str) -> String {
    text.replace('`', "'").replace('|', "\\|").replace(['\n', '\r'], " ")
}

/// Text in Markdown that no character of it changes.
pub fn escaped(text: &str) -> String {
    text.replace('|', "\\|").replace('<', "&lt;").replace(['\n', '\r'], " ")
}

fn clipped(text: &str) -> String {
    if text.chars().count() <= WIDEST {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(WIDEST).collect();
    // A cut within code would leave the rest of the table in it.
    if short.matches('`').count() % 2 == 1 {
        short.push('`');
    }
    format!("{short} …")
}
