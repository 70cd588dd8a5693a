//! Our document in other words: each rewriting is accepted, and comes to the same client where it says nothing of names, of
//! an order, or to readers.

use codegen::{Document, Layout, generate};

use crate::fixtures;

#[path = "../../../contract-tests/tests/rewritings/mod.rs"]
mod table;

#[test]
fn what_says_the_same_in_other_words_comes_to_the_same_client() {
    let own = fixtures::own();
    let alarms = alarms(&own.file, &own.bytes, table::all());
    assert!(alarms.is_empty(), "{}", alarms.join("\n"));
}

/// With bodies, lists, unions, forms, and parameters of every place.
#[test]
fn other_documents_in_other_words_come_to_the_same_clients() {
    let orders: &[u8] = include_bytes!("../../../contract-tests/tests/fixtures/orders.yaml");
    let requests: &[u8] = include_bytes!("../../../contract-tests/tests/fixtures/requests.yaml");
    for (name, bytes) in [("orders.yaml", orders), ("requests.yaml", requests)] {
        let alarms = alarms(name, bytes, table::any::OF_ANY.iter().filter(|rewriting| rewriting.same_client));
        assert!(alarms.is_empty(), "{name}: {}", alarms.join("\n"));
    }
}

/// The rewritings that are refused, or come to another client where they must not.
fn alarms(name: &str, bytes: &[u8], rewritings: impl Iterator<Item = &'static table::Rewriting>) -> Vec<String> {
    let tree = |bytes: &[u8]| Document::parse(name, bytes).map(|document| document.root().clone()).unwrap();
    let root = tree(bytes);
    let files = |bytes: &[u8]| {
        let generated = generate(name, bytes, Layout::Module)?.files.into_iter();
        // The header of one file has the digest of the text.
        let body = |text: &str| text.lines().skip(3).map(|line| format!("{line}\n")).collect::<String>();
        // The ledger says of each place what became of it.
        let sources = generated.filter(|file| file.path.ends_with(".rs"));
        Ok::<_, Vec<codegen::Diagnostic>>(sources.map(|file| (file.path, body(&file.contents))).collect::<Vec<_>>())
    };
    let (expected, mut alarms) = (files(bytes).unwrap(), Vec::new());
    for rewriting in rewritings {
        let text = (rewriting.text)(&root);
        if table::in_order(&tree(text.as_bytes())) == table::in_order(&root) {
            continue;
        }
        match files(text.as_bytes()) {
            Err(found) => alarms.push(format!("{}: {}", rewriting.name, found[0].message)),
            Ok(found) => {
                let changed: Vec<&str> =
                    expected.iter().filter(|file| !found.contains(file)).map(|(path, _)| path.as_str()).collect();
                if rewriting.same_client && !changed.is_empty() {
                    alarms.push(format!("{}: {changed:?} differ", rewriting.name));
                }
            }
        }
    }
    alarms
}
