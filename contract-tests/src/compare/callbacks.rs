//! Webhooks and callbacks, whose requests are sent the other way: where they differ, that is all that is said.

use std::collections::HashSet;

use serde_json::Value;

use super::change::Verdict;
use super::comparing::Comparing;
use super::operations::{key, line};
use crate::document::{Document, Operation, Pointer};

impl<'d> Comparing<'d> {
    /// Whether what stands in both documents says the same.
    pub(super) fn alike(&self) -> Alike<'d> {
        Alike::of(self.old.document, self.new.document)
    }

    /// Says which of them differ.
    pub(super) fn callbacks(&mut self, old: &[Operation<'d>], new: &[Operation<'d>]) {
        let root = Pointer::root().child("webhooks");
        let mut pairs = vec![("webhooks".to_owned(), root.clone(), root)];
        for before in old {
            if let Some(after) = new.iter().find(|after| key(after) == key(before)) {
                pairs.push((line(before), before.pointer.child("callbacks"), after.pointer.child("callbacks")));
            }
        }
        for (subject, before, after) in pairs {
            let found = [self.old.document.at(&before), self.new.document.at(&after)];
            let same = match &found {
                [Some(one), Some(other)] => self.alike().values(one.value, other.value),
                [one, other] => one.is_none() && other.is_none(),
            };
            if !same {
                let what = "requests that the server sends are described otherwise";
                let change = self.note(Verdict::Undecided, "callback", &subject, what, (Some(&before), Some(&after)));
                change.reason = Some("callbacks and webhooks are not compared".into());
            }
        }
    }
}

/// Whether what stands in two documents says the same, references followed.
pub(super) struct Alike<'d> {
    old: &'d Document,
    new: &'d Document,
    /// Pairs that references have led to: what leads to them again says nothing new.
    seen: HashSet<(*const Value, *const Value)>,
}

impl<'d> Alike<'d> {
    pub(super) fn of(old: &'d Document, new: &'d Document) -> Self {
        Self { old, new, seen: HashSet::new() }
    }

    pub(super) fn values(&mut self, one: &'d Value, other: &'d Value) -> bool {
        let (before, after) = (followed(self.old, one), followed(self.new, other));
        if before.is_some() || after.is_some() {
            let (one, other) = (before.unwrap_or(one), after.unwrap_or(other));
            return !self.seen.insert((std::ptr::from_ref(one), std::ptr::from_ref(other))) || self.values(one, other);
        }
        match (one, other) {
            (Value::Object(one), Value::Object(other)) => {
                one.len() == other.len()
                    && one.iter().all(|(name, value)| other.get(name).is_some_and(|other| self.values(value, other)))
            }
            (Value::Array(one), Value::Array(other)) => {
                one.len() == other.len() && one.iter().zip(other).all(|(one, other)| self.values(one, other))
            }
            _ => one == other,
        }
    }
}

/// What a reference leads to, where it leads anywhere.
fn followed<'d>(document: &'d Document, value: &Value) -> Option<&'d Value> {
    let target = Pointer::from_reference(value.get("$ref")?.as_str()?)?;
    document.at(&target).map(|found| found.value)
}
