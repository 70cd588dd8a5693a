//! References: where a translation has what they lead to, and what stands beside them.

use std::collections::{BTreeSet, HashMap};

use serde_json::{Map, Value};

use super::Translator;
use crate::document::{Note, Pointer};
use crate::spec::Kind;

/// How many values the copies that references with a description of their own lead to may have, whatever the document's size.
const LEAST_ROOM: usize = 100_000;

/// What a document's references lead to.
#[derive(Debug, Default)]
pub(super) struct Targets {
    targets: BTreeSet<String>,
}

impl Targets {
    /// Everything that looks like a reference counts: what no reference leads to is only kept where it stood for nothing.
    pub(super) fn of(root: &Value) -> Self {
        let (mut targets, mut open) = (BTreeSet::new(), vec![root]);
        while let Some(value) = open.pop() {
            match value {
                Value::Array(items) => open.extend(items),
                Value::Object(fields) => {
                    let target = fields.get("$ref").and_then(Value::as_str).and_then(Pointer::from_reference);
                    targets.extend(target.map(|target| target.as_str().to_owned()));
                    open.extend(fields.values());
                }
                _ => {}
            }
        }
        Self { targets }
    }

    /// Whether a reference leads to a place, or to one below it.
    pub(super) fn lead_to(&self, place: &Pointer) -> bool {
        let below = format!("{}/", place.as_str());
        self.targets.contains(place.as_str())
            || self.targets.range(below.clone()..).next().is_some_and(|target| target.starts_with(&below))
    }
}

/// How many values copies may have.
pub(super) fn room(root: &Value) -> usize {
    size(root, usize::MAX).unwrap_or(usize::MAX).saturating_mul(4).max(LEAST_ROOM)
}

/// How many values there are within one, itself included; `None` where they are more than some number.
fn size(value: &Value, most: usize) -> Option<usize> {
    let (mut count, mut open) = (0_usize, vec![value]);
    while let Some(value) = open.pop() {
        count += 1;
        if count > most {
            return None;
        }
        match value {
            Value::Array(items) => open.extend(items),
            Value::Object(fields) => open.extend(fields.values()),
            _ => {}
        }
    }
    Some(count)
}

impl Translator<'_> {
    /// Notes that what stood at a place of the text stands at another one of the translation, where references find it.
    pub(super) fn home(&mut self, at: Pointer, from: Pointer) {
        if self.copied.is_none() && at != from {
            self.homes.insert(from.clone(), at.clone());
        }
        self.moved.to(at, from);
    }

    /// A reference's target where the translation has it.
    pub(super) fn retargeted(&self, target: &str) -> String {
        let Some(pointer) = Pointer::from_reference(target) else { return target.to_owned() };
        moved(&self.known, &pointer).map_or_else(|| target.to_owned(), |home| home.to_reference())
    }

    /// A reference, or what it leads to where a summary or a description beside it replaces the target's own.
    pub(super) fn reference(
        &mut self,
        kind: Kind,
        target: &str,
        fields: &Map<String, Value>,
        (from, at): (&Pointer, &Pointer),
    ) -> Value {
        let mut kept = fields.clone();
        kept.insert("$ref".to_owned(), self.retargeted(target).into());
        let is_known = |name: &str| kind.definition().fields.iter().any(|field| field.name == name);
        let own: Vec<(&String, &Value)> = fields
            .iter()
            .filter(|(name, _)| ["summary", "description"].contains(&name.as_str()) && is_known(name))
            .collect();
        let pointer = Pointer::from_reference(target);
        let found = pointer.and_then(|pointer| Some((self.root.pointer(pointer.as_str())?.as_object()?, pointer)));
        let (false, Some((replaced, pointer))) = (own.is_empty(), found) else { return Value::Object(kept) };
        if replaced.contains_key("$ref") {
            return Value::Object(kept);
        }
        // Within a copy, the copy that stands in the original is meant: it would be made without an end.
        if self.copied.is_some() {
            let home = moved(&self.known, from).unwrap_or_else(|| from.clone());
            return Value::Object(Map::from_iter([("$ref".to_owned(), home.to_reference().into())]));
        }
        let replaced_size = self.root.pointer(pointer.as_str()).and_then(|replaced| size(replaced, self.room));
        let Some(taken) = replaced_size else {
            self.room = 0;
            self.moved.notes.push(Note {
                rule: "ref-siblings",
                place: from.join(own.first().map_or("", |(name, _)| name.as_str())),
                message: "too many references have a description of their own: this one is ignored".to_owned(),
                help: "remove it, or move it to the target of the reference".into(),
            });
            return Value::Object(Map::from_iter([("$ref".to_owned(), self.retargeted(target).into())]));
        };
        self.room -= taken;
        let mut whole = replaced.clone();
        whole.extend(own.into_iter().map(|(name, text)| (name.clone(), text.clone())));
        self.moved.to(at.clone(), pointer.clone());
        self.copied = Some(pointer.clone());
        let copy = self.object(kind, &whole, &pointer, at);
        self.copied = None;
        copy
    }
}

/// Where a place of the text went, itself or with what holds it.
fn moved(homes: &HashMap<Pointer, Pointer>, place: &Pointer) -> Option<Pointer> {
    let mut rest = Vec::new();
    let mut holder = place.clone();
    loop {
        if let Some(home) = homes.get(&holder) {
            return Some(rest.iter().rev().fold(home.clone(), |home, token| home.join(token)));
        }
        rest.push(holder.last());
        holder = holder.parent()?;
    }
}
