//! Responses that nobody thought of: arbitrary statuses, headers and bodies over the socket, and arbitrary bytes to decode.
//!
//! Whatever comes, there is exactly one result, it keeps the status where there was one, and nothing panics.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use proptest::prelude::*;
use proptest::test_runner::{TestCaseError, TestError};
use serde_json::{Value, json};

use super::rows::{ROWS, Row};
use super::scene::raw;
use super::{Call, Stage, TOKEN};
use crate::client::{Called, Kind};
use crate::difference::Problem;
use crate::ground::{Ground, OperationGround, SchemaGround};
use crate::judge::JudgeError;
use crate::oracle::Findings;
use crate::server::Script;
use crate::strategy::runner;

/// The longest body that is made up.
const LONGEST: usize = 600;
/// Decoding is so much faster than a call that it can be tried so many times as often.
const BODIES_PER_CALL: u32 = 4;
/// At least so many responses are made up for each operation.
const LEAST: u32 = 16;

/// A response that was made up.
#[derive(Debug, Clone)]
struct Response {
    status: u16,
    headers: Vec<(&'static str, String)>,
    framing: Framing,
    body: Vec<u8>,
    strict: bool,
}

/// How the end of a body is told.
#[derive(Debug, Clone, Copy)]
enum Framing {
    Length,
    TooShort,
    TooLong,
    Chunked,
    BadChunk,
    Close,
}

/// Makes up responses for calls of an operation. All operations together have as many as the plan says.
pub(super) fn responses<'d>(
    ground: &Ground<'d>,
    subject: &OperationGround<'d>,
    found: &mut Findings,
) -> Result<(), JudgeError> {
    let cases = match ground.plan.cases {
        0 => return Ok(()),
        cases => (cases / ground.operations.len().max(1) as u32).max(LEAST),
    };
    let call = Call::of(ground, subject)?;
    let stage = Stage::new(&call, ground.clients)?;
    let [plain, strict] = [false, true].map(|strict| stage.client(&Row { strict, ..ROWS[0] }));
    let wrong = RefCell::new(String::new());
    let good = [stage.scene.good(), stage.scene.error_bytes()];
    let result = runner(ground.plan.seed, cases).run(&made_up(good), |response| {
        let script = response.script();
        let client = if response.strict { &strict } else { &plain };
        let (called, ..) = stage.exchange(client, Arc::new(move |_| script.clone()));
        match response.fault(&called) {
            None => Ok(()),
            Some(fault) => {
                wrong.replace(fault.clone());
                Err(TestCaseError::fail(fault))
            }
        }
    });
    *found.counts.entry("responses made up").or_default() += cases as usize;
    if let Err(TestError::Fail(_, response)) = result {
        let shown = json!({
            "status": response.status,
            "headers": response.headers,
            "framing": format!("{:?}", response.framing),
            "body": response.body.escape_ascii().to_string(),
            "strict": response.strict,
        });
        found.add(Problem::Response, &subject.operation.id, "chance", wrong.take(), shown);
    }
    Ok(())
}

/// Arbitrary bytes into decoding, strict checking and encoding of a type of the client.
pub(super) fn bodies<'d>(
    ground: &Ground<'d>,
    schema: &SchemaGround<'d>,
    found: &mut Findings,
) -> Result<(), JudgeError> {
    if ground.plan.cases == 0 {
        return Ok(());
    }
    let like = ground.prepared(schema)?.cases.cases.first().map_or(Value::Null, |case| case.payload.clone());
    let cases = ground.plan.cases * BODIES_PER_CALL;
    let result = runner(ground.plan.seed, cases).run(&bent(like.to_string().into_bytes()), |body| {
        match catch_unwind(AssertUnwindSafe(|| (schema.binding.decode)(&body))) {
            Ok(_) => Ok(()),
            Err(_) => Err(TestCaseError::fail("it panics")),
        }
    });
    *found.counts.entry("bodies made up").or_default() += cases as usize;
    if let Err(TestError::Fail(reason, body)) = result {
        let shown = body.escape_ascii().to_string().into();
        found.add(Problem::Panics, schema.name, "decode", reason.to_string(), shown);
    }
    Ok(())
}

impl Response {
    fn script(&self) -> Script {
        let length = match self.framing {
            Framing::Length => format!("content-length: {}\r\n", self.body.len()),
            Framing::TooShort => format!("content-length: {}\r\n", self.body.len() / 2),
            Framing::TooLong => format!("content-length: {}\r\n", self.body.len() + 1),
            Framing::Chunked | Framing::BadChunk => "transfer-encoding: chunked\r\n".into(),
            Framing::Close => String::new(),
        };
        let headers: String = self.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let head = format!("HTTP/1.1 {} Made up\r\nconnection: close\r\n{headers}{length}\r\n", self.status);
        let chunk = |end: &str| [format!("{:x}\r\n", self.body.len()).as_bytes(), &self.body, end.as_bytes()].concat();
        match self.framing {
            Framing::Chunked if self.body.is_empty() => raw(head, "0\r\n\r\n"),
            Framing::Chunked => raw(head, chunk("\r\n0\r\n\r\n")),
            Framing::BadChunk => raw(head, chunk("!")),
            _ => raw(head, self.body.clone()),
        }
    }

    fn fault(&self, called: &Called) -> Option<String> {
        if matches!(called.kind, Kind::Panic | Kind::Hangs) {
            return Some(format!("the call {}: {}", called.kind, called.printed));
        }
        if called.status != Some(self.status) {
            return Some(format!("the caller sees `{called}`, the status was {}", self.status));
        }
        called.printed.contains(TOKEN).then(|| "the token is printed".into())
    }
}

fn made_up(good: [Vec<u8>; 2]) -> BoxedStrategy<Response> {
    // 1xx is no response yet, and a status of three digits is all that HTTP knows.
    let status = prop_oneof![
        3 => Just(200_u16),
        3 => proptest::sample::select(vec![201, 204, 205, 206, 300, 304, 401, 403, 404, 408, 429, 500, 503]),
        2 => 200..=999_u16,
    ];
    let header = prop_oneof![
        4 => media_type().prop_map(|value| ("content-type", value)),
        1 => "[ -~]{0,20}".prop_map(|value| ("content-type", value)),
        1 => proptest::sample::select(vec!["gzip", "br", "zstd", "deflate", "identity", "x"])
            .prop_map(|value| ("content-encoding", value.to_owned())),
        1 => "[ -~]{0,20}".prop_map(|value| ("ratelimit-reset", value)),
        1 => "[0-9]{0,30}".prop_map(|value| ("ratelimit-remaining", value)),
        1 => "[ -~]{0,40}".prop_map(|value| ("set-cookie", value)),
        1 => "[ -~]{0,40}".prop_map(|value| ("www-authenticate", value)),
    ];
    let framing = proptest::sample::select(vec![
        Framing::Length,
        Framing::TooShort,
        Framing::TooLong,
        Framing::Chunked,
        Framing::BadChunk,
        Framing::Close,
    ]);
    let [success, error] = good;
    let bodies = prop_oneof![bent(success), bent(error)];
    (status, proptest::collection::vec(header, 0..4), framing, bodies, any::<bool>())
        .prop_map(|(status, headers, framing, body, strict)| Response { status, headers, framing, body, strict })
        .boxed()
}

fn media_type() -> BoxedStrategy<String> {
    let known = [
        "application/json",
        "application/problem+json; charset=utf-8",
        "text/html",
        "application/json;",
        "+json",
        "text/event-stream",
    ];
    proptest::sample::select(known.map(str::to_owned).to_vec()).boxed()
}

/// Arbitrary bytes, or a good text with a few bytes changed, inserted or cut off.
fn bent(good: Vec<u8>) -> BoxedStrategy<Vec<u8>> {
    let length = good.len().max(1);
    let change = (0..length, proptest::option::of(any::<u8>()), any::<bool>());
    let changed = (proptest::collection::vec(change, 0..4), proptest::option::weighted(0.2, 0..length)).prop_map(
        move |(changes, cut)| {
            let mut text = good.clone();
            for (place, byte, insert) in changes {
                match byte {
                    Some(byte) if insert => text.insert(place.min(text.len()), byte),
                    Some(byte) if place < text.len() => text[place] = byte,
                    None if place < text.len() => drop(text.remove(place)),
                    _ => {}
                }
            }
            text.truncate(cut.unwrap_or(text.len()));
            text
        },
    );
    let tokens = proptest::sample::select(vec![
        "{", "}", "[", "]", ",", ":", "\"", "null", "1e999", "-", "\\u", "0", "\u{feff}",
    ]);
    prop_oneof![
        4 => changed,
        1 => proptest::collection::vec(any::<u8>(), 0..LONGEST),
        1 => proptest::collection::vec(tokens, 0..LONGEST).prop_map(|parts| parts.concat().into_bytes()),
    ]
    .boxed()
}
