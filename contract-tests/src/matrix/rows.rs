//! The rows: what a server does, which operations it is for, and what the caller of the client must see of it.
//!
//! The expectation is written as a caller's code tells results apart: the variant or its reason, the status, the place in
//! the body, and whether a retry is advised. What stands in braces is filled in by [`Scene::fill`].

use std::time::Duration;

use super::bomb;
use super::scene::{CLOSE, HTML, Scene, raw, response, wait, with_headers};
use super::traits::Trait::{
    Closed, Empty, Error, ErrorRequires, Gets, Idempotent, Json, NotNull, NotString, Object, PlaceInteger, PlaceObject,
    PlaceOptional, PlaceText, Replayable, Stream, Success, Undocumented,
};
use super::traits::{Trait, Traits};
use crate::server::{Script, Step};

/// How long a call may take where slowness is what a row is about, in milliseconds.
const PATIENCE: u64 = 700;
/// Longer than that.
const LONG: u64 = 4 * PATIENCE;
/// A limit for rows that exceed it.
const LIMIT: u64 = 64 * 1024;
const SECOND: Duration = Duration::from_secs(1);
const PAGE: &str = "<!doctype html><title>Bad Gateway</title>";
pub(super) const MIB: usize = 1024 * 1024;

/// One row.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// What goes wrong.
    pub name: &'static str,
    /// What an operation must be for the row to fit it.
    pub when: &'static [Trait],
    /// What the server does.
    pub sends: fn(&Scene) -> Script,
    /// What the caller sees.
    pub expected: &'static str,
    /// What the caller of an operation that is not idempotent sees, where that is something else.
    pub once: Option<&'static str>,
    /// Whether the other server's host is one that redirects may lead to.
    pub trusted: bool,
    /// Whether the row is about redirects.
    pub redirects: bool,
    /// Whether the client is strict.
    pub strict: bool,
    /// The greatest body, where the row sets it.
    pub max_body: Option<u64>,
    /// How often the call is retried.
    pub retries: u32,
    /// How long the call may take, where the row sets it.
    pub patience: Option<u64>,
}

impl Row {
    /// Whether the row is for an operation.
    pub fn fits(&self, traits: &Traits) -> bool {
        self.when.iter().all(|one| traits.are.contains(one))
    }

    /// Whether somebody waits in it: for a server, or before an attempt.
    pub fn waits(&self) -> bool {
        self.patience.is_some() || self.retries > 0
    }

    const fn strict(self) -> Self {
        Self { strict: true, ..self }
    }

    const fn limited(self) -> Self {
        Self { max_body: Some(LIMIT), ..self }
    }

    /// With retries; the caller of a call that is not idempotent sees this.
    const fn again(self, once: &'static str) -> Self {
        Self { retries: 2, once: Some(once), ..self }
    }

    const fn impatient(self) -> Self {
        Self { patience: Some(PATIENCE), ..self }
    }

    const fn redirecting(self) -> Self {
        Self { redirects: true, ..self }
    }

    const fn trusting(self) -> Self {
        Self { trusted: true, ..self }
    }
}

const fn row(name: &'static str, when: &'static [Trait], sends: fn(&Scene) -> Script, expected: &'static str) -> Row {
    Row {
        name,
        when,
        sends,
        expected,
        once: None,
        trusted: false,
        redirects: false,
        strict: false,
        max_body: None,
        retries: 0,
        patience: None,
    }
}

/// The server asks for a retry after this time.
fn later(wait: Duration) -> Script {
    with_headers(503, &format!("content-type: {HTML}\r\nretry-after: {}\r\n", wait.as_secs()), PAGE)
}

/// All rows.
#[rustfmt::skip]
pub const ROWS: &[Row] = &[
    // Content types.
    row("no content type", &[Json], |s| with_headers(s.status(), "", s.good()), "content-type {ok}"),
    row("text instead of JSON", &[Json], |s| s.ok_as("text/x-other", s.good()), "content-type {ok}"),
    row("a content type that is no text", &[Json], |s| raw([s.line().as_bytes(), b"content-type: \xff\r\n\r\n"].concat(), s.good()), "content-type {ok}"),
    row("an HTML page with success", &[Json], |s| s.ok_as(HTML, PAGE), "content-type {ok}"),
    row("JSON with a charset", &[Json], |s| s.ok_as(&format!("{}; charset=utf-8", s.media_type().to_uppercase()), s.good()), "value {ok}"),
    row("a JSON dialect", &[Json], |s| s.ok_as("application/hal+json; charset=utf-8", s.good()), "value {ok}"),
    row("nothing where nothing is documented", &[Empty], Scene::success, "value {ok}"),
    // Errors that are not the document's.
    row("an HTML page for an error", &[], |_| response(500, HTML, PAGE), "{page 500}"),
    row("an HTML page from a proxy", &[], |_| response(502, HTML, PAGE), "{page 502}"),
    row("a time limit at a proxy", &[], |_| response(504, HTML, PAGE), "{page 504}"),
    row("a maintenance page", &[], |_| response(503, HTML, PAGE), "{page 503}"),
    row("a request timeout", &[], |_| response(408, HTML, PAGE), "{page 408}"),
    row("too many requests, in HTML", &[], |_| response(429, HTML, PAGE), "{page 429}"),
    row("a documented error", &[Error], Scene::error, "error-response {error}"),
    row("an error in another shape", &[ErrorRequires], |s| s.refused(r#"{"returnCode":"024"}"#), "body {error} at /"),
    row("an error that is empty", &[Error], |s| s.refused(""), "body {error} at /"),
    row("an error that is a list", &[Error], |s| s.refused(r#"["a","b"]"#), "body {error} at /"),
    row("an error in a dialect", &[Error], |s| response(s.error_status(), "application/problem+json", s.error_bytes()), "error-response {error}"),
    row("the request, echoed", &[Undocumented], |s| response(s.undocumented(), "text/plain", s.request.clone()), "status {other}"),
    row("a status beyond all classes", &[], |_| with_headers(999, "", ""), "{page 999}"),
    // Bodies that are no JSON.
    row("an empty body", &[Json], |s| s.ok(""), "body {ok} at /"),
    row("JSON that ends early", &[Object], |s| { let good = s.good(); s.ok(&good[..good.len() - 1]) }, "body {ok} at /"),
    row("JSON with more behind it", &[Object], |s| s.ok([s.good(), b"{}".to_vec()].concat()), "body {ok} at /"),
    row("invalid UTF-8 in a string", &[PlaceText], |s| s.ok(s.with(&s.traits.places.text, b"\"\xff\xfe\"")), "body {ok} at {text}"),
    row("half a surrogate pair", &[PlaceText], |s| s.ok(s.with(&s.traits.places.text, r#""\ud800""#)), "body {ok} at {text}"),
    row("UTF-16", &[Object], |s| s.ok(String::from_utf8_lossy(&s.good()).encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()), "body {ok} at /"),
    row("a byte order mark", &[Object], |s| s.ok([b"\xEF\xBB\xBF".to_vec(), s.good()].concat()), "value {ok}"),
    // Bodies that are other JSON.
    row("null", &[NotNull], |s| s.ok("null"), "body {ok} at /"),
    row("a lone string", &[NotString], |s| s.ok("\"ok\""), "body {ok} at /"),
    row("a list for the body", &[Object], |s| s.ok([b"[".to_vec(), s.good(), b"]".to_vec()].concat()), "body {ok} at /"),
    row("an empty list for an object", &[PlaceObject], |s| s.ok(s.with(&s.traits.places.object, "[]")), "body {ok} at {object}"),
    row("a list of an object's values", &[PlaceObject], |s| s.ok(s.with(&s.traits.places.object, r#"["a","b","c","d@e.fg","h","i"]"#)), "body {ok} at {object}"),
    row("a string for an integer", &[PlaceInteger], |s| s.ok(s.with(&s.traits.places.integer, "\"7\"")), "body {ok} at {integer}"),
    row("a fraction for an integer", &[PlaceInteger], |s| s.ok(s.with(&s.traits.places.integer, "7.5")), "body {ok} at {integer}"),
    row("an integer beyond all widths", &[PlaceInteger], |s| s.ok(s.with(&s.traits.places.integer, "992233720368547758089922337203685477580899223372")), "body {ok} at {integer}"),
    row("an integer beyond all numbers", &[PlaceInteger], |s| s.ok(s.with(&s.traits.places.integer, "1e999")), "body {ok} at {integer}"),
    row("a key that stands twice", &[Closed], |s| s.ok(s.and(&s.good(), std::str::from_utf8(&s.good()).unwrap_or("{}").trim_matches(['{', '}']))), "body {ok} at /"),
    row("a huge number that nobody reads", &[Closed], |s| s.ok(s.extra(r#""x-undeclared":1e999"#)), "value {ok}"),
    row("deep nesting of the body", &[Object], |s| s.ok("[".repeat(200_000)), "body {ok} at /"),
    row("deep nesting of an object", &[PlaceObject], |s| s.ok(s.with(&s.traits.places.object, "{\"x-undeclared\":".repeat(200_000))), "body {ok} at {object}/x-undeclared"),
    row("deep nesting that nobody reads", &[Closed], |s| s.ok(s.extra(&format!("\"x-undeclared\":{}{}", "[".repeat(500), "]".repeat(500)))), "value {ok}"),
    // Strict mode.
    row("strict: what conforms", &[Json], Scene::success, "value {ok}").strict(),
    row("strict: a null that is not allowed", &[PlaceOptional], |s| s.ok(s.with(&s.traits.places.optional, "null")), "nonconforming {ok}").strict(),
    row("a null that is not allowed", &[PlaceOptional], |s| s.ok(s.with(&s.traits.places.optional, "null")), "value {ok}"),
    row("strict: such a null beside deep nesting", &[PlaceOptional, Closed], |s| s.ok(s.and(&s.with(&s.traits.places.optional, "null"), &format!("\"x-undeclared\":{}{}", "[".repeat(500), "]".repeat(500)))), "nonconforming {ok}").strict(),
    row("strict: such a null beside a huge number", &[PlaceOptional, Closed], |s| s.ok(s.and(&s.with(&s.traits.places.optional, "null"), r#""x-undeclared":1e999"#)), "nonconforming {ok}").strict(),
    // Sizes.
    row("a body over the limit", &[Json], |s| s.ok([s.good(), vec![b' '; 2 * LIMIT as usize]].concat()), "too-large {ok}").limited(),
    row("an error over the limit", &[Error], |s| s.refused(vec![b' '; 2 * LIMIT as usize]), "too-large {error}").limited(),
    row("a body over the usual limit", &[Json], |s| s.ok(vec![b' '; 17 * MIB]), "too-large {ok}"),
    row("a gzip bomb that nobody asked for", &[Json], |s| with_headers(s.status(), &format!("content-type: {}\r\ncontent-encoding: gzip\r\n", s.media_type()), bomb::of_zeros(64 * MIB)), "body {ok} at /"),
    // Connections.
    row("the connection ends at once", &[], |_| Script::default(), "communication, retryable"),
    row("a reset at once", &[], |_| Script { steps: vec![Step::Reset], ..Script::default() }, "communication, retryable"),
    row("not HTTP", &[], |_| raw("SSH-2.0-OpenSSH_9.6\r\n", ""), "communication, retryable"),
    row("a head that ends early", &[], |s| raw(format!("{}content-ty", s.line()), ""), "communication, retryable"),
    row("a head without end", &[], |s| raw(format!("{}x: {}\r\n\r\n", s.line(), "x".repeat(MIB)), ""), "communication, retryable"),
    row("slow headers", &[], |s| Script { steps: vec![wait(LONG), Step::Send(s.head(s.good().len()).into())], body: Vec::new() }, "communication, retryable").impatient(),
    row("slow headers, byte by byte", &[], |_| Script { steps: (0..200).flat_map(|_| [Step::Send(b"H".to_vec()), wait(LONG)]).collect(), body: Vec::new() }, "communication, retryable").impatient(),
    row("a slow body", &[Json], |s| s.half([wait(LONG)]), "interrupted {ok}, retryable").impatient(),
    row("a body that ends early", &[Json], |s| s.half([]), "interrupted {ok}, retryable"),
    row("a stream that ends early", &[Stream], |s| s.half([]), "interrupted {ok}"),
    row("a reset in the middle", &[Json], |s| s.half([wait(150), Step::Reset]), "interrupted {ok}, retryable"),
    row("chunks that end early", &[Json], |s| raw(format!("{}content-type: {}\r\ntransfer-encoding: chunked\r\n\r\nfffff\r\n", s.line(), s.media_type()), s.good()), "interrupted {ok}, retryable"),
    row("chunks that are none", &[Json], |s| raw(format!("{}content-type: {}\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n", s.line(), s.media_type()), ""), "interrupted {ok}, retryable"),
    row("an error that ends early", &[Error], |s| raw(format!("HTTP/1.1 {} Error\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n", s.error_status()), "{"), "interrupted {error}, retryable"),
    row("HTTP/1.0", &[Success], |s| { let mut script = s.success(); if let Some(Step::Send(bytes)) = script.steps.first_mut() { bytes[7] = b'0'; } script }, "value {ok}"),
    row("a hint ahead of the response", &[Success], |s| raw(format!("HTTP/1.1 103 Early Hints\r\n\r\n{}", s.head(s.good().len())), s.good()), "value {ok}"),
    // Retries.
    row("a second and a third attempt", &[Success, Replayable], |s| if s.attempts < 2 { response(503, HTML, PAGE) } else { s.success() }, "value {ok}").again("{page 503}"),
    row("a retry after a reset", &[Success, Replayable], |s| if s.attempts < 1 { Script { steps: vec![Step::Reset], ..Script::default() } } else { s.success() }, "value {ok}").again("communication, retryable"),
    row("a retry after a reset in the middle", &[Json, Replayable], |s| if s.attempts < 1 { s.half([wait(50), Step::Reset]) } else { s.success() }, "value {ok}").again("interrupted {ok}, retryable"),
    row("a third attempt after an end in the middle", &[Json, Error, Replayable], |s| if s.attempts < 2 { s.half([]) } else { s.error() }, "error-response {error}").again("interrupted {ok}, retryable"),
    // The statuses count the attempts: what is kept is the last one's.
    row("a reset in the middle of each attempt", &[Json, Replayable, Idempotent], |s| s.half_of(200 + s.attempts as u16, [wait(50), Step::Reset]), "interrupted 202, retryable").again(""),
    row("a slow body of each attempt", &[Json, Replayable, Idempotent], |s| s.half_of(200 + s.attempts as u16, [wait(LONG)]), "interrupted 202, retryable").again("").impatient(),
    row("no retry of a body that is too large", &[Json, Undocumented], |s| if s.attempts == 0 { s.ok(vec![b' '; 2 * LIMIT as usize]) } else { with_headers(s.undocumented(), "", "") }, "too-large {ok}").again("too-large {ok}").limited(),
    row("the last attempt's response", &[Replayable], |s| response(502 + (s.attempts % 3) as u16, HTML, PAGE), "{page 504}").again("{page 502}"),
    row("a wait that the server asks for", &[Success, Undocumented, Replayable], |s| match s.attempts { 0 => later(SECOND), _ if s.elapsed < SECOND => with_headers(s.undocumented(), "", ""), _ => s.success() }, "value {ok}").again("{page 503}"),
    row("a wait beyond all time limits", &[Success, Replayable], |s| if s.attempts == 0 { later(60 * 60 * SECOND) } else { s.success() }, "{page 503}").again("{page 503}"),
    row("no retry of what would fail again", &[Error, Undocumented], |s| if s.attempts == 0 { s.error() } else { with_headers(s.undocumented(), "", "") }, "error-response {error}").again("error-response {error}"),
    // Redirects.
    row("a redirect to the same origin", &[Success, Gets], |s| s.redirect(302, s.own), "value {ok}").redirecting(),
    row("a permanent redirect to the same origin", &[Success, Replayable], |s| s.redirect(308, s.own), "value {ok}").redirecting(),
    row("a redirect to a foreign host", &[], |s| s.redirect(302, s.other), "{bare 302}"),
    row("a permanent redirect to a foreign host", &[], |s| s.redirect(307, s.other), "{bare 307}"),
    row("a redirect to an allowed host, but without TLS", &[], |s| s.redirect(302, s.other), "{bare 302}").trusting(),
    row("a redirect to nowhere", &[], |_| with_headers(302, "", ""), "{bare 302}"),
    row("a redirect in circles", &[], |s| with_headers(307, &format!("location: {}\r\n", s.path), ""), "{bare 307}").redirecting(),
    row("not modified", &[], |_| raw(format!("HTTP/1.1 304 Not Modified\r\n{CLOSE}\r\n"), ""), "{bare 304}"),
];
