//! Strategies: what is drawn conforms, and a schema that cannot be drawn from is an error with its place.

use std::collections::BTreeSet;

use contract_tests::document::{Document, Pointer};
use contract_tests::oracle::Validator;
use contract_tests::strategy::{Strategies, draw, runner};
use proptest::test_runner::{TestCaseError, TestError};
use serde_json::Value;

use super::{component, own, with_schemas};

const SHAPES: &str = r##"
Tree:
  type: object
  required: [value]
  properties:
    value: {type: string, maxLength: 3}
    children: {type: array, items: {$ref: '#/components/schemas/Tree'}}
Either:
  oneOf:
    - {type: object, required: [a], properties: {a: {type: string}}, additionalProperties: false}
    - {type: object, required: [b], properties: {b: {type: integer}}, additionalProperties: false}
Merged:
  allOf:
    - {$ref: '#/components/schemas/Tree'}
    - {type: object, required: [size], properties: {size: {type: number, minimum: 0.5, maximum: 1.5}}}
Step: {type: number, multipleOf: 0.01, minimum: 1, maximum: 2}
Odd: {type: integer, minimum: 3, exclusiveMinimum: true, maximum: 9007199254740993}
Refused: {type: string, maxLength: 1, not: {pattern: '^[a-m]'}}
Pattern: {type: string, pattern: '^(ab|c+)[\d_-]{2}$'}
Inside: {type: string, pattern: 'b+', maxLength: 9}
Formats: {type: array, minItems: 3, maxItems: 3, items: {anyOf: [{type: string, format: uuid}, {type: string, format: date-time}]}}
Map: {type: object, additionalProperties: {type: integer, format: int32}, minProperties: 2, maxProperties: 3}
Bytes: {type: string, minLength: 3, x-maxBytes: 5}
Nothing: {}
Overlapping: {oneOf: [{properties: {a: {type: string}}}, {properties: {b: {type: string}}}]}
Forbidding: {allOf: [{properties: {a: {type: integer}}}, {additionalProperties: {type: string}}]}
Closed: {allOf: [{properties: {a: {}}, additionalProperties: false}, {properties: {b: {}}, additionalProperties: false}]}
NotAhead: {type: string, pattern: '^(?!internal)[a-z]{2,9}$'}
Ahead: {type: string, pattern: '^(?=.*[0-9])[a-z0-9]{8,}$'}
Letters: {type: string, pattern: '^\p{L}{1,3}[\w.+-]*$'}
Edges: {type: string, pattern: '\bword\b|^$'}
Both: {type: string, format: uuid, pattern: '^[{(]?[0-9A-F]{8}[-]?([0-9A-F]{4}[-]?){3}[0-9A-F]{12}[)}]?$'}
Spread: {type: number, format: float, minimum: 0.1, maximum: 0.1}
Least: {type: integer, format: int64, minimum: -9223372036854775808, maximum: -9223372036854775808}
Most: {type: integer, format: int64, minimum: 9223372036854775807, exclusiveMaximum: false, maximum: 9223372036854775807}
Wide: {type: integer, minimum: -1e30, maximum: 1e30, multipleOf: 9223372036854775807}
Tiny: {type: number, minimum: 0, maximum: 5.0e-324}
Between: {type: number, minimum: 0, exclusiveMinimum: true, maximum: 5.0e-324}
Enormous: {type: number, minimum: 1.7976931348623157e308}
Beyond: {type: number, maximum: -1.0e305}
Steps: {type: integer, allOf: [{multipleOf: 6}, {multipleOf: 4}], minimum: 1, maximum: 20}
Time: {type: string, format: time}
Regex: {type: string, format: regex, minLength: 5}
Base: {type: string, format: byte, minLength: 9, maxLength: 12}
Five: {type: string, format: hostname, minLength: 5, maxLength: 5}
Private: {type: string, format: ipv4, pattern: '^10\.'}
Local: {type: string, format: ipv6, pattern: '^fe80'}
Mail: {type: string, format: email, pattern: '@example\.com$', maxLength: 16}
Leap: {type: string, format: date, pattern: '-02-29$'}
Secure: {type: string, format: uri, pattern: '^https://[a-z]+\.jp/', maxLength: 30}
Three: {type: string, allOf: [{pattern: '^[a-z]'}, {pattern: '[0-9]$'}, {pattern: '^.{5,8}$'}]}
Twice: {type: string, pattern: '^(["''])[a-z]{3,9}\1$'}
Named: {type: string, pattern: '^(?<tag>[a-z]+)-[0-9]-\k<tag>$'}
Apart: {type: string, pattern: '^(?!.*--)(?!-)[a-z-]{4,}(?<!-)$', maxLength: 6}
Follows: {type: string, pattern: '^a(?=b)'}
Password: {type: string, pattern: '^(?=.*[A-Z])(?=.*[0-9])(?=.*[^A-Za-z0-9]).+$', minLength: 8, maxLength: 12}
DateOrString: {oneOf: [{type: string, format: date}, {type: string}]}
Exact: {type: string, minLength: 300, maxLength: 300, pattern: '^[a-z]+(-[a-z]+)*$'}
Distinct: {type: array, uniqueItems: true, minItems: 3, items: {type: integer, minimum: 1, maximum: 3}}
"##;

#[test]
fn what_is_drawn_conforms() {
    let fixture = with_schemas(SHAPES);
    let own = own();
    for document in [&fixture, &own] {
        for (name, schema) in document.component_schemas() {
            let validator = Validator::new(document, schema.clone()).expect("the schema compiles");
            for payload in drawn(document, name, 200) {
                assert!(validator.accepts(&payload), "{name}: {payload}");
            }
        }
    }
}

#[test]
fn the_draws_reach_what_matters() {
    let document = own();
    let customers = drawn(&document, "Customer", 400);
    let share = |test: &dyn Fn(&Value) -> bool| customers.iter().filter(|customer| test(customer)).count();
    for (what, count) in [
        ("productId is null", share(&|customer| customer.get("productId") == Some(&Value::Null))),
        ("productId is absent", share(&|customer| customer.get("productId").is_none())),
        ("partnership is absent", share(&|customer| customer.get("partnership").is_none())),
        ("an undeclared property", share(&|customer| customer.get("undeclaredProperty").is_some())),
        ("a large id", share(&|customer| customer["tenantId"].as_i64().is_some_and(|id| id > 1 << 53))),
        (
            "a name beyond ASCII",
            share(&|customer| customer["companyName"].as_str().is_some_and(|name| !name.is_ascii())),
        ),
        (
            "an astral name",
            share(&|customer| {
                customer["companyName"].as_str().is_some_and(|name| name.chars().any(|letter| letter > '\u{ffff}'))
            }),
        ),
    ] {
        assert!(count >= 10, "{what}: {count} of 400");
    }
    let locales: BTreeSet<_> = customers.iter().map(|customer| customer["locale"].to_string()).collect();
    assert_eq!(locales.len(), 5);
}

#[test]
fn the_same_seed_draws_the_same() {
    let document = own();
    assert_eq!(drawn(&document, "Customer", 20), drawn(&document, "Customer", 20));
}

#[test]
fn what_cannot_be_drawn_from_is_named_with_its_place() {
    let refused = [
        (
            "Bad: {type: string, minLength: 3, maxLength: 2}",
            "/components/schemas/Bad: no value can conform: its longest length",
        ),
        ("Bad: {type: string, enum: []}", "/components/schemas/Bad: "),
        ("Bad: {type: integer, minimum: 3, maximum: 2}", "/components/schemas/Bad: no value can conform: no integer"),
        (
            "Bad: {type: array, items: {}, minItems: 2, maxItems: 1}",
            "/components/schemas/Bad: no value can conform: maxItems",
        ),
        (
            "Bad: {type: object, properties: {a: {type: string, pattern: '('}}}",
            "/components/schemas/Bad/properties/a/pattern: \"(\" is not a",
        ),
        (
            "Bad: {type: object, required: [a], properties: {a: {$ref: '#/components/schemas/Bad'}}}",
            "/components/schemas/Bad: every value would have to contain",
        ),
        (
            "Bad: {allOf: [{type: string}, {type: integer}]}",
            "/components/schemas/Bad: no value can conform: its types exclude",
        ),
        (
            "Bad: {allOf: [{$ref: '#/components/schemas/Worse'}]}\nWorse: {allOf: [{$ref: '#/components/schemas/Bad'}]}",
            "/components/schemas/Bad: the schema refers to itself",
        ),
        (
            "Bad: {$ref: '#/components/schemas/Gone'}",
            "/components/schemas/Bad/$ref: the reference `#/components/schemas/Gone`",
        ),
        (
            "Bad: {type: thing}",
            "/components/schemas/Bad: no value can conform: its types exclude each other, or one of them is none",
        ),
        (
            "Bad: {type: object, additionalProperties: false, required: [a]}",
            "/components/schemas/Bad: no value can conform: `a` is required",
        ),
        (
            "Bad: {type: array, minItems: 18446744073709551615, items: {type: string}}",
            "/components/schemas/Bad/minItems: minItems: 18446744073709551615 asks for",
        ),
        (
            "Bad: {type: array, minItems: 1e300, items: {type: string}}",
            "/components/schemas/Bad/minItems: minItems: 1e+300 asks for",
        ),
        (
            "Bad: {type: array, minItems: 1000, items: {type: array, minItems: 100, items: {}}}",
            "/components/schemas/Bad/minItems: minItems: 1000 asks for",
        ),
        (
            "Bad: {type: object, minProperties: 18446744073709551615, additionalProperties: {type: string}}",
            "/components/schemas/Bad/minProperties: minProperties: 18446744073709551615 asks for",
        ),
        (
            "Bad: {type: string, minLength: 4000000000}",
            "/components/schemas/Bad/minLength: minLength: 4000000000 asks for",
        ),
        (
            "Bad: {type: array, minItems: 3, uniqueItems: true, items: {type: boolean}}",
            "/components/schemas/Bad: no value can conform: its items have too few different values for uniqueItems and \
             minItems: `uniqueItems: true` at /components/schemas/Bad/uniqueItems and `minItems: 3`",
        ),
        (
            "Bad: {type: string, format: ipv4, pattern: '^x'}",
            "/components/schemas/Bad: no value can conform: no string meets `format: ipv4` at \
             /components/schemas/Bad/format and `pattern: ^x` at /components/schemas/Bad/pattern",
        ),
        (
            "Bad: {allOf: [{pattern: '^a'}, {pattern: 'b'}, {pattern: '^[^b]*$'}], type: string}",
            "/components/schemas/Bad: no value can conform: no string meets `pattern: b` at \
             /components/schemas/Bad/allOf/1/pattern and `pattern: ^[^b]*$` at /components/schemas/Bad/allOf/2/pattern",
        ),
        (
            "Bad: {type: string, format: date, maxLength: 9}",
            "/components/schemas/Bad: no value can conform: no string meets `format: date` at \
             /components/schemas/Bad/format and `maxLength: 9` at /components/schemas/Bad/maxLength",
        ),
        (
            "Bad: {type: integer, format: int32, minimum: 3000000000}",
            "/components/schemas/Bad: no value can conform: no integer lies within its bounds: `minimum: 3000000000` at \
             /components/schemas/Bad/minimum and `format: int32` at /components/schemas/Bad/format",
        ),
        (
            "Bad: {type: string, maxLength: 2, not: {type: string}}",
            "/components/schemas/Bad: no value can conform: all that its other keywords let be built is refused by `not` at \
             /components/schemas/Bad/not",
        ),
    ];
    for (schemas, expected) in refused {
        let document = with_schemas(schemas);
        let error =
            Strategies::new(&document).payloads(component(&document, "Bad")).err().map(|error| error.to_string());
        assert!(error.as_ref().is_some_and(|error| error.starts_with(expected)), "{schemas}: {error:?}");
    }
}

fn drawn(document: &Document, name: &str, count: usize) -> Vec<Value> {
    let payloads =
        Strategies::new(document).payloads(component(document, name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    draw(&payloads, &Pointer::root(), 7, count).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn what_differs_is_shrunk_to_a_small_payload_that_conforms() {
    let document = own();
    let payloads = Strategies::new(&document).payloads(component(&document, "Customer")).expect("there are payloads");
    let validator = Validator::new(&document, component(&document, "Customer")).expect("the schema compiles");
    let long = |customer: &Value| customer["partnership"]["memo"].as_str().is_some_and(|memo| memo.chars().count() > 3);
    let result = runner(0, 400)
        .run(&payloads, |customer| if long(&customer) { Err(TestCaseError::fail("a long memo")) } else { Ok(()) });
    let Err(TestError::Fail(_, smallest)) = result else { panic!("no memo is long: {result:?}") };
    assert!(validator.accepts(&smallest), "{smallest}");
    // Every optional property is gone, and what must be there is as short as it may be.
    let required: Vec<&str> =
        component(&document, "Customer").members("required").iter().filter_map(|name| name.value.as_str()).collect();
    let kept: BTreeSet<&str> = smallest.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect();
    assert_eq!(kept, required.into_iter().chain(["partnership"]).collect());
    assert_eq!(smallest["partnership"], serde_json::json!({ "memo": "aaaa" }));
    assert_eq!(smallest["companyName"], "");
}

#[test]
fn what_cannot_be_built_is_left_out_for_itself_alone() {
    let document = with_schemas(
        "All:\n  type: object\n  required: [good]\n  properties:\n    good: {type: string, maxLength: 3}\n    \
         large: {type: array, minItems: 18446744073709551615, items: {}}\n    \
         never: {type: string, format: ipv4, pattern: '^x'}\n    \
         list: {type: array, items: {type: string, minLength: 9, maxLength: 8}}\n    \
         either: {oneOf: [{type: string, minLength: 4000000000}, {type: integer}]}\n    \
         shown: {type: string, pattern: '^a(?<!b)(?=(c))\\1', example: acc}",
    );
    let mut strategies = Strategies::new(&document);
    let payloads = strategies.payloads(component(&document, "All")).unwrap_or_else(|error| panic!("{error}"));
    let left_out: Vec<String> = strategies.take_left_out().iter().map(|error| error.to_string()).collect();
    let places = ["either/oneOf/0/minLength", "large/minItems", "list/items", "never"];
    let starts = places.map(|place| format!("/components/schemas/All/properties/{place}: "));
    assert_eq!(left_out.len(), starts.len(), "{left_out:#?}");
    for (error, start) in left_out.iter().zip(starts) {
        assert!(error.starts_with(&start), "{error}");
    }
    let drawn = draw(&payloads, &Pointer::root(), 7, 100).expect("they are drawn");
    let has = |name: &str| drawn.iter().any(|payload| payload.get(name).is_some());
    assert!(has("either") && has("shown") && has("list") && !has("large") && !has("never"), "{drawn:?}");
    assert!(drawn.iter().all(|payload| payload["either"].as_i64().is_some() || payload.get("either").is_none()));
}
