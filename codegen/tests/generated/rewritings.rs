//! Our document in other words: each rewriting is accepted, and comes to the same client where it says nothing of names, of
//! an order, or to readers.

use codegen::{Document, Layout, generate};

use crate::fixtures;

#[path = "../../../contract-tests/tests/rewritings/mod.rs"]
mod table;

#[test]
fn what_says_the_same_in_other_words_comes_to_the_same_client() {
    let own = fixtures::own();
    let tree = |bytes: &[u8]| Document::parse(&own.file, bytes).map(|document| document.root().clone()).unwrap();
    let root = tree(&own.bytes);
    let files = |bytes: &[u8]| {
        let generated = generate(&own.file, bytes, Layout::Module)?.files.into_iter();
        // The header of one file has the digest of the text.
        let body = |text: &str| text.lines().skip(3).map(|line| format!("{line}\n")).collect::<String>();
        // The ledger says of each place what became of it.
        let sources = generated.filter(|file| file.path.ends_with(".rs"));
        Ok::<_, Vec<codegen::Diagnostic>>(sources.map(|file| (file.path, body(&file.contents))).collect::<Vec<_>>())
    };
    let (expected, mut alarms) = (files(&own.bytes).unwrap(), Vec::new());
    for rewriting in table::REWRITINGS {
        let text = (rewriting.text)(&root);
        if table::in_order(&tree(text.as_bytes())) == table::in_order(&root) {
            continue;
        }
        match files(text.as_bytes()) {
            Err(found) => alarms.push(format!("{}: {}", rewriting.name, found[0].message)),
            Ok(found) => {
                let changed: Vec<&str> =
                    expected.iter().filter(|file| !found.contains(file)).map(|(path, _)| path.as_str()).collect();
                if changed.is_empty() != rewriting.same_client {
                    alarms.push(format!("{}: {changed:?} differ", rewriting.name));
                }
            }
        }
    }
    assert!(alarms.is_empty(), "{}", alarms.join("\n"));
}
