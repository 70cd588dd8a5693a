//! How fast the judge is: payloads made, payloads judged by every oracle in the process, calls over a socket.
//!
//! `cargo bench -p contract-tests --bench judging`
//!
//! Payloads are counted by the second of one core that was really had, so that other programs on the machine don't count;
//! the clock's figure stands beside it. No other program makes payloads and holds a client against them, so the judging is
//! held against what any suite does that asks a JSON Schema validator alone.

#![allow(clippy::expect_used, reason = "a benchmark that cannot go on must stop")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use contract_tests::bindings::{Call, Connection, OPERATIONS, SCHEMAS};
use contract_tests::document::{Conjunction, Document, Pointer};
use contract_tests::ground::Plan;
use contract_tests::oracle::client::judge_valid;
use contract_tests::oracle::derived;
use contract_tests::prepared::prepare;
use contract_tests::strategy::{Strategies, draw};
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

    let ground = prepare(&document, "Customer", schema.clone(), Plan { cases: 1, seed: 0 }).expect("it is prepared");
    let binding = SCHEMAS.iter().find(|binding| binding.name == "Customer").expect("it is bound");
    let compiled = derived::compiled(binding).expect("it compiles").expect("there is a derived schema");
    let conjunction = Conjunction::of(&document, schema).expect("it is read");
    let drawn = draw(&payloads, &place, 7, BATCH).expect("they are drawn");
    let each = |judge: &dyn Fn(&Value) -> bool| {
        rate(|| {
            assert!(drawn.iter().all(judge));
            drawn.len()
        })
    };
    let by_document = |payload: &Value| ground.validator.accepts(payload);
    let by_derived = |payload: &Value| compiled.accepts(payload);
    let by_client =
        |payload: &Value| judge_valid(&document, &conjunction, binding, payload).expect("it is judged").is_none();
    report(
        "customers judged by document, derived schema and client",
        Some(50_000),
        each(&|payload| by_document(payload) && by_derived(payload) && by_client(payload)),
    );
    report("  by the document's schema alone (the peer)", None, each(&by_document));
    report("  by the derived schema alone", None, each(&by_derived));
    report("  by the client alone: decode, conformance, strict, encode", None, each(&by_client));

    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let mock = runtime.block_on(contract_tests::mock::start(&document, 0)).expect("the mock server starts");
    let operation = OPERATIONS.first().expect("there is an operation");
    let arguments = json!({ "domainId": 10000001 }).as_object().cloned().expect("an object");
    let connection = Connection { token: Some("token"), ..Connection::default() };
    let call = Call { base_url: mock.base_url.clone(), arguments, connection, client: None };
    let call = call.prepared().expect("there is a client");
    let (_, calls) = rate(|| {
        runtime.block_on(async {
            let calls: Vec<_> = (0..16).map(|_| tokio::spawn((operation.call)(call.clone()))).collect();
            let mut done = 0;
            for call in calls {
                assert_eq!(call.await.expect("it ends").seen.kind, "value");
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
