//! `ref-cycle`: such references lead to nothing at all.

use std::collections::HashMap;

use crate::document::Pointer;

use super::survey::Reference;
use crate::diagnostic::Level;
use crate::spec::walk::LONGEST_CHAIN;

use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule = Rule {
    id: "ref-cycle",
    level: Level::Error,
    description: "No chain of references is a cycle, or too long.",
    check,
};

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    let references: Vec<Reference<'_, '_>> = survey.references().collect();
    let numbers: HashMap<&Pointer, usize> = references.iter().enumerate().map(|(at, r)| (r.pointer, at)).collect();
    let next = |at: usize| {
        let (pointer, _) = survey.target(references.get(at)?.target)?;
        numbers.get(&pointer).copied()
    };
    // Each reference is followed once: what an earlier chain came by is judged already.
    let mut seen_by: Vec<Option<usize>> = vec![None; references.len()];
    for start in 0..references.len() {
        let mut at = Some(start);
        while let Some(here) = at {
            match seen_by.get_mut(here) {
                Some(seen @ None) => *seen = Some(start),
                Some(Some(by)) if *by == start => {
                    let mut cycle = vec![here];
                    cycle.extend(std::iter::successors(next(here), |at| next(*at)).take_while(|at| *at != here));
                    report(&cycle, &references, findings);
                    break;
                }
                _ => break,
            }
            at = next(here);
        }
    }
    // Of a chain that is too long, the reference from which it is.
    let mut lengths: Vec<Option<usize>> = vec![None; references.len()];
    for start in 0..references.len() {
        let mut way = Vec::new();
        let mut at = Some(start);
        while let Some(here) = at.filter(|here| lengths.get(*here) == Some(&None)) {
            if let Some(length) = lengths.get_mut(here) {
                // On a circle there is no length.
                *length = Some(0);
            }
            way.push(here);
            at = next(here);
        }
        let mut length = at.and_then(|at| lengths.get(at).copied().flatten()).unwrap_or_default();
        for here in way.into_iter().rev() {
            length += 1;
            if let Some(slot) = lengths.get_mut(here) {
                *slot = Some(length);
            }
            if let Some(reference) = references.get(here).filter(|_| length == LONGEST_CHAIN + 1) {
                let message = format!("this reference starts a chain of more than {LONGEST_CHAIN} references");
                findings.at_value(&reference.pointer.join("$ref"), message, "refer to the end of the chain");
            }
        }
    }
}

fn report(cycle: &[usize], references: &[Reference<'_, '_>], findings: &mut Findings<'_>) {
    // The way starts where the text does.
    let begin = cycle.iter().enumerate().min_by_key(|(_, number)| **number).map_or(0, |(at, _)| at);
    let way = || cycle.iter().cycle().skip(begin).filter_map(|number| references.get(*number));
    let Some(first) = way().next() else { return };
    let names: Vec<String> = way().take(cycle.len() + 1).map(|r| format!("`{}`", r.pointer.to_reference())).collect();
    let message = format!("references form a cycle: {}", names.join(" -> "));
    findings.at_value(&first.pointer.join("$ref"), message, "replace one of the references by what it leads to");
}
