//! The commands that start other programs, with a cargo that only says what it was asked for.
#![cfg(unix)]

use std::os::unix::fs::PermissionsExt as _;

use super::scratch::{Run, Scratch};

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
    let usual = [
        "cargo fmt --all --check",
        "cargo xtask lint --deny-warnings",
        "cargo xtask regenerate --check",
        "cargo deny check licenses bans sources",
        "cargo deny check advisories",
        "cargo clippy --workspace --all-targets --locked -- -D warnings",
        "cargo run 1.88 cargo check --package lineworks-partner-client --target-dir target/minimum",
        "cargo test --workspace --no-fail-fast --locked",
        "cargo doc --workspace --no-deps --locked",
        "cargo xtask contract --report target/report",
        "cargo xtask contract --seed N",
        "cargo semver-checks --package lineworks-partner-client",
        "cargo xtask contract --generated --known contract-tests/known.json contract-tests/known",
    ];
    assert_eq!(asked(&run), usual);
    assert_eq!(run.stdout.lines().filter(|line| *line == "flags -D warnings").count(), 1, "{}", run.stdout);
    run.says("==> the slowest steps: ");

    let run = scratch.run_with_cargo(&["ci", "--full", "--report", "kept here"], "nothing", 0).ends(0);
    let run = run.says("==> contract: cargo xtask contract --report 'kept here'\n");
    let asked = asked(&run);
    let mutants = asked.iter().position(|command| command == "cargo xtask mutants --report kept here").unwrap();
    assert!(asked[mutants + 1].starts_with("cargo xtask contract --report "), "the page shows the mutants: {asked:?}");
    let long = asked.iter().skip(usual.len() + 1).map(String::as_str).collect::<Vec<_>>();
    let feature = |feature: &String| {
        format!(
            "cargo clippy --package lineworks-partner-client --lib --no-default-features --features={feature} -- -D warnings"
        )
    };
    let features: Vec<String> = features().iter().map(feature).collect();
    assert_eq!(long[0], "cargo xtask release");
    assert_eq!(long[1..=features.len()], features);
    for (step, command) in [
        ("client mutants: ", "cargo xtask client-mutants"),
        ("kills: REGENERATE_KILLS=200 ", "cargo test --workspace --test commands kills"),
        ("soak: ", "cargo bench --package lineworks-partner-client --features service-account --bench soak"),
        ("fuzz the generator: FUZZ_SECONDS=120 ", "cargo test --workspace --test generated mutations"),
        ("fuzz the judge: FUZZ_SECONDS=120 ", "cargo test --release --package contract-tests --test fuzz"),
        ("fuzz the client: FUZZ_SECONDS=120 ", "cargo test --release --package lineworks-partner-client --test fuzz"),
    ] {
        assert!(run.stdout.contains(&format!("==> {step}{command}\n")), "{step}{command}: {}", run.stdout);
    }
}

/// What cargo was asked for, a seed that is new each time left aside.
fn asked(run: &Run) -> Vec<String> {
    let commands = run.stdout.lines().filter(|line| line.starts_with("cargo "));
    let known = |command: &str| match command.split_once("--seed ") {
        Some((before, seed)) if seed.parse::<u64>().is_ok() => format!("{before}--seed N"),
        _ => command.to_owned(),
    };
    commands.map(known).collect()
}

#[test]
fn a_draw_with_a_new_seed_fails_scheduled_runs_only() {
    let scratch = Scratch::new();
    let run = scratch.run_with_cargo(&["ci"], "--seed", 1).ends(0);
    let run = run.complains(
        "==> new seed failed, which fails scheduled runs only. This repeats it: cargo xtask contract --seed ",
    );
    let seed = |run: &Run| {
        let line = run.stderr.lines().find(|line| line.contains("This repeats it")).unwrap().to_owned();
        line.rsplit(' ').next().unwrap().parse::<u64>().unwrap()
    };
    let other = scratch.run_with_cargo(&["ci", "--scheduled"], "--seed", 1).ends(1);
    assert_ne!(seed(&run), seed(&other));
    other.complains("==> new seed failed. This repeats it: cargo xtask contract --seed ");
}

#[test]
fn in_a_workflow_of_github_differences_are_annotations() {
    let scratch = Scratch::new();
    let mut command = scratch.command(&["ci"]);
    let cargo = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/commands/cargo.sh");
    let run = Scratch::finish(command.env("CARGO", cargo).env("RUSTUP", cargo).env("GITHUB_ACTIONS", "true"));
    run.ends(0).says("cargo xtask contract --report target/report --format github\n");
}

#[test]
fn the_page_is_opened_where_there_is_a_browser() {
    let scratch = Scratch::new();
    scratch.run_with_cargo(&["ci"], "nothing", 0).says("==> page is skipped: no Chromium was found");
    // A browser that shows whatever it is told to, as a page without a script would have it.
    let browser = scratch.path("browser");
    scratch.write("browser", "#!/bin/sh\ncat \"$SHOWS\"\n");
    std::fs::set_permissions(&browser, std::fs::Permissions::from_mode(0o755)).unwrap();
    let with_browser = |arguments: &[&str], shows: &str| {
        scratch.write("shown.html", shows);
        let mut command = scratch.command(arguments);
        let cargo = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/commands/cargo.sh");
        command
            .env("CARGO", cargo)
            .env("RUSTUP", cargo)
            .env("CHROMIUM", &browser)
            .env("SHOWS", scratch.path("shown.html"));
        Scratch::finish(&mut command)
    };
    with_browser(&["ci"], "").ends(0).says("cargo xtask page target/report\n");
    with_browser(&["page"], "").ends(1).complains("target/report/index.html: ");
    scratch.write("target/report/index.html", "");
    let fine = "<html data-state=\"shown\" data-errors=\"0\" data-requests=\"0\" data-milliseconds=\"7\">";
    with_browser(&["page"], fine).ends(0).says("target/report/index.html: 0 bytes, shown in 7 ms");
    with_browser(&["page"], &fine.replace("errors=\"0", "errors=\"1")).ends(1).complains("index.html: 1 errors");
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
    run.says("dependencies is skipped: cargo-deny is not installed")
        .says("cargo test --workspace --no-fail-fast --locked\n")
        .says("growth is skipped: cargo-semver-checks is not installed")
        .says("minimum is skipped: Rust 1.88 is not installed")
        .says("==> 10 steps passed, 5 skipped, 0 failed");
}

#[test]
fn a_database_of_advisories_that_cannot_be_reached_stops_nothing() {
    let scratch = Scratch::new();
    let run = scratch.run_with_cargo(&["ci"], "db", 1).ends(0);
    assert!(!run.stdout.contains("cargo deny check advisories"), "{run:#?}");
    run.says("advisories is skipped")
        .says("cargo deny check licenses bans sources\n")
        .says("==> 12 steps passed, 3 skipped, 0 failed");
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
                "cargo test --manifest-path {package} --features chrono,http2,jiff,mock,service-account,tracing --target-dir target/alone"
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
    released(&tag).ends(1).complains("the last release cannot be determined");
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
    let run = run.says("==> growth passed in 0 s").says("10 steps passed, 2 skipped, 3 failed");
    run.complains("==> clippy failed. This repeats it: cargo clippy --workspace --all-targets --locked -- -D warnings")
        .complains("==> tests failed. This repeats it: cargo test --workspace --no-fail-fast --locked");
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
