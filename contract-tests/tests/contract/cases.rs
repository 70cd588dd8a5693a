//! The enumerated cases: proven one by one, for the document and for a schema of every keyword.

use contract_tests::cases::{Case, Cases, Enumerator};
use contract_tests::oracle::Validator;
use serde_json::json;

use super::{component, own, with_schemas};

const EVERY_KEYWORD: &str = r##"
All:
  type: object
  required: [name, count]
  additionalProperties: false
  properties:
    name: {type: string, minLength: 2, maxLength: 5}
    code: {type: string, pattern: '^[A-Z]{2}-\d{3}$'}
    day: {type: string, format: date}
    mail: {type: string, format: email, nullable: true}
    size: {type: string, x-maxBytes: 7}
    count: {type: integer, format: int32, minimum: 3, multipleOf: 5}
    ratio: {type: number, minimum: 0, maximum: 1, exclusiveMaximum: true}
    list: {type: array, items: {type: integer}, minItems: 1, maxItems: 3, uniqueItems: true}
    map: {type: object, additionalProperties: {type: boolean}, minProperties: 1, maxProperties: 2}
    kind: {type: string, enum: [A, b]}
    either: {oneOf: [{type: string}, {type: integer}]}
    some: {anyOf: [{type: string, maxLength: 3}, {type: boolean}]}
    other: {type: string, not: {enum: [x]}}
    both: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {b: {type: string}}, required: [b]}]}
Base:
  type: object
  required: [a]
  properties: {a: {type: integer, format: int64}}
"##;

#[test]
fn every_candidate_of_the_document_is_a_case() {
    let document = own();
    for (name, schema) in document.component_schemas() {
        let found = Enumerator::new(&document).cases(schema).expect("the schema has cases");
        assert_eq!(found.refuted, vec![], "{name}");
        assert_eq!(found.uncovered, vec![], "{name}");
    }
}

#[test]
fn every_case_has_the_verdict_on_its_label() {
    let document = own();
    for (name, schema) in document.component_schemas() {
        let validator = Validator::new(&document, schema.clone()).expect("the schema compiles");
        for Case { label, payload, fault } in
            Enumerator::new(&document).cases(schema).expect("the schema has cases").cases
        {
            let violations = validator.violations(&payload);
            assert_eq!(violations, fault.iter().cloned().collect::<Vec<_>>(), "{name}: {label}");
            assert_eq!(validator.accepts(&payload), fault.is_none(), "{name}: {label}");
        }
    }
}

#[test]
fn every_keyword_of_3_0_has_its_fault() {
    let document = with_schemas(EVERY_KEYWORD);
    let found = Enumerator::new(&document).cases(component(&document, "All")).expect("the schema has cases");
    assert_eq!(found.uncovered, vec![]);
    let has = |wanted: &str| {
        found.cases.iter().any(|case| case.fault.as_ref().is_some_and(|fault| fault.to_string() == wanted))
    };
    let expected = [
        "required at /name",
        "required at /count",
        "required at /both/a",
        "required at /both/b",
        "additionalProperties at /undeclaredProperty",
        "minLength at /name",
        "maxLength at /name",
        "pattern at /code",
        "format at /day",
        "format at /mail",
        "x-maxBytes at /size",
        "minimum at /count",
        "multipleOf at /count",
        "format at /count",
        "minimum at /ratio",
        "exclusiveMaximum at /ratio",
        "minItems at /list",
        "maxItems at /list",
        "uniqueItems at /list",
        "type at /list/0",
        "maxProperties at /map",
        "type at /map/undeclaredProperty",
        "enum at /kind",
        "oneOf at /either",
        "anyOf at /some",
        "not at /other",
        "type at /both/a",
        "type at /name",
        "minProperties at /map",
    ];
    let missing: Vec<_> = expected.into_iter().filter(|wanted| !has(wanted)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn a_constraint_that_no_payload_breaks_alone_is_named() {
    let document = with_schemas("Redundant: {type: string, maxLength: 5, pattern: '^[a-z]{1,3}$'}");
    let Cases { uncovered, .. } =
        Enumerator::new(&document).cases(component(&document, "Redundant")).expect("it has cases");
    let named: Vec<_> = uncovered.iter().map(|open| open.keyword.as_str()).collect();
    assert_eq!(named, ["maxLength"]);
}

#[test]
fn the_cases_are_the_same_each_time() {
    let document = own();
    let listed = || {
        let found = Enumerator::new(&document).cases(component(&document, "Customer")).expect("the schema has cases");
        found.cases.into_iter().map(|case| (case.label, case.payload)).collect::<Vec<_>>()
    };
    assert_eq!(listed(), listed());
}

#[test]
fn optional_properties_are_absent_present_and_null() {
    let document = own();
    let found = Enumerator::new(&document).cases(component(&document, "Customer")).expect("the schema has cases");
    let valid: Vec<_> = found.cases.iter().filter(|case| case.fault.is_none()).map(|case| &case.payload).collect();
    assert!(valid.iter().any(|payload| payload.get("productId").is_none()));
    assert!(valid.iter().any(|payload| payload.get("productId") == Some(&json!(null))));
    assert!(valid.iter().any(|payload| payload.get("productId") == Some(&json!("STD_T"))));
    assert!(valid.iter().any(|payload| payload.get("partnership").is_none()));
    assert!(valid.iter().any(|payload| payload["tenantId"] == json!(i64::MAX)));
    assert!(valid.iter().any(|payload| payload["tenantId"] == json!(i64::MIN)));
}

#[test]
fn schemas_that_hold_each_other_in_many_ways_have_cases_as_deep_as_can_be_waited_for() {
    let found = |held: &dyn Fn(&str) -> String| {
        let names: Vec<String> = (0..8).map(|index| format!("Part{index}")).collect();
        let holds: String = names.iter().map(|name| format!("    to{name}: {}\n", held(name))).collect();
        let schema = |name: &String| {
            format!("{name}:\n  type: object\n  properties:\n    text: {{type: string, maxLength: 3}}\n{holds}")
        };
        let document = with_schemas(&names.iter().map(schema).collect::<String>());
        let found = Enumerator::new(&document).cases(component(&document, "Part0")).expect("the schema has cases");
        assert_eq!(found.uncovered, vec![]);
        let has = |wanted: &str| {
            found.cases.iter().any(|case| case.fault.as_ref().is_some_and(|fault| fault.to_string() == wanted))
        };
        assert!(has("maxLength at /text") && has("maxLength at /toPart7/text"));
        (found.shallow, found.cases.len())
    };
    // What has cases of its own is not varied again: a few of them for each property.
    let (shallow, count) = found(&|name| format!("{{$ref: '#/components/schemas/{name}'}}"));
    assert!(shallow.is_none() && count < 200, "{shallow:?} {count}");
    let more = |name: &str| format!("{{allOf: [{{$ref: '#/components/schemas/{name}'}}], description: Another}}");
    let steps = found(&more).0.expect("not all six steps can be gone");
    assert!((2..6).contains(&steps), "{steps}");
    // A schema like those of our own document goes the whole way.
    let document = own();
    let found = Enumerator::new(&document).cases(component(&document, "Customer")).expect("the schema has cases");
    assert_eq!(found.shallow, None);
}

#[test]
fn what_a_variant_may_not_be_is_a_fault_all_the_same() {
    let document = with_schemas(
        "A: {type: string, not: {type: string, maxLength: 0}}\n\
         B: {type: object, properties: {a: {type: string}, b: {type: string}, c: {type: string}}, \
         anyOf: [{required: [a]}, {required: [b]}]}",
    );
    let faults = |name: &str, keyword: &str| -> Vec<serde_json::Value> {
        let cases = Enumerator::new(&document).cases(component(&document, name)).expect("the schema has cases");
        let of =
            cases.cases.into_iter().filter(|case| case.fault.as_ref().is_some_and(|fault| fault.keyword == keyword));
        of.map(|case| case.payload).collect()
    };
    assert_eq!(faults("A", "not"), [serde_json::json!("")]);
    let without: Vec<_> = faults("B", "anyOf").into_iter().filter_map(|one| one.as_object().cloned()).collect();
    assert!(without.iter().any(|one| one.len() == 1 && one.contains_key("c")), "{without:?}");
}

#[test]
fn a_list_has_two_items_that_differ_where_there_are_such() {
    let lists = |schema: &str| {
        let document = with_schemas(&format!("List: {{type: array, items: {schema}}}"));
        let found = Enumerator::new(&document).cases(component(&document, "List")).expect("the schema has cases");
        let valid = found.cases.into_iter().filter(|case| case.fault.is_none());
        let lists: Vec<_> = valid.filter_map(|case| case.payload.as_array().cloned()).collect();
        lists.iter().any(|list| list.iter().any(|item| *item != list[0]))
    };
    assert!(lists("{type: object, required: [a], properties: {a: {type: string, enum: [x, y]}}}"));
    assert!(lists("{type: boolean}, minItems: 2, maxItems: 2, uniqueItems: true"));
    assert!(!lists("{type: string, enum: [x]}"));
}
