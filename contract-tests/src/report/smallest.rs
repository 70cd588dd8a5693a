//! The payload of an enumerated case made as small as one that chance has found: everything goes that does not matter.

use proptest::strategy::ValueTree;
use serde_json::Value;

use crate::cases::{Case, size};
use crate::difference::Difference;
use crate::ground::Ground;
use crate::oracle::{Findings, named};
use crate::strategy::Shrinking;

/// How many smaller payloads are tried at most for one difference.
const ATTEMPTS: usize = 5_000;

/// How many values these may hold at every depth, of all differences together: where there are hundreds of them, nobody waits
/// for each to become the smallest.
const MOST: usize = 3_000_000;

/// The smallest payload that shows the same difference, one of so many, with the same verdict of the document; nothing where
/// the difference is shown by something else than one payload, or by one that isn't found again.
pub fn smallest(ground: &Ground<'_>, difference: &Difference, of: usize) -> Option<Difference> {
    let oracle = named(difference.oracle)?;
    let schema = ground.schema(difference.place.split('/').next()?)?;
    let validator = &ground.prepared(schema).ok()?.validator;
    let verdict = validator.violations(&difference.shown_by);
    let same = |payload: &Value| {
        let faults = validator.violations(payload);
        if faults != verdict || faults.len() > 1 {
            return None;
        }
        let fault = faults.into_iter().next();
        let label = match &fault {
            Some(fault) => format!("{fault}: {}", payload.pointer(fault.pointer.as_str()).unwrap_or(&Value::Null)),
            None => "it conforms".into(),
        };
        let case = Case { label, payload: payload.clone(), fault };
        let mut found = Findings::of(oracle.name());
        oracle.case(ground, schema, &case, &mut found).ok()?;
        found.differences.into_iter().find(|found| found.key() == difference.key())
    };
    let mut best = same(&difference.shown_by)?;
    let mut tree = Shrinking::from(difference.shown_by.clone(), [].into());
    let mut more = tree.simplify();
    let (mut attempts, mut left) = (ATTEMPTS, MOST / of.max(1));
    while more && attempts > 0 && left > 0 {
        let tried = tree.current();
        (attempts, left) = (attempts - 1, left.saturating_sub(size(&tried)));
        more = match same(&tried) {
            Some(smaller) => {
                best = smaller;
                tree.simplify()
            }
            None => tree.complicate(),
        };
    }
    Some(best)
}
