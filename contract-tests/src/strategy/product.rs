//! Several machines walked side by side: the strings that all of them accept, of any length that is asked for.

use std::collections::HashMap;

use proptest::prelude::RngExt;
use proptest::test_runner::TestRng;
use regex_syntax::hir::Look;

use super::automaton::{Machine, Range, State, WORD};

/// How many states the walk may have.
const MOST: usize = 800;
/// How many pairs of a state and a length are looked at.
const MOST_LENGTHS: usize = 2_000_000;
/// How far beyond the shortest length a string goes.
const ROOM: usize = 16;

/// Why there is no walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoWalk {
    /// No string is accepted by all, in these lengths.
    Empty,
    /// There are too many states to say so or otherwise.
    TooLarge,
}

/// The states that several machines are in together.
pub(crate) struct Walk {
    /// Code points that no machine tells apart.
    pub(crate) letters: Vec<Vec<Range>>,
    /// Where each kind of code point leads to.
    pub(crate) edges: Vec<Vec<(usize, usize)>>,
    /// Whether a string may end in a state.
    pub(crate) ends: Vec<bool>,
}

/// The strings that several machines accept.
pub(super) struct Product {
    walk: Walk,
    /// By how many code points are left, whether so many can end well from a state.
    reach: Vec<Vec<bool>>,
    /// The lengths that there are, in code points.
    pub(super) lengths: Vec<usize>,
}

/// What stands before or after a place in a string.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Beside {
    Edge,
    Word,
    Other,
}

type Seen = (Beside, Vec<Vec<usize>>);

impl Walk {
    /// Walks the machines side by side; nothing where that takes more states than are allowed.
    pub(crate) fn of(machines: &[Machine], limit: usize) -> Option<Self> {
        let (letters, words) = alphabet(machines);
        let start: Seen = (Beside::Edge, machines.iter().map(|machine| vec![machine.start]).collect());
        let mut known: HashMap<Seen, usize> = HashMap::from([(start.clone(), 0)]);
        let mut waiting = vec![start];
        let (mut edges, mut ends) = (Vec::new(), Vec::new());
        let mut next = 0;
        while let Some((before, sets)) = waiting.get(next).cloned() {
            next += 1;
            ends.push(machines.iter().zip(&sets).all(|(machine, set)| {
                let all = closed(machine, set, before, Beside::Edge);
                all.iter().any(|state| matches!(machine.states.get(*state), Some(State::Match))) != machine.negated
            }));
            let beside = [Beside::Word, Beside::Other];
            let open = beside.map(|after| {
                let close = |(machine, set): (&Machine, &Vec<usize>)| closed(machine, set, before, after);
                machines.iter().zip(&sets).map(close).collect::<Vec<_>>()
            });
            let mut leads = Vec::new();
            for (index, ranges) in letters.iter().enumerate() {
                let after = if words.get(index) == Some(&true) { Beside::Word } else { Beside::Other };
                let from = &open[usize::from(after == Beside::Other)];
                let code = ranges.first().map_or(0, |range| range.0);
                let read: Vec<Vec<usize>> =
                    machines.iter().zip(from).map(|(machine, set)| read(machine, set, code)).collect();
                // A machine that is stuck will accept nothing, unless it is one that must not.
                if machines.iter().zip(&read).any(|(machine, set)| set.is_empty() && !machine.negated) {
                    continue;
                }
                let seen = (after, read);
                let count = known.len();
                let target = *known.entry(seen.clone()).or_insert(count);
                if target == count {
                    waiting.push(seen);
                }
                leads.push((index, target));
            }
            edges.push(leads);
            if known.len() > limit {
                return None;
            }
        }
        Some(Self { letters, edges, ends })
    }
}

impl Product {
    /// Walks the machines side by side, for strings of at least and at most so many code points.
    pub(super) fn of(machines: &[Machine], least: usize, most: Option<usize>) -> Result<Self, NoWalk> {
        let walk = Walk::of(machines, MOST).ok_or(NoWalk::TooLarge)?;
        let (edges, ends) = (&walk.edges, &walk.ends);
        let shortest = shortest(edges, ends).ok_or(NoWalk::Empty)?;
        let longest = |room: usize| most.unwrap_or(usize::MAX).min(least.max(shortest).saturating_add(room));
        for longest in [longest(ROOM), longest(ROOM + edges.len())] {
            if longest.saturating_add(1).saturating_mul(edges.len()) > MOST_LENGTHS {
                return Err(NoWalk::TooLarge);
            }
            let reach = reach(edges, ends, longest);
            let fits = |length: &usize| reach.get(*length).and_then(|row| row.first()) == Some(&true);
            let lengths: Vec<usize> = (least..=longest).filter(fits).collect();
            if !lengths.is_empty() {
                return Ok(Self { walk, reach, lengths });
            }
        }
        Err(NoWalk::Empty)
    }

    /// One of the strings.
    pub(super) fn draw(&self, rng: &mut TestRng) -> String {
        let length = self.lengths.get(rng.random_range(0..self.lengths.len().max(1))).copied().unwrap_or(0);
        let (mut here, mut text) = (0, String::with_capacity(length));
        for left in (0..length).rev() {
            let ends_well =
                |(_, target): &&(usize, usize)| self.reach.get(left).and_then(|row| row.get(*target)) == Some(&true);
            let ways: Vec<&(usize, usize)> =
                self.walk.edges.get(here).into_iter().flatten().filter(ends_well).collect();
            let Some((letters, target)) = ways.get(rng.random_range(0..ways.len().max(1))) else { break };
            text.extend(self.walk.letters.get(*letters).and_then(|ranges| letter(ranges, rng)));
            here = *target;
        }
        text
    }
}

impl Machine {
    /// Whether the pattern is found in a string, or is not where it must not be.
    pub(crate) fn accepts(&self, text: &str) -> bool {
        let beside = |letter: Option<char>| match letter {
            None => Beside::Edge,
            Some(letter) if holds(&WORD, u32::from(letter)) => Beside::Word,
            Some(_) => Beside::Other,
        };
        let (mut set, mut before) = (vec![self.start], None);
        for letter in text.chars() {
            let open = closed(self, &set, beside(before), beside(Some(letter)));
            set = read(self, &open, u32::from(letter));
            before = Some(letter);
        }
        let last = closed(self, &set, beside(before), Beside::Edge);
        last.iter().any(|state| matches!(self.states.get(*state), Some(State::Match))) != self.negated
    }
}

/// The code points, those together that no machine tells apart, and whether they are of a word.
fn alphabet(machines: &[Machine]) -> (Vec<Vec<Range>>, Vec<bool>) {
    let mut sets: Vec<&[Range]> = vec![&WORD];
    for state in machines.iter().flat_map(|machine| &machine.states) {
        if let State::Read(ranges, _) = state
            && !sets.contains(&ranges.as_slice())
        {
            sets.push(ranges);
        }
    }
    let mut cuts: Vec<u32> =
        sets.iter().flat_map(|set| set.iter()).flat_map(|(first, last)| [*first, last + 1]).collect();
    cuts.extend([0, 0x20, 0x7f, 0xd800, 0xe000, 0x11_0000]);
    cuts.sort_unstable();
    cuts.dedup();
    let mut found: Vec<(Vec<bool>, Vec<Range>)> = Vec::new();
    let mut index: HashMap<Vec<bool>, usize> = HashMap::new();
    for (first, end) in cuts.iter().zip(cuts.iter().skip(1)) {
        if (0xd800..0xe000).contains(first) {
            continue;
        }
        let signature: Vec<bool> = sets.iter().map(|set| holds(set, *first)).collect();
        let count = found.len();
        let at = *index.entry(signature.clone()).or_insert(count);
        if at == count {
            found.push((signature, Vec::new()));
        }
        if let Some((_, ranges)) = found.get_mut(at) {
            ranges.push((*first, end - 1));
        }
    }
    found.into_iter().map(|(signature, ranges)| (ranges, signature.first() == Some(&true))).unzip()
}

fn holds(ranges: &[Range], code: u32) -> bool {
    let after = ranges.partition_point(|(first, _)| *first <= code);
    after.checked_sub(1).and_then(|last| ranges.get(last)).is_some_and(|(_, last)| code <= *last)
}

/// All states that are reached without reading.
fn closed(machine: &Machine, set: &[usize], before: Beside, after: Beside) -> Vec<usize> {
    let mut seen = vec![false; machine.states.len()];
    let mut waiting = set.to_vec();
    let mut found = Vec::new();
    while let Some(state) = waiting.pop() {
        match seen.get_mut(state) {
            Some(seen) if !*seen => *seen = true,
            _ => continue,
        }
        match machine.states.get(state) {
            Some(State::Split(ways)) => waiting.extend(ways),
            Some(State::Look(look, next)) if is_met(*look, before, after) => waiting.push(*next),
            Some(State::Read(..) | State::Match) => found.push(state),
            _ => {}
        }
    }
    found.sort_unstable();
    found
}

fn is_met(look: Look, before: Beside, after: Beside) -> bool {
    let boundary = (before == Beside::Word) != (after == Beside::Word);
    match look {
        Look::Start | Look::StartLF | Look::StartCRLF => before == Beside::Edge,
        Look::End | Look::EndLF | Look::EndCRLF => after == Beside::Edge,
        Look::WordAsciiNegate | Look::WordUnicodeNegate => !boundary,
        _ => boundary,
    }
}

/// The states after one code point is read.
fn read(machine: &Machine, set: &[usize], code: u32) -> Vec<usize> {
    let mut found: Vec<usize> = set
        .iter()
        .filter_map(|state| match machine.states.get(*state) {
            Some(State::Read(ranges, next)) if holds(ranges, code) => Some(*next),
            _ => None,
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The length of the shortest string that ends well.
fn shortest(edges: &[Vec<(usize, usize)>], ends: &[bool]) -> Option<usize> {
    let mut seen = vec![false; edges.len()];
    let mut here = vec![0];
    for length in 0..=edges.len() {
        if here.iter().any(|state| ends.get(*state) == Some(&true)) {
            return Some(length);
        }
        let mut next = Vec::new();
        for (_, target) in here.iter().filter_map(|state| edges.get(*state)).flatten() {
            if let Some(seen) = seen.get_mut(*target).filter(|seen| !**seen) {
                *seen = true;
                next.push(*target);
            }
        }
        here = next;
    }
    None
}

/// For each number of code points up to the longest, the states from which so many can end well.
fn reach(edges: &[Vec<(usize, usize)>], ends: &[bool], longest: usize) -> Vec<Vec<bool>> {
    let mut rows = vec![ends.to_vec()];
    for _ in 0..longest {
        let Some(last) = rows.last() else { break };
        let leads = |leads: &Vec<(usize, usize)>| leads.iter().any(|(_, target)| last.get(*target) == Some(&true));
        let row = edges.iter().map(leads).collect();
        rows.push(row);
    }
    rows
}

/// A letter of some ranges, mostly a printable one of ASCII where there is one: a class that leaves something out has
/// nearly all of Unicode, of which hardly anything can be read.
pub(super) fn letter(ranges: &[Range], rng: &mut TestRng) -> Option<char> {
    let plain = |(first, last): &Range| ((*first).max(0x20), (*last).min(0x7e));
    let whole = |range: &Range| *range;
    let pick = |part: fn(&Range) -> Range, rng: &mut TestRng| {
        let parts = || ranges.iter().map(part).filter(|(first, last)| first <= last);
        let all: u32 = parts().map(|(first, last)| last - first + 1).sum();
        let mut index = if all == 0 { return None } else { rng.random_range(0..all) };
        for (first, last) in parts() {
            if index <= last - first {
                // Between two letters there may be surrogates, which are none.
                return char::from_u32(first + index).or(char::from_u32(first));
            }
            index -= last - first + 1;
        }
        None
    };
    let readable = if rng.random_ratio(7, 8) { pick(plain, rng) } else { None };
    readable.or_else(|| pick(whole, rng))
}
