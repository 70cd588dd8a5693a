//! What was judged, by whom, with which seed, and how to see the same again: as text of a screenful, as JSON, as JUnit XML.

mod causes;
mod junit;
mod left_out;
mod measure;
mod page;
mod place;
mod repeat;
mod smallest;
mod text;
mod verdicts;

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use crate::cases::Uncovered;
use crate::deviations::{Deviation, stale};
use crate::difference::{Difference, Problem, Whose};
use crate::document::Place;
use crate::ground::{Ground, Plan};
use crate::matrix::Tried;
use crate::oracle::Findings;
use crate::visible::{visible, visible_json};
use junit::Junit;
pub use left_out::LeftOut;
pub(crate) use repeat::quoted;
use smallest::smallest;
use text::{Group, Text};
pub use verdicts::Verdict;
use verdicts::verdicts;

/// The version of the JSON, which grows where a reader of an older one would be wrong about it.
pub(crate) const VERSION: u32 = 1;

/// What judging came to.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The version of the report's form.
    pub version: u32,
    /// The document.
    pub document: String,
    /// How many draws, from which seed.
    pub plan: Plan,
    /// Who judged.
    pub oracles: Vec<Judged>,
    /// What was judged, operation by operation.
    pub operations: Vec<OperationTally>,
    /// What was judged, schema by schema.
    pub schemas: Vec<SchemaTally>,
    /// The differences that are on no list, each kind at each place once: every cause, and behind it what follows from it.
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

/// That an operation was judged.
#[derive(Debug, Serialize)]
pub struct OperationTally {
    /// Its name.
    pub name: String,
    /// How long that took.
    pub seconds: f64,
    /// Where it stands in the document.
    pub at: Option<Place>,
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
    /// How long it took.
    pub seconds: f64,
    /// Where it stands in the document.
    pub at: Option<Place>,
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
    /// Which of the differences it follows from, counted from 0; nothing where it is a cause.
    pub follows: Option<usize>,
    /// What the other side has in place of a name that is missing, in a clause.
    pub instead: Option<String>,
    /// All that a screen says of it: of a cause, how much follows from it as well.
    pub message: String,
    /// The command that judges its schema, operation or row of the failure matrix alone.
    pub repeat: Option<String>,
}

impl Report {
    /// Sorts the differences into known and unknown ones, and makes the payload that shows one as small as it gets.
    pub fn new(
        ground: &Ground<'_>,
        mut schemas: Vec<SchemaTally>,
        mut operations: Vec<OperationTally>,
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
        let count = differences.len();
        for found in &mut differences {
            if let Some(smaller) = smallest(ground, &found.difference, count) {
                found.difference = smaller;
            }
            found.verdicts = verdicts(ground, &found.difference);
            found.at = place::of(ground, &found.difference).and_then(|at| ground.document.place(&at.pointer));
            let name = found.difference.only().filter(|name| ground.has(name.split(": ").next().unwrap_or(name)));
            found.repeat = name.map(|name| repeat::one(document, plan, &ground.scope, &name));
        }
        let at = |name: &str| ground.document.place(&place::subject_of(ground, name)?.pointer);
        schemas.iter_mut().for_each(|schema| schema.at = at(&schema.name));
        operations.iter_mut().for_each(|operation| operation.at = at(&operation.name));
        let differences = causes::sorted(ground, differences);
        let repeat = repeat::all(document, plan, &ground.scope);
        let mut report = Self {
            version: VERSION,
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
        };
        let messages: Vec<String> = report.groups().iter().flat_map(Group::messages).collect();
        report.differences.iter_mut().zip(messages).for_each(|(found, message)| found.message = message);
        report
    }

    /// Whether the client keeps every promise that isn't on the list.
    pub fn passed(&self) -> bool {
        self.differences.is_empty()
    }

    /// Every cause with what follows from it.
    fn groups(&self) -> Vec<Group<'_>> {
        let mut groups: Vec<Group<'_>> = Vec::new();
        for found in &self.differences {
            match groups.last_mut().filter(|_| found.follows.is_some()) {
                Some(group) => group.followers.push(found),
                None => groups.push(Group { cause: found, followers: Vec::new() }),
            }
        }
        groups
    }

    /// Writes `contract.json`, `contract.txt` with all differences and the whole failure matrix, and `contract.xml` for JUnit's readers.
    pub fn write(&self, directory: &Path) -> std::io::Result<()> {
        std::fs::create_dir_all(directory)?;
        let json = serde_json::to_string_pretty(self)? + "\n";
        std::fs::write(directory.join("contract.json"), visible_json(&json).as_bytes())?;
        std::fs::write(directory.join("contract.xml"), Junit(self).to_string())?;
        let rows = self.oracles.iter().flat_map(|oracle| &oracle.tried);
        let rows: String = rows.map(|tried| format!("{tried}\n")).collect();
        std::fs::write(
            directory.join("contract.txt"),
            visible(&format!("{}{rows}", Text { report: self, whole: true })).as_bytes(),
        )
    }
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
                found.push(Found {
                    difference,
                    at: None,
                    whose,
                    times: 1,
                    reason,
                    verdicts: Vec::new(),
                    follows: None,
                    instead: None,
                    message: String::new(),
                    repeat: None,
                });
            }
        }
    }
    found.into_iter().partition(|found| found.reason.is_some())
}
