//! Answers that nobody thought of: arbitrary statuses, headers and bodies over the socket, and arbitrary bytes to decode.
//!
//! Whatever comes, there is exactly one result, it keeps the status where there was one, and nothing panics.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use proptest::prelude::*;
use proptest::test_runner::{TestCaseError, TestError};
use serde::Serialize;
use serde_json::{Value, json};

use super::scene::{Scene, raw};
use super::server::Script;
use super::{MatrixError, Stage, TOKEN};
use crate::bindings::{Connection, SCHEMAS, Seen};
use crate::difference::{Difference, Problem};
use crate::document::{Document, DocumentError};
use crate::ground::Plan;
use crate::strategy::runner;

/// The longest body that is made up.
const LONGEST: usize = 600;
/// Decoding is so much faster than a call that it can be tried so many times as often.
const BODIES_PER_CALL: u32 = 4;

/// What chance came to.
#[derive(Debug, Default, Serialize)]
pub struct Chance {
    /// How many answers were made up.
    pub answers: u32,
    /// How many bodies were made up.
    pub bodies: u32,
    /// What was wrong, shrunk.
    #[serde(skip)]
    pub differences: Vec<Difference>,
}

/// An answer that was made up.
#[derive(Debug, Clone)]
struct Answer {
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

/// Tries made-up answers and bodies.
pub fn run(document: &Document, plan: Plan, runtime: &tokio::runtime::Runtime) -> Result<Chance, MatrixError> {
    let mut chance = Chance { differences: bodies(document, plan)?, ..Chance::default() };
    chance.bodies = plan.cases * BODIES_PER_CALL * SCHEMAS.len() as u32;
    let Some((operation, binding)) = super::subject(document)? else { return Ok(chance) };
    let stage = runtime.block_on(Stage::new(document, &operation, binding))?;
    chance.answers = plan.cases;
    let wrong = RefCell::new(String::new());
    let result = runner(plan.seed, plan.cases).run(&made_up(&stage.scene), |answer| {
        let script = answer.script();
        let connection = Connection { token: Some(TOKEN), strict: answer.strict, ..Connection::default() };
        let (seen, _) = runtime.block_on(stage.exchange(connection, Arc::new(move |_| script.clone())));
        match answer.fault(&seen) {
            None => Ok(()),
            Some(fault) => {
                wrong.replace(fault.clone());
                Err(TestCaseError::fail(fault))
            }
        }
    });
    if let Err(TestError::Fail(_, answer)) = result {
        chance.differences.push(Difference {
            oracle: "matrix",
            problem: Problem::Answer,
            place: operation.id.clone(),
            keyword: "chance".into(),
            detail: wrong.take(),
            shown_by: json!({
                "status": answer.status,
                "headers": answer.headers,
                "framing": format!("{:?}", answer.framing),
                "body": answer.body.escape_ascii().to_string(),
                "strict": answer.strict,
            }),
        });
    }
    Ok(chance)
}

impl Answer {
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

    fn fault(&self, seen: &Seen) -> Option<String> {
        if matches!(seen.kind, "panic" | "hangs") {
            return Some(format!("the call {}: {}", seen.kind, seen.printed));
        }
        if seen.status != Some(self.status) {
            return Some(format!("the caller sees `{seen}`, the status was {}", self.status));
        }
        seen.printed.contains(TOKEN).then(|| "the token is printed".into())
    }
}

fn made_up(scene: &Scene) -> BoxedStrategy<Answer> {
    // 1xx is no answer yet, and a status of three digits is all that HTTP knows.
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
    let bodies = prop_oneof![bent(scene.good()), bent(scene.error.to_string().into_bytes())];
    (status, proptest::collection::vec(header, 0..4), framing, bodies, any::<bool>())
        .prop_map(|(status, headers, framing, body, strict)| Answer { status, headers, framing, body, strict })
        .boxed()
}

fn media_type() -> BoxedStrategy<String> {
    let known =
        ["application/json", "application/problem+json; charset=utf-8", "text/html", "application/json;", "+json"];
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

/// Arbitrary bytes into decoding, strict checking and encoding, for each type of the client.
fn bodies(document: &Document, plan: Plan) -> Result<Vec<Difference>, DocumentError> {
    let mut found = Vec::new();
    for binding in SCHEMAS {
        let good = example(document, binding.name)?.to_string().into_bytes();
        let result = runner(plan.seed, plan.cases * BODIES_PER_CALL).run(&bent(good), |body| {
            match catch_unwind(AssertUnwindSafe(|| (binding.round_trip)(&body))) {
                Ok(_) => Ok(()),
                Err(_) => Err(TestCaseError::fail("it panics")),
            }
        });
        if let Err(TestError::Fail(reason, body)) = result {
            found.push(Difference {
                oracle: "client",
                problem: Problem::Panics,
                place: binding.name.into(),
                keyword: "decode".into(),
                detail: reason.to_string(),
                shown_by: body.escape_ascii().to_string().into(),
            });
        }
    }
    Ok(found)
}

/// Something that is like a value of the schema: what stands in an answer's example.
fn example(document: &Document, name: &str) -> Result<Value, DocumentError> {
    let wanted = format!("#/components/schemas/{name}");
    for operation in document.operations()? {
        for body in operation.responses.iter().flat_map(|response| &response.bodies) {
            let reference = body.schema.as_ref().and_then(|schema| schema.value.get("$ref")).and_then(Value::as_str);
            if let (true, Some(example)) = (reference == Some(wanted.as_str()), body.example) {
                return Ok(example.clone());
            }
        }
    }
    Ok(json!("example"))
}
