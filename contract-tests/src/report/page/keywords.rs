//! What judged each keyword of a document: who can observe an edit of it, the cases that break it, and its mutants.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Serialize;
use serde_json::Value;

use super::mutants::{Mutant, Mutants};
use crate::difference::Problem;
use crate::document::{Document, Located, Pointer};
use crate::ground::Ground;
use crate::mutate::{self, Observer};
use crate::report::{Report, measure, place};

/// How many cases and mutants of a keyword are listed; all are counted.
const LISTED: usize = 6;

/// Beyond so many bytes, edits are not made to see who could observe them: each is a whole document.
const LARGEST: usize = 60_000;

/// What judged a keyword, the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// Payloads that are decoded, checked or built.
    Payload,
    /// Calls against a server.
    Wire,
    /// Names, types and constants, and the derived schema.
    Interface,
    /// What readers are told.
    Documentation,
    /// Nobody has read it.
    Nothing,
}

/// One keyword of the document.
#[derive(Serialize)]
pub struct Keyword {
    pub pointer: String,
    pub way: Way,
    /// How many cases break it, or conform to what it names.
    pub cases: usize,
    pub labels: Vec<String>,
    /// How many mutants of it were noticed, and of how many.
    pub killed: usize,
    pub mutants: usize,
    pub fates: Vec<String>,
}

impl Keyword {
    pub fn without_lists(&mut self) {
        self.labels.clear();
        self.fates.clear();
    }
}

/// All keywords, and where they are written: by file and line the columns, each with its key and the keyword's number.
pub struct Keywords {
    /// Whether it was asked who could observe edits.
    pub are_edited: bool,
    pub all: Vec<Keyword>,
    pub places: BTreeMap<(String, usize), BTreeMap<usize, (String, usize)>>,
}

/// What was found out about places of the document.
struct Evidence {
    /// The named schemas, which are compared with the derived ones keyword by keyword.
    compared: HashSet<Pointer>,
    /// What nobody has read, whoever could.
    unread: HashSet<Pointer>,
    ways: HashMap<Pointer, Way>,
    cases: HashMap<Pointer, (usize, Vec<String>)>,
    mutants: HashMap<Pointer, Vec<Mutant>>,
}

impl Keywords {
    /// Of the document that was judged.
    pub(super) fn of(report: &Report, ground: &Ground<'_>, mutants: Option<Mutants>) -> Self {
        let document = ground.document;
        let mut evidence = Evidence {
            unread: unread(report),
            compared: ground.schemas.iter().map(|schema| schema.located.pointer.clone()).collect(),
            ways: HashMap::new(),
            cases: HashMap::new(),
            mutants: mutants.map(|all| all.by_place).unwrap_or_default(),
        };
        let are_edited = evidence.of_mutants(document);
        evidence.of_cases(ground);
        evidence.of_operations(report, ground);
        let mut keywords = Self { are_edited, all: Vec::new(), places: BTreeMap::new() };
        keywords.walk(ground, &evidence, Pointer::root(), document.root(), None);
        keywords
    }

    /// Enters what is in a value, and says what judged the most of it.
    fn walk(
        &mut self,
        ground: &Ground<'_>,
        evidence: &Evidence,
        at: Pointer,
        value: &Value,
        above: Option<Way>,
    ) -> Way {
        let mut strongest = Way::Nothing;
        match value {
            Value::Object(map) => {
                for (key, inner) in map {
                    let pointer = at.child(key);
                    if evidence.unread.contains(&pointer) {
                        self.enter(ground.document, evidence, &pointer, key, Way::Nothing);
                        continue;
                    }
                    let mut way = evidence.way(ground, &pointer, above);
                    let number = self.enter(ground.document, evidence, &pointer, key, way);
                    // What an example or a note says is no keyword.
                    let is_data =
                        matches!(key.as_str(), "example" | "examples" | "default" | "enum") || key.starts_with("x-");
                    if !is_data || at.as_str().ends_with("/properties") {
                        let within = evidence.whole(ground, &pointer).or(above);
                        way = way.min(self.walk(ground, evidence, pointer, inner, within));
                    }
                    if let Some(keyword) = number.and_then(|number| self.all.get_mut(number)) {
                        keyword.way = keyword.way.min(way);
                    }
                    strongest = strongest.min(way);
                }
            }
            Value::Array(list) => {
                for (index, inner) in list.iter().enumerate() {
                    strongest = strongest.min(self.walk(ground, evidence, at.index(index), inner, above));
                }
            }
            _ => {}
        }
        strongest
    }

    /// Enters one keyword where it is written; what several files share is one.
    fn enter(
        &mut self,
        document: &Document,
        evidence: &Evidence,
        pointer: &Pointer,
        key: &str,
        way: Way,
    ) -> Option<usize> {
        let place = document.place(pointer)?;
        let line = self.places.entry((place.file.to_string(), place.line)).or_default();
        if let Some((_, number)) = line.get(&place.column) {
            return Some(*number);
        }
        let number = self.all.len();
        line.insert(place.column, (key.to_owned(), number));
        let (cases, labels) = evidence.cases.get(pointer).cloned().unwrap_or_default();
        let mutants: &[Mutant] = evidence.mutants.get(pointer).map_or(&[], Vec::as_slice);
        let counted = || mutants.iter().filter_map(|mutant| mutant.killed);
        self.all.push(Keyword {
            pointer: pointer.to_string(),
            way,
            cases,
            labels,
            killed: counted().filter(|killed| *killed).count(),
            mutants: counted().count(),
            fates: mutants.iter().take(LISTED).map(|mutant| measure::line(&mutant.told)).collect(),
        });
        Some(number)
    }
}

impl Evidence {
    /// Who can observe edits: those that were tried, else those that could be, unless they are too many.
    fn of_mutants(&mut self, document: &Document) -> bool {
        let mut found: Vec<(Pointer, Observer)> = Vec::new();
        for (pointer, mutants) in &self.mutants {
            found.extend(
                mutants.iter().filter(|mutant| mutant.killed != Some(false)).map(|one| (pointer.clone(), one.observer)),
            );
        }
        if found.is_empty() && document.files().iter().map(|(_, text)| text.len()).sum::<usize>() <= LARGEST {
            found = mutate::observers(document);
        }
        for (pointer, observer) in found {
            let way = match observer {
                Observer::Payload => Way::Payload,
                Observer::Wire => Way::Wire,
                Observer::Interface => Way::Interface,
                Observer::Documentation => Way::Documentation,
            };
            let known = self.ways.entry(pointer).or_insert(way);
            *known = way.min(*known);
        }
        !self.ways.is_empty()
    }

    /// The payloads of schemas: each that breaks a keyword counts for that one, the others for the schema.
    fn of_cases(&mut self, ground: &Ground<'_>) {
        for schema in &ground.schemas {
            let Ok(prepared) = ground.prepared(schema) else { continue };
            for case in &prepared.cases.cases {
                let place = match &case.fault {
                    Some(fault) => broken(ground.document, &schema.located, fault.pointer.as_str(), &fault.keyword),
                    None => Some(schema.located.pointer.clone()),
                };
                if let Some(place) = place {
                    self.count(place.clone(), &case.label);
                    self.ways.insert(place, Way::Payload);
                }
            }
        }
    }

    /// The rows of the failure matrix.
    fn of_operations(&mut self, report: &Report, ground: &Ground<'_>) {
        for tried in report.oracles.iter().flat_map(|oracle| &oracle.tried) {
            if let Some(operation) = place::subject_of(ground, &tried.operation) {
                self.count(operation.pointer.clone(), &format!("{}: {}", tried.name, tried.expected));
                self.ways.insert(operation.pointer, Way::Wire);
            }
        }
    }

    fn count(&mut self, place: Pointer, label: &str) {
        let (count, labels) = self.cases.entry(place).or_default();
        *count += 1;
        if labels.len() < LISTED {
            labels.push(measure::line(label));
        }
    }

    /// What judged a place, as far as it was not what is in it.
    fn way(&self, ground: &Ground<'_>, pointer: &Pointer, above: Option<Way>) -> Way {
        let known = self.ways.get(pointer).copied();
        known.or_else(|| self.whole(ground, pointer)).or(above).unwrap_or(Way::Nothing)
    }

    /// What judged a place with all that is in it: a named schema is compared with the derived one, keyword by keyword, and
    /// what is read whole is looked for in the documentation.
    fn whole(&self, ground: &Ground<'_>, pointer: &Pointer) -> Option<Way> {
        if self.compared.contains(pointer) {
            return Some(Way::Interface);
        }
        ground.account.has(pointer).then_some(Way::Documentation)
    }
}

/// The places of which the report says that nobody has read them.
fn unread(report: &Report) -> HashSet<Pointer> {
    let found = report.differences.iter().map(|found| &found.difference);
    let found = found.filter(|difference| difference.problem == Problem::Unjudged).map(|difference| &difference.place);
    let left_out = report.left_out.iter().map(|left_out| &left_out.what);
    found.chain(left_out).filter(|place| place.starts_with('/')).map(|place| Pointer::written(place)).collect()
}

/// The keyword of the document that a payload breaks.
fn broken(document: &Document, schema: &Located<'_>, at: &str, keyword: &str) -> Option<Pointer> {
    let here = |at: &str| {
        let end = place::inside(document, document.at(&schema.pointer)?, at);
        document.resolve(end).ok()?.get(keyword)
    };
    // Of a missing or an undeclared property it is the object's keyword.
    let found = here(at).or_else(|| here(at.rsplit_once('/')?.0))?;
    Some(found.pointer)
}
