//! Fetches many customers at once, no more than the rate limit allows, and shows how far it is.
//!
//! The arguments are domain ids; without any, a mock server gives two hundred, and refuses some calls at first.

mod output;

use std::error::Error;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use lineworks_partner_client::mock::{MockServer, MockServerExt};
use lineworks_partner_client::{Client, RateLimit};
use output::say;
use tokio::task::JoinSet;

/// How many calls are under way at once.
const AT_ONCE: usize = 8;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let ids = std::env::args().skip(1).map(|argument| argument.parse()).collect::<Result<Vec<i64>, _>>()?;
    if !ids.is_empty() {
        let token = std::env::var("LINEWORKS_ACCESS_TOKEN").map_err(|_| "LINEWORKS_ACCESS_TOKEN is not set")?;
        let patience = Duration::from_secs(300);
        return fetch_all(&Client::builder().token(token).retries(10).total_timeout(patience).build()?, ids).await;
    }
    let server = MockServer::start();
    server.get_customer(|_, then| {
        then.example_429().rate_limit_remaining(0).rate_limit_reset(0).times(40);
    });
    server.get_customer(|_, then| {
        then.example_200().rate_limit_remaining(200);
    });
    say!("no domain ids given: fetching 200 customers from a mock server");
    let wait = Duration::from_millis(20);
    let client =
        Client::builder().base_url(server.api_url()).token("any").retries(10).backoff(wait, wait * 10).build()?;
    fetch_all(&client, (10000001..=10000200).collect()).await
}

async fn fetch_all(client: &Client, ids: Vec<i64>) -> Result<(), Box<dyn Error>> {
    // Nothing is drawn where standard error is no terminal.
    let bar =
        ProgressBar::new(ids.len() as u64).with_style(ProgressStyle::with_template("{bar:40} {pos}/{len} {msg}")?);
    let permits = Arc::new(tokio::sync::Semaphore::new(AT_ONCE));
    let mut calls = JoinSet::new();
    for id in ids {
        let (client, permits) = (client.clone(), Arc::clone(&permits));
        calls.spawn(async move {
            let _permit = permits.acquire().await;
            (id, client.get_customer().domain_id(id).send().await)
        });
    }
    let (mut fetched, mut failed) = (0, Vec::new());
    while let Some(call) = calls.join_next().await {
        match call? {
            (_, Ok(response)) => {
                fetched += 1;
                if let Some(remaining) = RateLimit::of(&response).remaining {
                    bar.set_message(format!("{remaining} calls left"));
                }
            }
            (id, Err(error)) => failed.push(format!("{id}: {error}")),
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    say!("{fetched} customers fetched");
    if failed.is_empty() { Ok(()) } else { Err(failed.join("\n").into()) }
}
