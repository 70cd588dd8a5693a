//! Whether a value meets a formula.

use std::collections::HashMap;

use serde_json::Value;

use super::formula::{Atom, Id, Kind, Node, equal};
use super::number;
use super::search::Search;

impl Search {
    /// Whether a value meets a formula; nothing where the formula has parts that are not understood.
    pub(super) fn meets(&self, id: Id, value: &Value) -> Option<bool> {
        Meeting { search: self, known: HashMap::new(), respelled: false }.meets(id, value)
    }

    /// The same of every value that is equal to this one; nothing where that depends on whether 1 is written as 1 or as 1.0.
    pub(super) fn meets_however_written(&self, id: Id, value: &Value) -> Option<bool> {
        Meeting { search: self, known: HashMap::new(), respelled: true }.meets(id, value)
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
                if number::is_written_with_fraction(number) {
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
}

/// A value that is looked at, with what is known of its parts: formulas share parts, and each is asked once.
struct Meeting<'s> {
    search: &'s Search,
    /// By formula and part of the value, which stays where it is; nothing while it is being found out, so that a schema that
    /// refers to nothing but itself is not understood.
    known: HashMap<(Id, *const Value), Option<bool>>,
    /// Whether whole numbers may be written in either way.
    respelled: bool,
}

impl Meeting<'_> {
    fn meets(&mut self, id: Id, value: &Value) -> Option<bool> {
        let search = self.search;
        let node = search.formulas.node(id);
        match node {
            Node::True => return Some(true),
            Node::False => return Some(false),
            Node::Not(inner) => return self.meets(*inner, value).map(|met| !met),
            _ => {}
        }
        let key = (id, std::ptr::from_ref(value));
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        self.known.insert(key, None);
        let met = match node {
            Node::And(parts) => all(parts.iter().map(|part| self.meets(*part, value))),
            Node::Or(parts) => all(parts.iter().map(|part| self.meets(*part, value).map(|met| !met))).map(|none| !none),
            Node::Recursion(number) => {
                search.formulas.recursions.get(*number).and_then(|body| self.meets(*body, value))
            }
            Node::Atom(atom) => self.atom_met(atom, value),
            _ => None,
        };
        self.known.insert(key, met);
        met
    }

    fn atom_met(&mut self, atom: &Atom, value: &Value) -> Option<bool> {
        let exact = || value.as_number().and_then(number::exact);
        let text = || value.as_str();
        let members = || value.as_object();
        let items = || value.as_array();
        Some(match atom {
            Atom::Kinds(kinds) => {
                let either = Kind::Integer.bit() | Kind::Fraction.bit();
                let whole = self.respelled && exact().is_some_and(|number| number.is_integer());
                if whole && kinds & either != 0 && kinds & either != either {
                    return None;
                }
                kinds & self.search.kind_of(value).bit() != 0
            }
            Atom::Const(constant) => equal(&constant.value, value),
            Atom::AtLeast(bound) => exact().is_some_and(|number| number >= *bound),
            Atom::Above(bound) => exact().is_some_and(|number| number > *bound),
            Atom::MultipleOf(step) => exact().is_some_and(|number| (number / step).is_integer()),
            Atom::MinLength(least) => text().is_some_and(|text| text.chars().count() as u64 >= *least),
            Atom::MinBytes(least) => text().is_some_and(|text| text.len() as u64 >= *least),
            Atom::Found(expression) => match text() {
                Some(text) => return self.search.finds(expression, text),
                None => false,
            },
            Atom::Format(format) => text().is_some_and(|text| (self.search.formats)(format, text)),
            Atom::MinItems(least) => items().is_some_and(|items| items.len() as u64 >= *least),
            Atom::Items { from, to, schema } => {
                let Some(items) = items() else { return Some(false) };
                let within = |index: usize| index as u64 >= *from && to.is_none_or(|to| (index as u64) < to);
                let inner = items.iter().enumerate().filter(|(index, _)| within(*index));
                return all(inner.map(|(_, item)| self.meets(*schema, item)));
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
                // Names are no parts of the value.
                let each =
                    members.iter().map(|(name, value)| match self.search.meets(*names, &Value::from(name.as_str())) {
                        Some(false) => Some(true),
                        Some(true) => self.meets(*schema, value),
                        None => self.meets(*schema, value).filter(|met| *met),
                    });
                return all(each);
            }
            Atom::Declared(_) | Atom::Open => true,
            Atom::Irregular(_) | Atom::Opaque(_) => return None,
        })
    }
}

/// Whether all of some things hold; nothing where that rests on what is not known.
fn all(parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
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

#[cfg(test)]
mod tests {
    use super::super::dialect::Dialect;
    use super::*;

    #[test]
    fn what_formulas_share_is_looked_at_once() {
        let mut search = Search::new(Dialect::Draft7, Box::new(|_, _| true));
        let mut shared = search.formulas.atom(Atom::MinProperties(1));
        for index in 0..100 {
            let ways = [2 * index + 2, 2 * index + 3].map(|least| {
                let least = search.formulas.atom(Atom::MinProperties(least));
                let fewer = search.formulas.not(least);
                search.formulas.and([shared, fewer])
            });
            shared = search.formulas.or(ways);
        }
        assert_eq!(search.meets(shared, &serde_json::json!({})), Some(false));
        assert_eq!(search.meets(shared, &serde_json::json!({ "a": 1 })), Some(true));
    }
}
