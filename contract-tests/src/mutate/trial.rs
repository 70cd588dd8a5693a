//! What becomes of a mutant: the built client and the suite are as they were, and somebody notices, or nobody does.
//!
//! What is cheap and sees a lot goes first: names, the derived schema, constants, documentation. Payloads follow, for the
//! schemas that the edit can reach and no others, and calls where payloads showed nothing. An edit that payloads or calls
//! can see counts as noticed only when they do; comparing schemas is not enough for it.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;
use tokio::runtime::Runtime;

use super::{Mutant, Observer};
use crate::bindings::wire;
use crate::bindings::{OPERATIONS, SCHEMAS};
use crate::deviations::DEVIATIONS;
use crate::difference::{Difference, Problem};
use crate::document::{Account, Document, DocumentError, Pointer};
use crate::ground::Plan;
use crate::judge::{self, JudgeError};
use crate::oracle::{derived, documentation, interface, unread};

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
    runtime: Runtime,
}

impl<'d> Trials<'d> {
    /// For the document that was edited.
    pub fn of(original: &'d Document) -> Result<Self, JudgeError> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        Ok(Self { original, runtime })
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
        Trial {
            id: mutant.id.clone(),
            operator: mutant.operator,
            pointer: mutant.place.clone(),
            what: mutant.what.clone(),
            direction: mutant.direction,
            observer: mutant.observer,
            remedy: remedy(mutant),
            fate,
        }
    }

    fn fate(&self, mutant: &Mutant) -> Result<Fate, JudgeError> {
        let document = &mutant.document;
        let mut noticed = Noticed { observer: mutant.observer, all: Vec::new() };
        let reached = reached(self.original, document);
        noticed.take(names(document)?);
        noticed.take(interface::judge(document)?);
        let account = Account::default();
        noticed.take(documentation::built(document, &account)?);
        noticed.take(unread::judge(document, &account)?);
        for binding in SCHEMAS {
            if let Some((_, schema)) = document.component_schemas().into_iter().find(|(name, _)| *name == binding.name)
                && reached.contains(binding.name)
            {
                noticed.take(derived::compare(document, binding, &schema));
            }
        }
        if noticed.counts() {
            return Ok(noticed.fate());
        }
        noticed.take(judge::examples(document)?);
        // The schema that was edited first, and those that hold it after it.
        let (own, holders): (Vec<_>, Vec<_>) =
            document.component_schemas().into_iter().filter(|(name, _)| reached.contains(*name)).partition(
                |(name, schema)| self.original.at(&schema.pointer).is_none_or(|old| differs(old.value, document, name)),
            );
        for (name, schema) in own.into_iter().chain(holders) {
            if noticed.counts() {
                return Ok(noticed.fate());
            }
            if let Some(binding) = SCHEMAS.iter().find(|binding| binding.name == name) {
                let mut found = Vec::new();
                judge::judge_component(document, binding, schema, PLAN, &mut found)?;
                noticed.take(found);
            }
        }
        if !noticed.counts() {
            noticed.take(self.runtime.block_on(wire::judge(document))?.differences);
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
    fn take(&mut self, found: Vec<Difference>) {
        let known = |difference: &Difference| DEVIATIONS.iter().any(|deviation| deviation.covers(difference));
        self.all.extend(found.into_iter().filter(|difference| !known(difference)));
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
        Observer::Wire => format!("a call whose request or answer depends on {place}"),
        Observer::Interface => format!("something in the client's interface that says what {place} says"),
        Observer::Documentation => format!("a line of the client's documentation that says what {place} says"),
    }
}

/// Whether a difference is of the kind that an edit must be noticed by.
fn counts(observer: Observer, difference: &Difference) -> bool {
    let structural = matches!(difference.problem, Problem::Lost | Problem::Added | Problem::Changed);
    match observer {
        Observer::Payload | Observer::Wire => match difference.oracle {
            "client" | "constructors" | "wire" => true,
            "derived" => !structural,
            // What only compares or reads is no observer of payloads, and the failure matrix is no part of a trial.
            _ => false,
        },
        // A document that contradicts itself says nothing about the client.
        Observer::Interface => !matches!(difference.oracle, "document" | "documentation"),
        Observer::Documentation => difference.oracle != "document",
    }
}

fn differs(old: &Value, document: &Document, name: &str) -> bool {
    let place = Pointer::root().child("components").child("schemas").child(name);
    document.at(&place).is_none_or(|new| new.value != old)
}

/// What the judge has a binding for and the document doesn't name, and the other way round.
fn names(document: &Document) -> Result<Vec<Difference>, DocumentError> {
    let mut found = Vec::new();
    let components = document.component_schemas();
    for (name, _) in &components {
        if !SCHEMAS.iter().any(|binding| binding.name == *name) {
            found.push(judge::unbound(name, "the judge has no binding for this schema"));
        }
    }
    for binding in SCHEMAS.iter().filter(|binding| !components.iter().any(|(name, _)| *name == binding.name)) {
        found.push(judge::unbound(binding.name, "the client has this type, the document has no such schema"));
    }
    let operations = document.operations()?;
    for operation in &operations {
        if !OPERATIONS.iter().any(|binding| binding.id == operation.id) {
            found.push(judge::unbound(&operation.id, "the judge has no binding for this operation"));
        }
    }
    for binding in OPERATIONS.iter().filter(|binding| !operations.iter().any(|operation| operation.id == binding.id)) {
        found.push(judge::unbound(binding.id, "the client has this call, the document has no such operation"));
    }
    Ok(found)
}

/// The named schemas that an edit can reach: those that differ, and those that refer to one that does.
fn reached(original: &Document, edited: &Document) -> BTreeSet<String> {
    let components = edited.component_schemas();
    let mut reached: BTreeSet<String> = components
        .iter()
        .filter(|(_, schema)| original.at(&schema.pointer).is_none_or(|old| old.value != schema.value))
        .map(|(name, _)| (*name).to_owned())
        .collect();
    loop {
        let before = reached.len();
        for (name, schema) in &components {
            if !reached.contains(*name) && refers(schema.value, &reached) {
                reached.insert((*name).to_owned());
            }
        }
        if reached.len() == before {
            return reached;
        }
    }
}

fn refers(value: &Value, names: &BTreeSet<String>) -> bool {
    match value {
        Value::Object(map) => map.iter().any(|(key, inner)| match inner {
            Value::String(reference) if key == "$ref" => {
                let target = Pointer::from_reference(reference).as_ref().and_then(Pointer::parent);
                target.is_some_and(|(_, name)| names.contains(&name))
            }
            inner => refers(inner, names),
        }),
        Value::Array(list) => list.iter().any(|inner| refers(inner, names)),
        _ => false,
    }
}
