//! Each value of each enumeration, and what is nearly one.

use contract_tests::cases::Enumerator;
use contract_tests_own::SUBJECT;
use serde_json::Value;

use super::{bound, own};

#[test]
fn listed_values_are_built_and_neighbours_only_decoded() {
    let document = own();
    let mut listed = Vec::new();
    for (name, schema) in document.component_schemas().into_iter().filter(|(_, schema)| schema.get("enum").is_some()) {
        let binding = bound(name);
        let construct = |text: &str| (binding.constructors)(text);
        let values: Vec<&Value> = schema.members("enum").iter().map(|value| value.value).collect();
        for value in &values {
            let decoded = (binding.decode)(value.to_string().as_bytes()).expect("a listed value is decoded");
            assert_eq!((&decoded.encoded, decoded.kept), (*value, Vec::new()), "{name}");
            if let Some(text) = value.as_str() {
                assert!(construct(text).iter().all(|(_, made)| made.as_ref() == Ok(*value)), "{name}");
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
            let decoded = (binding.decode)(neighbour.to_string().as_bytes()).expect("what isn't listed is decoded too");
            assert_eq!(&decoded.encoded, neighbour, "{name} keeps what isn't listed");
            let reported: Vec<_> = decoded.kept.iter().map(ToString::to_string).collect();
            assert_eq!(reported, ["enum at /"], "{name}: {neighbour}");
            let made = construct(neighbour.as_str().expect("a text"));
            assert!(made.len() == 3 && made.iter().all(|(_, made)| made.is_err()), "{name} is built from {neighbour}");
        }
    }
    // The endpoint's page lists 5 plans, 5 languages, 2 domain types and 3 states.
    assert_eq!(listed.len(), 15, "{listed:?}");
}

#[test]
fn the_nullable_enumeration_takes_null_and_the_others_do_not() {
    for binding in SUBJECT.schemas {
        let takes_null = (binding.decode)(b"null").is_ok();
        assert_eq!(takes_null, binding.name == "ProductId", "{}", binding.name);
    }
}
