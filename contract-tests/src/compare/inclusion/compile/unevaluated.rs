//! `unevaluatedProperties` and `unevaluatedItems`: what is asked of what no other keyword of a schema has looked at.
//!
//! That depends on which alternatives hold, so that each combination of these asks something of its own.

use serde_json::{Map, Value};

use super::super::dialect::Dialect;
use super::super::formula::{Atom, Id, TRUE};
use super::super::references::{Target, referring};
use super::Compiler;

/// How many alternatives are told apart.
const MOST_CONDITIONS: usize = 6;
/// How many schemas are followed into each other.
const DEEPEST: usize = 24;

/// What a keyword has looked at.
#[derive(Clone, Copy)]
enum Looked {
    /// Members of these names.
    Names(Id),
    /// So many items at the beginning.
    First(u64),
    /// Items that meet a schema.
    Like(Id),
}

const ALL_ITEMS: Looked = Looked::First(u64::MAX);

/// What is looked at in a schema and in those that hold with it, each under a condition.
struct Gathering {
    keyword: &'static str,
    found: Vec<(Id, Looked)>,
}

impl Compiler<'_> {
    /// What one of the keywords asks of objects or arrays; nothing where that is not understood.
    pub(super) fn unevaluated(
        &mut self,
        place: &Target,
        map: &Map<String, Value>,
        keyword: &'static str,
    ) -> Option<Id> {
        let schema = self.schema(&place.child(keyword), map.get(keyword)?);
        let mut gathering = Gathering { keyword, found: Vec::new() };
        self.gather(&mut gathering, place, map, TRUE, 0)?;
        let mut conditions: Vec<Id> = gathering.found.iter().map(|(id, _)| *id).filter(|id| *id != TRUE).collect();
        conditions.sort_unstable();
        conditions.dedup();
        if conditions.len() > MOST_CONDITIONS {
            return None;
        }
        let mut parts = Vec::new();
        for case in 0..1_usize << conditions.len() {
            let holds = |id: Id| conditions.iter().position(|known| *known == id).is_none_or(|at| case >> at & 1 == 1);
            let each = |id: &Id| if holds(*id) { *id } else { self.formulas.not(*id) };
            let met: Vec<Id> = conditions.iter().map(each).collect();
            let looked = gathering.found.iter().filter(|(condition, _)| holds(*condition)).map(|(_, looked)| *looked);
            let asked = self.left(keyword, looked.collect(), schema);
            let met = self.formulas.and(met);
            let unmet = self.formulas.not(met);
            parts.push(self.formulas.or([unmet, asked]));
        }
        Some(self.formulas.and(parts))
    }

    /// What is asked of what was not looked at.
    fn left(&mut self, keyword: &str, looked: Vec<Looked>, schema: Id) -> Id {
        let (mut names, mut first, mut like) = (Vec::new(), 0, vec![schema]);
        for one in looked {
            match one {
                Looked::Names(formula) => names.push(formula),
                Looked::First(count) => first = first.max(count),
                Looked::Like(formula) => like.push(formula),
            }
        }
        if keyword == "unevaluatedProperties" {
            let names = self.formulas.or(names);
            let names = self.formulas.not(names);
            return self.formulas.atom(Atom::Members { names, schema });
        }
        let schema = self.formulas.or(like);
        if first == u64::MAX { TRUE } else { self.formulas.atom(Atom::Items { from: first, to: None, schema }) }
    }

    fn gather(
        &mut self,
        all: &mut Gathering,
        place: &Target,
        map: &Map<String, Value>,
        condition: Id,
        depth: usize,
    ) -> Option<()> {
        if depth > DEEPEST {
            return None;
        }
        self.looked(all, place, map, condition, depth);
        let references = self.references;
        for (_, reference) in referring(self.dialect(), map) {
            let target = references.resolve(place, reference)?;
            self.gather_at(all, &target, references.at(&target)?, condition, depth)?;
        }
        for (keyword, value) in map {
            match (keyword.as_str(), value) {
                ("allOf", Value::Array(list)) => {
                    for (index, inner) in list.iter().enumerate() {
                        self.gather_at(all, &place.child(keyword).child(&index.to_string()), inner, condition, depth)?;
                    }
                }
                ("anyOf" | "oneOf", Value::Array(list)) => {
                    for (index, inner) in list.iter().enumerate() {
                        let place = place.child(keyword).child(&index.to_string());
                        let holds = self.schema(&place, inner);
                        let condition = self.formulas.and([condition, holds]);
                        self.gather_at(all, &place, inner, condition, depth)?;
                    }
                }
                ("if", inner) => {
                    let place_of_if = place.child(keyword);
                    let holds = self.schema(&place_of_if, inner);
                    let (met, not) = (self.formulas.and([condition, holds]), self.formulas.not(holds));
                    let unmet = self.formulas.and([condition, not]);
                    self.gather_at(all, &place_of_if, inner, met, depth)?;
                    for (branch, condition) in [("then", met), ("else", unmet)] {
                        let Some(inner) = map.get(branch) else { continue };
                        self.gather_at(all, &place.child(branch), inner, condition, depth)?;
                    }
                }
                ("dependentSchemas", Value::Object(members)) => {
                    for (name, inner) in members {
                        let present = self.present(name);
                        let condition = self.formulas.and([condition, present]);
                        self.gather_at(all, &place.child(keyword).child(name), inner, condition, depth)?;
                    }
                }
                // Those who still have it do not agree on what it has looked at.
                ("dependencies", _) => return None,
                _ => {}
            }
        }
        Some(())
    }

    fn gather_at(
        &mut self,
        all: &mut Gathering,
        place: &Target,
        schema: &Value,
        condition: Id,
        depth: usize,
    ) -> Option<()> {
        match schema {
            Value::Object(map) => self.gather(all, place, map, condition, depth + 1),
            _ => Some(()),
        }
    }

    /// What the keywords of one schema look at.
    fn looked(&mut self, all: &mut Gathering, place: &Target, map: &Map<String, Value>, condition: Id, depth: usize) {
        let names = all.keyword == "unevaluatedProperties";
        let later = self.dialect() >= Dialect::Draft202012;
        for (keyword, value) in map {
            let looked = match (keyword.as_str(), value) {
                // The keyword that is read looks at nothing before it is read, but others of it have.
                (keyword, _) if keyword == all.keyword && depth > 0 => {
                    if names {
                        Looked::Names(TRUE)
                    } else {
                        ALL_ITEMS
                    }
                }
                ("properties" | "patternProperties", Value::Object(members)) if names => {
                    for name in members.keys() {
                        let formula = self.names(keyword, name);
                        all.found.push((condition, Looked::Names(formula)));
                    }
                    continue;
                }
                ("additionalProperties", _) if names => Looked::Names(TRUE),
                ("prefixItems", Value::Array(list)) if !names && later => Looked::First(list.len() as u64),
                ("items", Value::Array(list)) if !names && !later => {
                    if map.contains_key("additionalItems") {
                        ALL_ITEMS
                    } else {
                        Looked::First(list.len() as u64)
                    }
                }
                ("items", _) if !names => ALL_ITEMS,
                ("contains", inner) if !names && later => Looked::Like(self.schema(&place.child(keyword), inner)),
                _ => continue,
            };
            all.found.push((condition, looked));
        }
    }
}
