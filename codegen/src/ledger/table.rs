//! The ledger's tables: a row for each keyword.

use std::borrow::Cow;

use serde_json::Value;

use crate::claim::Claim;
use crate::keyword::checks;
use crate::markdown::{phrase, quoted};
use crate::spec::Kind;
use crate::spec::claims::claims;

/// How many characters of a value a row shows.
const WIDEST: usize = 1_000;

/// How many members or items of a value a row shows.
const MOST: usize = 100;

/// A keyword, what it says, and what honours it.
#[derive(Debug, Clone)]
pub struct Row {
    keyword: String,
    value: String,
    claims: Vec<Claim>,
}

impl Row {
    /// The row of a keyword of an object, with the claims that are made of it there.
    pub fn new(kind: Kind, keyword: &str, value: &Value, object: &Value) -> Self {
        Self {
            keyword: checks::written(keyword).to_owned(),
            value: shown(keyword, value),
            claims: claims(kind, keyword, Some(object)),
        }
    }

    /// Whether it is the row of a keyword.
    pub fn is_of(&self, keyword: &str) -> bool {
        self.keyword == keyword
    }

    /// Whether anything honours it.
    pub fn is_honoured(&self) -> bool {
        !self.claims.is_empty()
    }

    /// Takes back all claims but that of the documentation.
    pub fn only_told(&mut self) {
        self.claims.retain(|known| *known == Claim::Documentation);
    }

    /// Takes back a claim that holds of the keyword, but not here.
    pub fn without(&mut self, claim: Claim) {
        self.claims.retain(|known| *known != claim);
    }
}

/// A row for each keyword of an object, save those that stand elsewhere in the ledger.
pub fn rows(kind: Kind, object: &Value, elsewhere: &[&str]) -> Vec<Row> {
    let entries = object.as_object().into_iter().flatten();
    let told = entries.filter(|(keyword, _)| !elsewhere.contains(&keyword.as_str()) && *keyword != "$ref");
    // Extensions that nothing reads say something about the document, not about the API.
    let told = told.filter(|(keyword, _)| !keyword.starts_with("x-") || !claims(kind, keyword, None).is_empty());
    told.map(|(keyword, value)| Row::new(kind, keyword, value, object)).collect()
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
        let keyword = phrase(Some(keyword)).unwrap_or_default();
        for part in ["| ", &cell(&keyword), " | ", &cell(value), " | ", &by, " |\n"] {
            text.push_str(part);
        }
    }
    text.push('\n');
}

/// What a keyword says: the author's sentences as they are, values as code, objects by the names of their members.
fn shown(keyword: &str, value: &Value) -> String {
    let listed = |items: &mut dyn Iterator<Item = String>| items.collect::<Vec<_>>().join(", ");
    match value {
        Value::String(text) if matches!(keyword, "description" | "summary" | "title" | "x-deprecated-reason") => {
            phrase(Some(&clipped(text))).unwrap_or_default()
        }
        Value::Object(members) => listed(&mut members.keys().take(MOST).map(|name| quoted(&clipped(name)))),
        Value::Array(items) => listed(&mut items.iter().take(MOST).map(|item| quoted(&clipped(&bare(item))))),
        scalar => quoted(&clipped(&bare(scalar))),
    }
}

fn bare(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A line in a cell of a table, where a bar ends the cell even within code.
fn cell(line: &str) -> Cow<'_, str> {
    if !line.contains('|') {
        return line.into();
    }
    let mut written = String::with_capacity(line.len());
    let mut escapes = false;
    for character in line.chars() {
        if character == '|' && !escapes {
            written.push('\\');
        }
        escapes = character == '\\' && !escapes;
        written.push(character);
    }
    written.into()
}

fn clipped(text: &str) -> String {
    if text.len() <= WIDEST {
        return text.to_owned();
    }
    match text.char_indices().nth(WIDEST) {
        Some((end, _)) => format!("{} …", &text[..end]),
        None => text.to_owned(),
    }
}
