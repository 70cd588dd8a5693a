//! What is compared, as far as that needs no judge.

use super::scratch::{DOCUMENT, Scratch};

#[test]
fn one_document_is_wrong_usage() {
    Scratch::new().run(&["diff", "openapi/lineworks-partner.yaml"]).ends(2).complains("NEW");
    Scratch::new().run(&["diff", "--format", "xml"]).ends(2).complains("xml");
}

#[test]
fn a_document_that_is_not_there_is_named() {
    let scratch = Scratch::new();
    scratch.write("old.yaml", DOCUMENT.as_bytes());
    scratch.run(&["diff", "old.yaml", "no/such.yaml"]).ends(1).complains("no/such.yaml: there is no such document");
    let run = scratch.run(&["diff", "nowhere:openapi/old.yaml", "old.yaml"]).ends(1);
    run.complains("nowhere:openapi/old.yaml: git has no such document").complains("REVISION:PATH");
}
