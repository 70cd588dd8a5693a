//! One schema, prepared: its cases, and draws that the document itself accepts.
//!
//! None of this needs a client. A judge whose own payloads the document refuses, or whose rejection cases it accepts,
//! has nothing to say about anybody else.

mod memory;

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::Value;

use crate::cases::{Case, Cases, Enumerator};
use crate::document::{Document, Located, Pointer};
use crate::ground::Plan;
use crate::oracle::Validator;
use crate::strategy::{self, Payloads, StrategyError};
pub use memory::{Memories, Memory};

/// The payloads of one named schema.
pub struct Prepared<'d> {
    /// The name of the schema.
    pub name: String,
    /// The schema.
    pub schema: Located<'d>,
    /// It compiled.
    pub validator: Arc<Validator>,
    /// The enumerated cases.
    pub cases: Arc<Cases>,
    /// What is drawn from.
    pub payloads: Payloads,
    /// What the document refuses of its own draws. Nothing may be here.
    pub refused: Vec<Value>,
    /// The share of values that a filter refused while drawing.
    pub rejected_draws: f64,
    /// The branches and properties that no value can take.
    pub dead: Vec<Pointer>,
    /// Why optional parts could not be built; the payloads do without them.
    pub left_out: Vec<StrategyError>,
}

/// Prepares the schemas of one document. What was compiled and built for one is there for the next.
pub struct Preparation<'d> {
    document: &'d Document,
    enumerator: Enumerator<'d>,
    /// By the place that a schema's reference leads to, so that no schema is enumerated twice.
    known: HashMap<Pointer, Arc<Cases>>,
    memories: Arc<Memories>,
}

impl<'d> Preparation<'d> {
    /// For this document.
    pub fn of(document: &'d Document) -> Self {
        Self::remembering(document, Arc::default())
    }

    /// The same, with what was made of the schemas of other documents.
    pub fn remembering(document: &'d Document, memories: Arc<Memories>) -> Self {
        let mut enumerator = Enumerator::new(document);
        enumerator.strategies.memories = Arc::clone(&memories);
        Self { document, enumerator, known: HashMap::new(), memories }
    }

    /// Prepares one schema and proves its payloads.
    pub fn prepare(&mut self, name: &str, schema: Located<'d>, plan: Plan) -> Result<Prepared<'d>, StrategyError> {
        let strategies = &mut self.enumerator.strategies;
        let validator = strategies.validator(&schema)?;
        let payloads = strategies.payloads(schema.clone())?;
        let counts = strategies.draws();
        let (drawn_before, refused_before) = (counts.drawn(), counts.refused());
        let drawn = strategy::draw(&payloads, &schema.pointer, plan.seed, plan.cases as usize)?;
        let refused = drawn.into_iter().filter(|payload| !validator.accepts(payload)).collect();
        let (drawn, rejected) = (counts.drawn() - drawn_before, counts.refused() - refused_before);
        let rejected_draws = rejected as f64 / drawn.max(1) as f64;
        let cases = self.cases(schema.clone())?;
        let dead = self.enumerator.strategies.take_dead();
        let left_out = self.enumerator.strategies.take_left_out();
        Ok(Prepared { name: name.into(), schema, validator, cases, payloads, refused, rejected_draws, dead, left_out })
    }
}

impl<'d> Preparation<'d> {
    /// The cases of a schema alone.
    pub fn cases(&mut self, schema: Located<'d>) -> Result<Arc<Cases>, StrategyError> {
        let target = self.document.resolve(schema.clone())?;
        if let Some(known) = self.known.get(&target.pointer) {
            return Ok(Arc::clone(known));
        }
        let cases = self.remembered(|known| &known.cases, &target, |making| making.cases(schema))?;
        self.known.insert(target.pointer, Arc::clone(&cases));
        Ok(cases)
    }

    /// What was made of the schema at a place in other documents, or else is made of it now.
    fn remembered<T>(
        &mut self,
        memory: impl Fn(&Memories) -> &Memory<Arc<T>>,
        target: &Located<'d>,
        make: impl FnOnce(&mut Enumerator<'d>) -> Result<T, StrategyError>,
    ) -> Result<Arc<T>, StrategyError> {
        if let Some(known) = memory(&self.memories).of(self.document, &target.pointer) {
            return Ok(known);
        }
        let made = Arc::new(make(&mut self.enumerator)?);
        // What had to be left out is told of each document.
        if self.enumerator.strategies.is_whole() {
            memory(&self.memories).note(self.document, target, Arc::clone(&made));
        }
        Ok(made)
    }

    /// The compiled schema.
    pub fn validator(&mut self, schema: &Located<'d>) -> Result<Arc<Validator>, StrategyError> {
        self.enumerator.strategies.validator(schema)
    }

    /// The plainest payloads of a schema that conform, the baseline first.
    pub fn plain(&mut self, schema: Located<'d>) -> Result<Arc<Vec<Case>>, StrategyError> {
        let target = self.document.resolve(schema.clone())?;
        self.remembered(|known| &known.plain, &target, |making| making.plain(schema))
    }

    /// What the payloads of a schema are drawn from.
    pub fn payloads(&mut self, schema: Located<'d>) -> Result<Payloads, StrategyError> {
        self.enumerator.strategies.payloads(schema)
    }
}

/// Prepares one schema by itself.
pub fn prepare<'d>(
    document: &'d Document,
    name: &str,
    schema: Located<'d>,
    plan: Plan,
) -> Result<Prepared<'d>, StrategyError> {
    Preparation::of(document).prepare(name, schema, plan)
}
