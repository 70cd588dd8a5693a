//! The document's patterns, compiled once each.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use super::Matching;
use super::regex::Regex;

static COMPILED: LazyLock<Mutex<HashMap<&'static str, Option<Arc<Regex>>>>> = LazyLock::new(Mutex::default);

/// Whether a string matches a pattern somewhere. A pattern that does not compile, which the generator refuses, decides nothing.
pub(crate) fn pattern_matches(pattern: &'static str, text: &str) -> Matching {
    let mut compiled = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    let regex = compiled.entry(pattern).or_insert_with(|| Regex::new(pattern).ok().map(Arc::new)).clone();
    drop(compiled);
    match regex.and_then(|regex| regex.is_match(text)) {
        Some(true) => Matching::Yes,
        Some(false) => Matching::No,
        None => Matching::Undecided,
    }
}
