//! What a trace shows of a call.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use httpmock::MockServer;
use lineworks_partner_client::Client;
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
    for (builder, fault, tries) in
        [(late, "timeout", 1), (nobody, "connect", 3), (none, "credentials", 0), (breaking, "request", 1)]
    {
        let notes = noted_of(builder.build().expect("a client")).await;
        assert!(notes.contains(&format!("fault=\"{fault}\"")) && notes.contains(&format!("tries={tries}")), "{notes}");
        assert!(!notes.contains("status="), "{notes}");
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
async fn a_span_says_operation_status_and_tries_and_nothing_personal() {
    let notes = noted(u64::MAX).await;
    for expected in ["operation=\"getCustomer\"", "status=200", "tries=1", "milliseconds="] {
        assert!(notes.contains(expected), "{notes}");
    }
    assert!(!notes.contains("fault"), "{notes}");
}

#[tokio::test]
async fn a_span_says_that_a_response_was_not_read_to_its_end() {
    let notes = noted(10).await;
    for expected in ["status=200", "fault=\"body\"", "tries=1"] {
        assert!(notes.contains(expected), "{notes}");
    }
}
