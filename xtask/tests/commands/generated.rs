//! `contract --generated`: what is written for a document, what is started, and the three ways to fail.

use super::scratch::{Run, Scratch};

const CONTRACT: &[&str] = &["contract", "--generated"];

/// The client's folder, unless told otherwise.
const FOLDER: &str = "target/generated/lineworks-partner.yaml";

/// A checkout with a lock file.
fn scratch() -> Scratch {
    let scratch = Scratch::new();
    scratch.write("Cargo.lock", "version = 4\n");
    scratch
}

#[test]
fn a_client_is_written_built_and_judged() {
    let scratch = scratch();
    let arguments = [CONTRACT, &["--cases", "7", "--seed", "9"]].concat();
    let run = scratch.run_with_cargo(&arguments, "nothing", 0).ends(0);
    let place = |path: &str| scratch.path(path).display().to_string();
    let shared = format!(
        "--quiet --offline --manifest-path {} --target-dir {}",
        place(&format!("{FOLDER}/judge/Cargo.toml")),
        place("target")
    );
    let document = place("openapi/lineworks-partner.yaml");
    let commands: Vec<&str> = run.stdout.lines().filter(|line| line.starts_with("cargo ")).collect();
    assert_eq!(
        commands,
        [
            format!("cargo build {shared}"),
            format!("cargo run {shared} -- judge --document {document} --cases 7 --seed 9"),
        ]
    );

    let files = scratch.files(FOLDER);
    let text = |path: &str| String::from_utf8(files[&format!("{FOLDER}/{path}")].clone()).unwrap();
    assert!(text("judge/src/bindings.rs").contains("generated_client, \"../client/src/generated\""));
    assert!(text("judge/src/main.rs").contains("&bindings::SUBJECT"));
    assert!(text("judge/Cargo.toml").contains("package = \"pets-client\", path = \"../client\""));
    assert!(text("client/Cargo.toml").contains("name = \"pets-client\""));
    assert_eq!(text("judge/Cargo.lock"), "version = 4\n");
}

#[test]
fn the_client_stays_where_it_is_asked_to_and_nobody_elses_file_is_touched() {
    let scratch = scratch();
    let arguments = [CONTRACT, &["--keep", "kept"]].concat();
    scratch.write("kept/judge/Cargo.toml", "mine");
    scratch.run_with_cargo(&arguments, "nothing", 0).ends(1).complains("kept/judge/Cargo.toml");
    std::fs::remove_file(scratch.path("kept/judge/Cargo.toml")).unwrap();
    scratch.run_with_cargo(&arguments, "nothing", 0).ends(0).says("kept/judge/Cargo.toml");
    assert!(scratch.path("kept/client/src/lib.rs").is_file() && !scratch.path(FOLDER).exists());
}

#[test]
fn a_refused_document_is_the_documents_fault() {
    let scratch = scratch();
    scratch.edit("#/components/schemas/Pet", "#/components/schemas/Bet");
    let run = scratch.run_with_cargo(CONTRACT, "nothing", 0).ends(1);
    assert!(!run.stdout.contains("cargo ") && !scratch.path(FOLDER).exists(), "{run:#?}");
    run.complains("dangling-ref").complains("openapi/lineworks-partner.yaml is refused");
}

#[test]
fn what_does_not_compile_is_the_generators_fault() {
    let error = "warning: unused\n\nerror[E0425]: cannot find value `x`\n --> src/lib.rs:1:1\n\nerror: another\n\n";
    let fails = |package: &str| -> Run {
        let message = format!("{error}error: could not compile `{package}` (lib) due to 2 previous errors");
        scratch().run_with_cargo_that_says(CONTRACT, "build", 101, &message)
    };
    for (package, what) in [
        ("pets-client", "the generated client does not compile"),
        ("judge-of-generated-client", "the judge's bindings to the generated client do not compile"),
    ] {
        let run = fails(package).ends(3);
        assert!(!run.stdout.contains("cargo run") && !run.stderr.contains("another"), "{run:#?}");
        run.complains("error[E0425]: cannot find value `x`\n --> src/lib.rs:1:1\n").complains(what);
    }
    // Neither of the two: nothing is known of the generator.
    fails("contract-tests").ends(1).complains("error: another").complains("nothing was judged");
}

#[test]
fn what_the_judge_finds_is_told_from_the_rest() {
    scratch().run_with_cargo(CONTRACT, "run", 1).ends(5).complains("the judge does not pass the client");
    scratch().run_with_cargo(CONTRACT, "run", 2).ends(2);
}

#[test]
fn options_that_contradict_each_other_are_wrong_usage() {
    scratch().run(&[CONTRACT, &["--schema-only"]].concat()).ends(2);
    scratch().run(&["contract", "--keep", "kept"]).ends(2).complains("--generated");
}
