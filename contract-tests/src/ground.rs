//! The ground that the judge stands on: for each named schema its cases, and draws that the document itself accepts.
//!
//! None of this needs the client. A judge whose own payloads the document refuses, or whose rejection cases it accepts,
//! has nothing to say about anybody else.

use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use crate::cases::{Cases, Enumerator};
use crate::document::{Document, Located, Pointer};
use crate::oracle::Validator;
use crate::strategy::{self, Payloads, StrategyError};

/// What is judged, and how thoroughly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// How many payloads are drawn for each schema, beside the enumerated ones.
    pub cases: u32,
    /// What the draws are derived from.
    pub seed: u64,
}

impl Default for Plan {
    fn default() -> Self {
        Self { cases: 256, seed: 0 }
    }
}

/// The payloads of one named schema.
pub struct Ground<'d> {
    /// The name of the schema.
    pub name: String,
    /// The schema.
    pub schema: Located<'d>,
    /// It compiled.
    pub validator: Arc<Validator>,
    /// The enumerated cases.
    pub cases: Cases,
    /// What is drawn from.
    pub payloads: Payloads,
    /// What the document refuses of its own draws. Nothing may be here.
    pub refused: Vec<Value>,
    /// The share of values that a filter refused while drawing.
    pub rejected_draws: f64,
    /// The branches and properties that no value can take.
    pub dead: Vec<Pointer>,
}

/// Prepares the schemas of one document. What was compiled and built for one is there for the next.
pub struct Grounds<'d> {
    enumerator: Enumerator<'d>,
}

impl<'d> Grounds<'d> {
    /// For this document.
    pub fn of(document: &'d Document) -> Self {
        Self { enumerator: Enumerator::new(document) }
    }

    /// Prepares one schema and proves its payloads.
    pub fn prepare(&mut self, name: &str, schema: Located<'d>, plan: Plan) -> Result<Ground<'d>, StrategyError> {
        let strategies = &mut self.enumerator.strategies;
        let validator = strategies.validator(&schema)?;
        let payloads = strategies.payloads(schema.clone())?;
        let counts = strategies.draws();
        let (drawn_before, refused_before) = (counts.drawn(), counts.refused());
        let drawn = strategy::draw(&payloads, &schema.pointer, plan.seed, plan.cases as usize)?;
        let refused = drawn.into_iter().filter(|payload| !validator.accepts(payload)).collect();
        let (drawn, rejected) = (counts.drawn() - drawn_before, counts.refused() - refused_before);
        let rejected_draws = rejected as f64 / drawn.max(1) as f64;
        let cases = self.enumerator.cases(schema.clone())?;
        let dead = self.enumerator.strategies.take_dead();
        Ok(Ground { name: name.into(), schema, validator, cases, payloads, refused, rejected_draws, dead })
    }
}

/// Prepares one schema by itself.
pub fn prepare<'d>(
    document: &'d Document,
    name: &str,
    schema: Located<'d>,
    plan: Plan,
) -> Result<Ground<'d>, StrategyError> {
    Grounds::of(document).prepare(name, schema, plan)
}
