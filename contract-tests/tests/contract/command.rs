//! The command line: exit status, and what is printed.

use std::io::BufRead as _;
use std::process::{Command, Output};

fn judge(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_contract-tests"));
    command.args(arguments).output().expect("the judge runs")
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
