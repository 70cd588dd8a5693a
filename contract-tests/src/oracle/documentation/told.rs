//! Whether a topic's facts are told where a reader looks for them: in the block of the documentation that names it.

use std::ops::Range;

use serde_json::Value;

use super::clause::{clauses, direction};
use super::found::{Fault, Found, Undescribed};
use super::markdown::{Block, code, find, has_word, plain};
use super::sources::Sources;
use super::topic::{Fact, Topic};
use crate::difference::Problem;
use crate::document::Pointer;
use crate::oracle::client::first_change;

/// An example may be left out of a sentence from this length on, if its length in bytes is told.
const LONG: usize = 1_000;

/// Holds documentation against topics.
pub struct Telling<'s> {
    sources: &'s Sources,
    /// The example that the client's type of a name gives.
    example: &'s dyn Fn(&str) -> Option<Value>,
    found: Found,
}

impl<'s> Telling<'s> {
    /// By these sources.
    pub fn of(sources: &'s Sources, example: &'s dyn Fn(&str) -> Option<Value>) -> Self {
        Self { sources, example, found: Found::default() }
    }

    /// Holds the whole of an item's documentation against a topic.
    pub fn judge(&mut self, topic: &Topic, blocks: &[Block]) {
        // What has a name is told of in the first block, and so is not what is within it.
        let inner = usize::from(!topic.names.is_empty());
        let found = self.told(&topic.clone().seen(), blocks, 0..blocks.len(), inner, &mut Vec::new());
        self.found.add(found);
    }

    /// What is wrong, all in all.
    pub fn faults(mut self) -> Vec<Fault> {
        let stale = self.found.stale();
        self.found.faults.extend(stale);
        self.found.faults
    }

    /// Holds a part of the blocks against a topic; from `inner` on, they may be about the topics within it.
    fn told(
        &self,
        topic: &Topic,
        blocks: &[Block],
        region: Range<usize>,
        inner: usize,
        taken: &mut Vec<Range<usize>>,
    ) -> Found {
        let mut found = Found::default();
        let mut facts = topic.facts.clone();
        let mut allowed: Vec<String> = topic.allowed.iter().chain(&topic.names).cloned().collect();
        let mut parts: Vec<&Topic> = topic.parts.iter().rev().collect();
        while let Some(part) = parts.pop() {
            let own_prose = |block: &Block| {
                topic.facts.iter().any(|(_, fact)| matches!(fact, Fact::Prose(text) if text.contains(&block.plain)))
            };
            let names = |block: &Block| part.names.iter().any(|name| find(&block.plain, name).is_some());
            let free = |index: usize, taken: &[Range<usize>]| !taken.iter().any(|range| range.contains(&index));
            // A name may stand in other blocks as a word: where it is code, it is more likely meant.
            let unnamed = |block: &Block| {
                let spans: Vec<String> = code(&block.source).into_iter().map(plain).collect();
                part.names.iter().filter(|name| !spans.contains(name)).count()
            };
            let mut best: Option<(Range<usize>, Found, Vec<Range<usize>>)> = None;
            for index in (inner..region.end).filter(|index| free(*index, taken)) {
                if !names(&blocks[index]) || own_prose(&blocks[index]) {
                    continue;
                }
                let mut then = taken.clone();
                let tried = self.told(part, blocks, index..blocks[index].end, index + 1, &mut then);
                let rank = |index: usize, found: &Found| (found.faults.len(), unnamed(&blocks[index]));
                if best.as_ref().is_none_or(|(at, other, _)| rank(index, &tried) < rank(at.start, other)) {
                    best = Some((index..blocks[index].end, tried, then));
                }
            }
            match best {
                Some((range, tried, then)) => {
                    found.add(tried);
                    *taken = then;
                    taken.push(range);
                }
                // It has no block of its own, so it is told with the rest.
                None => {
                    facts.push(("name".into(), Fact::Token(part.names.clone())));
                    facts.extend(part.facts.iter().cloned());
                    allowed.extend(part.allowed.iter().chain(&part.names).cloned());
                    parts.extend(part.parts.iter().rev());
                }
            }
        }
        let own: Vec<&Block> = region
            .filter(|index| !taken.iter().any(|range| range.contains(index)))
            .map(|index| &blocks[index])
            // The line below a table's head says nothing, and would part what stands around it.
            .filter(|block| !block.plain.is_empty())
            .collect();
        self.own(topic, &facts, allowed, &own, &mut found);
        found
    }

    /// Holds the blocks that are about a topic itself against its facts.
    fn own(
        &self,
        topic: &Topic,
        facts: &[(String, Fact)],
        mut allowed: Vec<String>,
        own: &[&Block],
        found: &mut Found,
    ) {
        let whole = own.iter().map(|block| block.plain.as_str()).collect::<Vec<_>>().join(" ");
        let mut rest = whole.clone();
        let mut fault = |keyword: &str, problem: Problem, what: String| {
            found.faults.push(Fault { place: topic.place.clone(), keyword: keyword.into(), problem, what });
        };
        let prose = facts.iter().filter_map(|(key, fact)| match fact {
            Fact::Prose(text) => Some((key, text.trim_end_matches(['.', ':', ';', ',']))),
            _ => None,
        });
        let mut prose: Vec<_> = prose.collect();
        prose.sort_by_key(|(_, text)| std::cmp::Reverse(text.len()));
        for (key, text) in prose {
            match find(&rest, text) {
                Some(place) => {
                    let block = whole[..place.start].trim_end();
                    let starts =
                        own.iter().scan(0, |at, block| Some(std::mem::replace(at, *at + block.plain.len() + 1)));
                    let first = starts.into_iter().any(|start| start == place.start);
                    // Commas and parentheses are between facts: a word in front of which they stand is no description.
                    let lead =
                        block.chars().next_back().filter(|c| !first && !c.is_alphanumeric() && !",(".contains(*c));
                    if first || lead.is_some() {
                        found.leads.insert(lead);
                    }
                    rest.replace_range(place.clone(), &"\0".repeat(place.len()));
                }
                None if find(&whole, text).is_some() => {}
                None => fault(key, Problem::Lost, text.to_owned()),
            }
        }
        let mut lines = Vec::new();
        let mut at = 0;
        for block in own {
            lines.push(rest[at..at + block.plain.len()].to_owned());
            at += block.plain.len() + 1;
        }
        let spans: Vec<&str> = own.iter().flat_map(|block| code(&block.source)).collect();
        for (key, fact) in facts {
            let told = match fact {
                Fact::Prose(_) => true,
                Fact::Token(any) => any.iter().any(|one| one.is_empty() || find(&rest, one).is_some()),
                Fact::Word(stems) => has_word(&rest, &stems.iter().map(String::as_str).collect::<Vec<_>>()),
                Fact::Beside { token, like, own, lower } => lines.iter().flat_map(|line| clauses(line)).any(|clause| {
                    find(clause, token).is_some_and(|place| {
                        let turned = lower.zip(direction(clause, place)).is_some_and(|(lower, said)| lower != said);
                        let around = clause.replace(token.as_str(), " ");
                        let mistaken = !like[*own].is_empty() && like.iter().any(|words| has_word(&around, words));
                        !turned && (!mistaken || has_word(&around, like[*own]))
                    })
                }),
                Fact::Example(value) => self.shows(value, &spans, &rest),
            };
            if !told {
                fault(key, Problem::Lost, shown(fact));
            }
            match fact {
                Fact::Token(any) => allowed.extend(any.iter().cloned()),
                Fact::Beside { token, .. } => allowed.push(token.clone()),
                Fact::Word(stems) => allowed.extend(stems.iter().cloned()),
                Fact::Prose(_) | Fact::Example(_) => {}
            }
        }
        allowed.retain(|one| !one.is_empty());
        allowed.sort_by_key(|one| std::cmp::Reverse(one.len()));
        let examples: Vec<&Value> = facts
            .iter()
            .filter_map(|(_, fact)| match fact {
                Fact::Example(value) => Some(value),
                _ => None,
            })
            .collect();
        for span in spans {
            // A block of code, behind the word that says in which language it is, may be one of the document's.
            let block = span.split_once('\n').map(|(_, block)| plain(block)).filter(|block| !block.is_empty());
            let is_prose = |block: String| {
                facts.iter().any(|(_, fact)| matches!(fact, Fact::Prose(text) if plain(text).contains(&block)))
            };
            if !block.is_some_and(is_prose) && !self.may_say(span, &allowed, &examples) {
                fault("documentation", Problem::Added, span.to_owned());
            }
        }
        let words =
            rest.split_whitespace().map(|word| word.trim_matches(|c: char| c.is_ascii_punctuation() && c != '/'));
        for url in words.filter(|word| word.starts_with("http") && word.contains("://") && !word.contains('\0')) {
            if !allowed.iter().any(|one| one.contains(url.trim_end_matches('/'))) {
                fault("documentation", Problem::Added, url.to_owned());
            }
        }
        if topic.undescribed {
            let sources = own.iter().map(|block| block.source.clone());
            // A topic's own name stands in front of its description, and may well stand in it too.
            let is_fact =
                |one: &String| facts.iter().any(|(_, fact)| matches!(fact, Fact::Word(stems) if stems.contains(one)));
            allowed.retain(|one| !topic.names.contains(one) || is_fact(one));
            let blocks = sources.zip(lines).collect();
            found.undescribed.push(Undescribed { place: topic.place.clone(), blocks, allowed });
        }
    }

    /// Whether an example is shown: as it is, by the example that a type gives, or, if it is long, by its length.
    fn shows(&self, value: &Value, spans: &[&str], text: &str) -> bool {
        let length = value.to_string().len();
        spans.iter().any(|span| self.read(span).is_some_and(|shown| same(value, &shown)))
            || (length > LONG && find(text, &length.to_string()).is_some())
    }

    /// The value that code shows: JSON, or the example that a type gives.
    fn read(&self, span: &str) -> Option<Value> {
        if span.starts_with(['{', '[']) {
            return serde_json::from_str(span).ok();
        }
        let (path, named) = span.trim_end_matches("()").rsplit_once("::")?;
        (named == "example").then(|| (self.example)(path.rsplit("::").next()?)).flatten()
    }

    /// Whether code stands for facts and for names that Rust's readers know.
    fn may_say(&self, span: &str, allowed: &[String], examples: &[&Value]) -> bool {
        if self.read(span).is_some_and(|value| examples.iter().any(|example| same(example, &value))) {
            return true;
        }
        // The example of a type is that of the document, or it is none that may be referred to.
        let is_value = self.read(span).is_some();
        if span.ends_with("::example") && is_value {
            return false;
        }
        let mut rest = plain(span);
        for one in allowed {
            while let Some(place) = find(&rest, one) {
                rest.replace_range(place, " ");
            }
        }
        rest.split(|c: char| !c.is_alphanumeric() && c != '_')
            .filter(|word| !word.is_empty())
            // What stands in a value names nothing of Rust's.
            .all(|word| !is_value && self.sources.uses(word))
    }
}

fn same(one: &Value, other: &Value) -> bool {
    first_change(one, other, Pointer::root()).is_none()
}

fn shown(fact: &Fact) -> String {
    match fact {
        Fact::Prose(text) => text.clone(),
        Fact::Token(any) | Fact::Word(any) => any.first().cloned().unwrap_or_default(),
        Fact::Beside { token, .. } => token.clone(),
        Fact::Example(value) => value.to_string(),
    }
}
