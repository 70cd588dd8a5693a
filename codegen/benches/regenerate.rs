//! What generating costs: all that `regenerate` makes of a document's text (the client's sources, the ledger, the judge's
//! bindings and the list of the interface), against bare progenitor and prettyplease on the same document.
//!
//! The two take turns within one run, so that whatever else the machine does falls on both; the ratio of the medians is
//! what counts. On a machine that is busy otherwise, the least times say more. `cargo bench -p codegen`.
//!
//! `--once ours|frame|bare FILE` does one of them once and says nothing, for programs that count: `valgrind
//! --tool=callgrind`, `perf stat`. `frame` is `ours` without the list of the interface.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a benchmark stops where what it measures does not work, and prints what it measured"
)]

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use codegen::{Bindings, Input, Layout, MODULE, SourceFile, interface};
use progenitor::{GenerationSettings, Generator, InterfaceStyle};

/// That of the command.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const NAME: &str = "lineworks-partner.yaml";
const DOCUMENT: &[u8] = include_bytes!("../../openapi/lineworks-partner.yaml");

/// The sources of the client that are written by hand, which the list of its interface is made of as well.
const BY_HAND: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../generated-client/src");

/// How often each takes its turn; the first few are not counted.
const ROUNDS: usize = 60;
const WARM_UP: usize = 5;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [once, what, file] = arguments.as_slice()
        && once == "--once"
    {
        let text = std::fs::read(file).unwrap();
        black_box(match what.as_str() {
            "bare" => bare_progenitor(&text),
            "frame" => generate(file, &text).len(),
            _ => regenerate(file, &text, by_hand()),
        });
        return;
    }
    let by_hand = by_hand();
    let (mut ours, mut frame, mut bare) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..ROUNDS + WARM_UP {
        let sources = by_hand.clone();
        let times = [
            timed(|| regenerate(NAME, DOCUMENT, sources)),
            timed(|| generate(NAME, DOCUMENT).len()),
            timed(|| bare_progenitor(DOCUMENT)),
        ];
        if round >= WARM_UP {
            for (all, time) in [&mut ours, &mut frame, &mut bare].into_iter().zip(times) {
                all.push(time);
            }
        }
    }
    [&mut ours, &mut frame, &mut bare].into_iter().for_each(|times| times.sort_unstable());
    println!("                               median      least");
    for (name, times) in [("regenerate", &ours), ("without its API.txt", &frame), ("progenitor + prettyplease", &bare)]
    {
        let ratio = |at: usize| times[at].as_secs_f64() / bare[at].as_secs_f64();
        let (median, least) = (times[ROUNDS / 2], times[0]);
        println!("{name:<27}  {median:>8.2?}   {least:>8.2?}   {:>5.2} times, {:.2}", ratio(ROUNDS / 2), ratio(0));
    }
}

/// Text in; files, bindings and the list of the interface out.
fn regenerate(name: &str, text: &[u8], by_hand: Vec<SourceFile>) -> usize {
    let mut files = generate(name, text);
    files.extend(by_hand);
    files.retain(|file| file.path.ends_with(".rs"));
    let list = interface::list(&files).unwrap();
    list.len() + files.len()
}

fn generate(name: &str, text: &[u8]) -> Vec<SourceFile> {
    let bindings = Some(Bindings { client: "client", sources: MODULE });
    let input = Input { bindings, ..Input::new(name, black_box(text)) };
    input.generate(Layout::Module).unwrap().files
}

/// The same with nothing before and nothing after progenitor.
fn bare_progenitor(text: &[u8]) -> usize {
    let model: openapiv3::OpenAPI = serde_yaml::from_slice(black_box(text)).unwrap();
    let mut settings = GenerationSettings::new();
    settings.with_interface(InterfaceStyle::Builder);
    let tokens = Generator::new(&settings).generate_tokens(&model).unwrap();
    prettyplease::unparse(&syn::parse2(tokens).unwrap()).len()
}

fn by_hand() -> Vec<SourceFile> {
    let mut found = Vec::new();
    collect(Path::new(BY_HAND), "src/", &mut found);
    found
}

fn collect(folder: &Path, below: &str, found: &mut Vec<SourceFile>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{below}{}", path.file_name().unwrap().to_string_lossy());
        if path.is_dir() && !MODULE.starts_with(&name) {
            collect(&path, &format!("{name}/"), found);
        } else if name.ends_with(".rs") {
            found.push(SourceFile { path: name, contents: std::fs::read_to_string(path).unwrap() });
        }
    }
}

fn timed(run: impl FnOnce() -> usize) -> Duration {
    let start = Instant::now();
    black_box(run());
    start.elapsed()
}
