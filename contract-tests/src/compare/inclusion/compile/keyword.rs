//! What one keyword asks of a value, as a formula.

use num::BigRational;
use serde_json::{Map, Value};

use super::super::dialect::Dialect;
use super::super::formula::{Atom, FALSE, Id, Kind, NUMBERS, TRUE};
use super::super::number;
use super::super::references::Target;
use super::{ARRAY, Compiler, OBJECT};
use crate::document::{TAGGED, count};

const STRING: u8 = 1 << Kind::String as u8;

/// One keyword of a schema.
pub(super) struct Inner<'c, 's, 'm> {
    pub(super) compiler: &'c mut Compiler<'s>,
    pub(super) map: &'m Map<String, Value>,
    pub(super) place: &'m Target,
    pub(super) keyword: &'m str,
}

impl Inner<'_, '_, '_> {
    /// What the keyword asks; nothing where it asks nothing.
    pub(super) fn formula(mut self, value: &Value) -> Option<Id> {
        let (kinds, formula) = match self.keyword {
            "type" => return Some(self.kinds(value)),
            "enum" => {
                let each: Vec<Id> = value.as_array()?.iter().map(|value| self.compiler.constant(value)).collect();
                return Some(self.compiler.formulas.or(each));
            }
            "const" => return Some(self.compiler.constant(value)),
            "allOf" | "anyOf" | "oneOf" => {
                let each: Vec<Id> = value
                    .as_array()?
                    .iter()
                    .enumerate()
                    .map(|(index, inner)| self.below(&[&index.to_string()], inner))
                    .collect();
                return Some(match self.keyword {
                    "allOf" => self.compiler.formulas.and(each),
                    "anyOf" => self.compiler.formulas.or(each),
                    _ => self.compiler.formulas.exactly_one(&each),
                });
            }
            "not" => {
                let inner = self.below(&[], value);
                return Some(self.compiler.formulas.not(inner));
            }
            "if" => return Some(self.conditional(value)),
            "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" | "x-integerRange" => {
                return self.number(value);
            }
            "minLength" | "maxLength" | "x-maxBytes" | "pattern" | "format" => (STRING, self.string(value)?),
            "contentEncoding" | "contentMediaType" => (STRING, self.opaque(value)),
            "items" | "prefixItems" | "contains" | "minItems" | "maxItems" | "uniqueItems" => {
                (ARRAY, self.array(value)?)
            }
            _ => (OBJECT, self.object(value)?),
        };
        Some(self.compiler.formulas.guarded(kinds, formula))
    }

    /// The schema below the keyword.
    fn below(&mut self, steps: &[&str], schema: &Value) -> Id {
        self.at(self.keyword, steps, schema)
    }

    fn at(&mut self, keyword: &str, steps: &[&str], schema: &Value) -> Id {
        let place = steps.iter().fold(self.place.child(keyword), |place, step| place.child(step));
        self.compiler.schema(&place, schema)
    }

    fn kinds(&mut self, value: &Value) -> Id {
        let names = value.as_array().map_or_else(|| vec![value], |list| list.iter().collect());
        let bits = names.into_iter().filter_map(Value::as_str).map(|name| match name {
            "null" => Kind::Null.bit(),
            "boolean" => Kind::Boolean.bit(),
            "integer" => Kind::Integer.bit(),
            "number" => NUMBERS,
            "string" => STRING,
            "array" => ARRAY,
            "object" => OBJECT,
            _ => 0,
        });
        let kinds = bits.fold(0, |all, bit| all | bit);
        self.compiler.formulas.atom(Atom::Kinds(kinds))
    }

    fn conditional(&mut self, condition: &Value) -> Id {
        let condition = self.below(&[], condition);
        let mut branch = |keyword: &str| self.map.get(keyword).map_or(TRUE, |inner| self.at(keyword, &[], inner));
        let (then, otherwise) = (branch("then"), branch("else"));
        let formulas = &mut self.compiler.formulas;
        let not = formulas.not(condition);
        let (met, unmet) = (formulas.and([condition, then]), formulas.and([not, otherwise]));
        formulas.or([met, unmet])
    }

    fn number(&mut self, value: &Value) -> Option<Id> {
        if self.keyword == "x-integerRange" {
            let bound = |word: &str| value.get(word).and_then(Value::as_number).and_then(number::exact);
            let mut parts = Vec::new();
            if let Some(least) = bound("least") {
                parts.push(self.compiler.formulas.atom(Atom::AtLeast(least)));
            }
            if let Some(most) = bound("most") {
                parts.push(self.negated(Atom::Above(most)));
            }
            // It is about whole numbers, however they are written.
            let within = self.compiler.formulas.and(parts);
            let broken = self.negated(Atom::MultipleOf(BigRational::from_integer(1.into())));
            let either = self.compiler.formulas.or([within, broken]);
            return Some(self.compiler.formulas.guarded(NUMBERS, either));
        }
        let Some(exact) = number::exact(value.as_number()?) else { return Some(self.opaque(value)) };
        let open =
            |word: &str| self.compiler.dialect().boolean_bounds() && self.map.get(word) == Some(&Value::Bool(true));
        let formula = match self.keyword {
            "minimum" if open("exclusiveMinimum") => self.compiler.formulas.atom(Atom::Above(exact)),
            "minimum" => self.compiler.formulas.atom(Atom::AtLeast(exact)),
            "exclusiveMinimum" => self.compiler.formulas.atom(Atom::Above(exact)),
            "maximum" if open("exclusiveMaximum") => self.negated(Atom::AtLeast(exact)),
            "maximum" => self.negated(Atom::Above(exact)),
            "exclusiveMaximum" => self.negated(Atom::AtLeast(exact)),
            _ if exact > BigRational::from_integer(0.into()) => self.compiler.formulas.atom(Atom::MultipleOf(exact)),
            _ => return None,
        };
        Some(self.compiler.formulas.guarded(NUMBERS, formula))
    }

    /// What the keyword asks where that is not understood.
    fn opaque(&mut self, value: &Value) -> Id {
        // What a string is said to hold is asked of it once it is decoded.
        let encoding = self.map.get("contentEncoding").filter(|_| self.keyword == "contentMediaType");
        self.compiler.formulas.atom(Atom::Opaque(format!("{}: {value} {encoding:?}", self.keyword)))
    }

    fn negated(&mut self, atom: Atom) -> Id {
        let atom = self.compiler.formulas.atom(atom);
        self.compiler.formulas.not(atom)
    }

    fn at_most(&mut self, atom: fn(u64) -> Atom, value: &Value) -> Option<Id> {
        let more = self.compiler.more_than(atom, count(value)?);
        Some(self.compiler.formulas.not(more))
    }

    fn string(&mut self, value: &Value) -> Option<Id> {
        match self.keyword {
            "minLength" => Some(self.compiler.formulas.atom(Atom::MinLength(count(value)?))),
            "maxLength" => self.at_most(Atom::MinLength, value),
            "x-maxBytes" => self.at_most(Atom::MinBytes, value),
            "pattern" => Some(self.compiler.pattern(value.as_str()?)),
            _ => {
                let format = value.as_str()?;
                let asserted = self.compiler.dialect().asserts_formats() && (self.compiler.asserts)(format);
                asserted.then(|| self.compiler.formulas.atom(Atom::Format(format.to_owned())))
            }
        }
    }

    fn array(&mut self, value: &Value) -> Option<Id> {
        let list = |map: &Map<String, Value>, keyword: &str| {
            map.get(keyword).and_then(Value::as_array).map_or(0, Vec::len) as u64
        };
        match self.keyword {
            "minItems" => Some(self.compiler.formulas.atom(Atom::MinItems(count(value)?))),
            "maxItems" => self.at_most(Atom::MinItems, value),
            "uniqueItems" => (*value == Value::Bool(true)).then(|| self.compiler.formulas.atom(Atom::Unique)),
            "contains" => {
                let schema = self.below(&[], value);
                let limit = |word: &str| {
                    let known = self.compiler.dialect().knows(word);
                    self.map.get(word).filter(|_| known).and_then(count)
                };
                let (least, most) = (limit("minContains").unwrap_or(1), limit("maxContains"));
                let mut parts = vec![self.compiler.formulas.atom(Atom::Contains { schema, least })];
                if let Some(beyond) = most.and_then(|most| most.checked_add(1)) {
                    parts.push(self.negated(Atom::Contains { schema, least: beyond }));
                }
                Some(self.compiler.formulas.and(parts))
            }
            "items" if value.is_array() && self.compiler.dialect() >= Dialect::Draft202012 => None,
            "items" if !value.is_array() => {
                let schema = self.below(&[], value);
                let from =
                    if self.compiler.dialect() >= Dialect::Draft202012 { list(self.map, "prefixItems") } else { 0 };
                Some(self.compiler.formulas.atom(Atom::Items { from, to: None, schema }))
            }
            _ => {
                let mut parts = Vec::new();
                for (index, inner) in value.as_array()?.iter().enumerate() {
                    let schema = self.below(&[&index.to_string()], inner);
                    let from = index as u64;
                    parts.push(self.compiler.formulas.atom(Atom::Items { from, to: Some(from + 1), schema }));
                }
                if let Some(rest) = self.map.get("additionalItems").filter(|_| self.keyword == "items") {
                    let schema = self.at("additionalItems", &[], rest);
                    let from = list(self.map, "items");
                    parts.push(self.compiler.formulas.atom(Atom::Items { from, to: None, schema }));
                }
                Some(self.compiler.formulas.and(parts))
            }
        }
    }

    fn object(&mut self, value: &Value) -> Option<Id> {
        match self.keyword {
            // A tag names one of the alternatives, where it is there.
            TAGGED => {
                let names = self.compiler.constant(value.get("property")?);
                let tags = value.get("tags")?.as_array()?.iter().filter_map(Value::as_array).flatten();
                let tags: Vec<Id> = tags.map(|tag| self.compiler.constant(tag)).collect();
                let schema = self.compiler.formulas.or(tags);
                Some(self.compiler.formulas.atom(Atom::Members { names, schema }))
            }
            "minProperties" => Some(self.compiler.formulas.atom(Atom::MinProperties(count(value)?))),
            "maxProperties" => self.at_most(Atom::MinProperties, value),
            "required" => {
                let names = value.as_array()?.iter().filter_map(Value::as_str);
                let each: Vec<Id> = names.map(|name| self.compiler.present(name)).collect();
                Some(self.compiler.formulas.and(each))
            }
            "properties" | "patternProperties" => {
                let mut parts = Vec::new();
                for (name, inner) in value.as_object()? {
                    let schema = self.below(&[name], inner);
                    let names = self.compiler.names(self.keyword, name);
                    parts.push(self.compiler.formulas.atom(Atom::Members { names, schema }));
                }
                Some(self.compiler.formulas.and(parts))
            }
            "additionalProperties" => {
                let mut others = Vec::new();
                for keyword in ["properties", "patternProperties"] {
                    if !self.compiler.dialect().knows(keyword) {
                        continue;
                    }
                    for name in self.map.get(keyword).and_then(Value::as_object).into_iter().flat_map(Map::keys) {
                        let named = self.compiler.names(keyword, name);
                        others.push(self.compiler.formulas.not(named));
                    }
                }
                let names = self.compiler.formulas.and(others);
                let schema = self.below(&[], value);
                Some(self.compiler.formulas.atom(Atom::Members { names, schema }))
            }
            "propertyNames" => {
                let names = self.below(&[], value);
                let names = self.compiler.formulas.not(names);
                Some(self.compiler.formulas.atom(Atom::Members { names, schema: FALSE }))
            }
            "dependencies" | "dependentRequired" | "dependentSchemas" => {
                let mut parts = Vec::new();
                for (name, inner) in value.as_object()? {
                    let needed = match inner {
                        Value::Array(list) => {
                            let each: Vec<Id> =
                                list.iter().filter_map(Value::as_str).map(|name| self.compiler.present(name)).collect();
                            self.compiler.formulas.and(each)
                        }
                        Value::String(one) => self.compiler.present(one),
                        _ => self.below(&[name], inner),
                    };
                    let absent = self.compiler.absent(name);
                    parts.push(self.compiler.formulas.or([absent, needed]));
                }
                Some(self.compiler.formulas.and(parts))
            }
            _ => None,
        }
    }
}
