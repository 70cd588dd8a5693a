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
    /// Whether the first difference says all that is asked.
    first_only: bool,
}

impl Findings {
    /// Of an oracle that has found nothing yet.
    pub fn of(oracle: &'static str) -> Self {
        Self { oracle, differences: Vec::new(), counts: BTreeMap::new(), tried: Vec::new(), first_only: false }
    }

    /// The same, where somebody asks no more than whether there is a difference.
    pub(crate) fn first_only(self) -> Self {
        Self { first_only: true, ..self }
    }

    /// Whether nobody asks for more, so that an oracle with much to do may leave the rest.
    pub fn is_enough(&self) -> bool {
        self.first_only && !self.differences.is_empty()
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
