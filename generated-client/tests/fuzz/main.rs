//! Decoding, conformance and strict checking against whatever a server may send.
//!
//! Inputs are mutated, byte by byte and value by value; one that shows something new is kept and mutated further. The test
//! command runs some thousands. For longer, and with figures:
//!
//! ```sh
//! FUZZ_SECONDS=600 cargo test --release -p lineworks-partner-client --test fuzz -- --nocapture
//! ```
//!
//! `FUZZ_SEED` begins elsewhere. A finding prints its input; put it among the `SEEDS` once it is mended.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod mutate;
mod target;

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use mutate::Chance;

/// How many inputs the test command runs.
const USUALLY: u64 = 20_000;

/// The most inputs that are kept to be mutated.
const KEPT: usize = 5_000;

/// What mutation begins with: payloads that conform, and what has gone wrong once.
const SEEDS: [&[u8]; 9] = [
    br#"{"tenantId":10000001,"domainId":10000001,"domain":"example.com","productId":"STD_T","companyName":"LINE WORKS Corp.","phoneNumber":"03-0000-0000","timeZone":"Asia/Tokyo","locale":"ja_JP","enableActiveMxrecord":true,"enableActiveDomain":true,"domainType":"DOMAIN","administrator":{"lastName":"Works","firstName":"Administrator","id":"admin","privateEmail":"private.works@example.com","cellphone":"090-0000-0000","countryCode":"+81"},"partnership":{"status":"TRANSFER_READY","customerCode":"asd123ada11","enablePartnerProfileDisplay":true,"memo":"Memo","enableDeveloperConsoleAccessControl":true,"enableAdminConsoleAccessControl":true,"useOptionPlus":true}}"#,
    br#"{"code":"NOT_FOUND","description":"Not found"}"#,
    br#""foo..bar@docomo.ne.jp""#,
    br#""2024-02-29T23:59:60.5-00:00""#,
    br#""https://user@[v1.a]:80/a%20b?c#d""#,
    br#""123e4567-e89b-12d3-a456-426614174000""#,
    br#""2001:db8::192.0.2.1""#,
    br#""aGVsbG8=""#,
    br#"null"#,
];

#[test]
fn nothing_that_a_server_sends_is_too_much() {
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().expect("a number"));
    let limit = number("FUZZ_SECONDS").map(Duration::from_secs);
    let seed = number("FUZZ_SEED").unwrap_or(1);
    let mut chance = Chance::of(seed);
    let mut kept: Vec<Vec<u8>> = SEEDS.iter().map(|seed| seed.to_vec()).collect();
    let mut seen = HashSet::new();
    let (began, mut runs, mut slowest) = (Instant::now(), 0, Duration::ZERO);
    while limit.map_or(runs < USUALLY, |limit| began.elapsed() < limit) {
        let input = match SEEDS.get(usize::try_from(runs).unwrap_or(usize::MAX)) {
            Some(seed) => seed.to_vec(),
            None => mutate::mutated(&kept, &mut chance),
        };
        let begins = Instant::now();
        let shown = catch_unwind(AssertUnwindSafe(|| target::run(&input)));
        let took = begins.elapsed();
        let Ok(shown) = shown else { panic!("run {runs} of seed {seed} fails for {}", input.escape_ascii()) };
        assert!(took < Duration::from_secs(5), "run {runs} of seed {seed} takes {took:?} for {}", input.escape_ascii());
        slowest = slowest.max(took);
        if seen.insert(shown) && kept.len() < KEPT {
            kept.push(input);
        }
        runs += 1;
    }
    println!(
        "{runs} runs in {:.0?}, {} kinds of results, {} inputs kept, the slowest run {slowest:.1?}, no finding",
        began.elapsed(),
        seen.len(),
        kept.len()
    );
    assert!(seen.len() > 100, "{} kinds of results: the mutations do not reach much", seen.len());
}
