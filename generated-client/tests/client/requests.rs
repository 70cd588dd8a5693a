//! What the server sees of a call.

use std::sync::{Arc, Mutex};

use httpmock::{HttpMockRequest, MockServer};
use lineworks_partner_client::ClientBuilder;

use super::payloads::{TOKEN, builder, client, customer, responding_json};

/// All headers of one call.
async fn headers_of_a_call(change: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Vec<(String, String)> {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let server = MockServer::start_async().await;
    let noted = Arc::clone(&seen);
    server
        .mock_async(|when, then| {
            when.is_true(move |request: &HttpMockRequest| {
                let headers = request.headers();
                let texts = headers.iter().map(|(name, value)| {
                    (name.to_string().to_ascii_lowercase(), String::from_utf8_lossy(value.as_bytes()).into_owned())
                });
                *noted.lock().expect("no panic elsewhere") = texts.collect();
                true
            });
            then.status(200).header("content-type", "application/json").body(customer().to_string());
        })
        .await;
    let client = change(builder(&server)).build().expect("a client");
    client.get_customer().domain_id(10000001).send().await.expect("a customer");
    let mut headers = seen.lock().expect("no panic elsewhere").clone();
    headers.sort();
    headers
}

#[tokio::test]
async fn no_header_goes_along_that_has_no_business() {
    let headers = headers_of_a_call(|builder| builder).await;
    let names: Vec<&str> = headers.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["accept", "authorization", "host", "user-agent"]);
    assert_eq!(headers[0].1, "application/json");
    assert_eq!(headers[1].1, format!("Bearer {TOKEN}"));
    assert_eq!(headers[3].1, concat!("lineworks-partner-client/", env!("CARGO_PKG_VERSION")));
}

#[tokio::test]
async fn an_http_client_of_ones_own_keeps_its_ways() {
    let own = reqwest::Client::builder().user_agent("mine/1").build().expect("an HTTP client");
    let headers = headers_of_a_call(|builder| builder.http_client(own)).await;
    assert!(headers.contains(&("user-agent".to_owned(), "mine/1".to_owned())), "{headers:?}");
    assert!(headers.contains(&("authorization".to_owned(), format!("Bearer {TOKEN}"))));
}

#[tokio::test]
async fn without_credentials_nothing_is_made_up() {
    let server = MockServer::start_async().await;
    let mock = server
        .mock_async(|when, then| {
            when.header_missing("authorization");
            then.status(200).header("content-type", "application/json").body(customer().to_string());
        })
        .await;
    let builder = lineworks_partner_client::Client::builder().base_url(server.url("/v1.0"));
    let client = builder.credentials_by_caller().build().expect("a client");
    client.get_customer().domain_id(10000001).send().await.expect("a customer");
    mock.assert_async().await;
}

#[tokio::test]
async fn calls_can_be_spawned() {
    fn is_shareable<T: Clone + Send + Sync + 'static>(_: &T) {}
    let server = MockServer::start_async().await;
    responding_json(&server, 200, &customer()).await;
    let client = client(&server);
    is_shareable(&client);
    let calls = (0..8).map(|_| {
        let client = client.clone();
        tokio::spawn(async move {
            client.get_customer().domain_id(10000001).send().await.map(|response| response.domain_id)
        })
    });
    for call in calls.collect::<Vec<_>>() {
        assert_eq!(call.await.expect("no panic").expect("a customer"), 10000001);
    }
}
