//! Reading: a document that cannot be read is an error with its place.

use contract_tests::document::Document;

use super::own;

#[test]
fn unreadable_documents_are_refused_with_their_place() {
    let start = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\n";
    let refused = [
        (String::new(), "bad.yaml:1:1: the document is empty"),
        ("- a".into(), "bad.yaml:1:1: the document is a list"),
        ("openapi: 4.0.0".into(), "/openapi: this is `\"4.0.0\"`"),
        ("swagger: '2.0'".into(), "/openapi: this is `nothing`"),
        (
            format!("{start}paths: {{}}\npaths: {{}}"),
            "bad.yaml:4:1: the key `paths` stands twice in one mapping, first in line 3",
        ),
        (format!("{start}paths:\n\t/a: {{}}"), "bad.yaml:4:"),
        (format!("{start}paths: [a"), "bad.yaml:4:1: "),
        (format!("{start}? [a]\n: 1"), "bad.yaml:3:3: a key of a mapping is a list"),
        (format!("{start}~: 1"), "bad.yaml:3:1: a key of a mapping is null"),
        (format!("{start}---\na: 1"), "bad.yaml:3:1: a second YAML document starts here"),
        (format!("{start}x-a: .inf"), "bad.yaml:3:6: `.inf` is not a finite number"),
        (format!("{start}x-a: !file b"), "bad.yaml:3:6: the YAML tag `!file` has no meaning"),
        (format!("{start}x-a: &a [*a]"), "bad.yaml:3:10: an alias stands for the value that it is in"),
        (format!("{start}<<: 1"), "bad.yaml:3:1: the merge key `<<` takes a mapping"),
        ("{\"openapi\": \"3.0.3\", \"paths\": ]".into(), "bad.yaml:1:31: "),
        ("{\"a\": 1, \"a\": 2}".into(), "bad.yaml:1:10: the key `a` stands twice"),
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: *c\nopenapi: 2".into(), "/openapi: this is `2`"),
    ];
    for (text, expected) in refused {
        let error = Document::parse("bad.yaml", &text).expect_err("it is no document").to_string();
        assert!(error.starts_with(expected), "{text:?}: {error}");
    }
    let deep = format!("{start}x-deep: {}", "[".repeat(10_000));
    assert!(Document::parse("bad.yaml", &deep).is_err());
    // Each line stands for ten times as much as the one before it.
    let line = |index: usize| format!("x-{index}: &a{index} [{}]\n", vec![format!("*a{}", index - 1); 10].join(", "));
    let wide: String = std::iter::once("x-0: &a0 [1]\n".to_owned()).chain((1..12).map(line)).collect();
    let error = Document::parse("bad.yaml", &format!("{start}{wide}")).expect_err("it is too large").to_string();
    assert!(error.contains("comes to more than 1000000 values"), "{error}");
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
