//! Documents that are broken: each is refused with a diagnostic that has a place, and none takes the program down.

use codegen::{Diagnostic, Layout, Level, generate};

/// A document with one thing wrong, the rule that says so, and the line where it is.
struct Broken {
    what: &'static str,
    text: Vec<u8>,
    rule: &'static str,
    line: usize,
}

fn broken(what: &'static str, text: impl Into<Vec<u8>>, rule: &'static str, line: usize) -> Broken {
    Broken { what, text: text.into(), rule, line }
}

/// A document of which only the paths are given.
fn paths(paths: &str) -> String {
    format!("openapi: 3.0.3\ninfo: {{ title: Broken, version: 1.0.0 }}\npaths:\n{paths}\n")
}

/// A document of which only the schemas are given.
fn schemas(schemas: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{ title: Broken, version: 1.0.0 }}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}\n"
    )
}

const DONE: &str = "responses: { '204': { description: Done } }";

fn documents() -> Vec<Broken> {
    vec![
        broken("empty", "", "empty-document", 1),
        broken("only a comment", "# nothing\n", "empty-document", 1),
        broken("only spaces", " \n\n", "empty-document", 1),
        broken("not YAML", "openapi: [3.0.3\n", "yaml-syntax", 1),
        broken("not YAML at all", "\u{1}\u{2}%%%: @", "yaml-syntax", 1),
        broken("a list", "- openapi\n", "not-a-mapping", 1),
        broken("broken JSON", "{\"openapi\": \"3.0.3\",\n \"info\": {}]", "json-syntax", 2),
        broken("not UTF-8", b"openapi: 3.0.3\ninfo: \xff\n".as_slice(), "encoding", 2),
        broken("UTF-16", b"\xff\xfeo\0p\0e\0n\0".as_slice(), "encoding", 1),
        broken("version 2", "swagger: '2.0'\ninfo: { title: a, version: b }\npaths: {}\n", "openapi-version", 1),
        broken(
            "a parameter that is null",
            "openapi: 3.0.3\ninfo: { title: a, version: b }\npaths:\n  /a/{b}:\n    get:\n      parameters:\n        -\n      \
             responses: { '204': { description: None } }\n",
            "path-parameter-undeclared",
            5,
        ),
        broken("version 4", "openapi: 4.0.0\ninfo: { title: a, version: b }\npaths: {}\n", "openapi-version", 1),
        broken("tabs", "openapi: 3.0.3\ninfo:\n\ttitle: a\n", "tab-indentation", 3),
        broken("a key twice", "openapi: 3.0.3\nopenapi: 3.0.3\n", "duplicate-key", 2),
        broken("a dangling reference", schemas("    A: { $ref: '#/components/schemas/B' }"), "dangling-ref", 6),
        broken("an external reference", schemas("    A: { $ref: 'other.yaml#/A' }"), "external-ref", 6),
        broken("a reference to itself", schemas("    A: { $ref: '#/components/schemas/A' }"), "ref-cycle", 6),
        broken(
            "a cycle of references",
            schemas("    A: { $ref: '#/components/schemas/B' }\n    B: { $ref: '#/components/schemas/A' }"),
            "ref-cycle",
            6,
        ),
        broken(
            "a schema without an end",
            schemas("    A: { type: object, required: [a], properties: { a: { $ref: '#/components/schemas/A' } } }"),
            "endless-schema",
            6,
        ),
        broken(
            "one id twice",
            paths(&format!(
                "  /a: {{ get: {{ operationId: x, {DONE} }} }}\n  /b: {{ get: {{ operationId: x, {DONE} }} }}"
            )),
            "duplicate-operation-id",
            5,
        ),
        broken(
            "a parameter not declared",
            paths(&format!("  /a/{{id}}:\n    get: {{ operationId: x, {DONE} }}")),
            "path-parameter-undeclared",
            5,
        ),
        broken(
            "a misspelled status",
            paths("  /a:\n    get:\n      operationId: x\n      responses:\n        2OO: { description: Done }"),
            "status-code",
            8,
        ),
        broken("crossed bounds", schemas("    A: { type: string, minLength: 3, maxLength: 2 }"), "crossed-bounds", 6),
        broken("a broken pattern", schemas("    A: { type: string, pattern: '(' }"), "pattern", 6),
        broken("an infinite bound", schemas("    A: { type: number, maximum: 1.0e+400 }"), "not-finite", 6),
        broken("a misspelled field", schemas("    A: { type: object, propertes: {} }"), "unknown-field", 6),
        broken("an anchor bomb", anchor_bomb(), "alias-expansion", 11),
        broken("deep lists", nested("- ", 10_000), "too-deep", 1),
        broken("deep flow lists", "[".repeat(10_000), "too-deep", 1),
        broken("deep JSON", format!("{{\"openapi\": {}", "[".repeat(10_000)), "too-deep", 1),
        broken("deep schemas", deep_schema(10_000), "too-deep", 6),
    ]
}

fn anchor_bomb() -> String {
    let mut text = "openapi: 3.0.3\nx-0: &x0 [a, a, a, a, a, a, a, a, a, a]\n".to_owned();
    for level in 1..10 {
        let previous = format!("*x{}", level - 1);
        text.push_str(&format!("x-{level}: &x{level} [{}]\n", vec![previous; 10].join(", ")));
    }
    text
}

fn nested(opening: &str, depth: usize) -> String {
    format!("{}a\n", opening.repeat(depth))
}

fn deep_schema(depth: usize) -> String {
    schemas(&format!("    A: {}{{}}{}", "{ items: ".repeat(depth), " }".repeat(depth)))
}

#[test]
fn each_is_refused_at_its_place() {
    let mut wrong = Vec::new();
    for Broken { what, text, rule, line } in documents() {
        match generate("broken.yaml", &text, Layout::Module) {
            Ok(_) => wrong.push(format!("{what}: accepted")),
            Err(found) => {
                let is_it = |found: &Diagnostic| found.rule == rule && found.location.line == line;
                let errors: Vec<&Diagnostic> = found.iter().filter(|found| found.level == Level::Error).collect();
                if !errors.iter().any(|found| is_it(found)) {
                    let found: Vec<String> = errors.iter().take(3).map(|found| found.to_string()).collect();
                    wrong.push(format!("{what}: not {rule} in line {line}, but {}", found.join("; ")));
                }
                if found.iter().any(|found| found.help.is_empty() || found.message.is_empty()) {
                    wrong.push(format!("{what}: nothing says what to do"));
                }
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
