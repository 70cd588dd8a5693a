//! What a trace shows of a call.

use std::future::ready;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use httpmock::MockServer;
use lineworks_partner_client::secrecy::SecretString;
use lineworks_partner_client::{Client, Credentials, Requirement, TokenFuture};
use tokio::io::AsyncReadExt;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::payloads::{TOKEN, builder, customer, responding_json};

/// Writes down every field of every span of the client.
#[derive(Clone, Default)]
struct Notes(Arc<Mutex<Vec<String>>>);

impl Visit for Notes {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        self.0.lock().expect("no panic elsewhere").push(format!("{field}={value:?}"));
    }
}

impl Subscriber for Notes {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("lineworks_partner_client")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut self.clone());
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut self.clone());
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut self.clone());
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// What a call leaves in a trace.
async fn noted(max_body: u64) -> String {
    let notes = Notes::default();
    let server = MockServer::start_async().await;
    responding_json(&server, 200, &customer()).await;
    let client = builder(&server).max_body(max_body).build().expect("a client");
    {
        let _default = tracing::subscriber::set_default(notes.clone());
        let result = client.get_customer().domain_id(10000001).send().await;
        assert_eq!(result.is_ok(), max_body > 10);
    }
    let notes = notes.0.lock().expect("no panic elsewhere").join(" ");
    for personal in [TOKEN, "10000001", "example.com"] {
        assert!(!notes.contains(personal), "{notes}");
    }
    notes
}

/// What a call that fails leaves in a trace.
async fn noted_of(client: Client) -> String {
    let notes = Notes::default();
    {
        let _default = tracing::subscriber::set_default(notes.clone());
        client.get_customer().domain_id(10000001).send().await.expect_err("a fault");
    }
    notes.0.lock().expect("no panic elsewhere").join(" ")
}

#[tokio::test]
async fn a_span_says_what_kept_a_response_from_coming() {
    let server = MockServer::start_async().await;
    server.mock_async(|_, then| drop(then.status(200).delay(Duration::from_secs(5)))).await;
    let unused = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let late = builder(&server).retries(0).timeout(Duration::from_millis(100));
    let nobody = builder(&server).retries(2).base_url(format!("http://{unused}"));
    let none = Client::builder().base_url(server.url("/v1.0"));
    let breaking = breaking_off().await;
    let breaking = builder(&server).retries(0).base_url(breaking);
    for (builder, fault, resends) in
        [(late, "timeout", 0), (nobody, "connect", 2), (none, "credentials", 0), (breaking, "request", 0)]
    {
        let notes = noted_of(builder.build().expect("a client")).await;
        let expected = format!("http.request.resend_count={resends} ");
        assert!(notes.contains(&format!("error.type=\"{fault}\"")) && notes.contains(&expected), "{notes}");
        assert!(!notes.contains("status_code="), "{notes}");
    }
}

/// A server that breaks off ahead of its response.
async fn breaking_off() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let base_url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        while let Ok((mut connection, _)) = listener.accept().await {
            let _ = connection.read_buf(&mut Vec::new()).await;
        }
    });
    base_url
}

#[tokio::test]
async fn a_span_says_operation_status_and_attempts_and_nothing_personal() {
    let notes = noted(u64::MAX).await;
    for expected in [
        "otel.name=GET /partners/customers/{domainId}",
        "otel.kind=\"client\"",
        "operation=\"getCustomer\"",
        "http.request.method=\"GET\"",
        "url.template=\"/partners/customers/{domainId}\"",
        "http.response.status_code=200",
        "http.request.resend_count=0",
        "duration_ms=",
    ] {
        assert!(notes.contains(expected), "{expected} in {notes}");
    }
    assert!(!notes.contains("error"), "{notes}");
}

#[tokio::test]
async fn a_span_says_that_a_response_was_not_read_to_its_end() {
    let notes = noted(10).await;
    for expected in ["status_code=200", "error.type=\"body\"", "resend_count=0"] {
        assert!(notes.contains(expected), "{notes}");
    }
}

#[tokio::test]
async fn each_attempt_retry_renewal_and_failure_is_an_event() {
    struct Renewing;
    impl Credentials for Renewing {
        fn token<'a>(&'a self, _: &'a Requirement) -> TokenFuture<'a> {
            Box::pin(ready(Ok(TOKEN.into())))
        }

        fn refused(&self, _: &Requirement, _: &SecretString) -> bool {
            true
        }
    }
    let server = MockServer::start_async().await;
    let unavailable = server.mock_async(|_, then| drop(then.status(503))).await;
    let notes = noted_of(builder(&server).retries(1).build().expect("a client")).await;
    unavailable.delete_async().await;
    for (expected, times) in [
        ("message=attempt attempt=1 http.response.status_code=503", 1),
        ("message=attempt attempt=2 http.response.status_code=503", 1),
        ("message=the call is tried again http.request.resend_count=1 wait_ms=", 1),
        ("the server refused", 0),
    ] {
        assert_eq!(notes.matches(expected).count(), times, "{expected} in {notes}");
    }
    server.mock_async(|_, then| drop(then.status(401))).await;
    let notes = noted_of(builder(&server).credentials(Renewing).build().expect("a client")).await;
    assert_eq!(notes.matches("message=the server refused the credentials, and there are others").count(), 1, "{notes}");
    assert!(!notes.contains(TOKEN), "{notes}");
    let nobody = Client::builder().base_url(server.url("/v1.0")).build().expect("a client");
    assert!(noted_of(nobody).await.contains("message=the call failed error.type=\"credentials\""));
}
