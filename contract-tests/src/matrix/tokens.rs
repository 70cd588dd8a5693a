//! What goes wrong where tokens come from: for each source of tokens that the client has, the first operation that takes one.
//!
//! Whatever the token endpoint does, the caller sees why there is no token, the API is not called without one, and neither the
//! secret nor a token is printed.

use std::ops::RangeInclusive;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::scene::{HTML, response, wait, with_headers};
use super::traits::Trait;
use super::{Stage, Tried};
use crate::client::{Called, Connected, TokenSource};
use crate::ground::clients::ended;
use crate::ground::{Ground, OperationGround};
use crate::server::{Exchange, Script, Step};

/// The client's id and secret: the secret is in no letters that a form encodes.
const ID: &str = "matrix-client";
const SECRET: &str = "matrix-secret-9a41c7";
/// What each token begins with; the number of the request for it follows.
const TOKEN: &str = "granted-token-77e0-";
/// How many calls are made at once.
const AT_ONCE: usize = 8;

/// One row.
struct Row {
    name: &'static str,
    /// What the token endpoint sends to its first request, to its second, and so on.
    sends: fn(usize) -> Script,
    /// The first token that the API takes, by its number.
    accepted: usize,
    /// What each caller sees.
    expected: &'static str,
    /// How often a token may be requested.
    requests: RangeInclusive<usize>,
    calls: Calls,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Calls {
    /// One after the other.
    Following(usize),
    /// At the same time.
    AtOnce(usize),
}

const NEVER: usize = usize::MAX;

const fn row(name: &'static str, sends: fn(usize) -> Script, expected: &'static str) -> Row {
    Row { name, sends, accepted: 0, expected, requests: 1..=1, calls: Calls::Following(2) }
}

/// A refusal, after which a second call may ask again.
const fn refusal(name: &'static str, sends: fn(usize) -> Script, expected: &'static str, most: usize) -> Row {
    Row { requests: 1..=most, calls: Calls::Following(1), ..row(name, sends, expected) }
}

#[rustfmt::skip]
const ROWS: &[Row] = &[
    row("tokens: one for several calls", |n| granted(n, r#","expires_in":3600"#), "value {ok}"),
    Row { calls: Calls::AtOnce(AT_ONCE), ..row("tokens: one for all who wait", |n| slowly(granted(n, r#","expires_in":3600"#)), "value {ok}") },
    // A client may take a token of no stated lifetime for one call.
    Row { requests: 1..=2, ..row("tokens: no lifetime", |n| granted(n, ""), "value {ok}") },
    Row { requests: 1..=2, ..row("tokens: a lifetime of nothing", |n| granted(n, r#","expires_in":0"#), "value {ok}") },
    Row { requests: 1..=2, ..row("tokens: a negative lifetime", |n| granted(n, r#","expires_in":-5"#), "value {ok}") },
    row("tokens: a lifetime beyond all clocks", |n| granted(n, r#","expires_in":1e300"#), "value {ok}"),
    row("tokens: a lifetime as a string", |n| granted(n, r#","expires_in":"3600""#), "value {ok}"),
    Row { accepted: 2, requests: 2..=2, ..row("tokens: another one after a 401", |n| granted(n, r#","expires_in":3600"#), "value {ok}") },
    Row { accepted: NEVER, requests: 1..=2, ..row("tokens: none is taken", |n| granted(n, r#","expires_in":3600"#), "{bare 401}") },
    refusal("tokens: refused with 400", |_| refused(400), "credentials", 1),
    refusal("tokens: refused with 401", |_| refused(401), "credentials", 1),
    refusal("tokens: a page in place of one", |_| response(200, HTML, "<title>Log in</title>"), "credentials", 1),
    refusal("tokens: a token that is no string", |_| response(200, "application/json", r#"{"access_token":{"granted-token-77e0-":1}}"#), "credentials", 1),
    refusal("tokens: a response that is too large", |_| response(200, "application/json", [b"{\"access_token\":\"granted-token-77e0-1\",\"a\":\"".to_vec(), vec![b'a'; 4 * super::rows::MIB], b"\"}".to_vec()].concat()), "credentials", 1),
    refusal("tokens: refused with 500", |_| with_headers(500, "", ""), "credentials, retryable", 5),
    refusal("tokens: the connection ends at once", |_| Script::default(), "credentials, retryable", 5),
    refusal("tokens: a redirect", |_| with_headers(307, "location: /elsewhere\r\n", ""), "credentials", 1),
];

fn granted(number: usize, more: &str) -> Script {
    response(200, "application/json", format!(r#"{{"access_token":"{TOKEN}{number}","token_type":"Bearer"{more}}}"#))
}

/// A refusal that quotes what was sent, as some servers do.
fn refused(status: u16) -> Script {
    let body = format!(r#"{{"error":"invalid_client","error_description":"{SECRET} is none of ours"}}"#);
    response(status, "application/json", body)
}

fn slowly(script: Script) -> Script {
    let steps: Vec<Step> = [wait(150)].into_iter().chain(script.steps).collect();
    Script { steps, ..script }
}

/// Tries the rows for each source of tokens of which this operation is the first.
pub(super) fn run<'d>(
    ground: &Ground<'d>,
    subject: &OperationGround<'d>,
    stage: &Stage<'_>,
    asked: impl Fn(&str) -> bool,
) -> Vec<Tried> {
    let mut tried = Vec::new();
    if !stage.scene.traits.are.contains(&Trait::Success) {
        return tried;
    }
    for source in ground.subject.tokens {
        let mut takers = ground.operations.iter().filter(|operation| takes(operation, source.scheme));
        let is_first = takers.next().is_some_and(|first| first.operation.id == subject.operation.id);
        if is_first || (ground.scope.only.is_some() && takes(subject, source.scheme)) {
            tried.extend(ROWS.iter().filter(|row| asked(row.name)).map(|row| row.tried(source, stage)));
        }
    }
    tried
}

/// Whether the first alternative that takes no other credential takes one of this scheme.
fn takes(subject: &OperationGround<'_>, scheme: &str) -> bool {
    let only = |(name, _): &(String, Vec<String>)| name == scheme;
    let mut alternatives = subject.operation.security.iter().filter(|one| one.schemes.iter().all(only));
    alternatives.next().is_some_and(|first| !first.schemes.is_empty())
}

impl Row {
    fn tried(&self, source: &TokenSource, stage: &Stage<'_>) -> Tried {
        let (own, other) = (&stage.servers.own, &stage.servers.other);
        let (success, accepted) = (stage.scene.success(), self.accepted);
        own.direct(Arc::new(move |request| match number(request) {
            Some(token) if token >= accepted => success.clone(),
            _ => with_headers(401, "", ""),
        }));
        let (sends, requests) = (self.sends, AtomicUsize::new(0));
        other.direct(Arc::new(move |_| sends(requests.fetch_add(1, Ordering::Relaxed) + 1)));
        // A client of its own: what one row has given must not be there in the next.
        let url = format!("http://{}/token", other.address);
        let client = stage.clients.within(|| (source.connect)(&stage.setup_without_token(), &url, [ID, SECRET]));
        let client = client.map_or_else(|_| Arc::new(Connected::new(())), Arc::new);
        let all = self.called(stage, &client);
        let (sent, requested) = (own.exchanges(), other.exchanges());
        let expected = stage.scene.fill(self.expected);
        let strange = all.iter().find(|called| called.to_string() != expected);
        let shown = strange.or(all.first()).cloned().unwrap_or_default();
        let mut wrong = Vec::new();
        if strange.is_some() {
            wrong.push(format!("result: `{shown}` instead of `{expected}`"));
        }
        if !self.requests.contains(&requested.len()) {
            wrong.push(format!("tokens: {} were requested, and {:?} are expected", requested.len(), self.requests));
        }
        wrong.extend(requested.iter().find_map(request_fault));
        wrong.extend(all.iter().find_map(|called| printed_fault(called, &requested)));
        if sent.iter().any(|exchange| number(&exchange.head).is_none()) {
            wrong.push("token: a request to the API came without it".into());
        }
        if sent.iter().any(|exchange| exchange.head.contains(SECRET)) {
            wrong.push("secret: it was sent to the API".into());
        }
        stage.tried(self.name, expected, &shown, wrong)
    }

    fn called(&self, stage: &Stage<'_>, client: &Arc<Connected>) -> Vec<Called> {
        match self.calls {
            Calls::Following(count) => (0..count)
                .map(|_| stage.clients.call(stage.call.binding, client, stage.call.arguments.clone()))
                .collect(),
            Calls::AtOnce(count) => stage.clients.run(async {
                let begun = (0..count).map(|_| {
                    let (call, client) = (stage.call.binding.call, Arc::clone(client));
                    let arguments = stage.call.arguments.clone();
                    tokio::spawn(ended(async move { call(&client, arguments).await }))
                });
                let mut all = Vec::new();
                for begun in begun.collect::<Vec<_>>() {
                    all.extend(begun.await);
                }
                all
            }),
        }
    }
}

/// The number of the token that a request carries.
fn number(head: &str) -> Option<usize> {
    let (_, token) = head.split_once(TOKEN)?;
    token.split(|character: char| !character.is_ascii_digit()).next()?.parse().ok()
}

/// What RFC 6749 (sections 2.3.1 and 4.4.2) asks of a request for a token.
fn request_fault(exchange: &Exchange) -> Option<String> {
    let request = &exchange.request;
    let body = String::from_utf8_lossy(&request.body);
    let fields: Vec<&str> = body.split('&').collect();
    let basic = request.header("authorization").is_some_and(|header| header.starts_with("Basic "));
    let in_body = fields.contains(&format!("client_secret={SECRET}").as_str());
    let form = request.header("content-type").unwrap_or_default();
    let faults = [
        (request.method != "POST" || request.path() != "/token", "it is no POST to the URL for tokens"),
        (!form.starts_with("application/x-www-form-urlencoded"), "it has no form"),
        (!fields.contains(&"grant_type=client_credentials"), "it does not say by which grant"),
        (basic == in_body, "the secret is not in the header or else in the form"),
    ];
    faults.into_iter().find(|(is_so, _)| *is_so).map(|(_, fault)| format!("token request: {fault}"))
}

/// Neither secret nor token is shown, in whichever form it was sent.
fn printed_fault(called: &Called, requested: &[Exchange]) -> Option<String> {
    let sent = requested.iter().filter_map(|exchange| exchange.request.header("authorization"));
    let sent = sent.filter_map(|header| header.split_once(' ').map(|(_, credential)| credential.to_owned()));
    let mut secrets = sent.chain([SECRET.to_owned(), TOKEN.to_owned()]);
    secrets.any(|secret| called.printed.contains(&secret)).then(|| "secret: it is printed".to_owned())
}
