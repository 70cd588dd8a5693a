//! Responses that carry no customer.

use httpmock::MockServer;
use lineworks_partner_client::types::{self, ApiError};
use lineworks_partner_client::{Client, Error, Reason, Settings};
use serde_json::json;

use super::payloads::{builder, client, customer, customer_with, responding, responding_json};

async fn failing(status: u16, media_type: &str, body: &str) -> Error {
    let server = MockServer::start_async().await;
    responding(&server, status, media_type, body).await;
    client(&server).get_customer().domain_id(10000001).send().await.expect_err("an error")
}

#[tokio::test]
async fn each_documented_error_is_typed() {
    let body = json!({"code": "SOME_CODE", "description": "Some words"});
    for (status, retryable) in [(401, false), (403, false), (404, false), (429, true), (500, false)] {
        let server = MockServer::start_async().await;
        responding_json(&server, status, &body).await;
        let error = client(&server).get_customer().domain_id(10000001).send().await.expect_err("an error");
        assert_eq!(error.status().expect("a status"), status);
        assert_eq!(error.is_not_found(), status == 404);
        assert_eq!(error.is_retryable(), retryable, "{status}");
        assert_eq!(error.code(), Some("SOME_CODE"));
        assert!(error.value::<types::Customer>().is_none());
        let said = error.value::<ApiError>().expect("an error of the API");
        assert_eq!((said.code.as_str(), said.description.as_str()), ("SOME_CODE", "Some words"));
        let Error::ErrorResponse(response) = error else { panic!("{error}") };
        assert_eq!(response.body().as_ref(), body.to_string().as_bytes());
        let other = response.into_inner().into_value::<types::Customer>().expect_err("no customer");
        assert_eq!(other.into_value::<ApiError>().expect("an error of the API").code, "SOME_CODE");
    }
}

#[tokio::test]
async fn an_undocumented_status_keeps_everything() {
    for status in [201, 204, 304, 400, 418, 502, 503, 599] {
        let error = failing(status, "text/plain", if matches!(status, 204 | 304) { "" } else { "Sorry" }).await;
        assert_eq!(error.status().expect("a status"), status);
        assert_eq!(error.is_retryable(), matches!(status, 502 | 503));
        let Error::UnexpectedResponse(found) = error else { panic!("{error}") };
        assert!(matches!(found.reason, Reason::Status), "{found}");
    }
}

#[tokio::test]
async fn a_body_of_another_shape_is_kept_raw_with_its_status() {
    for (status, media_type, body) in [
        (500, "text/html", "<html><body>Internal Server Error</body></html>"),
        (429, "text/html; charset=UTF-8", "<h1>Too many</h1>"),
        (401, "application/json", r#"{"returnCode": "99", "returnMessage": "No"}"#),
        (401, "application/json", r#"{"error": "invalid_token", "error_description": "No"}"#),
        (403, "application/json", ""),
        (404, "", ""),
        (404, "text/plain", "nothing here"),
        (500, "application/json", r#"["code", "description"]"#),
    ] {
        let error = failing(status, media_type, body).await;
        assert_eq!(error.status().expect("a status"), status, "{body}");
        assert_eq!(error.body().expect("a body").as_ref(), body.as_bytes());
        assert_eq!(error.is_retryable(), status == 429);
        assert_eq!(error.is_not_found(), status == 404);
        assert!(matches!(error, Error::UnexpectedResponse(_)), "{error}");
        assert!(error.to_string().contains(&status.to_string()), "{error}");
    }
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_not_read() {
    let server = MockServer::start_async().await;
    responding_json(&server, 200, &customer()).await;
    let client = builder(&server).max_body(100).build().expect("a client");
    let error = client.get_customer().domain_id(10000001).send().await.expect_err("too large");
    let Error::UnexpectedResponse(found) = error else { panic!("{error}") };
    assert!(matches!(found.reason, Reason::TooLarge(100)), "{found}");
    assert_eq!(found.response.status(), 200);
}

#[tokio::test]
async fn settings_of_ones_own_replace_a_client_s() {
    let server = MockServer::start_async().await;
    responding_json(&server, 200, &customer_with("/locale", json!("fr_FR"))).await;
    let with = |settings| client(&server).with_settings(settings);
    let call = async |client: Client| client.get_customer().domain_id(10000001).send().await.map(drop);
    call(with(Settings::default())).await.expect("a customer");
    let error = call(with(Settings::default().max_body(100))).await.expect_err("too large");
    assert!(
        matches!(&error, Error::UnexpectedResponse(found) if matches!(found.reason, Reason::TooLarge(100))),
        "{error}"
    );
    let error = call(with(Settings::default().strict(true))).await.expect_err("an unlisted locale");
    assert!(matches!(error, Error::Nonconforming(_)), "{error}");
    let back = Settings::default().strict(true).strict(false).max_body(100).max_body(1_000_000);
    call(with(back)).await.expect("a customer");
}

#[tokio::test]
async fn a_body_of_the_limit_is_read() {
    let server = MockServer::start_async().await;
    responding_json(&server, 200, &customer()).await;
    let client = builder(&server).max_body(customer().to_string().len() as u64).build().expect("a client");
    client.get_customer().domain_id(10000001).send().await.expect("a customer");
}

#[test]
fn without_a_runtime_a_call_is_an_error() {
    let client = Client::builder().base_url("http://127.0.0.1:1").token("any").build().expect("a client");
    let mut call = Box::pin(client.get_customer().domain_id(10000001).send());
    let polled = call.as_mut().poll(&mut std::task::Context::from_waker(std::task::Waker::noop()));
    assert!(matches!(polled, std::task::Poll::Ready(Err(Error::NoRuntime(_)))));
}

#[tokio::test]
async fn no_response_is_a_fault_that_may_pass() {
    let unused = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let builder = Client::builder().base_url(format!("http://{unused}/v1.0")).token("any").retries(0);
    let client = builder.build().expect("a client");
    let error = client.get_customer().domain_id(10000001).send().await.expect_err("no server");
    assert!(matches!(error, Error::Communication(_)), "{error}");
    assert!(error.is_retryable() && error.status().is_none() && error.body().is_none());
}

#[tokio::test]
async fn a_missing_argument_is_said_before_anything_is_sent() {
    let server = MockServer::start_async().await;
    let mock = server.mock_async(|_, then| drop(then.status(200))).await;
    let error = client(&server).get_customer().send().await.expect_err("no domain id");
    assert_eq!(error.to_string(), "GET /partners/customers/{domainId}: invalid request: domain_id is missing");
    let Error::InvalidRequest(refusal) = error else { panic!("{error}") };
    assert_eq!(refusal.message(), "domain_id is missing");
    mock.assert_calls_async(0).await;
}

#[tokio::test]
async fn an_error_says_what_the_next_step_needs() {
    let server = MockServer::start_async().await;
    let body = json!({"code": "TOO_MANY_REQUESTS", "description": "Later"}).to_string();
    server
        .mock_async(|_, then| {
            let then = then.status(429).header("content-type", "application/json").body(&body);
            then.header("retry-after", "3").header("x-request-id", "a7");
        })
        .await;
    let error = client(&server).get_customer().domain_id(10000001).send().await.expect_err("429");
    let shown = "GET /partners/customers/{domainId}: the server responded with status 429 Too Many Requests";
    assert_eq!(error.to_string(), shown);
    assert_eq!((error.retry_after(), error.request_id()), (Some(std::time::Duration::from_secs(3)), Some("a7")));
    assert_eq!(error.operation().expect("an operation").path, "/partners/customers/{domainId}");
    let Error::ErrorResponse(response) = error else { panic!("{error}") };
    let (said, raw) = response.into_parts();
    assert_eq!(said.into_value::<ApiError>().expect("an error of the API").code, "TOO_MANY_REQUESTS");
    assert_eq!((raw.status().as_u16(), raw.into_parts().2.as_ref()), (429, body.as_bytes()));
}
