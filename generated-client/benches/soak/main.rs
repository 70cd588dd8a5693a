//! A hundred thousand calls through a server that sheds one in three, with tokens that expire every second.
//!
//! Each call ends once, memory stays as it is, and no renewal takes more than one token:
//!
//! ```sh
//! cargo bench -p lineworks-partner-client --bench soak
//! ```

#![allow(clippy::expect_used, reason = "a benchmark fails by panicking")]

#[path = "../calls/server.rs"]
mod server;

use std::sync::Arc;
use std::time::{Duration, Instant};

use lineworks_partner_client::{Client, ServiceAccount};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use server::{Server, Trouble};

/// As many calls are under way at once.
const IN_FLIGHT: usize = 64;

/// How much more memory may be in use at the end than after a fifth of the calls, in MiB.
const GROWTH: f64 = 4.0;

/// A token is renewed halfway to its end.
const LIFETIME: u64 = 1;

#[tokio::main]
async fn main() {
    // `cargo test` runs benchmarks for a moment, to see that they work.
    let is_test = !std::env::args().any(|argument| argument == "--bench");
    let calls = if is_test { 500 } else { 100_000 };
    let server = Server::start(Trouble { sheds_one_in: Some(3), lifetime: LIFETIME }).await;
    let account = ServiceAccount::builder().client_id("client").client_secret("secret").account("bot");
    let account = account.private_key(server::key()).token_url(format!("{}/token", server.url()));
    let wait = Duration::from_millis(1);
    let builder = Client::builder().base_url(server.url()).backoff(wait, wait * 10).retries(10);
    let client = builder.credentials(account.build().expect("credentials")).build().expect("a client");

    let began = Instant::now();
    let (mut ended, mut failed, mut early) = (0, 0, None);
    let free = Arc::new(Semaphore::new(IN_FLIGHT));
    let mut under_way = JoinSet::new();
    for _ in 0..calls {
        let place = Arc::clone(&free).acquire_owned().await.expect("an open semaphore");
        let client = client.clone();
        under_way.spawn(async move {
            let result = client.get_customer().domain_id(10000001).send().await;
            drop(place);
            result.map(drop)
        });
        while let Some(result) = under_way.try_join_next() {
            ended += 1;
            failed += usize::from(result.expect("no panic").is_err());
        }
        if early.is_none() && ended >= calls / 5 {
            early = Some(memory());
        }
    }
    while let Some(result) = under_way.join_next().await {
        ended += 1;
        failed += usize::from(result.expect("no panic").is_err());
    }
    let (took, tokens) = (began.elapsed(), server.tokens());
    let grown = memory() - early.unwrap_or_default();
    println!(
        "{ended} calls ended, {failed} of them failed, in {took:.1?} and {} requests; {tokens} tokens; memory grew by \
         {grown:.1} MiB from a fifth of the calls on",
        server.requests()
    );
    assert_eq!(ended, calls, "each call ends once");
    // One in three is shed, and eleven in a row of one call are some few in a million.
    assert!(failed <= 1 + calls / 10_000, "{failed} calls failed");
    let renewals = took.as_secs_f64() / (LIFETIME as f64 / 2.0) + 2.0;
    assert!((tokens as f64) <= renewals, "{tokens} tokens within {took:?}");
    assert!(is_test || grown < GROWTH, "memory grew by {grown:.1} MiB");
}

/// The memory in use, in MiB, where the system says so.
fn memory() -> f64 {
    let pages = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let resident = pages.split(' ').nth(1).and_then(|pages| pages.parse::<f64>().ok());
    resident.unwrap_or_default() * 4096.0 / 1024.0 / 1024.0
}
