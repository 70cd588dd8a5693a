//! Why no mock meets a call, in plain words: which mocks there are, and in what the call differs from what each asks for.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use httpmock::{HttpMockRequest, HttpMockResponse, Mock, MockServer};
use serde_json::Value;

use super::super::Security;
use super::super::violation::token;
use super::access::{self, Access};
use super::path::PathPattern;

/// An operation of the API: its name, its method and its path.
pub(crate) type Known = (&'static str, &'static str, &'static str);

/// In what a call differs from what is asked for; nothing where it does not.
pub(super) type Differs = Box<dyn Fn(&HttpMockRequest) -> Option<String> + Send + Sync>;

/// What a mock asks of a call.
pub(super) struct Asked {
    pub(super) operation: &'static str,
    pub(super) path: PathPattern,
    pub(super) security: Security,
    pub(super) access: Access,
    pub(super) arguments: Vec<Differs>,
}

/// The mocks of one server. It lives as long as the last mock on the server, which explains why no other one met a call.
struct Board {
    base: &'static str,
    operations: &'static [Known],
    /// A mock that is deleted takes what it asked for with it.
    mocks: Mutex<Vec<Weak<Asked>>>,
}

/// The boards by the addresses of their servers, with the ids of the mocks that explain.
static BOARDS: Mutex<Vec<(SocketAddr, Weak<Board>, usize)>> = Mutex::new(Vec::new());

/// Enters a mock on its server's board, and has the server explain what is met by none.
pub(super) fn enter<'s>(
    server: &'s MockServer,
    (base, operations): (&'static str, &'static [Known]),
    asked: &Arc<Asked>,
    mount: impl FnOnce() -> Mock<'s>,
) -> Mock<'s> {
    let mut boards = BOARDS.lock().unwrap_or_else(PoisonError::into_inner);
    // A server that was reset, or another one at its address, has no mock that explains.
    boards.retain(|(_, board, _)| board.strong_count() > 0);
    let at = boards.iter().position(|(address, ..)| address == server.address());
    let known = at.map(|at| boards.swap_remove(at)).and_then(|(_, board, id)| Some((board.upgrade()?, id)));
    let board = match known {
        Some((board, id)) => {
            // The server asks its mocks in the order in which they were made, and this one comes last.
            Mock::new(id, server).delete();
            board
        }
        None => Arc::new(Board { base, operations, mocks: Mutex::new(Vec::new()) }),
    };
    board.mocks.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::downgrade(asked));
    let mock = mount();
    let explaining = server.mock(|when, then| {
        let (asking, responding) = (board.clone(), board.clone());
        drop(when.is_true(move |request| asking.operation_of(request).is_some()));
        drop(then.respond_with(move |request| {
            let reason = responding.explain(request);
            HttpMockResponse::builder().status(404).header("content-type", "text/plain").body(reason).build()
        }));
    });
    boards.push((*server.address(), Arc::downgrade(&board), explaining.id()));
    mock
}

impl Board {
    /// The operation that a request calls: of several, the one of whose path most is written out.
    fn operation_of(&self, request: &HttpMockRequest) -> Option<&'static str> {
        let path = path(request);
        let is_called = |(_, method, template): &&Known| {
            *method == request.method_str() && PathPattern::new(self.base, template).is_of(&path)
        };
        let written = |(_, _, template): &&Known| template.split(['{', '}']).step_by(2).map(str::len).sum::<usize>();
        self.operations.iter().filter(is_called).max_by_key(written).map(|(name, ..)| *name)
    }

    fn explain(&self, request: &HttpMockRequest) -> String {
        let name = self.operation_of(request).unwrap_or_default();
        let mocks = self.mocks.lock().unwrap_or_else(PoisonError::into_inner);
        let mocks: Vec<Arc<Asked>> = mocks.iter().filter_map(Weak::upgrade).collect();
        let mut lines = vec![format!("no mock meets the call `{name}`: {} {}", request.method_str(), path(request))];
        let own: Vec<&Arc<Asked>> = mocks.iter().filter(|mock| mock.operation == name).collect();
        for (index, mock) in own.iter().enumerate() {
            let differences = mock.differences(request);
            let said = match differences.is_empty() {
                true => "it has responded as often as it was to, or a condition of httpmock's is not met".to_owned(),
                false => differences.join("; "),
            };
            lines.push(format!("- mock {} of `{name}`: {said}", index + 1));
        }
        if own.is_empty() {
            let mut others: Vec<String> = mocks.iter().map(|mock| format!("`{}`", mock.operation)).collect();
            others.dedup();
            let others = if others.is_empty() { "none".to_owned() } else { others.join(", ") };
            lines.push(format!("- there is no mock of `{name}`; there are mocks of: {others}"));
        }
        lines.join("\n")
    }
}

impl Asked {
    fn differences(&self, request: &HttpMockRequest) -> Vec<String> {
        let mut differences = Vec::new();
        if !self.path.is_met(&path(request)) {
            differences.push(format!("it is for the path `{}`", self.path));
        }
        if !access::is_met(self.security, &self.access, request) {
            differences.push(match &self.access {
                Access::By(_) => "the call has another credential, or none".to_owned(),
                Access::ByNone => "the call has credentials".to_owned(),
                Access::AsDocumented | Access::ByAnyone => "the call has no credentials".to_owned(),
            });
        }
        differences.extend(self.arguments.iter().filter_map(|differs| differs(request)));
        differences
    }
}

fn path(request: &HttpMockRequest) -> String {
    request.uri().path().to_owned()
}

/// Two strings that differ.
pub(super) fn instead(what: &str, found: &str, expected: &str) -> Option<String> {
    let shown = |text: &str| if text.is_empty() { "nothing".to_owned() } else { format!("`{text}`") };
    (found != expected).then(|| format!("{what} is {} instead of {}", shown(found), shown(expected)))
}

/// The place where two JSON values differ first.
pub(super) fn first_difference(found: &Value, expected: &Value) -> Option<String> {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => {
            let name = expected.keys().chain(found.keys()).find(|name| found.get(*name) != expected.get(*name))?;
            let inner = found.get(name).zip(expected.get(name)).and_then(|(one, other)| first_difference(one, other));
            Some(format!("/{}{}", token(name), inner.unwrap_or_default()))
        }
        (Value::Array(found), Value::Array(expected)) => {
            let length = found.len().max(expected.len());
            let index = (0..length).find(|index| found.get(*index) != expected.get(*index))?;
            let inner = found.get(index).zip(expected.get(index)).and_then(|(one, other)| first_difference(one, other));
            Some(format!("/{index}{}", inner.unwrap_or_default()))
        }
        _ => (found != expected).then(String::new),
    }
}
