//! What becomes of a mutant: the built client and the suite are as they were, and somebody notices, or nobody does.
//!
//! What is cheap and sees a lot goes first: names, the derived schema, constants, documentation. Payloads follow, for the
//! schemas that the edit can reach and no others, and calls where payloads showed nothing. An edit that payloads or calls
//! can see counts as noticed only when they do; comparing schemas is not enough for it.

use serde::Serialize;

use super::proof::{self, Shown};
use super::reach;
use super::{Mutant, Observer};
use crate::cases::Case;
use crate::client::Subject;
use crate::difference::Difference;
use crate::document::{Document, Pointer};
use crate::ground::{Clients, Ground, Plan};
use crate::judge::{JudgeError, Panel};
use crate::oracle::{Evidence, ORACLES, Oracle, named};

/// Boundary cases find every edit of a limit; chance has nothing to add here.
const PLAN: Plan = Plan { cases: 0, seed: 0 };

/// How a mutant ended.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "fate", rename_all = "kebab-case")]
pub enum Fate {
    /// Somebody noticed.
    Killed {
        /// Who did, the first of them first.
        by: Vec<&'static str>,
        /// The first difference that counts.
        first: Box<Difference>,
    },
    /// Nobody did.
    Survived {
        /// Who noticed something that doesn't count, such as a comparison of schemas where a payload could see the edit.
        hints: Vec<&'static str>,
    },
    /// Nobody can, for this reason.
    Equivalent {
        /// Why.
        reason: String,
    },
    /// The edited document isn't one, for this reason.
    Stillborn {
        /// Why.
        reason: String,
    },
}

/// A mutant and its fate.
#[derive(Debug, Clone, Serialize)]
pub struct Trial {
    /// The mutant's id.
    pub id: String,
    /// Its operator.
    pub operator: &'static str,
    /// Where it edited.
    pub pointer: Pointer,
    /// What it did there.
    pub what: String,
    /// Whether it loosens or tightens.
    pub direction: super::Direction,
    /// Who can observe it.
    pub observer: Observer,
    /// The case that would catch it, or does.
    pub remedy: String,
    /// How it ended.
    #[serde(flatten)]
    pub fate: Fate,
}

/// Tries the mutants of one document.
pub struct Trials<'d> {
    original: &'d Document,
    subject: &'d Subject,
    clients: Clients,
}

impl<'d> Trials<'d> {
    /// For the document that was edited.
    pub fn of(original: &'d Document, subject: &'d Subject) -> Result<Self, JudgeError> {
        Ok(Self { original, subject, clients: Clients::new()? })
    }

    /// Tries one mutant.
    pub fn run(&self, mutant: &Mutant) -> Trial {
        let fate = match mutant.equivalent {
            Some(reason) => Fate::Equivalent { reason: reason.into() },
            None => match self.fate(mutant) {
                Ok(fate) => fate,
                Err(error) => Fate::Stillborn { reason: error.to_string() },
            },
        };
        let (fate, remedy) = self.proved(mutant, fate);
        Trial {
            id: mutant.id.clone(),
            operator: mutant.operator,
            pointer: mutant.place.clone(),
            what: mutant.what.clone(),
            direction: mutant.direction,
            observer: mutant.observer,
            remedy,
            fate,
        }
    }

    /// Of what payloads should have shown and did not: the payload that shows it, or that none can.
    fn proved(&self, mutant: &Mutant, fate: Fate) -> (Fate, String) {
        let is_open = matches!(fate, Fate::Survived { .. });
        let shown = match mutant.observer {
            Observer::Payload | Observer::Wire if is_open => {
                proof::shown(self.original, &mutant.document, &mutant.place)
            }
            _ => Shown::Unknown,
        };
        match shown {
            Shown::Nothing => {
                let reason = "the same payloads conform as before, which is proved in both directions".to_owned();
                (Fate::Equivalent { reason }, remedy(mutant))
            }
            Shown::By(payload) => (fate, format!("{}, such as {payload}", remedy(mutant))),
            Shown::Unknown => (fate, remedy(mutant)),
        }
    }

    fn fate(&self, mutant: &Mutant) -> Result<Fate, JudgeError> {
        let ground = Ground::new(&mutant.document, self.subject, PLAN, &self.clients)?;
        let mut noticed = Noticed { observer: mutant.observer, all: Vec::new() };
        let reached = reach::schemas(self.original, &mutant.document);
        // Calls come last: most edits have been noticed by then. What readers are told counts for readers alone.
        let read = matches!(mutant.observer, Observer::Documentation | Observer::Interface);
        let (calls, others): (Vec<&dyn Oracle>, Vec<&dyn Oracle>) = ORACLES
            .iter()
            .copied()
            .filter(|oracle| match oracle.name() {
                // What a document says against itself counts for no edit, what a server does wrong is in no document, and a mock
                // server responds with what calls show as well.
                "document" | "matrix" | "mocks" => false,
                "documentation" | "unread" => read,
                _ => true,
            })
            .partition(|oracle| oracle.name() == "wire");
        // What nobody has read shows once all have read, and of an interface only where nobody else has shown it.
        let is_told = |oracle: &&dyn Oracle| ["documentation", "unread"].contains(&oracle.name());
        let (told, others): (Vec<_>, Vec<_>) = others.into_iter().partition(is_told);
        for oracles in [&others, &told] {
            if mutant.observer != Observer::Interface || !noticed.counts() {
                let mut panel = Panel::of(oracles);
                panel.document(&ground)?;
                noticed.take(&ground, panel);
            }
        }
        if !noticed.counts() {
            let mut panel = Panel::of(&others);
            for operation in &ground.operations {
                panel.each(|oracle, found| oracle.operation(&ground, operation, found))?;
            }
            noticed.take(&ground, panel);
        }
        let reachable = || ground.schemas.iter().filter(|schema| reached.contains(schema.name));
        // The schema that was edited first, and those that hold it after it.
        let (own, holders): (Vec<_>, Vec<_>) = reachable().partition(|schema| {
            self.original.at(&schema.located.pointer).is_none_or(|old| old.value != schema.located.value)
        });
        for schema in own.into_iter().chain(holders) {
            if noticed.counts() {
                return Ok(noticed.fate());
            }
            let mut panel = Panel::of(&others);
            panel.each(|oracle, found| oracle.schema(&ground, schema, found))?;
            // The first case that shows the edit is enough, and cases are not built where the schema as a whole shows it.
            let shows = |panel: &Panel<'_>| {
                panel.differences().any(|found| counts(mutant.observer, found) && !ground.is_known(found))
            };
            if !shows(&panel) {
                // Those about what was edited first.
                let edited = mutant.place.steps().last().unwrap_or_default();
                let about = |case: &&Case| {
                    case.fault.as_ref().is_some_and(|fault| fault.pointer.steps().any(|step| step == edited))
                };
                let (about, others): (Vec<&Case>, Vec<&Case>) =
                    ground.prepared(schema)?.cases.cases.iter().partition(about);
                for case in about.into_iter().chain(others) {
                    panel.each(|oracle, found| oracle.case(&ground, schema, case, found))?;
                    if shows(&panel) {
                        break;
                    }
                }
            }
            noticed.take(&ground, panel);
        }
        if !noticed.counts() {
            let mut panel = Panel::of(&calls);
            panel.document(&ground)?;
            noticed.take(&ground, panel);
            let paths = reach::paths(self.original, &mutant.document);
            let is_reached =
                |pointer: &Pointer| pointer.parent().is_some_and(|(path, _)| paths.contains(path.as_str()));
            let (likely, others): (Vec<_>, Vec<_>) =
                ground.operations.iter().partition(|ground| is_reached(&ground.operation.pointer));
            for operation in likely.into_iter().chain(others) {
                if noticed.counts() {
                    break;
                }
                let mut panel = Panel::of(&calls).first_only(&ground);
                panel.each(|oracle, found| oracle.operation(&ground, operation, found))?;
                noticed.take(&ground, panel);
            }
        }
        Ok(noticed.fate())
    }
}

/// The differences that were found so far.
struct Noticed {
    observer: Observer,
    all: Vec<Difference>,
}

impl Noticed {
    fn take(&mut self, ground: &Ground<'_>, panel: Panel<'_>) {
        let found = panel.findings.into_iter().flat_map(|found| found.differences);
        self.all.extend(found.filter(|difference| !ground.is_known(difference)));
    }

    fn counts(&self) -> bool {
        self.all.iter().any(|difference| counts(self.observer, difference))
    }

    fn fate(self) -> Fate {
        let oracles = |differences: Vec<&Difference>| {
            let mut all: Vec<&'static str> = Vec::new();
            for difference in differences {
                if !all.contains(&difference.oracle) {
                    all.push(difference.oracle);
                }
            }
            all
        };
        let valid: Vec<&Difference> = self.all.iter().filter(|difference| counts(self.observer, difference)).collect();
        match valid.first() {
            Some(first) => Fate::Killed { first: Box::new((*first).clone()), by: oracles(valid) },
            None => Fate::Survived { hints: oracles(self.all.iter().collect()) },
        }
    }
}

/// The case that catches a mutant.
fn remedy(mutant: &Mutant) -> String {
    let place = &mutant.place;
    match mutant.observer {
        Observer::Payload => format!("a payload at the edge of what {place} says, judged by the client"),
        Observer::Wire => format!("a call whose request or response depends on {place}"),
        Observer::Interface => format!("something in the client's interface that says what {place} says"),
        Observer::Documentation => format!("a line of the client's documentation that says what {place} says"),
    }
}

/// Whether a difference is of the kind that an edit must be noticed by.
fn counts(observer: Observer, difference: &Difference) -> bool {
    let evidence = named(difference.oracle).map(|oracle| oracle.evidence(difference.problem));
    match observer {
        Observer::Payload | Observer::Wire => evidence == Some(Evidence::Behaviour),
        // A document that contradicts itself says nothing about the client.
        Observer::Interface => !matches!(evidence, None | Some(Evidence::Document | Evidence::Text)),
        Observer::Documentation => !matches!(evidence, None | Some(Evidence::Document)),
    }
}
