//! Objects whose members meet what is asked of them: found, or shown not to exist.
//!
//! Names that are mentioned anywhere are looked at one by one; all others that the same patterns match are alike. What must
//! be there is given a member each, or shares one, until nothing is missing.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::formula::{Atom, Id, Node, TRUE};
use super::search::{Found, Search, TOO_MANY_STEPS, worse};

/// Patterns of names beyond this number are not told apart.
const MOST_PATTERNS: usize = 6;
/// Objects with more members are not built.
const MOST_MEMBERS: u64 = 5_000;

/// What is asked of an object.
#[derive(Default)]
struct Asked {
    /// For each, every member of such a name has such a value.
    each: Vec<(Id, Id)>,
    /// For each, some member of such a name has such a value.
    some: Vec<(Id, Id)>,
    least: u64,
    most: Option<u64>,
    refused: bool,
    /// The mentioned names.
    names: Vec<String>,
    /// Of the mentioned names, those that may be used.
    usable: Vec<String>,
    /// For each pattern of names that is no list, in the order in which the signatures have them.
    patterns: Vec<Id>,
    /// For each of `each` and `some`, the pattern of its names once the mentioned ones are taken out.
    general: Vec<Id>,
}

/// Where a member's name comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Name {
    Mentioned(String),
    /// Any other, of which each pattern holds or not.
    Other(Vec<bool>),
}

/// A member that must be there.
#[derive(Debug, Clone)]
struct Member {
    name: Name,
    value: Id,
}

impl Search {
    /// An object that meets some literals.
    pub(super) fn object(&mut self, literals: &[Id]) -> Found {
        let asked = self.object_asked(literals);
        if asked.most.is_some_and(|most| most < asked.least) {
            return Found::None;
        }
        if asked.least > MOST_MEMBERS {
            return Found::unknown("an object that would show it has too many members to build");
        }
        if asked.patterns.len() > MOST_PATTERNS {
            return Found::unknown("too many patterns of names to tell apart");
        }
        // Members of one mentioned name are one member.
        let mut members: Vec<Member> = Vec::new();
        let mut open = Vec::new();
        for (index, (names, value)) in asked.some.iter().enumerate() {
            let Some(name) = self.listed(*names) else {
                open.push(index);
                continue;
            };
            if !asked.usable.contains(&name) {
                return Found::None;
            }
            let name = Name::Mentioned(name);
            if let Some(known) = members.iter_mut().find(|known| known.name == name) {
                known.value = self.formulas.and([known.value, *value]);
                continue;
            }
            let own = self.member_value(&asked, &name);
            let value = self.formulas.and([own, *value]);
            members.push(Member { name, value });
        }
        if asked.most.is_some_and(|most| (members.len() as u64) > most) {
            return Found::None;
        }
        let mut unknown = None;
        for member in &members {
            match self.value(member.value) {
                Found::None => return Found::None,
                Found::Unknown(reason) => unknown = Some(reason),
                Found::Some { .. } => {}
            }
        }
        if let Some(reason) = unknown {
            return Found::Unknown(reason);
        }
        self.with_open(literals, &asked, members, &open)
    }

    fn object_asked(&mut self, literals: &[Id]) -> Asked {
        let mut asked = Asked::default();
        let mut declared: Option<BTreeSet<String>> = None;
        let mut anything = false;
        for literal in literals {
            match self.formulas.node(*literal).clone() {
                Node::Atom(Atom::Members { names, schema }) => asked.each.push((names, schema)),
                Node::Atom(Atom::MinProperties(least)) => asked.least = asked.least.max(least),
                Node::Atom(Atom::Declared(names)) => declared.get_or_insert_default().extend(names),
                Node::Atom(Atom::Open) => anything = true,
                Node::Not(inner) => match self.formulas.node(inner).clone() {
                    Node::Atom(Atom::Members { names, schema }) => {
                        let value = self.formulas.not(schema);
                        asked.some.push((names, value));
                    }
                    Node::Atom(Atom::MinProperties(beyond)) => {
                        let limit = beyond.saturating_sub(1);
                        asked.most = Some(asked.most.map_or(limit, |most| most.min(limit)));
                    }
                    Node::Atom(Atom::Const(_)) => asked.refused = true,
                    _ => {}
                },
                _ => {}
            }
        }
        let all: Vec<Id> = asked.each.iter().chain(&asked.some).map(|(names, _)| *names).collect();
        let mut names = BTreeSet::new();
        for formula in &all {
            let unfolded = self.project(*formula, super::formula::Kind::String);
            self.constants(unfolded, &mut names);
        }
        for formula in all {
            let general = self.without_constants(formula);
            if ![TRUE, super::formula::FALSE].contains(&general) && !asked.patterns.contains(&general) {
                asked.patterns.push(general);
            }
            asked.general.push(general);
        }
        let may = |name: &String| anything || declared.as_ref().is_none_or(|declared| declared.contains(name));
        asked.usable = names.iter().filter(|name| may(name)).cloned().collect();
        asked.names = names.into_iter().collect();
        asked
    }

    /// The one name that a formula of names is about, where it is.
    fn listed(&self, names: Id) -> Option<String> {
        match self.formulas.node(names) {
            Node::Atom(Atom::Const(constant)) => constant.value.as_str().map(str::to_owned),
            _ => None,
        }
    }

    fn constants(&self, formula: Id, found: &mut BTreeSet<String>) {
        match self.formulas.node(formula) {
            Node::And(parts) | Node::Or(parts) => parts.iter().for_each(|part| self.constants(*part, found)),
            Node::Not(inner) => self.constants(*inner, found),
            Node::Atom(Atom::Const(constant)) => found.extend(constant.value.as_str().map(str::to_owned)),
            _ => {}
        }
    }

    /// What a formula asks of names that none of its constants is.
    fn without_constants(&mut self, formula: Id) -> Id {
        let formula = self.project(formula, super::formula::Kind::String);
        match self.formulas.node(formula).clone() {
            Node::And(parts) => {
                let parts: Vec<Id> = parts.into_iter().map(|part| self.without_constants(part)).collect();
                self.formulas.and(parts)
            }
            Node::Or(parts) => {
                let parts: Vec<Id> = parts.into_iter().map(|part| self.without_constants(part)).collect();
                self.formulas.or(parts)
            }
            Node::Not(inner) => {
                let inner = self.without_constants(inner);
                self.formulas.not(inner)
            }
            Node::Atom(Atom::Const(_)) => super::formula::FALSE,
            _ => formula,
        }
    }

    /// Whether the names of `each` or `some` hold a name; nothing where a pattern is not understood.
    fn holds(&self, asked: &Asked, index: usize, name: &Name) -> Option<bool> {
        let (names, _) = asked.each.iter().chain(&asked.some).nth(index)?;
        match name {
            Name::Mentioned(name) => self.meets(*names, &Value::from(name.as_str())),
            Name::Other(signature) => {
                let general = *asked.general.get(index)?;
                match general {
                    TRUE => Some(true),
                    super::formula::FALSE => Some(false),
                    _ => {
                        let at = asked.patterns.iter().position(|pattern| *pattern == general)?;
                        signature.get(at).copied()
                    }
                }
            }
        }
    }

    /// What a member of a name must be.
    fn member_value(&mut self, asked: &Asked, name: &Name) -> Id {
        let mut parts = Vec::new();
        for (index, (_, value)) in asked.each.iter().enumerate() {
            match self.holds(asked, index, name) {
                Some(false) => {}
                Some(true) => parts.push(*value),
                // A name that may match: nothing is known of its value.
                None => parts.push(self.formulas.atom(Atom::Opaque("name".into()))),
            }
        }
        self.formulas.and(parts)
    }

    /// Gives each thing that must be there a member, and fills up.
    fn with_open(&mut self, literals: &[Id], asked: &Asked, members: Vec<Member>, open: &[usize]) -> Found {
        if !self.step() {
            return Found::unknown(TOO_MANY_STEPS);
        }
        let Some((index, rest)) = open.split_first() else { return self.filled(literals, asked, members) };
        let Some((_, value)) = asked.some.get(*index).copied() else { return Found::None };
        let position = asked.each.len() + index;
        let mut result = Found::None;
        // A member that is there anyway.
        for at in 0..members.len() {
            let Some(member) = members.get(at) else { continue };
            if self.holds(asked, position, &member.name) == Some(false) {
                continue;
            }
            let both = self.formulas.and([member.value, value]);
            let mut shared = members.clone();
            if let Some(member) = shared.get_mut(at) {
                member.value = both;
            }
            match self.value(both) {
                Found::None => {}
                Found::Unknown(reason) => result = worse(result, Found::Unknown(reason)),
                Found::Some { .. } => match self.with_open(literals, asked, shared, rest) {
                    found @ Found::Some { sure: true, .. } => return found,
                    found => result = worse(result, found),
                },
            }
        }
        if asked.most.is_some_and(|most| members.len() as u64 >= most) {
            return result;
        }
        for name in self.names_left(asked, &members) {
            if self.holds(asked, position, &name) == Some(false) {
                continue;
            }
            let own = self.member_value(asked, &name);
            let both = self.formulas.and([own, value]);
            match self.value(both) {
                Found::None => continue,
                Found::Unknown(reason) => {
                    result = worse(result, Found::Unknown(reason));
                    continue;
                }
                Found::Some { .. } => {}
            }
            let mut more = members.clone();
            more.push(Member { name, value: both });
            match self.with_open(literals, asked, more, rest) {
                found @ Found::Some { sure: true, .. } => return found,
                found => result = worse(result, found),
            }
        }
        result
    }

    /// The names that a further member can have: other ones first, as they say less.
    fn names_left(&mut self, asked: &Asked, members: &[Member]) -> Vec<Name> {
        let count = asked.patterns.len();
        let signatures = (0..1_usize << count).map(|bits| (0..count).map(|index| bits >> index & 1 == 1).collect());
        let mut names: Vec<Name> = signatures.map(Name::Other).collect();
        let mentioned = asked.usable.iter().cloned().map(Name::Mentioned);
        names.extend(mentioned.filter(|name| members.iter().all(|member| member.name != *name)));
        names
    }

    /// The object with these members, and as many more as there must be.
    fn filled(&mut self, literals: &[Id], asked: &Asked, members: Vec<Member>) -> Found {
        let mut object = Map::new();
        let mut sure = true;
        let mut reserved: Vec<String> = asked.names.clone();
        for member in &members {
            match self.value(member.value) {
                Found::Some { value, sure: known } => {
                    sure &= known;
                    match self.written(asked, &member.name, &reserved) {
                        Found::Some { value: Value::String(name), sure: known } => {
                            sure &= known;
                            reserved.push(name.clone());
                            object.insert(name, value);
                        }
                        Found::Unknown(reason) => return Found::Unknown(reason),
                        _ => return Found::None,
                    }
                }
                other => return other,
            }
        }
        let mut unknown = None;
        let wanted = |object: &Map<String, Value>| (object.len() as u64) < asked.least;
        let mut names = self.names_left(asked, &members);
        // Mentioned names first, as they are what a reader knows.
        names.reverse();
        for name in names {
            let value = self.member_value(asked, &name);
            while wanted(&object) {
                let found = match self.value(value) {
                    Found::Some { value, sure: true } => value,
                    Found::None => break,
                    _ => {
                        unknown = Some("an object with more members could not be built");
                        break;
                    }
                };
                match self.written(asked, &name, &reserved) {
                    Found::Some { value: Value::String(written), sure: true } => {
                        reserved.push(written.clone());
                        object.insert(written, found);
                    }
                    Found::None => break,
                    _ => {
                        unknown = Some("an object with more members could not be built");
                        break;
                    }
                }
                if matches!(name, Name::Mentioned(_)) {
                    break;
                }
            }
        }
        if wanted(&object) {
            return unknown.map_or(Found::None, Found::unknown);
        }
        self.unless_refused(literals, asked, object, &members, sure)
    }

    fn unless_refused(
        &mut self,
        literals: &[Id],
        asked: &Asked,
        object: Map<String, Value>,
        members: &[Member],
        sure: bool,
    ) -> Found {
        let value = Value::Object(object.clone());
        match self.checked(literals, value.clone()) {
            Found::Some { sure: known, .. } => return Found::Some { value, sure: sure && known },
            Found::None if !asked.refused => {
                return Found::unknown("an object that was built is not what was asked for");
            }
            _ => {}
        }
        // It is one that is left out: one more member makes it another.
        let reserved: Vec<String> = asked.names.iter().chain(object.keys()).cloned().collect();
        for name in self.names_left(asked, members) {
            let wanted = self.member_value(asked, &name);
            let (Found::Some { value: inner, .. }, Found::Some { value: Value::String(name), .. }) =
                (self.value(wanted), self.written(asked, &name, &reserved))
            else {
                continue;
            };
            let mut more = object.clone();
            more.entry(name).or_insert(inner);
            if let found @ Found::Some { sure: true, .. } = self.checked(literals, Value::Object(more)) {
                return found;
            }
        }
        Found::unknown("the objects that were built are left out by value")
    }

    /// A name of this sort that is none of some others.
    fn written(&mut self, asked: &Asked, name: &Name, reserved: &[String]) -> Found {
        let signature = match name {
            Name::Mentioned(name) => return Found::Some { value: Value::from(name.as_str()), sure: true },
            Name::Other(signature) => signature,
        };
        let mut parts = Vec::new();
        for (pattern, holds) in asked.patterns.iter().zip(signature) {
            parts.push(if *holds { *pattern } else { self.formulas.not(*pattern) });
        }
        let formula = self.formulas.and(parts);
        for plain in ["other", "another", "more"] {
            let value = Value::from(plain);
            if !reserved.iter().any(|name| name == plain) && self.meets(formula, &value) == Some(true) {
                return Found::Some { value, sure: true };
            }
        }
        self.name(formula, reserved)
    }
}
