//! Reading: a document that cannot be read is an error with its place.

use contract_tests::document::Document;

use super::own;

#[test]
fn unreadable_documents_are_refused_with_their_place() {
    let start = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\n";
    let refused = [
        (String::new(), "/: expected an object"),
        ("- a".into(), "/: expected an object"),
        ("openapi: 3.1.0".into(), "/openapi: this is `\"3.1.0\"`"),
        ("swagger: '2.0'".into(), "/openapi: this is `nothing`"),
        (format!("{start}paths: {{}}\npaths: {{}}"), "bad.yaml:1:1: duplicate entry with key \"paths\""),
        (format!("{start}paths:\n\t/a: {{}}"), "bad.yaml:4:1: "),
        (format!("{start}paths: [a"), "bad.yaml:4:1: "),
        (format!("{start}? [a]\n: 1"), "/: expected keys that are text"),
        ("{\"openapi\": \"3.0.3\", \"paths\": }".into(), "bad.yaml:1:31: "),
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: *c\nopenapi: 2".into(), "/openapi: this is `2`"),
    ];
    for (text, expected) in refused {
        let error = Document::parse("bad.yaml", &text).expect_err("it is no document").to_string();
        assert!(error.starts_with(expected), "{text:?}: {error}");
    }
    let deep = format!("{start}x-deep: {}", "[".repeat(10_000));
    assert!(Document::parse("bad.yaml", &deep).is_err());
}

#[test]
fn the_operation_is_read_as_the_page_states_it() {
    let document = own();
    let operations = document.operations().expect("the operations are read");
    let [operation] = operations.as_slice() else { panic!("one operation is expected: {operations:?}") };
    assert_eq!((operation.method.as_str(), operation.path), ("GET", "/partners/customers/{domainId}"));
    let parameters: Vec<_> = operation.parameters.iter().map(|one| (one.name, one.place, one.required)).collect();
    assert_eq!(parameters, [("domainId", "path", true)]);
    let statuses: Vec<_> = operation.responses.iter().map(|response| response.status).collect();
    assert_eq!(statuses, ["200", "401", "403", "404", "429", "500"]);
    assert!(operation.responses.iter().all(|response| response.bodies.iter().all(|body| body.example.is_some())));
    assert!(operation.needs_credentials());
    let scopes: Vec<_> =
        operation.security.iter().flat_map(|one| &one.schemes).map(|(_, scopes)| scopes.join(" ")).collect();
    assert_eq!(scopes, ["partner", "partner.read"]);
}

#[test]
fn yaml_and_json_are_read_alike() {
    let document = own();
    let json = serde_json::to_string(document.root()).expect("a tree is written");
    let again = Document::parse("own.json", &json).expect("JSON is read");
    assert_eq!(again.root(), document.root());
}
