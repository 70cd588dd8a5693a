//! What chance finds: payloads that conform, and payloads with a few faults each, shrunk to the smallest that differs.

use std::cell::RefCell;

use proptest::strategy::Strategy;
use proptest::test_runner::{TestCaseError, TestError};
use serde_json::Value;

use super::{JudgeError, Panel};
use crate::cases::graft;
use crate::difference::Difference;
use crate::ground::{Ground, SchemaGround};
use crate::oracle::Draw;
use crate::strategy::{self, StrategyError};

/// Draws payloads that conform.
pub(super) fn valid<'d>(
    ground: &Ground<'d>,
    schema: &SchemaGround<'d>,
    panel: &mut Panel<'_>,
) -> Result<(), JudgeError> {
    search(ground, schema, &ground.prepared(schema)?.payloads, true, panel)
}

/// Draws payloads with a few faults each.
pub(super) fn faulty<'d>(
    ground: &Ground<'d>,
    schema: &SchemaGround<'d>,
    panel: &mut Panel<'_>,
) -> Result<(), JudgeError> {
    let prepared = ground.prepared(schema)?;
    let payloads = graft::grafted(prepared.payloads.clone(), &prepared.cases.cases);
    search(ground, schema, &payloads, false, panel)
}

/// Judges draws until one shows a difference that is on no list, and lets proptest shrink that one.
fn search<'d>(
    ground: &Ground<'d>,
    schema: &SchemaGround<'d>,
    payloads: &impl Strategy<Value = Value>,
    conforms: bool,
    panel: &mut Panel<'_>,
) -> Result<(), JudgeError> {
    let known = RefCell::new(Vec::new());
    let failure: RefCell<Option<Difference>> = RefCell::new(None);
    let trouble: RefCell<Option<JudgeError>> = RefCell::new(None);
    let result = strategy::runner(ground.plan.seed, ground.plan.cases).run(payloads, |payload| {
        let mut judged = Panel::of(&panel.oracles);
        let draw = Draw { payload: &payload, conforms };
        if let Err(error) = judged.each(|oracle, found| oracle.draw(ground, schema, &draw, found)) {
            let reason = error.to_string();
            trouble.replace(Some(error));
            return Err(TestCaseError::fail(reason));
        }
        for difference in judged.findings.into_iter().flat_map(|found| found.differences) {
            if ground.is_known(&difference) {
                known.borrow_mut().push(difference);
            } else {
                let reason = difference.detail.clone();
                failure.replace(Some(difference));
                return Err(TestCaseError::fail(reason));
            }
        }
        Ok(())
    });
    if let Some(error) = trouble.take() {
        return Err(error);
    }
    panel.add(known.take());
    match result {
        Ok(()) => {}
        // The last failure that was seen is the one that proptest shrank to.
        Err(TestError::Fail(_, payload)) => {
            panel.add(failure.take().map(|found| Difference { shown_by: payload, ..found }));
        }
        Err(TestError::Abort(reason)) => {
            return Err(StrategyError::exhausted(&schema.located.pointer, &reason).into());
        }
    }
    Ok(())
}
