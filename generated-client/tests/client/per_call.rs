//! What holds for one call instead of what its client does.

use std::time::{Duration, Instant};

use httpmock::MockServer;
use lineworks_partner_client::{CallOptions, Error};

use super::payloads::{builder, client, customer, responding_json};

#[tokio::test]
async fn a_builder_can_be_awaited() {
    let server = MockServer::start_async().await;
    responding_json(&server, 200, &customer()).await;
    let client = client(&server);
    let called =
        tokio::spawn(async move { client.get_customer().domain_id(10000001).await.map(|customer| customer.domain_id) });
    assert_eq!(called.await.expect("no panic").expect("a customer"), 10000001);
}

#[tokio::test]
async fn a_call_has_a_limit_of_its_own() {
    let server = MockServer::start_async().await;
    server.mock_async(|_, then| drop(then.status(200).delay(Duration::from_secs(5)))).await;
    let client = builder(&server).build().expect("a client");
    let began = Instant::now();
    let call = client.get_customer().domain_id(10000001).timeout(Duration::from_millis(100));
    let error = call.send().await.expect_err("a limit");
    assert!(matches!(&error, Error::Communication(error) if error.is_timeout()), "{error}");
    assert!(began.elapsed() < Duration::from_secs(4), "{:?}", began.elapsed());
    assert_eq!(error.operation().expect("an operation").id, "getCustomer");
}

#[tokio::test]
async fn a_call_may_take_longer_than_its_client_allows() {
    let server = MockServer::start_async().await;
    server
        .mock_async(|_, then| {
            let then = then.status(200).header("content-type", "application/json").body(customer().to_string());
            then.delay(Duration::from_millis(300));
        })
        .await;
    let short = Duration::from_millis(50);
    let client = builder(&server).timeout(short).total_timeout(short).build().expect("a client");
    client.get_customer().domain_id(10000001).send().await.expect_err("the client's limit");
    client.get_customer().domain_id(10000001).timeout(Duration::from_secs(10)).send().await.expect("a customer");
}

#[tokio::test]
async fn a_call_is_tried_again_as_often_as_it_says() {
    for (retries, expected) in [(0, 1), (2, 3)] {
        let server = MockServer::start_async().await;
        let mock = server.mock_async(|_, then| drop(then.status(503))).await;
        let client = builder(&server).retries(1).build().expect("a client");
        client.get_customer().domain_id(10000001).retries(retries).send().await.expect_err("503");
        mock.assert_calls_async(expected).await;
    }
}

#[tokio::test]
async fn a_call_carries_the_headers_of_its_caller() {
    let server = MockServer::start_async().await;
    let mock = server
        .mock_async(|when, then| {
            when.header("x-tenant", "7").header("accept", "text/json").header("user-agent", "mine/1");
            then.status(200).header("content-type", "application/json").body(customer().to_string());
        })
        .await;
    let options =
        CallOptions::new().header("x-tenant", "7").header("Accept", "text/json").header("user-agent", "mine/1");
    assert!(!format!("{options:?}").contains("mine"), "{options:?}");
    let client = client(&server);
    client.get_customer().domain_id(10000001).call_options(options).send().await.expect("a customer");
    mock.assert_async().await;
    for (name, value) in [("x tenant", "7"), ("x-tenant", "s3cr\net")] {
        let error = client.get_customer().domain_id(10000001).header(name, value).send().await.expect_err("a refusal");
        assert!(matches!(&error, Error::InvalidRequest(_)), "{error}");
        assert!(error.to_string().contains(name) && !error.to_string().contains("s3cr"), "{error}");
    }
    mock.assert_calls_async(1).await;
}
