//! Strings that meet expressions, lengths and counts of bytes: the shortest one, or that there is none.

use std::collections::BTreeMap;

use regex_syntax::hir::Hir;

use crate::strategy::automaton::{Machine, Range, State};
use crate::strategy::product::Walk;

/// How many states the machines may have together.
const MOST_STATES: usize = 6_000;
/// How many pairs of a state and a length are looked at.
const MOST_PAIRS: usize = 3_000_000;
/// A string that must be longer is not built.
const LONGEST: u64 = 200_000;

/// What is asked of a string, as far as a language says it.
#[derive(Debug, Default, Clone)]
pub(super) struct Language {
    /// Expressions, and whether each must be found or must not.
    pub(super) expressions: Vec<(String, bool)>,
    pub(super) least: u64,
    pub(super) most: Option<u64>,
    pub(super) least_bytes: u64,
    pub(super) most_bytes: Option<u64>,
    /// Strings that are left out.
    pub(super) refused: Vec<String>,
}

/// Why no string is given.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NoString {
    /// There is none.
    None,
    /// It was not found out.
    Unknown(&'static str),
}

impl Language {
    /// The shortest string, in plain letters where it can be.
    pub(super) fn shortest(&self) -> Result<String, NoString> {
        // A code point takes one byte at least and four at most.
        let most = [self.most, self.most_bytes].into_iter().flatten().min();
        let least = self.least.max(self.least_bytes.div_ceil(4));
        if most.is_some_and(|most| most < least) || self.most_bytes.is_some_and(|most| most < self.least_bytes) {
            return Err(NoString::None);
        }
        if least > LONGEST {
            return Err(NoString::Unknown("the strings that would show it are too long to build"));
        }
        if self.expressions.is_empty() { self.free(least, most) } else { self.walked(least, most) }
    }

    fn fits(&self, text: &str) -> bool {
        let (length, bytes) = (text.chars().count() as u64, text.len() as u64);
        length >= self.least
            && self.most.is_none_or(|most| length <= most)
            && bytes >= self.least_bytes
            && self.most_bytes.is_none_or(|most| bytes <= most)
            && !self.refused.iter().any(|refused| refused == text)
    }

    /// A string of which only lengths are asked. There are more letters than strings could be left out.
    fn free(&self, least: u64, most: Option<u64>) -> Result<String, NoString> {
        if most == Some(0) {
            return if self.fits("") { Ok(String::new()) } else { Err(NoString::None) };
        }
        let tries = self.refused.len() as u64 + 2;
        for length in [least, least.max(1), least + 1] {
            for index in 0..tries {
                // Counting in letters makes as many different strings as are needed, however short they are.
                let letter = |index: u64| char::from_u32(0x61 + u32::try_from(index).unwrap_or(0)).unwrap_or('a');
                let first = if index < 26 { letter(index) } else { letter(index + 0x300) };
                let text: String = (0..length).map(|place| if place == 0 { first } else { 'a' }).collect();
                if self.fits(&text) {
                    return Ok(text);
                }
                if let Some(wide) = self.widened(&text).filter(|wide| self.fits(wide)) {
                    return Ok(wide);
                }
            }
            if most.is_some_and(|most| most < length + 1) {
                break;
            }
        }
        Err(NoString::Unknown("no string of the lengths and bytes was found"))
    }

    /// The string with letters of more bytes, so that it has as many bytes as are asked for.
    fn widened(&self, text: &str) -> Option<String> {
        let mut missing = self.least_bytes.checked_sub(text.len() as u64)?;
        let mut letters: Vec<char> = text.chars().collect();
        for letter in letters.iter_mut().rev() {
            let (wide, more) = match missing {
                0 => break,
                1 => ('é', 1),
                2 => ('あ', 2),
                _ => ('😀', 3),
            };
            if letter.is_ascii() {
                *letter = wide;
                missing -= more;
            }
        }
        Some(letters.into_iter().collect())
    }

    fn walked(&self, least: u64, most: Option<u64>) -> Result<String, NoString> {
        let mut machines = Vec::new();
        for (expression, found) in &self.expressions {
            let hir = regex_syntax::parse(expression).map_err(|_| NoString::Unknown("a pattern cannot be read"))?;
            machines.push(machine(&hir, !found)?);
        }
        let refused: Vec<&String> = self.refused.iter().filter(|text| self.fits_lengths(text)).collect();
        if !refused.is_empty() {
            machines.push(none_of(&refused));
        }
        let Some(walk) = Walk::of(&machines, MOST_STATES) else {
            return Err(NoString::Unknown("the patterns come to more states than are looked at"));
        };
        let bytes = self.least_bytes > 0 || self.most_bytes.is_some();
        let text = layers(&walk, least, most)?;
        if !bytes || self.fits_bytes(&text) {
            return Ok(text);
        }
        // Longer strings, and letters of more bytes, where the shortest has too few.
        if (text.len() as u64) < self.least_bytes {
            for least in [least, self.least_bytes.div_ceil(3), self.least_bytes.div_ceil(2), self.least_bytes] {
                let Ok(text) = layers(&walk, least.max(self.least), most) else { continue };
                let widest = widest(&walk, &text);
                if let Some(text) = [text, widest].into_iter().find(|text| self.fits_bytes(text)) {
                    return Ok(text);
                }
            }
        }
        Err(NoString::Unknown("no string of the patterns has the bytes that are asked for"))
    }

    fn fits_lengths(&self, text: &str) -> bool {
        let length = text.chars().count() as u64;
        length >= self.least && self.most.is_none_or(|most| length <= most)
    }

    fn fits_bytes(&self, text: &str) -> bool {
        let bytes = text.len() as u64;
        bytes >= self.least_bytes && self.most_bytes.is_none_or(|most| bytes <= most)
    }
}

fn machine(hir: &Hir, negated: bool) -> Result<Machine, NoString> {
    Machine::of(hir, negated).ok_or(NoString::Unknown("a pattern has more states than are looked at"))
}

/// The machine of all strings but some.
fn none_of(texts: &[&String]) -> Machine {
    let mut states = vec![State::Match];
    let end = states.len();
    states.push(State::Look(regex_syntax::hir::Look::End, 0));
    let mut ways = Vec::new();
    for text in texts {
        let mut next = end;
        for letter in text.chars().rev() {
            states.push(State::Read(vec![(u32::from(letter), u32::from(letter))], next));
            next = states.len() - 1;
        }
        ways.push(next);
    }
    let split = states.len();
    states.push(State::Split(ways));
    Machine { states, start: split, negated: true }
}

/// The shortest string of a walk within some lengths: the states that are reached with each number of code points.
fn layers(walk: &Walk, least: u64, most: Option<u64>) -> Result<String, NoString> {
    let count = walk.edges.len();
    let live = live(walk);
    let mut rows: Vec<BTreeMap<usize, (usize, usize)>> = vec![BTreeMap::from([(0, (0, 0))])];
    let mut pairs = 0;
    for length in 0_u64.. {
        let Some(row) = rows.last() else { break };
        if length >= least
            && let Some(end) = row.keys().find(|state| walk.ends.get(**state) == Some(&true))
        {
            return Ok(back(walk, &rows, *end));
        }
        // Whatever can still be reached is reached within as many steps as there are states.
        if most == Some(length) || row.is_empty() || length > least + count as u64 {
            return Err(NoString::None);
        }
        pairs += row.len();
        if pairs > MOST_PAIRS {
            return Err(NoString::Unknown("the strings that would show it are too long to look for"));
        }
        let mut next: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        for state in row.keys() {
            for (letter, target) in walk.edges.get(*state).into_iter().flatten() {
                if live.get(*target) != Some(&true) {
                    continue;
                }
                let better = |known: &(usize, usize)| liking(walk, *letter) > liking(walk, known.1);
                if next.get(target).is_none_or(better) {
                    next.insert(*target, (*state, *letter));
                }
            }
        }
        rows.push(next);
    }
    Err(NoString::None)
}

/// The states from which a string can end.
fn live(walk: &Walk) -> Vec<bool> {
    let mut back: Vec<Vec<usize>> = vec![Vec::new(); walk.edges.len()];
    for (from, edges) in walk.edges.iter().enumerate() {
        for (_, target) in edges {
            if let Some(list) = back.get_mut(*target) {
                list.push(from);
            }
        }
    }
    let mut live = walk.ends.clone();
    let mut waiting: Vec<usize> = (0..live.len()).filter(|state| live[*state]).collect();
    while let Some(state) = waiting.pop() {
        for from in back.get(state).into_iter().flatten() {
            if let Some(seen) = live.get_mut(*from).filter(|seen| !**seen) {
                *seen = true;
                waiting.push(*from);
            }
        }
    }
    live
}

fn back(walk: &Walk, rows: &[BTreeMap<usize, (usize, usize)>], end: usize) -> String {
    let mut letters = Vec::new();
    let mut state = end;
    for row in rows.iter().skip(1).rev() {
        let Some((from, letter)) = row.get(&state) else { break };
        letters.push(walk.letters.get(*letter).and_then(|ranges| plainest(ranges)).unwrap_or('\u{fffd}'));
        state = *from;
    }
    letters.into_iter().rev().collect()
}

/// The same string with each letter replaced by the one of most bytes that no machine tells from it.
fn widest(walk: &Walk, text: &str) -> String {
    let wide = |letter: char| {
        let holds =
            |ranges: &&Vec<Range>| ranges.iter().any(|(first, last)| (*first..=*last).contains(&u32::from(letter)));
        let last =
            walk.letters.iter().find(holds).and_then(|ranges| ranges.last()).and_then(|range| char::from_u32(range.1));
        last.filter(|last| last.len_utf8() > letter.len_utf8()).unwrap_or(letter)
    };
    text.chars().map(wide).collect()
}

/// How gladly a reader sees a class of letters.
fn liking(walk: &Walk, letter: usize) -> u8 {
    match walk.letters.get(letter).and_then(|ranges| plainest(ranges)) {
        Some('a'..='z') => 5,
        Some('0'..='9') => 4,
        Some('A'..='Z') => 3,
        Some('!'..='~') => 2,
        Some(' ') => 1,
        _ => 0,
    }
}

/// The plainest letter of some ranges.
fn plainest(ranges: &[Range]) -> Option<char> {
    let within = |from: u32, to: u32| {
        let part = |(first, last): &Range| {
            let (first, last) = ((*first).max(from), (*last).min(to));
            (first <= last).then_some(first)
        };
        ranges.iter().find_map(part).and_then(char::from_u32)
    };
    [(0x61, 0x7a), (0x30, 0x39), (0x41, 0x5a), (0x21, 0x7e), (0x20, 0x20), (0xa1, 0xd7ff), (0, 0x10_ffff)]
        .into_iter()
        .find_map(|(from, to)| within(from, to))
}
