//! What the client takes over from progenitor's output: it is there for every document, and progenitor never panics.

use codegen::progenitor::{self, ProgenitorError};
use codegen::{Document, model};

use crate::fixtures;

/// Panics are caught as the last resort; what the model holds must never need it.
#[test]
fn progenitor_never_panics_on_what_the_model_holds() {
    let mut caught = Vec::new();
    for fixture in fixtures::all() {
        let document = Document::parse(&fixture.file, &fixture.bytes).unwrap_or_else(|faults| panic!("{faults:?}"));
        let Ok((api, _)) = model::read(&document) else { continue };
        if let Err(ProgenitorError::Panicked(message)) = progenitor::write(&api) {
            caught.push(format!("{}: {message}", fixture.name));
        }
    }
    assert_eq!(caught, Vec::<String>::new());
}
