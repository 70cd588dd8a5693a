//! What the repository's papers say is what the repository does.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test says what it expects by failing; Clippy spares functions marked as tests, not those they call"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

#[test]
fn the_readme_lists_exactly_the_legal_constructs_that_are_refused() {
    let mut rules = BTreeSet::new();
    for source in sources(&root().join("codegen").join("src")) {
        rules.extend(words_between(&source, '"').filter(|word| is_gap(word)).map(str::to_owned));
    }
    let readme = read("README.md");
    let section = readme.split("## What the generator refuses").nth(1).expect("the README has the section");
    let section = section.split("\n## ").next().unwrap_or_default();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    let listed: BTreeSet<String> = rows.filter_map(|row| words_between(row, '`').next()).map(str::to_owned).collect();
    assert_eq!(listed, rules, "left: the README's table; right: the rules in codegen");
}

#[test]
fn ci_runs_the_readmes_test_command() {
    let readme = read("README.md");
    let commands = readme.split("```sh\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let command = commands.lines().nth(1).unwrap().split('#').next().unwrap().trim();
    assert!(command.starts_with("cargo test"), "{command}");
    assert_eq!(read(".ci/run").trim_end().lines().last(), Some(command));
}

#[test]
fn the_workflows_call_xtask_and_nothing_else() {
    for workflow in ["ci.yml", "release.yml"] {
        let text = read(&format!(".github/workflows/{workflow}"));
        let steps: Vec<&str> = text.lines().filter_map(|line| line.trim().strip_prefix("- run: ")).collect();
        // `cargo xtask`, with a lock file that is not changed.
        const XTASK: &str = "cargo run --locked --bin xtask -- ";
        assert!(steps.iter().any(|step| step.starts_with(&format!("{XTASK}ci"))), "{workflow}: {steps:?}");
        let is_known = |step: &&str| step.starts_with("rustup ") || step.starts_with(XTASK);
        assert!(steps.iter().all(is_known), "{workflow}: {steps:?}");
        let install = format!("rustup toolchain install {} ", minimum());
        assert!(text.contains(&install), "{workflow}: {install}");
        for kept in ["uses: Swatinem/rust-cache@", "uses: actions/upload-artifact@", "path: target/report\n"] {
            assert!(text.contains(kept), "{workflow}: {kept}");
        }
        // What was released last is looked up in the history.
        assert!(text.contains("fetch-depth: 0\n"), "{workflow}");
    }
}

/// The Rust that the client asks for.
fn minimum() -> String {
    let manifest = read("generated-client/Cargo.toml");
    let line = manifest.lines().find_map(|line| line.strip_prefix("rust-version = ").map(str::to_owned));
    line.expect("a version").trim_matches('"').to_owned()
}

#[test]
fn the_client_asks_for_the_rust_that_its_parts_need() {
    let arguments = ["metadata", "--format-version", "1", "--all-features", "--offline"];
    let manifest = root().join("generated-client/Cargo.toml");
    let mut command = std::process::Command::new(env!("CARGO"));
    command.args(arguments).args(["--filter-platform", "x86_64-unknown-linux-gnu", "--manifest-path"]).arg(manifest);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let list = |value: &serde_json::Value| value.as_array().cloned().unwrap_or_default();
    let nodes = list(&metadata["resolve"]["nodes"]);
    let packages = list(&metadata["packages"]);
    let client = packages.iter().find(|package| package["name"] == "lineworks-partner-client").expect("the client");
    // What is reached by other than development dependencies.
    let mut reached = BTreeSet::from([client["id"].to_string()]);
    let mut waiting = vec![client["id"].clone()];
    while let Some(id) = waiting.pop() {
        let node = nodes.iter().find(|node| node["id"] == id).expect("a node");
        for dependency in list(&node["deps"]) {
            let counts = list(&dependency["dep_kinds"]).iter().any(|kind| kind["kind"] != "dev");
            if counts && reached.insert(dependency["pkg"].to_string()) {
                waiting.push(dependency["pkg"].clone());
            }
        }
    }
    let number = |version: &str| -> Vec<u64> { version.split('.').map(|part| part.parse().unwrap()).collect() };
    let asked_for = number(&minimum());
    for package in packages.iter().filter(|package| reached.contains(&package["id"].to_string())) {
        let Some(needed) = package["rust_version"].as_str() else { continue };
        let fits = number(needed).into_iter().chain([0; 3]).take(2).le(asked_for.iter().copied());
        assert!(fits, "{} needs Rust {needed}, and the client asks for {}", package["name"], minimum());
    }
    assert!(reached.len() > 50, "{} packages", reached.len());
}

#[test]
fn the_client_names_the_documents_version_beside_its_own() {
    let manifest = read("generated-client/Cargo.toml");
    let (_, openapi) = manifest.split_once("[package.metadata.openapi]").expect("the manifest has the table");
    let document = read("openapi/lineworks-partner.yaml");
    let version = |text: &str, start: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(start)).expect("there is a version").to_owned();
        line.trim_matches('"').to_owned()
    };
    let stated = version(&document, "  version: ");
    assert_eq!(version(openapi, "version = "), stated);
    let generated = read("generated-client/src/generated/mod.rs");
    assert!(generated.contains(&format!("\"{stated}\"")), "`api_version()` is the document's");
}

#[test]
fn the_readme_counts_the_crates_that_each_feature_takes() {
    let readme = read("README.md");
    let told =
        readme.split("On Linux there are ").nth(1).and_then(|rest| rest.split("A test counts them.").next()).unwrap();
    let told: String = told.split_whitespace().collect::<Vec<_>>().join(" ");
    for (features, words) in [
        ("", "{} crates to compile without any feature"),
        ("native-tls", "with `native-tls` there are {},"),
        ("rustls", "with `rustls` {},"),
        ("schemars", "with `schemars` {},"),
        ("service-account", "with `service-account` {} "),
        ("rustls,service-account", "({} beside `rustls`)"),
        ("tracing", "with `tracing` {},"),
        ("http2", "with `http2` {},"),
        ("chrono", "with `chrono` {},"),
        ("jiff", "with `jiff` {}."),
    ] {
        let words = words.replace("{}", &crates(features).to_string());
        assert!(told.contains(&words), "`{words}` is not in: {told}");
    }
}

/// How many crates the client takes with these features, itself included.
fn crates(features: &str) -> usize {
    let output = std::process::Command::new(env!("CARGO"))
        .current_dir(root())
        .args(["tree", "--package", "lineworks-partner-client", "--edges", "normal,build", "--prefix", "none"])
        .args(["--no-default-features", "--features", features, "--target", "x86_64-unknown-linux-gnu"])
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    text.lines().map(|line| line.trim_end_matches(" (*)")).collect::<BTreeSet<_>>().len()
}

#[test]
fn one_minimum_of_rust_stands_everywhere() {
    let minimum = minimum();
    assert!(read("README.md").contains(&format!("asks for Rust {minimum} or later")), "{minimum}");
    assert!(read("generated-client/README.md").contains(&format!("needs Rust {minimum} or later")), "{minimum}");
    assert!(read("xtask/src/command/ci/steps.rs").contains(&format!("MINIMUM: &str = \"{minimum}\"")), "{minimum}");
    assert!(
        read("codegen/src/layout/manifest.rs").contains(&format!("RUST_VERSION: &str = \"{minimum}\"")),
        "{minimum}"
    );
}

#[test]
fn every_known_fault_has_a_document_that_shows_it() {
    let faults: Vec<serde_json::Value> = serde_json::from_str(&read("contract-tests/known.json")).unwrap();
    let named: BTreeSet<&str> = faults.iter().filter_map(|fault| fault["document"].as_str()).collect();
    let documents = std::fs::read_dir(root().join("contract-tests/known")).unwrap();
    let documents = documents.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    // Some stand for what must not be taken for a fault, and for what is none any more.
    let documents: BTreeSet<String> = documents.filter(|document| !document.starts_with("fine")).collect();
    assert_eq!(named, documents.iter().map(String::as_str).collect(), "left: the list; right: the folder");
    for fault in &faults {
        assert!(fault["reason"].as_str().is_some_and(|reason| reason.ends_with('.')), "{fault}");
    }
}

#[test]
fn examples_print_by_the_macro_that_minds_a_closed_output() {
    for source in sources(&root().join("generated-client").join("examples")) {
        let prints = |call: &&str| ["println!", "print!", "stdout"].iter().any(|print| call.contains(print));
        let lines =
            source.lines().filter(|line| !line.contains("eprint") && !line.contains("std::io::stdout(), \"{line}\""));
        assert_eq!(lines.filter(|line| !line.trim_start().starts_with("//")).find(prints), None);
    }
}

fn is_gap(word: &str) -> bool {
    word.strip_prefix("unsupported-").is_some_and(|rest| {
        !rest.is_empty() && rest.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    })
}

/// What stands between each two quotes that follow one another.
fn words_between(text: &str, quote: char) -> impl Iterator<Item = &str> {
    text.split(quote).skip(1)
}

fn sources(directory: &Path) -> Vec<String> {
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            texts.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            texts.push(std::fs::read_to_string(path).unwrap());
        }
    }
    texts
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| format!("{path}: {error}"))
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}
