//! The failure matrix: what a server can do wrong over a real socket, and what the caller of the client must see of it.
//!
//! Every operation goes through the rows that fit what the document says of it. Beside what its row says, every result keeps
//! the status and as much of the body as was sent, and prints no token.

mod bomb;
pub mod chance;
mod dropped;
pub mod rows;
pub mod scene;
mod tokens;
pub mod traits;

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread::ScopedJoinHandle;
use std::time::{Duration, Instant};

use serde::Serialize;
use serde_json::json;

use crate::arguments;
use crate::client::{self, Arguments, Called, Connected, Kind, Setup, Subject};
use crate::difference::Problem;
use crate::ground::{Clients, Ground, OperationGround, SchemaGround, Servers};
use crate::judge::JudgeError;
use crate::oracle::wire::offers;
use crate::oracle::{Evidence, Findings, Oracle};
use crate::request::Received;
use crate::server::{Director, Exchange};
use rows::{ROWS, Row};
use scene::{MOVED, Scene};
use traits::Traits;

/// The token that must be found nowhere but in the header of a request.
pub const TOKEN: &str = "matrix-token-5f0c1d";

/// The oracle's name.
pub const NAME: &str = "matrix";

/// The oracle.
pub struct Matrix;

/// What came of one row.
#[derive(Debug, Clone, Serialize)]
pub struct Tried {
    /// The operation.
    pub operation: String,
    /// What goes wrong.
    pub name: String,
    /// What the caller must see.
    pub expected: String,
    /// What the caller saw.
    pub seen: String,
    /// How many bytes of the body are kept, where the server responded.
    pub kept: Option<usize>,
    /// What is otherwise than it must be; empty where nothing is.
    pub wrong: Vec<String>,
}

impl Oracle for Matrix {
    fn name(&self) -> &'static str {
        NAME
    }

    fn evidence(&self, _: Problem) -> Evidence {
        Evidence::Behaviour
    }

    fn schema<'d>(
        &self,
        ground: &Ground<'d>,
        schema: &SchemaGround<'d>,
        found: &mut Findings,
    ) -> Result<(), JudgeError> {
        chance::bodies(ground, schema, found)
    }

    fn operation<'d>(
        &self,
        ground: &Ground<'d>,
        subject: &OperationGround<'d>,
        found: &mut Findings,
    ) -> Result<(), JudgeError> {
        for tried in run(ground, subject)? {
            found.count("rows");
            for wrong in &tried.wrong {
                let keyword = wrong.split(':').next().unwrap_or_default();
                let shown = json!({ "row": tried.name, "expected": tried.expected, "seen": tried.seen });
                found.add(Problem::Response, &tried.operation, keyword, format!("{}: {wrong}", tried.name), shown);
            }
            found.tried.push(tried);
        }
        if ground.scope.row.is_some() {
            return Ok(());
        }
        chance::responses(ground, subject, found)
    }
}

/// A line of the matrix.
impl fmt::Display for Tried {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, name, expected, seen, kept, wrong } = self;
        let kept = kept.map_or_else(String::new, |bytes| format!("{bytes} bytes kept"));
        write!(formatter, "{operation:<20} {name:<48} {expected:<36} {kept}")?;
        if seen != expected {
            write!(formatter, "  SEEN: {seen}")?;
        }
        for wrong in wrong {
            write!(formatter, "  WRONG: {wrong}")?;
        }
        Ok(())
    }
}

/// Tries the rows that fit an operation. Rows in which somebody waits are tried beside the others.
pub fn run<'d>(ground: &Ground<'d>, subject: &OperationGround<'d>) -> Result<Vec<Tried>, JudgeError> {
    let call = Call::of(ground, subject)?;
    let stage = Stage::new(&call, ground.clients)?;
    let asked = |name: &str| ground.scope.has_row(name);
    let rows: Vec<&Row> = ROWS.iter().filter(|row| row.fits(&call.traits) && asked(row.name)).collect();
    let (slow, quick): (Vec<usize>, Vec<usize>) = (0..rows.len()).partition(|index| rows[*index].waits());
    // A lane for each kind of client: to make one takes longer than most rows do.
    let mut kinds: Vec<(Setup, Vec<usize>)> = Vec::new();
    for index in slow {
        let setup = stage.setup(rows[index]);
        match kinds.iter_mut().find(|(known, _)| *known == setup) {
            Some((_, indices)) => indices.push(index),
            None => kinds.push((setup, vec![index])),
        }
    }
    let lanes = ground.clients.lanes(kinds.len()).map_err(JudgeError::Runtime)?;
    let (mut tried, lanes) = std::thread::scope(|scope| {
        let work = |clients: Clients, indices: Vec<usize>| -> Result<_, JudgeError> {
            let stage = Stage::new(&call, &clients)?;
            let tried: Vec<_> = indices.into_iter().map(|index| (index, stage.perform(rows[index]))).collect();
            drop(stage);
            Ok((tried, clients))
        };
        let workers: Vec<ScopedJoinHandle<'_, _>> = lanes
            .into_iter()
            .zip(kinds)
            .map(|(clients, (_, indices))| scope.spawn(move || work(clients, indices)))
            .collect();
        let mut tried: Vec<(usize, Tried)> = quick.iter().map(|index| (*index, stage.perform(rows[*index]))).collect();
        let mut lanes = Vec::new();
        for worker in workers {
            // A row that panics is the judge's fault: whoever runs it is to see the panic.
            let (more, clients) = worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
            tried.extend(more);
            lanes.push(clients);
        }
        Ok::<_, JudgeError>((tried, lanes))
    })?;
    ground.clients.keep(lanes);
    tried.sort_by_key(|(index, _)| *index);
    let mut tried: Vec<Tried> = tried.into_iter().map(|(_, tried)| tried).collect();
    tried.extend(dropped::run(&stage, asked));
    tried.extend(tokens::run(ground, subject, &stage, asked));
    Ok(tried)
}

/// The call that is made, and what the document says of its operation.
struct Call<'g> {
    subject: &'g Subject,
    binding: &'g client::Operation,
    id: &'g str,
    base: String,
    arguments: Arguments,
    traits: Traits,
}

impl<'g> Call<'g> {
    fn of<'d>(ground: &'g Ground<'d>, subject: &'g OperationGround<'d>) -> Result<Self, JudgeError> {
        let offers = offers::offers(ground, &subject.operation)?;
        Ok(Self {
            subject: ground.subject,
            binding: subject.binding,
            id: &subject.operation.id,
            base: ground.document.base_path(),
            arguments: arguments::usual(ground, &subject.operation, subject.binding)?,
            traits: Traits::of(ground, &subject.operation, &offers)?,
        })
    }
}

/// The servers and the clients with which a call is made.
struct Stage<'g> {
    call: &'g Call<'g>,
    clients: &'g Clients,
    servers: &'g Servers,
    scene: Scene,
    setup: Setup,
}

impl<'g> Stage<'g> {
    fn new(call: &'g Call<'g>, clients: &'g Clients) -> Result<Self, JudgeError> {
        let servers = clients.servers().map_err(JudgeError::Runtime)?;
        let scene = Scene {
            own: servers.own.address,
            other: servers.other.address,
            path: format!("{}/again", call.base),
            request: String::new(),
            attempts: 0,
            elapsed: Duration::ZERO,
            traits: call.traits.clone(),
        };
        let base_url = format!("http://{}{}", servers.own.address, call.base);
        let setup = Setup { base_url, token: Some(TOKEN.into()), ..Setup::default() };
        Ok(Self { call, clients, servers, scene, setup })
    }

    fn client(&self, row: &Row) -> Arc<Connected> {
        self.clients.connected(self.call.subject, &self.setup(row))
    }

    /// How the client is set up that a row is for.
    fn setup(&self, row: &Row) -> Setup {
        Setup {
            strict: row.strict,
            max_body: row.max_body,
            retries: row.retries,
            timeout: row.patience.map(Duration::from_millis),
            trusted: row.trusted.then(|| self.servers.other.address.ip().to_string()),
            ..self.setup.clone()
        }
    }

    /// How a client is set up whose credentials come from elsewhere.
    fn setup_without_token(&self) -> Setup {
        Setup { token: None, ..self.setup.clone() }
    }

    /// Tells the servers what to send.
    fn direct(&self, director: Director) {
        let other = self.scene.success();
        self.servers.own.direct(director);
        self.servers.other.direct(Arc::new(move |_| other.clone()));
    }

    /// Sends what a row says, counting the attempts.
    fn director(&self, row: &Row) -> Director {
        let (scene, sends, attempts, first) = (self.scene.clone(), row.sends, AtomicUsize::new(0), OnceLock::new());
        Arc::new(move |request: &str| {
            // What a credential in the query adds behind the path is none of it.
            if Received::parse(request.as_bytes(), Vec::new()).path() == format!("/{MOVED}") {
                return scene.success();
            }
            let attempts = attempts.fetch_add(1, Ordering::Relaxed);
            let elapsed = first.get_or_init(Instant::now).elapsed();
            sends(&Scene { request: request.to_owned(), attempts, elapsed, ..scene.clone() })
        })
    }

    /// One call, and what both servers saw of it.
    fn exchange(&self, client: &Arc<Connected>, director: Director) -> (Called, Vec<Exchange>, Vec<Exchange>) {
        self.direct(director);
        let called = self.clients.call(self.call.binding, client, self.call.arguments.clone());
        (called, self.servers.own.exchanges(), self.servers.other.exchanges())
    }

    fn perform(&self, row: &Row) -> Tried {
        let client = self.client(row);
        let (called, own, other) = self.exchange(&client, self.director(row));
        let idempotent = self.scene.traits.idempotent;
        let expected = self.scene.fill(if idempotent { row.expected } else { row.once.unwrap_or(row.expected) });
        let mut wrong = Vec::new();
        if called.to_string() != expected {
            wrong.push(format!("result: `{called}` instead of `{expected}`"));
        }
        if !idempotent && own.len() > 1 && !row.redirects {
            wrong.push(format!("retry: a call that is not idempotent was sent {} times", own.len()));
        }
        wrong.extend(
            own.first().and_then(|first| own[1..].iter().find_map(|next| again_fault(&first.request, &next.request))),
        );
        wrong.extend(own.iter().chain(&other).next_back().and_then(|last| body_fault(&called, last)));
        wrong.extend(self.common_faults(&called, &own, &other));
        self.tried(row.name, expected, &called, wrong)
    }

    fn tried(&self, name: &str, expected: String, called: &Called, wrong: Vec<String>) -> Tried {
        Tried {
            operation: self.call.id.to_owned(),
            name: name.into(),
            expected,
            seen: called.to_string(),
            kept: called.raw.as_ref().map(Vec::len),
            wrong,
        }
    }

    /// What is wrong whatever a row is about: a token where none must be.
    fn common_faults(&self, called: &Called, own: &[Exchange], other: &[Exchange]) -> Vec<String> {
        let with_token = |exchange: &Exchange| exchange.head.contains(TOKEN);
        let faults = [
            (
                self.scene.traits.credentials && !own.iter().all(with_token),
                "token: a request to the API came without it",
            ),
            (other.iter().any(with_token), "token: it was sent to a foreign host"),
            (!other.is_empty(), "redirect: a foreign host was called"),
            (called.printed.contains(TOKEN), "token: it is printed"),
        ];
        faults.into_iter().filter(|(is_so, _)| *is_so).map(|(_, wrong)| wrong.to_owned()).collect()
    }
}

/// A call that is sent once more is sent as before, to another path where a redirect led there.
fn again_fault(first: &Received, next: &Received) -> Option<String> {
    let (first, next) = (first.without_boundary(), next.without_boundary());
    let sorted = |request: &Received| {
        let mut headers = request.headers.clone();
        headers.sort();
        headers
    };
    let is_moved = first.path() != next.path();
    let part = [
        ("method", first.method != next.method),
        ("query", !is_moved && first.query() != next.query()),
        ("headers", sorted(&first) != sorted(&next)),
        ("body", first.body != next.body),
    ];
    let (part, _) = part.into_iter().find(|(_, differs)| *differs)?;
    Some(format!("again: another {part} than at the first time"))
}

/// The raw body is kept: whole where all of it was read, else its beginning.
fn body_fault(called: &Called, exchange: &Exchange) -> Option<String> {
    let kept = called.raw.as_ref()?;
    // Whatever a server sends after the headers of a response to HEAD is no body of it.
    let sent = if exchange.head.starts_with("HEAD ") { &[] } else { exchange.body.as_slice() };
    let fine = match called.kind {
        Kind::TooLarge | Kind::Interrupted => sent.starts_with(kept),
        _ => kept == sent,
    };
    (!fine).then(|| format!("body: {} bytes are kept of {} that were sent", kept.len(), sent.len()))
}

#[cfg(test)]
mod tests {
    use super::{Received, again_fault};

    fn request(head: &str, boundary: &str, body: &str) -> Received {
        let head = format!("{head}\r\nhost: a\r\ncontent-type: multipart/form-data; boundary={boundary}\r\n\r\n");
        Received::parse(head.as_bytes(), body.replace("BOUNDARY", boundary).into_bytes())
    }

    #[test]
    fn what_is_sent_once_more_is_the_same_request() {
        let first = request("POST /a?b=1 HTTP/1.1", "one", "--BOUNDARY\r\nx");
        let fault = |head: &str, boundary: &str, body: &str| again_fault(&first, &request(head, boundary, body));
        assert_eq!(fault("POST /a?b=1 HTTP/1.1", "other", "--BOUNDARY\r\nx"), None);
        assert_eq!(fault("POST /moved HTTP/1.1", "one", "--BOUNDARY\r\nx"), None);
        for (head, body, part) in [
            ("GET /moved HTTP/1.1", "--BOUNDARY\r\nx", "method"),
            ("POST /a HTTP/1.1", "--BOUNDARY\r\nx", "query"),
            ("POST /a?b=1 HTTP/1.1\r\nx: y", "--BOUNDARY\r\nx", "headers"),
            ("POST /moved HTTP/1.1", "", "body"),
        ] {
            assert!(fault(head, "one", body).is_some_and(|fault| fault.contains(part)), "{head} {part}");
        }
    }
}
