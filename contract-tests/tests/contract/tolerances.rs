//! Each tolerance is still real: without it, two oracles that are both right would differ.

use contract_tests::document::{Conjunction, Document, Pointer, Step};
use contract_tests::oracle::{Validator, Violation};
use contract_tests::tolerances::{
    ABSENCE, ECHO, FORBIDDEN, HOLDER, OBJECT, TOLERANCES, UNION, UNTYPED, WHOLE, blames_a_union, blames_its_union,
    is_forbidden, is_whole_fraction, means_an_object, without_absence, without_echoes, without_whole_fractions,
};
use serde_json::json;

use super::{component, own, verdict, with_schemas};

/// Every tolerance with the test that shows it; one without a test fails the next line of the list.
#[test]
fn every_tolerance_has_a_reason_and_a_test() {
    let tested = [ECHO, HOLDER, WHOLE, UNION, OBJECT, FORBIDDEN, ABSENCE, UNTYPED];
    assert_eq!(TOLERANCES, tested);
    for tolerance in TOLERANCES {
        assert!(tolerance.reason.len() > 40, "{tolerance:?}");
    }
}

#[test]
fn the_validator_still_names_a_wrong_type_twice() {
    let document = own();
    let validator = Validator::new(&document, component(&document, "Locale")).expect("the schema compiles");
    let mut found = validator.unfiltered(&json!(7));
    assert_eq!(found.len(), 2, "{found:?}");
    without_echoes(&mut found, &json!(7));
    assert_eq!(found, [Violation { pointer: Pointer::root(), keyword: "type".into() }]);
    // It takes nothing away from a value of the right type.
    let mut real = validator.unfiltered(&json!("xx_XX"));
    without_echoes(&mut real, &json!("xx_XX"));
    assert_eq!(real, [Violation { pointer: Pointer::root(), keyword: "enum".into() }]);
}

#[test]
fn the_drafts_still_differ_on_whole_fractions() {
    let document = with_schemas("Count: {type: integer}");
    assert_eq!(verdict(&document, "Count", &json!(1.0)), ["type at /"]);
    let derived = Validator::derived("Count", &json!({"type": "integer"})).expect("the schema compiles");
    assert!(derived.accepts(&json!(1.0)));
    assert!(is_whole_fraction(&json!(1.0), &Pointer::root()));
    assert!(!is_whole_fraction(&json!(1.5), &Pointer::root()));
    assert_eq!(without_whole_fractions(&json!({"a": [1.0, 1.5, "1.0"]})), json!({"a": [1, 1.5, "1.0"]}));
    assert!(!derived.accepts(&json!(1.5)));
}

#[test]
fn of_an_integer_that_is_written_as_a_fraction_other_faults_are_told_too() {
    let document = with_schemas("Count: {type: integer, minimum: 5}\nListed: {type: integer, enum: [2, 7]}");
    assert_eq!(verdict(&document, "Count", &json!(0.0)), ["minimum at /", "type at /"]);
    assert_eq!(verdict(&document, "Count", &json!(0.5)), ["type at /"]);
    assert_eq!(verdict(&document, "Listed", &json!(7.0)), ["type at /"]);
    assert_eq!(verdict(&document, "Listed", &json!(3.0)), ["enum at /", "type at /"]);
    assert_eq!(verdict(&document, "Listed", &json!("a")), ["type at /"]);
}

#[test]
fn properties_without_a_type_still_allow_a_string() {
    let schemas = "Thing: {properties: {a: {type: string}}}\nOther: {description: anything}";
    let document = with_schemas(schemas);
    assert_eq!(verdict(&document, "Thing", &json!("x")), Vec::<String>::new());
    let derived = Validator::derived("Thing", &json!({"type": "object"})).expect("the schema compiles");
    assert!(!derived.accepts(&json!("x")));
    let means = |name| means_an_object(component(&document, name).value.as_object().expect("a schema"));
    assert!(means("Thing") && !means("Other"));
}

#[test]
fn the_validator_still_blames_the_union() {
    let document = with_schemas("Either: {oneOf: [{type: object, required: [a]}, {type: object, required: [b]}]}");
    assert_eq!(verdict(&document, "Either", &json!({})), ["oneOf at /"]);
    assert!(blames_a_union("oneOf") && !blames_a_union("required"));
}

#[test]
fn one_kind_of_union_is_not_another_unless_it_may_be_null() {
    let at = |place: &str, keyword: &str| Violation { pointer: Pointer::written(place), keyword: keyword.into() };
    let blames = |fault: &Violation, other: Violation, null| blames_its_union(fault, &[other], |_| null);
    let (one, any) = (at("", "oneOf"), at("", "anyOf"));
    assert!(blames(&one, any.clone(), true));
    assert!(!blames(&one, any.clone(), false));
    assert!(!blames(&any, one.clone(), true));
    // A tag that names nobody is blamed on what it should tell apart.
    assert!(
        blames(&at("/kind", "enum"), one.clone(), false) && !blames(&at("/kind", "enum"), at("/kin", "oneOf"), false)
    );
    // An alternative that is null is what the derived schema writes of a union that may be null.
    let derived =
        json!({"anyOf": [{"oneOf": [{"type": "object", "required": ["a"]}, {"type": "string"}]}, {"type": "null"}]});
    let derived = Validator::derived("Either", &derived).expect("the schema compiles");
    assert!(derived.violations(&json!(7)).iter().all(|found| blames_its_union(
        &one,
        std::slice::from_ref(found),
        |_| true
    )));
}

#[test]
fn a_union_that_is_no_one_type_still_refuses_what_json_holds() {
    let schemas = "Mixed: {type: object, properties: {a: {}}, oneOf: [{required: [b]}, {type: array, items: {}}]}";
    let document = with_schemas(schemas);
    for (payload, wanted) in [(json!({}), "oneOf at /"), (json!([]), "type at /"), (json!(7), "type at /")] {
        assert!(verdict(&document, "Mixed", &payload).contains(&wanted.to_owned()), "{payload}");
    }
}

#[test]
fn a_declared_property_may_still_be_forbidden() {
    let schemas = "Thing: {allOf: [{properties: {a: {}}}, {additionalProperties: false}]}\nClosed: {properties: {b: {}}, \
                   additionalProperties: false}";
    let document = with_schemas(schemas);
    assert_eq!(verdict(&document, "Thing", &json!({"a": 1})), ["additionalProperties at /a"]);
    let schema = |name| Conjunction::of(&document, component(&document, name)).expect("a schema");
    let at_a = Violation { pointer: Pointer::written("/a"), keyword: "additionalProperties".into() };
    // It counts as declared where round trips are compared, so without the tolerance its loss would be a change.
    assert_eq!(schema("Thing").leaves_aside(&document, &[Step::Name("a")]).ok(), Some(false));
    assert_eq!(is_forbidden(&document, &schema("Thing"), &at_a).ok(), Some(true));
    assert_eq!(is_forbidden(&document, &schema("Closed"), &at_a).ok(), Some(false));
    assert_eq!(
        is_forbidden(&document, &schema("Thing"), &Violation { keyword: "type".into(), ..at_a }).ok(),
        Some(false)
    );
}

#[test]
fn null_is_still_there_to_the_validator() {
    let text = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents: {schemas: {Thing: {type: object, properties: {a: \
                {type: string}, b: {type: string}}, dependentRequired: {a: [b]}}}}";
    let document = Document::parse("later.yaml", text).expect("a document");
    let null = Violation { pointer: Pointer::written("/b"), keyword: "type".into() };
    assert_eq!(verdict(&document, "Thing", &json!({"a": "x", "b": null})), ["type at /b"]);
    // To a client that reads null as absence, what `a` asks for is not there either.
    let absent = Violation { pointer: Pointer::root(), keyword: "dependentRequired".into() };
    let other = Violation { pointer: Pointer::written("/a"), keyword: "maxLength".into() };
    assert_eq!(without_absence(&[absent, null.clone(), other.clone()], &null), [null, other]);
}
