//! Causes before what follows from them: one misnamed property shows in every payload that has it, and is one thing to mend.
//!
//! Two differences belong together where they are about the same keyword at the same place of the document, references
//! followed, or where one says that a name is missing and the other is about that name, in a schema or an operation that leads
//! to it. What the client lacks comes before what a schema says otherwise, and that before what payloads and calls show.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use serde_json::Value;

use super::{Found, place};
use crate::difference::{Difference, Problem};
use crate::document::{Located, Pointer};
use crate::ground::Ground;

/// How much of what is said of a difference is searched for names.
const SEARCHED: usize = 4_000;

/// What one difference has to do with others.
struct Clue {
    /// The schema or operation.
    subject: String,
    /// The schemas that it leads to, and its own name.
    reaches: Rc<BTreeSet<String>>,
    /// The places of the document that it is about.
    holders: BTreeSet<Pointer>,
    /// All that is said of it.
    said: String,
}

/// What may have consequences.
enum Cause {
    /// One side lacks a name, or calls it otherwise.
    Names { subject: String, names: Vec<String> },
    /// A keyword means something else: both values, as far as they are single ones.
    Keyword { holder: Pointer, keyword: String, values: Vec<String> },
}

/// Each cause with what follows from it behind it; the first kinds of causes first.
pub(super) fn sorted(ground: &Ground<'_>, mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by_key(|found| (rank(&found.difference), found.difference.place.matches('/').count()));
    let mut reaches = Reaches { ground, known: HashMap::new() };
    let clues: Vec<Clue> = found.iter().map(|found| reaches.clue(found)).collect();
    let mut cause_of: Vec<Option<usize>> = vec![None; found.len()];
    for index in 0..found.len() {
        if cause_of[index].is_some() {
            continue;
        }
        let other = other_name(&found, index);
        let Some(cause) = cause(ground, &found[index].difference, other.as_deref()) else { continue };
        for later in index + 1..found.len() {
            if cause_of[later].is_none() && cause.explains(&found[later].difference, &clues[later]) {
                cause_of[later] = Some(index);
            }
        }
        let side =
            missing(&found[index].difference).map(|(_, of_client)| if of_client { "client" } else { "document" });
        found[index].instead = side.zip(other).map(|(side, name)| format!("the {side} has `{name}` instead"));
    }
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|index| (cause_of[*index].unwrap_or(*index), *index));
    let position: HashMap<usize, usize> = order.iter().enumerate().map(|(new, old)| (*old, new)).collect();
    let mut slots: Vec<Option<Found>> = found.into_iter().map(Some).collect();
    let ordered = order.into_iter().filter_map(|old| {
        let follows = cause_of[old].and_then(|cause| position.get(&cause).copied());
        slots[old].take().map(|found| Found { follows, ..found })
    });
    ordered.collect()
}

/// The order of causes.
fn rank(difference: &Difference) -> usize {
    let structural = matches!(difference.problem, Problem::Lost | Problem::Changed | Problem::Added);
    match (difference.problem, difference.oracle) {
        (Problem::Contradiction, _) => 0,
        (Problem::Unbound, _) => 1,
        // A name that is missing is missing in lists of names as well.
        _ if missing(difference).is_some() => 2,
        (_, "derived") if structural => 3,
        (_, "interface") => 4,
        (_, "client") => 5,
        (_, "constructors") => 6,
        (_, "builders") => 7,
        (_, "derived") => 8,
        (_, "examples") => 10,
        (_, "documentation") => 11,
        (_, "unread") => 12,
        (_, "wire") => 13,
        (_, "matrix") => 14,
        _ => 9,
    }
}

/// The name that one side lacks, and whether that side is the client.
fn missing(difference: &Difference) -> Option<(String, bool)> {
    let last = || difference.place.rsplit('/').next().unwrap_or_default().to_owned();
    match (difference.problem, difference.keyword.as_str()) {
        (Problem::Unbound, keyword) => {
            let name = keyword.split_once(' ').map_or_else(last, |(_, name)| name.to_owned());
            Some((name, difference.detail.starts_with("the document has")))
        }
        (Problem::Lost, "properties") => Some((last(), true)),
        (Problem::Added, "properties") => Some((last(), false)),
        _ => None,
    }
}

/// What the other side has in place of a name, where that is the only name that is left over there.
fn other_name(all: &[Found], index: usize) -> Option<String> {
    let this = &all[index].difference;
    let (_, of_client) = missing(this)?;
    let holder = |difference: &Difference| match difference.problem {
        Problem::Unbound => difference.place.clone(),
        _ => difference.place.rsplit_once('/').map(|(holder, _)| holder.to_owned()).unwrap_or_default(),
    };
    let alike = all.iter().map(|found| &found.difference).filter(|other| {
        other.oracle == this.oracle && other.place != *"" && holder(other) == holder(this) && kind(other) == kind(this)
    });
    let names: Vec<(String, bool)> = alike.filter_map(missing).collect();
    let [mine, theirs] =
        [of_client, !of_client].map(|side| names.iter().filter(|(_, lacks)| *lacks == side).collect::<Vec<_>>());
    match (mine.as_slice(), theirs.as_slice()) {
        ([_], [(name, _)]) => Some(name.clone()),
        _ => None,
    }
}

/// `property` of `property companyName`.
fn kind(difference: &Difference) -> &str {
    difference.keyword.split_once(' ').map_or(difference.keyword.as_str(), |(kind, _)| kind)
}

fn cause(ground: &Ground<'_>, difference: &Difference, other: Option<&str>) -> Option<Cause> {
    if let Some((name, _)) = missing(difference) {
        let subject = subject(&difference.place).to_owned();
        return Some(Cause::Names { subject, names: std::iter::once(name).chain(other.map(str::to_owned)).collect() });
    }
    let end = place::end(ground, &difference.place)?;
    let holder = ground.document.resolve(end.clone()).unwrap_or(end).pointer;
    let sides = difference.shown_by.as_object().filter(|sides| sides.len() == 2 && sides.contains_key("document"));
    let single = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let values = sides.into_iter().flat_map(|sides| sides.values()).filter_map(single).collect();
    Some(Cause::Keyword { holder, keyword: difference.keyword.clone(), values })
}

impl Cause {
    fn explains(&self, difference: &Difference, clue: &Clue) -> bool {
        match self {
            Self::Names { subject, names } => {
                let leads = clue.subject == *subject || clue.reaches.contains(subject);
                // A value that cannot be read, made or shown as a whole says nothing of what is wrong in it.
                let whole = match difference.oracle {
                    "examples" => true,
                    "documentation" => clue.said.contains("example"),
                    "wire" | "matrix" => clue.said.contains("`body "),
                    _ => false,
                };
                leads && (whole || names.iter().any(|name| has_word(&clue.said, name)))
            }
            Self::Keyword { holder, keyword, values } => {
                let told =
                    || difference.oracle == "documentation" && values.iter().any(|value| has_word(&clue.said, value));
                let named = || difference.keyword == *keyword || has_word(&clue.said, keyword);
                clue.holders.contains(holder) && (named() || told())
            }
        }
    }
}

/// What leads to which schemas.
struct Reaches<'g, 'd> {
    ground: &'g Ground<'d>,
    known: HashMap<String, Rc<BTreeSet<String>>>,
}

impl Reaches<'_, '_> {
    fn clue(&mut self, found: &Found) -> Clue {
        let Difference { place, keyword, detail, .. } = &found.difference;
        let subject = subject(place).to_owned();
        let says = found.verdicts.iter().map(|verdict| verdict.says.as_str());
        let parts: Vec<&str> = [place.as_str(), keyword, detail].into_iter().chain(says).collect();
        let mut said = parts.join("\n");
        if let Some((end, _)) = said.char_indices().nth(SEARCHED) {
            said.truncate(end);
        }
        let (ground, mut holders) = (self.ground, BTreeSet::new());
        let mut note = |end: Located<'_>| {
            holders.extend(end.pointer.parent().map(|(parent, _)| parent));
            if let Ok(resolved) = ground.document.resolve(end.clone()) {
                holders.insert(resolved.pointer);
            }
            holders.insert(end.pointer);
        };
        if let Some(end) = place::end(ground, place) {
            note(end);
        }
        if let Some(start) = place::subject_of(ground, &subject).filter(|_| !place.starts_with('/')) {
            note(start.clone());
            let pointers = said.split(|letter: char| letter.is_whitespace() || ",;`".contains(letter));
            let pointers = pointers.map(|word| word.trim_end_matches(':')).filter(|word| word.starts_with('/'));
            pointers.for_each(|pointer| note(place::inside(ground.document, start.clone(), pointer)));
        }
        Clue { reaches: self.of(&subject), subject, holders, said }
    }

    /// The schemas that a schema, an operation or a place of the document leads to, at any depth.
    fn of(&mut self, subject: &str) -> Rc<BTreeSet<String>> {
        if let Some(known) = self.known.get(subject) {
            return Rc::clone(known);
        }
        let (mut found, mut pending) = (BTreeSet::from([subject.to_owned()]), Vec::new());
        let start = match subject.starts_with('/') {
            true => place::end(self.ground, subject),
            false => place::subject_of(self.ground, subject),
        };
        pending.extend(start.map(|start| start.value));
        while let Some(value) = pending.pop() {
            match value {
                Value::Object(map) => {
                    if let Some(target) = map.get("$ref").and_then(Value::as_str).and_then(Pointer::from_reference) {
                        let name = target.parent().map(|(_, name)| name).unwrap_or_default();
                        if found.insert(name) {
                            pending.extend(self.ground.document.at(&target).map(|target| target.value));
                        }
                    }
                    pending.extend(map.values());
                }
                Value::Array(list) => pending.extend(list),
                _ => {}
            }
        }
        let found = Rc::new(found);
        self.known.insert(subject.to_owned(), Rc::clone(&found));
        found
    }
}

/// The schema or operation of a place; of a place of the document, all of it.
fn subject(place: &str) -> &str {
    if place.starts_with('/') { place } else { place.split('/').next().unwrap_or_default() }
}

/// Whether a text has a name that is not part of another.
fn has_word(text: &str, word: &str) -> bool {
    let part = |letter: char| letter.is_alphanumeric() || letter == '_';
    !word.is_empty()
        && text.match_indices(word).any(|(start, _)| {
            let (before, after) = (text[..start].chars().next_back(), text[start + word.len()..].chars().next());
            !before.is_some_and(part) && !after.is_some_and(part)
        })
}
