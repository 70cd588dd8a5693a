//! The edges of numbers: each bound is tried at, below and above.

use contract_tests::cases::Enumerator;
use serde_json::{Value, json};

use super::{component, with_schemas};

/// The numbers that the cases of a schema hold: those that conform, and those that don't, each with its keyword.
fn numbers(schema: &str) -> (Vec<Value>, Vec<(String, Value)>) {
    let document = with_schemas(&format!("A: {schema}"));
    let cases = Enumerator::new(&document).cases(component(&document, "A")).expect("there are cases").cases;
    let (faulty, valid): (Vec<_>, Vec<_>) = cases.into_iter().partition(|case| case.fault.is_some());
    let faulty = faulty.into_iter().filter(|case| case.payload.is_number());
    let fault = |case: contract_tests::cases::Case| Some((case.fault?.keyword, case.payload));
    (valid.into_iter().map(|case| case.payload).collect(), faulty.filter_map(fault).collect())
}

#[test]
fn every_bound_is_tried_at_below_and_above() {
    let has = |list: &[(String, Value)], keyword: &str, value: Value| {
        list.iter().any(|(known, found)| known == keyword && *found == value)
    };
    let (valid, faulty) = numbers("{type: integer, minimum: 3, maximum: 9}");
    for inside in [3, 4, 8, 9] {
        assert!(valid.contains(&json!(inside)), "{inside}: {valid:?}");
    }
    assert!(has(&faulty, "minimum", json!(2)) && has(&faulty, "maximum", json!(10)), "{faulty:?}");

    let (valid, faulty) =
        numbers("{type: integer, minimum: 3, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: true}");
    assert!(valid.contains(&json!(4)) && valid.contains(&json!(8)), "{valid:?}");
    assert!(has(&faulty, "exclusiveMinimum", json!(3)) && has(&faulty, "exclusiveMaximum", json!(9)), "{faulty:?}");

    let (valid, faulty) = numbers("{type: integer, format: int64}");
    for edge in [i64::MIN, i64::MIN + 1, i64::MAX - 1, i64::MAX, (1 << 53) + 1, 1 << 31, (1 << 31) - 1] {
        assert!(valid.contains(&json!(edge)), "{edge}: {valid:?}");
    }
    assert!(has(&faulty, "format", json!(i64::MAX as u64 + 1)), "{faulty:?}");

    let (valid, faulty) = numbers("{type: integer, format: int32}");
    assert!(valid.contains(&json!(i32::MIN)) && valid.contains(&json!(i32::MAX)), "{valid:?}");
    for beyond in [i64::from(i32::MAX) + 1, i64::from(i32::MIN) - 1] {
        assert!(has(&faulty, "format", json!(beyond)), "{beyond}: {faulty:?}");
    }

    let (valid, faulty) = numbers("{type: integer, format: uint64}");
    assert!(valid.contains(&json!(u64::MAX)) && valid.contains(&json!(0)), "{valid:?}");
    assert!(has(&faulty, "format", json!(-1)) && has(&faulty, "type", json!(1.0)), "{faulty:?}");

    let (valid, faulty) = numbers("{type: integer, minimum: 1, maximum: 18446744073709551615}");
    assert!(valid.contains(&json!(u64::MAX)), "{valid:?}");
    assert!(has(&faulty, "minimum", json!(0)), "{faulty:?}");

    // A number of a list is compared by value: where integers are asked for, a fraction is the fault of the type.
    let (valid, _) = numbers("{type: number, enum: [2, 1.5, 3.0]}");
    assert!(valid.iter().any(|value| value.is_f64() && *value == json!(2.0)), "{valid:?}");
    assert!(valid.contains(&json!(3)), "{valid:?}");
    let (valid, faulty) = numbers("{type: integer, enum: [1, 2]}");
    assert!(!valid.contains(&json!(2.0)) && has(&faulty, "type", json!(1.0)), "{valid:?} {faulty:?}");

    let (valid, faulty) = numbers("{type: number, minimum: 0.5, maximum: 2}");
    assert!(valid.contains(&json!(0.5)) && valid.contains(&json!(2.0)), "{valid:?}");
    assert!(has(&faulty, "minimum", json!(0.0)) && has(&faulty, "maximum", json!(2.5)), "{faulty:?}");
}
