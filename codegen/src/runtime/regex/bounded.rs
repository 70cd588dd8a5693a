//! Matching by backtracking, within a number of steps.

use std::collections::{HashMap, HashSet};

use regex_syntax::hir::ClassUnicode;

use super::program::{Program, Step};
use super::syntax::{Fault, Syntax, is_word};

/// The steps that a match may take, which is a fraction of a second.
const STEPS: usize = 2_000_000;

#[derive(Debug)]
pub(super) struct Backtracker {
    program: Program,
}

/// The steps are used up.
struct Exhausted;

/// One match: what is left of the steps, and which look-arounds are known.
struct Match<'a> {
    program: &'a Program,
    text: &'a str,
    left: usize,
    looks: HashMap<(usize, usize), bool>,
}

/// Where a match goes on, and what its registers hold.
type Thread = (usize, usize, Vec<Option<usize>>);

impl Backtracker {
    pub(super) fn new(syntax: &Syntax) -> Result<Self, Fault> {
        Program::of(syntax).map(|program| Self { program })
    }

    /// Whether it matches somewhere; nothing where the steps do not suffice.
    pub(super) fn is_match(&self, text: &str) -> Option<bool> {
        let mut run = Match { program: &self.program, text, left: STEPS, looks: HashMap::new() };
        let mut failed = HashSet::new();
        let ends = text.char_indices().map(|(start, _)| start).chain([text.len()]);
        for start in ends {
            let registers = vec![None; self.program.registers];
            match run.from(0, start, registers, None, &mut failed) {
                Ok(None) => {}
                Ok(Some(_)) => return Some(true),
                Err(Exhausted) => return None,
            }
        }
        Some(false)
    }
}

impl Match<'_> {
    /// Runs the program from a step on; `end` is where it has to be done, if that matters. What has failed from a step and
    /// a position fails again, unless the registers say otherwise.
    fn from(
        &mut self,
        step: usize,
        start: usize,
        registers: Vec<Option<usize>>,
        end: Option<usize>,
        failed: &mut HashSet<(usize, usize)>,
    ) -> Result<Option<Vec<Option<usize>>>, Exhausted> {
        let program = self.program;
        let mut threads: Vec<Thread> = vec![(step, start, registers)];
        while let Some((mut step, mut at, mut registers)) = threads.pop() {
            loop {
                self.left = self.left.checked_sub(1).ok_or(Exhausted)?;
                let Some(found) = program.steps.get(step) else { break };
                let mut next = step + 1;
                let goes_on = match found {
                    Step::Set(set) => match self.character(at).filter(|character| contains(set, *character)) {
                        Some(character) => {
                            at += character.len_utf8();
                            true
                        }
                        None => false,
                    },
                    Step::Start => at == 0,
                    Step::End => at == self.text.len(),
                    Step::Boundary { negated } => self.is_boundary(at) != *negated,
                    Step::Split(first, second) => {
                        if program.remembers || failed.insert((step, at)) {
                            threads.push((*second, at, registers.clone()));
                            next = *first;
                            true
                        } else {
                            false
                        }
                    }
                    Step::Jump(target) => {
                        next = *target;
                        true
                    }
                    Step::Keep(register) => {
                        registers[*register] = Some(at);
                        true
                    }
                    Step::Forget(from, to) => {
                        registers[2 * from..2 * to].fill(None);
                        true
                    }
                    Step::Progress(register) => registers[*register] != Some(at),
                    Step::Look { ahead, negated, next: after } => {
                        next = *after;
                        let found = self.look(step, at, *ahead, &registers)?;
                        if let (Some(found), false) = (&found, *negated) {
                            registers.clone_from(found);
                        }
                        found.is_some() != *negated
                    }
                    Step::Back(group) => self.passes_back(&registers[2 * group..=2 * group + 1], &mut at),
                    Step::Done if end.is_none_or(|end| end == at) => return Ok(Some(registers)),
                    Step::Done => false,
                };
                if !goes_on {
                    break;
                }
                step = next;
            }
        }
        Ok(None)
    }

    /// What registers a look-around leaves, if it finds what it looks for.
    fn look(
        &mut self,
        step: usize,
        at: usize,
        ahead: bool,
        registers: &[Option<usize>],
    ) -> Result<Option<Vec<Option<usize>>>, Exhausted> {
        if !self.program.remembers
            && let Some(known) = self.looks.get(&(step, at))
        {
            return Ok(known.then(Vec::new));
        }
        let found = if ahead {
            self.from(step + 1, at, registers.to_vec(), None, &mut HashSet::new())?
        } else {
            let mut found = None;
            let mut failed = HashSet::new();
            let text = self.text;
            let starts = text[..at].char_indices().rev().map(|(start, _)| start);
            for start in [at].into_iter().chain(starts) {
                found = self.from(step + 1, start, registers.to_vec(), Some(at), &mut failed)?;
                if found.is_some() {
                    break;
                }
            }
            found
        };
        if !self.program.remembers {
            self.looks.insert((step, at), found.is_some());
        }
        Ok(found)
    }

    /// Passes over what a group has captured, where that stands here.
    fn passes_back(&mut self, group: &[Option<usize>], at: &mut usize) -> bool {
        let [Some(start), Some(end)] = *group else { return true };
        let captured = self.text.get(start..end).unwrap_or_default();
        // Comparing takes time as well.
        self.left = self.left.saturating_sub(captured.len());
        let stands = self.text[*at..].starts_with(captured);
        *at += if stands { captured.len() } else { 0 };
        stands
    }

    fn character(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    fn is_boundary(&self, at: usize) -> bool {
        let before = self.text.get(..at).and_then(|text| text.chars().next_back());
        before.is_some_and(is_word) != self.character(at).is_some_and(is_word)
    }
}

fn contains(set: &ClassUnicode, character: char) -> bool {
    let ranges = set.ranges();
    let after = ranges.partition_point(|range| range.start() <= character);
    after.checked_sub(1).and_then(|index| ranges.get(index)).is_some_and(|range| character <= range.end())
}
