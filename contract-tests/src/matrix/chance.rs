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

/// What JSON texts consist of, well and badly.
const TOKENS: [&str; 13] = ["{", "}", "[", "]", ",", ":", "\"", "null", "1e999", "-", "\\u", "0", "\u{feff}"];

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
    let exchange = |response: &Response| {
        let script = response.script();
        let client = if response.strict { &strict } else { &plain };
        let (called, ..) = stage.exchange(client, Arc::new(move |_| script.clone()));
        response.fault(&called)
    };
    let result = runner(ground.plan.seed, cases).run(&made_up(good), |response| match exchange(&response) {
        None => Ok(()),
        Some(fault) => {
            wrong.replace(fault.clone());
            Err(TestCaseError::fail(fault))
        }
    });
    *found.counts.entry("responses made up").or_default() += cases as usize;
    if let Err(TestError::Fail(_, mut response)) = result {
        response.body = smallest(response.body.clone(), |body| {
            let bent = Response { body: body.to_vec(), ..response.clone() };
            exchange(&bent).is_some()
        });
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
    let (good, cases) = (like.to_string().into_bytes(), u64::from(ground.plan.cases * BODIES_PER_CALL));
    let panics = |body: &[u8]| catch_unwind(AssertUnwindSafe(|| (schema.binding.decode)(body))).is_err();
    let mut chance = Chance(ground.plan.seed);
    let wrong = (0..cases).map(|_| bent(&good, chance.next())).find(|body| panics(body));
    *found.counts.entry("bodies made up").or_default() += cases as usize;
    if let Some(body) = wrong {
        let shown = smallest(body, panics).escape_ascii().to_string().into();
        found.add(Problem::Panics, schema.name, "decode", "it panics", shown);
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
    let bodies = (any::<bool>(), any::<u64>())
        .prop_map(move |(succeeds, seed)| bent(if succeeds { &success } else { &error }, seed));
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

/// Arbitrary bytes, arbitrary tokens, or a good text with a few bytes changed, inserted or cut off.
///
/// They are not made by proptest, to which what it keeps of each byte, so as to shrink it, costs many times what decoding costs.
fn bent(good: &[u8], seed: u64) -> Vec<u8> {
    let mut chance = Chance(seed);
    match chance.below(6) {
        0 => (0..chance.below(LONGEST)).map(|_| chance.byte()).collect(),
        1 => (0..chance.below(LONGEST)).flat_map(|_| TOKENS[chance.below(TOKENS.len())].bytes()).collect(),
        _ => {
            let mut text = good.to_vec();
            for _ in 0..chance.below(4) {
                let place = chance.below(good.len().max(1));
                match chance.below(4) {
                    0 => text.insert(place.min(text.len()), chance.byte()),
                    1 if place < text.len() => text[place] = chance.byte(),
                    _ if place < text.len() => drop(text.remove(place)),
                    _ => {}
                }
            }
            if chance.below(5) == 0 {
                text.truncate(chance.below(good.len().max(1)));
            }
            text
        }
    }
}

/// A body that is as wrong as this one, and of which nothing can be left out.
fn smallest(mut body: Vec<u8>, is_wrong: impl Fn(&[u8]) -> bool) -> Vec<u8> {
    let mut length = body.len();
    while length > 0 {
        let mut at = 0;
        while at < body.len() {
            let less = [&body[..at], &body[(at + length).min(body.len())..]].concat();
            if is_wrong(&less) { body = less } else { at += length }
        }
        length /= 2;
    }
    body
}

/// Numbers by chance (SplitMix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    fn byte(&mut self) -> u8 {
        self.next() as u8
    }
}

#[cfg(test)]
mod tests {
    use super::{bent, smallest};

    #[test]
    fn bodies_are_bent_in_every_way_and_the_same_for_the_same_seed() {
        let good = br#"{"a":[1,null]}"#;
        let all: Vec<Vec<u8>> = (0..400).map(|seed| bent(good, seed)).collect();
        assert!(all.iter().enumerate().all(|(seed, body)| *body == bent(good, seed as u64)));
        let some = |what: &dyn Fn(&[u8]) -> bool| all.iter().any(|body| what(body));
        assert!(some(&|body| body == good) && some(&|body| body.is_empty()) && some(&|body| body.len() > 400));
        assert!(some(&|body| body.len() < good.len() && good.starts_with(body)));
        assert!(some(&|body| body.len() == good.len() && body != good) && some(&|body| body.len() == good.len() + 1));
        assert!(some(&|body| body.windows(5).any(|part| part == b"1e999")));
    }

    #[test]
    fn what_is_wrong_is_shown_by_no_more_than_it_takes() {
        assert_eq!(smallest(b"{\"long\": \"text\\ud800\"}".to_vec(), |body| body.contains(&b'\\')), b"\\");
        assert_eq!(smallest(b"abcab".to_vec(), |body| body.windows(2).any(|two| two == b"ca")), b"ca");
        assert_eq!(smallest(b"abc".to_vec(), |_| true), b"");
    }
}
