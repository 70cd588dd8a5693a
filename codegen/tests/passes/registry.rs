//! The lists of passes themselves.

use std::collections::BTreeSet;

use codegen::emit::{self, EmitError};
use codegen::{Document, normalize, postprocess};

use crate::pipeline::Promise;
use crate::{fixtures, normalizing, postprocessing};

#[test]
fn every_pass_has_a_name_of_its_own_and_says_what_it_is_for() {
    let normalize: Vec<_> = normalize::PASSES.iter().map(|pass| (pass.name, pass.about)).collect();
    let postprocess: Vec<_> = postprocess::PASSES.iter().map(|pass| (pass.name, pass.about)).collect();
    for passes in [normalize, postprocess] {
        let names: BTreeSet<&str> = passes.iter().map(|(name, _)| *name).collect();
        assert_eq!(names.len(), passes.len(), "{passes:?}");
        for (name, about) in passes {
            assert!(name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{name} is not in kebab case");
            assert!(!about.trim().is_empty(), "{name} does not say what it is for");
        }
    }
}

#[test]
fn every_pass_has_a_promise_and_a_fixture_and_no_fixture_is_idle() {
    let promised = |promises: &[Promise]| promises.iter().map(|promise| promise.pass).collect::<Vec<_>>();
    let normalize: Vec<_> = normalize::PASSES.iter().map(|pass| pass.name).collect();
    let postprocess: Vec<_> = postprocess::PASSES.iter().map(|pass| pass.name).collect();
    for (stage, passes, promised) in [
        ("normalize", normalize, promised(normalizing::PROMISES)),
        ("postprocess", postprocess, promised(postprocessing::PROMISES)),
    ] {
        assert_eq!(promised, passes, "the promises stand in the order of the passes, one for each");
        let fixtures = fixtures::folder(&format!("passes/{stage}"));
        let names: BTreeSet<&str> = fixtures.iter().filter_map(|fixture| fixture.name.rsplit('/').next()).collect();
        assert_eq!(names, passes.into_iter().collect(), "one fixture for each pass of {stage}");
    }
}

/// `emit` catches panics as the last resort; what lint and normalisation let through must never need it.
#[test]
fn progenitor_never_panics_on_what_normalisation_lets_through() {
    let mut caught = Vec::new();
    for fixture in fixtures::all() {
        let document = Document::parse(&fixture.file, &fixture.bytes).unwrap_or_else(|faults| panic!("{faults:?}"));
        let Ok(normalized) = normalize::normalize(&document) else { continue };
        if let Err(EmitError::Panicked(message)) = emit::emit(&normalized.root) {
            caught.push(format!("{}: {message}", fixture.name));
        }
    }
    assert_eq!(caught, Vec::<String>::new());
}
