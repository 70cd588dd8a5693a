//! What chance finds: payloads that conform, and payloads with a few faults each, shrunk to the smallest that differs.

use std::cell::RefCell;

use proptest::strategy::Strategy;
use proptest::test_runner::{TestCaseError, TestError};
use serde_json::Value;

use super::{JudgeError, is_known};
use crate::bindings::Binding;
use crate::cases::graft;
use crate::difference::{Difference, Problem};
use crate::document::{Conjunction, Document, DocumentError, Pointer};
use crate::ground::Plan;
use crate::oracle::{Validator, Violation, client};
use crate::prepared::Prepared;
use crate::strategy::{self, StrategyError};

/// Draws payloads that conform.
pub(super) fn valid(
    document: &Document,
    schema: &Conjunction<'_>,
    ground: &Prepared<'_>,
    binding: &Binding,
    compiled: Option<&Validator>,
    plan: Plan,
    differences: &mut Vec<Difference>,
) -> Result<(), JudgeError> {
    search(ground, &ground.payloads, plan, differences, |payload| {
        let by_client = client::judge_valid(document, schema, binding, payload)?;
        let by_derived = compiled.and_then(|compiled| refusal(binding, compiled, payload));
        Ok(by_client.into_iter().chain(by_derived).collect())
    })
}

/// Draws payloads with a few faults each.
pub(super) fn faulty(
    document: &Document,
    schema: &Conjunction<'_>,
    ground: &Prepared<'_>,
    binding: &Binding,
    plan: Plan,
    differences: &mut Vec<Difference>,
) -> Result<(), JudgeError> {
    let payloads = graft::grafted(ground.payloads.clone(), &ground.cases.cases);
    search(ground, &payloads, plan, differences, |payload| {
        let found = client::judge_any(document, schema, &ground.validator, binding, payload)?;
        Ok(found.into_iter().collect())
    })
}

/// Judges draws until one shows a difference that is on no list, and lets proptest shrink that one.
fn search(
    ground: &Prepared<'_>,
    payloads: &impl Strategy<Value = Value>,
    plan: Plan,
    differences: &mut Vec<Difference>,
    judge: impl Fn(&Value) -> Result<Vec<Difference>, DocumentError>,
) -> Result<(), JudgeError> {
    let known = RefCell::new(Vec::new());
    let failure = RefCell::new(None);
    let result = strategy::runner(plan.seed, plan.cases).run(payloads, |payload| {
        let judged = judge(&payload).map_err(|error| TestCaseError::fail(error.to_string()))?;
        for difference in judged {
            if is_known(&difference) {
                known.borrow_mut().push(difference);
            } else {
                let reason = difference.detail.clone();
                failure.replace(Some(difference));
                return Err(TestCaseError::fail(reason));
            }
        }
        Ok(())
    });
    differences.append(&mut known.borrow_mut());
    match result {
        Ok(()) => {}
        // The last failure that was seen is the one that proptest shrank to.
        Err(TestError::Fail(_, payload)) => {
            differences.extend(failure.take().map(|found| Difference { shown_by: payload, ..found }))
        }
        Err(TestError::Abort(reason)) => {
            return Err(StrategyError::exhausted(&ground.schema.pointer, &reason).into());
        }
    }
    Ok(())
}

fn refusal(binding: &Binding, compiled: &Validator, payload: &Value) -> Option<Difference> {
    if compiled.accepts(payload) {
        return None;
    }
    let verdict = compiled.violations(payload);
    let first = verdict.first().cloned().unwrap_or(Violation { pointer: Pointer::root(), keyword: "schema".into() });
    Some(Difference {
        oracle: "derived",
        problem: Problem::RefusesValid,
        place: Difference::place(binding.name, &first.pointer),
        keyword: first.keyword.clone(),
        detail: format!("the derived schema says {first}"),
        shown_by: payload.clone(),
    })
}
