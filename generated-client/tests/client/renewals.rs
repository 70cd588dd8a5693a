//! When a service account renews its token, and when it must not.

use std::time::{Duration, Instant};

use httpmock::MockServer;
use lineworks_partner_client::{Client, Error};
use serde_json::{Value, json};

use super::service_account::{account, api, client, token_server};

#[tokio::test]
async fn a_token_is_renewed_ahead_of_its_end() {
    let server = MockServer::start_async().await;
    let (tokens, _) = token_server(&server, json!(2)).await;
    api(&server, "token-1").await;
    api(&server, "token-2").await;
    let client = client(&server);
    client.get_customer().domain_id(10000001).send().await.expect("a customer");
    client.get_customer().domain_id(10000001).send().await.expect("a customer");
    tokens.assert_calls_async(1).await;
    tokio::time::sleep(Duration::from_millis(1100)).await;
    // The first token is valid still, so nobody waits for the second.
    client.get_customer().domain_id(10000001).send().await.expect("a customer");
    until_calls(&tokens, 2).await;
}

#[tokio::test]
async fn a_token_is_not_sent_after_its_end() {
    let server = MockServer::start_async().await;
    let (tokens, _) = token_server(&server, json!(1)).await;
    let first = api(&server, "token-1").await;
    let client = client(&server);
    client.get_customer().domain_id(10000001).send().await.expect("a customer");
    tokio::time::sleep(Duration::from_millis(1100)).await;
    api(&server, "token-2").await;
    client.get_customer().domain_id(10000001).send().await.expect("a customer");
    first.assert_calls_async(1).await;
    tokens.assert_calls_async(2).await;
}

async fn until_calls(mock: &httpmock::Mock<'_>, expected: usize) {
    let began = Instant::now();
    while mock.calls_async().await < expected && began.elapsed() < Duration::from_secs(5) {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    mock.assert_calls_async(expected).await;
}

#[tokio::test]
async fn a_refused_token_is_fetched_anew_once() {
    let server = MockServer::start_async().await;
    let (tokens, _) = token_server(&server, json!(86400)).await;
    api(&server, "token-2").await;
    server.mock_async(|when, then| drop((when.method("GET"), then.status(401)))).await;
    client(&server).get_customer().domain_id(10000001).send().await.expect("a customer");
    tokens.assert_calls_async(2).await;
}

#[tokio::test]
async fn refusals_lead_to_one_token_a_minute() {
    let server = MockServer::start_async().await;
    let (tokens, _) = token_server(&server, json!(86400)).await;
    server.mock_async(|when, then| drop((when.method("GET"), then.status(401)))).await;
    let client = client(&server);
    for _ in 0..20 {
        let error = client.get_customer().domain_id(10000001).send().await.expect_err("a refusal");
        assert_eq!(error.status().expect("a status"), 401);
    }
    tokens.assert_calls_async(2).await;
}

#[tokio::test]
async fn a_late_refusal_of_an_old_token_leaves_the_new_one_alone() {
    let server = MockServer::start_async().await;
    let (tokens, _) = token_server(&server, json!(86400)).await;
    api(&server, "token-2").await;
    for (path, delay) in [("/v1.0/partners/customers/1", 0), ("/v1.0/partners/customers/2", 600)] {
        let delay = Duration::from_millis(delay);
        server.mock_async(|when, then| drop((when.method("GET").path(path), then.status(401).delay(delay)))).await;
    }
    let client = client(&server);
    let (first, late) =
        tokio::join!(client.get_customer().domain_id(1).send(), client.get_customer().domain_id(2).send());
    first.and(late).expect("two customers");
    tokens.assert_calls_async(2).await;
}

#[tokio::test]
async fn a_renewal_outlives_the_calls_that_wait_for_it() {
    let server = MockServer::start_async().await;
    let body = json!({"access_token": "token-1", "expires_in": 3600}).to_string();
    let slow = Duration::from_millis(1200);
    let tokens =
        server.mock_async(|when, then| drop((when.method("POST"), then.status(200).body(body).delay(slow)))).await;
    api(&server, "token-1").await;
    let credentials = account(&server).build().expect("credentials");
    let builder = Client::builder().base_url(server.url("/v1.0")).credentials(credentials);
    let client = builder.total_timeout(Duration::from_millis(400)).build().expect("a client");
    let mut failed = 0;
    while let Err(error) = client.get_customer().domain_id(10000001).send().await {
        // The call whose time is nearly over when the token comes has none left to be sent in.
        assert!(error.is_retryable() && (failed > 0 || matches!(error, Error::Credentials(_))), "{error}");
        failed += 1;
        assert!(failed < 10, "no call succeeds");
    }
    assert!(failed > 0, "the token came too soon to show anything");
    tokens.assert_calls_async(1).await;
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

/// A client whose token takes half a second, and a runtime on which one call has begun to renew it.
fn renewing(serving: &tokio::runtime::Runtime, server: &MockServer) -> (Client, tokio::runtime::Runtime) {
    let body = json!({"access_token": "token-1", "expires_in": 3600}).to_string();
    let slow = Duration::from_millis(500);
    server.mock(|when, then| drop((when.method("POST"), then.status(200).body(body).delay(slow))));
    serving.block_on(api(server, "token-1"));
    let (client, first) = (client(server), runtime());
    first.block_on(async {
        let call = client.get_customer().domain_id(10000001).send();
        tokio::time::timeout(Duration::from_millis(50), call).await.expect_err("a slow token");
    });
    (client, first)
}

#[test]
fn a_renewal_may_outlive_its_runtime_s_end() {
    let serving = runtime();
    let server = serving.block_on(MockServer::start_async());
    let (client, first) = renewing(&serving, &server);
    drop(first);
    let customer = runtime().block_on(client.get_customer().domain_id(10000001).send());
    assert_eq!(customer.expect("a customer").domain_id, 10000001);
}

#[test]
fn who_waits_for_a_renewal_takes_it_over_when_its_runtime_ends() {
    let serving = runtime();
    let server = serving.block_on(MockServer::start_async());
    let (client, first) = renewing(&serving, &server);
    let waiting = std::thread::spawn(move || {
        let customer = runtime().block_on(client.get_customer().domain_id(10000001).send());
        customer.expect("a customer").domain_id
    });
    std::thread::sleep(Duration::from_millis(200));
    drop(first);
    assert_eq!(waiting.join().expect("no panic"), 10000001);
}

#[tokio::test]
async fn a_lifetime_is_read_with_sense() {
    for expires_in in [
        json!(0),
        json!("0"),
        json!(-1),
        Value::Null,
        json!("3600"),
        json!(" 3600 "),
        json!(3600.0),
        json!("3600.5"),
        json!(1e300),
    ] {
        let server = MockServer::start_async().await;
        let (tokens, _) = token_server(&server, expires_in.clone()).await;
        api(&server, "token-1").await;
        let client = client(&server);
        for _ in 0..3 {
            client
                .get_customer()
                .domain_id(10000001)
                .send()
                .await
                .unwrap_or_else(|error| panic!("{expires_in}: {error}"));
        }
        assert_eq!(tokens.calls_async().await, 1, "{expires_in}");
    }
    for expires_in in [json!("soon"), json!("inf"), json!([3600]), json!(true)] {
        let server = MockServer::start_async().await;
        token_server(&server, expires_in.clone()).await;
        let error = client(&server).get_customer().domain_id(10000001).send().await.expect_err("no lifetime");
        assert!(matches!(error, Error::Credentials(_)) && !error.is_retryable(), "{expires_in}: {error}");
    }
}

#[tokio::test]
async fn a_token_server_that_asks_to_be_left_alone_is() {
    let server = MockServer::start_async().await;
    let busy =
        server.mock_async(|when, then| drop((when.method("POST"), then.status(429).header("retry-after", "60")))).await;
    let client = client(&server);
    for _ in 0..5 {
        let error = client.get_customer().domain_id(10000001).send().await.expect_err("no token");
        assert!(matches!(error, Error::Credentials(_)) && error.is_retryable(), "{error}");
    }
    busy.assert_calls_async(1).await;
}

#[tokio::test]
async fn a_token_server_may_ask_to_be_left_alone_for_longer_than_there_is_time() {
    let server = MockServer::start_async().await;
    let ever = u64::MAX.to_string();
    let busy =
        server.mock_async(|when, then| drop((when.method("POST"), then.status(503).header("retry-after", ever)))).await;
    let client = client(&server);
    for _ in 0..2 {
        let error = client.get_customer().domain_id(10000001).send().await.expect_err("no token");
        assert!(matches!(error, Error::Credentials(_)) && error.to_string().contains("503"), "{error}");
    }
    busy.assert_calls_async(1).await;
}
