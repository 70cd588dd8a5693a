//! Strings that match an ECMA-262 pattern. The pattern is not anchored: what stands around a match is free.

use proptest::prelude::RngExt;
use proptest::test_runner::TestRng;
use regex_syntax::hir::{Class, Hir, HirKind, Look};
use serde_json::Value;

use super::ecma::translated;
use super::source::{Source, source};

/// What stands around a match that isn't anchored; mostly nothing.
const AROUND: [&str; 6] = ["", "", "", "x", "é", "😀"];

/// One alternative of a pattern.
struct Branch {
    /// It begins where the text begins.
    start: bool,
    body: Hir,
    /// It ends where the text ends.
    end: bool,
}

/// The strings, or why the pattern isn't understood. Unbounded repetition is bounded so that the lengths can be met.
pub(super) fn matching(pattern: &str, least: usize, most: Option<usize>) -> Result<Source, String> {
    let parsed = regex_syntax::parse(&translated(pattern)).map_err(|error| error.to_string())?;
    let room = most.unwrap_or(least + 16).clamp(1, 4000) as u32;
    let choices = match parsed.kind() {
        HirKind::Alternation(branches) => branches.clone(),
        _ => vec![parsed],
    };
    let branches: Vec<Branch> = choices.into_iter().map(unanchored).collect();
    let longest = room.min(least.max(8) as u32 + 8);
    Ok(source(move |runner| {
        let rng = runner.rng();
        let branch = &branches[rng.random_range(0..branches.len())];
        let mut text = String::new();
        let around = |anchored: bool, rng: &mut TestRng, text: &mut String| {
            if !anchored {
                text.push_str(AROUND[rng.random_range(0..AROUND.len())]);
            }
        };
        around(branch.start, rng, &mut text);
        write(&branch.body, longest, rng, &mut text);
        around(branch.end, rng, &mut text);
        Ok(Value::String(text))
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

/// Writes what matches; `longest` is the end of `*`, `+` and `{n,}`. Whether anchors and word boundaries within are met is
/// for the compiled schema to say.
fn write(hir: &Hir, longest: u32, rng: &mut TestRng, text: &mut String) {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(class) => text.extend(letter(class, rng)),
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or_else(|| repetition.min.max(longest));
            for _ in 0..rng.random_range(repetition.min..=most) {
                write(&repetition.sub, longest, rng, text);
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, longest, rng, text),
        HirKind::Concat(parts) => parts.iter().for_each(|part| write(part, longest, rng, text)),
        HirKind::Alternation(parts) => write(&parts[rng.random_range(0..parts.len())], longest, rng, text),
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
