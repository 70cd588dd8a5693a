//! Calls that are tried again, and how long they take at most.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use httpmock::{HttpMockRequest, HttpMockResponse, MockServer};
use lineworks_partner_client::{Client, Error, RateLimit, Reason};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::payloads::{builder, customer};

/// A refusal: its status, and a header.
type Refusal = (u16, &'static str, &'static str);

/// A server that responds to the first calls with these statuses, each with a header, and then with a customer.
async fn recovering(refusals: &'static [Refusal]) -> (MockServer, Arc<AtomicUsize>) {
    let server = MockServer::start_async().await;
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&calls);
    server
        .mock_async(move |_, then| {
            then.respond_with(move |_: &HttpMockRequest| {
                let response = HttpMockResponse::builder();
                match refusals.get(counted.fetch_add(1, Ordering::SeqCst)) {
                    Some((status, name, value)) => response.status(*status).header(*name, *value).build(),
                    None => response
                        .status(200)
                        .header("content-type", "application/json")
                        .body(customer().to_string())
                        .build(),
                }
            });
        })
        .await;
    (server, calls)
}

#[tokio::test]
async fn what_may_pass_is_tried_again() {
    let (server, calls) = recovering(&[(408, "x", ""), (502, "x", ""), (504, "x", "")]).await;
    let client = builder(&server).build().expect("a client");
    client.get_customer().domain_id(10000001).send().await.expect("a customer");
    assert_eq!(calls.load(Ordering::SeqCst), 4);
}

#[tokio::test]
async fn tries_are_bounded_and_can_be_switched_off() {
    for (retries, expected) in [(0, 1), (1, 2), (2, 3)] {
        let (server, calls) = recovering(&[(503, "x", ""); 10]).await;
        let client = builder(&server).retries(retries).build().expect("a client");
        let error = client.get_customer().domain_id(10000001).send().await.expect_err("an error");
        assert_eq!(error.status().expect("a status"), 503);
        assert_eq!(calls.load(Ordering::SeqCst), expected);
    }
}

#[tokio::test]
async fn what_will_not_pass_is_not_tried_again() {
    const REFUSALS: [&[Refusal]; 5] =
        [&[(500, "x", "")], &[(404, "x", "")], &[(400, "x", "")], &[(409, "x", "")], &[(501, "x", "")]];
    for refusals in REFUSALS {
        let (server, calls) = recovering(refusals).await;
        let client = builder(&server).build().expect("a client");
        client.get_customer().domain_id(10000001).send().await.expect_err("an error");
        assert_eq!(calls.load(Ordering::SeqCst), 1);
    }
}

#[tokio::test]
async fn the_server_says_how_long_to_wait() {
    const REFUSALS: [&[Refusal]; 3] =
        [&[(429, "rateLimit-reset", "1")], &[(429, "Retry-After", "1")], &[(503, "retry-after", " 1 ")]];
    for refusals in REFUSALS {
        let (server, calls) = recovering(refusals).await;
        let client = builder(&server).build().expect("a client");
        let began = Instant::now();
        client.get_customer().domain_id(10000001).send().await.expect("a customer");
        let took = began.elapsed();
        assert!((Duration::from_secs(1)..Duration::from_secs(4)).contains(&took), "{took:?}");
        assert_eq!(calls.load(Ordering::SeqCst), 2);
    }
}

#[tokio::test]
async fn what_names_no_time_to_come_makes_no_wait_longer() {
    const REFUSALS: [&[Refusal]; 4] = [
        &[(429, "retry-after", "Sun, 06 Nov 1994 08:49:37 GMT")],
        &[(429, "retry-after", "0")],
        &[(429, "retry-after", "-1")],
        &[(429, "retry-after", "soon")],
    ];
    for refusals in REFUSALS {
        let (server, calls) = recovering(refusals).await;
        let client = builder(&server).build().expect("a client");
        let began = Instant::now();
        client.get_customer().domain_id(10000001).send().await.expect("a customer");
        assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
        assert_eq!(calls.load(Ordering::SeqCst), 2);
    }
}

#[tokio::test]
async fn retry_after_counts_ahead_of_the_reset_header() {
    let server = MockServer::start_async().await;
    server
        .mock_async(|_, then| {
            drop(then.status(429).header("retry-after", "0").header("rateLimit-reset", "3600").up_to_n_times(1))
        })
        .await;
    server
        .mock_async(|_, then| {
            then.status(200).header("content-type", "application/json").body(customer().to_string());
        })
        .await;
    builder(&server).build().expect("a client").get_customer().domain_id(10000001).send().await.expect("a customer");
}

#[tokio::test]
async fn a_wait_beyond_the_limit_is_not_begun() {
    const REFUSALS: [&[Refusal]; 3] = [
        &[(429, "rateLimit-reset", "3600")],
        &[(429, "retry-after", "Fri, 31 Dec 2100 23:59:59 GMT")],
        &[(429, "retry-after", "18446744073709551615")],
    ];
    for refusals in REFUSALS {
        let (server, calls) = recovering(refusals).await;
        let client = builder(&server).build().expect("a client");
        let began = Instant::now();
        let error = client.get_customer().domain_id(10000001).send().await.expect_err("an error");
        assert!(error.is_retryable() && began.elapsed() < Duration::from_secs(5));
        assert_eq!(calls.load(Ordering::SeqCst), 1);
    }
}

#[tokio::test]
async fn a_call_takes_no_longer_than_it_may() {
    let server = MockServer::start_async().await;
    server.mock_async(|_, then| drop(then.status(200).delay(Duration::from_secs(5)))).await;
    let builder = builder(&server).timeout(Duration::from_millis(200)).total_timeout(Duration::from_millis(500));
    let client = builder.build().expect("a client");
    let began = Instant::now();
    let error = client.get_customer().domain_id(10000001).send().await.expect_err("no response");
    assert!(matches!(&error, Error::Communication(cause) if cause.is_timeout()), "{error}");
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
}

#[tokio::test]
async fn a_broken_connection_is_tried_again() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&calls);
    tokio::spawn(async move {
        while let Ok((connection, _)) = listener.accept().await {
            counted.fetch_add(1, Ordering::SeqCst);
            drop(connection);
        }
    });
    let wait = Duration::from_millis(1);
    let builder = Client::builder().base_url(format!("http://{address}")).token("any").backoff(wait, wait);
    let client = builder.build().expect("a client");
    let error = client.get_customer().domain_id(10000001).send().await.expect_err("no response");
    assert!(matches!(error, Error::Communication(_)));
    assert_eq!(calls.load(Ordering::SeqCst), 4);
}

/// A server that breaks the connection off in the middle of its first responses, which begin with these lines, and counts.
async fn breaking_off(first: usize, lines: &'static str) -> (String, Arc<AtomicUsize>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&calls);
    tokio::spawn(async move {
        while let Ok((mut connection, _)) = listener.accept().await {
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                connection.read_buf(&mut head).await.expect("a request");
            }
            let number = counted.fetch_add(1, Ordering::SeqCst) + 1;
            let body = customer().to_string();
            let (lines, sent) = if number <= first { (lines, &body[..40]) } else { (WHOLE, &*body) };
            let response = format!(
                "HTTP/1.1 {lines}\r\ncontent-type: application/json\r\nx-number: {number}\r\nconnection: close\r\n\
                 content-length: {}\r\n\r\n{sent}",
                body.len()
            );
            connection.write_all(response.as_bytes()).await.expect("a reader");
        }
    });
    (format!("http://{address}"), calls)
}

/// The first line of what a server sends that has a customer.
const WHOLE: &str = "200 OK";

#[tokio::test]
async fn what_a_server_asks_for_counts_though_its_body_breaks_off() {
    let (base_url, calls) = breaking_off(1, "429 Too Many Requests\r\nretry-after: 1").await;
    let wait = Duration::from_millis(1);
    let client = Client::builder().base_url(base_url).token("any").backoff(wait, wait).build().expect("a client");
    let began = Instant::now();
    client.get_customer().domain_id(10000001).send().await.expect("a customer");
    assert!((Duration::from_secs(1)..Duration::from_secs(4)).contains(&began.elapsed()), "{:?}", began.elapsed());
    assert_eq!(calls.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_body_that_breaks_off_is_tried_again_and_kept_where_it_stays_so() {
    let wait = Duration::from_millis(1);
    for (first, retries, expected) in [(1, 3, 2), (3, 3, 4), (9, 3, 4), (9, 0, 1)] {
        let (base_url, calls) = breaking_off(first, WHOLE).await;
        let builder = Client::builder().base_url(base_url).token("any").retries(retries).backoff(wait, wait);
        let result = builder.build().expect("a client").get_customer().domain_id(10000001).send().await;
        assert_eq!(calls.load(Ordering::SeqCst), expected);
        if first < expected {
            assert_eq!(result.expect("a customer").domain_id, 10000001);
            continue;
        }
        let error = result.expect_err("a body that breaks off");
        assert!(error.is_retryable());
        let Error::UnexpectedResponse(found) = error else { panic!("{error}") };
        assert!(matches!(found.reason, Reason::Interrupted(_)), "{found}");
        assert_eq!(found.response.status(), 200);
        assert_eq!(found.response.headers()["x-number"], expected.to_string().as_str());
        assert_eq!(found.response.body(), &customer().to_string().as_bytes()[..40]);
    }
}

#[tokio::test]
async fn the_rate_limit_can_be_read_from_each_response() {
    let server = MockServer::start_async().await;
    server
        .mock_async(|_, then| {
            then.status(200)
                .header("content-type", "application/json")
                .header("rateLimit-limit", "240")
                .header("rateLimit-remaining", "239")
                .header("rateLimit-reset", "soon")
                .body(customer().to_string());
        })
        .await;
    let response = builder(&server).build().expect("a client").get_customer().domain_id(10000001).send().await;
    let limit = RateLimit::of(response.expect("a customer").headers());
    assert_eq!((limit.limit, limit.remaining, limit.reset), (Some(240), Some(239), None));
}

#[test]
fn the_rate_limit_is_reset_after_seconds() {
    let mut headers = reqwest::header::HeaderMap::new();
    headers.insert("ratelimit-reset", reqwest::header::HeaderValue::from_static("30"));
    assert_eq!(RateLimit::of(&headers).reset, Some(Duration::from_secs(30)));
}

#[tokio::test]
async fn callers_who_were_refused_together_come_back_apart() {
    let server = MockServer::start_async().await;
    let served = Arc::new(Mutex::new(Vec::new()));
    let (seen, kept) = (AtomicUsize::new(0), Arc::clone(&served));
    let began = Instant::now();
    server
        .mock_async(move |_, then| {
            then.respond_with(move |_: &HttpMockRequest| {
                let response = HttpMockResponse::builder();
                if seen.fetch_add(1, Ordering::SeqCst) < 200 {
                    return response.status(429).header("retry-after", "3").build();
                }
                kept.lock().expect("no panic elsewhere").push(began.elapsed());
                response.status(200).header("content-type", "application/json").body(customer().to_string()).build()
            });
        })
        .await;
    let client = builder(&server).build().expect("a client");
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..200 {
        let client = client.clone();
        calls.spawn(async move { client.get_customer().domain_id(10000001).send().await.map(drop) });
    }
    while let Some(result) = calls.join_next().await {
        result.expect("no panic").expect("a customer");
    }
    let mut served = served.lock().expect("no panic elsewhere").clone();
    served.sort();
    // The first ten and the last ten aside: however slow this machine is, it responds faster than they spread.
    let spread = served[189] - served[10];
    assert!(spread > Duration::from_millis(1500), "180 of 200 come back within {spread:?}");
    assert!(served[0] >= Duration::from_secs(3) && served[199] < Duration::from_secs(15), "{:?}", served[199]);
}

#[tokio::test]
async fn interim_responses_without_an_end_are_no_way_around_the_limit() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let base_url = format!("http://{}", listener.local_addr().expect("an address"));
    let (ended, end) = tokio::sync::oneshot::channel();
    tokio::spawn(async move {
        let (mut connection, _) = listener.accept().await.expect("a connection");
        connection.read_buf(&mut Vec::new()).await.expect("a request");
        let interim = b"HTTP/1.1 100 Continue\r\n\r\n".repeat(1000);
        while connection.write_all(&interim).await.is_ok() {}
        let _ = ended.send(());
    });
    let builder = Client::builder().base_url(base_url).token("any").retries(0).timeout(Duration::from_millis(300));
    let began = Instant::now();
    let error = builder.build().expect("a client").get_customer().domain_id(10000001).send().await;
    assert!(matches!(error, Err(Error::Communication(_))), "{error:?}");
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
    // The connection goes with the call, or the server would keep this machine busy for good.
    tokio::time::timeout(Duration::from_secs(5), end).await.expect("an end").expect("a server");
}
