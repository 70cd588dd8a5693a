//! The clauses of a sentence, and whether one speaks of a lower limit or an upper one.

use std::ops::Range;

use super::markdown::has_word;

/// The parts of a block that speak of one thing each.
pub fn clauses(line: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    let mut ends: Vec<&str> = Vec::new();
    for (at, c) in line.char_indices() {
        let next = line[at + c.len_utf8()..].chars().next();
        if matches!(c, '(' | ')') || (matches!(c, ',' | ';' | ':' | '.') && next.is_none_or(char::is_whitespace)) {
            ends.push(&line[start..at]);
            start = at + 1;
        }
    }
    ends.push(&line[start..]);
    ends.into_iter()
}

/// Whether the word next to a number speaks of a lower limit or an upper one, where it does either.
pub fn direction(clause: &str, number: Range<usize>) -> Option<bool> {
    const LOWER: &[&str] =
        &["least", "min", "more", "greater", "above", "over", "longer", "larger", "exceed", "from", "higher"];
    const UPPER: &[&str] =
        &["most", "max", "less", "fewer", "below", "under", "shorter", "smaller", "up", "within", "lower"];
    let clause = clause.to_lowercase();
    let word = |word: &&str| {
        let lower = has_word(word, LOWER);
        (lower || has_word(word, UPPER)).then_some(lower)
    };
    let before: Vec<&str> = clause.get(..number.start)?.split_whitespace().collect();
    let at = before.iter().rposition(|one| word(one).is_some());
    match at {
        Some(at) => {
            let negated = before[..at].iter().rev().take(2).any(|one| ["no", "not", "never"].contains(one));
            word(&before[at]).map(|lower| lower != negated)
        }
        None => clause.get(number.end..)?.split_whitespace().find_map(|one| word(&one)),
    }
}
