//! The command line: exit status, and what is printed.

use std::path::Path;
use std::process::{Command, Output};

use super::own;

fn judge(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_contract-tests-own"));
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
    // With the place of the keyword in the document.
    let document = std::fs::read_to_string(&path).expect("it was written");
    let column = document.find("\"maxLength\":3}").expect("the edit") + 1;
    let line = format!("{path}:1:{column}: difference[constructors]: accepts invalid maxLength at Memo\n");
    assert!(text.contains(&line), "{line} is not in:\n{text}");
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
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("/components/schemas/Memo: no value can conform"), "{text}");
}

#[test]
fn the_judge_of_the_client_says_the_same() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("bad.yaml");
    let start = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n";
    let memo = "    Memo:\n      type: string\n      minLength: 3\n      maxLength: 2";
    std::fs::write(&path, format!("{start}{memo}\n")).expect("the file is written");
    let output = judge(&["judge", "--cases", "8", "--document", &path.display().to_string()]);
    let error = String::from_utf8_lossy(&output.stdout);
    let expected = format!(
        "\nnot judged: Memo (the document's fault): /components/schemas/Memo: no value can conform: its longest length is below its shortest: \
         `minLength: 3` at /components/schemas/Memo/minLength and `maxLength: 2` at /components/schemas/Memo/maxLength\n  \
         at {}:6:5\n  help: loosen",
        path.display()
    );
    assert_eq!(output.status.code(), Some(1), "{error}");
    assert_eq!(error.matches(&expected).count(), 1, "{error}");
}
