//! One-fault cases carried over into payloads that were drawn: several faults meet, in surroundings nobody listed.

use proptest::prelude::*;
use serde_json::Value;

use super::Case;
use crate::strategy::Payloads;

/// How many faults at most are put into one payload.
const MOST: usize = 3;

/// Payloads that conform but for the faults of some cases; the cases without a fault are left aside.
pub fn grafted(payloads: Payloads, cases: &[Case]) -> BoxedStrategy<Value> {
    let faults: Vec<Case> = cases.iter().filter(|case| case.fault.is_some()).cloned().collect();
    if faults.is_empty() {
        return payloads.boxed();
    }
    let chosen = proptest::collection::vec(0..faults.len(), 1..=MOST);
    let together = (payloads, chosen).prop_map(move |(mut payload, chosen)| {
        for case in chosen.into_iter().filter_map(|index| faults.get(index)) {
            graft(&mut payload, case);
        }
        payload
    });
    together.boxed()
}

/// Puts the fault of a case into another payload of the same schema; a payload without such a place stays as it is.
pub fn graft(payload: &mut Value, case: &Case) {
    let Some(fault) = &case.fault else { return };
    let faulty = case.payload.pointer(fault.pointer.as_str());
    let Some((parent, name)) = fault.pointer.parent() else {
        *payload = case.payload.clone();
        return;
    };
    match (payload.pointer_mut(parent.as_str()), faulty) {
        (Some(Value::Object(map)), Some(value)) => {
            map.insert(name, value.clone());
        }
        (Some(Value::Object(map)), None) => {
            map.shift_remove(&name);
        }
        (Some(Value::Array(list)), Some(value)) => {
            if let Some(item) = name.parse::<usize>().ok().and_then(|index| list.get_mut(index)) {
                *item = value.clone();
            }
        }
        _ => {}
    }
}
