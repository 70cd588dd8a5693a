//! Wrong usage, and documents that cannot be had.

use super::scratch::{DOCUMENT, Scratch};

#[test]
fn wrong_usage_is_status_2() {
    let scratch = Scratch::new();
    scratch.run(&[]).ends(2);
    scratch.run(&["bogus"]).ends(2).complains("unrecognized subcommand");
    scratch.run(&["regenrate"]).ends(2).complains("similar subcommands exist").complains("'regenerate'");
    scratch.run(&["lint", "--alow", "x"]).ends(2).complains("a similar argument exists: '--allow'");
    scratch.run(&["lint", "--bogus"]).ends(2).complains("--bogus");
    scratch.run(&["mock", "--port", "70000"]).ends(2).complains("70000");
}

#[test]
fn help_is_no_error() {
    Scratch::new().run(&["--help"]).ends(0).says("regenerate").says("4 generated files are stale");
}

#[test]
fn help_has_every_default() {
    let scratch = Scratch::new();
    let usual = contract_tests::ground::Plan::default();
    let judged = scratch.run(&["contract", "--help"]).ends(0);
    let judged = judged.says(&format!("[default: {}]", usual.cases)).says(&format!("[default: {}]", usual.seed));
    judged.says("[default: openapi/lineworks-partner.yaml]").says("[default: text]");
    scratch.run(&["ci", "--help"]).ends(0).says("[default: target/report]").says("[default: the last tag");
    scratch.run(&["mock", "--help"]).ends(0).says("[default: one that is free]");
}

#[test]
fn a_shell_completes_what_there_is() {
    let scratch = Scratch::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        scratch.run(&["completions", shell]).ends(0).says("regenerate").says("deny-warnings");
    }
    scratch.run(&["completions", "sh"]).ends(2).complains("possible values: bash");
}

#[test]
fn a_document_with_crlf_is_said_to_have_it() {
    let scratch = Scratch::new();
    scratch.write("crlf.yaml", DOCUMENT.replace('\n', "\r\n"));
    scratch.run(&["lint", "crlf.yaml"]).ends(0).complains("crlf.yaml: note: its lines end in CRLF");
    let run = scratch.run(&["lint"]).ends(0);
    assert!(!run.stderr.contains("CRLF"), "{run:#?}");
}

#[test]
fn a_command_that_is_printed_can_be_typed() {
    let scratch = Scratch::new();
    scratch.write("a b/it's.yaml", DOCUMENT);
    scratch.run(&["regenerate", "--document", "a b/it's.yaml", "--out", "my client"]).ends(0);
    scratch.write("a b/it's.yaml", DOCUMENT.replace("Pets", "Animals"));
    let run = scratch.run(&["regenerate", "--document", "a b/it's.yaml", "--out", "my client", "--check"]).ends(4);
    let told = format!("{}{}", run.stdout, run.stderr);
    let command = told.lines().find_map(|line| line.split_once("cargo xtask regenerate")).expect("the command").1;
    let words = shlex::split(command.split('`').next().unwrap()).unwrap();
    assert_eq!(words, ["--document", "a b/it's.yaml", "--out", "my client"], "{told}");
}

#[test]
fn the_version_is_told() {
    Scratch::new().run(&["--version"]).ends(0).says("cargo xtask 0.");
}

#[test]
fn a_document_is_given_by_option_by_name_or_by_standard_input() {
    let scratch = Scratch::new();
    let broken = DOCUMENT.replace("#/components/schemas/Pet", "#/components/schemas/Bet");
    scratch.write("broken.yaml", &broken);
    for given in [&["--document", "broken.yaml"][..], &["broken.yaml"]] {
        scratch.run(&[&["lint"], given].concat()).ends(1).complains("broken.yaml:15:");
    }
    for given in [&["--document", "-"][..], &["-"]] {
        let input = std::fs::File::open(scratch.path("broken.yaml")).unwrap();
        Scratch::finish(scratch.command(&[&["lint"], given].concat()).stdin(input)).ends(1).complains("-:15:");
    }
    scratch.run(&["lint", "broken.yaml", "--document", "broken.yaml"]).ends(2).complains("cannot be used with");
    // Who judges reads a file, and calls it what it was called here.
    let input = std::fs::File::open(scratch.path("openapi/lineworks-partner.yaml")).unwrap();
    let cargo = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/commands/cargo.sh");
    let run = Scratch::finish(scratch.command(&["contract", "-"]).stdin(input).env("CARGO", cargo)).ends(0);
    assert!(run.stdout.contains(" --name -\n") && !run.stdout.contains("--document - "), "{run:#?}");
}

#[test]
fn an_absent_document_is_named() {
    for command in ["regenerate", "lint", "contract", "mock", "cases"] {
        let run = Scratch::new().run(&[command, "--document", "no/such.yaml"]);
        run.ends(1).complains("no/such.yaml: no such document").complains("--document FILE");
    }
}

#[test]
fn a_directory_is_no_document() {
    for command in ["regenerate", "lint", "contract", "mock", "cases"] {
        let run = Scratch::new().run(&[command, "--document", "openapi"]);
        run.ends(1).complains("openapi: this is a directory");
    }
}

#[test]
fn a_document_that_is_not_utf_8_is_a_diagnostic_with_a_place() {
    let scratch = Scratch::new();
    scratch.write("latin.yaml", b"openapi: 3.0.3\ninfo: {title: caf\xE9, version: '1'}\npaths: {}\n");
    for command in ["regenerate", "lint"] {
        let run = scratch.run(&[command, "--document", "latin.yaml"]).ends(1);
        let place = run.stderr.strip_prefix("latin.yaml:").expect("the file comes first");
        let mut numbers = place.split(':').map(str::parse::<usize>);
        assert!(matches!((numbers.next(), numbers.next()), (Some(Ok(_)), Some(Ok(_)))), "{run:#?}");
    }
}

#[test]
fn a_document_without_errors_is_fine() {
    Scratch::new().run(&["lint"]).ends(0).says("openapi/lineworks-partner.yaml: no errors");
}

#[test]
fn findings_are_told_to_programs_too() {
    let scratch = Scratch::new();
    scratch.edit("#/components/schemas/Pet", "#/components/schemas/Bet");
    let told = |format: &str| scratch.run(&["lint", "--format", format]).ends(1).stdout;
    let json: serde_json::Value = serde_json::from_str(&told("json")).unwrap();
    let found = &json["diagnostics"][0];
    assert_eq!((&json["version"], &found["rule"], &found["line"]), (&1.into(), &"dangling-ref".into(), &15.into()));
    assert!(found["file"] == "openapi/lineworks-partner.yaml" && found["level"] == "error", "{json}");

    let github = told("github");
    assert!(github.starts_with("::error file=openapi/lineworks-partner.yaml,line=15,col="), "{github}");
    assert!(github.contains(",title=dangling-ref::") && github.contains("%0Ahelp: "), "{github}");
    assert_eq!(github.lines().count(), json["diagnostics"].as_array().unwrap().len(), "a line each: {github}");

    let sarif: serde_json::Value = serde_json::from_str(&told("sarif")).unwrap();
    let (run, result) = (&sarif["runs"][0], &sarif["runs"][0]["results"][0]);
    assert_eq!((&sarif["version"], &result["ruleId"]), (&"2.1.0".into(), &"dangling-ref".into()));
    assert_eq!(result["locations"][0]["physicalLocation"]["region"]["startLine"], 15, "{result}");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert!(rules.iter().any(|rule| rule["id"] == "dangling-ref"), "{rules:?}");

    // A document without findings is told so as well.
    let run = Scratch::new().run(&["lint", "--format", "json"]).ends(0);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&run.stdout).unwrap()["diagnostics"], serde_json::json!([]));
}

#[test]
fn differences_are_told_to_programs_too() {
    let scratch = Scratch::new();
    let report = r#"{"version":1,"document":"a.yaml","differences":[
        {"oracle":"derived","problem":"changed","message":"changed maxLength\nand 1 more","at":"a.yaml:3:7","follows":null},
        {"oracle":"client","problem":"refuses-valid","message":"follows","at":null,"follows":0}],
        "left_out":[{"what":"x","whose":null,"message":"not judged","place":null,"help":null}]}"#;
    scratch.write("report.json", report);
    let cargo = scratch.judge_that_writes("report.json", "contract.json");
    let told = |format: &str| {
        let run = Scratch::finish(scratch.command(&["contract", "--format", format]).env("CARGO", &cargo)).ends(1);
        run.complains("told to people").stdout
    };
    assert_eq!(told("json").trim_end(), report);
    assert_eq!(
        told("github"),
        "::error file=a.yaml,line=3,col=7,title=derived/changed::changed maxLength%0Aand 1 more\n\
         ::warning file=a.yaml,title=not-judged::not judged\n"
    );
    let sarif: serde_json::Value = serde_json::from_str(&told("sarif")).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), 2, "{sarif}");
    assert_eq!(results[0]["ruleId"], "derived/changed");
    assert_eq!(results[0]["locations"][0]["physicalLocation"]["region"]["startColumn"], 7, "{sarif}");
    let text = Scratch::finish(scratch.command(&["contract"]).env("CARGO", &cargo)).ends(1);
    text.says("told to people");
}

#[test]
fn a_cargo_that_cannot_be_started_is_named() {
    Scratch::new().run(&["contract"]).ends(1).complains("`/nonexistent/cargo` cannot be started");
}

#[test]
#[cfg(unix)]
fn nobody_has_to_listen() {
    let scratch = Scratch::new();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let status = scratch.command(&["regenerate", "--check"]).stdout(writer).status().unwrap();
    assert_eq!(status.code(), Some(4));
}
