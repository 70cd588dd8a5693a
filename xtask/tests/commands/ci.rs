//! The commands that start other programs, with a cargo that only says what it was asked for.
#![cfg(unix)]

use super::scratch::Scratch;

#[test]
fn ci_runs_every_step_in_order() {
    let scratch = Scratch::new();
    let run = scratch.run_with_cargo(&["ci"], "nothing", 0).ends(0);
    let commands: Vec<&str> = run.stdout.lines().filter(|line| line.starts_with("cargo ")).collect();
    assert_eq!(
        commands,
        [
            "cargo fmt --all --check",
            "cargo xtask regenerate --check",
            "cargo deny check licenses bans sources",
            "cargo clippy --workspace --all-targets -- -D warnings",
            "cargo test --workspace",
            "cargo doc --workspace --no-deps",
            "cargo package --package lineworks-partner-client --allow-dirty",
        ]
        .into_iter()
        .map(str::to_owned)
        .chain(features().iter().map(|feature| {
            format!(
                "cargo clippy --package lineworks-partner-client --lib --no-default-features --features={feature} -- -D warnings"
            )
        }))
        .collect::<Vec<_>>()
    );
    assert_eq!(run.stdout.lines().filter(|line| *line == "flags -D warnings").count(), 1, "{}", run.stdout);
}

/// None of the client's features, and each of them, as its manifest names them.
fn features() -> Vec<String> {
    let manifest =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../generated-client/Cargo.toml")).unwrap();
    let section = manifest.split("[features]\n").nth(1).unwrap().split("\n[").next().unwrap();
    let names = section.lines().filter_map(|line| line.split_once(" = ")).map(|(name, _)| name.to_owned());
    let mut names: Vec<String> = names.filter(|name| name != "default").collect();
    names.sort();
    names.insert(0, String::new());
    names
}

#[test]
fn ci_goes_on_without_cargo_deny_and_says_so() {
    let scratch = Scratch::new();
    let run = scratch.run_with_cargo(&["ci"], "--version", 101).ends(0);
    assert!(!run.stdout.contains("cargo deny check"), "{run:#?}");
    run.says("dependencies is skipped: there is no cargo-deny")
        .says("cargo test --workspace\n")
        .says("all 13 steps passed");
}

#[test]
fn ci_stops_at_the_first_failure_and_says_how_to_repeat_it() {
    let scratch = Scratch::new();
    let run = scratch.run_with_cargo(&["ci"], "clippy", 101).ends(1);
    assert!(!run.stdout.contains("cargo test"), "{run:#?}");
    run.complains("clippy failed. This repeats it: cargo clippy --workspace --all-targets -- -D warnings");
}

#[test]
fn ci_tells_stale_from_broken() {
    let scratch = Scratch::new();
    scratch.run_with_cargo(&["ci"], "regenerate", 4).ends(4);
}

#[test]
fn the_judge_gets_its_arguments_and_gives_its_status() {
    let scratch = Scratch::new();
    let document = scratch.path("openapi/lineworks-partner.yaml");
    let run = scratch.run_with_cargo(
        &["contract", "--document", "openapi/lineworks-partner.yaml", "--cases", "7", "--seed", "9"],
        "judge",
        1,
    );
    run.ends(1).says(&format!(
        "cargo run --quiet --package contract-tests-own -- judge --document {} --cases 7 --seed 9\n",
        document.display()
    ));
}

#[test]
fn the_mock_gets_its_port() {
    let scratch = Scratch::new();
    let run = scratch.run_with_cargo(&["mock", "--port", "8080"], "nothing", 0).ends(0);
    assert!(run.stdout.contains(" -- mock --document "), "{run:#?}");
    assert!(run.stdout.contains(" --port 8080\n"), "{run:#?}");
}
