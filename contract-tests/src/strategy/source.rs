//! Where payloads come from: each source builds one value in one go, and sources are put together as schemas are.
//!
//! Nothing is compiled, boxed or remembered while a value is drawn: a draw that conforms is forgotten at once, and only
//! one that shows a difference is ever shrunk.

use std::sync::Arc;

use proptest::prelude::RngExt;
use proptest::test_runner::{Reason, TestRunner};
use serde_json::Value;

/// A value, or why too few of those that were built could be taken.
pub(crate) type Drawn = Result<Value, Reason>;

/// How often a value is built anew, where a test refuses it, before it is given up.
const ATTEMPTS: usize = 2_000;

/// Builds values.
#[derive(Clone)]
pub(crate) struct Source {
    build: Arc<dyn Fn(&mut TestRunner) -> Drawn + Send + Sync>,
    /// How large the smallest value is, counted in values; a string counts by its length.
    pub(crate) weight: u64,
}

impl Source {
    /// Builds a value.
    pub(crate) fn draw(&self, runner: &mut TestRunner) -> Drawn {
        (self.build)(runner)
    }

    /// The same source, whose values are at least so large.
    pub(crate) fn weighing(self, weight: u64) -> Self {
        Self { weight, ..self }
    }
}

/// What a function builds.
pub(crate) fn source(build: impl Fn(&mut TestRunner) -> Drawn + Send + Sync + 'static) -> Source {
    Source { build: Arc::new(build), weight: 1 }
}

/// One of some values, of which there is at least one.
pub(crate) fn one_of(values: Vec<Value>) -> Source {
    source(move |runner| {
        let index = runner.rng().random_range(0..values.len().max(1));
        Ok(values.get(index).cloned().unwrap_or_default())
    })
}

/// A value of one of some sources, of which there is at least one.
pub(crate) fn any_of(sources: Vec<Source>) -> Source {
    let weight = sources.iter().map(|source| source.weight).min().unwrap_or(1);
    let any = source(move |runner| {
        let index = runner.rng().random_range(0..sources.len().max(1));
        sources.get(index).map_or(Ok(Value::Null), |chosen| chosen.draw(runner))
    });
    any.weighing(weight)
}

/// What another source builds, and now and then null.
pub(crate) fn nullable(values: Source) -> Source {
    source(move |runner| if runner.rng().random_ratio(1, 7) { Ok(Value::Null) } else { values.draw(runner) })
}

/// What another source builds and a test lets pass.
pub(crate) fn filtered(
    values: Source,
    reason: &'static str,
    passes: impl Fn(&Value) -> bool + Send + Sync + 'static,
) -> Source {
    let weight = values.weight;
    let filtered = source(move |runner| {
        for _ in 0..ATTEMPTS {
            let value = values.draw(runner)?;
            if passes(&value) {
                return Ok(value);
            }
        }
        Err(Reason::from(reason))
    });
    filtered.weighing(weight)
}
