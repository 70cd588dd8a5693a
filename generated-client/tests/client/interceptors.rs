//! The caller's own code around each attempt.

use std::sync::{Arc, Mutex};

use httpmock::MockServer;
use lineworks_partner_client::{Attempt, AttemptError, AttemptFuture, Error, Interceptor};

use super::payloads::{TOKEN, builder, customer, responding_json};

/// What an interceptor sees and does.
#[derive(Clone, Default)]
struct Watching {
    seen: Arc<Mutex<Vec<String>>>,
    gives_up: bool,
}

impl Watching {
    fn note(&self, line: String) {
        self.seen.lock().expect("no panic elsewhere").push(line);
    }
}

impl Interceptor for Watching {
    fn intercept<'a>(&'a self, mut attempt: Attempt<'a>) -> AttemptFuture<'a> {
        Box::pin(async move {
            let at = format!("{} {} {}", attempt.operation(), attempt.number(), attempt.url().path());
            self.note(format!("{at} {:?} {:?} {attempt:?}", attempt.headers(), attempt.body()));
            if self.gives_up {
                return Err(AttemptError::new("the budget is spent"));
            }
            attempt.headers_mut().insert("x-request-id", "7".parse()?);
            let outcome = attempt.send().await;
            self.note(match &outcome {
                Ok(head) => format!("{at}: {} {:?}", head.status(), head.version()),
                Err(error) => format!("{at}: {} {error}", error.kind()),
            });
            outcome
        })
    }
}

#[tokio::test]
async fn an_interceptor_is_around_each_attempt_and_sees_no_token() {
    let server = MockServer::start_async().await;
    let failing = server.mock_async(|when, then| {
        when.header("x-request-id", "7").header("authorization", format!("Bearer {TOKEN}"));
        then.status(503);
    });
    let failing = failing.await;
    let watching = Watching::default();
    let client = builder(&server).retries(1).interceptor(watching.clone()).build().expect("a client");
    let error = client.get_customer().domain_id(10000001).send().await.expect_err("503");
    assert_eq!(error.status().expect("a status"), 503);
    failing.assert_calls_async(2).await;
    let seen = watching.seen.lock().expect("no panic elsewhere").join("\n");
    assert!(!seen.contains(TOKEN), "{seen}");
    for expected in ["GET /partners/customers/{domainId} 1 /v1.0/partners/customers/10000001", "{domainId} 2", "503"] {
        assert!(seen.contains(expected), "{expected} in {seen}");
    }
    assert!(seen.contains("\"accept\": \"application/json\""), "{seen}");
}

#[tokio::test]
async fn an_interceptor_can_change_what_the_client_reads() {
    struct Named;
    impl Interceptor for Named {
        fn intercept<'a>(&'a self, attempt: Attempt<'a>) -> AttemptFuture<'a> {
            Box::pin(async move {
                let mut head = attempt.send().await?;
                head.headers_mut().insert("x-request-id", "from the interceptor".parse()?);
                Ok(head)
            })
        }
    }
    let server = MockServer::start_async().await;
    responding_json(&server, 200, &customer()).await;
    let client = builder(&server).interceptor(Named).build().expect("a client");
    let customer = client.get_customer().domain_id(10000001).send().await.expect("a customer");
    assert_eq!(customer.headers()["x-request-id"], "from the interceptor");
}

#[tokio::test]
async fn an_interceptor_can_give_up() {
    let server = MockServer::start_async().await;
    let mock = responding_json(&server, 200, &customer()).await;
    let watching = Watching { gives_up: true, ..Watching::default() };
    let client = builder(&server).interceptor(watching).build().expect("a client");
    let error = client.get_customer().domain_id(10000001).send().await.expect_err("a refusal");
    let shown = "GET /partners/customers/{domainId}: an interceptor gave up: the budget is spent";
    assert_eq!(error.to_string(), shown);
    assert!(!error.is_retryable() && error.operation().is_some());
    let Error::Intercepted(error) = error else { panic!("{error}") };
    assert_eq!(error.into_inner().to_string(), "the budget is spent");
    mock.assert_calls_async(0).await;
}
