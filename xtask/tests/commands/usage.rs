//! Wrong usage, and documents that cannot be had.

use super::scratch::Scratch;

#[test]
fn wrong_usage_is_status_2() {
    let scratch = Scratch::new();
    scratch.run(&[]).ends(2);
    scratch.run(&["bogus"]).ends(2).complains("unrecognized subcommand");
    scratch.run(&["lint", "--bogus"]).ends(2).complains("--bogus");
    scratch.run(&["mock", "--port", "70000"]).ends(2).complains("70000");
}

#[test]
fn help_is_no_error() {
    Scratch::new().run(&["--help"]).ends(0).says("regenerate").says("4 generated files are stale");
}

#[test]
fn an_absent_document_is_named() {
    for command in ["regenerate", "lint", "contract", "mock"] {
        let run = Scratch::new().run(&[command, "--document", "no/such.yaml"]);
        run.ends(1).complains("no/such.yaml: there is no such document").complains("--document FILE");
    }
}

#[test]
fn a_directory_is_no_document() {
    for command in ["regenerate", "lint", "contract", "mock"] {
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
