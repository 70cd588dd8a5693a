//! Known deviations of a client from what its document promises: differences that are tolerated for now.
//!
//! An entry covers the differences of one kind at the places that it names, and says why they are tolerated. Judging fails
//! where a difference is on no list, and also where an entry covers nothing any more. The lists stand beside the clients.

use crate::difference::{Difference, Problem};

/// One kind of difference that is known.
#[derive(Debug, Clone, Copy)]
pub struct Deviation {
    /// Who finds it.
    pub oracle: &'static str,
    /// What is different.
    pub problem: Problem,
    /// The keyword, header, status or the like; a `*` at the end stands for any rest.
    pub keyword: &'static str,
    /// The places; a `*` at the beginning stands for any start.
    pub places: &'static [&'static str],
    /// Why it is so.
    pub reason: &'static str,
}

impl Deviation {
    /// Whether it covers a difference.
    pub fn covers(&self, difference: &Difference) -> bool {
        self.kind_of(difference) && self.places.iter().any(|place| ends(place, &difference.place))
    }

    /// The places at which none of the differences is.
    pub fn stale(&self, differences: &[Difference]) -> Vec<&'static str> {
        let real = |place: &&'static str| {
            differences.iter().any(|difference| self.kind_of(difference) && ends(place, &difference.place))
        };
        self.places.iter().copied().filter(|place| !real(place)).collect()
    }

    fn kind_of(&self, difference: &Difference) -> bool {
        let keyword = match self.keyword.strip_suffix('*') {
            Some(start) => difference.keyword.starts_with(start),
            None => difference.keyword == self.keyword,
        };
        self.oracle == difference.oracle && self.problem == difference.problem && keyword
    }
}

fn ends(pattern: &str, place: &str) -> bool {
    match pattern.strip_prefix('*') {
        Some(end) => place.ends_with(end),
        None => place == pattern,
    }
}

/// The entries of a list that cover nothing, each with its stale places; of these oracles.
pub fn stale(deviations: &[Deviation], oracles: &[&str], differences: &[Difference]) -> Vec<String> {
    let mut found = Vec::new();
    for deviation in deviations.iter().filter(|deviation| oracles.contains(&deviation.oracle)) {
        for place in deviation.stale(differences) {
            let Deviation { oracle, problem, keyword, reason, .. } = deviation;
            found.push(format!("{oracle} {problem:?} {keyword} at {place}: {reason}"));
        }
    }
    found
}
