//! Documents damaged at random: whatever they say, they are accepted or refused, but never take the program down, and
//! what lint accepts progenitor must be able to read.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use codegen::{Layout, generate};
use serde_json::Value;

use crate::damage::{Numbers, damage_bytes, damage_lines, damage_tree};
use crate::fixtures::{self, Fixture};

/// How many damaged documents are tried for each fixture of a promise, where `FUZZ_SECONDS` gives no time; four times as
/// many for each of the others.
const USUALLY: u64 = 24;

/// What became of a damaged document: whether it was accepted, or what is wrong with the generator.
fn outcome(fixture: &Fixture, tree: &Value, seed: u64) -> Result<bool, String> {
    let mut numbers = Numbers(seed);
    let damaged = match seed % 3 {
        0 => damage_bytes(&fixture.bytes, &mut numbers),
        1 => damage_lines(&fixture.bytes, &mut numbers),
        _ => damage_tree(tree, &mut numbers),
    };
    match catch_unwind(AssertUnwindSafe(|| generate(&fixture.file, &damaged, Layout::Crate))) {
        Err(_) => Err("panicked".to_owned()),
        Ok(Ok(_)) => Ok(true),
        Ok(Err(found)) => match found.into_iter().find(|found| found.rule == "generator-defect") {
            Some(defect) => Err(defect.message),
            None => Ok(false),
        },
    }
}

#[test]
fn a_damaged_document_is_accepted_or_refused_and_nothing_else() {
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().expect("a number"));
    let limit = number("FUZZ_SECONDS").map(Duration::from_secs);
    let first = number("FUZZ_SEED").unwrap_or(0);
    let documents: Vec<(Fixture, Value)> = fixtures::all()
        .into_iter()
        .map(|fixture| {
            let tree = codegen::Document::parse(&fixture.file, &fixture.bytes).map(|document| document.root().clone());
            let tree = tree.unwrap_or_else(|faults| panic!("{}: {faults:?}", fixture.name));
            (fixture, tree)
        })
        .collect();
    let (began, mut failures, mut runs, mut accepted) = (Instant::now(), Vec::new(), 0, 0);
    for seed in first.. {
        if limit.map_or(seed - first >= 4 * USUALLY, |limit| began.elapsed() >= limit) {
            break;
        }
        for (fixture, tree) in &documents {
            let whole = fixture.name.starts_with("tricky/") || fixture.name.starts_with("openapi/");
            if limit.is_none() && !whole && seed - first >= USUALLY {
                continue;
            }
            runs += 1;
            match outcome(fixture, tree, seed) {
                Ok(is_accepted) => accepted += u64::from(is_accepted),
                Err(failure) => failures.push(format!("{} with seed {seed}: {failure}", fixture.name)),
            }
        }
    }
    println!("{runs} runs in {:.0?}, {accepted} documents accepted, {} findings", began.elapsed(), failures.len());
    assert_eq!(failures, Vec::<String>::new());
}
