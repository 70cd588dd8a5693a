//! Strings that match an ECMA-262 pattern. The pattern is not anchored: what stands around a match is free.

use proptest::prelude::RngExt;
use proptest::test_runner::TestRng;
use regex_syntax::hir::{Class, Hir, HirKind, Look};
use serde_json::Value;

use super::ecma::translated;
use super::source::{Source, source};

/// What stands around a match that isn't anchored; mostly nothing.
const AROUND: [&str; 6] = ["", "", "", "x", "é", "😀"];

/// How far beyond its least length a text goes.
const ROOM: usize = 16;

/// One alternative of a pattern.
struct Branch {
    /// It begins where the text begins.
    start: bool,
    body: Hir,
    /// It ends where the text ends.
    end: bool,
}

/// The strings, or why the pattern isn't understood. Repetition ends where the length that was drawn is reached.
pub(super) fn matching(pattern: &str, least: usize, most: Option<usize>) -> Result<Source, String> {
    let parsed = regex_syntax::parse(&translated(pattern)).map_err(|error| error.to_string())?;
    let choices = match parsed.kind() {
        HirKind::Alternation(branches) => branches.clone(),
        _ => vec![parsed],
    };
    let branches: Vec<Branch> = choices.into_iter().map(unanchored).collect();
    let longest = most.unwrap_or(usize::MAX).min(least + ROOM);
    Ok(source(move |runner| {
        let rng = runner.rng();
        let branch = &branches[rng.random_range(0..branches.len())];
        let aim = rng.random_range(least..=longest);
        let mut text = Text { written: String::new(), length: 0, aim };
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
    }))
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
            HirKind::Literal(literal) => self.push_all(&String::from_utf8_lossy(&literal.0)),
            HirKind::Class(class) => {
                if let Some(letter) = letter(class, rng) {
                    self.written.push(letter);
                    self.length += 1;
                }
            }
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
            HirKind::Capture(capture) => self.write(&capture.sub, rng),
            HirKind::Concat(parts) => parts.iter().for_each(|part| self.write(part, rng)),
            HirKind::Alternation(parts) => self.write(&parts[rng.random_range(0..parts.len())], rng),
        }
    }

    /// Whether a repetition goes on to the length that was drawn: now and then, as the rest of the pattern needs room too.
    fn wants_more(&self, rng: &mut TestRng) -> bool {
        self.length < self.aim && rng.random_ratio(1, 2)
    }
}

/// A letter of a class, mostly a printable one of ASCII where the class has any: a class that leaves something out has
/// nearly all of Unicode, of which hardly anything can be read.
fn letter(class: &Class, rng: &mut TestRng) -> Option<char> {
    let Class::Unicode(class) = class else { return None };
    let plain = |first: char, last: char| (first.max(' '), last.min('~'));
    let whole = |first: char, last: char| (first, last);
    let pick = |part: fn(char, char) -> (char, char), rng: &mut TestRng| {
        let parts = class.ranges().iter().map(|range| part(range.start(), range.end()));
        let parts = || parts.clone().filter(|(first, last)| first <= last);
        let size = |(first, last): (char, char)| u32::from(last) - u32::from(first) + 1;
        let all: u32 = parts().map(size).sum();
        let mut index = if all == 0 { return None } else { rng.random_range(0..all) };
        for part in parts() {
            if index < size(part) {
                // Between two letters there may be surrogates, which are none.
                return char::from_u32(u32::from(part.0) + index).or(Some(part.0));
            }
            index -= size(part);
        }
        None
    };
    let readable = if rng.random_ratio(7, 8) { pick(plain, rng) } else { None };
    readable.or_else(|| pick(whole, rng))
}
