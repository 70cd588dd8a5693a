//! What generating costs: the whole way from the document's text to source text, against bare progenitor and prettyplease
//! on the same document.
//!
//! The two take turns within one run, so that whatever else the machine does falls on both; the ratio of the medians is
//! what counts. On a machine that is busy otherwise, the least times say more. `cargo bench -p codegen`.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a benchmark stops where what it measures does not work, and prints what it measured"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use codegen::Layout;
use progenitor::{GenerationSettings, Generator, InterfaceStyle};

const NAME: &str = "lineworks-partner.yaml";
const DOCUMENT: &[u8] = include_bytes!("../../openapi/lineworks-partner.yaml");

/// How often each takes its turn; the first few are not counted.
const ROUNDS: usize = 60;
const WARM_UP: usize = 5;

fn main() {
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS + WARM_UP {
        let times = (timed(generate), timed(bare_progenitor));
        if round >= WARM_UP {
            ours.push(times.0);
            bare.push(times.1);
        }
    }
    ours.sort_unstable();
    bare.sort_unstable();
    println!("                             median      least");
    println!("codegen::generate          {:>8.2?}   {:>8.2?}", ours[ROUNDS / 2], ours[0]);
    println!("progenitor + prettyplease  {:>8.2?}   {:>8.2?}", bare[ROUNDS / 2], bare[0]);
    let ratio = |at: usize| ours[at].as_secs_f64() / bare[at].as_secs_f64();
    println!("ratio (goal: at most 2)    {:>8.2}   {:>8.2}", ratio(ROUNDS / 2), ratio(0));
}

/// Text in, files out.
fn generate() -> usize {
    let generated = codegen::generate(NAME, black_box(DOCUMENT), Layout::Module).unwrap();
    generated.files.iter().map(|file| file.contents.len()).sum()
}

/// The same with nothing before and nothing after progenitor.
fn bare_progenitor() -> usize {
    let model: openapiv3::OpenAPI = serde_yaml::from_slice(black_box(DOCUMENT)).unwrap();
    let mut settings = GenerationSettings::new();
    settings.with_interface(InterfaceStyle::Builder);
    let tokens = Generator::new(&settings).generate_tokens(&model).unwrap();
    prettyplease::unparse(&syn::parse2(tokens).unwrap()).len()
}

fn timed(run: fn() -> usize) -> Duration {
    let start = Instant::now();
    black_box(run());
    start.elapsed()
}
