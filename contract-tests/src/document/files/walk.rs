//! One walk over all that is reached from the root of a document, file by file.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde_json::{Map, Value};

use super::disk::{Disk, only_a_reference};
use super::reason::Reason;
use super::table::{Kind, Want, field, section, section_of};
use super::{At, Definition, Pointer};
use crate::document::error::DocumentError;

/// How many values may be read in place of references, and how deep that may go.
const MOST_INCLUDED: usize = 1_000_000;
const DEEPEST: usize = 120;

/// A value that was walked over, with the origins of what came from elsewhere, counted from it.
pub(super) type Walked = (Value, Vec<(Pointer, At)>);

/// What a walk found.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) root: Value,
    pub(super) origins: Vec<(Pointer, At)>,
    pub(super) definitions: BTreeMap<Definition, Walked>,
    /// All that was referred to.
    pub(super) reached: BTreeSet<Definition>,
    /// Components of the root that are references to definitions, in the order of the text.
    pub(super) pins: Vec<(Pointer, Definition)>,
    /// Where sections of the root's components come from, if not from the root.
    pub(super) sections: Vec<(At, Pointer)>,
}

pub(super) struct Walk<'w> {
    disk: &'w mut Disk,
    /// Where each definition is in the joined tree; unknown in the first walk.
    homes: Option<&'w BTreeMap<Definition, Pointer>>,
    found: Found,
    waiting: Vec<Definition>,
    root_targets: Vec<(Kind, Pointer)>,
    walked: HashSet<Pointer>,
    included: usize,
    open: Vec<At>,
}

type Outcome<T> = Result<T, DocumentError>;

/// Where a value stands, and where it will.
#[derive(Clone)]
struct Here {
    at: At,
    to: Pointer,
}

impl Here {
    fn child(&self, step: &str) -> Self {
        Self { at: At { file: self.at.file, pointer: self.at.pointer.child(step) }, to: self.to.child(step) }
    }
}

impl<'w> Walk<'w> {
    pub(super) fn new(disk: &'w mut Disk, homes: Option<&'w BTreeMap<Definition, Pointer>>) -> Self {
        Self {
            disk,
            homes,
            found: Found::default(),
            waiting: Vec::new(),
            root_targets: Vec::new(),
            walked: HashSet::new(),
            included: 0,
            open: Vec::new(),
        }
    }

    pub(super) fn all(mut self) -> Outcome<Found> {
        let whole = self.disk.value(0);
        let start = Here { at: At { file: 0, pointer: Pointer::root() }, to: Pointer::root() };
        let mut origins = Vec::new();
        let mut root = self.value(&whole, Want::One(Kind::Document), &start, &mut origins)?;
        let is_section = |to: &Pointer| {
            let steps: Vec<String> = to.steps().collect();
            steps.len() <= 2 && steps.first().is_some_and(|first| first == "components")
        };
        let sections =
            origins.iter().filter(|(to, _)| is_section(to)).map(|(to, at): &(Pointer, At)| (at.clone(), to.clone()));
        self.found.sections = sections.collect();
        loop {
            if let Some((kind, pointer)) = self.root_targets.pop() {
                if !self.walked.insert(pointer.clone()) {
                    continue;
                }
                let Some(value) = whole.pointer(pointer.as_str()) else { continue };
                let here = Here { at: At { file: 0, pointer: pointer.clone() }, to: pointer.clone() };
                let copy = self.value(value, Want::One(kind), &here, &mut origins)?;
                if let Some(slot) = root.pointer_mut(pointer.as_str()) {
                    *slot = copy;
                }
            } else if let Some(definition) = self.waiting.pop() {
                if self.found.in_section(&definition.at).is_some() {
                    continue;
                }
                let file = self.disk.value(definition.at.file);
                let Some(value) = file.pointer(definition.at.pointer.as_str()) else { continue };
                let Some((_, kind)) = section(definition.section) else { continue };
                let here = Here { at: definition.at.clone(), to: Pointer::root() };
                let mut inner = vec![(Pointer::root(), definition.at.clone())];
                let copy = self.value(value, Want::One(kind), &here, &mut inner)?;
                self.found.definitions.insert(definition, (copy, inner));
            } else {
                break;
            }
        }
        self.found.root = root;
        self.found.origins = origins;
        Ok(self.found)
    }

    fn value(&mut self, value: &Value, want: Want, here: &Here, origins: &mut Vec<(Pointer, At)>) -> Outcome<Value> {
        if let Some(written) = value.get("$ref").and_then(Value::as_str) {
            if here.at.file == 0 {
                self.walked.insert(here.at.pointer.clone());
            }
            let is_own = here.at.file == 0 && (written.is_empty() || written.starts_with('#'));
            match want {
                Want::One(kind) if section_of(kind).is_some() => {
                    return self.reference(value, written, kind, here, origins);
                }
                Want::One(Kind::PathItem) if is_own => {
                    self.root_targets.extend(Pointer::from_reference(written).map(|pointer| (Kind::PathItem, pointer)));
                }
                _ if !is_own => return self.included(value, written, want, here, origins),
                _ => {}
            }
        }
        match (want, value) {
            (Want::List(kind), Value::Array(items)) => {
                let items = items.iter().enumerate();
                items
                    .map(|(at, item)| self.value(item, Want::One(kind), &here.child(&at.to_string()), origins))
                    .collect()
            }
            (Want::One(Kind::Plain), Value::Array(items)) => {
                let items = items.iter().enumerate();
                items.map(|(at, item)| self.value(item, want, &here.child(&at.to_string()), origins)).collect()
            }
            (Want::Map(kind), Value::Object(entries)) => {
                let inner = |_: &str| Some(Want::One(kind));
                Ok(Value::Object(self.fields(entries, inner, here, origins)?))
            }
            (Want::One(kind), Value::Object(fields)) => {
                if here.at.file == 0 {
                    self.walked.insert(here.at.pointer.clone());
                }
                let mut copy = self.fields(fields, |name| field(kind, name), here, origins)?;
                if kind == Kind::Discriminator {
                    self.mapping(&mut copy, &here.child("mapping"))?;
                }
                Ok(Value::Object(copy))
            }
            _ => Ok(value.clone()),
        }
    }

    fn fields(
        &mut self,
        fields: &Map<String, Value>,
        want: impl Fn(&str) -> Option<Want>,
        here: &Here,
        origins: &mut Vec<(Pointer, At)>,
    ) -> Outcome<Map<String, Value>> {
        let mut copy = Map::new();
        for (name, value) in fields {
            let value = match want(name) {
                Some(want) => self.value(value, want, &here.child(name), origins)?,
                None => value.clone(),
            };
            copy.insert(name.clone(), value);
        }
        Ok(copy)
    }

    /// A reference to what may be a component.
    fn reference(
        &mut self,
        value: &Value,
        written: &str,
        kind: Kind,
        here: &Here,
        origins: &mut Vec<(Pointer, At)>,
    ) -> Outcome<Value> {
        let fields = value.as_object().cloned().unwrap_or_default();
        let beside = |name: &str| field(kind, name).filter(|_| kind == Kind::Schema);
        let mut copy = self.fields(&fields, beside, here, origins)?;
        if here.at.file == 0 && (written.is_empty() || written.starts_with('#')) {
            self.root_targets.extend(Pointer::from_reference(written).map(|pointer| (kind, pointer)));
            return Ok(Value::Object(copy));
        }
        let at =
            self.disk.end(here.at.file, written).map_err(|reason| self.fault(&here.child("$ref"), written, reason))?;
        let (target, definition) = self.component(at, kind);
        let steps: Vec<String> = here.to.steps().collect();
        if let ([components, section, _], Some(definition)) = (steps.as_slice(), definition)
            && components == "components"
            && section == definition.section
            && only_a_reference(value).is_some()
        {
            self.found.pins.push((here.to.clone(), definition));
        }
        copy.insert("$ref".to_owned(), Value::String(target));
        Ok(Value::Object(copy))
    }

    /// The reference to a place in the joined tree, and the definition that stands there. What is within a component makes all
    /// of that one.
    fn component(&mut self, at: At, kind: Kind) -> (String, Option<Definition>) {
        if at.file == 0 {
            self.root_targets.push((kind, at.pointer.clone()));
            return (written(&at.pointer), None);
        }
        let steps: Vec<String> = at.pointer.steps().collect();
        let (definition, rest) = match steps.as_slice() {
            [components, name, key, rest @ ..]
                if let ("components", Some((section, _))) = (components.as_str(), section(name)) =>
            {
                let pointer = Pointer::root().child(components).child(name).child(key);
                let rest = rest.iter().fold(Pointer::root(), |pointer, step| pointer.child(step));
                (Definition { section, at: At { file: at.file, pointer } }, rest)
            }
            _ => (Definition { section: section_of(kind).unwrap_or("schemas"), at }, Pointer::root()),
        };
        let home = self.homes.and_then(|homes| homes.get(&definition)).cloned().unwrap_or_default();
        if self.found.reached.insert(definition.clone()) {
            self.waiting.push(definition.clone());
        }
        (written(&home.join(&rest)), (rest == Pointer::root()).then_some(definition))
    }

    /// What a reference leads to, where it stands.
    fn included(
        &mut self,
        value: &Value,
        written: &str,
        want: Want,
        here: &Here,
        origins: &mut Vec<(Pointer, At)>,
    ) -> Outcome<Value> {
        let is_item = want == Want::One(Kind::PathItem);
        let own = value.as_object().cloned().unwrap_or_default();
        let place = here.child("$ref");
        let at = self.disk.target(here.at.file, written).map_err(|reason| self.fault(&place, written, reason))?;
        let beside = |name: &str| field(Kind::PathItem, name);
        if is_item && at.file == 0 {
            let mut copy = self.fields(&own, beside, here, origins)?;
            let (target, _) = self.component(at, Kind::PathItem);
            copy.insert("$ref".to_owned(), Value::String(target));
            return Ok(Value::Object(copy));
        }
        if self.open.contains(&at) {
            return Err(self.fault(&place, written, Reason::Circle));
        }
        let whole = self.disk.value(at.file);
        let mut target = whole.pointer(at.pointer.as_str()).cloned().unwrap_or_default();
        if let (true, Some(fields)) = (is_item, target.as_object_mut()) {
            fields.retain(|name, _| name == "$ref" || !own.contains_key(name));
        }
        self.included += count(&target);
        if self.included > MOST_INCLUDED || here.to.steps().count() > DEEPEST {
            return Err(self.fault(&place, written, Reason::TooLarge(self.disk.path(at.file).to_owned())));
        }
        origins.push((here.to.clone(), at.clone()));
        self.open.push(at.clone());
        let mut copy = self.value(&target, want, &Here { at, to: here.to.clone() }, origins)?;
        self.open.pop();
        if let (true, Some(copy)) = (is_item, copy.as_object_mut()) {
            for (name, value) in own.iter().filter(|(name, _)| *name != "$ref") {
                let there = here.child(name);
                origins.push((there.to.clone(), there.at.clone()));
                let value = match beside(name) {
                    Some(want) => self.value(value, want, &there, origins)?,
                    None => value.clone(),
                };
                copy.insert(name.clone(), value);
            }
        }
        Ok(copy)
    }

    /// The values of a discriminator's mapping: names of schemas, or references.
    fn mapping(&mut self, discriminator: &mut Map<String, Value>, here: &Here) -> Outcome<()> {
        let entries = discriminator.get_mut("mapping").and_then(Value::as_object_mut).into_iter().flatten();
        for (tag, target) in entries {
            let Value::String(text) = &*target else { continue };
            let schema = Pointer::root().child("components").child("schemas").child(text);
            let names = |file: usize| self.disk.value(file).pointer(schema.as_str()).is_some();
            let reference = if here.at.file > 0 && names(here.at.file) {
                written(&schema)
            } else if names(0) || !text.contains(['/', '.', '#']) || (here.at.file == 0 && text.starts_with('#')) {
                continue;
            } else {
                text.clone()
            };
            let fault = |reason| (reference.clone(), reason);
            let end = self.disk.end(here.at.file, &reference).map_err(fault);
            let at = end.map_err(|(reference, reason)| self.fault(&here.child(tag), &reference, reason))?;
            *target = Value::String(self.component(at, Kind::Schema).0);
        }
        Ok(())
    }

    fn fault(&self, here: &Here, reference: &str, reason: Reason) -> DocumentError {
        let place = self.disk.place(&here.at);
        DocumentError::Reference {
            place,
            pointer: here.at.pointer.clone(),
            reference: reference.to_owned(),
            reason: Box::new(reason),
        }
    }
}

impl Found {
    /// Where something is that stands in a section of the root's components in another file.
    pub(super) fn in_section(&self, at: &At) -> Option<Pointer> {
        let inside = |(from, to): &(At, Pointer)| {
            let rest = at.pointer.as_str().strip_prefix(from.pointer.as_str()).filter(|_| from.file == at.file)?;
            (rest.is_empty() || rest.starts_with('/')).then(|| to.join(&Pointer::written(rest)))
        };
        self.sections.iter().find_map(inside)
    }
}

/// A pointer as a reference.
pub(super) fn written(pointer: &Pointer) -> String {
    format!("#{}", pointer.as_str().replace('%', "%25"))
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(fields) => fields.values().map(count).sum::<usize>(),
        _ => 0,
    }
}
