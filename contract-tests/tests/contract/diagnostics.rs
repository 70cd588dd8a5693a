//! Bad input: each fault is named with its pointer, its line and column and what to do, and ends with status 1.

use std::path::Path;
use std::process::Command;

/// Exit status, standard output and standard error.
fn judge(file: &Path, more: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_contract-tests"));
    command.args(["judge", "--cases", "8", "--document"]).arg(file).args(more);
    let output = command.output().expect("the judge runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

const START: &str = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n";

#[test]
fn every_bad_schema_has_its_place_and_a_remedy() {
    // What is written from line 6 on, the message, its line and column, and a word of the help.
    let bad: &[(&str, &str, &str, &str)] = &[
        (
            "    A: {type: string, minLength: 2, maxLength: 1}",
            "/components/schemas/A: no value can conform: its longest length is below its shortest",
            "6:5",
            "loosen",
        ),
        (
            "    A:\n      properties:\n        a: {type: string, enum: []}",
            "/components/schemas/A/properties/a: no value can conform: its enum lists nothing",
            "8:9",
            "loosen",
        ),
        (
            "    A: {type: integer, minimum: 3, maximum: 2}",
            "/components/schemas/A: no value can conform",
            "6:5",
            "loosen",
        ),
        (
            "    A: {type: number, minimum: 3, exclusiveMinimum: true, maximum: 3}",
            "/components/schemas/A: no value can conform: no number lies within its bounds",
            "6:5",
            "loosen",
        ),
        (
            "    A:\n      allOf:\n        - {type: array, items: {}, minItems: 2}\n        - {maxItems: 1}",
            "/components/schemas/A: no value can conform: maxItems is below minItems",
            "6:5",
            "allOf",
        ),
        (
            "    A: {type: object, additionalProperties: false, required: [a], properties: {b: {}}}",
            "/components/schemas/A: no value can conform: `a` is required here and forbidden there",
            "6:5",
            "loosen",
        ),
        (
            "    A: {type: object, minProperties: 2, maxProperties: 1}",
            "/components/schemas/A: no value can conform: maxProperties is below minProperties",
            "6:5",
            "loosen",
        ),
        (
            "    A:\n      properties:\n        a:\n          pattern: '('",
            "/components/schemas/A/properties/a/pattern: ",
            "9:11",
            "",
        ),
        (
            "    A:\n      required: [b]\n      properties:\n        b: {$ref: '#/components/schemas/A'}",
            "/components/schemas/A: every value would have to contain another of its kind, without end",
            "6:5",
            "make a property on the way optional",
        ),
        (
            "    A: {$ref: '#/components/schemas/B'}\n    B: {$ref: '#/components/schemas/A'}",
            "/components/schemas/A/$ref: the schema refers to itself without end",
            "6:9",
            "written out",
        ),
        (
            "    A:\n      items: {$ref: '#/components/schemas/B'}\n      type: array",
            "/components/schemas/A/items/$ref: the reference `#/components/schemas/B` leads nowhere",
            "7:15",
            "",
        ),
        (
            "    A: {allOf: [{type: string}, {type: integer}]}",
            "`type: string` at /components/schemas/A/allOf/0/type and `type: integer` at /components/schemas/A/allOf/1/type",
            "6:5",
            "loosen",
        ),
    ];
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("bad.yaml");
    for (written, message, place, help) in bad {
        std::fs::write(&path, format!("{START}{written}\n")).expect("the file is written");
        let (status, text, _) = judge(&path, &["--schema-only"]);
        assert_eq!(status, Some(1), "{written}\n{text}");
        let found = text.lines().position(|line| line.starts_with("error: ") && line.contains(message));
        let Some(found) = found else { panic!("{message} is not in:\n{text}") };
        let lines: Vec<&str> = text.lines().skip(found + 1).take(2).collect();
        assert_eq!(lines[0], format!("  at {}:{place}", path.display()), "{written}\n{text}");
        assert!(lines[1].starts_with("  help: ") && lines[1].contains(help), "{written}\n{text}");
    }
}

#[test]
fn what_is_no_document_has_its_place() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("bad.yaml");
    for (text, message, place) in [
        ("info: {}\nopenapi: 4.0.0\n", "/openapi: this is `\"4.0.0\"`, and only OpenAPI 3.0 and 3.1 are read", "2:1"),
        ("openapi: 3.0.3\nswagger: 2\nopenapi: 3.0.3\n", "bad.yaml:3:1: the key `openapi` stands twice", ""),
        ("- openapi: 3.0.0\n", "bad.yaml:1:1: the document is a list", ""),
        ("openapi: 3.0.3\nb: 1\n? [a]\n: 1\n", "bad.yaml:3:3: a key of a mapping is a list", ""),
    ] {
        std::fs::write(&path, text).expect("the file is written");
        let (status, _, error) = judge(&path, &["--schema-only"]);
        assert_eq!(status, Some(1), "{error}");
        // What is wrong with the text has its place in the message.
        let found = match place {
            "" => error.contains(message) && error.starts_with(&format!("error: {}:", path.display())),
            place => error.starts_with(&format!("error: {message}\n  at {}:{place}", path.display())),
        };
        assert!(found && error.contains("\n  help: "), "{text}: {error}");
    }
    // What the parser says has its place in it.
    std::fs::write(&path, "openapi: 3.0.3\npaths: [\n").expect("the file is written");
    let (status, _, error) = judge(&path, &["--schema-only"]);
    assert!(status == Some(1) && error.contains("bad.yaml:3:1: "), "{error}");
}

#[test]
fn parts_that_forbid_each_other_a_property_leave_it_out_with_a_note() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("odd.yaml");
    let odd = "    A:\n      allOf:\n        - {properties: {a: {type: string}}, required: [b]}\n        - {additionalProperties: {type: integer}}";
    std::fs::write(&path, format!("{START}{odd}\n")).expect("the file is written");
    let (status, text, error) = judge(&path, &["--schema-only"]);
    assert_eq!(status, Some(0), "{text}{error}");
    let note = "note: /components/schemas/A/allOf/0/properties/a: no value of /components/schemas/A can take this";
    assert!(text.contains(note) && text.contains("odd.yaml:8:25"), "{text}");
    // One declaration that contradicts itself is an error, though the property is optional.
    let bad = "    A: {properties: {a: {type: string, minLength: 2, maxLength: 1}}}";
    std::fs::write(&path, format!("{START}{bad}\n")).expect("the file is written");
    assert_eq!(judge(&path, &["--schema-only"]).0, Some(1));
}
