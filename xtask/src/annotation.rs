//! What a command has found, for programs: annotations of a GitHub workflow, and SARIF 2.1.0.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::terminal::{tell, visible};

/// How a command tells what it has found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// To people.
    #[default]
    Text,
    /// As JSON with a version.
    Json,
    /// As annotations of a GitHub workflow.
    Github,
    /// As SARIF 2.1.0.
    Sarif,
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    Error,
    Warning,
    /// Nothing to be done: an annotation of a workflow says nothing of it.
    Note,
}

/// One finding.
#[derive(Debug, Clone)]
pub struct Annotation {
    /// The rule, or whatever stands for one.
    pub rule: String,
    pub severity: Severity,
    /// Where; the file alone where nothing more is known.
    pub place: Place,
    /// Where it was before, where that is another place.
    pub before: Option<Place>,
    /// What is wrong, and what to do about it.
    pub message: String,
}

/// A file, with the line and the column where they are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub file: String,
    pub position: Option<(usize, usize)>,
}

impl Place {
    /// `FILE:LINE:COLUMN`, or a file alone.
    pub fn of(text: &str) -> Self {
        let mut parts = text.rsplitn(3, ':');
        let (column, line, file) = (parts.next(), parts.next(), parts.next());
        let number = |part: Option<&str>| part?.parse().ok();
        match (file, number(line), number(column)) {
            (Some(file), Some(line), Some(column)) => Self { file: file.to_owned(), position: Some((line, column)) },
            _ => Self { file: text.to_owned(), position: None },
        }
    }
}

/// A place is a string in reports.
impl Serialize for Place {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.position {
            Some((line, column)) => serializer.collect_str(&format_args!("{}:{line}:{column}", self.file)),
            None => serializer.collect_str(&self.file),
        }
    }
}

impl<'de> Deserialize<'de> for Place {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::of(&String::deserialize(deserializer)?))
    }
}

impl Severity {
    /// The word for it in both forms.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// Tells findings in one of the two forms; the rules are those of the findings.
pub fn tell_as(format: Format, command: &str, found: &[Annotation]) {
    if format == Format::Github {
        let lines = github(found);
        if !lines.is_empty() {
            tell(format_args!("{}", lines.trim_end()));
        }
        return;
    }
    let rules: BTreeSet<&str> = found.iter().map(|annotation| annotation.rule.as_str()).collect();
    let rules: Vec<Value> = rules.into_iter().map(|rule| json!({ "id": rule })).collect();
    tell(format_args!("{:#}", sarif(command, &rules, found)));
}

/// A line for each finding, which GitHub shows beside the line of the document.
pub fn github(annotations: &[Annotation]) -> String {
    let line = |annotation: &Annotation| {
        let Annotation { rule, severity, place, message, .. } = annotation;
        let position = place.position.map(|(line, column)| format!(",line={line},col={column}")).unwrap_or_default();
        let (file, rule, message) = (property(&place.file), property(rule), data(message));
        format!("::{} file={file}{position},title={rule}::{message}\n", severity.word())
    };
    annotations.iter().filter(|annotation| annotation.severity != Severity::Note).map(line).collect()
}

/// A message, escaped as workflow commands ask.
fn data(text: &str) -> String {
    visible(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// All findings of a command as a log of static analysis, which code scanning takes.
pub fn sarif(command: &str, rules: &[Value], annotations: &[Annotation]) -> Value {
    let location = |place: &Place| {
        let mut physical = json!({ "artifactLocation": { "uri": visible(&place.file) } });
        if let Some((line, column)) = place.position {
            physical["region"] = json!({ "startLine": line, "startColumn": column });
        }
        json!({ "physicalLocation": physical })
    };
    let results = annotations.iter().map(|annotation| {
        let Annotation { rule, severity, place, before, message } = annotation;
        let mut result = json!({
            "ruleId": rule,
            "level": severity.word(),
            "message": { "text": visible(message) },
            "locations": [location(place)],
        });
        if let Some(before) = before {
            result["relatedLocations"] = json!([location(before)]);
        }
        result
    });
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": format!("cargo xtask {command}"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": results.collect::<Vec<_>>(),
        }],
    })
}

#[cfg(test)]
mod tests {
    use super::{Annotation, Place, Severity, github, sarif};

    #[test]
    fn a_place_is_read_from_behind() {
        assert_eq!(Place::of("C:/a b.yaml:3:14"), Place { file: "C:/a b.yaml".into(), position: Some((3, 14)) });
        assert_eq!(Place::of("a:b.yaml"), Place { file: "a:b.yaml".into(), position: None });
    }

    #[test]
    fn no_text_makes_a_line_or_a_property_of_its_own() {
        let place = Place { file: "a,line=9::b\n.yaml".into(), position: None };
        let message = "100 %\n::error::\u{1b}[2J".to_owned();
        let found = [Annotation { rule: "a:b".into(), severity: Severity::Warning, place, before: None, message }];
        let line = "::warning file=a%2Cline=9%3A%3Ab%0A.yaml,title=a%3Ab::100 %25%0A::error::\\u{1b}[2J\n";
        assert_eq!(github(&found), line);
        let result = &sarif("lint", &[], &found)["runs"][0]["results"][0];
        assert!(result["locations"][0]["physicalLocation"].get("region").is_none(), "{result}");
    }
}
