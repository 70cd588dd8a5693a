//! Arrays whose items meet what is asked of them: found, or shown not to exist.

use std::collections::BTreeMap;

use serde_json::Value;

use super::formula::{Atom, Constant, Id, Kind, NUMBERS, Node};
use super::search::{Found, Search, TOO_MANY_STEPS, worse};

/// Arrays with more items are not built.
const MOST_ITEMS: u64 = 2_000;

/// What is asked of an array.
#[derive(Default)]
struct Asked {
    /// For each, every item from one position up to another is such a value.
    each: Vec<(u64, Option<u64>, Id)>,
    /// For each, some item from one position up to another is such a value.
    some: Vec<(u64, Option<u64>, Id)>,
    least: u64,
    most: Option<u64>,
    unique: bool,
    equal: bool,
    /// For each, fewer than so many items are such a value.
    fewer: Vec<(Id, u64)>,
    /// The position from which on all items are asked the same.
    tail: u64,
}

impl Search {
    /// An array that meets some literals.
    pub(super) fn array(&mut self, literals: &[Id]) -> Found {
        let mut asked = Asked::default();
        // How many items each schema counts: more of one ask covers fewer of another.
        let mut counted: BTreeMap<Id, u64> = BTreeMap::new();
        for literal in literals {
            match self.formulas.node(*literal).clone() {
                Node::Atom(Atom::Items { from, to, schema }) => asked.each.push((from, to, schema)),
                Node::Atom(Atom::MinItems(least)) => asked.least = asked.least.max(least),
                Node::Atom(Atom::Unique) => asked.unique = true,
                Node::Atom(Atom::Contains { schema, least }) => {
                    if least > MOST_ITEMS {
                        return Found::unknown("an array that would show it has too many items to build");
                    }
                    asked.least = asked.least.max(least);
                    let counted = counted.entry(schema).or_default();
                    *counted = least.max(*counted);
                }
                Node::Not(inner) => match self.formulas.node(inner).clone() {
                    Node::Atom(Atom::Items { from, to, schema }) => {
                        let value = self.formulas.not(schema);
                        asked.least = asked.least.max(from + 1);
                        if from == 0 && to.is_none() {
                            counted.entry(value).or_insert(1);
                        } else {
                            asked.some.push((from, to, value));
                        }
                    }
                    Node::Atom(Atom::MinItems(beyond)) => {
                        let limit = beyond.saturating_sub(1);
                        asked.most = Some(asked.most.map_or(limit, |most| most.min(limit)));
                    }
                    Node::Atom(Atom::Unique) => asked.equal = true,
                    Node::Atom(Atom::Contains { schema, least: 1 }) => {
                        let value = self.formulas.not(schema);
                        asked.each.push((0, None, value));
                    }
                    Node::Atom(Atom::Contains { schema, least }) => asked.fewer.push((schema, least)),
                    _ => {}
                },
                _ => {}
            }
        }
        for (schema, count) in &counted {
            asked.some.extend((0..*count).map(|_| (0, None, *schema)));
        }
        if asked.equal {
            asked.least = asked.least.max(2);
        }
        let ends = asked.each.iter().chain(&asked.some).flat_map(|(from, to, _)| [Some(*from), *to]);
        asked.tail = ends.flatten().max().unwrap_or(0);
        if asked.unique && asked.equal {
            return Found::None;
        }
        if asked.least > MOST_ITEMS || asked.tail > MOST_ITEMS {
            return match asked.most {
                Some(most) if most < asked.least => Found::None,
                _ => Found::unknown("an array that would show it has too many items to build"),
            };
        }
        if let Err(reason) = self.longest(&mut asked) {
            return Found::Unknown(reason);
        }
        if asked.most.is_some_and(|most| most < asked.least) {
            return Found::None;
        }
        if asked.fewer.iter().any(|(schema, limit)| counted.get(schema).is_some_and(|count| count >= limit)) {
            return Found::None;
        }
        self.placed(literals, &asked)
    }

    fn item(&mut self, asked: &Asked, position: u64) -> Id {
        let within = |(from, to, _): &&(u64, Option<u64>, Id)| position >= *from && to.is_none_or(|to| position < to);
        let parts: Vec<Id> = asked.each.iter().filter(within).map(|(_, _, schema)| *schema).collect();
        self.formulas.and(parts)
    }

    /// No array reaches a position where nothing can stand.
    fn longest(&mut self, asked: &mut Asked) -> Result<(), String> {
        for position in 0..=asked.tail {
            if asked.most.is_some_and(|most| position >= most) {
                break;
            }
            let item = self.item(asked, position);
            match self.value(item) {
                Found::None => {
                    asked.most = Some(position);
                    break;
                }
                Found::Unknown(reason) if position < asked.least || !asked.some.is_empty() => return Err(reason),
                Found::Unknown(_) => {
                    // Arrays that end before it do without it, where that is all that is asked.
                    break;
                }
                Found::Some { .. } => {}
            }
        }
        Ok(())
    }

    /// Tries the positions of what must be there.
    fn placed(&mut self, literals: &[Id], asked: &Asked) -> Found {
        if !asked.equal {
            return self.place(literals, asked, None, &mut Vec::new());
        }
        let last = asked.tail + 1;
        let mut result = Found::None;
        for second in 1..=last {
            for first in 0..second {
                if asked.most.is_some_and(|most| second >= most) {
                    continue;
                }
                match self.place(literals, asked, Some((first, second)), &mut Vec::new()) {
                    found @ Found::Some { sure: true, .. } => return found,
                    Found::None if self.respells(asked, first, second) => {
                        result = worse(result, Found::unknown("two items may be equal that are written otherwise"));
                    }
                    found => result = worse(result, found),
                }
            }
        }
        result
    }

    /// Whether two items can be equal although they are not written alike, as 1 and 1.0 are where 1.0 is no integer.
    fn respells(&mut self, asked: &Asked, first: u64, second: u64) -> bool {
        let with_numbers = NUMBERS | Kind::Array.bit() | Kind::Object.bit();
        self.dialect.strict_integers()
            && [first, second].into_iter().all(|position| {
                let (item, kinds) = (self.item(asked, position), self.formulas.atom(Atom::Kinds(with_numbers)));
                let goal = self.formulas.and([item, kinds]);
                !matches!(self.value(goal), Found::None)
            })
    }

    fn place(&mut self, literals: &[Id], asked: &Asked, twins: Option<(u64, u64)>, chosen: &mut Vec<u64>) -> Found {
        if !self.step() {
            return Found::unknown(TOO_MANY_STEPS);
        }
        let Some((from, to, value)) = asked.some.get(chosen.len()).copied() else {
            return self.built(literals, asked, twins, chosen);
        };
        // Positions of the tail are alike: one more than are used already is enough, beside those of a pair.
        let used = chosen.iter().max().map_or(asked.tail, |last| (last + 1).max(asked.tail));
        let last = twins.map_or(used, |(_, second)| used.max(second + 1));
        let mut result = Found::None;
        for position in from..=last.max(from) {
            let outside = to.is_some_and(|to| position >= to) || asked.most.is_some_and(|most| position >= most);
            if outside {
                break;
            }
            // Two that are counted are two items.
            let counted = |index: usize| asked.some.get(index) == Some(&(from, to, value));
            if chosen.iter().enumerate().any(|(index, place)| *place == position && counted(index)) {
                continue;
            }
            chosen.push(position);
            let goal = self.goal(asked, twins, chosen, position);
            let found = match self.value(goal) {
                Found::None => Found::None,
                Found::Unknown(reason) => Found::Unknown(reason),
                Found::Some { .. } => self.place(literals, asked, twins, chosen),
            };
            chosen.pop();
            match found {
                found @ Found::Some { sure: true, .. } => return found,
                found => result = worse(result, found),
            }
        }
        result
    }

    /// What the item at a position must be, with what was placed there.
    fn goal(&mut self, asked: &Asked, twins: Option<(u64, u64)>, chosen: &[u64], position: u64) -> Id {
        let mut places = vec![position];
        if let Some((first, second)) = twins {
            if position == first {
                places.push(second);
            } else if position == second {
                places.push(first);
            }
        }
        let mut parts: Vec<Id> = places.iter().map(|place| self.item(asked, *place)).collect();
        let placed = chosen.iter().zip(&asked.some).filter(|(place, _)| places.contains(place));
        parts.extend(placed.map(|(_, (_, _, value))| *value));
        self.formulas.and(parts)
    }

    fn built(&mut self, literals: &[Id], asked: &Asked, twins: Option<(u64, u64)>, chosen: &[u64]) -> Found {
        let needed = chosen.iter().map(|place| place + 1).chain(twins.map(|(_, second)| second + 1));
        let length = needed.fold(asked.least, u64::max);
        let mut goals: Vec<Id> = (0..length).map(|position| self.goal(asked, twins, chosen, position)).collect();
        // What is counted stands where it must, and nowhere else if that can be.
        let rarer: Vec<Id> = asked.fewer.iter().map(|(schema, _)| self.formulas.not(*schema)).collect();
        for (position, goal) in goals.iter_mut().enumerate().filter(|_| !rarer.is_empty()) {
            let without = self.formulas.and([*goal].into_iter().chain(rarer.iter().copied()));
            let free = !chosen.contains(&(position as u64)) && twins.is_none();
            if free && matches!(self.value(without), Found::Some { .. }) {
                *goal = without;
            }
        }
        let mut items: Vec<Value> = Vec::new();
        let mut sure = true;
        for (position, goal) in goals.iter().enumerate() {
            let twin =
                twins.filter(|(_, second)| *second == position as u64).and_then(|(first, _)| items.get(first as usize));
            let found = match twin {
                Some(value) => Found::Some { value: value.clone(), sure: true },
                None if asked.unique => self.another(*goal, &items),
                None => self.value(*goal),
            };
            match found {
                Found::Some { value, sure: known } => {
                    sure &= known;
                    items.push(value);
                }
                // Items that are all asked the same and run out are too few.
                Found::None if !asked.unique || rarer.is_empty() && goals.iter().all(|other| other == goal) => {
                    return Found::None;
                }
                Found::None => return Found::unknown("`uniqueItems` over items that are asked different things"),
                unknown => return unknown,
            }
        }
        match self.checked(literals, Value::Array(items.clone())) {
            Found::Some { value, sure: known } => Found::Some { value, sure: sure && known },
            _ => self.longer(literals, asked, items),
        }
    }

    /// One item more, where the array is one that is left out by value, or has items that are counted too often.
    fn longer(&mut self, literals: &[Id], asked: &Asked, mut items: Vec<Value>) -> Found {
        let length = items.len() as u64;
        if asked.most.is_none_or(|most| length < most) {
            let goal = self.item(asked, length);
            if let Found::Some { value, .. } = self.another(goal, &items) {
                items.push(value);
                if let found @ Found::Some { .. } = self.checked(literals, Value::Array(items)) {
                    return found;
                }
            }
        }
        Found::unknown("no array was found, nor shown not to exist")
    }

    /// A value that is none of some others.
    fn another(&mut self, goal: Id, others: &[Value]) -> Found {
        let mut parts = vec![goal];
        for other in others {
            let constant = self.formulas.atom(Atom::Const(Constant::new(other)));
            parts.push(self.formulas.not(constant));
        }
        let goal = self.formulas.and(parts);
        self.value(goal)
    }
}
