//! A pattern as a machine of states that reads code points.
//!
//! The machines of several patterns are walked side by side (see [`super::product`]), so that a string is built that
//! meets all of them, or it is known that there is none.

use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// Code points from one to another, both included.
pub(crate) type Range = (u32, u32);

/// How many states a machine may have.
const MOST: usize = 4_000;

/// What `\w` means in ECMA-262, which word boundaries are about.
pub(super) const WORD: [Range; 4] = [(0x30, 0x39), (0x41, 0x5a), (0x5f, 0x5f), (0x61, 0x7a)];

/// One state.
#[derive(Debug, Clone)]
pub(crate) enum State {
    /// Reads one of these code points and goes on.
    Read(Vec<Range>, usize),
    /// Goes on in all of these ways.
    Split(Vec<usize>),
    /// Goes on where this holds.
    Look(Look, usize),
    /// Everything was read.
    Match,
}

/// A machine that finds a pattern anywhere in a string.
#[derive(Debug, Clone)]
pub(crate) struct Machine {
    pub(crate) states: Vec<State>,
    pub(crate) start: usize,
    /// It is for strings in which the pattern is *not* found.
    pub(crate) negated: bool,
}

impl Machine {
    /// The machine of a pattern; nothing where it would have too many states.
    pub(crate) fn of(hir: &Hir, negated: bool) -> Option<Self> {
        let mut states = vec![State::Match];
        // What stands around a match is free.
        let end = around(&mut states, 0);
        let found = compile(hir, end, &mut states)?;
        let start = around(&mut states, found);
        Some(Self { states, start, negated })
    }
}

/// Any code points, and then on to a state.
fn around(states: &mut Vec<State>, next: usize) -> usize {
    let this = states.len();
    states.push(State::Split(vec![next, this + 1]));
    states.push(State::Read(vec![(0, 0xd7ff), (0xe000, 0x10_ffff)], this));
    this
}

/// The state from which what matches is read and `next` is reached.
fn compile(hir: &Hir, next: usize, states: &mut Vec<State>) -> Option<usize> {
    if states.len() > MOST {
        return None;
    }
    let push = |state: State, states: &mut Vec<State>| {
        states.push(state);
        states.len() - 1
    };
    Some(match hir.kind() {
        HirKind::Empty => next,
        HirKind::Look(look) => push(State::Look(*look, next), states),
        HirKind::Literal(literal) => {
            let text = std::str::from_utf8(&literal.0).ok()?;
            let read = |next, letter| push(State::Read(vec![(u32::from(letter), u32::from(letter))], next), states);
            text.chars().rev().fold(next, read)
        }
        HirKind::Class(Class::Unicode(class)) => {
            let ranges = class.ranges().iter().map(|range| (u32::from(range.start()), u32::from(range.end())));
            push(State::Read(ranges.collect(), next), states)
        }
        HirKind::Class(Class::Bytes(_)) => return None,
        HirKind::Capture(capture) => compile(&capture.sub, next, states)?,
        HirKind::Concat(parts) => parts.iter().rev().try_fold(next, |next, part| compile(part, next, states))?,
        HirKind::Alternation(parts) => {
            let ways = parts.iter().map(|part| compile(part, next, states)).collect::<Option<Vec<_>>>()?;
            push(State::Split(ways), states)
        }
        HirKind::Repetition(repetition) => {
            let mut next = match repetition.max {
                None => {
                    let this = push(State::Split(vec![next]), states);
                    let again = compile(&repetition.sub, this, states)?;
                    if let Some(State::Split(ways)) = states.get_mut(this) {
                        ways.push(again);
                    }
                    this
                }
                Some(most) => {
                    let mut after = next;
                    for _ in repetition.min..most {
                        let once = compile(&repetition.sub, after, states)?;
                        after = push(State::Split(vec![next, once]), states);
                    }
                    after
                }
            };
            for _ in 0..repetition.min {
                next = compile(&repetition.sub, next, states)?;
            }
            next
        }
    })
}
