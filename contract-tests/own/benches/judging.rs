//! How fast the judge is: payloads made, payloads judged by every oracle in the process, calls over a socket.
//!
//! `cargo bench -p contract-tests-own --bench judging`
//!
//! Payloads are counted by the second of one core that was really had, so that other programs on the machine don't count;
//! the clock's figure stands beside it. No other program makes payloads and holds a client against them, so the judging is
//! held against what any suite does that asks a JSON Schema validator alone.

#![allow(clippy::expect_used, reason = "a benchmark that cannot go on must stop")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use contract_tests::client::{Arguments, Kind, Place, Setup};
use contract_tests::document::{Document, Pointer};
use contract_tests::ground::{Clients, Ground, Plan};
use contract_tests::oracle::{Draw, Findings, named};
use contract_tests::strategy::{Strategies, draw};
use contract_tests_own::SUBJECT;
use serde_json::{Value, json};

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
        Some(50_000),
        rate(|| {
            seed += 1;
            black_box(draw(&payloads, &place, seed, BATCH).expect("they are drawn")).len()
        }),
    );

    let clients = Clients::new().expect("a runtime");
    let ground = Ground::new(&document, &SUBJECT, Plan { cases: 1, seed: 0 }, &clients).expect("there is ground");
    let schema = ground.schema("Customer").expect("it is bound");
    let prepared = ground.prepared(schema).expect("it is prepared");
    let (derived, client) = (named("derived").expect("it is there"), named("client").expect("it is there"));
    let drawn = draw(&payloads, &place, 7, BATCH).expect("they are drawn");
    let each = |judge: &dyn Fn(&Value) -> bool| {
        rate(|| {
            assert!(drawn.iter().all(judge));
            drawn.len()
        })
    };
    let by = |oracle: &dyn contract_tests::oracle::Oracle, payload: &Value| {
        let mut found = Findings::of(oracle.name());
        oracle.draw(&ground, schema, &Draw { payload, conforms: true }, &mut found).expect("it is judged");
        found.differences.is_empty()
    };
    let by_document = |payload: &Value| prepared.validator.accepts(payload);
    let by_derived = |payload: &Value| by(derived, payload);
    let by_client = |payload: &Value| by(client, payload);
    report(
        "customers judged by document, derived schema and client",
        Some(50_000),
        each(&|payload| by_document(payload) && by_derived(payload) && by_client(payload)),
    );
    report("  by the document's schema alone (the peer)", None, each(&by_document));
    report("  by the derived schema alone", None, each(&by_derived));
    report("  by the client alone: decode, conformance, strict, encode", None, each(&by_client));

    let mock = clients.run(contract_tests::mock::start(&document, 0)).expect("the mock server starts");
    let operation = SUBJECT.operations.first().expect("there is an operation");
    let arguments = Arguments::default().with(Place::Path, "domainId", json!(10000001));
    let setup = Setup { base_url: mock.base_url.clone(), token: Some("token".into()), ..Setup::default() };
    let connected = clients.connect(&SUBJECT, &setup).expect("there is a client");
    let (_, calls) = rate(|| {
        clients.run(async {
            let call = || tokio::spawn((operation.call)(&connected, arguments.clone()));
            let calls: Vec<_> = (0..16).map(|_| call()).collect();
            let mut done = 0;
            for call in calls {
                assert_eq!(call.await.expect("it ends").kind, Kind::Value);
                done += 1;
            }
            done
        })
    });
    println!("{:<62}{calls:>10.0} a second by the clock (goal 7000)", "calls against the mock server, 16 at once");
}

/// How many a second of one core, and how many by the clock on the wall.
fn rate(mut some: impl FnMut() -> usize) -> (f64, f64) {
    some();
    let (start, spent, mut done) = (Instant::now(), processor_time(), 0);
    while start.elapsed() < TIME {
        done += some();
    }
    let wall = start.elapsed().as_secs_f64();
    let spent = match (spent, processor_time()) {
        (Some(before), Some(after)) => (after - before).as_secs_f64(),
        _ => wall,
    };
    (done as f64 / spent, done as f64 / wall)
}

/// What this thread has had of a processor, as Linux counts it; elsewhere nobody says, and the clock must do.
fn processor_time() -> Option<Duration> {
    let counted = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(counted.split_whitespace().next()?.parse().ok()?))
}

fn report(what: &str, goal: Option<u32>, (core, wall): (f64, f64)) {
    let goal = goal.map_or_else(String::new, |goal| format!(" (goal {goal})"));
    println!("{what:<62}{core:>10.0} a second of one core{goal}, {wall:.0} by the clock");
}
