//! The commands that start other programs, with a cargo that only says what it was asked for.
#![cfg(unix)]

use super::scratch::Scratch;

#[test]
fn the_document_is_compared_with_the_base() {
    let scratch = Scratch::new();
    scratch.git(&["init", "--quiet", "--initial-branch", "work"]);
    scratch.git(&["commit", "--quiet", "--allow-empty", "--message", "First"]);
    scratch.run_with_cargo(&["ci"], "nothing", 0).ends(0).says("==> change is skipped: there is no tag `client-v*`");
    let run = scratch.run_with_cargo(&["ci", "--base", "v1"], "nothing", 0).ends(0);
    run.says("cargo xtask diff v1:openapi/lineworks-partner.yaml openapi/lineworks-partner.yaml");
    let run = scratch.run_with_cargo(&["ci", "--base", "v1"], "diff", 1).ends(1);
    run.complains("==> change failed. This repeats it: cargo xtask diff v1:");
}

#[test]
fn ci_runs_every_step_in_order() {
    let scratch = Scratch::new();
    let run = scratch.run_with_cargo(&["ci"], "nothing", 0).ends(0);
    let commands: Vec<&str> = run.stdout.lines().filter(|line| line.starts_with("cargo ")).collect();
    assert_eq!(
        commands,
        [
            "cargo fmt --all --check",
            "cargo xtask lint --deny-warnings",
            "cargo xtask regenerate --check",
            "cargo deny check licenses bans sources",
            "cargo deny check advisories",
            "cargo clippy --workspace --all-targets -- -D warnings",
            "cargo run 1.88 cargo check --package lineworks-partner-client --target-dir target/minimum",
            "cargo test --workspace",
            "cargo doc --workspace --no-deps",
            "cargo semver-checks --package lineworks-partner-client",
            "cargo xtask release",
        ]
        .into_iter()
        .map(str::to_owned)
        .chain(features().iter().map(|feature| {
            format!(
                "cargo clippy --package lineworks-partner-client --lib --no-default-features --features={feature} -- -D warnings"
            )
        }))
        .chain(["cargo xtask contract --generated --known contract-tests/known.json contract-tests/known".to_owned()])
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
    assert!(!run.stdout.contains("cargo deny check licenses"), "{run:#?}");
    run.says("dependencies is skipped: there is no cargo-deny")
        .says("cargo test --workspace\n")
        .says("growth is skipped: there is no cargo-semver-checks")
        .says("minimum is skipped: `rustup toolchain install 1.88` gets the compiler")
        .says("==> 17 steps passed, 4 skipped, 0 failed");
}

#[test]
fn a_database_of_advisories_that_cannot_be_reached_stops_nothing() {
    let scratch = Scratch::new();
    let run = scratch.run_with_cargo(&["ci"], "db", 1).ends(0);
    assert!(!run.stdout.contains("cargo deny check advisories"), "{run:#?}");
    run.says("advisories is skipped")
        .says("cargo deny check licenses bans sources\n")
        .says("==> 19 steps passed, 2 skipped, 0 failed");
}

#[test]
fn a_release_is_tested_alone_and_rehearsed() {
    let scratch = Scratch::new();
    let version = env!("CARGO_PKG_VERSION");
    let manifest =
        |rest: &str| format!("[package]\nname = \"lineworks-partner-client\"\nversion = \"{version}\"\n{rest}");
    std::fs::create_dir_all(scratch.path("generated-client")).unwrap();
    std::fs::write(scratch.path("generated-client/Cargo.toml"), manifest("")).unwrap();
    let package = format!("target/package/lineworks-partner-client-{version}/Cargo.toml");
    let run = scratch.run_with_cargo(&["release"], "nothing", 0).ends(0);
    let commands: Vec<&str> = run.stdout.lines().filter(|line| line.starts_with("cargo ")).collect();
    assert_eq!(
        commands,
        [
            "cargo package --package lineworks-partner-client --allow-dirty".to_owned(),
            format!(
                "cargo test --manifest-path {package} --features http2,mock,service-account,tracing --target-dir target/alone"
            ),
            "cargo publish --package lineworks-partner-client --no-verify --allow-dirty --dry-run".to_owned(),
        ]
    );
    let tag = format!("client-v{version}");
    let released = |tag: &str| scratch.run_with_cargo(&["release", "--tag", tag, "--publish"], "nothing", 0);
    released("client-v99.0.0").ends(1).complains("the client's version is");
    released(&tag).ends(1).complains("CHANGELOG.md has no section");
    std::fs::write(scratch.path("CHANGELOG.md"), format!("# Changelog\n\n## [{version}] - 2026-01-01\n")).unwrap();
    released(&tag).ends(1).complains("has no `repository`");
    std::fs::write(scratch.path("generated-client/Cargo.toml"), manifest("repository = \"https://example.com/\"\n"))
        .unwrap();
    released(&tag).ends(1).complains("what was released last cannot be told");
    scratch.git(&["init", "--quiet"]);
    scratch.git(&["commit", "--quiet", "--allow-empty", "--message", "First"]);
    let run = released(&tag).ends(0).says("cargo publish --package lineworks-partner-client --no-verify\n");
    assert!(!run.stdout.contains("--dry-run") && !run.stdout.contains("--allow-dirty"), "{run:#?}");
    scratch.run_with_cargo(&["release", "--publish"], "nothing", 0).ends(2);

    // The tag that is released is not the last release, and what was released before may not be lost without a new version.
    let listing = "generated-client/API.txt";
    scratch.write(listing, "A: u8\n");
    scratch.git(&["add", listing]);
    scratch.git(&["commit", "--quiet", "--message", "Released"]);
    scratch.git(&["tag", "client-v0.1.0-rc.1"]);
    scratch.write(listing, "B: u8\n");
    scratch.git(&["add", listing]);
    scratch.git(&["commit", "--quiet", "--message", "Changed"]);
    scratch.git(&["tag", &tag]);
    released(&tag).ends(1).complains("lost or changed a line since 0.1.0, such as `A: u8`");
    std::fs::write(scratch.path(".git/shallow"), "0123456789012345678901234567890123456789\n").unwrap();
    released(&tag).ends(1).complains("this clone is shallow");
}

#[test]
fn the_document_is_compared_with_the_release_before() {
    let scratch = Scratch::new();
    scratch.git(&["init", "--quiet"]);
    for tag in ["client-v0.9.0", "client-v0.10.0", "client-v0.11.0"] {
        scratch.git(&["add", "openapi"]);
        scratch.git(&["commit", "--quiet", "--allow-empty", "--message", tag]);
        scratch.git(&["tag", tag]);
    }
    let run = scratch.run_with_cargo(&["ci"], "nothing", 0).ends(0);
    run.says("cargo xtask diff client-v0.10.0:openapi/lineworks-partner.yaml openapi/lineworks-partner.yaml");
}

#[test]
fn ci_runs_every_step_and_says_how_to_repeat_what_failed() {
    let scratch = Scratch::new();
    let run = scratch.run_with_cargo(&["ci"], "--workspace", 101).ends(1);
    let run = run
        .says("cargo xtask release\n")
        .says("==> package passed in 0 s")
        .says("17 steps passed, 1 skipped, 3 failed");
    run.complains("==> clippy failed. This repeats it: cargo clippy --workspace --all-targets -- -D warnings")
        .complains("==> tests failed. This repeats it: cargo test --workspace");
}

#[test]
fn ci_tells_stale_from_broken() {
    let scratch = Scratch::new();
    scratch.run_with_cargo(&["ci"], "regenerate", 4).ends(4);
}

#[test]
fn the_judge_gets_its_arguments_and_gives_its_status() {
    let scratch = Scratch::new();
    let manifest = scratch.path("Cargo.toml");
    let run = scratch.run_with_cargo(
        &["contract", "--document", "openapi/lineworks-partner.yaml", "--cases", "7", "--seed", "9"],
        "judge",
        1,
    );
    run.ends(1).says(&format!(
        "cargo run --bin contract-tests-own --manifest-path {} -- judge --document openapi/lineworks-partner.yaml --cases 7 --seed 9\n",
        manifest.display()
    ));
    // What deviates is known of the judge's own document.
    let run = scratch.run_with_cargo(&["contract"], "nothing", 0).ends(0);
    assert!(run.stdout.contains(" -- judge\n"), "{run:#?}");
}

#[test]
fn the_mock_gets_its_port() {
    let scratch = Scratch::new();
    let run = scratch.run_with_cargo(&["mock", "--port", "8080"], "nothing", 0).ends(0);
    assert!(run.stdout.contains(" -- mock --port 8080\n"), "{run:#?}");
    let run = scratch.run_with_cargo(&["mock", "openapi/lineworks-partner.yaml"], "nothing", 0).ends(0);
    assert!(run.stdout.contains(" -- mock --document openapi/lineworks-partner.yaml\n"), "{run:#?}");
}
