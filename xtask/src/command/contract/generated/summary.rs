//! All documents of a run: what became of each, how much was judged, and the differences by kind.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::super::super::Outcome;
use super::super::told;
use super::GeneratedError;
use super::verdict::{Judged, Verdict, Whose};
use crate::annotation::{Annotation, Format, Place, tell_as};
use crate::terminal::tell;

/// What is said of an entry of the list of known faults that covers nothing.
pub const NO_LONGER_REAL: &str = "no longer real, take it off the list of known faults";

/// What is said of a document that has nothing of the name that alone is judged.
const ABSENT: &str = "without that name";

/// The summary of a run.
#[derive(Debug, Serialize)]
pub struct Summary {
    /// The version of the summary's form.
    version: u32,
    /// The documents, as they were given.
    pub documents: Vec<Judged>,
    /// How many documents ended in which way.
    outcomes: BTreeMap<&'static str, usize>,
    /// How much was judged in all.
    counts: BTreeMap<String, usize>,
    /// The differences by kind: who found what of which keyword, and in how many documents.
    differences: BTreeMap<String, Kind>,
    /// The entries of the list of known faults that are no longer real.
    pub stale: Vec<String>,
}

/// The differences of one kind.
#[derive(Debug, Default, Serialize)]
struct Kind {
    /// How many.
    count: usize,
    /// In how many documents.
    documents: usize,
    /// How many of them are known.
    known: usize,
}

impl Summary {
    /// Of all documents of a run.
    pub fn of(documents: Vec<Judged>, stale: Vec<String>) -> Self {
        let mut outcomes = BTreeMap::new();
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let mut differences: BTreeMap<String, Kind> = BTreeMap::new();
        for Judged { verdict, .. } in &documents {
            *outcomes.entry(ended(verdict)).or_default() += 1;
            if let Verdict::Judged(findings) = verdict {
                for (name, count) in &findings.counts {
                    *counts.entry(name.clone()).or_default() += count;
                }
            }
            let mut seen = Vec::new();
            for found in verdict.differences() {
                let whose = if found.whose == Whose::Document { "the document's: " } else { "" };
                let name = format!("{whose}{}: {} {}", found.oracle, found.problem, found.keyword);
                let kind = differences.entry(name.clone()).or_default();
                kind.count += 1;
                kind.known += usize::from(found.known.is_some());
                if !seen.contains(&name) {
                    kind.documents += 1;
                    seen.push(name);
                }
            }
        }
        Self { version: 1, documents, outcomes, counts, differences, stale }
    }

    /// The exit status: that of the worst document. What stands first is the worst.
    pub fn outcome(&self) -> Outcome {
        let has = |outcome: &Outcome| self.documents.iter().any(|judged| judged.verdict.outcome() == *outcome);
        if !self.stale.is_empty() && !has(&Outcome::Broken) {
            return Outcome::Differs;
        }
        let of_none = |judged: &Judged| matches!(judged.verdict, Verdict::Absent | Verdict::Refused { .. });
        if self.documents.iter().all(of_none) && self.outcomes.contains_key(ABSENT) {
            return Outcome::WrongUsage;
        }
        let worst = [Outcome::Broken, Outcome::Differs, Outcome::Unjudged, Outcome::Failed];
        worst.into_iter().find(has).unwrap_or(Outcome::Fine)
    }
}

impl Summary {
    /// Tells programs what became of the documents.
    pub fn tell(&self, format: Format) -> Result<(), GeneratedError> {
        match format {
            Format::Text => {}
            Format::Json => match serde_json::to_string_pretty(self) {
                Ok(text) => tell(format_args!("{text}")),
                Err(error) => {
                    return Err(GeneratedError::Io { path: "the summary".to_owned(), source: error.into() });
                }
            },
            Format::Github | Format::Sarif => {
                let found: Vec<Annotation> = self.documents.iter().flat_map(Judged::annotations).collect();
                tell_as(format, told::COMMAND, &found);
            }
        }
        Ok(())
    }
}

impl Judged {
    /// What is wrong with a document or its client, and no news.
    fn annotations(&self) -> Vec<Annotation> {
        let file = || Place { file: self.document.clone(), position: None };
        let of = |rule: &str, message: &str| vec![told::difference(rule, ended(&self.verdict), message, file())];
        match &self.verdict {
            Verdict::Refused { errors } => of("document", &errors.join("\n")),
            Verdict::NotCompiled { error } => of("client", error),
            Verdict::NotJudged { error } => of("judge", error),
            Verdict::Absent => Vec::new(),
            Verdict::Judged(findings) => {
                let causes =
                    findings.differences.iter().filter(|found| found.follows.is_none() && found.known.is_none());
                let told = causes.map(|found| {
                    let place = found.at.clone().unwrap_or_else(file);
                    told::difference(&found.oracle, &found.problem, &found.message, place)
                });
                let left_out = findings.left_out.iter().filter(|left_out| left_out.whose.is_some());
                told.chain(left_out.map(|one| told::difference("judge", "not-judged", &one.message, file()))).collect()
            }
        }
    }
}

fn ended(verdict: &Verdict) -> &'static str {
    match (verdict, verdict.outcome()) {
        (Verdict::Refused { .. }, _) => "refused",
        (Verdict::NotCompiled { .. }, _) => "not compiled",
        (Verdict::Absent, _) => ABSENT,
        (_, Outcome::Unjudged) => "not judged",
        (_, Outcome::Differs) => "differ from their clients",
        (_, Outcome::Fine) => "fine",
        _ => "contradict themselves",
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let listed = |counts: Vec<(&str, &usize)>| {
            let all: Vec<String> = counts.into_iter().map(|(name, count)| format!("{count} {name}")).collect();
            all.join(", ")
        };
        let outcomes = self.outcomes.iter().map(|(name, count)| (*name, count)).collect();
        writeln!(formatter, "{} documents: {}", self.documents.len(), listed(outcomes))?;
        let counts = self.counts.iter().map(|(name, count)| (name.as_str(), count)).collect::<Vec<_>>();
        if !counts.is_empty() {
            writeln!(formatter, "judged: {}", listed(counts))?;
        }
        for (name, Kind { count, documents, known }) in &self.differences {
            let known = if *known > 0 { format!(", {known} known") } else { String::new() };
            writeln!(formatter, "  {count:>5} in {documents:>3} documents{known}  {name}")?;
        }
        for entry in &self.stale {
            writeln!(formatter, "{NO_LONGER_REAL}: {entry}")?;
        }
        Ok(())
    }
}
