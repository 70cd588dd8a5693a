//! What calls cost beside bare reqwest, and what becomes of them when the server sheds load.

#![allow(clippy::expect_used, reason = "a benchmark fails by panicking")]

mod server;

use std::sync::Arc;
use std::time::{Duration, Instant};

use lineworks_partner_client::{Client, Error, ServiceAccount};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use server::Server;

/// As many calls are under way at once.
const IN_FLIGHT: usize = 64;

#[tokio::main]
async fn main() {
    // `cargo test` runs benchmarks for a moment, to see that they work.
    let is_test = !std::env::args().any(|argument| argument == "--bench");
    let (rounds, calls, shed) = if is_test { (1, 64, 64) } else { (15, 1000, 10_000) };
    one_by_one(rounds * 200).await;
    side_by_side(rounds, calls).await;
    shedding(shed).await;
}

fn account(server: &Server) -> ServiceAccount {
    let key = server::key();
    let account = ServiceAccount::builder().client_id("client").client_secret("secret").account("bot").private_key(key);
    account.token_url(format!("{}/token", server.url())).build().expect("credentials")
}

/// reqwest as one would set it up for production: with time limits.
fn http() -> reqwest::Client {
    let limit = Duration::from_secs(15);
    reqwest::Client::builder().connect_timeout(limit).timeout(limit).build().expect("an HTTP client")
}

async fn bare(http: &reqwest::Client, url: &str) {
    let answer =
        http.get(url).header("accept", "application/json").bearer_auth("token").send().await.expect("an answer");
    let body = answer.bytes().await.expect("a body");
    std::hint::black_box(serde_json::from_slice::<server::Customer>(&body).expect("a customer"));
}

async fn ours(client: &Client) {
    std::hint::black_box(client.get_customer().domain_id(10000001).send().await.expect("a customer"));
}

async fn one_by_one(pairs: usize) {
    let server = Server::start(None).await;
    let client = Client::builder().base_url(server.url()).token("token").build().expect("a client");
    let (http, url) = (http(), format!("{}/partners/customers/10000001", server.url()));
    let (mut a, mut b) = (Vec::new(), Vec::new());
    for _ in 0..pairs {
        let began = Instant::now();
        bare(&http, &url).await;
        a.push(began.elapsed());
        let began = Instant::now();
        ours(&client).await;
        b.push(began.elapsed());
    }
    compare("a call alone", a, b);
}

async fn side_by_side(rounds: usize, calls: usize) {
    let server = Server::start(None).await;
    let client = Client::builder().base_url(server.url()).credentials(account(&server)).build().expect("a client");
    let (http, url) = (http(), format!("{}/partners/customers/10000001", server.url()));
    let (mut a, mut b) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        let began = Instant::now();
        at_once(calls, || {
            let (http, url) = (http.clone(), url.clone());
            async move { bare(&http, &url).await }
        })
        .await;
        a.push(began.elapsed());
        let began = Instant::now();
        at_once(calls, || {
            let client = client.clone();
            async move { ours(&client).await }
        })
        .await;
        b.push(began.elapsed());
    }
    compare(&format!("{calls} calls, {IN_FLIGHT} in flight, service account"), a, b);
    println!("tokens fetched: {}", server.tokens());
}

/// A third of the calls are refused or cut off; each must end, and in time.
async fn shedding(calls: usize) {
    let server = Server::start(Some(3)).await;
    let limit = Duration::from_secs(20);
    let builder = Client::builder().base_url(server.url()).token("token").total_timeout(limit);
    let client = builder.backoff(Duration::from_millis(10), Duration::from_millis(200)).build().expect("a client");
    let began = Instant::now();
    let results = at_once(calls, || {
        let client = client.clone();
        async move {
            let began = Instant::now();
            let result = client.get_customer().domain_id(10000001).send().await;
            (began.elapsed(), result.map(drop))
        }
    })
    .await;
    let longest = results.iter().map(|(took, _)| *took).max().unwrap_or_default();
    let fetched = results.iter().filter(|(_, result)| result.is_ok()).count();
    let cut = results.iter().filter(|(_, result)| matches!(result, Err(Error::Communication(_)))).count();
    println!(
        "shedding one call in three: {} calls ended, {fetched} with a customer, {cut} cut off, {} refused; longest {longest:?}, all in \
         {:?}; {} requests came",
        results.len(),
        results.len() - fetched - cut,
        began.elapsed(),
        server.requests()
    );
    assert!(results.len() == calls && longest < limit);
}

/// Runs the calls, so many at once, and gives what they gave.
async fn at_once<T: Send + 'static, F: Future<Output = T> + Send + 'static>(
    calls: usize,
    call: impl Fn() -> F,
) -> Vec<T> {
    let permits = Arc::new(Semaphore::new(IN_FLIGHT));
    let mut running = JoinSet::new();
    for _ in 0..calls {
        let (permits, call) = (Arc::clone(&permits), call());
        running.spawn(async move {
            let _permit = permits.acquire().await;
            call.await
        });
    }
    running.join_all().await
}

fn compare(what: &str, mut bare: Vec<Duration>, mut ours: Vec<Duration>) {
    bare.sort_unstable();
    ours.sort_unstable();
    let (bare, ours) = (bare[bare.len() / 2], ours[ours.len() / 2]);
    let ratio = ours.as_secs_f64() / bare.as_secs_f64();
    println!("{what}: bare reqwest and serde {bare:?}, client {ours:?}, {ratio:.2}x of the median");
}
