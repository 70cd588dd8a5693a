//! Documents mutated at random before the judge: whatever they say, their schemas are judged or refused, in bounded time,
//! and nothing panics.
//!
//! A bounded number runs with all tests. For ten minutes:
//!
//! ```sh
//! FUZZ_SECONDS=600 cargo test --release -p contract-tests --test fuzz -- --nocapture
//! ```
//!
//! A finding names its seed; `FUZZ_SEED=N` runs that seed alone.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on must fail")]

#[path = "../../../codegen/tests/generated/damage.rs"]
mod damage;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use contract_tests::document::Document;
use contract_tests::ground::Plan;
use contract_tests::progress::Progress;
use contract_tests::schemas;
use contract_tests::visible::is_hidden;
use damage::{Numbers, damage_bytes, damage_lines, damage_tree};
use serde_json::Value;

/// How many documents are judged where `FUZZ_SECONDS` gives no time.
const USUALLY: u64 = 150;

/// Longer than any document of this size may take, even unoptimised on a busy machine.
const LIMIT: Duration = Duration::from_secs(120);

/// A document in which most keywords have a place.
const WHOLE: &str = "
openapi: 3.0.3
info: {title: t, version: '1'}
paths:
  /a/{b}:
    post:
      parameters: [{name: b, in: path, required: true, schema: {type: string, pattern: '^[a-z]{2,4}$'}}]
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/A'}, example: {id: 1}}}}
      responses:
        '200': {description: d, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/B'}}}}}
components:
  schemas:
    A:
      type: object
      required: [id]
      properties:
        id: {type: integer, format: int64, minimum: 1, exclusiveMinimum: true, multipleOf: 3}
        text: {type: string, minLength: 1, maxLength: 5, x-maxBytes: 9, example: abc}
        when: {type: string, format: date-time, nullable: true, readOnly: true}
        list: {type: array, minItems: 1, maxItems: 3, uniqueItems: true, items: {type: string, enum: [a, b, c]}}
        map: {type: object, additionalProperties: {type: number, maximum: 1.5}, minProperties: 1, maxProperties: 2}
        inner: {$ref: '#/components/schemas/B'}
    B:
      oneOf: [{$ref: '#/components/schemas/C'}, {$ref: '#/components/schemas/D'}]
      discriminator: {propertyName: kind, mapping: {c: '#/components/schemas/C'}}
    C: {type: object, required: [kind], properties: {kind: {type: string, enum: [c]}, b: {$ref: '#/components/schemas/B'}}}
    D:
      allOf:
        - {type: object, required: [kind], properties: {kind: {type: string, enum: [D]}}}
        - {anyOf: [{required: [x]}, {required: [y]}], properties: {x: {type: string, format: email}, y: {type: boolean}}}
    E: {type: string, not: {enum: [x]}, pattern: '\\d+'}
";

/// What a text comes to before the judge; an error for what must not be.
fn outcome(text: &str, seed: u64) -> Result<&'static str, String> {
    let judged = catch_unwind(AssertUnwindSafe(|| {
        let document = Document::parse("fuzz.yaml", text).map_err(|error| error.to_string())?;
        Ok::<_, String>(schemas::judge(&document, Plan { cases: 4, seed }, &Progress::hidden()))
    }));
    match judged {
        Err(_) => Err("it panics".into()),
        Ok(Err(_)) => Ok("refused"),
        Ok(Ok(judged)) => {
            let own = judged
                .judged
                .iter()
                .flat_map(|judged| &judged.diagnostics)
                .find(|found| found.help.is_some_and(|help| help.starts_with("this is the judge's fault")));
            let shown = contract_tests::visible::visible(&judged.to_string()).into_owned();
            match own {
                Some(fault) => Err(fault.to_string()),
                None if shown.chars().any(is_hidden) => Err("the report steers the terminal".into()),
                None if judged.passed() => Ok("passed"),
                None => Ok("with diagnostics"),
            }
        }
    }
}

/// The document of a seed: a tree with a few changes, or a text with a few bytes or lines changed.
fn document(sources: &[Value], texts: &[String], seed: u64) -> String {
    let (mut numbers, source) = (Numbers(seed), seed as usize / 2 % sources.len());
    let damaged = match seed % 8 {
        3 => damage_bytes(texts[source].as_bytes(), &mut numbers),
        7 => damage_lines(texts[source].as_bytes(), &mut numbers),
        _ => damage_tree(&sources[source], &mut numbers),
    };
    String::from_utf8_lossy(&damaged).into_owned()
}

#[test]
fn no_document_brings_the_judge_down() {
    let number = |name: &str| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut texts = vec![WHOLE.to_owned()];
    for name in ["requests.yaml", "responses.yaml"] {
        texts.push(std::fs::read_to_string(folder.join(name)).expect("the fixture is there"));
    }
    let read = |text: &String| Document::parse("fuzz.yaml", text).expect("the source is a document").root().clone();
    let sources: Vec<Value> = texts.iter().map(read).collect();
    let limit = number("FUZZ_SECONDS").map(Duration::from_secs);
    let seeds = match (number("FUZZ_SEED"), limit) {
        (Some(seed), _) => seed..seed + 1,
        (None, None) => 0..USUALLY,
        // Longer than anybody waits.
        (None, Some(_)) => 0..u64::MAX,
    };
    let began = Instant::now();
    let (given, documents) = channel::<(u64, String)>();
    let (told, outcomes) = channel();
    std::thread::spawn(move || {
        for (seed, text) in documents {
            let _ = told.send(outcome(&text, seed));
        }
    });
    let (mut counts, mut slowest, mut findings) = (std::collections::BTreeMap::new(), (Duration::ZERO, 0), Vec::new());
    for seed in seeds {
        if limit.is_some_and(|limit| began.elapsed() > limit) {
            break;
        }
        let text = document(&sources, &texts, seed);
        let start = Instant::now();
        given.send((seed, text.clone())).expect("the judge's thread is there");
        match outcomes.recv_timeout(LIMIT) {
            Ok(Ok(what)) => *counts.entry(what).or_insert(0_u64) += 1,
            Ok(Err(fault)) => findings.push(format!("seed {seed}: {fault}\n{text}")),
            Err(RecvTimeoutError::Timeout) => panic!("seed {seed}: over {LIMIT:?}: {text}"),
            Err(RecvTimeoutError::Disconnected) => panic!("seed {seed}: the judge's thread is gone: {text}"),
        }
        slowest = slowest.max((start.elapsed(), seed));
        if findings.len() >= 20 {
            break;
        }
    }
    println!("{counts:?}; the slowest took {slowest:?}; {} findings", findings.len());
    assert!(findings.is_empty(), "{}", findings.join("\n\n"));
}
