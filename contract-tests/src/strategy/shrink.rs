//! From a payload that shows a difference to a small one that still does.
//!
//! Values are made simpler as values: properties and items are taken away, texts cut and spelled with `a`, numbers moved
//! towards zero. What no longer conforms is passed over, so that the smallest payload is one that the schema allows.

use std::sync::Arc;

use proptest::strategy::ValueTree;
use serde_json::{Number, Value};

use crate::oracle::Validator;

/// A text up to this length is made simpler letter by letter.
const SPELLED: usize = 40;

/// A payload, and the simpler ones that conform as it does.
#[derive(Debug)]
pub struct Shrinking {
    /// The simplest payload that is known to show the difference.
    best: Value,
    /// A simpler one that is being tried.
    tried: Option<Value>,
    conforms: Arc<[Arc<Validator>]>,
    /// The edits of `best`, made when they are first asked for.
    edits: Option<Vec<Edit>>,
    next: usize,
    /// Whether anything became simpler since the edits were last begun from the first.
    progress: bool,
}

/// One way to make a payload simpler.
#[derive(Debug)]
struct Edit {
    place: Vec<Step>,
    change: Change,
}

#[derive(Debug, Clone)]
enum Step {
    Name(String),
    Index(usize),
}

#[derive(Debug)]
enum Change {
    Without(Step),
    Becomes(Value),
}

impl Shrinking {
    /// Begins with a payload as it was drawn.
    pub(crate) fn from(drawn: Value, conforms: Arc<[Arc<Validator>]>) -> Self {
        Self { best: drawn, tried: None, conforms, edits: None, next: 0, progress: false }
    }

    /// Tries the next simpler payload; false where there is none.
    fn advance(&mut self) -> bool {
        loop {
            let edits = self.edits.get_or_insert_with(|| edits(&self.best));
            let Some(edit) = edits.get(self.next) else {
                if !self.progress {
                    self.tried = None;
                    return false;
                }
                (self.next, self.progress) = (0, false);
                continue;
            };
            self.next += 1;
            let mut simpler = self.best.clone();
            edit.apply(&mut simpler);
            if simpler != self.best && self.conforms.iter().all(|one| one.accepts(&simpler)) {
                self.tried = Some(simpler);
                return true;
            }
        }
    }
}

impl ValueTree for Shrinking {
    type Value = Value;

    fn current(&self) -> Value {
        self.tried.as_ref().unwrap_or(&self.best).clone()
    }

    /// What was tried shows the difference too.
    fn simplify(&mut self) -> bool {
        if let Some(simpler) = self.tried.take() {
            // What stood at the next place has moved up to this one.
            self.next = self.next.saturating_sub(1);
            (self.best, self.progress, self.edits) = (simpler, true, None);
        }
        self.advance()
    }

    /// What was tried does not.
    fn complicate(&mut self) -> bool {
        self.tried = None;
        self.advance()
    }
}

impl Edit {
    fn apply(&self, payload: &mut Value) {
        let mut here = payload;
        for step in &self.place {
            let inner = match step {
                Step::Name(name) => here.get_mut(name.as_str()),
                Step::Index(index) => here.get_mut(index),
            };
            let Some(inner) = inner else { return };
            here = inner;
        }
        match (&self.change, here) {
            (Change::Without(Step::Name(name)), Value::Object(map)) => drop(map.shift_remove(name)),
            (Change::Without(Step::Index(index)), Value::Array(list)) if *index < list.len() => {
                list.remove(*index);
            }
            (Change::Becomes(value), here) => *here = value.clone(),
            _ => {}
        }
    }
}

/// Every edit of a payload: what takes away much comes before what changes little.
fn edits(payload: &Value) -> Vec<Edit> {
    let (mut coarse, mut fine) = (Vec::new(), Vec::new());
    collect(payload, &mut Vec::new(), &mut coarse, &mut fine);
    coarse.append(&mut fine);
    coarse
}

fn collect(value: &Value, place: &mut Vec<Step>, coarse: &mut Vec<Edit>, fine: &mut Vec<Edit>) {
    let becomes = |value: Value| Edit { place: place.clone(), change: Change::Becomes(value) };
    let without = |step: Step| Edit { place: place.clone(), change: Change::Without(step) };
    match value {
        Value::Null | Value::Bool(false) => {}
        Value::Bool(true) => fine.push(becomes(Value::Bool(false))),
        Value::Number(number) => fine.extend(smaller(number).into_iter().map(becomes)),
        Value::String(text) => fine.extend(simpler(text).into_iter().map(|text| becomes(Value::String(text)))),
        Value::Array(list) => {
            if list.len() > 2 {
                coarse.push(becomes(Value::Array(Vec::new())));
                coarse.push(becomes(Value::Array(list[..list.len() / 2].to_vec())));
            }
            coarse.extend((0..list.len()).rev().map(|index| without(Step::Index(index))));
            for (index, item) in list.iter().enumerate() {
                place.push(Step::Index(index));
                collect(item, place, coarse, fine);
                place.pop();
            }
        }
        Value::Object(map) => {
            coarse.extend(map.keys().map(|name| without(Step::Name(name.clone()))));
            for (name, inner) in map {
                place.push(Step::Name(name.clone()));
                collect(inner, place, coarse, fine);
                place.pop();
            }
        }
    }
}

/// Zero, and then ever less of the way to it.
fn smaller(number: &Number) -> Vec<Value> {
    if let Some(whole) = number.as_i64() {
        let halves = (0..64).map(|half| whole / (1_i64 << half.min(62))).take_while(|part| *part != 0);
        let mut found: Vec<Value> = halves.map(|part| Value::from(whole - part)).collect();
        found.extend((whole < 0).then(|| whole.checked_neg().map(Value::from)).flatten());
        return found;
    }
    let Some(float) = number.as_f64() else { return Vec::new() };
    let candidates = [0.0, 1.0, float.trunc(), float / 2.0, float.abs()];
    let simpler = candidates.into_iter().filter(|other| other.to_string().len() < float.to_string().len());
    simpler.filter_map(Number::from_f64).map(Value::Number).collect()
}

/// Nothing, ever less cut off its end and its beginning, and `a` for what is another letter.
fn simpler(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut cut = letters.len();
    while cut > 0 {
        found.push(letters[..letters.len() - cut].iter().collect());
        found.push(letters[cut..].iter().collect());
        cut /= 2;
    }
    found.push("a".repeat(letters.len()));
    for index in 0..letters.len().min(SPELLED) {
        if letters[index] != 'a' {
            let spelled = letters.iter().enumerate().map(|(place, letter)| if place == index { 'a' } else { *letter });
            found.push(spelled.collect());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::strategy::ValueTree;
    use serde_json::{Value, json};

    use super::Shrinking;

    /// The smallest value that still shows what is looked for.
    fn smallest(drawn: Value, shows: impl Fn(&Value) -> bool) -> Value {
        let mut tree = Shrinking::from(drawn, [].into());
        let mut more = tree.simplify();
        while more {
            more = if shows(&tree.current()) { tree.simplify() } else { tree.complicate() };
        }
        tree.current()
    }

    #[test]
    fn what_does_not_matter_goes() {
        let drawn = json!({"a": [1, {"b": "xyz\u{1f600}w"}, true], "c": {"d": 7.25}, "e": null});
        let found = smallest(drawn.clone(), |value| value["a"][1]["b"].as_str().is_some_and(|text| text.len() > 2));
        assert_eq!(found, json!({"a": [0, {"b": "aaa"}]}));
        assert_eq!(smallest(drawn, |_| true), json!({}));
    }

    #[test]
    fn limits_are_found_exactly() {
        let long = |length: usize| Value::String("é".repeat(length));
        assert_eq!(
            smallest(long(700), |value| value.as_str().is_some_and(|text| text.chars().count() > 3)),
            json!("aaaa")
        );
        assert_eq!(smallest(json!(i64::MIN), |value| value.as_i64() < Some(-41)), json!(-42));
        assert_eq!(smallest(json!(i64::MAX), |value| value.as_i64() > Some(41)), json!(42));
        assert_eq!(smallest(json!(8.125), |value| value.as_f64() > Some(0.5)), json!(1.0));
        assert_eq!(
            smallest(json!([1, 2, 3, 4, 5]), |value| value.as_array().is_some_and(|list| list.len() > 2)),
            json!([0, 0, 0])
        );
    }

    #[test]
    fn the_last_that_shows_it_stays() {
        let mut tree = Shrinking::from(json!("drawn"), [].into());
        assert!(tree.simplify());
        while tree.complicate() {}
        assert_eq!(tree.current(), json!("drawn"));
    }
}
