//! From a schema to a proptest strategy of payloads that conform to it.
//!
//! Values are built so as to conform; a filter by the compiled schema stands only where building alone cannot promise it
//! (`oneOf`, `anyOf`, `not`, several patterns). A schema that cannot be satisfied or isn't understood is an error with
//! its place, never a skipped case. A value is built in one go and shrunk, where it shows a difference, as a value.

mod array;
mod ecma;
mod error;
mod number;
mod object;
mod pattern;
mod shrink;
mod source;
mod text;
mod union;

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use proptest::prelude::RngExt;
use proptest::strategy::{NewTree, Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};

pub use error::StrategyError;
pub use number::{Range, integer_range, range as number_range};
pub use object::UNDECLARED;
pub use shrink::Shrinking;
use source::{Source, filtered, nullable, one_of, source};

use crate::document::{Conjunction, Document, Kind, Located, Pointer};
use crate::oracle::Validator;

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
        Ok(Shrinking::from((self.source)(runner)?, Arc::clone(&self.conforms)))
    }
}

/// How many draws may be refused, in all and for each that is wanted.
const REJECTS: u32 = 5_000;
const REJECTS_PER_CASE: u32 = 40;
/// From this depth on, what is optional is left out.
const SPARSE_DEPTH: usize = 4;
/// At this depth, a schema whose required parts still go on is taken for one without end.
const LAST_DEPTH: usize = 24;

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
    document: &'d Document,
    built: HashMap<(String, usize), Option<Source>>,
    validators: HashMap<Pointer, Arc<Validator>>,
    draws: Arc<Draws>,
    dead: BTreeSet<Pointer>,
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

    fn value(&mut self, schema: &Conjunction<'d>, depth: usize) -> Result<Source, StrategyError> {
        let endless = || StrategyError::Endless { pointer: schema.pointer() };
        if depth >= LAST_DEPTH {
            return Err(endless());
        }
        let key = (schema.key(), depth);
        if let Some(known) = self.built.get(&key) {
            return known.clone().ok_or_else(endless);
        }
        match self.build(schema, depth) {
            Ok(source) => {
                self.built.insert(key, Some(Arc::clone(&source)));
                Ok(source)
            }
            Err(StrategyError::Endless { pointer }) => {
                self.built.insert(key, None);
                Err(StrategyError::Endless { pointer })
            }
            Err(other) => Err(other),
        }
    }

    fn build(&mut self, schema: &Conjunction<'d>, depth: usize) -> Result<Source, StrategyError> {
        if let Some(alternatives) = schema.alternatives().into_iter().next() {
            return self.union(schema, &alternatives, depth);
        }
        let Some(kind) = schema.kind() else {
            let stated = schema.all("type");
            let stated: Vec<String> = stated.iter().map(|kind| format!("{} at {}", kind.value, kind.pointer)).collect();
            let reason = "its types exclude each other, or one of them is none of OpenAPI's";
            return Err(unsatisfiable(schema, format!("{reason}: {}", stated.join(", "))));
        };
        if let Some(listed) = schema.listed() {
            return self.listed(schema, listed);
        }
        let values = match kind {
            Kind::Any => any_json(),
            Kind::Boolean => source(|runner| Ok(Value::Bool(runner.rng().random_bool(0.5)))),
            Kind::Integer => number::integers(schema)?,
            Kind::Number => number::numbers(schema)?,
            Kind::String => text::texts(schema)?,
            Kind::Array => self.array(schema, depth)?,
            Kind::Object => self.object(schema, depth)?,
        };
        let values = if schema.typed() && schema.nullable() { nullable(values) } else { values };
        let unsure = !schema.refused().is_empty() || text::unsure(schema) || number::unsure(schema);
        if unsure { self.confirmed(schema, values) } else { Ok(values) }
    }

    fn listed(&mut self, schema: &Conjunction<'d>, listed: Vec<&'d Value>) -> Result<Source, StrategyError> {
        if listed.is_empty() {
            let both =
                if schema.all("enum").len() > 1 { "no value is in all of its enums" } else { "its enum lists nothing" };
            return Err(unsatisfiable(schema, both));
        }
        let validators = self.validators(schema)?;
        let values: Vec<Value> =
            listed.into_iter().filter(|value| validators.iter().all(|one| one.accepts(value))).cloned().collect();
        if values.is_empty() {
            return Err(unsatisfiable(schema, "no value of the enum conforms"));
        }
        Ok(one_of(values))
    }

    /// What the compiled schema lets pass.
    fn confirmed(&mut self, schema: &Conjunction<'d>, values: Source) -> Result<Source, StrategyError> {
        let validators = self.validators(schema)?;
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
        let validator = Arc::new(Validator::new(self.document, target.clone())?);
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

fn unsatisfiable(schema: &Conjunction<'_>, reason: impl Into<String>) -> StrategyError {
    StrategyError::Unsatisfiable { pointer: schema.pointer(), reason: reason.into() }
}

/// What a schema without demands allows, kept small: it stands for what a reader must not choke on.
fn any_json() -> Source {
    let values = [
        json!(null),
        json!(true),
        json!(7),
        json!(-1.5),
        json!("text"),
        json!([]),
        json!([1, "a"]),
        json!({}),
        json!({"a": 1}),
    ];
    one_of(values.to_vec())
}
