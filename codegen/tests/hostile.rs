//! Small documents that are legal, sloppy or hostile, and what becomes of them: nothing is lost without a word, and each word has its
//! place.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what it expects by failing; Clippy spares functions marked as tests, not those they call"
)]

use codegen::{Layout, generate, lint};

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\n";

/// What is said of a document, a line each: where, how serious, and which rule.
fn found(text: &str) -> Vec<String> {
    let found = lint("x.yaml", text.as_bytes());
    let lines = found.iter().map(|one| {
        let (line, column) = (one.location.line, one.location.column);
        format!("{line}:{column} {}[{}] {}", one.level, one.rule, one.message)
    });
    lines.collect()
}

/// The generated sources of a document that generates.
fn sources(text: &str) -> String {
    let generated = generate("x.yaml", text.as_bytes(), Layout::Module);
    let generated = generated.unwrap_or_else(|_| panic!("{:#?}", found(text)));
    generated.files.into_iter().map(|file| file.contents).collect()
}

fn assert_found(text: &str, expected: &[&str]) {
    let found = found(text);
    let fits = found.len() == expected.len() && found.iter().zip(expected).all(|(one, start)| one.starts_with(start));
    assert!(fits, "{found:#?} instead of {expected:#?}");
}

const DECLARED: &str = "      parameters: [{name: id, in: path, required: true, schema: {type: string}}]\n      responses: {'200': {description: d}}\n";

#[test]
fn two_paths_that_would_be_read_as_one_are_refused() {
    let text = format!(
        "{HEAD}paths:\n  /a/{{id*}}:\n    get:\n      operationId: g\n{DECLARED}  /a/{{+id}}:\n    post:\n      operationId: p\n{DECLARED}"
    );
    assert_found(
        &text,
        &[
            "5:5 error[path-parameter-undeclared]",
            "9:3 warning[duplicate-path]",
            "10:5 error[path-parameter-undeclared]",
        ],
    );
}

#[test]
fn of_many_paths_of_one_shape_each_is_compared_with_all() {
    let path = |name: &str, method: &str| {
        let declared = DECLARED.replace("name: id", &format!("name: {name}"));
        format!("  /a/{{{name}}}:\n    {method}:\n      operationId: {name}\n{declared}")
    };
    let text = format!("{HEAD}paths:\n{}{}{}", path("x", "get"), path("y", "post"), path("z", "post"));
    assert_found(
        &text,
        &[
            "9:3 warning[duplicate-path] `/a/{y}` and `/a/{x}` in line 4",
            "14:3 error[duplicate-path] `/a/{z}` and `/a/{y}` in line 9",
        ],
    );
}

#[test]
fn what_only_shows_once_a_slip_is_read_is_said_at_its_place() {
    // The response's media type stands in the response; its schema has an example of another type, and an enum in need of quotes.
    let text = format!(
        "{HEAD}paths:
  /a/{{id*}}:
    get:
      operationId: g
      parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]
      responses:
        '200':
          description: d
          application/json:
            type: object
            properties:
              a: {{type: string, enum: [1, x]}}
              b: {{type: integer, default: '7'}}
            required: [c]
"
    );
    assert_found(
        &text,
        &[
            "5:5 warning[path-parameter-undeclared]",
            "11:11 warning[unknown-field] a Response Object has no field `application/json`",
            "12:13 warning[unknown-field] a Media Type Object has no field `type`",
            "13:13 warning[unknown-field] a Media Type Object has no field `properties`",
            "14:40 warning[enum-type]",
            "15:43 warning[default-type]",
            "16:13 warning[unknown-field] a Media Type Object has no field `required`",
            "16:24 warning[required-undeclared]",
        ],
    );
    assert!(sources(&text).contains("\"7\"") || sources(&text).contains('7'));
}

#[test]
fn names_of_the_document_are_not_taken_for_keywords() {
    let text = format!(
        "{HEAD}paths: {{}}
components:
  schemas:
    example:
      type: object
      properties:
        default: {{type: integer, minimum: 010}}
        enum: {{type: array, items: {{type: integer, example: 010}}}}
"
    );
    assert_found(&text, &["9:43 error[ambiguous-scalar]", "10:61 warning[ambiguous-scalar]"]);
}

#[test]
fn an_ambiguous_scalar_has_its_place_in_3_1_too() {
    let text = "openapi: 3.1.0
info: {title: T, version: '1'}
components:
  schemas:
    A: {type: [string, 'null'], examples: [010]}
    B: {anyOf: [{type: 'null'}, {type: integer, default: 010}]}
";
    assert_found(text, &["5:44 warning[ambiguous-scalar]", "6:58 warning[ambiguous-scalar]"]);
}

#[test]
fn what_a_document_says_of_itself_ends_no_comment_and_turns_nothing() {
    let text = "openapi: 3.0.3
info: {title: \"T\u{7f}\", version: \"1\u{7f}\u{202e}\"}
x-lint: {empty-enum: \"a\\nfn evil() {}\u{202e}\u{2028}b\"}
paths: {}
components: {schemas: {A: {type: string, enum: []}}}
";
    let text = text.replace("\u{7f}", "\\x7F");
    let generated = generate("a\nb\u{202e}.yaml", text.as_bytes(), Layout::Crate).unwrap();
    let of = |path: &str| generated.files.iter().find(|file| file.path.ends_with(path)).unwrap().contents.clone();
    let root = of("generated/mod.rs");
    let head: Vec<&str> = root.lines().take_while(|line| line.starts_with("//")).collect();
    assert!(head[0].ends_with("from `a b .yaml`."), "{head:?}");
    assert_eq!(head[3], "// Findings of the rule `empty-enum` were let pass: a fn evil() {}  b");
    assert!(root.lines().nth(4).is_some_and(str::is_empty));
    let manifest = of("Cargo.toml");
    assert!(manifest.contains("version = \"1\\u007F"), "{manifest}");
}
