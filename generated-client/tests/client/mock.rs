//! The typed mock server, as a team uses it that tests its own code.

use std::time::Duration;

use lineworks_partner_client::builder::GetCustomer;
use lineworks_partner_client::mock::{MockServer, MockServerExt, Then, When};
use lineworks_partner_client::types::{ApiError, Customer};
use lineworks_partner_client::{Client, Conformance, Error, RateLimit};
use serde_json::{Value, json};

/// A client as a team's own code would make one, with short waits.
fn client(server: &MockServer) -> Client {
    let wait = Duration::from_millis(1);
    Client::builder().base_url(server.api_url()).token("token").backoff(wait, wait).build().expect("a client")
}

/// What a team has written, and tests here.
async fn company(client: &Client, domain_id: i64) -> Option<String> {
    let customer = client.get_customer().domain_id(domain_id).send().await;
    customer.ok().map(|customer| customer.into_inner().company_name)
}

#[tokio::test]
async fn a_team_tests_its_own_code_in_a_few_lines() {
    let server = MockServer::start();
    let found = server.get_customer(|when, then| {
        when.domain_id(10000001);
        then.status_200(&Customer::example());
    });
    let missing = server.get_customer(|when, then| {
        when.domain_id(2);
        then.example_404();
    });
    let client = client(&server);
    assert_eq!(company(&client, 10000001).await.as_deref(), Some("LINE WORKS Corp."));
    assert_eq!(company(&client, 2).await, None);
    found.assert();
    missing.assert();
}

#[tokio::test]
async fn the_document_s_examples_are_the_responses_that_they_illustrate() {
    for (status, code) in [
        (401, "UNAUTHORIZED"),
        (403, "ACCESS_DENIED"),
        (404, "NOT_FOUND"),
        (429, "TOO_MANY_REQUESTS"),
        (500, "INTERNAL_SERVER_ERROR"),
    ] {
        let server = MockServer::start();
        server.get_customer(|_, then| {
            match status {
                401 => then.example_401(),
                403 => then.example_403(),
                404 => then.example_404(),
                429 => then.example_429(),
                _ => then.example_500(),
            };
        });
        let error = client(&server).get_customer().domain_id(1).send().await.expect_err("an error");
        assert_eq!(error.status().expect("a status").as_u16(), status);
        assert_eq!(error.code(), Some(code));
    }
    let server = MockServer::start();
    server.get_customer(|_, then| {
        then.example_200();
    });
    let customer = client(&server).get_customer().domain_id(1).send().await.expect("a customer").into_inner();
    assert_eq!(customer, Customer::example());
    assert!(customer.conformance().is_empty());
}

#[tokio::test]
async fn each_documented_status_and_header_is_sent_as_it_is_named() {
    type Describe = fn(&mut Then<GetCustomer<'static>>, &ApiError);
    let cases: [(u16, Describe); 5] = [
        (401, |then, error| ignored(then.status_401(error))),
        (403, |then, error| ignored(then.status_403(error))),
        (404, |then, error| ignored(then.status_404(error))),
        (429, |then, error| ignored(then.status_429(error))),
        (500, |then, error| ignored(then.status_500(error))),
    ];
    for (status, describe) in cases {
        let server = MockServer::start();
        let body = ApiError::builder().code(format!("CODE_{status}")).description("Said").build().expect("an error");
        server.get_customer(|_, then| {
            describe(then, &body);
            then.rate_limit_limit(240).rate_limit_remaining(7).rate_limit_reset(0);
        });
        let error = client(&server).get_customer().domain_id(1).send().await.expect_err("an error");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
        assert_eq!(error.code(), Some(body.code.as_str()));
        let headers = error.headers().expect("headers");
        let told = |name: &str| headers.get(name).map(|value| value.to_str().expect("ASCII").to_owned());
        let told = ["ratelimit-limit", "ratelimit-remaining", "ratelimit-reset"].map(|name| told(name).expect(name));
        assert_eq!(told, ["240", "7", "0"]);
        assert_eq!(headers["content-type"], "application/json");
    }
}

#[tokio::test]
async fn the_first_responses_may_differ_from_the_later_ones() {
    let server = MockServer::start();
    let busy = server.get_customer(|_, then| {
        let error = ApiError::builder().code("TOO_MANY_REQUESTS").description("Later").build().expect("an error");
        then.status_429(&error).rate_limit_remaining(0).rate_limit_reset(0).times(2);
    });
    let served = server.get_customer(|_, then| {
        then.status_200(&Customer::example()).rate_limit_remaining(239);
    });
    let response = client(&server).get_customer().domain_id(1).send().await.expect("a customer");
    busy.assert_calls(2);
    served.assert_calls(1);
    assert_eq!(RateLimit::of(response.headers()).remaining, Some(239));
}

#[tokio::test]
async fn what_no_document_describes_can_be_a_response_too() {
    let mut odd = serde_json::to_value(Customer::example()).expect("JSON");
    odd["productId"] = json!("JP_PPO_STD");
    odd["administrator"]["privateEmail"] = json!("foo..bar@docomo.ne.jp");
    let server = MockServer::start();
    server.get_customer(|when, then| {
        when.domain_id(1);
        then.json(200, &odd);
    });
    server.get_customer(|when, then| {
        when.domain_id(2);
        then.raw(503, "text/html", "<html>Sorry</html>").header("Retry-After", 0);
    });
    server.get_customer(|when, then| {
        when.domain_id(3);
        then.json(200, &json!([])).and(|then| then.delay(Duration::from_millis(20)));
    });
    let client = client(&server);
    let customer = client.get_customer().domain_id(1).send().await.expect("a customer").into_inner();
    assert_eq!(serde_json::to_value(&customer).expect("JSON"), odd);
    let places: Vec<String> = customer.conformance().into_iter().map(|found| found.pointer).collect();
    assert_eq!(places, ["/productId", "/administrator/privateEmail"]);

    let error = client.get_customer().domain_id(2).send().await.expect_err("an HTML page");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
    assert_eq!(error.body().expect("a body").as_ref(), b"<html>Sorry</html>");

    let began = std::time::Instant::now();
    let error = client.get_customer().domain_id(3).send().await.expect_err("an array");
    assert!(matches!(error, Error::UnexpectedResponse(_)), "{error}");
    assert!(began.elapsed() >= Duration::from_millis(20));
}

/// What a chain of methods comes to is of no use to anyone.
fn ignored<T>(_: T) {}

/// The status that a call gets; 404 is httpmock's own where no mock meets the call.
async fn status(client: &Client) -> u16 {
    match client.get_customer().domain_id(1).send().await {
        Ok(response) => response.status().as_u16(),
        Err(error) => error.status().expect("a status").as_u16(),
    }
}

#[tokio::test]
async fn credentials_are_asked_for_unless_told_otherwise() {
    let with = |server: &MockServer, token: Option<&str>| {
        let builder = Client::builder().base_url(server.api_url()).retries(0);
        let builder = match token {
            Some(token) => builder.token(token),
            None => builder.credentials_by_caller(),
        };
        builder.build().expect("a client")
    };
    type Describe = fn(&mut When<GetCustomer<'static>>, &mut Then<GetCustomer<'static>>);
    let cases: [(&str, Describe, [u16; 3]); 4] = [
        ("as documented", |_, then| ignored(then.example_200()), [404, 200, 200]),
        ("one token", |when, then| ignored((when.credential("mine"), then.example_200())), [404, 200, 404]),
        ("none", |when, then| ignored((when.without_credentials(), then.example_401())), [401, 404, 404]),
        ("anyone", |when, then| ignored((when.regardless_of_credentials(), then.example_200())), [200, 200, 200]),
    ];
    for (label, describe, expected) in cases {
        let server = MockServer::start();
        server.get_customer(describe);
        for (token, expected) in [None, Some("mine"), Some("other")].into_iter().zip(expected) {
            assert_eq!(status(&with(&server, token)).await, expected, "{label}: {token:?}");
        }
    }
}

#[tokio::test]
async fn only_the_calls_that_are_meant_get_a_response() {
    let server = MockServer::start();
    let mock = server.get_customer(|when, then| {
        when.domain_id(1).and(|when| when.header_exists("x-team"));
        then.example_200();
    });
    // The token is right, the id is right, the header is missing.
    assert_eq!(status(&client(&server)).await, 404);
    mock.assert_calls(0);

    let server = MockServer::start();
    let mock = server.get_customer(|when, then| {
        when.domain_id(11);
        then.example_200();
    });
    assert_eq!(status(&client(&server)).await, 404, "1 is not 11");
    // Whoever forgets the base path finds out.
    let lost = Client::builder().base_url(server.base_url()).token("token").build().expect("a client");
    assert!(lost.get_customer().domain_id(11).send().await.is_err());
    mock.assert_calls(0);
    let report = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| mock.assert())).expect_err("a report");
    let report = report.downcast_ref::<String>().expect("a text");
    assert!(report.contains("/v1.0/partners/customers/11"), "{report}");
}

#[tokio::test]
async fn a_body_that_is_no_json_says_so_where_it_arrives() {
    let server = MockServer::start();
    let unwritable: std::collections::BTreeMap<Vec<u8>, Value> = [(vec![1], Value::Null)].into();
    server.get_customer(|_, then| {
        then.json(200, &unwritable);
    });
    let error = client(&server).get_customer().domain_id(1).send().await.expect_err("an error");
    let body = String::from_utf8_lossy(error.body().expect("a body")).into_owned();
    assert!(body.starts_with("the mock's body does not become JSON: "), "{body}");
}
