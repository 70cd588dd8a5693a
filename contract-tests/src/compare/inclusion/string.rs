//! Strings that meet lengths, patterns and formats: found, or shown not to exist.

use serde_json::Value;

use super::formula::{Atom, Id, Node};
use super::language::{Language, NoString};
use super::search::{Found, Search};
use crate::formats;
use crate::strategy::automaton::Machine;
use crate::strategy::ecma;

/// How many strings are tried where something is asked that no language says.
const TRIES: usize = 40;

impl Search {
    /// A string that meets some literals.
    pub(super) fn string(&mut self, literals: &[Id]) -> Found {
        let mut language = Language::default();
        let mut listed: Vec<String> = Vec::new();
        // What the language does not say in full: each string has to be asked.
        let mut loose = false;
        for literal in literals {
            let (atom, holds) = match self.formulas.node(*literal) {
                Node::Atom(atom) => (atom, true),
                Node::Not(inner) => match self.formulas.node(*inner) {
                    Node::Atom(atom) => (atom, false),
                    _ => continue,
                },
                _ => continue,
            };
            match (atom, holds) {
                (Atom::MinLength(least), true) => language.least = language.least.max(*least),
                (Atom::MinLength(beyond), false) => lower(&mut language.most, *beyond),
                (Atom::MinBytes(least), true) => language.least_bytes = language.least_bytes.max(*least),
                (Atom::MinBytes(beyond), false) => lower(&mut language.most_bytes, *beyond),
                (Atom::Found(expression), found) => language.expressions.push((expression.clone(), found)),
                (Atom::Const(refused), false) => language.refused.extend(refused.value.as_str().map(str::to_owned)),
                (Atom::Format(format), true) => {
                    loose = true;
                    listed.extend(formats::valid(format));
                    if let Some((expression, true)) = formats::expression(format) {
                        let exact = ecma::exact(expression).unwrap_or_default();
                        language.expressions.extend(exact.into_iter().map(|(text, negated)| (text, !negated)));
                    }
                }
                (Atom::Format(format), false) => {
                    loose = true;
                    listed.extend(formats::invalid(format));
                }
                _ => loose = true,
            }
        }
        if !loose {
            return match language.shortest() {
                Ok(text) => Found::Some { value: text.into(), sure: true },
                Err(NoString::None) => Found::None,
                Err(NoString::Unknown(reason)) => Found::unknown(reason),
            };
        }
        self.string_of_tries(literals, language, listed)
    }

    /// A string of a list or of the language, asked one by one.
    fn string_of_tries(&mut self, literals: &[Id], mut language: Language, mut listed: Vec<String>) -> Found {
        listed.sort_by_key(String::len);
        let mut unsure = None;
        for text in listed {
            match self.checked(literals, text.into()) {
                found @ Found::Some { sure: true, .. } => return found,
                Found::Some { value, .. } => unsure = unsure.or(Some(value)),
                _ => {}
            }
        }
        for turn in 0..TRIES {
            let text = match language.shortest() {
                Ok(text) => text,
                // What the language has was asked, and refused, to the last string.
                Err(NoString::None) if unsure.is_none() => return Found::None,
                Err(NoString::None) => break,
                Err(NoString::Unknown(reason)) => {
                    return unsure.map_or(Found::unknown(reason), |value| Found::Some { value, sure: false });
                }
            };
            match self.checked(literals, text.clone().into()) {
                found @ Found::Some { sure: true, .. } => return found,
                Found::Some { value, .. } => unsure = unsure.or(Some(value)),
                _ => {}
            }
            language.refused.push(text);
            // Shapes of another length are tried as well.
            if turn % 8 == 7 && language.most.is_none_or(|most| language.least < most) && unsure.is_some() {
                break;
            }
        }
        match unsure {
            Some(value) => Found::Some { value, sure: false },
            None => Found::unknown("no string was found that meets its formats and patterns, nor shown not to exist"),
        }
    }

    /// Whether an expression is found in a string.
    pub(super) fn finds(&self, expression: &str, text: &str) -> Option<bool> {
        let mut machines = self.machines.borrow_mut();
        let machine = machines
            .entry(expression.to_owned())
            .or_insert_with(|| regex_syntax::parse(expression).ok().and_then(|hir| Machine::of(&hir, false)));
        machine.as_ref().map(|machine| machine.accepts(text))
    }
}

fn lower(most: &mut Option<u64>, beyond: u64) {
    let limit = beyond.saturating_sub(1);
    *most = Some(most.map_or(limit, |known| known.min(limit)));
}

impl Search {
    /// The first string of a formula that is none of some others.
    pub(super) fn name(&mut self, formula: Id, taken: &[String]) -> Found {
        let mut parts = vec![formula];
        for name in taken {
            let constant = self.formulas.atom(Atom::Const(super::formula::Constant::new(&Value::from(name.as_str()))));
            parts.push(self.formulas.not(constant));
        }
        let all = self.formulas.and(parts);
        let string = self.formulas.atom(Atom::Kinds(super::formula::Kind::String.bit()));
        let goal = self.formulas.and([string, all]);
        self.value(goal)
    }
}
