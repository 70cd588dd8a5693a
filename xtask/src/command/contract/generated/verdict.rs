//! What became of one document: whose fault it is where something is wrong, and how much was judged.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use super::super::super::Outcome;
use super::build::Broken;
use super::known::Fault;
use crate::annotation::Place;

/// The package of the bindings has no other file.
const BINDINGS: &str = "bindings/src/lib.rs";

/// A document, and what became of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Judged {
    /// The document, as messages show it.
    pub document: String,
    /// What became of it.
    #[serde(flatten)]
    pub verdict: Verdict,
}

/// What became of a document.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum Verdict {
    /// The document is at fault: nothing was generated.
    Refused {
        /// What is wrong with it.
        errors: Vec<String>,
    },
    /// The generator is at fault: the client does not compile.
    NotCompiled {
        /// What the compiler says.
        error: String,
    },
    /// The judge is at fault: it gives no verdict.
    NotJudged {
        /// What it says instead.
        error: String,
    },
    /// The document has nothing of the name that alone is judged.
    Absent,
    /// The client was judged.
    Judged(Findings),
}

/// What the judge found, of its report.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Findings {
    /// How much was judged, by what it is called: schemas, operations, cases, calls.
    pub counts: BTreeMap<String, usize>,
    /// Where client and document differ.
    pub differences: Vec<Found>,
    /// What was not judged.
    pub left_out: Vec<LeftOut>,
}

impl Findings {
    /// Whether they are the judge's; where a line of the bindings does not compile, they are the compiler's.
    pub fn were_judged(&self) -> bool {
        !self.counts.is_empty()
    }
}

/// A difference.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Found {
    /// Who found it.
    pub oracle: String,
    /// What is different.
    pub problem: String,
    /// The schema or operation, and the place in it.
    pub place: String,
    /// The keyword, header, status or the like.
    pub keyword: String,
    /// What was said or done.
    pub detail: String,
    /// Whose fault it is.
    pub whose: Whose,
    /// Where it is in the document.
    #[serde(default)]
    pub at: Option<Place>,
    /// All that is said of it in a few lines.
    #[serde(default)]
    pub message: String,
    /// Which difference it follows from.
    #[serde(default)]
    pub follows: Option<usize>,
    /// Why it is no news, where it is on the list of known faults.
    #[serde(default)]
    pub known: Option<String>,
}

/// Something that was not judged.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LeftOut {
    /// Its name or place.
    pub what: String,
    /// Whose fault it is, if anybody's.
    pub whose: Option<Whose>,
    /// Why.
    pub message: String,
}

/// Whose fault something is, in the report of the judge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Whose {
    /// The document's.
    Document,
    /// The client's, and so the generator's.
    Client,
    /// The judge's.
    Judge,
}

/// The report of the judge, as far as it is of interest here.
#[derive(Deserialize)]
struct Report {
    operations: Vec<IgnoredAny>,
    schemas: Vec<Tally>,
    oracles: Vec<Oracle>,
    differences: Vec<Found>,
    left_out: Vec<LeftOut>,
}

#[derive(Deserialize)]
struct Tally {
    valid: usize,
    faults: usize,
    draws: usize,
}

#[derive(Deserialize)]
struct Oracle {
    counts: BTreeMap<String, usize>,
}

impl Verdict {
    /// Of what does not compile. A line of the bindings is a difference like others, and the compiler's word shows it.
    pub fn of_build(broken: &Broken) -> Self {
        match broken {
            Broken::Client(error) | Broken::Package(error) => Self::NotCompiled { error: error.clone() },
            Broken::Bindings(error) => {
                let line = error.lines().find_map(|line| line.trim().strip_prefix("--> ")).unwrap_or(BINDINGS);
                let difference = Found {
                    oracle: "bindings".to_owned(),
                    problem: "unbound".to_owned(),
                    place: line
                        .rsplit_once(BINDINGS)
                        .map_or_else(|| line.to_owned(), |(_, at)| format!("{BINDINGS}{at}")),
                    keyword: "line".to_owned(),
                    detail: error.clone(),
                    whose: Whose::Client,
                    at: None,
                    message: error.clone(),
                    follows: None,
                    known: None,
                };
                Self::Judged(Findings { differences: vec![difference], ..Findings::default() })
            }
        }
    }

    /// Of the report that the judge has written, where it has.
    pub fn of_report(path: &Path) -> Option<Self> {
        let report: Report = serde_json::from_slice(&std::fs::read(path).ok()?).ok()?;
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        counts.insert("schemas".to_owned(), report.schemas.len());
        counts.insert("operations".to_owned(), report.operations.len());
        let cases = report.schemas.iter().map(|schema| schema.valid + schema.faults + schema.draws).sum();
        counts.insert("cases".to_owned(), cases);
        for (name, count) in report.oracles.into_iter().flat_map(|oracle| oracle.counts) {
            *counts.entry(name).or_default() += count;
        }
        Some(Self::Judged(Findings { counts, differences: report.differences, left_out: report.left_out }))
    }

    /// The exit status of a run that has come to this alone.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Refused { .. } => Outcome::Failed,
            Self::NotCompiled { .. } => Outcome::Broken,
            Self::NotJudged { .. } => Outcome::Unjudged,
            Self::Absent => Outcome::Fine,
            Self::Judged(findings) => {
                let news = || findings.differences.iter().filter(|found| found.known.is_none());
                if news().any(|found| found.whose == Whose::Client) {
                    Outcome::Differs
                } else if findings.left_out.iter().any(|left_out| left_out.whose == Some(Whose::Judge)) {
                    Outcome::Unjudged
                } else if news().next().is_some() {
                    Outcome::Failed
                } else {
                    Outcome::Fine
                }
            }
        }
    }

    /// The differences, those that are known among them.
    pub fn differences(&self) -> &[Found] {
        match self {
            Self::Judged(findings) => &findings.differences,
            _ => &[],
        }
    }

    /// Marks the differences that are on the list; the entries that are no longer real, as far as that was judged.
    pub fn mark<'k>(&mut self, faults: &[&'k Fault]) -> Vec<&'k Fault> {
        let Self::Judged(findings) = self else { return Vec::new() };
        let mut stale = Vec::new();
        for fault in faults {
            let mut covered = findings.differences.iter_mut().filter(|found| fault.covers(found)).peekable();
            if covered.peek().is_none() {
                stale.push(*fault);
            }
            covered.for_each(|found| found.known = Some(fault.reason.clone()));
        }
        if findings.were_judged() { stale } else { Vec::new() }
    }
}

impl fmt::Display for Judged {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let document = &self.document;
        match &self.verdict {
            Verdict::Refused { errors } => {
                let more = if errors.len() > 1 { format!(" (and {} more)", errors.len() - 1) } else { String::new() };
                let first = errors.first().map(String::as_str).unwrap_or_default();
                write!(formatter, "refused       {document}: the document's fault: {first}{more}")
            }
            Verdict::NotCompiled { error } => {
                write!(
                    formatter,
                    "not compiled  {document}: the generator's fault: the client does not compile\n{error}"
                )
            }
            Verdict::NotJudged { error } => {
                write!(formatter, "not judged    {document}: the judge's fault: {error}")
            }
            Verdict::Absent => {
                write!(formatter, "absent        {document}: no schema and no operation of this name")
            }
            Verdict::Judged(findings) => {
                let count = |whose| {
                    findings.differences.iter().filter(|found| found.known.is_none() && found.whose == whose).count()
                };
                let known = findings.differences.iter().filter(|found| found.known.is_some()).count();
                let mut parts = Vec::new();
                for (count, what) in [
                    (count(Whose::Client), "of the client's, the generator's fault"),
                    (count(Whose::Document), "of the document's with itself"),
                    (known, "known"),
                    (findings.left_out.len(), "not judged"),
                ] {
                    if count > 0 {
                        parts.push(format!("{count} {what}"));
                    }
                }
                let verdict = match self.verdict.outcome() {
                    Outcome::Fine => "fine          ",
                    Outcome::Unjudged => "not judged    ",
                    _ => "differs       ",
                };
                let parts = if parts.is_empty() { "no difference".to_owned() } else { parts.join(", ") };
                write!(formatter, "{verdict}{document}: {parts}")
            }
        }
    }
}
