//! What our client makes of a change of our document.

use contract_tests::compare::{Comparison, Verdict, client, compare};
use contract_tests::document::Document;
use serde_json::{Value, json};

use super::{SUBJECT, own};

/// Our document and an edit of it, with what our client makes of that.
fn changed(edit: impl FnOnce(&mut Value)) -> Comparison {
    let old = own();
    let mut root = old.root().clone();
    edit(&mut root);
    let new = Document::from_value("edited", root).expect("it is a document");
    let mut found = compare(&old, &new).expect("both are compared");
    client::ask(&mut found, &old, &new, &SUBJECT).expect("the client is asked");
    found
}

fn operation(root: &mut Value) -> &mut Value {
    let paths = root["paths"].as_object_mut().expect("there are paths");
    paths.values_mut().next().and_then(|path| path.get_mut("get")).expect("there is one")
}

/// What the client makes of the breaking changes of a kind.
fn told(found: &Comparison, kind: &str) -> Vec<String> {
    let breaking = found.with(Verdict::Breaking).filter(|change| change.kind == kind);
    breaking.map(|change| change.client.clone().unwrap_or_default()).collect()
}

#[test]
fn a_request_that_is_refused_is_one_that_our_client_sends() {
    let found = changed(|root| operation(root)["parameters"][0]["schema"]["maximum"] = json!(5));
    let [sent] = told(&found, "parameter").try_into().expect("one parameter breaks");
    assert!(sent.starts_with("your client sends GET /"), "{sent}");
    assert!(sent.contains("/6, which the new document refuses: the path parameter `domainId` is `6`"), "{sent}");
    let required = json!({ "name": "reason", "in": "query", "required": true, "schema": { "type": "string" } });
    let found = changed(|root| operation(root)["parameters"].as_array_mut().expect("a list").push(required));
    let [sent] = told(&found, "parameter-added").try_into().expect("one parameter is added");
    assert!(sent.contains("which the new document refuses: the query parameter `reason` is missing"), "{sent}");
}

#[test]
fn what_our_client_never_sends_breaks_nobody_who_uses_it() {
    // Beyond 64 bits, where our client has no value.
    let loosened = |root: &mut Value| {
        let schema = &mut operation(root)["parameters"][0]["schema"];
        *schema = json!({ "type": "string" });
    };
    let mut old = own().root().clone();
    loosened(&mut old);
    let old = Document::from_value("loose", old).expect("it is a document");
    let mut found = compare(&old, &own()).expect("both are compared");
    client::ask(&mut found, &old, &own(), &SUBJECT).expect("the client is asked");
    let [sent] = told(&found, "parameter").try_into().expect("one parameter breaks");
    assert!(sent.starts_with("your client does not send this"), "{sent}");
}
