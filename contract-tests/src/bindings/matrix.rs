//! The failure matrix: what a server can do wrong over a real socket, and what the caller of the client must see of it.
//!
//! Beside what its row says, every result keeps the status and as much of the body as was sent, and prints no token.

mod bomb;
pub mod chance;
pub mod rows;
pub mod scene;
pub mod server;

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde::Serialize;
use serde_json::{Value, json};

use crate::bindings::wire::{answers, arguments, base_path};
use crate::bindings::{Call, Called, Connection, OPERATIONS, OperationBinding, Seen};
use crate::difference::{Difference, Problem};
use crate::document::{Document, DocumentError, Operation};
use crate::progress::Progress;
use crate::strategy::StrategyError;
use rows::{ROWS, Row};
use scene::{JSON, MOVED, Places, Scene, answer, with_headers};
use server::{Director, Exchange, Script, Server};

/// The token that must be found nowhere but in the header of a request.
pub const TOKEN: &str = "matrix-token-5f0c1d";
/// Longer than any row takes: a call that is still under way then hangs.
const HANGS: Duration = Duration::from_secs(30);

/// Why the matrix could not be tried.
#[derive(Debug, thiserror::Error)]
pub enum MatrixError {
    /// No answer could be made from the document.
    #[error(transparent)]
    Strategy(#[from] StrategyError),
    /// The document does not hold together.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// No server could be started.
    #[error("no server for the failure matrix: {0}")]
    Server(#[from] std::io::Error),
}

/// What came of one row.
#[derive(Debug, Clone, Serialize)]
pub struct Tried {
    /// What goes wrong.
    pub name: String,
    /// What the caller must see.
    pub expected: String,
    /// What the caller saw.
    pub seen: String,
    /// The status that is kept.
    pub status: Option<u16>,
    /// How many bytes of the body are kept, where the server answered.
    pub kept: Option<usize>,
    /// What is otherwise than it must be; empty where nothing is.
    pub wrong: Vec<String>,
}

/// A line of the matrix.
impl fmt::Display for Tried {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, expected, seen, kept, wrong, .. } = self;
        let kept = kept.map_or_else(String::new, |bytes| format!("{bytes} bytes kept"));
        write!(formatter, "{name:<48} {expected:<36} {kept}")?;
        if seen != expected {
            write!(formatter, "  SEEN: {seen}")?;
        }
        for wrong in wrong {
            write!(formatter, "  WRONG: {wrong}")?;
        }
        Ok(())
    }
}

/// Tries all rows on one operation of the document; nothing where the client has none of its operations.
pub async fn run(document: &Document, progress: &Progress) -> Result<Vec<Tried>, MatrixError> {
    let Some((operation, binding)) = subject(document)? else { return Ok(Vec::new()) };
    let stage = Stage::new(document, &operation, binding).await?;
    let mut tried = Vec::new();
    for answer in answers(document, &operation)? {
        let retryable = matches!(answer.status, 408 | 429 | 502..=504);
        let kind = match answer.status {
            _ if !answer.documented => "status",
            200..=299 => "value",
            _ => "error-response",
        };
        let expected = format!("{kind} {}{}", answer.status, if retryable { ", retryable" } else { "" });
        let known = if answer.documented { "documented" } else { "not documented" };
        let script = match answer.body {
            Some((media_type, body)) => scene::answer(answer.status, &media_type, body.to_string()),
            None => with_headers(answer.status, "", ""),
        };
        let row = Row { name: "", sends: |_| Script::default(), expected: "", ..ROWS[0] };
        let director: Director = Arc::new(move |_| script.clone());
        tried.push(stage.perform(&format!("status {}, {known}", answer.status), &expected, &row, director).await);
    }
    progress.expect(ROWS.len());
    for row in ROWS {
        progress.step(row.name);
        let (scene, sends, tries) = (stage.scene.clone(), row.sends, AtomicUsize::new(0));
        let director: Director = Arc::new(move |request: &str| {
            if asks_for(request, MOVED) {
                return answer(200, JSON, scene.good());
            }
            let tries = tries.fetch_add(1, Ordering::Relaxed);
            sends(&Scene { request: request.to_owned(), tries, ..scene.clone() })
        });
        tried.push(stage.perform(row.name, &stage.scene.places.fill(row.expected), row, director).await);
    }
    Ok(tried)
}

/// What in the matrix is otherwise than it must be, as differences.
pub fn differences(tried: &[Tried]) -> Vec<Difference> {
    let wrong = tried.iter().flat_map(|tried| tried.wrong.iter().map(move |wrong| (tried, wrong)));
    let difference = |(tried, wrong): (&Tried, &String)| Difference {
        oracle: "matrix",
        problem: Problem::Answer,
        place: tried.name.clone(),
        keyword: wrong.split(':').next().unwrap_or_default().to_owned(),
        detail: wrong.clone(),
        shown_by: json!({ "expected": tried.expected, "seen": tried.seen }),
    };
    wrong.map(difference).collect()
}

/// The first operation of the document that the client has.
fn subject(document: &Document) -> Result<Option<(Operation<'_>, &'static OperationBinding)>, DocumentError> {
    for operation in document.operations()? {
        if let Some(binding) = OPERATIONS.iter().find(|binding| binding.id == operation.id) {
            return Ok(Some((operation, binding)));
        }
    }
    Ok(None)
}

/// Two servers, and the call that is made to one of them.
struct Stage<'b> {
    binding: &'b OperationBinding,
    own: Server,
    other: Server,
    scene: Scene,
    call: Call,
}

impl<'b> Stage<'b> {
    async fn new(
        document: &Document,
        operation: &Operation<'_>,
        binding: &'b OperationBinding,
    ) -> Result<Self, MatrixError> {
        let (own, other) = (Server::start().await?, Server::start().await?);
        let bodies = answers(document, operation)?;
        let body = |success: bool| {
            let fits = bodies.iter().find(|answer| answer.documented && (answer.status < 300) == success);
            fits.and_then(|answer| answer.body.clone()).map_or(Value::Null, |(_, body)| body)
        };
        let (example, error) = (body(true), body(false));
        let scene = Scene {
            own: own.address,
            other: other.address,
            path: format!("{}/again", base_path(document)),
            request: String::new(),
            tries: 0,
            places: Places::of(&example),
            example,
            error,
        };
        let call = Call {
            base_url: format!("http://{}{}", own.address, base_path(document)),
            arguments: arguments(document, operation)?.into_iter().next().unwrap_or_default(),
            connection: Connection::default(),
            client: None,
        };
        Ok(Self { binding, own, other, scene, call })
    }

    /// One call, and what both servers saw of it.
    async fn exchange(&self, connection: Connection, director: Director) -> (Seen, (Vec<Exchange>, Vec<Exchange>)) {
        let good = self.scene.good();
        self.own.direct(director);
        self.other.direct(Arc::new(move |_| answer(200, JSON, good.clone())));
        let calling = (self.binding.call)(Call { connection, ..self.call.clone() });
        // In a task of its own, so that a panic is a result like others.
        let seen = match tokio::time::timeout(HANGS, tokio::spawn(calling)).await {
            Ok(Ok(Called { seen, .. })) => seen,
            Ok(Err(error)) => Seen { kind: "panic", printed: error.to_string(), ..Seen::default() },
            Err(_) => Seen { kind: "hangs", ..Seen::default() },
        };
        (seen, (self.own.exchanges(), self.other.exchanges()))
    }

    async fn perform(&self, name: &str, expected: &str, row: &Row, director: Director) -> Tried {
        let connection = Connection {
            token: Some(TOKEN),
            strict: row.strict,
            max_body: row.max_body,
            retries: row.retries,
            timeout: row.patience.map(Duration::from_millis),
            trusted: row.trusted.then(|| self.other.address.ip().to_string()),
        };
        let (seen, (own, other)) = self.exchange(connection, director).await;
        let mut wrong = Vec::new();
        if seen.to_string() != expected {
            wrong.push(format!("result: `{seen}` instead of `{expected}`"));
        }
        wrong.extend(own.iter().chain(&other).next_back().and_then(|last| body_fault(&seen, &last.body)));
        if seen.printed.contains(TOKEN) {
            wrong.push("token: it is printed".into());
        }
        wrong.extend(travel_faults(&own, &other).map(str::to_owned));
        let kept = seen.body.as_ref().map(Vec::len);
        Tried { name: name.into(), expected: expected.into(), seen: seen.to_string(), status: seen.status, kept, wrong }
    }
}

/// Where the token went that it must not, and where it didn't go that it must.
fn travel_faults(own: &[Exchange], other: &[Exchange]) -> impl Iterator<Item = &'static str> {
    let with_token = |exchange: &Exchange| exchange.request.contains(TOKEN);
    let faults = [
        (!own.iter().all(with_token), "token: a request to the API came without it"),
        (other.iter().any(with_token), "token: it was sent to a foreign host"),
        (!other.is_empty(), "redirect: a foreign host was called"),
    ];
    faults.into_iter().filter(|(is_so, _)| *is_so).map(|(_, wrong)| wrong)
}

/// The raw body is kept: whole where all of it was read, else its beginning.
fn body_fault(seen: &Seen, sent: &[u8]) -> Option<String> {
    let kept = seen.body.as_ref()?;
    let fine = match seen.kind {
        "too-large" | "interrupted" => sent.starts_with(kept),
        _ => kept == sent,
    };
    (!fine).then(|| format!("body: {} bytes are kept of {} that were sent", kept.len(), sent.len()))
}

fn asks_for(request: &str, path: &str) -> bool {
    request.lines().next().is_some_and(|line| line.contains(path))
}
