//! Strings that match one pattern, written along the pattern itself.
//!
//! This is the way for patterns that refer to their own groups, which no machine of states can follow, and for those
//! whose machine would be too large. The pattern is not anchored: what stands around a match is free.

use proptest::prelude::RngExt;
use proptest::test_runner::TestRng;
use regex_syntax::hir::{Class, Hir, HirKind, Look};
use serde_json::Value;

use super::ecma::group_of;
use super::product;
use super::source::{Source, source};

/// What stands around a match that isn't anchored; mostly nothing.
const AROUND: [&str; 6] = ["", "", "", "x", "é", "😀"];

/// How far beyond its least length a string goes.
const ROOM: usize = 16;

/// One alternative of a pattern.
struct Branch {
    /// It begins where the string begins.
    start: bool,
    body: Hir,
    /// It ends where the string ends.
    end: bool,
}

/// Whether a pattern refers to its own groups.
pub(super) fn refers_to_groups(expression: &str) -> bool {
    expression.chars().any(|sign| group_of(sign).is_some())
}

/// The strings. Repetition ends where the length that was drawn is reached.
pub(super) fn matching(parsed: Hir, least: usize, most: Option<usize>) -> Source {
    let choices = match parsed.kind() {
        HirKind::Alternation(branches) => branches.clone(),
        _ => vec![parsed],
    };
    let branches: Vec<Branch> = choices.into_iter().map(unanchored).collect();
    let longest = most.unwrap_or(usize::MAX).min(least + ROOM).max(least);
    source(move |runner| {
        let rng = runner.rng();
        let branch = &branches[rng.random_range(0..branches.len())];
        let aim = rng.random_range(least..=longest);
        let mut text = Text { written: String::new(), length: 0, aim, groups: Vec::new() };
        if !branch.start {
            text.push_all(AROUND[rng.random_range(0..AROUND.len())]);
        }
        text.write(&branch.body, rng);
        if !branch.end {
            text.push_all(AROUND[rng.random_range(0..AROUND.len())]);
        }
        // What is free at one end can be filled up.
        while text.length < least && !(branch.start && branch.end) {
            if branch.end {
                text.written.insert(0, 'x')
            } else {
                text.written.push('x')
            }
            text.length += 1;
        }
        Ok(Value::String(text.written))
    })
}

/// Takes the anchors off; tells whether they were there.
fn unanchored(branch: Hir) -> Branch {
    let is = |hir: &Hir, look: Look| matches!(hir.kind(), HirKind::Look(found) if *found == look);
    let mut sequence = match branch.kind() {
        HirKind::Concat(sequence) => sequence.clone(),
        HirKind::Capture(capture) if matches!(capture.sub.kind(), HirKind::Concat(_)) => {
            return unanchored((*capture.sub).clone());
        }
        _ => vec![branch],
    };
    let start = sequence.first().is_some_and(|first| is(first, Look::Start));
    if start {
        sequence.remove(0);
    }
    let end = sequence.last().is_some_and(|last| is(last, Look::End));
    if end {
        sequence.pop();
    }
    Branch { start, body: Hir::concat(sequence), end }
}

/// A text that is being written.
struct Text {
    written: String,
    /// In code points.
    length: usize,
    /// Where what may be repeated is repeated no more.
    aim: usize,
    /// What each group has matched last, by its number.
    groups: Vec<(u32, String)>,
}

impl Text {
    fn push_all(&mut self, letters: &str) {
        self.written.push_str(letters);
        self.length += letters.chars().count();
    }

    /// Writes what matches. Whether anchors and word boundaries within are met is for the compiled schema to say.
    fn write(&mut self, hir: &Hir, rng: &mut TestRng) {
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => {}
            HirKind::Literal(literal) => {
                for letter in String::from_utf8_lossy(&literal.0).chars() {
                    match group_of(letter) {
                        Some(number) => {
                            let group = self.groups.iter().rev().find(|(known, _)| *known == number);
                            let text = group.map(|(_, text)| text.clone()).unwrap_or_default();
                            self.push_all(&text);
                        }
                        None => self.push_all(letter.encode_utf8(&mut [0; 4])),
                    }
                }
            }
            HirKind::Class(Class::Unicode(class)) => {
                let ranges = class.ranges().iter().map(|range| (u32::from(range.start()), u32::from(range.end())));
                if let Some(letter) = product::letter(&ranges.collect::<Vec<_>>(), rng) {
                    self.written.push(letter);
                    self.length += 1;
                }
            }
            HirKind::Class(Class::Bytes(_)) => {}
            HirKind::Repetition(repetition) => {
                let room = u32::try_from(self.aim.saturating_sub(self.length)).unwrap_or(u32::MAX);
                let most = repetition.max.unwrap_or(u32::MAX).min(repetition.min.saturating_add(room));
                let count = if self.wants_more(rng) { most } else { rng.random_range(repetition.min..=most) };
                for index in 0..count {
                    if index >= repetition.min && self.length >= self.aim {
                        break;
                    }
                    self.write(&repetition.sub, rng);
                }
            }
            HirKind::Capture(capture) => {
                let start = self.written.len();
                self.write(&capture.sub, rng);
                let text = self.written.get(start..).unwrap_or_default().to_owned();
                self.groups.push((capture.index, text));
            }
            HirKind::Concat(parts) => parts.iter().for_each(|part| self.write(part, rng)),
            HirKind::Alternation(parts) => self.write(&parts[rng.random_range(0..parts.len())], rng),
        }
    }

    /// Whether a repetition goes on to the length that was drawn: now and then, as the rest of the pattern needs room too.
    fn wants_more(&self, rng: &mut TestRng) -> bool {
        self.length < self.aim && rng.random_ratio(1, 2)
    }
}
