//! Whether a topic's facts are told where a reader looks for them: in the block of the documentation that names it.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;

use super::markdown::{Block, clauses, code, find, has_word, plain, without};
use super::sources::{Item, Sources};
use super::topic::{How, Topic};
use super::words::is_mistaken;
use crate::difference::Problem;
use crate::document::Pointer;
use crate::oracle::client::first_change;

/// An example may be left out of a sentence from this length on, if its length in bytes is told.
const LONG: usize = 1_000;

/// What may end a sentence, of the document's or of the client's.
pub const END: [char; 4] = ['.', ':', ';', ','];

/// Stands for a name.
const CODE: &str = "\u{1}";

/// Holds documentation against topics.
pub struct Telling<'s> {
    sources: &'s Sources,
    /// The example that the client's type of a name gives.
    example: &'s dyn Fn(&str) -> Option<Value>,
    found: Vec<Arc<Found>>,
}

/// What came of topics at an item of the sources, of which the next document has most as well.
pub type Judged = Mutex<HashMap<Topic, Arc<Found>>>;

/// What came of holding documentation against topics.
#[derive(Debug, Default)]
pub struct Found {
    faults: Vec<Fault>,
    /// What is said beside the facts of topics that the document describes: the client's own wording.
    wording: BTreeSet<String>,
    /// The same of topics that it does not describe, which no description may be.
    suspects: Vec<Fault>,
}

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

impl Found {
    fn add(&mut self, other: Self) {
        self.faults.extend(other.faults);
        self.wording.extend(other.wording);
        self.suspects.extend(other.suspects);
    }
}

impl<'s> Telling<'s> {
    /// By these sources.
    pub fn of(sources: &'s Sources, example: &'s dyn Fn(&str) -> Option<Value>) -> Self {
        Self { sources, example, found: Vec::new() }
    }

    /// Holds the whole of an item's documentation against a topic.
    pub fn judge(&mut self, topic: &Topic, item: &Item) {
        let known = item.judged.lock().unwrap_or_else(PoisonError::into_inner).get(topic).cloned();
        self.found.push(known.unwrap_or_else(|| {
            // What has a name is told of in the first block, and so is not what is within it.
            let inner = usize::from(!topic.names.is_empty());
            let found = self.told(topic.clone(), &item.blocks, 0..item.blocks.len(), inner, &mut Vec::new());
            let found = Arc::new(found);
            let mut judged = item.judged.lock().unwrap_or_else(PoisonError::into_inner);
            judged.insert(topic.clone(), Arc::clone(&found));
            found
        }));
    }

    /// What is wrong, all in all.
    pub fn faults(self) -> Vec<Fault> {
        let is_wording = |one: &&Fault| self.found.iter().any(|found| found.wording.contains(&one.what));
        let suspects = self.found.iter().flat_map(|found| &found.suspects).filter(|one| !is_wording(one));
        self.found.iter().flat_map(|found| &found.faults).chain(suspects).cloned().collect()
    }

    /// Holds a part of the blocks against a topic; from `inner` on, they may be about the topics within it.
    fn told(
        &self,
        mut topic: Topic,
        blocks: &[Block],
        region: Range<usize>,
        inner: usize,
        taken: &mut Vec<Range<usize>>,
    ) -> Found {
        let mut found = Found::default();
        let prose: Vec<String> =
            topic.facts.iter().filter(|fact| fact.how == How::Prose).flat_map(|fact| fact.any.clone()).collect();
        let mut parts: Vec<Topic> = topic.parts.drain(..).rev().collect();
        while let Some(part) = parts.pop() {
            let is_free = |index: &usize| !taken.iter().any(|range| range.contains(index));
            let names = |index: &usize| part.names.iter().any(|name| find(&blocks[*index].plain, name).is_some());
            let ended = |index: usize| blocks[index].plain.trim_end_matches(END);
            let is_prose = |index: &usize| prose.iter().any(|prose| prose.contains(ended(*index)));
            let candidates = (inner..region.end).filter(is_free).filter(names).filter(|index| !is_prose(index));
            let tried = candidates.map(|index| {
                let mut then = taken.clone();
                let found = self.told(part.clone(), blocks, index..blocks[index].end, index + 1, &mut then);
                // A name may stand in other blocks as a word: where it is code, it is more likely meant.
                let spans: Vec<String> = code(&blocks[index].source).into_iter().map(plain).collect();
                let unnamed = part.names.iter().filter(|name| !spans.contains(name)).count();
                then.push(index..blocks[index].end);
                ((found.faults.len(), unnamed), found, then)
            });
            match tried.min_by_key(|(rank, ..)| *rank) {
                Some((_, tried, then)) => {
                    found.add(tried);
                    *taken = then;
                }
                // It has no block of its own, so it is told with the rest.
                None => {
                    topic.fold(part);
                    parts.extend(topic.parts.drain(..).rev());
                }
            }
        }
        let own = region.filter(|index| !taken.iter().any(|range| range.contains(index))).map(|index| &blocks[index]);
        self.own(topic, &own.collect::<Vec<_>>(), &mut found);
        found
    }

    /// Holds the blocks that are about a topic itself against its facts.
    fn own(&self, topic: Topic, own: &[&Block], found: &mut Found) {
        let Topic { place, names, facts, mut allowed, undescribed, .. } = topic;
        let fault = |keyword: &str, problem, what: &str| Fault {
            place: place.clone(),
            keyword: keyword.to_owned(),
            problem,
            what: what.to_owned(),
        };
        let prose: Vec<&String> =
            facts.iter().filter(|fact| fact.how == How::Prose).flat_map(|fact| &fact.any).collect();
        let (mut words, sentences): (Vec<&String>, Vec<&String>) = prose.iter().partition(|prose| !prose.contains(' '));
        let lines = own.iter().map(|block| without_prose(&block.plain, &sentences, &mut words));
        let lines: Vec<String> = lines.collect();
        let spans: Vec<&str> = own.iter().flat_map(|block| code(&block.source)).collect();
        let in_lines = |one: &String| one.is_empty() || lines.iter().any(|line| find(line, one).is_some());
        let examples: Vec<Value> = spans.iter().filter_map(|span| self.read(span)).collect();
        for fact in &facts {
            let is_told = match &fact.how {
                How::Prose => fact.any.iter().all(|one| own.iter().any(|block| find(&block.plain, one).is_some())),
                How::Whole => fact.any.iter().any(in_lines),
                How::Stem => lines.iter().any(|line| has_word(line, &fact.any)),
                How::Beside => lines.iter().flat_map(|line| clauses(line)).any(|(_, clause, _)| {
                    fact.any.iter().any(|one| find(clause, one).is_some())
                        && !is_mistaken(&without(clause, &fact.any), &fact.keyword)
                }),
                // A long one by its length.
                How::Example(value) => {
                    let length = value.to_string().len();
                    examples.iter().any(|shown| same(value, shown)) || (length > LONG && in_lines(&length.to_string()))
                }
            };
            if !is_told {
                let what = match &fact.how {
                    How::Example(value) => value.to_string(),
                    _ => fact.any.join(" / "),
                };
                found.faults.push(fault(&fact.keyword, Problem::Lost, &what));
            }
        }
        allowed.extend(
            facts.iter().filter(|fact| fact.how != How::Prose).flat_map(|fact| &fact.any).chain(&names).cloned(),
        );
        let shown: Vec<String> = spans.iter().map(|span| plain(span)).collect();
        let rest: Vec<String> = lines.iter().map(|line| without(line, allowed.iter().chain(&shown))).collect();
        let urls = rest.iter().flat_map(|line| line.split_whitespace()).filter(|word| word.contains("://"));
        for span in spans.iter().copied().chain(urls) {
            let shown = self.read(span);
            let is_example =
                |value| facts.iter().any(|fact| matches!(&fact.how, How::Example(one) if same(one, value)));
            // The example of a type is that of the document, or it is none that may be referred to.
            let is_right = match &shown {
                Some(value) if is_example(value) => true,
                Some(_) if span.contains("::") => false,
                _ => {
                    // What stands in a value names nothing of Rust's.
                    let rest = without(&plain(span), &allowed);
                    let mut words =
                        rest.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
                    words.all(|word| shown.is_none() && self.sources.uses(word))
                }
            };
            // A block of code may be one of the document's.
            let is_block = || span.contains('\n') && prose.iter().any(|prose| prose.contains(&plain(span)));
            if !is_right && !is_block() {
                found.faults.push(fault("documentation", Problem::Added, span));
            }
        }
        let stems: Vec<&String> =
            facts.iter().filter(|fact| fact.how == How::Stem).flat_map(|fact| &fact.any).collect();
        // A topic's name stands as code in front of its description, and may well stand in it too.
        let is_name = |one: &String| names.contains(one) && !facts.iter().any(|fact| fact.any.contains(one));
        let code = spans.iter().map(|span| plain(span));
        let known =
            allowed.iter().cloned().chain(code).filter(|one| !is_name(one)).chain(prose.iter().copied().cloned());
        let known: Vec<String> = known.collect();
        let told = own.iter().filter(|block| !block.source.starts_with('#') && !block.plain.ends_with(':'));
        let unnamed = |block: &Block| {
            names.iter().fold(block.source.clone(), |source, name| source.replace(&format!("`{name}`"), CODE))
        };
        let rest: Vec<String> = told.map(|block| without(&plain(&unnamed(block)), &known)).collect();
        let is_clause = |clause: &&str| {
            clause.contains(char::is_alphabetic) && !clause.contains(['\0', '\u{1}']) && !has_word(clause, &stems)
        };
        // A description begins a block or follows a colon; what stands in front of one, or of a parenthesis, is about it.
        let clauses = rest.iter().flat_map(|line| clauses(line));
        let clauses = clauses.filter(|(before, _, after)| "\n:".contains(*before) && !":(".contains(*after));
        let clauses = clauses.map(|(_, clause, _)| clause.trim()).filter(is_clause);
        if undescribed {
            found.suspects.extend(clauses.map(|clause| fault("description", Problem::Added, clause)));
        } else {
            found.wording.extend(clauses.map(str::to_owned));
        }
    }

    /// The value that code shows: JSON, or the example that a type gives.
    fn read(&self, span: &str) -> Option<Value> {
        if span.starts_with(['{', '[']) {
            return serde_json::from_str(span).ok();
        }
        let (path, named) = span.trim_end_matches("()").rsplit_once("::")?;
        (named == "example").then(|| (self.example)(path.rsplit("::").next()?)).flatten()
    }
}

/// A line without the document's prose. A description of one word may be a word of the rest too, such as a default: it stands in front
/// of everything, or behind a colon, and only once.
fn without_prose(line: &str, sentences: &[&String], words: &mut Vec<&String>) -> String {
    let begins = |part: &str, word: &str| find(part, word).is_some_and(|place| place.start == 0);
    let without_word = |part: &str| match words.iter().position(|word| begins(part, word)) {
        Some(at) => format!("\0{}", &part[words.swap_remove(at).len()..]),
        None => part.to_owned(),
    };
    without(line, sentences.iter().copied()).split_inclusive(": ").map(without_word).collect()
}

fn same(one: &Value, other: &Value) -> bool {
    first_change(one, other, Pointer::root()).is_none()
}
