//! A server that answers as the document says: the example for any id, 401 without a bearer token, 404 elsewhere.

use std::net::SocketAddr;

use httpmock::MockServer;
use httpmock::server::HttpMockServerBuilder;
use regex_syntax::escape;
use serde_json::Value;
use tokio::sync::oneshot;

use crate::document::{Document, DocumentError, Operation};
use crate::oracle::wire::{Answer, answers, base_path};
use crate::strategy::StrategyError;

/// How many requests the server remembers: it runs for long, and nobody asks it.
const HISTORY: usize = 8;

/// Why the server doesn't run.
#[derive(Debug, thiserror::Error)]
pub enum MockError {
    /// The document does not hold together.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// No answer could be made from the document.
    #[error(transparent)]
    Strategy(#[from] StrategyError),
    /// The server did not start.
    #[error("the server does not start: {0}")]
    Start(String),
}

/// A server that runs until it is dropped.
pub struct Mock {
    /// Where it listens.
    pub address: SocketAddr,
    /// What a client takes for its base URL.
    pub base_url: String,
    // Both keep the server as it is: the first its answers, the second its loop.
    _answers: MockServer,
    _stop: oneshot::Sender<()>,
}

/// Starts the server on 127.0.0.1; port 0 takes any free one.
pub async fn start(document: &Document, port: u16) -> Result<Mock, MockError> {
    let mut served = Vec::new();
    for operation in document.operations()? {
        served.push((answers(document, &operation)?, operation));
    }
    let started = |error: &dyn std::fmt::Display| MockError::Start(error.to_string());
    let built = HttpMockServerBuilder::new().port(port).history_limit(HISTORY).build();
    let server = built.map_err(|error| started(&error))?;
    let (tell, told) = oneshot::channel();
    let (stop, stopped) = oneshot::channel::<()>();
    let running = tokio::spawn(server.start_with_signals(Some(tell), async {
        let _ = stopped.await;
    }));
    let Ok(address) = told.await else {
        return Err(match running.await {
            Ok(Err(error)) => started(&error),
            _ => MockError::Start("it ended at once".into()),
        });
    };
    let mock = MockServer::connect_async(&address.to_string()).await;
    let base = base_path(document);
    for (answers, operation) in &served {
        serve(&mock, base, operation, answers).await;
    }
    let unknown = served.iter().flat_map(|(answers, _)| answers).find(|answer| answer.status == 404).cloned();
    let unknown = unknown.unwrap_or(Answer { status: 404, body: None, documented: false });
    mock.mock_async(|when, then| {
        when.any_request();
        reply(then, &unknown);
    })
    .await;
    Ok(Mock { address, base_url: format!("http://{address}{base}"), _answers: mock, _stop: stop })
}

async fn serve(mock: &MockServer, base: &str, operation: &Operation<'_>, answers: &[Answer]) {
    let path = pattern(base, operation.path);
    let success = answers.iter().find(|answer| answer.documented && answer.status < 300);
    let Some(success) = success.or(answers.first()) else { return };
    let guarded = operation.needs_credentials();
    mock.mock_async(|when, then| {
        let when = when.method(operation.method.as_str()).path_matches(path.as_str());
        if guarded {
            when.header_prefix("authorization", "Bearer ");
        }
        reply(then, success);
    })
    .await;
    if guarded {
        let documented = answers.iter().find(|answer| answer.status == 401).cloned();
        let refused = documented.unwrap_or(Answer { status: 401, body: None, documented: false });
        mock.mock_async(|when, then| {
            when.method(operation.method.as_str()).path_matches(path.as_str());
            reply(then, &refused);
        })
        .await;
    }
}

fn reply(then: httpmock::Then, answer: &Answer) {
    let then = then.status(answer.status);
    if let Some((media_type, body)) = &answer.body {
        let text = if let Value::String(text) = body { text.clone() } else { format!("{body:#}\n") };
        then.header("content-type", media_type).body(text);
    }
}

/// The path template as a regular expression: any segment for a parameter.
fn pattern(base: &str, template: &str) -> String {
    let segments = template.split('/').map(|segment| {
        let mut out = String::new();
        let mut rest = segment;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(&escape(before));
            out.push_str("[^/]+");
            rest = after.split_once('}').map_or("", |(_, rest)| rest);
        }
        out + &escape(rest)
    });
    format!("^{}{}$", escape(base), segments.collect::<Vec<_>>().join("/"))
}
