//! Each value of each enumeration, and what is nearly one.

use contract_tests::bindings::SCHEMAS;
use contract_tests::cases::Enumerator;
use serde_json::Value;

use super::own;

#[test]
fn listed_values_are_built_and_neighbours_only_decoded() {
    let document = own();
    let mut listed = Vec::new();
    for (name, schema) in document.component_schemas().into_iter().filter(|(_, schema)| schema.get("enum").is_some()) {
        let binding = SCHEMAS.iter().find(|binding| binding.name == name).expect("every schema is bound");
        let construct = (binding.constructor)().expect("an enumeration of texts is built from text");
        let values: Vec<&Value> = schema.members("enum").iter().map(|value| value.value).collect();
        for value in &values {
            let decoded = (binding.round_trip)(value.to_string().as_bytes()).expect("a listed value is decoded");
            assert_eq!((&decoded.encoded, decoded.conformance), (*value, Vec::new()), "{name}");
            if let Some(text) = value.as_str() {
                assert_eq!(construct(text), Ok(()), "{name}");
                listed.push(text.to_owned());
            }
        }
        let cases = Enumerator::new(&document).cases(schema).expect("the schema has cases").cases;
        let neighbours: Vec<&Value> = cases
            .iter()
            .filter(|case| case.fault.as_ref().is_some_and(|fault| fault.keyword == "enum"))
            .map(|case| &case.payload)
            .collect();
        assert!(neighbours.len() > 4 * (values.len() - 1), "{name}: {neighbours:?}");
        for neighbour in neighbours {
            let decoded =
                (binding.round_trip)(neighbour.to_string().as_bytes()).expect("what isn't listed is decoded too");
            assert_eq!(&decoded.encoded, neighbour, "{name} keeps what isn't listed");
            let reported: Vec<_> = decoded.conformance.iter().map(ToString::to_string).collect();
            assert_eq!(reported, ["enum at /"], "{name}: {neighbour}");
            assert!(construct(neighbour.as_str().expect("a text")).is_err(), "{name} is not built from {neighbour}");
        }
    }
    // The endpoint's page lists 5 plans, 5 languages, 2 domain types and 3 states.
    assert_eq!(listed.len(), 15, "{listed:?}");
}

#[test]
fn the_nullable_enumeration_takes_null_and_the_others_do_not() {
    for binding in SCHEMAS {
        let takes_null = (binding.round_trip)(b"null").is_ok();
        assert_eq!(takes_null, binding.name == "ProductId", "{}", binding.name);
    }
}
