//! What our passes cost: the whole way from the document's text to source text, against bare progenitor and prettyplease
//! on the same document.
//!
//! The two take turns within one run, so that whatever else the machine does falls on both; the ratio of the medians is
//! what counts, and the times say on what scale. `cargo bench -p codegen`.
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
    let (ours, bare) = (median(&mut ours), median(&mut bare));
    println!("codegen::generate          {ours:>10.2?}");
    println!("progenitor + prettyplease  {bare:>10.2?}");
    println!("ratio of the medians       {:>10.2}  (goal: at most 2)", ours.as_secs_f64() / bare.as_secs_f64());
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

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
