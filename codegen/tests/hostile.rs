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
            "9:3 warning[duplicate-path] `/a/{y}` and `/a/{x}` on line 4",
            "14:3 error[duplicate-path] `/a/{z}` and `/a/{y}` on line 9",
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

/// A chain of references of one kind of component that ends after so many.
fn chain(section: &str, length: usize, end: &serde_json::Value) -> serde_json::Value {
    let mut all = serde_json::Map::new();
    for at in 0..length {
        all.insert(format!("C{at}"), serde_json::json!({ "$ref": format!("#/components/{section}/C{}", at + 1) }));
    }
    all.insert(format!("C{length}"), end.clone());
    all.into()
}

#[test]
fn a_chain_of_references_is_followed_to_its_end_or_refused() {
    let schema = serde_json::json!({ "type": "string", "maxLength": 7 });
    let first = |section: &str| serde_json::json!({ "$ref": format!("#/components/{section}/C0") });
    for (length, is_fine) in [(62, true), (66, false)] {
        let content = serde_json::json!({ "application/json": { "schema": schema } });
        let mut paths = serde_json::json!({ "/end": { "post": {
            "operationId": "atTheEnd",
            "parameters": [first("parameters")],
            "requestBody": first("requestBodies"),
            "responses": { "200": first("responses") },
        } } });
        for at in (0..length).rev() {
            let next = if at + 1 == length { "end".to_owned() } else { format!("p{}", at + 1) };
            paths[format!("/p{at}")] = serde_json::json!({ "$ref": format!("#/paths/~1{next}") });
        }
        let document = serde_json::json!({
            "openapi": "3.0.3",
            "info": { "title": "T", "version": "1" },
            "paths": { "/p0": paths["/p0"] },
            "x-rest": paths,
            "components": {
                "parameters": chain("parameters", length, &serde_json::json!({ "name": "inTheQuery", "in": "query", "schema": schema })),
                "requestBodies": chain("requestBodies", length, &serde_json::json!({ "content": content })),
                "responses": chain("responses", length, &serde_json::json!({ "description": "atLast", "content": content })),
                "schemas": chain("schemas", length, &schema),
            },
        });
        let text = document.to_string().replace("#/paths/", "#/x-rest/");
        if is_fine {
            let sources = sources(&text);
            assert!(["AtTheEnd", "inTheQuery", "atLast"].iter().all(|name| sources.contains(name)), "{length}");
        } else {
            let errors: Vec<String> = found(&text).into_iter().filter(|one| one.contains(" error[")).collect();
            assert!(
                errors.len() >= 5
                    && errors
                        .iter()
                        .all(|one| one.contains("[ref-cycle] this reference starts a chain of more than 64")),
                "{errors:#?}"
            );
        }
    }
}

#[test]
fn a_path_that_no_url_can_have_is_refused() {
    let text = format!("{HEAD}paths:\n  \"/a\\nb\": {{get: {{operationId: a, responses: {{}}}}}}\n");
    assert_found(
        &text,
        &["4:3 error[path-syntax] the path `/a\nb` has the control character U+000A", "4:35 warning[no-responses]"],
    );
}

#[test]
fn a_word_of_3_1_is_explained_in_words_of_3_1() {
    let text = "openapi: 3.1.0
info: {title: T, version: '1'}
components:
  schemas:
    A: {type: []}
    B: {exclusiveMaximum: x}
  callbacks:
    C: {}
paths:
  /a: {get: {operationId: a, responses: {'204': {description: d}}, callbacks: {c: {$ref: '#/components/callbacks/C', description: d}}}}
";
    assert_found(
        text,
        &[
            "5:15 error[wrong-type]",
            "6:9 error[wrong-type] `exclusiveMaximum` is a string, but must be a number",
            "10:118 warning[ref-siblings] the siblings of this `$ref` have no effect",
        ],
    );
    assert!(lint("x.yaml", text.as_bytes()).iter().all(|one| !one.help.contains("3.0")));
}
