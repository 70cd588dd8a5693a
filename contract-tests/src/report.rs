//! What was judged, by whom, with which seed, and how to see the same again: as text of a screenful, as JSON, as JUnit XML.

mod junit;
mod smallest;
mod verdicts;

use std::fmt::{self, Write as _};
use std::path::Path;

use serde::Serialize;

use crate::bindings::matrix::chance::Chance;
use crate::bindings::matrix::{self, Tried};
use crate::cases::Uncovered;
use crate::deviations::Deviation;
use crate::difference::Difference;
use crate::document::{Document, OWN_DOCUMENT};
use crate::ground::Plan;
use crate::judge::stale;
use junit::Junit;
use smallest::smallest;
pub use verdicts::Verdict;
use verdicts::verdicts;

/// How many differences are shown as text; JSON has them all.
const SHOWN: usize = 12;
/// How much of a payload is shown as text.
const EXCERPT: usize = 400;

/// What judging came to.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The document.
    pub document: String,
    /// How many draws, from which seed.
    pub plan: Plan,
    /// Who judged.
    pub oracles: Vec<&'static str>,
    /// What was judged, schema by schema.
    pub schemas: Vec<SchemaTally>,
    /// How many calls were made over a socket.
    pub calls: usize,
    /// What came of the failure matrix, row by row; empty where it was not tried.
    pub matrix: Vec<Tried>,
    /// What came of made-up answers and bodies.
    pub chance: Chance,
    /// The differences that are on no list, each kind at each place once.
    pub differences: Vec<Found>,
    /// The differences that the list of deviations covers.
    pub deviations: Vec<Found>,
    /// The entries of that list that cover nothing.
    pub stale: Vec<String>,
    /// The command that does the same again.
    pub repeat: String,
}

/// What was judged of one schema.
#[derive(Debug, Serialize)]
pub struct SchemaTally {
    /// Its name.
    pub name: String,
    /// How many enumerated payloads conform.
    pub valid: usize,
    /// How many enumerated payloads have one fault.
    pub faults: usize,
    /// How many payloads were drawn.
    pub draws: u32,
    /// The share of values that were refused while drawing.
    pub rejected_draws: f64,
    /// The constraints that no case shows alone.
    pub uncovered: Vec<Uncovered>,
}

/// A difference, with the first payload that shows it.
#[derive(Debug, Serialize)]
pub struct Found {
    /// The difference.
    #[serde(flatten)]
    pub difference: Difference,
    /// How many payloads or calls show it.
    pub times: usize,
    /// Why it is tolerated, where it is.
    pub reason: Option<&'static str>,
    /// What every oracle says of the payload.
    pub verdicts: Vec<Verdict>,
}

impl Report {
    /// Sorts the differences into known and unknown ones.
    pub fn new(
        document: &str,
        plan: Plan,
        schemas: Vec<SchemaTally>,
        calls: usize,
        differences: Vec<Difference>,
        known: &'static [Deviation],
    ) -> Self {
        // Of the failure matrix nothing is known before it was tried.
        let stale = stale(known, |oracle| oracle != "matrix", &differences);
        let (deviations, differences) = sorted(differences, known);
        let which = if document == OWN_DOCUMENT { String::new() } else { format!(" --document {document}") };
        let repeat = format!("cargo xtask contract{which} --cases {} --seed {}", plan.cases, plan.seed);
        let matrix = Vec::new();
        let oracles =
            vec!["document", "derived", "client", "constructors", "wire", "interface", "documentation", "unread"];
        Self {
            document: document.into(),
            plan,
            oracles,
            schemas,
            calls,
            matrix,
            chance: Chance::default(),
            differences,
            deviations,
            stale,
            repeat,
        }
    }

    /// The same with what came of the failure matrix.
    pub fn with_matrix(mut self, tried: Vec<Tried>, mut chance: Chance, known: &'static [Deviation]) -> Self {
        let mut found = matrix::differences(&tried);
        found.append(&mut chance.differences);
        self.stale.extend(stale(known, |oracle| oracle == "matrix", &found));
        let (deviations, differences) = sorted(found, known);
        self.deviations.extend(deviations);
        self.differences.extend(differences);
        self.oracles.push("matrix");
        self.matrix = tried;
        self.chance = chance;
        self
    }

    /// Whether the client keeps every promise that isn't on the list.
    pub fn passed(&self) -> bool {
        self.differences.is_empty()
    }

    /// The same with each payload that shows a difference made small, and with what every oracle says of it.
    pub fn with_verdicts(mut self, document: &Document) -> Self {
        for found in &mut self.differences {
            if let Some(smaller) = smallest(document, &found.difference) {
                found.difference = smaller;
            }
            found.verdicts = verdicts(document, &found.difference);
        }
        self
    }

    /// Writes `contract.json`, `contract.txt` with the whole failure matrix, and `contract.xml` for JUnit's readers.
    pub fn write(&self, directory: &Path) -> std::io::Result<()> {
        std::fs::create_dir_all(directory)?;
        std::fs::write(directory.join("contract.json"), serde_json::to_string_pretty(self)? + "\n")?;
        std::fs::write(directory.join("contract.xml"), Junit(self).to_string())?;
        std::fs::write(directory.join("contract.txt"), {
            let rows: String = self.matrix.iter().map(|tried| format!("{tried}\n")).collect();
            format!("{self}{rows}")
        })
    }
}

/// Each kind of difference at each place once, the known ones first.
fn sorted(differences: Vec<Difference>, known: &'static [Deviation]) -> (Vec<Found>, Vec<Found>) {
    let mut found: Vec<Found> = Vec::new();
    for difference in differences {
        match found.iter_mut().find(|known| known.difference.key() == difference.key()) {
            Some(same) => same.times += 1,
            None => {
                let reason =
                    known.iter().find(|deviation| deviation.covers(&difference)).map(|deviation| deviation.reason);
                found.push(Found { difference, times: 1, reason, verdicts: Vec::new() });
            }
        }
    }
    found.into_iter().partition(|found| found.reason.is_some())
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{} judged by {}", self.document, self.oracles.join(", "))?;
        writeln!(formatter, "  {:<24}{:>7}{:>8}{:>8}{:>10}", "schema", "valid", "faults", "draws", "rejected")?;
        for schema in &self.schemas {
            let rejected = format!("{:.1} %", schema.rejected_draws * 100.0);
            writeln!(
                formatter,
                "  {:<24}{:>7}{:>8}{:>8}{rejected:>10}",
                schema.name, schema.valid, schema.faults, schema.draws
            )?;
            for open in &schema.uncovered {
                writeln!(formatter, "    no case for {} at {} alone ({})", open.keyword, open.pointer, open.verdict)?;
            }
        }
        writeln!(formatter, "  {} calls over a socket", self.calls)?;
        if !self.matrix.is_empty() {
            let right = self.matrix.iter().filter(|tried| tried.wrong.is_empty()).count();
            writeln!(formatter, "  {} rows of the failure matrix, {right} as they must be", self.matrix.len())?;
            writeln!(formatter, "  {} made-up answers, {} made-up bodies", self.chance.answers, self.chance.bodies)?;
        }
        if !self.deviations.is_empty() {
            let times: usize = self.deviations.iter().map(|found| found.times).sum();
            writeln!(formatter, "  {} known deviations, shown {times} times", self.deviations.len())?;
        }
        for found in self.differences.iter().take(SHOWN) {
            write!(formatter, "{found}")?;
        }
        if self.differences.len() > SHOWN {
            writeln!(formatter, "… and {} more in the JSON report (--report DIR)", self.differences.len() - SHOWN)?;
        }
        let verdict = match self.differences.len() {
            0 => "no difference".to_owned(),
            1 => "1 difference".to_owned(),
            count => format!("{count} differences"),
        };
        writeln!(formatter, "{verdict}; the same again: {}", self.repeat)
    }
}

impl Found {
    /// Who found what, and where.
    fn summary(&self) -> String {
        let Difference { oracle, problem, place, keyword, .. } = &self.difference;
        format!("difference[{oracle}]: {} {keyword} at {place}", sentence(&format!("{problem:?}")))
    }
}

impl fmt::Display for Found {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Difference { detail, shown_by, .. } = &self.difference;
        writeln!(formatter, "{}", self.summary())?;
        writeln!(formatter, "  {detail}")?;
        for Verdict { oracle, says } in &self.verdicts {
            writeln!(formatter, "  {oracle:<13}{says}")?;
        }
        if !shown_by.is_null() {
            let mut text = shown_by.to_string();
            if let Some((cut, _)) = text.char_indices().nth(EXCERPT) {
                text.truncate(cut);
                text.push('…');
            }
            let more = if self.times > 1 { format!(" (one of {})", self.times) } else { String::new() };
            writeln!(formatter, "  shown by{more}: {text}")?;
        }
        Ok(())
    }
}

/// `RefusesValid` as `refuses valid`.
fn sentence(name: &str) -> String {
    let mut text = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !text.is_empty() {
            text.push(' ');
        }
        let _ = write!(text, "{}", letter.to_lowercase());
    }
    text
}
