//! From a schema to a proptest strategy of payloads that conform to it.
//!
//! Values are built so as to conform; a filter by the compiled schema stands only where building alone cannot promise it
//! (`oneOf`, `anyOf`, `not`, several patterns). A schema that cannot be satisfied or isn't understood is an error with
//! its place, never a skipped case. A value is built in one go and shrunk, where it shows a difference, as a value.

pub(crate) mod automaton;
pub(crate) mod ecma;
mod error;
mod mailbox;
mod pattern;
pub(crate) mod product;
mod shrink;
mod source;
pub(crate) mod strings;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use proptest::strategy::{NewTree, Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::Value;

pub use error::StrategyError;
pub use shrink::Shrinking;
pub(crate) use source::{Source, any_of, one_of, source};
pub(crate) use strings::Term;

use source::{filtered, nullable};

use crate::document::{self, Conjunction, Document, Located, Pointer};
use crate::keyword;
use crate::oracle::Validator;
use crate::prepared::Memories;

/// A strategy of the payloads of one schema.
#[derive(Clone)]
pub struct Payloads {
    source: Source,
    conforms: Arc<[Arc<Validator>]>,
}

impl fmt::Debug for Payloads {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Payloads").finish_non_exhaustive()
    }
}

impl Strategy for Payloads {
    type Tree = Shrinking;
    type Value = Value;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        Ok(Shrinking::from(self.source.draw(runner)?, Arc::clone(&self.conforms)))
    }
}

/// How many draws may be refused, in all and for each that is wanted.
const REJECTS: u32 = 5_000;
const REJECTS_PER_CASE: u32 = 40;
/// From this depth on, what is optional is left out.
pub(crate) const SPARSE_DEPTH: usize = 4;
/// At this depth, a schema whose required parts still go on is taken for one without end.
const LAST_DEPTH: usize = 24;
/// How large the smallest value of a schema may be, counted in values.
const HEAVIEST: u64 = 10_000;
/// How many values are tried before it is said that the schema lets none of them pass.
const PROBES: u64 = 1_000;
/// Of so many values that are tried, one should pass; then no more need be tried.
const OFTEN: u64 = 20;
/// How many of them are asked what is wrong with them.
const ASKED: usize = 40;

/// What a keyword has built.
pub(crate) enum Built {
    /// Values that conform, null aside.
    Sure(Source),
    /// Values of which the compiled schema lets some pass, null aside.
    Unsure(Source),
    /// Everything that conforms.
    Whole(Source),
}

/// How many values were built, and how many of them the compiled schema refused.
#[derive(Debug, Default)]
pub struct Draws {
    drawn: AtomicU64,
    refused: AtomicU64,
}

impl Draws {
    /// How many values passed through a filter.
    pub fn drawn(&self) -> u64 {
        self.drawn.load(Ordering::Relaxed)
    }

    /// How many of them were refused.
    pub fn refused(&self) -> u64 {
        self.refused.load(Ordering::Relaxed)
    }
}

/// Builds strategies for the schemas of one document.
pub struct Strategies<'d> {
    pub(crate) document: &'d Document,
    built: HashMap<(String, usize), Result<Source, StrategyError>>,
    validators: HashMap<Pointer, Arc<Validator>>,
    draws: Arc<Draws>,
    dead: BTreeSet<Pointer>,
    left_out: BTreeMap<Pointer, StrategyError>,
    pub(crate) memories: Arc<Memories>,
}

impl<'d> Strategies<'d> {
    /// For this document.
    pub fn new(document: &'d Document) -> Self {
        Self {
            document,
            built: HashMap::new(),
            validators: HashMap::new(),
            draws: Arc::default(),
            dead: BTreeSet::new(),
            left_out: BTreeMap::new(),
            memories: Arc::default(),
        }
    }

    /// The payloads that conform to a schema.
    pub fn payloads(&mut self, schema: Located<'d>) -> Result<Payloads, StrategyError> {
        let conjunction = Conjunction::of(self.document, schema)?;
        self.conforming(&conjunction)
    }

    /// The payloads that conform to all parts of a conjunction.
    pub fn conforming(&mut self, conjunction: &Conjunction<'d>) -> Result<Payloads, StrategyError> {
        let source = self.value(conjunction, 0)?;
        Ok(Payloads { source, conforms: self.validators(conjunction)?.into() })
    }

    /// What the filters have counted so far.
    pub fn draws(&self) -> Arc<Draws> {
        Arc::clone(&self.draws)
    }

    /// What no value can take, though there are values, as far as it was found since this was last asked: branches of
    /// `oneOf` and `anyOf`, and properties that parts of `allOf` forbid each other.
    pub fn take_dead(&mut self) -> Vec<Pointer> {
        std::mem::take(&mut self.dead).into_iter().collect()
    }

    /// What cannot be built, as far as it was found since this was last asked. The schemas that hold it do without.
    pub fn take_left_out(&mut self) -> Vec<StrategyError> {
        std::mem::take(&mut self.left_out).into_values().collect()
    }

    /// Whether nothing of that was found since it was last asked.
    pub(crate) fn is_whole(&self) -> bool {
        self.dead.is_empty() && self.left_out.is_empty()
    }

    /// Takes note that no value can take a branch or a property.
    pub(crate) fn note_dead(&mut self, pointer: Pointer) {
        self.dead.insert(pointer);
    }

    /// Does without an optional part that cannot be built; an error that is not about that part alone is handed back.
    pub(crate) fn leave_out(&mut self, error: StrategyError) -> Result<(), StrategyError> {
        match (error.local(), error.pointer()) {
            // One that needs more depth than is left is built elsewhere.
            (Some(StrategyError::Endless { .. }), _) => Ok(()),
            (Some(local), Some(pointer)) => {
                self.left_out.entry(pointer.clone()).or_insert(local);
                Ok(())
            }
            _ => Err(error),
        }
    }

    /// Nothing in place of what cannot be built, which is reported. What no value can be is no loss.
    pub(crate) fn unless_left_out<T>(
        &mut self,
        build: impl FnOnce(&mut Self) -> Result<T, StrategyError>,
    ) -> Result<Option<T>, StrategyError> {
        match build(self) {
            Err(StrategyError::Unsatisfiable { .. }) => Ok(None),
            Err(error) => self.leave_out(error).map(|()| None),
            Ok(built) => Ok(Some(built)),
        }
    }

    /// The size of a value that holds so many others, or an error where no machine should hold it.
    pub(crate) fn weigh(
        &self,
        schema: &Conjunction<'d>,
        keyword: &str,
        count: usize,
        each: u64,
    ) -> Result<u64, StrategyError> {
        let weight = (count as u64).saturating_mul(each).saturating_add(1);
        if weight <= HEAVIEST {
            return Ok(weight);
        }
        let stated = schema.all(keyword).into_iter().max_by_key(|limit| document::count(limit.value));
        let limit = stated.as_ref().map_or_else(|| count.to_string(), |limit| limit.value.to_string());
        Err(StrategyError::TooLarge {
            pointer: stated.map_or_else(|| schema.pointer(), |stated| stated.pointer),
            reason: format!("{keyword}: {limit} asks for a value with more parts than the {HEAVIEST} that are built"),
        })
    }

    /// Builds the values of a schema at a depth.
    pub(crate) fn value(&mut self, schema: &Conjunction<'d>, depth: usize) -> Result<Source, StrategyError> {
        if depth >= LAST_DEPTH {
            return Err(StrategyError::Endless { pointer: schema.pointer() });
        }
        let key = (schema.key(), depth);
        let copy = |known: &Result<Source, StrategyError>| match known {
            Ok(source) => Some(Ok(source.clone())),
            Err(error) => error.local().map(Err),
        };
        if let Some(known) = self.built.get(&key).and_then(copy) {
            return known;
        }
        let built = self.build(schema, depth).or_else(|error| self.exemplified(schema, error));
        if let Some(known) = copy(&built) {
            self.built.insert(key, known);
        }
        built
    }

    fn build(&mut self, schema: &Conjunction<'d>, depth: usize) -> Result<Source, StrategyError> {
        let mut built = None;
        for build in keyword::ALL.iter().filter_map(|keyword| keyword.source) {
            built = build(self, schema, depth)?;
            if built.is_some() {
                break;
            }
        }
        let (values, sure) = match built {
            Some(Built::Whole(values)) => return Ok(values),
            Some(Built::Sure(values)) => (values, schema.refused().is_empty() && !keyword::asks_more(schema)),
            Some(Built::Unsure(values)) => (values, false),
            None => return Err(unsatisfiable(schema, "no keyword builds values of its type")),
        };
        let values = if schema.takes_null() { nullable(values) } else { values };
        if sure { Ok(values) } else { self.confirmed(schema, values) }
    }

    /// The document's own examples, where nothing else can be built.
    fn exemplified(&mut self, schema: &Conjunction<'d>, error: StrategyError) -> Result<Source, StrategyError> {
        if matches!(error, StrategyError::Endless { .. }) || error.local().is_none() {
            return Err(error);
        }
        let Ok(validators) = self.validators(schema) else { return Err(error) };
        let examples = schema.all("example").into_iter().chain(schema.all("default")).map(|example| example.value);
        let accepted = |value: &&Value| validators.iter().all(|one| one.accepts(value));
        let examples: Vec<Value> = examples.filter(accepted).cloned().collect();
        if examples.is_empty() { Err(error) } else { Ok(one_of(examples)) }
    }

    /// What the compiled schema lets pass, or an error that names what it refuses all of.
    pub(crate) fn confirmed(&mut self, schema: &Conjunction<'d>, values: Source) -> Result<Source, StrategyError> {
        let validators = self.validators(schema)?;
        let mut runner = runner(0, 1);
        let (mut passed, mut refused) = (Vec::new(), Vec::new());
        for tried in 1..=(PROBES / values.weight.max(1)).max(ASKED as u64) {
            match values.draw(&mut runner) {
                Ok(value) if validators.iter().all(|one| one.accepts(&value)) => passed.push(value),
                Ok(value) if refused.len() < ASKED => refused.push(value),
                _ => {}
            }
            if passed.len() as u64 * OFTEN >= tried && passed.len() > 3 {
                break;
            }
        }
        if passed.is_empty() {
            return Err(unsatisfiable(schema, refusal(&validators, schema, &refused)));
        }
        if passed.len() < 4 {
            // Hardly any value passes, so those that did have to do.
            return Ok(one_of(passed).weighing(values.weight));
        }
        let draws = Arc::clone(&self.draws);
        let conforms = move |value: &Value| {
            draws.drawn.fetch_add(1, Ordering::Relaxed);
            let fine = validators.iter().all(|one| one.accepts(value));
            if !fine {
                draws.refused.fetch_add(1, Ordering::Relaxed);
            }
            fine
        };
        Ok(filtered(values, "the compiled schema refuses it", conforms))
    }

    /// The compiled schema; each is compiled once.
    pub(crate) fn validator(&mut self, schema: &Located<'d>) -> Result<Arc<Validator>, StrategyError> {
        let target = self.document.resolve(schema.clone())?;
        if let Some(known) = self.validators.get(&target.pointer) {
            return Ok(Arc::clone(known));
        }
        let validator = match self.memories.validators.of(self.document, &target.pointer) {
            Some(validator) => validator,
            None => {
                let validator = Arc::new(Validator::new(self.document, target.clone())?);
                self.memories.validators.note(self.document, &target, Arc::clone(&validator));
                validator
            }
        };
        self.validators.insert(target.pointer, Arc::clone(&validator));
        Ok(validator)
    }

    /// The compiled schemas of all parts.
    pub(crate) fn validators(&mut self, schema: &Conjunction<'d>) -> Result<Vec<Arc<Validator>>, StrategyError> {
        let parts = schema.parts.iter().filter_map(|part| self.document.at(&part.pointer));
        parts.map(|part| self.validator(&part)).collect()
    }
}

/// The runner that draws the same values for the same seed.
pub fn runner(seed: u64, cases: u32) -> TestRunner {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let config = Config {
        cases,
        failure_persistence: None,
        // Where hardly any draw conforms, that is to be said soon.
        max_local_rejects: REJECTS.max(cases.saturating_mul(REJECTS_PER_CASE)),
        max_shrink_iters: 20_000,
        ..Config::default()
    };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
}

/// So many values, the same for the same seed.
pub fn draw(
    payloads: &impl Strategy<Value = Value>,
    place: &Pointer,
    seed: u64,
    count: usize,
) -> Result<Vec<Value>, StrategyError> {
    let mut runner = runner(seed, 1);
    let one = |_| match payloads.new_tree(&mut runner) {
        Ok(tree) => Ok(tree.current()),
        Err(reason) => Err(StrategyError::exhausted(place, &reason)),
    };
    (0..count).map(one).collect()
}

/// The error of a schema that no value meets.
pub(crate) fn unsatisfiable(schema: &Conjunction<'_>, reason: impl Into<String>) -> StrategyError {
    StrategyError::Unsatisfiable { pointer: schema.pointer(), reason: reason.into() }
}

/// Some keywords as they are written, each with its place; empty where none of them is.
pub(crate) fn stated(schema: &Conjunction<'_>, keywords: &[&str]) -> String {
    let all = keywords.iter().flat_map(|keyword| schema.all(keyword).into_iter().map(move |found| (keyword, found)));
    let named = |(keyword, found): (&&str, Located<'_>)| {
        let value = found.value.as_str().map_or_else(|| found.value.to_string(), str::to_owned);
        format!("`{keyword}: {value}` at {}", found.pointer)
    };
    all.map(named).collect::<Vec<_>>().join(" and ")
}

/// What the compiled schemas refuse most often of values that the other keywords have built.
fn refusal(validators: &[Arc<Validator>], schema: &Conjunction<'_>, refused: &[Value]) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for value in refused {
        let violations = validators.iter().flat_map(|one| one.violations(value));
        let keywords: BTreeSet<String> = violations.map(|violation| violation.keyword).collect();
        keywords.into_iter().for_each(|keyword| *counts.entry(keyword).or_default() += 1);
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count).map(|(keyword, _)| keyword);
    let Some(keyword) = most else { return "nothing could be built from its keywords".into() };
    let stated: Vec<String> = schema.all(&keyword).iter().map(|found| found.pointer.to_string()).collect();
    let places = if stated.is_empty() { String::new() } else { format!(" at {}", stated.join(" and ")) };
    format!("all that its other keywords let be built is refused by `{keyword}`{places}")
}
