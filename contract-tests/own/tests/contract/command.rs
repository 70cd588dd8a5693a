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
    let line = format!("{path}:1:{column}: difference[derived]: changed maxLength at Memo\n");
    assert!(text.contains(&line), "{line} is not in:\n{text}");
    assert!(
        text.contains("  the document says 3, the derived schema 700\n  and 11 more that follow from it ("),
        "{text}"
    );
    let report = std::fs::read(directory.path().join("contract.json")).expect("it was written");
    let report: serde_json::Value = serde_json::from_slice(&report).expect("it is JSON");
    assert_eq!(report["version"], 1);
    let found = report["differences"].as_array().expect("a list");
    let of = |oracle: &str, place: &str| {
        let mut all = found.iter();
        all.find(|found| found["oracle"] == oracle && found["place"] == place).expect("a difference")
    };
    // What shows it in the whole customer is as small as a customer can be.
    let shown = &of("client", "Customer/partnership/memo")["shown_by"];
    assert_eq!(shown["partnership"], serde_json::json!({ "memo": "aaaa" }), "{shown}");
    let constructors = of("constructors", "Memo");
    let says = constructors["verdicts"].to_string();
    assert!(says.contains("\"document\",\"says\":\"refuses: maxLength at /\""), "{says}");
    assert!(says.contains("\"constructors\",\"says\":\"accepts\""), "{says}");
    let cause = constructors["follows"].as_u64().expect("it follows from something");
    assert_eq!(found[cause as usize]["oracle"], "derived", "{constructors}");
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
    let output = judge(&["judge", "--cases", "8", "--document", &unsatisfiable, "--only", "Memo"]);
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

#[test]
fn a_misnamed_property_is_one_cause() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = edited(directory.path(), "companyName", "company_name");
    let output =
        judge(&["judge", "--cases", "8", "--document", &path, "--report", &directory.path().display().to_string()]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(text.matches("difference[").count(), 1, "{text}");
    assert!(text.contains("the document has it, the client does not; the client has `companyName` instead"), "{text}");
    assert!(text.contains(" more that follow from it (bindings 1, builders "), "{text}");
    assert!(
        text.contains(&format!("  repeat: cargo xtask contract --document {path} --only Customer --cases 8\n")),
        "{text}"
    );
    assert!(text.contains(" differences by 1 cause; the same again: "), "{text}");
    // The file has every one of them, and none prints a string that is longer than a line.
    let file = std::fs::read_to_string(directory.path().join("contract.txt")).expect("it was written");
    assert!(file.matches("\n  follows: ").count() > 20, "{file}");
    assert!(file.contains("aaaaaaaaaaaaaaaaaaaaaaaa…\" (701 characters, 701 bytes)"), "{file}");
    assert!(file.lines().all(|line| line.chars().count() < 1_000), "{file}");
}

#[test]
fn an_operation_without_a_call_is_one_line_with_its_place() {
    let directory = tempfile::tempdir().expect("a directory");
    let new = "{\"/new\":{\"get\":{\"operationId\":\"getNew\",\"parameters\":[{\"name\":\"a\",\"in\":\"query\",\
        \"description\":\"A\",\"schema\":{\"type\":\"string\",\"maxLength\":3}}],\"responses\":{\"200\":{\"description\":\"OK\"}}}},";
    let path = edited(
        directory.path(),
        "{\"/partners/customers/{domainId}\"",
        &format!("{new}\"/partners/customers/{{domainId}}\""),
    );
    let output = judge(&["judge", "--cases", "8", "--document", &path]);
    let text = String::from_utf8_lossy(&output.stdout);
    let found: Vec<&str> = text.lines().filter(|line| line.contains("difference[")).collect();
    assert_eq!(found.len(), 1, "{text}");
    assert!(
        found[0].starts_with(&format!("{path}:1:")) && found[0].contains("unbound operationId at getNew"),
        "{text}"
    );
}

#[test]
fn one_row_of_the_matrix_can_be_repeated() {
    let output = judge(&["judge", "--cases", "8", "--only", "getCustomer: no content type"]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(text.contains("  matrix: 1 rows\n") && !text.contains("wire: "), "{text}");
    assert!(text.contains("--only 'getCustomer: no content type' --cases 8"), "{text}");
    let output = judge(&["judge", "--cases", "8", "--only", "getCustomer: no such row"]);
    let text = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert!(text.contains("no row of the failure matrix is called `no such row`"), "{text}");
}
