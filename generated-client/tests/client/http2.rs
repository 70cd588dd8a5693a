//! Calls over HTTP/2, which has no reason phrases, no `Connection` and lower-case names only.

use std::sync::{Arc, Mutex};

use httpmock::{HttpMockRequest, HttpMockResponse, MockServer};
use lineworks_partner_client::{Client, Error};
use reqwest::redirect;
use serde_json::json;

use super::payloads::{TOKEN, customer};

/// A server that keeps the version of each request, and responds with these statuses in turn.
async fn over_http2(statuses: &'static [u16]) -> (MockServer, Arc<Mutex<Vec<String>>>) {
    let server = MockServer::start_async().await;
    let versions = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&versions);
    server
        .mock_async(move |when, then| {
            when.method("GET")
                .path("/v1.0/partners/customers/10000001")
                .header("authorization", format!("Bearer {TOKEN}"));
            then.respond_with(move |request: &HttpMockRequest| {
                let mut seen = seen.lock().expect("no panic");
                seen.push(format!("{:?}", request.version()));
                let status = statuses.get(seen.len() - 1).copied().unwrap_or(200);
                let body = if status == 200 { customer() } else { json!({"code": "NOT_FOUND", "description": "none"}) };
                HttpMockResponse::builder()
                    .status(status)
                    .header("content-type", "application/json")
                    .header("ratelimit-limit", "600")
                    .body(body.to_string())
                    .build()
            });
        })
        .await;
    (server, versions)
}

/// A client that speaks HTTP/2 from its first byte, since a server without TLS cannot offer it.
fn client(server: &MockServer) -> Client {
    let http = reqwest::Client::builder()
        .http2_prior_knowledge()
        .redirect(redirect::Policy::none())
        .no_proxy()
        .build()
        .expect("an HTTP client");
    Client::builder().base_url(server.url("/v1.0")).token(TOKEN).http_client(http).build().expect("a client")
}

#[tokio::test]
async fn a_customer_comes_over_http2() {
    let (server, versions) = over_http2(&[]).await;
    let response = client(&server).get_customer().domain_id(10000001).send().await.expect("a customer");
    assert_eq!(response.headers()["ratelimit-limit"], "600");
    assert_eq!(serde_json::to_value(response.into_inner()).expect("JSON"), customer());
    assert_eq!(*versions.lock().expect("no panic"), ["HTTP/2.0"]);
}

#[tokio::test]
async fn errors_and_retries_are_the_same_over_http2() {
    let (server, versions) = over_http2(&[503, 404]).await;
    let error = client(&server).get_customer().domain_id(10000001).send().await.expect_err("an error");
    assert!(matches!(&error, Error::ErrorResponse(response) if response.status() == 404), "{error}");
    assert_eq!(*versions.lock().expect("no panic"), ["HTTP/2.0", "HTTP/2.0"]);
}
