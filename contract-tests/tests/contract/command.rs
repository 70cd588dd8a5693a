//! The command line: exit status, and what is printed.

use std::io::BufRead as _;
use std::path::Path;
use std::process::{Command, Output};

use super::own;

fn judge(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_contract-tests"));
    command.args(arguments).output().expect("the judge runs")
}

fn edited(directory: &Path, from: &str, to: &str) -> String {
    let text = serde_json::to_string(own().root()).expect("a tree is written");
    assert!(text.contains(from), "{from} is not in the document");
    let path = directory.join("edited.json");
    std::fs::write(&path, text.replace(from, to)).expect("the file is written");
    path.display().to_string()
}

#[test]
fn no_difference_is_0() {
    let output = judge(&["judge", "--cases", "8"]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(text.contains("no difference"), "{text}");
}

#[test]
fn a_difference_is_1_and_shows_the_payload() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = edited(directory.path(), "\"maxLength\":700", "\"maxLength\":3");
    let output =
        judge(&["judge", "--cases", "8", "--document", &path, "--report", &directory.path().display().to_string()]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("difference[constructors]: accepts invalid maxLength at Memo"), "{text}");
    assert!(text.contains("shown by"), "{text}");
    // What shows it in the whole customer is as small as a customer can be.
    let smallest = r#""partnership":{"memo":"aaaa"}}"#;
    assert!(text.lines().any(|line| line.starts_with("  shown by") && line.ends_with(smallest)), "{text}");
    assert!(text.contains("  document     refuses: maxLength at /"), "{text}");
    assert!(text.contains("  constructors accepts"), "{text}");
    for file in ["contract.json", "contract.txt", "contract.xml"] {
        assert!(directory.path().join(file).exists(), "{file}");
    }
}

#[test]
fn an_unreadable_document_is_1_and_says_where() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("bad.yaml");
    std::fs::write(&path, "openapi: 3.0.3\npaths: [").expect("the file is written");
    let output = judge(&["judge", "--document", &path.display().to_string()]);
    let text = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("bad.yaml:3:1: "), "{text}");
    assert_eq!(judge(&["judge", "--document", "missing.yaml"]).status.code(), Some(1));
    let unsatisfiable = edited(directory.path(), "\"maxLength\":700", "\"maxLength\":1,\"minLength\":2");
    let output = judge(&["judge", "--document", &unsatisfiable]);
    let text = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("/components/schemas/Memo: no value can conform"), "{text}");
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
