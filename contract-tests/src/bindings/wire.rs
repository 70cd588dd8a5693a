//! The client on the wire: each operation against a mock server, for each status.
//!
//! The request is judged as well as the answer: method, path, query, headers and body must be what the document says, and
//! nothing that it doesn't say may be sent.

mod answer;
mod request;

use std::sync::{Arc, Mutex};

use httpmock::{HttpMockRequest, HttpMockResponse, MockServer};
use serde_json::{Map, Value, json};

use crate::bindings::{Call, Connection, OPERATIONS, OperationBinding};
use crate::cases::Enumerator;
use crate::difference::{Difference, Problem};
use crate::document::{Document, Operation};
use crate::strategy::StrategyError;

pub use answer::answers;
use answer::built_answers;

/// What a mock server answers.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The media type and the body, where there is one.
    pub body: Option<(String, Value)>,
    /// Whether the document knows this status.
    pub documented: bool,
}

/// What judging the wire came to.
#[derive(Debug, Default)]
pub struct Judged {
    /// How many calls were made.
    pub calls: usize,
    /// What was different.
    pub differences: Vec<Difference>,
}

/// Calls every operation of the document.
pub async fn judge(document: &Document) -> Result<Judged, StrategyError> {
    let mut judged = Judged::default();
    let operations = document.operations()?;
    for operation in &operations {
        match OPERATIONS.iter().find(|binding| binding.id == operation.id) {
            Some(binding) => judge_operation(document, operation, binding, &mut judged).await?,
            None => judged.differences.push(unbound(&operation.id, "the judge has no binding for this operation")),
        }
    }
    for binding in OPERATIONS.iter().filter(|binding| !operations.iter().any(|operation| operation.id == binding.id)) {
        judged.differences.push(unbound(binding.id, "the client has this call, the document has no such operation"));
    }
    Ok(judged)
}

async fn judge_operation(
    document: &Document,
    operation: &Operation<'_>,
    binding: &OperationBinding,
    judged: &mut Judged,
) -> Result<(), StrategyError> {
    for parameter in &operation.parameters {
        if !binding.parameters.iter().any(|(known, _)| *known == parameter.name) {
            judged.differences.push(Difference {
                oracle: "wire",
                problem: Problem::Request,
                place: operation.id.clone(),
                keyword: format!("{} parameter {}", parameter.place, parameter.name),
                detail: "the client's call doesn't take it".into(),
                shown_by: json!({ "parameter": parameter.name }),
            });
        }
    }
    let server = Server::start().await;
    let call = Call {
        base_url: server.mock.url(base_path(document)),
        arguments: Map::new(),
        connection: Connection { token: Some("wire-token"), ..Connection::default() },
        client: None,
    };
    // Where no client can be made, each call says so.
    let call = call.clone().prepared().unwrap_or(call);
    let calls = arguments(document, operation)?;
    for answer in answers(document, operation)? {
        let Some(arguments) = calls.first() else { break };
        exchange(document, operation, binding, &server, &call, arguments, &answer, judged).await?;
    }
    for answer in built_answers(document, operation)? {
        let Some(arguments) = calls.first() else { break };
        exchange(document, operation, binding, &server, &call, arguments, &answer, judged).await?;
    }
    // The boundaries of each parameter, with an answer of which the caller is sure.
    if let Some(answer) = answers(document, operation)?.into_iter().next() {
        for arguments in calls.iter().skip(1) {
            exchange(document, operation, binding, &server, &call, arguments, &answer, judged).await?;
        }
        // What the document refuses must not leave the client.
        for (label, arguments) in refused_arguments(document, operation, calls.first())? {
            server.prepare(&answer);
            // Whatever the call comes to, it must not come to a request.
            let _ = (binding.call)(Call { arguments: arguments.clone(), ..call.clone() }).await;
            judged.calls += 1;
            let received = server.received();
            if !received.is_empty() {
                let shown = request::shown(&received, &arguments, &answer);
                let detail = format!("the document refuses the argument, the client sends it: {label}");
                judged.differences.push(difference(operation, Problem::Request, "argument".into(), detail, &shown));
            }
        }
    }
    Ok(())
}

#[allow(clippy::too_many_arguments, reason = "an exchange is all of these, and they have no life of their own")]
async fn exchange(
    document: &Document,
    operation: &Operation<'_>,
    binding: &OperationBinding,
    server: &Server,
    call: &Call,
    arguments: &Map<String, Value>,
    answer: &Answer,
    judged: &mut Judged,
) -> Result<(), StrategyError> {
    server.prepare(answer);
    let outcome = (binding.call)(Call { arguments: arguments.clone(), ..call.clone() }).await.outcome;
    judged.calls += 1;
    let received = server.received();
    let shown = request::shown(&received, arguments, answer);
    for (keyword, detail) in request::judge(operation, base_path(document), arguments, &received) {
        judged.differences.push(difference(operation, Problem::Request, keyword, detail, &shown));
    }
    if let Some(detail) = answer::judge(document, operation, answer, &outcome)? {
        judged.differences.push(difference(
            operation,
            Problem::Answer,
            format!("status {}", answer.status),
            detail,
            &shown,
        ));
    }
    Ok(())
}

/// Arguments for the calls: the document's examples first, then each parameter at its boundaries.
pub fn arguments(document: &Document, operation: &Operation<'_>) -> Result<Vec<Map<String, Value>>, StrategyError> {
    let mut enumerator = Enumerator::new(document);
    let mut usual = Map::new();
    let mut boundaries = Vec::new();
    for parameter in &operation.parameters {
        let cases = match &parameter.schema {
            Some(schema) => enumerator.cases(schema.clone())?.cases,
            None => Vec::new(),
        };
        let valid: Vec<Value> =
            cases.into_iter().filter(|case| case.fault.is_none()).map(|case| case.payload).collect();
        let value = parameter.example.cloned().or_else(|| valid.first().cloned()).unwrap_or_default();
        usual.insert(parameter.name.to_owned(), value);
        boundaries
            .extend(valid.into_iter().filter(|value| !value.is_null()).map(|value| (parameter.name.to_owned(), value)));
    }
    let mut all = vec![usual.clone()];
    for (name, value) in boundaries {
        let mut changed = usual.clone();
        changed.insert(name, value);
        all.push(changed);
    }
    Ok(all)
}

/// What is wrong with one of the arguments, and all of them.
type Refused = (String, Map<String, Value>);

/// Arguments with one fault, each with what is wrong with it.
fn refused_arguments(
    document: &Document,
    operation: &Operation<'_>,
    usual: Option<&Map<String, Value>>,
) -> Result<Vec<Refused>, StrategyError> {
    let mut enumerator = Enumerator::new(document);
    let mut all = Vec::new();
    for parameter in &operation.parameters {
        let Some(schema) = &parameter.schema else { continue };
        for case in enumerator.cases(schema.clone())?.cases.into_iter().filter(|case| case.fault.is_some()) {
            let mut changed = usual.cloned().unwrap_or_default();
            changed.insert(parameter.name.to_owned(), case.payload);
            all.push((format!("{}: {}", parameter.name, case.label), changed));
        }
    }
    Ok(all)
}

/// The path of the first server's URL, which every call's path begins with.
pub fn base_path(document: &Document) -> &str {
    let url = document.root().pointer("/servers/0/url").and_then(Value::as_str).unwrap_or("/");
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |start| &rest[start..]),
        None => url,
    };
    path.trim_end_matches('/')
}

fn difference(
    operation: &Operation<'_>,
    problem: Problem,
    keyword: String,
    detail: String,
    shown: &Value,
) -> Difference {
    Difference { oracle: "wire", problem, place: operation.id.clone(), keyword, detail, shown_by: shown.clone() }
}

fn unbound(id: &str, detail: &str) -> Difference {
    Difference {
        oracle: "bindings",
        problem: Problem::Unbound,
        place: id.into(),
        keyword: "operationId".into(),
        detail: detail.into(),
        shown_by: Value::Null,
    }
}

/// A mock server that takes any request, remembers it, and answers what it was told to.
struct Server {
    mock: MockServer,
    answer: Arc<Mutex<Option<Answer>>>,
    received: Arc<Mutex<Vec<HttpMockRequest>>>,
}

impl Server {
    async fn start() -> Self {
        let mock = MockServer::start_async().await;
        let answer: Arc<Mutex<Option<Answer>>> = Arc::default();
        let received: Arc<Mutex<Vec<HttpMockRequest>>> = Arc::default();
        let (told, seen) = (Arc::clone(&answer), Arc::clone(&received));
        mock.mock_async(move |when, then| {
            when.any_request();
            then.respond_with(move |request: &HttpMockRequest| {
                lock(&seen).push(request.clone());
                respond(lock(&told).as_ref())
            });
        })
        .await;
        Self { mock, answer, received }
    }

    fn prepare(&self, answer: &Answer) {
        *lock(&self.answer) = Some(answer.clone());
        lock(&self.received).clear();
    }

    fn received(&self) -> Vec<HttpMockRequest> {
        std::mem::take(&mut lock(&self.received))
    }
}

fn respond(answer: Option<&Answer>) -> HttpMockResponse {
    let Some(answer) = answer else { return HttpMockResponse::builder().status(500).build() };
    let response = HttpMockResponse::builder().status(answer.status);
    match &answer.body {
        Some((media_type, body)) => {
            let text = if media_type.contains("json") {
                body.to_string()
            } else {
                body.as_str().unwrap_or_default().to_owned()
            };
            response.header("content-type", media_type).body(text).build()
        }
        None => response.build(),
    }
}

/// A poisoned lock holds a value that is still whole: nothing here is left half-written.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
