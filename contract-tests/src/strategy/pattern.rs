//! Strings that match an ECMA-262 pattern. The pattern is not anchored: what stands around a match is free.

use proptest::prelude::*;
use proptest::string::string_regex_parsed;
use regex_syntax::hir::{Hir, HirKind, Look, Repetition};

/// The strings, or why the pattern isn't understood. Unbounded repetition is bounded so that the lengths can be met.
pub(crate) fn matching(pattern: &str, least: usize, most: Option<usize>) -> Result<BoxedStrategy<String>, String> {
    let parsed = regex_syntax::parse(&translated(pattern)).map_err(|error| error.to_string())?;
    let room = most.unwrap_or(least + 16).clamp(1, 4000) as u32;
    let choices = match parsed.kind() {
        HirKind::Alternation(branches) => branches.clone(),
        _ => vec![parsed],
    };
    let mut strategies = Vec::new();
    for branch in choices {
        let (start, branch, end) = unanchored(branch);
        let bounded = bounded(&branch, least as u32, room);
        let matching = string_regex_parsed(&bounded).map_err(|error| error.to_string())?.boxed();
        strategies.push(surrounded(start, matching, end));
    }
    Ok(proptest::strategy::Union::new(strategies).boxed())
}

/// Takes the anchors off; tells whether they were there.
fn unanchored(branch: Hir) -> (bool, Hir, bool) {
    let is = |hir: &Hir, looks: &[Look]| matches!(hir.kind(), HirKind::Look(look) if looks.contains(look));
    let mut sequence = match branch.kind() {
        HirKind::Concat(sequence) => sequence.clone(),
        HirKind::Capture(capture) if matches!(capture.sub.kind(), HirKind::Concat(_)) => {
            return unanchored((*capture.sub).clone());
        }
        _ => vec![branch],
    };
    let start = sequence.first().is_some_and(|first| is(first, &[Look::Start]));
    if start {
        sequence.remove(0);
    }
    let end = sequence.last().is_some_and(|last| is(last, &[Look::End]));
    if end {
        sequence.pop();
    }
    (start, Hir::concat(sequence), end)
}

fn surrounded(start: bool, matching: BoxedStrategy<String>, end: bool) -> BoxedStrategy<String> {
    let around = |anchored: bool| {
        if anchored { Just("").boxed() } else { proptest::sample::select(vec!["", "", "", "x", "é", "😀"]).boxed() }
    };
    (around(start), matching, around(end)).prop_map(|(before, text, after)| format!("{before}{text}{after}")).boxed()
}

/// `*`, `+` and `{n,}` get an end.
fn bounded(hir: &Hir, least: u32, room: u32) -> Hir {
    match hir.kind() {
        HirKind::Repetition(repetition) => {
            let max = repetition.max.unwrap_or_else(|| repetition.min.max(room.min(least.max(8) + 8)));
            let sub = Box::new(bounded(&repetition.sub, least, room));
            Hir::repetition(Repetition { min: repetition.min, max: Some(max), greedy: repetition.greedy, sub })
        }
        HirKind::Capture(capture) => bounded(&capture.sub, least, room),
        HirKind::Concat(parts) => Hir::concat(parts.iter().map(|part| bounded(part, least, room)).collect()),
        HirKind::Alternation(parts) => Hir::alternation(parts.iter().map(|part| bounded(part, least, room)).collect()),
        _ => hir.clone(),
    }
}

/// ECMA-262 in the words of `regex-syntax`: `\d` and `\w` are ASCII, `\/` is a slash, `\uXXXX` a code point.
fn translated(pattern: &str) -> String {
    let mut out = String::new();
    let mut in_class = false;
    let mut letters = pattern.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => {
                let escaped = letters.next();
                match escaped {
                    Some('d') => out.push_str(if in_class { "0-9" } else { "[0-9]" }),
                    Some('w') => out.push_str(if in_class { "A-Za-z0-9_" } else { "[A-Za-z0-9_]" }),
                    Some('D') => out.push_str("[^0-9]"),
                    Some('W') => out.push_str("[^A-Za-z0-9_]"),
                    Some('/') => out.push('/'),
                    Some('u') if letters.peek() != Some(&'{') => {
                        let digits: String = letters.by_ref().take(4).collect();
                        out.push_str(&format!("\\x{{{digits}}}"));
                    }
                    Some(other) => {
                        out.push('\\');
                        out.push(other);
                    }
                    None => out.push('\\'),
                }
            }
            '[' if in_class => out.push_str("\\["),
            '[' => {
                in_class = true;
                out.push('[');
            }
            ']' => {
                in_class = false;
                out.push(']');
            }
            // These are set operations in `regex-syntax` and nothing special in ECMA-262.
            '&' | '~' if in_class => {
                out.push('\\');
                out.push(letter);
            }
            other => out.push(other),
        }
    }
    out
}
