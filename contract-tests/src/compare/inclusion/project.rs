//! Formulas as they are for values of one kind: without guards, and with recursion unfolded.

use serde_json::Value;

use super::formula::{Atom, FALSE, Id, Kind, Node, TRUE};
use super::search::Search;

impl Search {
    /// The formula as it is for values of one kind, without guards and with recursion unfolded.
    pub(super) fn project(&mut self, id: Id, kind: Kind) -> Id {
        if let Some(known) = self.projected.get(&(id, kind)) {
            return *known;
        }
        let projected = match self.formulas.node(id).clone() {
            Node::True => TRUE,
            Node::False => FALSE,
            Node::And(parts) => {
                let parts: Vec<Id> = parts.into_iter().map(|part| self.project(part, kind)).collect();
                self.formulas.and(parts)
            }
            Node::Or(parts) => {
                let parts: Vec<Id> = parts.into_iter().map(|part| self.project(part, kind)).collect();
                self.formulas.or(parts)
            }
            Node::Atom(atom) => self.projected_atom(id, &atom, kind),
            Node::Not(inner) => match self.formulas.node(inner).clone() {
                Node::Atom(atom) => {
                    let projected = self.projected_atom(inner, &atom, kind);
                    self.formulas.not(projected)
                }
                Node::Recursion(number) => {
                    let body = self.unfolded(id, number, kind);
                    body.map_or(id, |body| self.formulas.not(body))
                }
                _ => id,
            },
            Node::Recursion(number) => self.unfolded(id, number, kind).unwrap_or(id),
        };
        self.projected.insert((id, kind), projected);
        projected
    }

    /// The body of a recursive schema; nothing where it is unfolded already, so that the schema refers to itself bare.
    fn unfolded(&mut self, id: Id, number: usize, kind: Kind) -> Option<Id> {
        if !self.unfolding.insert((id, kind)) {
            return None;
        }
        let body = self.formulas.recursions.get(number).copied().unwrap_or(TRUE);
        let body = self.project(body, kind);
        self.unfolding.remove(&(id, kind));
        Some(body)
    }

    fn projected_atom(&mut self, id: Id, atom: &Atom, kind: Kind) -> Id {
        let of = match atom {
            Atom::Kinds(kinds) => return if kinds & kind.bit() != 0 { TRUE } else { FALSE },
            Atom::Opaque(_) => return id,
            Atom::Const(constant) => match &constant.value {
                Value::Null => kind == Kind::Null,
                Value::Bool(_) => kind == Kind::Boolean,
                Value::String(_) => kind == Kind::String,
                Value::Array(_) => kind == Kind::Array,
                Value::Object(_) => kind == Kind::Object,
                Value::Number(number) => {
                    let whole = super::number::exact(number).is_none_or(|exact| exact.is_integer());
                    match kind {
                        Kind::Integer => whole,
                        // Where 1.0 is no integer, it is still equal to a listed 1.
                        Kind::Fraction => !whole || self.dialect.strict_integers(),
                        _ => false,
                    }
                }
            },
            Atom::AtLeast(_) | Atom::Above(_) | Atom::MultipleOf(_) => matches!(kind, Kind::Integer | Kind::Fraction),
            Atom::MinLength(_) | Atom::MinBytes(_) | Atom::Found(_) | Atom::Irregular(_) | Atom::Format(_) => {
                kind == Kind::String
            }
            Atom::MinItems(_) | Atom::Items { .. } | Atom::Contains { .. } | Atom::Unique => kind == Kind::Array,
            Atom::MinProperties(_) | Atom::Members { .. } | Atom::Declared(_) | Atom::Open => kind == Kind::Object,
        };
        // Guards have decided what other kinds are asked; a constant of another kind is none of this one.
        if of { id } else { FALSE }
    }
}
