//! Regular expressions of ECMA-262, compiled once each.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

static COMPILED: LazyLock<Mutex<HashMap<&'static str, Option<regress::Regex>>>> = LazyLock::new(Mutex::default);

/// Whether a text matches a pattern somewhere. A pattern that does not compile, which the generator has refused, matches
/// everything.
pub(crate) fn pattern_matches(pattern: &'static str, text: &str) -> bool {
    let mut compiled = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    let regex = compiled.entry(pattern).or_insert_with(|| regress::Regex::with_flags(pattern, "u").ok()).clone();
    drop(compiled);
    regex.is_none_or(|regex| regex.find(text).is_some())
}
