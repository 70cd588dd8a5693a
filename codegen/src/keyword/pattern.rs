//! `pattern`: a regular expression of ECMA-262 that a string matches somewhere.

use quote::quote;
use serde_json::Value;

use super::{Keyword, Merge, Rule};
use crate::spec::Shape::Text;

pub(super) const KEYWORDS: &[Keyword] = &[Keyword::of_strings(
    "pattern",
    Text,
    Rule::of_strings(|schema| {
        let pattern = source(schema.get("pattern")?)?;
        Some(quote!(pattern: Some(super::runtime::Pattern {
            source: #pattern,
            matches: super::runtime::pattern_matches,
        })))
    }),
    "matches {}",
)
.merged(Merge::By(both))];

/// The patterns of an `allOf`, each once, in a list.
fn both(first: &mut Value, second: &Value) -> Option<()> {
    let mut all = listed(first);
    let others = listed(second).into_iter().filter(|other| !all.contains(other)).collect::<Vec<_>>();
    if others.is_empty() {
        return Some(());
    }
    all.extend(others);
    // The groups of the second would have other numbers, and names may be there twice.
    if all.iter().filter_map(Value::as_str).any(refers_to_groups) {
        return None;
    }
    *first = Value::Array(all);
    Some(())
}

fn listed(patterns: &Value) -> Vec<Value> {
    patterns.as_array().cloned().unwrap_or_else(|| vec![patterns.clone()])
}

/// The pattern of a schema; of several one that matches where all do, since it looks ahead for each.
fn source(patterns: &Value) -> Option<String> {
    match patterns {
        Value::Array(all) => {
            Some(all.iter().filter_map(Value::as_str).fold("^".to_owned(), |so_far, one| so_far + &ahead(one)))
        }
        one => one.as_str().map(str::to_owned),
    }
}

/// Whether a pattern has a reference to one of its groups, or a group with a name.
fn refers_to_groups(pattern: &str) -> bool {
    let escapes = pattern.split('\\').skip(1);
    let refers = |rest: &str| rest.starts_with(|first: char| first.is_ascii_digit() && first != '0' || first == 'k');
    escapes.into_iter().any(refers) || pattern.replace("(?<=", "").replace("(?<!", "").contains("(?<")
}

/// What looks ahead, from the start, for a pattern that matches somewhere.
fn ahead(pattern: &str) -> String {
    // One that begins at the start need not be looked for elsewhere.
    match pattern.starts_with('^') && !pattern.contains('|') {
        true => format!("(?={pattern})"),
        false => format!("(?=[\\s\\S]*?(?:{pattern}))"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_patterns_are_one_that_matches_where_both_do() {
        let merged = |all: &[&str]| {
            let mut first = Value::from(all[0]);
            all[1..].iter().try_for_each(|other| both(&mut first, &Value::from(*other)))?;
            source(&first)
        };
        let pattern = merged(&["^[a-m]+$", "^.{4}$", "c|d", "^.{4}$"]).unwrap();
        let regex = regress::Regex::new(&pattern).unwrap();
        for (text, matches) in [("abca", true), ("daaa", true), ("abba", false), ("abc", false), ("abcz", false)] {
            assert_eq!(regex.find(text).is_some(), matches, "{text} {pattern}");
        }
        assert_eq!(merged(&["a", "a"]).as_deref(), Some("a"));
        for all in [["a", r"(a|b)\1"], ["(?<x>a)", "b"]] {
            assert_eq!(merged(&all), None, "{all:?}");
        }
        assert!(merged(&[r"\d\0", "(?<=a)b"]).is_some());
    }
}
