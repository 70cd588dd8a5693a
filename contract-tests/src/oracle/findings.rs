//! What an oracle has found.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::difference::{Difference, Problem};
use crate::matrix::Tried;

/// The differences of one oracle, and how much it has judged.
#[derive(Debug)]
pub struct Findings {
    oracle: &'static str,
    /// The differences, in the order in which they were found.
    pub differences: Vec<Difference>,
    /// How much was judged, by what it is called: `calls`, `rows`.
    pub counts: BTreeMap<&'static str, usize>,
    /// The rows of the failure matrix that were tried.
    pub tried: Vec<Tried>,
}

impl Findings {
    /// Of an oracle that has found nothing yet.
    pub fn of(oracle: &'static str) -> Self {
        Self { oracle, differences: Vec::new(), counts: BTreeMap::new(), tried: Vec::new() }
    }

    /// The name of the oracle.
    pub fn oracle(&self) -> &'static str {
        self.oracle
    }

    /// A difference: what, where, of which keyword, how the two differ, and the payload or call that shows it.
    pub fn add(
        &mut self,
        problem: Problem,
        place: impl Into<String>,
        keyword: impl Into<String>,
        detail: impl Into<String>,
        shown_by: Value,
    ) {
        self.differences.push(Difference {
            oracle: self.oracle,
            problem,
            place: place.into(),
            keyword: keyword.into(),
            detail: detail.into(),
            shown_by,
        });
    }

    /// One more of what is called this was judged.
    pub fn count(&mut self, what: &'static str) {
        *self.counts.entry(what).or_default() += 1;
    }
}
