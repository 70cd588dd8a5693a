//! The command line: exit status, and what is printed.

use std::io::BufRead as _;
use std::path::Path;
use std::process::{Command, Output};

use contract_tests::document::Document;
use contract_tests::oracle::Validator;
use serde_json::Value;

use super::{component, own};

fn judge(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_contract-tests"));
    command.args(arguments).output().expect("the judge runs")
}

#[test]
fn cases_are_lines_of_json_that_the_document_agrees_with() {
    let lines = |arguments: &[&str]| {
        let output = judge(&[&["cases"], arguments].concat());
        let lines = String::from_utf8(output.stdout).expect("JSON is UTF-8");
        let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect();
        (output.status.code(), lines)
    };
    let (document, (status, memo)) = (own(), lines(&["--schema", "Memo"]));
    assert!(status == Some(0) && memo.iter().all(|line| line["schema"] == "Memo" && line["direction"] == "both"));
    let validator = Validator::new(&document, component(&document, "Memo")).expect("the schema compiles");
    for line in &memo {
        let violations = validator.violations(&line["payload"]);
        let named = violations.iter().map(|one| (one.pointer.as_str(), one.keyword.as_str()));
        let fault = line["keyword"].as_str().map(|keyword| (line["pointer"].as_str().unwrap_or_default(), keyword));
        assert!(named.eq(fault) && line["valid"] == fault.is_none(), "{line}");
    }
    assert!([true, false].into_iter().all(|valid| memo.iter().any(|line| line["valid"] == valid)));
    assert_eq!(lines(&["--schema", "Nothing"]), (Some(2), Vec::new()));

    let requests = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/requests.yaml");
    let (status, all) = lines(&["--document", requests]);
    let document = Document::read(Path::new(requests)).expect("it is read");
    for operation in document.operations().expect("they read") {
        let of = |place: String| all.iter().any(|line| line["operation"] == operation.id && line["place"] == place);
        let parameters = operation.parameters.iter().filter(|parameter| parameter.schema.is_some());
        assert!(parameters.into_iter().all(|one| of(format!("{} {}", one.place, one.name))), "{}", operation.id);
        let bodies = operation.request.iter().filter(|body| body.schema.is_some());
        assert!(bodies.into_iter().all(|body| of(format!("body {}", body.media_type))), "{}", operation.id);
    }
    assert_eq!(status, Some(0));

    // The document does not say that integers have 64 bits, but that this one has.
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("integers.yaml");
    let schemas =
        "A: {type: integer}\n    B: {type: integer, format: int64}\n    C: {anyOf: [{type: integer}, {type: boolean}]}";
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n    {schemas}\n"
    );
    std::fs::write(&path, text).expect("the file is written");
    let (_, all) = lines(&["--document", &path.display().to_string()]);
    let beyond = |name: &str| {
        let invalid = all.iter().filter(|line| line["schema"] == name && line["valid"] == false);
        invalid.filter(|line| line["payload"].as_f64().is_some_and(|number| number.abs() > 9e18)).count()
    };
    assert!(beyond("A") == 0 && beyond("B") > 0, "{} {}", beyond("A"), beyond("B"));
    assert_eq!(beyond("C"), 0);
}

#[test]
fn schemas_alone_are_judged_without_the_client() {
    let output = judge(&["judge", "--schema-only", "--cases", "8"]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(text.contains("schemas hold"), "{text}");

    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("other.yaml");
    let schemas =
        "A: {type: string, minLength: 2, maxLength: 1}\n    B: {type: integer, minimum: 1}\n    C: {$ref: '#/nowhere'}";
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n    {schemas}\n    D: {{properties: {{a: {{type: string, pattern: '('}}}}}}\n"
    );
    std::fs::write(&path, text).expect("the file is written");
    let report = directory.path().display().to_string();
    let output = judge(&["judge", "--schema-only", "--report", &report, "--document", &path.display().to_string()]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("other.yaml: 1 of 4 schemas hold"), "{text}");
    assert!(text.contains("error: /components/schemas/A: no value can conform"), "{text}");
    assert!(text.contains("error: /components/schemas/D/properties/a/pattern: "), "{text}");
    assert!(directory.path().join("schemas.json").exists());
}

#[test]
fn what_needs_a_client_says_so() {
    for command in ["judge", "mutants"] {
        let output = judge(&[command]);
        let text = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{text}");
        assert!(text.contains("knows no client"), "{text}");
    }
}

#[test]
fn wrong_usage_is_2() {
    for arguments in [&["judge", "--cases", "many"][..], &["weigh"], &[], &["mock", "--port", "70000"]] {
        assert_eq!(judge(arguments).status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn a_mock_says_where_it_is_and_that_a_port_is_taken() {
    let mut running = Command::new(env!("CARGO_BIN_EXE_contract-tests"))
        .arg("mock")
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("the mock runs");
    let mut line = String::new();
    let output = running.stdout.take().expect("its output");
    std::io::BufReader::new(output).read_line(&mut line).expect("a line");
    let port = line.split(':').next_back().and_then(|rest| rest.split('/').next()).unwrap_or_default();
    let address = format!("127.0.0.1:{port}");
    let reached = std::net::TcpStream::connect(&address).is_ok();
    let second = judge(&["mock", "--port", port]);
    running.kill().expect("it ends");
    running.wait().expect("it has ended");
    assert!(line.starts_with("openapi/lineworks-partner.yaml is served at http://127.0.0.1:"), "{line}");
    assert!(reached, "{address}");
    let text = String::from_utf8_lossy(&second.stderr);
    assert_eq!(second.status.code(), Some(1), "{text}");
    assert!(text.contains(&format!("port {port} of 127.0.0.1 is in use")), "{text}");
}
