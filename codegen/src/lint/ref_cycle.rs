//! `ref-cycle`: such references lead to nothing at all.

use std::collections::BTreeSet;

use crate::diagnostic::Level;
use crate::document::Pointer;

use super::rule::{Findings, Rule};
use super::survey::Survey;

pub(super) static RULE: Rule =
    Rule { id: "ref-cycle", level: Level::Error, description: "No chain of references comes back to itself.", check };

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    let mut reported: BTreeSet<Pointer> = BTreeSet::new();
    for reference in survey.references() {
        let mut chain: Vec<Pointer> = Vec::new();
        let mut next = Some((reference.pointer.clone(), reference.target));
        while let Some((pointer, target)) = next {
            if let Some(start) = chain.iter().position(|seen| *seen == pointer) {
                // Only the first of a cycle reports it, and not what leads into it.
                if start == 0 && !chain.iter().any(|member| reported.contains(member)) {
                    report(&chain, findings);
                    reported.extend(chain);
                }
                break;
            }
            chain.push(pointer);
            next = survey
                .target(target)
                .and_then(|(pointer, value)| Some((pointer, survey.visit_of(value)?.reference()?)));
        }
    }
}

fn report(chain: &[Pointer], findings: &mut Findings<'_>) {
    let Some(first) = chain.first() else { return };
    let way: Vec<String> = chain.iter().chain([first]).map(|pointer| format!("`{}`", pointer.to_reference())).collect();
    let message = format!("references go in a circle: {}", way.join(" -> "));
    findings.at_value(&first.join("$ref"), message, "write one of them out instead of referring on");
}
