//! What calls cost beside bare reqwest, and what becomes of them when the server sheds load.
//!
//! `cargo bench -p lineworks-partner-client --bench calls`. With `bare 1000` or `client 1000` as its arguments it makes so
//! many calls, side by side, and nothing else: `valgrind --tool=callgrind` counts their instructions, which other programs of
//! the machine leave as they are.

#![allow(clippy::expect_used, reason = "a benchmark fails by panicking")]

mod server;

use std::sync::Arc;
use std::time::{Duration, Instant};

use lineworks_partner_client::types::Customer;
use lineworks_partner_client::{Client, Error, ServiceAccount};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use server::{Server, Trouble};

/// As many calls are under way at once.
const IN_FLIGHT: usize = 64;

/// A server that sheds load does so with one call in so many, at random.
const SHEDS_ONE_IN: u64 = 3;

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let counted = arguments.iter().position(|argument| argument == "bare" || argument == "client");
    if let Some(place) = counted {
        let calls = arguments.get(place + 1).and_then(|calls| calls.parse().ok()).unwrap_or(1000);
        return alone(&arguments[place], calls).await;
    }
    // `cargo test` runs benchmarks for a moment, to see that they work.
    let is_test = !arguments.iter().any(|argument| argument == "--bench");
    let (rounds, calls, shed) = if is_test { (1, 64, 64) } else { (101, 1000, 10_000) };
    one_by_one(rounds * 30).await;
    side_by_side(rounds, calls).await;
    shedding(shed).await;
}

/// Calls of one kind and nothing else.
async fn alone(kind: &str, calls: usize) {
    let server = Server::start(Trouble::default()).await;
    let client = Client::builder().base_url(server.url()).credentials(account(&server)).build().expect("a client");
    let (http, url) = (http(), customer(&server));
    let mut left = calls;
    while left > 0 {
        let now = left.min(1000);
        match kind {
            "bare" => drop(at_once(now, || bare_call(&http, &url)).await),
            _ => drop(at_once(now, || our_call(&client)).await),
        }
        left -= now;
    }
}

fn bare_call(http: &reqwest::Client, url: &str) -> impl Future<Output = ()> + Send + 'static {
    let (http, url) = (http.clone(), url.to_owned());
    async move { bare(&http, &url).await }
}

fn our_call(client: &Client) -> impl Future<Output = ()> + Send + 'static {
    let client = client.clone();
    async move { ours(&client).await }
}

fn customer(server: &Server) -> String {
    format!("{}/partners/customers/10000001", server.url())
}

fn account(server: &Server) -> ServiceAccount {
    let key = server::key();
    let account = ServiceAccount::builder().client_id("client").client_secret("secret").account("bot").private_key(key);
    account.token_url(format!("{}/token", server.url())).build().expect("credentials")
}

/// The token, of either side: the server looks at each.
const TOKEN: &str = "token-0";

/// reqwest as one would set it up for production: with a name and time limits.
fn http() -> reqwest::Client {
    const NAME: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
    let limit = Duration::from_secs(15);
    reqwest::Client::builder().user_agent(NAME).connect_timeout(limit).timeout(limit).build().expect("an HTTP client")
}

/// What one would write without the client: the token sent, the status looked at, the same struct decoded.
async fn bare(http: &reqwest::Client, url: &str) {
    let request = http.get(url).header("accept", "application/json").bearer_auth(TOKEN);
    let response = request.send().await.expect("a response").error_for_status().expect("a success");
    std::hint::black_box(response.json::<Customer>().await.expect("a customer"));
}

async fn ours(client: &Client) {
    std::hint::black_box(client.get_customer().domain_id(10000001).send().await.expect("a customer"));
}

async fn one_by_one(pairs: usize) {
    let server = Server::start(Trouble::default()).await;
    let client = Client::builder().base_url(server.url()).token(TOKEN).build().expect("a client");
    let (http, other, url) = (http(), self::http(), customer(&server));
    let one = async || bare(&http, &url).await;
    compare("a call alone, bare beside bare", in_turns(pairs, one, async || bare(&other, &url).await).await);
    compare("a call alone", in_turns(pairs, one, async || ours(&client).await).await);
}

async fn side_by_side(rounds: usize, calls: usize) {
    let server = Server::start(Trouble::default()).await;
    let client = Client::builder().base_url(server.url()).credentials(account(&server)).build().expect("a client");
    let (http, other, url) = (http(), self::http(), customer(&server));
    let bare = async || drop(at_once(calls, || bare_call(&http, &url)).await);
    let other = async || drop(at_once(calls, || bare_call(&other, &url)).await);
    let ours = async || drop(at_once(calls, || our_call(&client)).await);
    let what = format!("{calls} calls, {IN_FLIGHT} in flight");
    compare(&format!("{what}, bare beside bare"), in_turns(rounds, bare, other).await);
    compare(&format!("{what}, service account"), in_turns(rounds, bare, ours).await);
    println!("tokens fetched: {}", server.tokens());
    assert_eq!(server.tokens(), 1);
}

/// How long both take, pair by pair, after one that does not count. Who is first changes, lest the first warms the caches for the
/// second.
async fn in_turns(pairs: usize, bare: impl AsyncFn(), ours: impl AsyncFn()) -> Vec<(Duration, Duration)> {
    async fn taken(work: &impl AsyncFn()) -> Duration {
        let began = Instant::now();
        work().await;
        began.elapsed()
    }
    let mut all = Vec::new();
    for pair in 0..=pairs {
        all.push(if pair.is_multiple_of(2) {
            let bare = taken(&bare).await;
            (bare, taken(&ours).await)
        } else {
            let ours = taken(&ours).await;
            (taken(&bare).await, ours)
        });
    }
    all.split_off(1)
}

/// A third of the calls are refused, reset or broken off in the middle; each must end, in time, and with as many tries as it
/// is allowed.
async fn shedding(calls: usize) {
    const RETRIES: u32 = 3;
    let server = Server::start(Trouble { sheds_one_in: Some(SHEDS_ONE_IN), ..Trouble::default() }).await;
    let limit = Duration::from_secs(20);
    let builder = Client::builder().base_url(server.url()).token("token").total_timeout(limit).retries(RETRIES);
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
    let count = |is: fn(&Result<(), Error>) -> bool| results.iter().filter(|(_, result)| is(result)).count();
    let failed = count(Result::is_err);
    let reset = count(|result| matches!(result, Err(Error::Communication(_))));
    let refused = count(|result| matches!(result, Err(error) if error.status().is_some_and(|status| status != 200)));
    // What fails is what was shed each time: a binomial number, of which five deviations more would be no chance.
    let expected = calls as f64 / (SHEDS_ONE_IN as f64).powi(RETRIES as i32 + 1);
    println!(
        "shedding one call in {SHEDS_ONE_IN}: {} calls ended, {} with a customer; {failed} failed ({expected:.0} expected): {refused} \
         refused, {reset} reset, {} broken off; longest {longest:?}, all in {:?}; {} requests came",
        results.len(),
        results.len() - failed,
        failed - refused - reset,
        began.elapsed(),
        server.requests()
    );
    assert!(results.len() == calls && longest < limit);
    assert!(failed as f64 <= expected + 5.0 * expected.sqrt());
    assert!(server.requests() <= calls * (RETRIES as usize + 1));
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

/// Shows the medians of both sides and of the pairs' ratios, with the bounds between which the latter lies at 95 %: they stand
/// 1.96 deviations of a fair coin's heads from the middle of the sorted ratios.
fn compare(what: &str, pairs: Vec<(Duration, Duration)>) {
    let sorted = |mut values: Vec<f64>| {
        values.sort_unstable_by(f64::total_cmp);
        values
    };
    let side = |side: fn(&(Duration, Duration)) -> Duration| {
        let times = sorted(pairs.iter().map(|pair| side(pair).as_secs_f64()).collect());
        Duration::from_secs_f64(times[times.len() / 2])
    };
    let ratios = sorted(pairs.iter().map(|(bare, ours)| ours.as_secs_f64() / bare.as_secs_f64()).collect());
    let apart = (0.98 * (ratios.len() as f64).sqrt()).ceil() as usize;
    let middle = ratios.len() / 2;
    println!(
        "{what}: bare reqwest {:?}, client {:?}; median of {} paired ratios {:.3} (95 %: {:.3} to {:.3})",
        side(|pair| pair.0),
        side(|pair| pair.1),
        ratios.len(),
        ratios[middle],
        ratios[middle.saturating_sub(apart)],
        ratios[(middle + apart).min(ratios.len() - 1)]
    );
}
