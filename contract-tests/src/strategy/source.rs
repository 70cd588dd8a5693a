//! Where payloads come from: each source builds one value in one go, and sources are put together as schemas are.
//!
//! Nothing is compiled, boxed or remembered while a value is drawn: a draw that conforms is forgotten at once, and only
//! one that shows a difference is ever shrunk.

use std::sync::Arc;

use proptest::prelude::RngExt;
use proptest::test_runner::{Reason, TestRunner};
use serde_json::Value;

/// A value, or why too few of those that were built could be taken.
pub(super) type Drawn = Result<Value, Reason>;

/// Builds values.
pub(super) type Source = Arc<dyn Fn(&mut TestRunner) -> Drawn + Send + Sync>;

/// What a function builds.
pub(super) fn source(build: impl Fn(&mut TestRunner) -> Drawn + Send + Sync + 'static) -> Source {
    Arc::new(build)
}

/// One of some values, of which there is at least one.
pub(super) fn one_of(values: Vec<Value>) -> Source {
    source(move |runner| {
        let index = runner.rng().random_range(0..values.len().max(1));
        Ok(values.get(index).cloned().unwrap_or_default())
    })
}

/// A value of one of some sources, of which there is at least one.
pub(super) fn any_of(sources: Vec<Source>) -> Source {
    source(move |runner| {
        let index = runner.rng().random_range(0..sources.len().max(1));
        sources.get(index).map_or(Ok(Value::Null), |chosen| chosen(runner))
    })
}

/// What another source builds, and now and then null.
pub(super) fn nullable(values: Source) -> Source {
    source(move |runner| if runner.rng().random_ratio(1, 7) { Ok(Value::Null) } else { values(runner) })
}

/// What another source builds and a test lets pass.
pub(super) fn filtered(
    values: Source,
    reason: &'static str,
    passes: impl Fn(&Value) -> bool + Send + Sync + 'static,
) -> Source {
    source(move |runner| {
        loop {
            let value = values(runner)?;
            if passes(&value) {
                return Ok(value);
            }
            runner.reject_local(reason)?;
        }
    })
}
