//! How fast the judge is: payloads made, payloads judged by every oracle in the process, calls over a socket.
//!
//! `cargo bench -p contract-tests --bench judging`

#![allow(clippy::expect_used, reason = "a benchmark that cannot go on must stop")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use contract_tests::bindings::{Call, Connection, OPERATIONS, SCHEMAS};
use contract_tests::document::{Conjunction, Document, Pointer};
use contract_tests::ground::{Plan, prepare};
use contract_tests::oracle::client::judge_valid;
use contract_tests::oracle::derived;
use contract_tests::strategy::{Strategies, draw};
use serde_json::json;

/// How long each measure takes.
const TIME: Duration = Duration::from_secs(2);
const BATCH: usize = 500;

fn main() {
    let document = Document::own().expect("the workspace has a document");
    let place = Pointer::written("/components/schemas/Customer");
    let schema = document.at(&place).expect("there are customers");

    let payloads = Strategies::new(&document).payloads(schema.clone()).expect("there are payloads");
    let mut seed = 0;
    report(
        "valid customers made",
        50_000,
        rate(|| {
            seed += 1;
            black_box(draw(&payloads, &place, seed, BATCH).expect("they are drawn")).len()
        }),
    );

    let ground = prepare(&document, "Customer", schema.clone(), Plan { cases: 1, seed: 0 }).expect("it is prepared");
    let binding = SCHEMAS.iter().find(|binding| binding.name == "Customer").expect("it is bound");
    let compiled = derived::compiled(binding).expect("it compiles").expect("there is a derived schema");
    let conjunction = Conjunction::of(&document, schema).expect("it is read");
    let drawn = draw(&payloads, &place, 7, BATCH).expect("they are drawn");
    report(
        "customers judged by document, derived schema and client",
        50_000,
        rate(|| {
            for payload in &drawn {
                assert!(ground.validator.accepts(payload));
                assert!(compiled.accepts(payload));
                assert!(judge_valid(&document, &conjunction, binding, payload).expect("it is judged").is_none());
            }
            drawn.len()
        }),
    );

    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let mock = runtime.block_on(contract_tests::mock::start(&document, 0)).expect("the mock server starts");
    let operation = OPERATIONS.first().expect("there is an operation");
    let arguments = json!({ "domainId": 10000001 }).as_object().cloned().expect("an object");
    let connection = Connection { token: Some("token"), ..Connection::default() };
    let call = Call { base_url: mock.base_url.clone(), arguments, connection, client: None };
    let call = call.prepared().expect("there is a client");
    report(
        "calls against the mock server, 16 at once",
        7_000,
        rate(|| {
            runtime.block_on(async {
                let calls: Vec<_> = (0..16).map(|_| tokio::spawn((operation.call)(call.clone()))).collect();
                let mut done = 0;
                for call in calls {
                    assert_eq!(call.await.expect("it ends").seen.kind, "value");
                    done += 1;
                }
                done
            })
        }),
    );
}

/// How many a second.
fn rate(mut some: impl FnMut() -> usize) -> f64 {
    some();
    let (start, mut done) = (Instant::now(), 0);
    while start.elapsed() < TIME {
        done += some();
    }
    done as f64 / start.elapsed().as_secs_f64()
}

fn report(what: &str, goal: u32, rate: f64) {
    println!("{what:<58}{rate:>10.0} a second (goal {goal})");
}
