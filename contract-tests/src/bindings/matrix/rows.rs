//! The rows: what a server does, and what the caller of the client must see of it.
//!
//! The expectation is written as a caller's code tells results apart: the variant or its reason, the status, the place in
//! the body, and whether another try is asked for. `{object}`, `{integer}` and `{text}` are places in the document's example.

use super::bomb;
use super::scene::{HTML, JSON, Scene, answer, half, half_of, head, raw, wait, with_headers};
use super::server::{Script, Step};

/// How long a call may take where slowness is what a row is about, in milliseconds.
const PATIENCE: u64 = 700;
/// Longer than that.
const LONG: u64 = 4 * PATIENCE;
/// A limit for rows that exceed it.
const LIMIT: u64 = 64 * 1024;
const PAGE: &str = "<!doctype html><title>Bad Gateway</title>";
const MIB: usize = 1024 * 1024;

/// One row.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// What goes wrong.
    pub name: &'static str,
    /// What the server does.
    pub sends: fn(&Scene) -> Script,
    /// What the caller sees.
    pub expected: &'static str,
    /// Whether the other server's host is one that redirects may lead to.
    pub trusted: bool,
    /// Whether the client is strict.
    pub strict: bool,
    /// The greatest body, where the row sets it.
    pub max_body: Option<u64>,
    /// How often the call is tried again.
    pub retries: u32,
    /// How long the call may take, where the row sets it.
    pub patience: Option<u64>,
}

impl Row {
    const fn strict(self) -> Self {
        Self { strict: true, ..self }
    }

    const fn limited(self) -> Self {
        Self { max_body: Some(LIMIT), ..self }
    }

    const fn again(self) -> Self {
        Self { retries: 2, ..self }
    }

    const fn impatient(self) -> Self {
        Self { patience: Some(PATIENCE), ..self }
    }

    const fn trusting(self) -> Self {
        Self { trusted: true, ..self }
    }
}

const fn row(name: &'static str, sends: fn(&Scene) -> Script, expected: &'static str) -> Row {
    Row { name, sends, expected, trusted: false, strict: false, max_body: None, retries: 0, patience: None }
}

/// All rows that don't depend on which statuses the document knows.
#[rustfmt::skip]
pub const ROWS: &[Row] = &[
    // Content types.
    row("no content type", |s| with_headers(200, "", s.good()), "content-type 200"),
    row("text instead of JSON", |s| answer(200, "text/plain", s.good()), "content-type 200"),
    row("a content type that is no text", |s| raw(b"HTTP/1.1 200 OK\r\ncontent-type: \xff\r\n\r\n", s.good()), "content-type 200"),
    row("an HTML page with success", |_| answer(200, HTML, PAGE), "content-type 200"),
    row("JSON with a charset", |s| answer(200, "Application/JSON; charset=utf-8", s.good()), "value 200"),
    row("a JSON dialect", |s| answer(200, "application/hal+json", s.good()), "value 200"),
    // Errors that are not the document's.
    row("an HTML page for a documented error", |_| answer(500, HTML, PAGE), "content-type 500"),
    row("an HTML page from a proxy", |_| answer(502, HTML, PAGE), "status 502, retryable"),
    row("a time limit at a proxy", |_| answer(504, "text/plain", "upstream timed out"), "status 504, retryable"),
    row("a maintenance page", |_| answer(503, HTML, PAGE), "status 503, retryable"),
    row("a request timeout", |_| with_headers(408, "", ""), "status 408, retryable"),
    row("too many requests, in HTML", |_| answer(429, HTML, PAGE), "content-type 429, retryable"),
    row("an error in another shape", |_| answer(401, JSON, r#"{"returnCode":"024"}"#), "body 401 at /"),
    row("an error that is empty", |_| answer(404, JSON, ""), "body 404 at /"),
    row("an error that is a list", |_| answer(500, JSON, r#"["a","b"]"#), "body 500 at /"),
    row("an error in a dialect", |s| answer(403, "application/problem+json", s.error.to_string()), "error-response 403"),
    row("the request, echoed", |s| answer(418, "text/plain", s.request.clone()), "status 418"),
    row("a status beyond all classes", |_| with_headers(999, "", ""), "status 999"),
    // Bodies that are no JSON.
    row("an empty body", |_| answer(200, JSON, ""), "body 200 at /"),
    row("no content", |_| raw("HTTP/1.1 204 No Content\r\n\r\n", ""), "status 204"),
    row("JSON that ends early", |s| { let good = s.good(); answer(200, JSON, &good[..good.len() - 1]) }, "body 200 at /"),
    row("JSON with more behind it", |s| answer(200, JSON, [s.good(), b"{}".to_vec()].concat()), "body 200 at /"),
    row("invalid UTF-8 in a text", |s| answer(200, JSON, s.with(&s.places.text, b"\"\xff\xfe\"")), "body 200 at {text}"),
    row("half a surrogate pair", |s| answer(200, JSON, s.with(&s.places.text, r#""\ud800""#)), "body 200 at {text}"),
    row("UTF-16", |s| answer(200, JSON, String::from_utf8_lossy(&s.good()).encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()), "body 200 at /"),
    row("a byte order mark", |s| answer(200, JSON, [b"\xEF\xBB\xBF".to_vec(), s.good()].concat()), "value 200"),
    // Bodies that are other JSON.
    row("null", |_| answer(200, JSON, "null"), "body 200 at /"),
    row("a lone text", |_| answer(200, JSON, "\"ok\""), "body 200 at /"),
    row("a list for the body", |s| answer(200, JSON, format!("[{}]", s.example)), "body 200 at /"),
    row("an empty list for an object", |s| answer(200, JSON, s.with(&s.places.object, "[]")), "body 200 at {object}"),
    row("a list of an object's values", |s| answer(200, JSON, s.with(&s.places.object, r#"["a","b","c","d@e.fg","h","i"]"#)), "body 200 at {object}"),
    row("a text for an integer", |s| answer(200, JSON, s.with(&s.places.integer, "\"7\"")), "body 200 at {integer}"),
    row("a fraction for an integer", |s| answer(200, JSON, s.with(&s.places.integer, "7.5")), "body 200 at {integer}"),
    row("an integer beyond 64 bits", |s| answer(200, JSON, s.with(&s.places.integer, "9223372036854775808")), "body 200 at {integer}"),
    row("an integer beyond all numbers", |s| answer(200, JSON, s.with(&s.places.integer, "1e999")), "body 200 at {integer}"),
    row("a key that stands twice", |s| answer(200, JSON, s.and(&s.good(), std::str::from_utf8(&s.good()).unwrap_or("{}").trim_matches(['{', '}']))), "body 200 at /"),
    row("a huge number that nobody reads", |s| answer(200, JSON, s.extra(r#""x":1e999"#)), "value 200"),
    row("deep nesting of the body", |_| answer(200, JSON, "[".repeat(200_000)), "body 200 at /"),
    row("deep nesting of an object", |s| answer(200, JSON, s.with(&s.places.object, "{\"a\":".repeat(200_000))), "body 200 at {object}/a"),
    row("deep nesting that nobody reads", |s| answer(200, JSON, s.extra(&format!("\"x\":{}{}", "[".repeat(500), "]".repeat(500)))), "value 200"),
    // Strict mode.
    row("strict: what conforms", |s| answer(200, JSON, s.good()), "value 200").strict(),
    row("strict: a null that is not allowed", |s| answer(200, JSON, s.with(&s.places.object, "null")), "nonconforming 200").strict(),
    row("a null that is not allowed", |s| answer(200, JSON, s.with(&s.places.object, "null")), "value 200"),
    row("strict: such a null beside deep nesting", |s| answer(200, JSON, s.and(&s.with(&s.places.object, "null"), &format!("\"x\":{}{}", "[".repeat(500), "]".repeat(500)))), "nonconforming 200").strict(),
    row("strict: such a null beside a huge number", |s| answer(200, JSON, s.and(&s.with(&s.places.object, "null"), r#""x":1e999"#)), "nonconforming 200").strict(),
    // Sizes.
    row("a body over the limit", |s| answer(200, JSON, s.extra(&format!("\"x\":\"{}\"", "x".repeat(2 * LIMIT as usize)))), "too-large 200").limited(),
    row("an error over the limit", |_| answer(500, JSON, vec![b' '; 2 * LIMIT as usize]), "too-large 500").limited(),
    row("a body over the usual limit", |_| answer(200, JSON, vec![b' '; 17 * MIB]), "too-large 200"),
    row("a gzip bomb that nobody asked for", |_| with_headers(200, "content-type: application/json\r\ncontent-encoding: gzip\r\n", bomb::of_zeros(64 * MIB)), "body 200 at /"),
    // Connections.
    row("the connection ends at once", |_| Script::default(), "communication, retryable"),
    row("a reset at once", |_| Script { steps: vec![Step::Reset], ..Script::default() }, "communication, retryable"),
    row("not HTTP", |_| raw("SSH-2.0-OpenSSH_9.6\r\n", ""), "communication, retryable"),
    row("a head that ends early", |_| raw("HTTP/1.1 200 OK\r\ncontent-ty", ""), "communication, retryable"),
    row("a head without end", |_| raw(format!("HTTP/1.1 200 OK\r\nx: {}\r\n\r\n", "x".repeat(MIB)), ""), "communication, retryable"),
    row("slow headers", |s| Script { steps: vec![wait(LONG), Step::Send(head(s.good().len()).into())], body: Vec::new() }, "communication, retryable").impatient(),
    row("slow headers, byte by byte", |_| Script { steps: (0..200).flat_map(|_| [Step::Send(b"H".to_vec()), wait(LONG)]).collect(), body: Vec::new() }, "communication, retryable").impatient(),
    row("a slow body", |s| half(s, [wait(LONG)]), "interrupted 200, retryable").impatient(),
    row("a body that ends early", |s| half(s, []), "interrupted 200, retryable"),
    row("a reset in the middle", |s| half(s, [wait(150), Step::Reset]), "interrupted 200, retryable"),
    row("chunks that end early", |s| raw("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nfff\r\n", s.good()), "interrupted 200, retryable"),
    row("chunks that are none", |_| raw("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n", ""), "interrupted 200, retryable"),
    row("an error that ends early", |_| raw("HTTP/1.1 500 Error\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n", "{"), "interrupted 500, retryable"),
    row("HTTP/1.0", |s| raw("HTTP/1.0 200 OK\r\ncontent-type: application/json\r\n\r\n", s.good()), "value 200"),
    row("a hint ahead of the answer", |s| raw(format!("HTTP/1.1 103 Early Hints\r\n\r\n{}", head(s.good().len())), s.good()), "value 200"),
    // Tries.
    row("a second and a third try", |s| if s.tries < 2 { answer(503, HTML, PAGE) } else { answer(200, JSON, s.good()) }, "value 200").again(),
    row("a second try after a reset", |s| if s.tries < 1 { Script { steps: vec![Step::Reset], ..Script::default() } } else { answer(200, JSON, s.good()) }, "value 200").again(),
    row("a second try after a reset in the middle", |s| if s.tries < 1 { half(s, [wait(50), Step::Reset]) } else { answer(200, JSON, s.good()) }, "value 200").again(),
    row("a third try after an end in the middle", |s| if s.tries < 2 { half(s, []) } else { answer(500, JSON, s.error.to_string()) }, "error-response 500").again(),
    // The statuses count the tries: what is kept is the last one's.
    row("a reset in the middle of each try", |s| half_of(200 + s.tries as u16, s, [wait(50), Step::Reset]), "interrupted 202, retryable").again(),
    row("a slow body of each try", |s| half_of(200 + s.tries as u16, s, [wait(LONG)]), "interrupted 202, retryable").again().impatient(),
    row("no second try of a body that is too large", |s| answer(if s.tries == 0 { 200 } else { 418 }, JSON, vec![b' '; 2 * LIMIT as usize]), "too-large 200").again().limited(),
    row("the last try's answer", |s| answer(502 + (s.tries % 3) as u16, HTML, PAGE), "status 504, retryable").again(),
    row("no second try of what would fail again", |s| answer(if s.tries == 0 { 500 } else { 418 }, JSON, s.error.to_string()), "error-response 500").again(),
    // Redirects.
    row("a redirect to the same origin", |s| s.redirect(302, s.own), "value 200"),
    row("a permanent redirect to the same origin", |s| s.redirect(308, s.own), "value 200"),
    row("a redirect to a foreign host", |s| s.redirect(302, s.other), "status 302"),
    row("a permanent redirect to a foreign host", |s| s.redirect(307, s.other), "status 307"),
    row("a redirect to an allowed host, but without TLS", |s| s.redirect(302, s.other), "status 302").trusting(),
    row("a redirect to nowhere", |_| with_headers(302, "", ""), "status 302"),
    row("a redirect in circles", |s| with_headers(302, &format!("location: {}\r\n", s.path), ""), "status 302"),
    row("not modified", |_| raw("HTTP/1.1 304 Not Modified\r\n\r\n", ""), "status 304"),
];
