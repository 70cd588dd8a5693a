//! The client oracle against clients that break one promise each: every kind of failure is told from the others.

use std::collections::BTreeSet;

use contract_tests::client::{Built, Decoded, Fault, Refusal, Schema, Setter};
use contract_tests::document::Pointer;
use contract_tests::oracle::{Validator, Violation};
use serde_json::{Map, Value, json};

use super::{component, found_by, thing, with_schemas};

const SCHEMAS: &str = r##"
Thing:
  type: object
  required: [id]
  properties:
    id: {type: integer, format: int64}
    name: {type: string, maxLength: 3}
"##;

type RoundTrip = fn(&[u8]) -> Result<Decoded, Fault>;

/// A client that keeps every promise, by the document itself.
fn faithful(text: &[u8]) -> Result<Decoded, Fault> {
    let document = with_schemas(SCHEMAS);
    let validator = Validator::new(&document, component(&document, "Thing")).expect("the schema compiles");
    let value: Value = serde_json::from_slice(text).expect("the judge sends JSON");
    let optional_null = value.get("name") == Some(&Value::Null);
    // An integer that is written with a fraction is taken, and reported.
    let is_integer = value["id"].as_f64().is_some_and(|number| number.fract() == 0.0 && number.abs() < 1e15);
    let (hard, soft): (Vec<Violation>, Vec<Violation>) =
        validator.violations(&value).into_iter().partition(|violation| {
            violation.keyword != "maxLength"
                && !(is_integer && violation.keyword == "type" && violation.pointer.as_str() == "/id")
        });
    match hard.into_iter().find(|violation| !(optional_null && violation.pointer.as_str() == "/name")) {
        Some(violation) => Err(Fault { message: violation.to_string(), pointer: violation.pointer }),
        None => Ok(Decoded { strict: validator.violations(&value), encoded: value, kept: soft, printed: Vec::new() }),
    }
}

fn silent(text: &[u8]) -> Result<Decoded, Fault> {
    Ok(Decoded { kept: Vec::new(), ..faithful(text)? })
}

fn nagging(text: &[u8]) -> Result<Decoded, Fault> {
    let decoded = faithful(text)?;
    let kept = vec![Violation { pointer: Pointer::written("/name"), keyword: "pattern".into() }];
    Ok(Decoded { kept, ..decoded })
}

fn strict(text: &[u8]) -> Result<Decoded, Fault> {
    let decoded = faithful(text)?;
    match decoded.kept.first() {
        Some(violation) => Err(Fault { pointer: violation.pointer.clone(), message: violation.to_string() }),
        None => Ok(decoded),
    }
}

fn credulous(text: &[u8]) -> Result<Decoded, Fault> {
    let encoded = serde_json::from_slice(text).expect("the judge sends JSON");
    Ok(faithful(text).unwrap_or(Decoded { encoded, kept: Vec::new(), strict: Vec::new(), printed: Vec::new() }))
}

fn forgetful(text: &[u8]) -> Result<Decoded, Fault> {
    let mut decoded = faithful(text)?;
    decoded.encoded["name"] = json!("x");
    Ok(decoded)
}

fn lenient(text: &[u8]) -> Result<Decoded, Fault> {
    Ok(Decoded { strict: Vec::new(), ..faithful(text)? })
}

fn fussy(text: &[u8]) -> Result<Decoded, Fault> {
    let mut decoded = faithful(text)?;
    decoded.strict.push(Violation { pointer: Pointer::written("/id"), keyword: "multipleOf".into() });
    Ok(decoded)
}

fn mute(text: &[u8]) -> Result<Decoded, Fault> {
    let decoded = faithful(text).map_err(|error| Fault { message: "no".into(), ..error })?;
    let printed = decoded.strict.iter().map(|found| (found.clone(), found.keyword.clone())).collect();
    Ok(Decoded { printed, ..decoded })
}

fn vague(text: &[u8]) -> Result<Decoded, Fault> {
    faithful(text).map_err(|error| Fault {
        pointer: Pointer::written("/elsewhere"),
        message: format!("{} at /elsewhere", error.message),
    })
}

#[test]
fn each_broken_promise_has_its_name() {
    let table: &[(&str, RoundTrip, &[&str])] = &[
        ("faithful", faithful, &[]),
        ("silent", silent, &["AcceptsInvalid maxLength at Thing/name"]),
        ("nagging", nagging, &["OtherReason maxLength at Thing/name", "RefusesValid pattern at Thing/name"]),
        ("strict", strict, &["RefusesRepresentable maxLength at Thing/name", "RefusesRepresentable type at Thing/id"]),
        (
            "credulous",
            credulous,
            &[
                "TakesUnrepresentable format at Thing/id",
                "TakesUnrepresentable required at Thing/id",
                "TakesUnrepresentable type at Thing",
                "TakesUnrepresentable type at Thing/id",
                "TakesUnrepresentable type at Thing/name",
            ],
        ),
        (
            "forgetful",
            forgetful,
            &[
                "ChangesValue maxLength at Thing/name",
                "ChangesValue round-trip at Thing/name",
                "ChangesValue type at Thing/id",
                "ChangesValue type at Thing/name",
            ],
        ),
        (
            "lenient",
            lenient,
            &[
                "StrictDiffers maxLength at Thing/name",
                "StrictDiffers type at Thing/id",
                "StrictDiffers type at Thing/name",
            ],
        ),
        (
            "fussy",
            fussy,
            &[
                "StrictDiffers maxLength at Thing/name",
                "StrictDiffers multipleOf at Thing/id",
                "StrictDiffers type at Thing/id",
                "StrictDiffers type at Thing/name",
            ],
        ),
        (
            "vague",
            vague,
            &[
                "OtherReason format at Thing/id",
                "OtherReason required at Thing/id",
                "OtherReason type at Thing",
                "OtherReason type at Thing/id",
                "OtherReason type at Thing/name",
            ],
        ),
        (
            "mute",
            mute,
            &[
                "OtherReason  at Thing/id",
                "OtherReason  at Thing/name",
                "OtherReason maxLength at Thing/name",
                "OtherReason type at Thing/id",
                "OtherReason type at Thing/name",
            ],
        ),
    ];
    for (name, round_trip, expected) in table {
        assert_eq!(found(*round_trip), expected.iter().map(|one| (*one).to_owned()).collect(), "{name}");
    }
}

fn found(decode: RoundTrip) -> BTreeSet<String> {
    let document = with_schemas(SCHEMAS);
    let found = found_by("client", &document, Schema { decode, ..thing() });
    found.iter().map(|found| format!("{:?} {} at {}", found.problem, found.keyword, found.place)).collect()
}

#[test]
fn what_one_part_describes_and_another_forbids_may_be_left_aside() {
    let document = with_schemas(
        "Thing:\n  allOf:\n    - {type: object, additionalProperties: false}\n    - {type: object, additionalProperties: {type: string}}",
    );
    fn decode(text: &[u8]) -> Result<Decoded, Fault> {
        let value: Value = serde_json::from_slice(text).expect("it is JSON");
        let not_an_object = Fault { pointer: Pointer::root(), message: "not an object".into() };
        let names = value.as_object().ok_or(not_an_object)?.keys();
        let strict = names
            .map(|name| Violation { pointer: Pointer::root().child(name), keyword: "additionalProperties".into() });
        Ok(Decoded { encoded: json!({}), kept: Vec::new(), strict: strict.collect(), printed: Vec::new() })
    }
    let found = found_by("client", &document, Schema { decode, ..thing() });
    assert!(found.iter().all(|found| found.keyword != "additionalProperties"), "{found:?}");
}

/// Builds what conforms, and refuses the rest for each fault with this sentence.
fn built(members: &Map<String, Value>, sentence: fn(&Violation) -> String) -> Result<Value, Refusal> {
    let document = with_schemas(SCHEMAS);
    let validator = Validator::new(&document, component(&document, "Thing")).expect("the schema compiles");
    let value = Value::Object(members.clone());
    let found = validator.violations(&value);
    let (held, refused): (Vec<&Violation>, _) =
        found.iter().partition(|one| !["type", "format"].contains(&&*one.keyword));
    match (refused.first(), held.first()) {
        (Some(unheld), _) => Err(Refusal::Unheld(Fault { pointer: unheld.pointer.clone(), message: String::new() })),
        (None, Some(found)) => Err(Refusal::Refused(sentence(found))),
        (None, None) => Ok(value),
    }
}

#[test]
fn a_builder_that_refuses_a_value_says_of_which_property_and_why() {
    type Build = fn(&Map<String, Value>) -> Result<Value, Refusal>;
    let wrong = ["required at Thing/id", "maxLength at Thing/name"];
    let table: &[(Build, &[&str])] = &[
        (|m| built(m, |found| found.to_string()), &[]),
        (|m| built(m, |found| format!("own_{}: {}", &found.pointer.as_str()[1..], found.keyword)), &[]),
        (|m| built(m, |found| format!("{} at /elsewhere", found.keyword)), &wrong),
        // What is missing is named by its setter, and why needs no word.
        (|m| built(m, |found| format!("no {}", found.pointer)), &wrong[1..]),
    ];
    for (build, expected) in table {
        let setter = |property, method| Setter { property, method, rust: "String" };
        let setters = vec![setter("id", "own_id"), setter("name", "own_name")].leak();
        let of_struct = Built::Struct {
            setters,
            build: *build,
            rebuild: |text| Ok(serde_json::from_slice(text).expect("it is JSON")),
        };
        let found = found_by("builders", &with_schemas(SCHEMAS), Schema { built: of_struct, ..thing() });
        let mut found: Vec<String> = found.iter().map(|one| format!("{} at {}", one.keyword, one.place)).collect();
        found.dedup();
        assert_eq!(found, *expected);
    }
}
