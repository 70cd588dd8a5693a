//! Where values deviate from the document.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use super::equality::has_equals;
use super::members::Members;
use super::violation::token;
use super::{Number, TextRules, Violation};

/// A type of which the document says what its values are.
pub trait Conformance {
    /// Every deviation from the document that the value retains; none for a value that you have built.
    fn conformance(&self) -> Vec<Violation> {
        let mut examiner = Examiner::default();
        self.examine(&mut examiner, &Rules::NONE);
        examiner.violations
    }

    /// Examines the value, and holds it against rules of the place it stands in.
    #[doc(hidden)]
    fn examine<'a>(&'a self, at: &mut Examiner<'a>, rules: &Rules);

    /// Examines what decoding does not retain: a null where none is allowed, undeclared properties.
    #[doc(hidden)]
    fn received<'a>(json: &'a str, at: &mut Examiner<'a>) {
        let _ = (json, at);
    }

    /// Whether null is a value of the type.
    #[doc(hidden)]
    const TAKES_NULL: bool = false;

    /// Whether the value, or an item of it, is kept as it came because it is none of the alternatives of a union.
    #[doc(hidden)]
    fn is_unread(&self) -> bool {
        false
    }
}

/// Everything in a received text that deviates from the document, whether the decoded value retains it or not.
pub fn violations_of<T: Conformance>(value: &T, body: &[u8]) -> Vec<Violation> {
    violations_within(value, body, &Rules::NONE)
}

/// The same, of a value that is held against rules of the place it stands in.
pub(crate) fn violations_within<T: Conformance>(value: &T, body: &[u8], rules: &Rules) -> Vec<Violation> {
    let mut examiner = Examiner { is_received: true, ..Examiner::default() };
    value.examine(&mut examiner, rules);
    let mut violations = examiner.violations;
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    let mut examiner = Examiner::default();
    // The text is read level by level: what decoding has passed over may be deeper, or larger, than any tree of values.
    match std::str::from_utf8(body) {
        Ok(json) => T::received(json.trim_matches([' ', '\t', '\n', '\r']), &mut examiner),
        Err(_) => examiner.report(Violation::new("encoding", "UTF-8", "bytes that are not UTF-8")),
    }
    violations.append(&mut examiner.violations);
    violations
}

/// The members of a received object, or the items of a received list; none where it is neither.
fn parts<'a, T: Deserialize<'a> + Default>(json: &'a str) -> T {
    serde_json::from_str(json).unwrap_or_default()
}

fn is_null(json: &str) -> bool {
    json == "null"
}

/// What the document says of a number, list or map where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    /// The least number.
    pub minimum: Option<Number>,
    /// The greatest number.
    pub maximum: Option<Number>,
    /// The number that must be exceeded.
    pub exclusive_minimum: Option<Number>,
    /// The number that must not be reached.
    pub exclusive_maximum: Option<Number>,
    /// What the number is a multiple of.
    pub multiple_of: Option<Number>,
    /// The least number of items.
    pub min_items: Option<u64>,
    /// The greatest number of items.
    pub max_items: Option<u64>,
    /// Whether no item may stand twice.
    pub unique_items: bool,
    /// The least number of properties.
    pub min_properties: Option<u64>,
    /// The greatest number of properties.
    pub max_properties: Option<u64>,
    /// Whether a null that is kept is a deviation.
    pub not_null: bool,
    /// The rules of the items, or of the values of a map.
    pub inner: Option<&'static Rules>,
}

impl Rules {
    /// No rule at all.
    pub const NONE: Self = Self {
        minimum: None,
        maximum: None,
        exclusive_minimum: None,
        exclusive_maximum: None,
        multiple_of: None,
        min_items: None,
        max_items: None,
        unique_items: false,
        min_properties: None,
        max_properties: None,
        not_null: false,
        inner: None,
    };

    fn inner(&self) -> &Self {
        self.inner.unwrap_or(&Self::NONE)
    }

    pub(crate) fn properties(&self, count: usize, at: &mut Examiner<'_>) {
        let count = count as u64;
        if let Some(limit) = self.min_properties.filter(|limit| count < *limit) {
            at.report(Violation::new("minProperties", limit, count));
        }
        if let Some(limit) = self.max_properties.filter(|limit| count > *limit) {
            at.report(Violation::new("maxProperties", limit, count));
        }
    }
}

/// Goes through a value and keeps what deviates, with its place.
#[derive(Debug, Default)]
pub struct Examiner<'a> {
    path: Vec<Step<'a>>,
    violations: Vec<Violation>,
    /// Whether the received text is examined too, which shows what a value does not keep.
    is_received: bool,
}

#[derive(Debug)]
enum Step<'a> {
    Name(Cow<'a, str>),
    Index(usize),
}

impl<'a> Examiner<'a> {
    /// The first deviation of a value from the document and from the rules of its place.
    pub(crate) fn first<T: Conformance>(value: &T, rules: &Rules) -> Option<Violation> {
        let mut examiner = Examiner::default();
        value.examine(&mut examiner, rules);
        examiner.violations.into_iter().next()
    }

    /// Every deviation of a value from the document and from the rules of its place.
    pub(crate) fn all<T: Conformance>(value: &T, rules: &Rules) -> Vec<Violation> {
        let mut examiner = Examiner::default();
        value.examine(&mut examiner, rules);
        examiner.violations
    }

    /// Examines a property under its name on the wire.
    pub(crate) fn property<T: Conformance>(&mut self, name: &'a str, value: &'a T, rules: &Rules) {
        self.path.push(Step::Name(Cow::Borrowed(name)));
        value.examine(self, rules);
        self.path.pop();
    }

    /// Notes a null in a property that keeps one, though the document does not allow it.
    pub(crate) fn not_null(&mut self, name: &'static str, keyword: &'static str, is_null: bool) {
        if is_null {
            self.within(name, Violation::new(keyword, "not null", "null"));
        }
    }

    fn item<T: Conformance>(&mut self, index: usize, value: &'a T, rules: &Rules) {
        self.path.push(Step::Index(index));
        value.examine(self, rules);
        self.path.pop();
    }

    /// Notes a deviation of a property of the value that is being examined.
    pub(crate) fn within(&mut self, name: &'static str, violation: Violation) {
        self.path.push(Step::Name(Cow::Borrowed(name)));
        self.report(violation);
        self.path.pop();
    }

    /// Notes a deviation of what a pointer leads to from the value that is being examined.
    pub(crate) fn report_below(&mut self, violation: Violation, below: &str) {
        self.report(violation);
        if let Some(last) = self.violations.last_mut() {
            last.pointer.push_str(below);
        }
    }

    /// Notes a deviation of the value that is being examined.
    pub(crate) fn report(&mut self, mut violation: Violation) {
        for step in &self.path {
            violation.pointer.push('/');
            match step {
                Step::Name(name) => violation.pointer.push_str(&token(name)),
                Step::Index(index) => violation.pointer.push_str(&index.to_string()),
            }
        }
        self.violations.push(violation);
    }

    /// Counts the properties of a struct: those that it keeps, unless those that were received are counted.
    pub(crate) fn kept(&mut self, value: &impl Serialize, rules: &Rules) {
        if !self.is_received {
            let count = serde_json::to_value(value).ok().and_then(|value| Some(value.as_object()?.len()));
            rules.properties(count.unwrap_or_default(), self);
        }
    }

    /// Counts the alternatives that hold: one of `oneOf`, at least one of `anyOf`.
    pub(crate) fn alternatives(&mut self, keyword: &'static str, holds: &[bool]) {
        let count = holds.iter().filter(|holds| **holds).count();
        if count == 0 || (keyword == "oneOf" && count > 1) {
            self.report(Violation::new(keyword, format_args!("one of {}", holds.len()), count));
        }
    }

    /// Examines the text's rules, every one.
    pub(crate) fn text(&mut self, rules: &TextRules, text: &str) {
        if rules.check(text).is_err() {
            for violation in rules.violations(text) {
                self.report(violation);
            }
        }
    }

    /// Examines a received object's properties and their number, where there are rules for it. A closed object has no others.
    pub(crate) fn object(&mut self, json: &'a str, properties: &[Property], closed: &[bool], count: &[Rules]) {
        let Members(members) = parts::<Members<'a>>(json).by_name();
        count.iter().for_each(|rules| rules.properties(members.len(), self));
        let others = properties.iter().find(|property| property.name.is_none());
        for (name, member) in members {
            let property = properties.iter().find(|property| property.name == Some(&name)).or(others);
            self.path.push(Step::Name(name));
            match property {
                Some(property) if !is_null(member.get()) => (property.received)(member.get(), self),
                Some(property) if property.takes_null => {}
                Some(_) => self.report(Violation::new("type", "not null", "null")),
                None if closed.contains(&true) => {
                    self.report(Violation::new("additionalProperties", "false", "an undeclared property"));
                }
                None => {}
            }
            self.path.pop();
        }
    }
}

/// Types of which the document may refuse some values that they hold.
pub(crate) trait Refusing {
    fn refuse<'a>(&'a self, at: &mut Examiner<'a>);
}

/// What such a type's value is refused for, if for anything.
pub(crate) fn unrefused<T>(value: &T, refuse: for<'a> fn(&'a T, &mut Examiner<'a>)) -> Result<(), Violation> {
    let mut examiner = Examiner::default();
    refuse(value, &mut examiner);
    examiner.violations.into_iter().next().map_or(Ok(()), Err)
}

/// A property, or all that are not declared, and how the received text is examined.
pub(crate) struct Property {
    /// None of those that are not declared.
    name: Option<&'static str>,
    takes_null: bool,
    received: for<'a> fn(&'a str, &mut Examiner<'a>),
}

impl Property {
    /// A property that is null where its type takes null.
    pub(crate) const fn of<T: Conformance>(name: &'static str) -> Self {
        Self { name: Some(name), takes_null: T::TAKES_NULL, received: T::received }
    }

    /// A property that may be null.
    pub(crate) const fn nullable<T: Conformance>(name: &'static str) -> Self {
        Self { takes_null: true, ..Self::of::<T>(name) }
    }

    /// The properties that are not declared.
    pub(crate) const fn others<T: Conformance>() -> Self {
        Self { name: None, takes_null: true, received: T::received }
    }
}

macro_rules! unconstrained {
    ($($ty:ty),*) => {$(
        impl Conformance for $ty {
            fn examine<'a>(&'a self, _: &mut Examiner<'a>, _: &Rules) {}
        }
    )*};
}

unconstrained!(bool, String);

impl<T: Conformance> Conformance for Option<T> {
    const TAKES_NULL: bool = true;

    fn examine<'a>(&'a self, at: &mut Examiner<'a>, rules: &Rules) {
        match self {
            Some(value) => value.examine(at, rules),
            None if rules.not_null => at.report(Violation::new("type", "not null", "null")),
            None => {}
        }
    }

    fn received<'a>(json: &'a str, at: &mut Examiner<'a>) {
        if !is_null(json) {
            T::received(json, at);
        }
    }

    fn is_unread(&self) -> bool {
        self.as_ref().is_some_and(T::is_unread)
    }
}

impl<T: Conformance> Conformance for Box<T> {
    const TAKES_NULL: bool = T::TAKES_NULL;

    fn examine<'a>(&'a self, at: &mut Examiner<'a>, rules: &Rules) {
        T::examine(self, at, rules);
    }

    fn received<'a>(json: &'a str, at: &mut Examiner<'a>) {
        T::received(json, at);
    }

    fn is_unread(&self) -> bool {
        T::is_unread(self)
    }
}

impl<T: Conformance + Serialize> Conformance for Vec<T> {
    fn examine<'a>(&'a self, at: &mut Examiner<'a>, rules: &Rules) {
        let count = self.len() as u64;
        if let Some(limit) = rules.min_items.filter(|limit| count < *limit) {
            at.report(Violation::new("minItems", limit, count));
        }
        if let Some(limit) = rules.max_items.filter(|limit| count > *limit) {
            at.report(Violation::new("maxItems", limit, count));
        }
        if rules.unique_items && has_equals(self) {
            at.report(Violation::new("uniqueItems", "true", "an item that stands twice"));
        }
        for (index, value) in self.iter().enumerate() {
            at.item(index, value, rules.inner());
        }
    }

    fn received<'a>(json: &'a str, at: &mut Examiner<'a>) {
        for (index, item) in parts::<Vec<&'a RawValue>>(json).into_iter().enumerate() {
            at.path.push(Step::Index(index));
            T::received(item.get(), at);
            at.path.pop();
        }
    }

    fn is_unread(&self) -> bool {
        self.iter().any(T::is_unread)
    }
}

impl<T: Conformance> Conformance for BTreeMap<String, T> {
    fn examine<'a>(&'a self, at: &mut Examiner<'a>, rules: &Rules) {
        rules.properties(self.len(), at);
        for (name, value) in self {
            at.property(name, value, rules.inner());
        }
    }

    fn received<'a>(json: &'a str, at: &mut Examiner<'a>) {
        let Members(members) = parts::<Members<'a>>(json).by_name();
        for (name, member) in members {
            at.path.push(Step::Name(name));
            T::received(member.get(), at);
            at.path.pop();
        }
    }

    fn is_unread(&self) -> bool {
        self.values().any(T::is_unread)
    }
}
