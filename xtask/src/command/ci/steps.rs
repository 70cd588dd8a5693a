//! Which steps there are.

use std::time::{SystemTime, UNIX_EPOCH};

use super::super::page;
use super::{Arguments, Needs, Program, Step};
use crate::{git, workspace};

/// The directory of the judge's report, from the root.
pub const REPORT: &str = "target/report";

const NO_DENY: &str = "cargo-deny is not installed: `cargo install cargo-deny`";

/// The Rust that the client asks for. A test compares this with its manifest.
const MINIMUM: &str = "1.88";

/// The package that is released.
pub const CLIENT: &str = "lineworks-partner-client";

/// The client's features, each of which has to build alone, as has none of them. A test compares this with its manifest.
const FEATURES: [&str; 10] =
    ["", "chrono", "http2", "jiff", "mock", "native-tls", "rustls", "schemars", "service-account", "tracing"];

/// Those that were asked for, in the order in which they are taken.
pub(super) fn all(arguments: &Arguments) -> Vec<Step> {
    let report = arguments.report.display().to_string();
    let mut steps = of_sources();
    if arguments.full {
        // The page of the report shows what came of them.
        steps.push(Step::cargo("mutants", &["xtask", "mutants", "--report", &report]));
    }
    steps.extend(of_judging(&report, arguments.scheduled));
    steps.push(Step::cargo("growth", &["semver-checks", "--package", CLIENT]).where_runs(
        &["semver-checks", "--package", CLIENT, "--version"],
        "cargo-semver-checks is not installed: `cargo install cargo-semver-checks`",
    ));
    steps.push(change(arguments.base.clone().map_or_else(git::base, Ok)));
    // It builds clients of its own.
    steps.push(Step::cargo(
        "known faults",
        &["xtask", "contract", "--generated", "--known", "contract-tests/known.json", "contract-tests/known"],
    ));
    if arguments.full {
        steps.extend(long());
    }
    steps
}

/// What the sources have to pass by themselves.
fn of_sources() -> Vec<Step> {
    vec![
        Step::cargo("format", &["fmt", "--all", "--check"]),
        Step::cargo("document", &["xtask", "lint", "--deny-warnings"]),
        Step::cargo("freshness", &["xtask", "regenerate", "--check"]),
        Step::cargo("dependencies", &["deny", "check", "licenses", "bans", "sources"])
            .where_runs(&["deny", "--version"], NO_DENY),
        Step::cargo("advisories", &["deny", "check", "advisories"]).where_runs(
            &["deny", "fetch", "db"],
            "cargo-deny is not installed, or the database of advisories cannot be reached",
        ),
        Step::cargo("clippy", &["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]),
        Step {
            program: Program::Rustup,
            ..Step::cargo(
                "minimum",
                &["run", MINIMUM, "cargo", "check", "--package", CLIENT, "--target-dir", "target/minimum"],
            )
            .where_runs(
                &["run", MINIMUM, "rustc", "--version"],
                "Rust 1.88 is not installed: `rustup toolchain install 1.88`",
            )
        },
        Step::cargo("tests", &["test", "--workspace", "--no-fail-fast", "--locked"]),
        Step {
            environment: &[("RUSTDOCFLAGS", "-D warnings")],
            ..Step::cargo("documentation", &["doc", "--workspace", "--no-deps", "--locked"])
        },
    ]
}

/// What the judge says, with the seed that is always the same and with a new one.
fn of_judging(report: &str, scheduled: bool) -> Vec<Step> {
    let seed = SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |since| since.subsec_nanos());
    let mut judging = Step::cargo("contract", &["xtask", "contract", "--report", report]);
    if std::env::var_os("GITHUB_ACTIONS").is_some() {
        judging.arguments.extend(["--format", "github"].map(str::to_owned));
    }
    let mut opening = Step::cargo("page", &["xtask", "page", report]);
    if let Err(missing) = page::browser() {
        opening.needs = Needs::Missing(missing.to_string());
    }
    let chance = Step {
        is_only_told: !scheduled,
        ..Step::cargo("new seed", &["xtask", "contract", "--seed", &seed.to_string()])
    };
    vec![judging, opening, chance]
}

/// What the change of the document means.
fn change(base: Result<String, String>) -> Step {
    let compared = |base: &str| {
        let old = format!("{base}:{}", workspace::DOCUMENT);
        Step::cargo("change", &["xtask", "diff", &old, workspace::DOCUMENT])
    };
    match base {
        Ok(base) => compared(&base),
        Err(reason) => Step { needs: Needs::Missing(reason), ..compared("") },
    }
}

/// What takes long: `--full` alone has it.
fn long() -> Vec<Step> {
    const FUZZ: &[(&str, &str)] = &[("FUZZ_SECONDS", "120")];
    let mut steps = vec![Step::cargo("package", &["xtask", "release"])];
    steps.extend(FEATURES.map(|feature| {
        let feature = format!("--features={feature}");
        let lib = ["clippy", "--package", CLIENT, "--lib", "--no-default-features", &feature, "--", "-D", "warnings"];
        Step::cargo("feature", &lib)
    }));
    steps.push(Step::cargo("client mutants", &["xtask", "client-mutants"]));
    let kills = Step::cargo("kills", &["test", "--workspace", "--test", "commands", "kills"]);
    steps.push(Step { environment: &[("REGENERATE_KILLS", "200")], ..kills });
    steps
        .push(Step::cargo("soak", &["bench", "--package", CLIENT, "--features", "service-account", "--bench", "soak"]));
    let fuzz = |name, arguments: &[&str]| Step { environment: FUZZ, ..Step::cargo(name, arguments) };
    steps.extend([
        fuzz("fuzz the generator", &["test", "--workspace", "--test", "generated", "mutations"]),
        fuzz("fuzz the judge", &["test", "--release", "--package", "contract-tests", "--test", "fuzz"]),
        fuzz("fuzz the client", &["test", "--release", "--package", CLIENT, "--test", "fuzz"]),
    ]);
    steps
}
