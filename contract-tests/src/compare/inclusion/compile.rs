//! From a JSON Schema to a formula, keyword by keyword.

mod keyword;
mod unevaluated;

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::dialect::Dialect;
use super::formula::{Atom, Constant, FALSE, Formulas, Id, Kind, TRUE};
use super::references::{References, Target, referring};
use crate::strategy::ecma;
use keyword::Inner;

const ARRAY: u8 = 1 << Kind::Array as u8;
const OBJECT: u8 = 1 << Kind::Object as u8;

/// Compiles the schemas of some resources into formulas.
pub(super) struct Compiler<'s> {
    pub(super) formulas: &'s mut Formulas,
    pub(super) references: &'s References,
    /// Whether schemas say which names they declare, for senders that use no others.
    pub(super) declares: bool,
    /// Which formats refuse any string.
    pub(super) asserts: &'s dyn Fn(&str) -> bool,
    known: HashMap<u128, State>,
}

/// How far a target of references is.
enum State {
    /// It is being compiled; the number of its recursion where it was referred to meanwhile.
    Open(Option<usize>),
    Done(Id),
}

impl<'s> Compiler<'s> {
    pub(super) fn new(
        formulas: &'s mut Formulas,
        references: &'s References,
        declares: bool,
        asserts: &'s dyn Fn(&str) -> bool,
    ) -> Self {
        Self { formulas, references, declares, asserts, known: HashMap::new() }
    }

    fn dialect(&self) -> Dialect {
        self.references.dialect
    }

    /// The formula of what a reference leads to.
    pub(super) fn target(&mut self, target: &Target) -> Id {
        let class = self.references.class(target);
        match self.known.get_mut(&class) {
            Some(State::Done(id)) => return *id,
            Some(State::Open(number)) => {
                let number = match *number {
                    Some(number) => number,
                    None => {
                        let new = self.formulas.recursions.len();
                        self.formulas.recursions.push(TRUE);
                        *number = Some(new);
                        new
                    }
                };
                return self.formulas.recursion(number);
            }
            None => {}
        }
        self.known.insert(class, State::Open(None));
        let id = match self.references.at(target) {
            Some(schema) => self.schema(target, schema),
            None => self.opaque(target, &Value::Null),
        };
        let id = match self.known.get(&class) {
            Some(State::Open(Some(number))) => {
                let number = *number;
                if let Some(body) = self.formulas.recursions.get_mut(number) {
                    *body = id;
                }
                self.formulas.recursion(number)
            }
            _ => id,
        };
        self.known.insert(class, State::Done(id));
        id
    }

    /// The formula of a schema that references may lead back to, or of one that stands by itself.
    pub(super) fn target_or(&mut self, place: &Target, schema: &Value) -> Id {
        if self.references.at(place) == Some(schema) { self.target(place) } else { self.schema(place, schema) }
    }

    fn opaque(&mut self, place: &Target, schema: &Value) -> Id {
        let signature = self.references.signature(place, schema);
        self.formulas.atom(Atom::Opaque(format!("{signature:x}")))
    }

    /// The formula of a schema at a place.
    pub(super) fn schema(&mut self, place: &Target, schema: &Value) -> Id {
        let map = match schema {
            Value::Bool(false) => return FALSE,
            Value::Object(map) => map,
            _ => return TRUE,
        };
        let dialect = self.dialect();
        let mut parts = Vec::new();
        for (_, reference) in referring(dialect, map) {
            parts.push(match self.references.resolve(place, reference) {
                Some(target) => self.target(&target),
                None => self.formulas.atom(Atom::Opaque(reference.to_owned())),
            });
        }
        if dialect.lonely_references() && !parts.is_empty() {
            return self.formulas.and(parts);
        }
        for (keyword, value) in map.iter().filter(|(keyword, _)| dialect.knows(keyword)) {
            let here = Inner { compiler: self, map, place, keyword };
            parts.extend(here.formula(value));
        }
        for (keyword, kinds) in [("unevaluatedItems", ARRAY), ("unevaluatedProperties", OBJECT)] {
            if map.contains_key(keyword) && dialect.knows(keyword) {
                let asked = self.unevaluated(place, map, keyword);
                let asked = asked.unwrap_or_else(|| self.opaque(place, schema));
                parts.push(self.formulas.guarded(kinds, asked));
            }
        }
        let all = self.formulas.and(parts);
        match self.marker(map) {
            Some(marker) => self.formulas.and([marker, all]),
            None => all,
        }
    }

    /// Which names a schema declares, where that is asked.
    fn marker(&mut self, map: &Map<String, Value>) -> Option<Id> {
        if !self.declares {
            return None;
        }
        let atom = match map.get("additionalProperties") {
            Some(value) if *value != Value::Bool(false) => Atom::Open,
            _ => {
                let declared =
                    map.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::keys).cloned();
                let required = map.get("required").and_then(Value::as_array).into_iter().flatten();
                let mut names: Vec<String> =
                    declared.chain(required.filter_map(Value::as_str).map(str::to_owned)).collect();
                names.sort();
                names.dedup();
                if names.is_empty() {
                    return None;
                }
                Atom::Declared(names)
            }
        };
        let marker = self.formulas.atom(atom);
        Some(self.formulas.guarded(OBJECT, marker))
    }

    /// Only these strings.
    pub(super) fn pattern(&mut self, pattern: &str) -> Id {
        let Some(expressions) = ecma::exact(pattern) else {
            return self.formulas.atom(Atom::Irregular(pattern.to_owned()));
        };
        let each: Vec<Id> = expressions
            .into_iter()
            .map(|(expression, negated)| {
                let found = self.formulas.atom(Atom::Found(expression));
                if negated { self.formulas.not(found) } else { found }
            })
            .collect();
        self.formulas.and(each)
    }

    /// The names that a member of `properties` or `patternProperties` is about.
    fn names(&mut self, keyword: &str, name: &str) -> Id {
        if keyword == "properties" { self.constant(&Value::from(name)) } else { self.pattern(name) }
    }

    fn constant(&mut self, value: &Value) -> Id {
        self.formulas.atom(Atom::Const(Constant::new(value)))
    }

    fn present(&mut self, name: &str) -> Id {
        let absent = self.absent(name);
        self.formulas.not(absent)
    }

    fn absent(&mut self, name: &str) -> Id {
        let names = self.constant(&Value::from(name));
        self.formulas.atom(Atom::Members { names, schema: FALSE })
    }

    /// Beyond a limit; beyond the greatest limit there is nothing.
    fn more_than(&mut self, atom: fn(u64) -> Atom, limit: u64) -> Id {
        match limit.checked_add(1) {
            Some(least) => self.formulas.atom(atom(least)),
            None => FALSE,
        }
    }
}
