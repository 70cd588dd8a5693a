//! What came of the faults, kind by kind, and the faults that nobody notices.

use std::collections::BTreeSet;

use super::fault::Fault;
use super::survivors::SURVIVORS;
use super::trial::Noticed;
use super::{Outcome, faults};
use crate::terminal::{complain, say};

/// A fault, and who noticed it.
#[derive(Debug)]
pub struct Row {
    /// The kind of fault.
    pub kind: &'static str,
    /// The fault.
    pub fault: Fault,
    /// Who noticed it.
    pub noticed: Noticed,
}

/// Says what came of it. Nobody may miss a fault without a reason, and no reason may outlive what it is for.
pub fn report(rows: &[Row], builds: usize) -> Outcome {
    let listed = |set: &BTreeSet<String>| set.iter().cloned().collect::<Vec<_>>().join(", ");
    for Row { kind, fault, noticed } in rows {
        let by = match noticed {
            Noticed::Contract(oracles) => format!("contract: {}", listed(oracles)),
            Noticed::Tests(tests) => format!("tests: {}", listed(tests)),
            Noticed::Nobody => "NOBODY".to_owned(),
        };
        say(format_args!("{kind} {}: {by}", fault.name));
    }
    say(format_args!("\n  {:<44}{:>8}{:>10}{:>7}{:>8}", "kind", "faults", "contract", "tests", "nobody"));
    let count = |kind: Option<&str>| {
        let of = rows.iter().filter(|row| kind.is_none_or(|kind| row.kind == kind));
        of.fold([0; 4], |[all, contract, tests, nobody], row| match row.noticed {
            Noticed::Contract(_) => [all + 1, contract + 1, tests, nobody],
            Noticed::Tests(_) => [all + 1, contract, tests + 1, nobody],
            Noticed::Nobody => [all + 1, contract, tests, nobody + 1],
        })
    };
    let line = |name: &str, [all, contract, tests, nobody]: [usize; 4]| {
        say(format_args!("  {name:<44}{all:>8}{contract:>10}{tests:>7}{nobody:>8}"));
    };
    for kind in faults::KINDS {
        let counts = count(Some(kind.name));
        if counts[0] > 0 {
            line(kind.name, counts);
        }
    }
    line("all", count(None));
    say(format_args!("  {builds} builds"));
    judged(rows)
}

fn judged(rows: &[Row]) -> Outcome {
    let mut outcome = Outcome::Fine;
    for row in rows {
        let name = row.fault.name;
        let reason = SURVIVORS.iter().find(|(survivor, _)| *survivor == name).map(|(_, reason)| *reason);
        match (&row.noticed, reason) {
            (Noticed::Nobody, Some(reason)) => say(format_args!("survivor {name}: {reason}")),
            (Noticed::Nobody, None) => {
                outcome = Outcome::Failed;
                let Fault { file, item, find, put, .. } = row.fault;
                complain(format_args!(
                    "error: nobody notices the fault `{name}` ({file}, {item}: `{put}` for `{find}`)\n  \
                     help: add a test or an oracle that does, or its reason to `survivors.rs`"
                ));
            }
            (_, Some(_)) => {
                outcome = Outcome::Failed;
                complain(format_args!("error: `survivors.rs` has a reason for `{name}`, which is noticed"));
            }
            (_, None) => {}
        }
    }
    outcome
}
