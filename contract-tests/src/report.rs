//! What was judged, by whom, with which seed, and how to see the same again: as text of a screenful, as JSON, as JUnit XML.

mod junit;
mod left_out;
mod place;
mod smallest;
mod verdicts;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::path::Path;

use serde::Serialize;

use crate::cases::Uncovered;
use crate::deviations::{Deviation, stale};
use crate::difference::{Difference, Problem, Whose};
use crate::document::{OWN_DOCUMENT, Place};
use crate::ground::{Ground, Plan, Scope};
use crate::matrix::Tried;
use crate::oracle::Findings;
use crate::visible::{visible, visible_json};
use junit::Junit;
pub use left_out::LeftOut;
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
    pub oracles: Vec<Judged>,
    /// How many operations were judged.
    pub operations: usize,
    /// What was judged, schema by schema.
    pub schemas: Vec<SchemaTally>,
    /// The differences that are on no list, each kind at each place once.
    pub differences: Vec<Found>,
    /// The differences that the list of deviations covers.
    pub deviations: Vec<Found>,
    /// What was not judged, and why.
    pub left_out: Vec<LeftOut>,
    /// The entries of that list that cover nothing.
    pub stale: Vec<String>,
    /// The command that does the same again.
    pub repeat: String,
}

/// What one oracle judged.
#[derive(Debug, Serialize)]
pub struct Judged {
    /// Its name.
    pub name: &'static str,
    /// How much it judged, beside the schemas.
    pub counts: BTreeMap<&'static str, usize>,
    /// The rows of the failure matrix that it tried.
    pub tried: Vec<Tried>,
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
    /// Where it stands in the document; nothing where the document has nothing of it.
    pub at: Option<Place>,
    /// Whose fault it is.
    pub whose: Whose,
    /// How many payloads or calls show it.
    pub times: usize,
    /// Why it is tolerated, where it is.
    pub reason: Option<&'static str>,
    /// What every oracle says of the payload.
    pub verdicts: Vec<Verdict>,
}

impl Report {
    /// Sorts the differences into known and unknown ones, and makes the payload that shows one as small as it gets.
    pub fn new(
        ground: &Ground<'_>,
        schemas: Vec<SchemaTally>,
        findings: Vec<Findings>,
        mut left_out: Vec<LeftOut>,
    ) -> Self {
        let (document, plan, known) = (ground.document.name(), ground.plan, ground.subject.deviations);
        let mut differences = Vec::new();
        let mut oracles = Vec::new();
        for mut found in findings {
            differences.append(&mut found.differences);
            oracles.push(Judged { name: found.oracle(), counts: found.counts, tried: found.tried });
        }
        // The editors of this repository's document hear of what nobody reads; those of any other one are none of ours.
        if ground.scope.generated {
            let unread = |difference: &mut Difference| difference.problem == Problem::Unjudged;
            left_out.extend(differences.extract_if(.., unread).map(LeftOut::unread));
        }
        let names: Vec<&str> = oracles.iter().map(|oracle| oracle.name).collect();
        let stale = stale(known, &names, &differences);
        let (deviations, mut differences) = sorted(differences, known);
        for found in &mut differences {
            if let Some(smaller) = smallest(ground, &found.difference) {
                found.difference = smaller;
            }
            found.verdicts = verdicts(ground, &found.difference);
            found.at = place::of(ground, &found.difference);
        }
        let repeat = repeat(document, plan, &ground.scope);
        let operations = ground.operations.len();
        Self {
            document: document.into(),
            plan,
            oracles,
            operations,
            schemas,
            differences,
            deviations,
            left_out,
            stale,
            repeat,
        }
    }

    /// Whether the client keeps every promise that isn't on the list.
    pub fn passed(&self) -> bool {
        self.differences.is_empty()
    }

    /// Writes `contract.json`, `contract.txt` with the whole failure matrix, and `contract.xml` for JUnit's readers.
    pub fn write(&self, directory: &Path) -> std::io::Result<()> {
        std::fs::create_dir_all(directory)?;
        let json = serde_json::to_string_pretty(self)? + "\n";
        std::fs::write(directory.join("contract.json"), visible_json(&json).as_bytes())?;
        std::fs::write(directory.join("contract.xml"), Junit(self).to_string())?;
        let rows = self.oracles.iter().flat_map(|oracle| &oracle.tried);
        let rows: String = rows.map(|tried| format!("{tried}\n")).collect();
        std::fs::write(directory.join("contract.txt"), visible(&format!("{self}{rows}")).as_bytes())
    }
}

/// The command that judges the same again.
fn repeat(document: &str, plan: Plan, scope: &Scope) -> String {
    let mut command = "cargo xtask contract".to_owned();
    if document != OWN_DOCUMENT {
        let _ = write!(command, " --document {}", quoted(document));
    }
    if scope.generated {
        command.push_str(" --generated");
    }
    if let Some(only) = &scope.only {
        let _ = write!(command, " --only {}", quoted(only));
    }
    let _ = write!(command, " --cases {} --seed {}", plan.cases, plan.seed);
    command
}

/// A word as a shell reads it.
fn quoted(word: &str) -> Cow<'_, str> {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./:@%+=,".contains(letter);
    if !word.is_empty() && word.chars().all(plain) {
        return Cow::Borrowed(word);
    }
    Cow::Owned(format!("'{}'", word.replace('\'', r"'\''")))
}

/// Each kind of difference at each place once, the known ones first.
fn sorted(differences: Vec<Difference>, known: &[Deviation]) -> (Vec<Found>, Vec<Found>) {
    let mut found: Vec<Found> = Vec::new();
    for difference in differences {
        match found.iter_mut().find(|known| known.difference.key() == difference.key()) {
            Some(same) => same.times += 1,
            None => {
                let reason =
                    known.iter().find(|deviation| deviation.covers(&difference)).map(|deviation| deviation.reason);
                let whose = difference.problem.whose();
                found.push(Found { difference, at: None, whose, times: 1, reason, verdicts: Vec::new() });
            }
        }
    }
    found.into_iter().partition(|found| found.reason.is_some())
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.oracles.iter().map(|oracle| oracle.name).collect();
        writeln!(formatter, "{} judged by {}", self.document, names.join(", "))?;
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
        for Judged { name, counts, .. } in self.oracles.iter().filter(|oracle| !oracle.counts.is_empty()) {
            let counts: Vec<String> = counts.iter().map(|(what, count)| format!("{count} {what}")).collect();
            writeln!(formatter, "  {name}: {}", counts.join(", "))?;
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
        for left_out in self.left_out.iter().take(SHOWN) {
            writeln!(formatter, "{left_out}")?;
        }
        if self.left_out.len() > SHOWN {
            writeln!(
                formatter,
                "… and {} more not judged in the JSON report (--report DIR)",
                self.left_out.len() - SHOWN
            )?;
        }
        let verdict = match self.differences.len() {
            0 => "no difference".to_owned(),
            1 => "1 difference".to_owned(),
            count => format!("{count} differences"),
        };
        let left_out = match self.left_out.len() {
            0 => String::new(),
            count => format!(", {count} not judged"),
        };
        writeln!(formatter, "{verdict}{left_out}; the same again: {}", self.repeat)
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
        // Ahead of all else, as editors and `grep` understand it.
        if let Some(at) = &self.at {
            write!(formatter, "{at}: ")?;
        }
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
