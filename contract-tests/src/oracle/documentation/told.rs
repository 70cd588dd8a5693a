//! Whether a topic's facts are told where a reader looks for them: in the blocks of the documentation that are about it.
//!
//! A block is about what it names first, and so is all that stands below it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;

use super::markdown::{Block, find, without};
use super::said::Said;
use super::sources::{Item, Sources};
use super::topic::{Fact, How, Topic};
use crate::difference::Problem;

/// What may end a sentence, of the document's or of the client's.
pub const END: [char; 4] = ['.', ':', ';', ','];

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

impl<'s> Telling<'s> {
    /// By these sources.
    pub fn of(sources: &'s Sources, example: &'s dyn Fn(&str) -> Option<Value>) -> Self {
        Self { sources, example, found: Vec::new() }
    }

    /// Holds the whole of an item's documentation against a topic.
    pub fn judge(&mut self, topic: &Topic, item: &Item) {
        let mut judged = item.judged.lock().unwrap_or_else(PoisonError::into_inner);
        let found = judged.get(topic).cloned().unwrap_or_else(|| {
            // What has a name is told of in the first block, and so is not what is within it.
            let heads: &[usize] = if topic.names.is_empty() { &[] } else { &[0] };
            let prose = topic.sentences();
            let rest = |block: &Block| without(&block.plain, prose.iter().copied());
            let page = Page { blocks: &item.blocks, rest: item.blocks.iter().map(rest).collect() };
            let mut found = Found::default();
            self.told(vec![topic], &page, heads, (0..page.blocks.len()).collect(), &mut found);
            judged.entry(topic.clone()).or_insert(Arc::new(found)).clone()
        });
        self.found.push(found);
    }

    /// What is wrong, all in all.
    pub fn faults(self) -> Vec<Fault> {
        let is_wording = |one: &&Fault| self.found.iter().any(|found| found.wording.contains(&one.what));
        let suspects = self.found.iter().flat_map(|found| &found.suspects).filter(|one| !is_wording(one));
        self.found.iter().flat_map(|found| &found.faults).chain(suspects).cloned().collect()
    }

    /// Holds the blocks of a region against topics, all of which its heads name.
    fn told<'t>(
        &self,
        mut topics: Vec<&'t Topic>,
        page: &Page<'_>,
        heads: &[usize],
        mut region: Vec<usize>,
        found: &mut Found,
    ) {
        let count = topics.len();
        let named: Vec<&String> = topics.iter().flat_map(|topic| &topic.names).collect();
        let mut inner: BTreeMap<Vec<usize>, Vec<&Topic>> = BTreeMap::new();
        let mut parts: Vec<&'t Topic> = topics.iter().flat_map(|topic| &topic.parts).collect();
        while let Some(part) = parts.pop() {
            let same: Vec<&Topic> = parts.extract_if(.., |other| other.names == part.names).chain([part]).collect();
            let others = region.iter().copied().filter(|block| !heads.contains(block));
            let first = page.first(&part.names, same.len(), others, &named);
            // What no block names is told with the rest.
            if first.is_empty() {
                parts.extend(same.iter().flat_map(|part| &part.parts));
                topics.extend(same);
            } else {
                inner.entry(first).or_default().extend(same);
            }
        }
        // What is named later may be below what is named before, and is about less.
        for (heads, parts) in inner.into_iter().rev() {
            let is_below = |block: &mut usize| heads.iter().any(|head| (*head..page.blocks[*head].end).contains(block));
            let below = region.extract_if(.., is_below).collect();
            self.told(parts, page, &heads, below, found);
        }
        let own: Vec<&Block> = region.iter().map(|block| &page.blocks[*block]).collect();
        self.own(&topics, count, &own, found);
    }

    /// Holds the blocks that are about topics themselves against their facts; the names of all but the first are facts as well.
    fn own(&self, topics: &[&Topic], count: usize, own: &[&Block], found: &mut Found) {
        let Some(first) = topics.first() else { return };
        let fault = |place: &str, keyword: &str, problem, what: &str| Fault {
            place: place.to_owned(),
            keyword: keyword.to_owned(),
            problem,
            what: what.to_owned(),
        };
        let name = |topic: &&Topic| Fact { keyword: "name".into(), any: topic.names.clone(), how: How::Whole };
        let names: Vec<Fact> = topics[count..].iter().filter(|topic| !topic.names.is_empty()).map(name).collect();
        let facts = topics.iter().flat_map(|topic| topic.facts.iter().map(|fact| (topic.place.as_str(), fact)));
        let facts: Vec<(&str, &Fact)> = facts.chain(names.iter().map(|fact| (first.place.as_str(), fact))).collect();
        let said = Said::of(topics, count, facts.iter().map(|(_, fact)| *fact), own);
        let shown: Vec<Option<Value>> = said.spans.iter().map(|span| self.read(span)).collect();
        for (place, fact) in facts.iter().filter(|(_, fact)| !said.is_told(fact, &shown)) {
            let what = match &fact.how {
                How::Example(value) => value.to_string(),
                _ => fact.any.join(" / "),
            };
            found.faults.push(fault(place, &fact.keyword, Problem::Lost, &what));
        }
        let strays = said.strays(&shown, |word| self.sources.uses(word));
        found.faults.extend(strays.iter().map(|stray| fault(&first.place, "documentation", Problem::Added, stray)));
        let wording = said.wording();
        if topics[..count].iter().all(|topic| topic.undescribed) {
            let added = |clause: &String| fault(&first.place, "description", Problem::Added, clause);
            found.suspects.extend(wording.iter().map(added));
        } else {
            found.wording.extend(wording);
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

/// The blocks of an item's documentation.
struct Page<'i> {
    blocks: &'i [Block],
    /// What each says beside the document's prose, in which names of other things may well stand.
    rest: Vec<String>,
}

impl Page<'_> {
    /// The blocks, of which there are so many, that have one of these names sooner than the others do; more where several have
    /// it as soon. One that has one of the names around it ahead of it is about that.
    fn first(
        &self,
        names: &[String],
        count: usize,
        blocks: impl Iterator<Item = usize>,
        around: &[&String],
    ) -> Vec<usize> {
        let place = |block: usize, names: &mut dyn Iterator<Item = &String>| {
            names.filter_map(|name| find(&self.rest[block], name)).map(|place| place.start).min()
        };
        let own = |block: usize| {
            let own = place(block, &mut names.iter())?;
            place(block, &mut around.iter().copied()).is_none_or(|around| around >= own).then_some((own, block))
        };
        let mut places: Vec<_> = blocks.filter_map(own).collect();
        places.sort_unstable();
        let last = places.get(count - 1).or(places.last()).map(|(place, _)| *place);
        let mut first: Vec<usize> =
            places.iter().take_while(|(place, _)| Some(*place) <= last).map(|(_, block)| *block).collect();
        first.sort_unstable();
        first
    }
}
