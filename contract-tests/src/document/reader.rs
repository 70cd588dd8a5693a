//! Reading a document while keeping account of it, so that what nobody has read can be named.

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde_json::Value;

use super::{Document, Located, Pointer};

/// How many references are followed one after the other.
const LONGEST_CHAIN: usize = 32;

/// What was read of a document, and where somebody came by.
#[derive(Debug, Default)]
pub struct Account {
    read: RefCell<BTreeSet<Pointer>>,
    entered: RefCell<BTreeSet<Pointer>>,
    nameless: RefCell<BTreeSet<Pointer>>,
}

/// One object of a document, as somebody reads it.
#[derive(Debug, Clone)]
pub struct Reader<'a, 'd> {
    document: &'d Document,
    at: Located<'d>,
    account: &'a Account,
    component: Option<String>,
}

impl Account {
    /// Takes note that a value was read whole.
    pub fn note(&self, pointer: Pointer) {
        self.read.borrow_mut().insert(pointer);
    }

    /// Whether a value was read whole.
    pub fn has(&self, pointer: &Pointer) -> bool {
        self.read.borrow().contains(pointer)
    }

    /// Whether somebody went into an object or a list, or into something that is in it.
    pub fn went_into(&self, pointer: &Pointer) -> bool {
        let start = Pointer::written(&format!("{}/", pointer.as_str()));
        let within = |places: &BTreeSet<Pointer>| {
            places.range(&start..).next().is_some_and(|first| first.as_str().starts_with(start.as_str()))
        };
        self.entered.borrow().contains(pointer) || within(&self.entered.borrow()) || within(&self.read.borrow())
    }

    /// Whether this is a body's schema that has no name.
    pub fn is_nameless(&self, pointer: &Pointer) -> bool {
        self.nameless.borrow().contains(pointer)
    }

    fn enter(&self, pointer: &Pointer) {
        self.entered.borrow_mut().insert(pointer.clone());
    }
}

impl<'a, 'd> Reader<'a, 'd> {
    /// Begins at the root.
    pub fn new(document: &'d Document, account: &'a Account) -> Self {
        let at = Located { pointer: Pointer::root(), value: document.root() };
        account.enter(&at.pointer);
        Self { document, at, account, component: None }
    }

    /// Where this stands, references followed.
    pub fn pointer(&self) -> &Pointer {
        &self.at.pointer
    }

    /// The component among the schemas whose name led here, if one did.
    pub fn component(&self) -> Option<&str> {
        self.component.as_deref()
    }

    /// Whether this is a schema by reference, described by itself or not.
    pub fn is_described(&self) -> bool {
        super::operation::is_described(self.at.value)
    }

    /// Takes note that a schema has no name, and so no binding.
    pub fn note_nameless(&self) {
        self.account.nameless.borrow_mut().insert(self.at.pointer.clone());
    }

    /// Takes note of all of this: nobody is to be told of it.
    pub fn note(&self) {
        self.account.note(self.at.pointer.clone());
    }

    /// Whether a member is this text; only then it is read.
    pub fn says(&self, key: &str, text: &str) -> bool {
        self.read(key, |value| (value.as_str() == Some(text)).then_some(())).is_some()
    }

    /// Whether a member is an object or a list, without reading it.
    pub fn is_composed(&self, key: &str) -> bool {
        self.at.value.get(key).is_some_and(|value| value.is_object() || value.is_array())
    }

    /// A member without reading it.
    pub fn peek(&self, key: &str) -> Option<&'d Value> {
        self.at.value.get(key)
    }

    /// A member that is text.
    pub fn text(&self, key: &str) -> Option<&'d str> {
        self.read(key, Value::as_str)
    }

    /// Whether a member is `true`; nothing where it is neither that nor `false`.
    pub fn flag(&self, key: &str) -> Option<bool> {
        self.read(key, Value::as_bool)
    }

    /// A member, whatever it is.
    pub fn value(&self, key: &str) -> Option<&'d Value> {
        self.read(key, Some)
    }

    /// A list of any values.
    pub fn values(&self, key: &str) -> &'d [Value] {
        self.read(key, Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// A list of texts.
    pub fn texts(&self, key: &str) -> Vec<&'d str> {
        let texts = |value: &'d Value| value.as_array()?.iter().map(Value::as_str).collect::<Option<Vec<_>>>();
        self.read(key, texts).unwrap_or_default()
    }

    /// A member that is an object, or refers to one.
    pub fn inner(&self, key: &str) -> Option<Self> {
        self.at.get(key).filter(|found| found.value.is_object()).map(|found| self.follow(found))
    }

    /// The objects in a list.
    pub fn listed(&self, key: &str) -> Vec<Self> {
        if !self.at.value.get(key).is_some_and(Value::is_array) {
            return Vec::new();
        }
        self.account.enter(&self.at.pointer.child(key));
        self.at.members(key).into_iter().filter(|item| item.value.is_object()).map(|item| self.follow(item)).collect()
    }

    /// The objects under any names, extensions aside where such a map may have some.
    pub fn named(&self, key: &str) -> Vec<(&'d str, Self)> {
        let Some(Value::Object(map)) = self.at.value.get(key) else { return Vec::new() };
        let place = self.at.pointer.child(key);
        self.account.enter(&place);
        map.iter()
            .filter(|(name, value)| !(key == "responses" && name.starts_with("x-")) && value.is_object())
            .map(|(name, value)| (name.as_str(), self.follow(Located { pointer: place.child(name), value })))
            .collect()
    }

    /// The names of an object's members, extensions aside.
    pub fn names(&self) -> Vec<&'d str> {
        let names = self.at.value.as_object().into_iter().flat_map(|map| map.keys());
        names.map(String::as_str).filter(|name| !name.starts_with("x-")).collect()
    }

    /// An object anywhere in the document, or what it refers to.
    pub fn elsewhere(&self, place: Located<'d>) -> Self {
        self.follow(place)
    }

    fn read<T>(&self, key: &str, take: impl FnOnce(&'d Value) -> Option<T>) -> Option<T> {
        let taken = take(self.at.value.get(key)?)?;
        self.account.note(self.at.pointer.child(key));
        Some(taken)
    }

    fn follow(&self, start: Located<'d>) -> Self {
        let mut at = start;
        let mut component = None;
        for step in 0..LONGEST_CHAIN {
            self.account.enter(&at.pointer);
            let Some(reference) = at.value.get("$ref").and_then(Value::as_str) else { break };
            let Some(target) = Pointer::from_reference(reference) else { break };
            let Some(next) = self.document.at(&target) else { break };
            self.account.note(at.pointer.child("$ref"));
            if step == 0
                && let Some((holder, name)) = target.parent()
                && holder.as_str() == "/components/schemas"
            {
                component = Some(name);
            }
            at = next;
        }
        Self { document: self.document, at, account: self.account, component }
    }
}
