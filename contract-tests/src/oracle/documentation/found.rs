//! What came of holding documentation against topics, and what of it stands where descriptions stand and is none.

use std::collections::BTreeSet;

use super::clause::clauses;
use super::markdown::{find, has_word};
use crate::difference::Problem;

/// What is wrong with the documentation of a topic.
#[derive(Debug, Clone)]
pub struct Fault {
    /// Where the topic stands in the document.
    pub place: String,
    /// The keyword of what is not told; `documentation` of what is told and not so.
    pub keyword: String,
    /// Whether something is missing or too much.
    pub problem: Problem,
    /// The fact, or what is told instead.
    pub what: String,
}

/// What came of a topic, as far as it was read.
#[derive(Debug, Default)]
pub struct Found {
    /// What is missing or too much.
    pub faults: Vec<Fault>,
    /// What stands in front of descriptions: a colon, or nothing within its block.
    pub leads: BTreeSet<Option<char>>,
    /// What is told of topics that the document does not describe.
    pub undescribed: Vec<Undescribed>,
}

/// What is told of a topic that the document does not describe.
#[derive(Debug)]
pub struct Undescribed {
    /// Where the topic stands in the document.
    pub place: String,
    /// The blocks, as they are written and without the document's prose.
    pub blocks: Vec<(String, String)>,
    /// What they may speak of.
    pub allowed: Vec<String>,
}

impl Found {
    /// Takes over what came of another.
    pub fn add(&mut self, other: Self) {
        self.faults.extend(other.faults);
        self.leads.extend(other.leads);
        self.undescribed.extend(other.undescribed);
    }

    /// What stands where elsewhere descriptions stand, of topics that have none, and tells no fact.
    pub fn stale(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        for Undescribed { place, blocks, allowed } in &self.undescribed {
            let telling = |text: &str| {
                text.contains('\0')
                    || allowed.iter().any(|one| find(text, one).is_some() || has_word(text, &[&one.to_lowercase()]))
                    // A fact of several sentences has several clauses.
                    || allowed.iter().any(|one| {
                        let first = clauses(one).next().filter(|first| clauses(one).nth(1).is_some() && !first.is_empty());
                        first.is_some_and(|first| find(one, text.trim()).is_some() || find(text, first).is_some())
                    })
            };
            let mut stale = |text: &str| {
                if !text.trim().is_empty() && text.contains(char::is_alphabetic) && !telling(text) {
                    faults.push(Fault {
                        place: place.clone(),
                        keyword: "description".into(),
                        problem: Problem::Added,
                        what: text.trim().to_owned(),
                    });
                }
            };
            for (source, line) in blocks {
                for lead in &self.leads {
                    match lead {
                        Some(lead) => {
                            let lead = format!("{lead} ");
                            line.split(lead.as_str())
                                .skip(1)
                                .for_each(|after| stale(clauses(after).next().unwrap_or_default()));
                        }
                        None if source.starts_with('#') || line.ends_with(':') || source.contains('`') => {}
                        None => stale(line),
                    }
                }
            }
        }
        faults
    }
}
