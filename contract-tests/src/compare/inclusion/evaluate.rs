//! Whether a value meets a formula.

use serde_json::Value;

use super::formula::{Atom, Id, Kind, Node, equal};
use super::number;
use super::search::Search;

impl Search {
    /// Whether a value meets a formula; nothing where the formula has parts that are not understood.
    pub(super) fn meets(&self, id: Id, value: &Value) -> Option<bool> {
        self.meets_within(id, value, 0)
    }

    fn meets_within(&self, id: Id, value: &Value, unfolded: usize) -> Option<bool> {
        match self.formulas.node(id) {
            Node::True => Some(true),
            Node::False => Some(false),
            Node::Not(inner) => self.meets_within(*inner, value, unfolded).map(|met| !met),
            Node::And(parts) => self.all(parts.iter().map(|part| self.meets_within(*part, value, unfolded))),
            Node::Or(parts) => {
                let mut known = true;
                for part in parts {
                    match self.meets_within(*part, value, unfolded) {
                        Some(true) => return Some(true),
                        Some(false) => {}
                        None => known = false,
                    }
                }
                known.then_some(false)
            }
            Node::Recursion(number) if unfolded < 64 => {
                self.meets_within(*self.formulas.recursions.get(*number)?, value, unfolded + 1)
            }
            Node::Recursion(_) => None,
            Node::Atom(atom) => self.atom_met(atom, value),
        }
    }

    fn all(&self, parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
        let mut known = true;
        for part in parts {
            match part {
                Some(false) => return Some(false),
                Some(true) => {}
                None => known = false,
            }
        }
        known.then_some(true)
    }

    /// The kind of a value.
    pub(super) fn kind_of(&self, value: &Value) -> Kind {
        match value {
            Value::Null => Kind::Null,
            Value::Bool(_) => Kind::Boolean,
            Value::String(_) => Kind::String,
            Value::Array(_) => Kind::Array,
            Value::Object(_) => Kind::Object,
            Value::Number(number) if self.dialect.strict_integers() => {
                if number.is_f64() {
                    Kind::Fraction
                } else {
                    Kind::Integer
                }
            }
            Value::Number(number) => {
                let whole = number::exact(number).is_none_or(|exact| exact.is_integer());
                if whole { Kind::Integer } else { Kind::Fraction }
            }
        }
    }

    fn atom_met(&self, atom: &Atom, value: &Value) -> Option<bool> {
        let exact = || value.as_number().and_then(number::exact);
        let text = || value.as_str();
        let members = || value.as_object();
        let items = || value.as_array();
        Some(match atom {
            Atom::Kinds(kinds) => kinds & self.kind_of(value).bit() != 0,
            Atom::Const(constant) => equal(&constant.value, value),
            Atom::AtLeast(bound) => exact().is_some_and(|number| number >= *bound),
            Atom::Above(bound) => exact().is_some_and(|number| number > *bound),
            Atom::MultipleOf(step) => exact().is_some_and(|number| (number / step).is_integer()),
            Atom::MinLength(least) => text().is_some_and(|text| text.chars().count() as u64 >= *least),
            Atom::MinBytes(least) => text().is_some_and(|text| text.len() as u64 >= *least),
            Atom::Found(expression) => match text() {
                Some(text) => return self.finds(expression, text),
                None => false,
            },
            Atom::Format(format) => text().is_some_and(|text| (self.formats)(format, text)),
            Atom::MinItems(least) => items().is_some_and(|items| items.len() as u64 >= *least),
            Atom::Items { from, to, schema } => {
                let Some(items) = items() else { return Some(false) };
                let within = |index: usize| index as u64 >= *from && to.is_none_or(|to| (index as u64) < to);
                let inner = items.iter().enumerate().filter(|(index, _)| within(*index));
                return self.all(inner.map(|(_, item)| self.meets(*schema, item)));
            }
            Atom::Contains { schema, least } => {
                let Some(items) = items() else { return Some(false) };
                let met: Vec<Option<bool>> = items.iter().map(|item| self.meets(*schema, item)).collect();
                let count = |wanted: Option<bool>| met.iter().filter(|met| **met == wanted).count() as u64;
                let sure = count(Some(true));
                if sure < *least && sure + count(None) >= *least {
                    return None;
                }
                sure >= *least
            }
            Atom::Unique => items().is_some_and(|items| {
                items
                    .iter()
                    .enumerate()
                    .all(|(index, one)| items.iter().skip(index + 1).all(|other| !equal(one, other)))
            }),
            Atom::MinProperties(least) => members().is_some_and(|members| members.len() as u64 >= *least),
            Atom::Members { names, schema } => {
                let Some(members) = members() else { return Some(false) };
                let each = members.iter().map(|(name, value)| match self.meets(*names, &Value::from(name.as_str())) {
                    Some(false) => Some(true),
                    Some(true) => self.meets(*schema, value),
                    None => self.meets(*schema, value).filter(|met| *met),
                });
                return self.all(each);
            }
            Atom::Declared(_) | Atom::Open => true,
            Atom::Irregular(_) | Atom::Opaque(_) => return None,
        })
    }
}
