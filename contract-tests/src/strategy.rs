//! From a schema to a proptest strategy of payloads that conform to it.
//!
//! Values are built so as to conform; a filter by the compiled schema stands only where building alone cannot promise it
//! (`oneOf`, `anyOf`, `not`, several patterns). A schema that cannot be satisfied or isn't understood is an error with
//! its place, never a skipped case.

mod array;
mod number;
mod object;
mod pattern;
mod text;
mod union;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use proptest::prelude::*;
use proptest::strategy::{Union, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};

pub use number::{Range, integer_range, range as number_range};
pub use object::UNDECLARED;

use crate::document::{Conjunction, Document, DocumentError, Kind, Located, Pointer};
use crate::oracle::{OracleError, Validator};

/// A strategy of payloads.
pub type Payloads = BoxedStrategy<Value>;

/// How many draws may be refused, in all and for each that is wanted.
const REJECTS: u32 = 5_000;
const REJECTS_PER_CASE: u32 = 40;
/// From this depth on, what is optional is left out.
const SPARSE_DEPTH: usize = 4;
/// At this depth, a schema whose required parts still go on is taken for one without end.
const LAST_DEPTH: usize = 24;

/// Why there are no payloads for a schema.
#[derive(Debug, thiserror::Error)]
pub enum StrategyError {
    /// The document does not hold together.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// The schema does not compile.
    #[error(transparent)]
    Oracle(#[from] OracleError),
    /// No value can conform.
    #[error("{pointer}: no value can conform: {reason}")]
    Unsatisfiable {
        /// Where the demands meet.
        pointer: Pointer,
        /// Which demands exclude each other.
        reason: String,
    },
    /// The schema requires itself.
    #[error("{pointer}: every value would have to contain another of its kind, without end")]
    Endless {
        /// Where the recursion was cut.
        pointer: Pointer,
    },
    /// A keyword's value is not understood.
    #[error("{pointer}: {reason}")]
    Unsupported {
        /// Where the keyword stands.
        pointer: Pointer,
        /// What isn't understood.
        reason: String,
    },
    /// Too many draws were refused by the compiled schema.
    #[error("{pointer}: {reason}")]
    Exhausted {
        /// Where the schema stands.
        pointer: Pointer,
        /// What proptest says.
        reason: String,
    },
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
    document: &'d Document,
    built: HashMap<(String, usize), Option<Payloads>>,
    validators: HashMap<Pointer, Arc<Validator>>,
    draws: Arc<Draws>,
    dead: Vec<Pointer>,
}

impl<'d> Strategies<'d> {
    /// For this document.
    pub fn new(document: &'d Document) -> Self {
        Self { document, built: HashMap::new(), validators: HashMap::new(), draws: Arc::default(), dead: Vec::new() }
    }

    /// The payloads that conform to a schema.
    pub fn payloads(&mut self, schema: Located<'d>) -> Result<Payloads, StrategyError> {
        let conjunction = Conjunction::of(self.document, schema)?;
        self.value(&conjunction, 0)
    }

    /// The payloads that conform to all parts of a conjunction.
    pub fn conforming(&mut self, conjunction: &Conjunction<'d>) -> Result<Payloads, StrategyError> {
        self.value(conjunction, 0)
    }

    /// What the filters have counted so far.
    pub fn draws(&self) -> Arc<Draws> {
        Arc::clone(&self.draws)
    }

    /// The branches of `oneOf` and `anyOf` that no value can take, found so far.
    pub fn dead_branches(&self) -> &[Pointer] {
        &self.dead
    }

    fn value(&mut self, schema: &Conjunction<'d>, depth: usize) -> Result<Payloads, StrategyError> {
        let endless = || StrategyError::Endless { pointer: schema.pointer() };
        if depth >= LAST_DEPTH {
            return Err(endless());
        }
        let key = (schema.key(), depth);
        if let Some(known) = self.built.get(&key) {
            return known.clone().ok_or_else(endless);
        }
        match self.build(schema, depth) {
            Ok(payloads) => {
                self.built.insert(key, Some(payloads.clone()));
                Ok(payloads)
            }
            Err(StrategyError::Endless { pointer }) => {
                self.built.insert(key, None);
                Err(StrategyError::Endless { pointer })
            }
            Err(other) => Err(other),
        }
    }

    fn build(&mut self, schema: &Conjunction<'d>, depth: usize) -> Result<Payloads, StrategyError> {
        if let Some(alternatives) = schema.alternatives().into_iter().next() {
            return self.union(schema, &alternatives, depth);
        }
        let Some(kind) = schema.kind() else {
            return Err(unsatisfiable(schema, "its types exclude each other, or one of them is none of OpenAPI's"));
        };
        if let Some(listed) = schema.listed() {
            return self.listed(schema, listed);
        }
        let payloads = match kind {
            Kind::Any => any_json(),
            Kind::Boolean => any::<bool>().prop_map(Value::Bool).boxed(),
            Kind::Integer => number::integers(schema)?,
            Kind::Number => number::numbers(schema)?,
            Kind::String => text::texts(schema)?,
            Kind::Array => self.array(schema, depth)?,
            Kind::Object => self.object(schema, depth)?,
        };
        let payloads = if schema.typed() && schema.nullable() {
            Union::new_weighted(vec![(6, payloads), (1, Just(Value::Null).boxed())]).boxed()
        } else {
            payloads
        };
        let unsure = !schema.refused().is_empty() || text::unsure(schema) || number::unsure(schema);
        if unsure { self.filtered(schema, payloads) } else { Ok(payloads) }
    }

    fn listed(&mut self, schema: &Conjunction<'d>, listed: Vec<&'d Value>) -> Result<Payloads, StrategyError> {
        let validators = self.validators(schema)?;
        let values: Vec<Value> =
            listed.into_iter().filter(|value| validators.iter().all(|one| one.accepts(value))).cloned().collect();
        if values.is_empty() {
            return Err(unsatisfiable(schema, "no value of the enum conforms"));
        }
        Ok(proptest::sample::select(values).boxed())
    }

    fn filtered(&mut self, schema: &Conjunction<'d>, payloads: Payloads) -> Result<Payloads, StrategyError> {
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
        Ok(payloads.prop_filter("the compiled schema refuses it", conforms).boxed())
    }

    fn validators(&mut self, schema: &Conjunction<'d>) -> Result<Vec<Arc<Validator>>, StrategyError> {
        let mut found = Vec::new();
        for part in &schema.parts {
            if !self.validators.contains_key(&part.pointer)
                && let Some(located) = self.document.at(&part.pointer)
            {
                let validator = Arc::new(Validator::new(self.document, located)?);
                self.validators.insert(part.pointer.clone(), validator);
            }
            found.extend(self.validators.get(&part.pointer).cloned());
        }
        Ok(found)
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
pub fn draw(payloads: &Payloads, place: &Pointer, seed: u64, count: usize) -> Result<Vec<Value>, StrategyError> {
    let mut runner = runner(seed, 1);
    let one = |_| match payloads.new_tree(&mut runner) {
        Ok(tree) => Ok(tree.current()),
        Err(reason) => Err(StrategyError::Exhausted { pointer: place.clone(), reason: reason.to_string() }),
    };
    (0..count).map(one).collect()
}

fn unsatisfiable(schema: &Conjunction<'_>, reason: impl Into<String>) -> StrategyError {
    StrategyError::Unsatisfiable { pointer: schema.pointer(), reason: reason.into() }
}

/// What a schema without demands allows, kept small: it stands for what a reader must not choke on.
fn any_json() -> Payloads {
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
    proptest::sample::select(values.to_vec()).boxed()
}
