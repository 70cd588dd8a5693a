//! What a trace shows of a call.

use std::sync::{Arc, Mutex};

use httpmock::MockServer;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::payloads::{TOKEN, answering_json, builder, customer};

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
    answering_json(&server, 200, &customer()).await;
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

#[tokio::test]
async fn a_span_says_operation_status_and_tries_and_nothing_personal() {
    let notes = noted(u64::MAX).await;
    for expected in ["operation=\"getCustomer\"", "status=200", "tries=1", "milliseconds="] {
        assert!(notes.contains(expected), "{notes}");
    }
    assert!(!notes.contains("fault"), "{notes}");
}

#[tokio::test]
async fn a_span_says_that_an_answer_was_not_read_to_its_end() {
    let notes = noted(10).await;
    for expected in ["status=200", "fault=\"body\"", "tries=1"] {
        assert!(notes.contains(expected), "{notes}");
    }
}
