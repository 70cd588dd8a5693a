//! What is compared, as far as that needs no judge.

use super::scratch::{DOCUMENT, Scratch};

#[test]
fn one_document_is_wrong_usage() {
    Scratch::new().run(&["diff", "openapi/lineworks-partner.yaml"]).ends(2).complains("NEW");
    Scratch::new().run(&["diff", "--format", "xml"]).ends(2).complains("xml");
}

#[test]
fn a_document_that_is_not_there_is_named() {
    let scratch = Scratch::new();
    scratch.write("old.yaml", DOCUMENT.as_bytes());
    scratch.run(&["diff", "old.yaml", "no/such.yaml"]).ends(1).complains("no/such.yaml: no such document");
    let run = scratch.run(&["diff", "nowhere:openapi/old.yaml", "old.yaml"]).ends(1);
    run.complains("nowhere:openapi/old.yaml: git has no such document").complains("REVISION:PATH");
}

#[cfg(unix)]
#[test]
fn changes_are_told_to_programs_too() {
    let scratch = Scratch::new();
    scratch.write("old.yaml", DOCUMENT);
    scratch.write("new.yaml", DOCUMENT);
    let change = |verdict: &str, kind: &str, new: &str| {
        format!(
            r#"{{"verdict":"{verdict}","kind":"{kind}","subjects":["getPet"],"what":"it says","details":["one"],
            "witness":{{"payload":{{"name":"\u001b[2J"}}}},"reason":null,"old":{{"place":"old.yaml:1:2"}},"new":{{"place":{new}}}}}"#
        )
    };
    let changes = [
        change("breaking", "request-body", r#""new.yaml:3:4""#),
        change("undecided", "response", "null"),
        change("compatible", "tags", "null"),
    ];
    scratch.write("report.json", format!(r#"{{"old":"old.yaml","new":"new.yaml","changes":[{}]}}"#, changes.join(",")));
    let cargo = scratch.judge_that_writes("report.json", "diff.json");
    let told = |format: &str| {
        let arguments = ["diff", "old.yaml", "new.yaml", "--no-client", "--format", format];
        let run = Scratch::finish(scratch.command(&arguments).env("CARGO", &cargo)).ends(1);
        run.complains("told to people").stdout
    };
    assert_eq!(
        told("github"),
        "::error file=new.yaml,line=3,col=4,title=request-body::getPet: it says%0Aone%0Awitness: {\"name\":\"\\u001b[2J\"}\n\
         ::warning file=old.yaml,line=1,col=2,title=response::getPet: it says%0Aone%0Awitness: {\"name\":\"\\u001b[2J\"}\n"
    );
    let sarif: serde_json::Value = serde_json::from_str(&told("sarif")).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let levels: Vec<_> = results.iter().map(|result| result["level"].as_str().unwrap()).collect();
    assert_eq!(levels, ["error", "warning", "note"]);
    assert_eq!(results[0]["relatedLocations"][0]["physicalLocation"]["region"]["startLine"], 1, "{sarif}");
}

/// The old document's client is built where something breaks, and only there; it is asked by the name of the old document.
#[cfg(unix)]
#[test]
fn the_old_documents_client_is_generated_where_something_breaks() {
    let scratch = Scratch::new();
    scratch.write("Cargo.lock", "version = 4\n");
    scratch.write("old.yaml", DOCUMENT.replace("maxLength", "minLength"));
    scratch.write("new.yaml", DOCUMENT);
    let started = |judged: &str, broken: &str| {
        let mut command = scratch.command_with_builder(&["diff", "old.yaml", "new.yaml"]);
        let run = Scratch::finish(command.env("JUDGED", judged).env("BROKEN", broken));
        let log = scratch.files("log").remove("log").expect("something was started");
        std::fs::remove_file(scratch.path("log")).expect("the log is there");
        (run, String::from_utf8(log).expect("it is a string"))
    };
    let (run, log) = started("0", "");
    run.ends(0);
    assert!(!log.contains("builder.sh build"), "{log}");
    let (run, log) = started("1", "");
    run.ends(1);
    let lines: Vec<&str> = log.lines().collect();
    let [compared, built, asked] = lines.as_slice() else { panic!("three programs are started: {log}") };
    assert!(compared.starts_with("builder.sh run --bin contract-tests "), "{compared}");
    assert!(built.contains("build --quiet --offline") && built.contains("target/generated/"), "{built}");
    assert!(asked.contains("--client client_of_old compare") && asked.contains("--old-name old.yaml"), "{asked}");
    let (run, log) = started("1", "client_of_old");
    run.ends(1);
    let last = log.lines().last().expect("something was started");
    assert!(last.starts_with("builder.sh run --bin contract-tests "), "what compares without a client: {log}");
}
