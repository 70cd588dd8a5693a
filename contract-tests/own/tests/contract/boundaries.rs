//! The bindings cover the document, and an unbound name is found.

use contract_tests::difference::Problem;
use contract_tests::document::Document;
use contract_tests::ground::Plan;
use contract_tests_own::SUBJECT;
use serde_json::json;

use super::{judged, own};

#[test]
fn every_name_is_bound_once() {
    let document = own();
    let mut named: Vec<_> = document.component_schemas().into_iter().map(|(name, _)| name).collect();
    let mut bound: Vec<_> = SUBJECT.schemas.iter().map(|binding| binding.name).collect();
    named.sort_unstable();
    bound.sort_unstable();
    assert_eq!(named, bound);
    let operations = document.operations().expect("the operations are read");
    let ids: Vec<_> = operations.iter().map(|operation| operation.id.as_str()).collect();
    assert_eq!(ids, SUBJECT.operations.iter().map(|binding| binding.id).collect::<Vec<_>>());
}

#[test]
fn an_unbound_schema_and_an_unbound_operation_are_found() {
    let mut root = own().root().clone();
    root["components"]["schemas"]["Extra"] = json!({ "type": "string" });
    root["paths"]["/extra"] =
        json!({ "get": { "operationId": "getExtra", "responses": { "200": { "description": "OK" } } } });
    let document = Document::from_value("edited.yaml", root).expect("still a document");
    let report = judged(&document, Plan { cases: 4, seed: 0 });
    let unbound = report.differences.iter().filter(|found| found.difference.problem == Problem::Unbound);
    let places: Vec<_> = unbound.map(|found| found.difference.place.as_str()).collect();
    assert_eq!(places, ["Extra", "getExtra"]);
}
