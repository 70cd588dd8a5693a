//! How long the waits between attempts are, and what ends them.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use httpmock::{HttpMockRequest, HttpMockResponse, MockServer};

use super::payloads::builder;

/// A server that is never ready, and when each of its requests came.
async fn unavailable(server: &MockServer) -> Arc<Mutex<Vec<Instant>>> {
    let came = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&came);
    server
        .mock_async(move |_, then| {
            then.respond_with(move |_: &HttpMockRequest| {
                noted.lock().expect("no panic elsewhere").push(Instant::now());
                HttpMockResponse::builder().status(503).build()
            });
        })
        .await;
    came
}

/// How many requests come of one call, and how long it takes.
async fn call(
    change: impl FnOnce(lineworks_partner_client::ClientBuilder) -> lineworks_partner_client::ClientBuilder,
) -> (usize, Duration) {
    let server = MockServer::start_async().await;
    let came = unavailable(&server).await;
    let client = change(builder(&server)).build().expect("a client");
    let began = Instant::now();
    let error = client.get_customer().domain_id(10000001).send().await.expect_err("no customer");
    // A call whose time is up may end within an attempt, which has no status then.
    assert!(error.status().is_none_or(|status| status == 503), "{error}");
    let requests = came.lock().expect("no panic elsewhere").len();
    (requests, began.elapsed())
}

#[tokio::test]
async fn no_wait_is_longer_than_the_longest() {
    let (first, longest) = (Duration::from_millis(1), Duration::from_millis(5));
    let (requests, took) = call(|builder| builder.retries(12).backoff(first, longest)).await;
    assert_eq!(requests, 13);
    assert!(took < Duration::from_secs(3), "{took:?}");
}

#[tokio::test]
async fn the_first_wait_is_the_shortest() {
    let (first, longest) = (Duration::from_millis(1), Duration::from_secs(8));
    let (requests, took) = call(|builder| builder.retries(3).backoff(first, longest)).await;
    assert_eq!(requests, 4);
    assert!(took < Duration::from_secs(3), "{took:?}");
}

#[tokio::test]
async fn a_call_ends_within_its_time_however_often_it_may_be_tried() {
    let wait = Duration::from_millis(100);
    let (requests, took) =
        call(|builder| builder.retries(100).backoff(wait, wait).total_timeout(Duration::from_millis(400))).await;
    assert!((1..=4).contains(&requests), "{requests}");
    assert!(took < Duration::from_secs(3), "{took:?}");
}

#[tokio::test]
async fn an_attempt_ends_with_the_call() {
    let server = MockServer::start_async().await;
    server.mock_async(|_, then| drop(then.status(200).delay(Duration::from_secs(8)))).await;
    let builder = builder(&server).timeout(Duration::from_secs(8)).total_timeout(Duration::from_millis(300));
    let began = Instant::now();
    builder.build().expect("a client").get_customer().domain_id(10000001).send().await.expect_err("no response");
    assert!(began.elapsed() < Duration::from_secs(4), "{:?}", began.elapsed());
}

#[tokio::test]
async fn callers_who_failed_together_come_back_apart() {
    let server = MockServer::start_async().await;
    let came = unavailable(&server).await;
    let wait = Duration::from_millis(400);
    let client = builder(&server).retries(1).backoff(wait, wait).build().expect("a client");
    let calls: Vec<_> = (0..30)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.get_customer().domain_id(10000001).send().await.map(drop) })
        })
        .collect();
    for call in calls {
        call.await.expect("no panic").expect_err("no customer");
    }
    let came = came.lock().expect("no panic elsewhere");
    // Of thirty waits of 0.4 to 0.8 s, the earliest and the latest are as good as never within a fifth of that.
    assert!(came[59] - came[30] > Duration::from_millis(80), "{:?}", came[59] - came[30]);
}
