//! What rules look at: the document, walked once, with its objects and references at hand.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use crate::document::{Document, Pointer};
use crate::spec::walk::{LONGEST_CHAIN, Visit, walk, walk_from};
use crate::spec::{Kind, Shape};

/// A document and what the walk found in it.
#[derive(Debug)]
pub struct Survey<'a> {
    /// The document.
    pub document: &'a Document,
    visits: Vec<Visit<'a>>,
    /// The visit of each value, by the value's address.
    by_value: HashMap<*const Value, usize>,
}

/// An object of the specification in the document.
#[derive(Debug, Clone, Copy)]
pub struct Object<'s, 'a> {
    /// Its kind.
    pub kind: Kind,
    /// Its place.
    pub pointer: &'s Pointer,
    /// Its fields.
    pub fields: &'a Map<String, Value>,
}

/// A reference in the document.
#[derive(Debug, Clone, Copy)]
pub struct Reference<'s, 'a> {
    /// The place of the mapping that holds `$ref`.
    pub pointer: &'s Pointer,
    /// The target as it is written.
    pub target: &'a str,
    /// The kind of object that is wanted here.
    pub kind: Kind,
    /// The whole mapping, `$ref` included.
    pub fields: &'a Map<String, Value>,
}

impl<'a> Survey<'a> {
    /// Walks a document.
    pub fn new(document: &'a Document) -> Self {
        let mut survey = Self { document, visits: Vec::new(), by_value: HashMap::new() };
        walk(document.root(), &mut |visit| survey.take(visit));
        // What only a reference leads to, such as a schema in an extension, is an object of the document all the same.
        let mut at = 0;
        while let Some(visit) = survey.visits.get(at) {
            at += 1;
            let Some(kind) = visit.shape.kind() else { continue };
            let Some(target) = target_of(visit, kind) else { continue };
            let Some((pointer, value)) = survey.target(target) else { continue };
            if value.is_object() && !survey.by_value.contains_key(&std::ptr::from_ref(value)) {
                // A path item has `$ref` as a field of its own, and is an object with it.
                let shape = if kind == Kind::PathItem { Shape::Object(kind) } else { Shape::Referable(kind) };
                let from = Visit { pointer, value, shape };
                walk_from(from, &mut |visit| survey.take(visit));
            }
        }
        survey
    }

    fn take(&mut self, visit: Visit<'a>) {
        self.by_value.entry(std::ptr::from_ref(visit.value)).or_insert(self.visits.len());
        self.visits.push(visit);
    }

    /// Every value that the specification's table knows, parents before children.
    pub fn visits(&self) -> &[Visit<'a>] {
        &self.visits
    }

    /// Every object of the specification, references aside.
    pub fn objects(&self) -> impl Iterator<Item = Object<'_, 'a>> {
        self.visits.iter().filter_map(object)
    }

    /// Every object of one kind.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = Object<'_, 'a>> {
        self.objects().filter(move |object| object.kind == kind)
    }

    /// Every schema.
    pub fn schemas(&self) -> impl Iterator<Item = Object<'_, 'a>> {
        self.of(Kind::Schema)
    }

    /// Every operation that stands under `paths`, with its path and its method.
    pub fn operations(&self) -> impl Iterator<Item = (Object<'_, 'a>, String, String)> {
        self.of(Kind::Operation).filter_map(|operation| {
            let tokens: Vec<String> = operation.pointer.tokens().collect();
            match tokens.as_slice() {
                [paths, path, method] if paths == "paths" => Some((operation, path.clone(), method.clone())),
                _ => None,
            }
        })
    }

    /// Every reference.
    pub fn references(&self) -> impl Iterator<Item = Reference<'_, 'a>> {
        self.visits.iter().filter_map(|visit| {
            let kind = visit.shape.kind()?;
            let target = target_of(visit, kind)?;
            Some(Reference { pointer: &visit.pointer, target, kind, fields: visit.value.as_object()? })
        })
    }

    /// What a local reference leads to, itself perhaps a reference.
    pub fn target(&self, reference: &str) -> Option<(Pointer, &'a Value)> {
        let pointer = Pointer::from_reference(reference)?;
        let value = self.document.get(&pointer)?;
        Some((pointer, value))
    }

    /// The visit of a value of this document; `None` where the walk did not come there.
    pub fn visit_of(&self, value: &Value) -> Option<&Visit<'a>> {
        self.visits.get(*self.by_value.get(&std::ptr::from_ref(value))?)
    }

    /// The object that a value is or refers to; `None` where that is none, or leads out of the document.
    pub fn resolve(&self, value: &Value) -> Option<Object<'_, 'a>> {
        let mut visit = self.visit_of(value)?;
        for _ in 0..=LONGEST_CHAIN {
            match visit.reference() {
                Some(target) => visit = self.visit_of(self.target(target)?.1)?,
                None => return object(visit),
            }
        }
        None
    }

    /// The parameters of an operation: its own and those of its path item, which it overrides by name and place.
    /// Each comes with the place where it is listed. Parameters that cannot be resolved are left out.
    pub fn parameters(&self, operation: &Pointer) -> Vec<(Pointer, Object<'_, 'a>)> {
        self.known_parameters(operation).0
    }

    /// The parameters of an operation, `None` where one of them cannot be resolved.
    pub fn all_parameters(&self, operation: &Pointer) -> Option<Vec<(Pointer, Object<'_, 'a>)>> {
        let (found, are_all) = self.known_parameters(operation);
        are_all.then_some(found)
    }

    fn known_parameters(&self, operation: &Pointer) -> (Vec<(Pointer, Object<'_, 'a>)>, bool) {
        let mut found: Vec<(Pointer, Object<'_, 'a>)> = Vec::new();
        let mut overriding: HashSet<(&str, &str)> = HashSet::new();
        let mut are_all = true;
        let mut holders: Vec<Pointer> = std::iter::once(operation.clone()).chain(operation.parent()).collect();
        // A path item may have all that another one has. Bounded, since references may go in circles.
        for _ in 0..=LONGEST_CHAIN {
            let item = holders.last().and_then(|holder| self.document.get(holder));
            let target = item.and_then(|item| item.get("$ref")).and_then(Value::as_str);
            let Some(target) = target.and_then(Pointer::from_reference) else { break };
            holders.push(target);
        }
        for holder in holders {
            let list = holder.join("parameters");
            let items = self.document.get(&list).and_then(Value::as_array).into_iter().flatten();
            let own = found.len();
            for (at, item) in items.enumerate() {
                let Some(parameter) = self.resolve(item).filter(|object| object.kind == Kind::Parameter) else {
                    are_all = false;
                    continue;
                };
                if !overriding.contains(&identity(&parameter)) {
                    found.push((list.join(at), parameter));
                }
            }
            overriding.extend(found.iter().skip(own).map(|(_, parameter)| identity(parameter)));
        }
        (found, are_all)
    }
}

/// The target of a reference as it is written; a path item is the one object that has `$ref` as a field of its own.
fn target_of<'a>(visit: &Visit<'a>, kind: Kind) -> Option<&'a str> {
    if kind == Kind::PathItem { visit.value.get("$ref")?.as_str() } else { visit.reference() }
}

/// What tells parameters apart: where they stand and what they are called.
pub fn identity<'a>(parameter: &Object<'_, 'a>) -> (&'a str, &'a str) {
    (parameter.text("in").unwrap_or_default(), parameter.text("name").unwrap_or_default())
}

impl<'a> Object<'_, 'a> {
    /// A field's value.
    pub fn get(&self, name: &str) -> Option<&'a Value> {
        self.fields.get(name)
    }

    /// A field's value, where it is a text.
    pub fn text(&self, name: &str) -> Option<&'a str> {
        self.get(name)?.as_str()
    }

    /// A field's value, where it is a number.
    pub fn number(&self, name: &str) -> Option<f64> {
        self.get(name)?.as_f64()
    }

    /// Whether a field is there and `true`.
    pub fn is_true(&self, name: &str) -> bool {
        self.get(name) == Some(&Value::Bool(true))
    }

    /// The items of a field, where it is a list.
    pub fn list(&self, name: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
        self.get(name).and_then(Value::as_array).into_iter().flatten()
    }

    /// The entries of a field, where it is a mapping.
    pub fn map(&self, name: &str) -> impl Iterator<Item = (&'a String, &'a Value)> + use<'a> {
        self.get(name).and_then(Value::as_object).into_iter().flatten()
    }

    /// The place of a field.
    pub fn at(&self, name: &str) -> Pointer {
        self.pointer.join(name)
    }
}

fn object<'s, 'a>(visit: &'s Visit<'a>) -> Option<Object<'s, 'a>> {
    let (kind, fields) = visit.object()?;
    Some(Object { kind, pointer: &visit.pointer, fields })
}
