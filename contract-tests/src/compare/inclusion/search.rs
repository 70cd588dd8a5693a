//! Whether any value meets a formula: one that does, a proof that there is none, or why neither was found.
//!
//! A formula is looked at for one kind of values at a time. Its disjunctions are tried until a conjunction of literals is
//! left, and what is known of that kind builds a value or shows that there is none. A recursive schema that is met again
//! below itself counts as having no value there: values are finite, so a smallest one never needs itself.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::dialect::Dialect;
use crate::strategy::automaton::Machine;

use super::formula::{Atom, FALSE, Formulas, Id, Kind, Node, TRUE};

/// How many steps one question may take.
const MOST_STEPS: usize = 60_000;
/// Why a search that takes more steps has come to nothing.
pub(super) const TOO_MANY_STEPS: &str = "it takes more steps than are allowed";
/// Why a value that is listed otherwise shows nothing.
const RESPELLED: &str = "only a listed whole number that is written otherwise, such as 1.0 for 1, shows a difference";
/// How many values may be looked for within each other.
const DEEPEST: usize = 48;

/// What came of looking for a value.
#[derive(Debug, Clone)]
pub(super) enum Found {
    /// This one; sure where nothing was left aside that might refuse it.
    Some { value: Value, sure: bool },
    /// There is none.
    None,
    /// It was not found out.
    Unknown(String),
}

impl Found {
    pub(super) fn unknown(reason: impl Into<String>) -> Self {
        Self::Unknown(reason.into())
    }
}

/// Whether a string is of a format.
pub(super) type Formats = Box<dyn Fn(&str, &str) -> bool>;

/// Looks for values that meet formulas.
pub(super) struct Search {
    pub(super) formulas: Formulas,
    pub(super) dialect: Dialect,
    /// Whether a string is of a format.
    pub(super) formats: Formats,
    pub(super) projected: HashMap<(Id, Kind), Id>,
    known: HashMap<Id, Found>,
    theories: HashMap<(Kind, Vec<Id>), Found>,
    /// What is being looked for, from the outside in.
    stack: Vec<Id>,
    /// The outermost of these that was met again since this was last set.
    lowest: usize,
    /// Results that hold as long as what they were met below has no value; by the place in the stack.
    provisional: HashMap<Id, usize>,
    pub(super) unfolding: HashSet<(Id, Kind)>,
    steps: usize,
    pub(super) machines: RefCell<HashMap<String, Option<Machine>>>,
}

/// The formulas that hold in a branch.
#[derive(Clone, Default)]
struct Branch {
    holds: HashSet<Id>,
    literals: Vec<Id>,
    choices: Vec<Id>,
}

impl Search {
    pub(super) fn new(dialect: Dialect, formats: Formats) -> Self {
        Self {
            formulas: Formulas::new(),
            dialect,
            formats,
            projected: HashMap::new(),
            known: HashMap::new(),
            theories: HashMap::new(),
            stack: Vec::new(),
            lowest: usize::MAX,
            provisional: HashMap::new(),
            unfolding: HashSet::new(),
            steps: 0,
            machines: RefCell::default(),
        }
    }

    /// Begins another question: what was not found out before may be found out now.
    pub(super) fn begin(&mut self) {
        if self.steps > MOST_STEPS {
            self.known.retain(|_, found| !matches!(found, Found::Unknown(_)));
            self.theories.retain(|_, found| !matches!(found, Found::Unknown(_)));
        }
        self.steps = 0;
    }

    /// Counts a step; false once there were as many as are allowed.
    pub(super) fn step(&mut self) -> bool {
        self.steps += 1;
        self.steps <= MOST_STEPS
    }

    /// A value that meets a formula.
    pub(super) fn value(&mut self, goal: Id) -> Found {
        match goal {
            TRUE => return Found::Some { value: Value::Null, sure: true },
            FALSE => return Found::None,
            _ => {}
        }
        if let Some(known) = self.known.get(&goal) {
            return known.clone();
        }
        if let Some(place) = self.stack.iter().position(|open| *open == goal) {
            self.lowest = self.lowest.min(place);
            return Found::None;
        }
        if let Some(place) = self.provisional.get(&goal) {
            self.lowest = self.lowest.min(*place);
            return Found::None;
        }
        if self.stack.len() >= DEEPEST {
            return Found::unknown(format!("values within each other more than {DEEPEST} deep"));
        }
        let place = self.stack.len();
        self.stack.push(goal);
        let outer = std::mem::replace(&mut self.lowest, usize::MAX);
        let found = self.any_kind(goal);
        self.stack.pop();
        let own = std::mem::replace(&mut self.lowest, outer);
        let depends = own < place;
        if depends {
            self.lowest = self.lowest.min(own);
        }
        match &found {
            Found::Some { .. } => drop(self.known.insert(goal, found.clone())),
            // What was proved while this counted as empty holds with it.
            Found::None if depends => {
                // What depends on this one depends on what it depends on, once it is off the stack.
                self.provisional.values_mut().filter(|low| **low >= place).for_each(|low| *low = own);
                self.provisional.insert(goal, own);
            }
            _ if !depends => drop(self.known.insert(goal, found.clone())),
            _ => {}
        }
        if matches!(found, Found::None) && !depends {
            // Nothing above was assumed, so all that was proved below on the strength of this one is proved.
            let proved: Vec<Id> =
                self.provisional.iter().filter(|(_, low)| **low >= place).map(|(id, _)| *id).collect();
            for id in proved {
                self.provisional.remove(&id);
                self.known.insert(id, Found::None);
            }
        } else if !matches!(found, Found::None) {
            // What counted this as empty is no proof.
            self.provisional.clear();
        }
        found
    }

    fn any_kind(&mut self, goal: Id) -> Found {
        let mut result = Found::None;
        for kind in Kind::ALL {
            let formula = self.project(goal, kind);
            match self.branch(kind, Branch::default(), vec![formula]) {
                found @ Found::Some { sure: true, .. } => return found,
                found => result = worse(result, found),
            }
        }
        result
    }

    /// Takes formulas into a branch until nothing but choices is left, and then tries these.
    fn branch(&mut self, kind: Kind, mut branch: Branch, mut pending: Vec<Id>) -> Found {
        if !self.step() {
            return Found::unknown(TOO_MANY_STEPS);
        }
        loop {
            while let Some(id) = pending.pop() {
                if id == TRUE || branch.holds.contains(&id) {
                    continue;
                }
                let not = self.formulas.not(id);
                if id == FALSE || branch.holds.contains(&not) {
                    return Found::None;
                }
                branch.holds.insert(id);
                match self.formulas.node(id) {
                    Node::And(parts) => pending.extend(parts),
                    Node::Or(_) => branch.choices.push(id),
                    Node::Recursion(_) => return Found::unknown("a schema that refers to nothing but itself"),
                    Node::Not(inner) if matches!(self.formulas.node(*inner), Node::Recursion(_)) => {
                        return Found::unknown("a schema that refers to nothing but itself");
                    }
                    _ => branch.literals.push(id),
                }
            }
            let mut open = Vec::new();
            for choice in std::mem::take(&mut branch.choices) {
                let Some(ways) = self.ways(&branch, choice) else { continue };
                match ways.as_slice() {
                    [] => return Found::None,
                    [one] => pending.push(*one),
                    _ => open.push((choice, ways)),
                }
            }
            branch.choices = open.iter().map(|(choice, _)| *choice).collect();
            if !pending.is_empty() {
                continue;
            }
            branch.literals.sort_unstable();
            let found = self.theory(kind, &branch.literals);
            let Some((choice, ways)) = open.into_iter().min_by_key(|(_, ways)| ways.len()) else { return found };
            match &found {
                Found::None => return Found::None,
                Found::Some { value, sure: true }
                    if branch.choices.iter().all(|choice| self.meets(*choice, value) == Some(true)) =>
                {
                    return found;
                }
                _ => {}
            }
            branch.choices.retain(|other| *other != choice);
            let mut result = Found::None;
            for way in ways {
                match self.branch(kind, branch.clone(), vec![way]) {
                    found @ Found::Some { sure: true, .. } => return found,
                    found => result = worse(result, found),
                }
            }
            return result;
        }
    }

    /// What is left of a choice; nothing where it is met already.
    fn ways(&mut self, branch: &Branch, choice: Id) -> Option<Vec<Id>> {
        let Node::Or(parts) = self.formulas.node(choice).clone() else { return Some(vec![choice]) };
        if parts.iter().any(|part| branch.holds.contains(part)) {
            return None;
        }
        let mut ways = Vec::new();
        for part in parts {
            if !self.refuted(branch, part) {
                ways.push(part);
            }
        }
        Some(ways)
    }

    fn refuted(&mut self, branch: &Branch, part: Id) -> bool {
        let not = self.formulas.not(part);
        if branch.holds.contains(&not) {
            return true;
        }
        match self.formulas.node(part).clone() {
            Node::And(inner) => inner.into_iter().any(|inner| {
                let not = self.formulas.not(inner);
                branch.holds.contains(&not)
            }),
            _ => false,
        }
    }

    /// A value that meets literals about one kind of values.
    fn theory(&mut self, kind: Kind, literals: &[Id]) -> Found {
        let key = (kind, literals.to_vec());
        if let Some(known) = self.theories.get(&key) {
            return known.clone();
        }
        let outer = std::mem::replace(&mut self.lowest, usize::MAX);
        let found = self.by_kind(kind, literals);
        let own = std::mem::replace(&mut self.lowest, outer);
        self.lowest = self.lowest.min(own);
        if own == usize::MAX || matches!(found, Found::Some { .. }) {
            self.theories.insert(key, found.clone());
        }
        found
    }

    fn by_kind(&mut self, kind: Kind, literals: &[Id]) -> Found {
        let constant = literals.iter().find_map(|literal| match self.formulas.node(*literal) {
            Node::Atom(Atom::Const(constant)) => Some(constant.value.clone()),
            _ => None,
        });
        if let Some(value) = constant {
            return self.spelled(kind, literals, value);
        }
        let found = match kind {
            Kind::Null => self.first(literals, [Value::Null]),
            Kind::Boolean => self.first(literals, [Value::Bool(false), Value::Bool(true)]),
            Kind::Integer | Kind::Fraction => self.number(kind, literals),
            Kind::String => self.string(literals),
            Kind::Array => self.array(literals),
            Kind::Object => self.object(literals),
        };
        match found {
            Found::Some { value, sure: true } if self.has_opaque(literals) => Found::Some { value, sure: false },
            other => other,
        }
    }

    /// A value that is listed, where it meets all literals. To some dialects a listed 1 is equal to 1.0, which is no integer:
    /// a value that nobody has written is no counterexample, and a proof must not overlook it.
    fn spelled(&self, kind: Kind, literals: &[Id], written: Value) -> Found {
        if !self.dialect.strict_integers() {
            return self.checked(literals, written);
        }
        if let Some(number) = written.as_number() {
            let exact = super::number::exact(number);
            let spelled = exact.and_then(|exact| super::number::json(&exact, kind == Kind::Fraction));
            return match spelled.filter(|spelled| self.kind_of(spelled) == kind) {
                None => Found::None,
                Some(spelled) if self.kind_of(&written) == kind => self.checked(literals, spelled),
                Some(spelled) => match self.checked(literals, spelled) {
                    Found::Some { .. } => Found::unknown(RESPELLED),
                    other => other,
                },
            };
        }
        match self.checked(literals, written.clone()) {
            Found::None
                if literals.iter().all(|literal| self.meets_however_written(*literal, &written) != Some(false)) =>
            {
                Found::unknown(RESPELLED)
            }
            other => other,
        }
    }

    fn has_opaque(&self, literals: &[Id]) -> bool {
        literals.iter().any(|literal| {
            let inner = match self.formulas.node(*literal) {
                Node::Not(inner) => *inner,
                _ => *literal,
            };
            matches!(self.formulas.node(inner), Node::Atom(Atom::Opaque(_)))
        })
    }

    /// The first of all values there are.
    fn first(&mut self, literals: &[Id], values: impl IntoIterator<Item = Value>) -> Found {
        let mut result = Found::None;
        for value in values {
            match self.checked(literals, value) {
                found @ Found::Some { sure: true, .. } => return found,
                found => result = worse(result, found),
            }
        }
        result
    }

    /// A value, where it meets all literals.
    pub(super) fn checked(&self, literals: &[Id], value: Value) -> Found {
        let mut sure = true;
        for literal in literals {
            match self.meets(*literal, &value) {
                Some(true) => {}
                Some(false) => return Found::None,
                None => sure = false,
            }
        }
        Found::Some { value, sure }
    }
}

/// What two ways come to together where neither is a sure value.
pub(super) fn worse(one: Found, other: Found) -> Found {
    match (one, other) {
        (found @ Found::Some { .. }, _) | (_, found @ Found::Some { .. }) => found,
        (found @ Found::Unknown(_), _) | (_, found) => found,
    }
}
