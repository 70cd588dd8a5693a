//! Reading a document's text: every syntax, every place, every bound, and never a panic.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what it expects by failing; Clippy spares functions marked as tests, not those they call"
)]

use std::fs;
use std::path::Path;

use codegen::diagnostic::Diagnostic;
use codegen::document::{Document, Pointer};
use codegen::lint::lint;
use serde_json::{Value, json};

fn fixture(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/lint").join(name)).unwrap()
}

fn read(text: &str) -> Document {
    Document::parse("a.yaml", text.as_bytes()).unwrap()
}

#[track_caller]
fn refuse(name: &str, bytes: &[u8]) -> Diagnostic {
    Document::parse(name, bytes).unwrap_err().remove(0)
}

fn place(diagnostic: &Diagnostic) -> (&str, usize, usize) {
    (diagnostic.rule, diagnostic.location.line, diagnostic.location.column)
}

/// Every pointer of a value, with the value.
fn pointers(value: &Value, at: Pointer, found: &mut Vec<Pointer>) {
    match value {
        Value::Array(items) => items.iter().enumerate().for_each(|(i, item)| pointers(item, at.join(i), found)),
        Value::Object(entries) => entries.iter().for_each(|(key, value)| pointers(value, at.join(key), found)),
        _ => {}
    }
    found.push(at);
}

#[test]
fn both_readers_of_yaml_read_the_same_tree() {
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/lint")).unwrap() {
        let path = entry.unwrap().path();
        let Ok(text) = fs::read_to_string(&path) else { continue };
        // What does not parse here has a fixture's snapshot elsewhere.
        let Ok(document) = Document::parse("a.yaml", text.as_bytes()) else { continue };
        let mut value: serde_yaml::Value = serde_yaml::from_str(&text).unwrap();
        value.apply_merge().unwrap();
        if path.file_stem().unwrap() == "status-code" {
            // Integer keys are texts in a document, as JSON would have them.
            assert!(document.get(&Pointer::from_reference("#/paths/~1pets/get/responses/600").unwrap()).is_some());
        } else if path.file_stem().unwrap() == "ambiguous-scalar" {
            // What is ambiguous is the value of YAML 1.2 until a rule knows better.
            assert_eq!(document.root()["components"]["schemas"]["Long"]["maxLength"], 10);
        } else {
            let mut expected = serde_json::to_value(&value).unwrap();
            // Merged keys come last here and there, so order is of no concern.
            expected.sort_all_objects();
            let mut actual = document.root().clone();
            actual.sort_all_objects();
            assert_eq!(actual, expected, "{}", path.display());
        }
    }
}

#[test]
fn every_key_stands_at_its_place() {
    let text = fixture("fine.yaml");
    let document = read(&text);
    let mut found = Vec::new();
    pointers(document.root(), Pointer::root(), &mut found);
    assert!(found.len() > 200);
    for pointer in found.iter().filter(|pointer| **pointer != Pointer::root()) {
        let value = document.get(pointer).unwrap();
        let at = document.location(pointer);
        let source = &text[at.offset..at.offset + at.length];
        match value {
            Value::Bool(_) | Value::Number(_) => assert_eq!(source, value.to_string(), "{pointer}"),
            Value::String(value) => assert_eq!(source.trim_matches('\''), value, "{pointer}"),
            _ => assert!(at.length >= 1, "{pointer}"),
        }
        let is_item =
            pointer.last().parse::<usize>().is_ok() && document.get(&pointer.parent().unwrap()).unwrap().is_array();
        if !is_item {
            let at = document.key_location(pointer);
            let source = &text[at.offset..at.offset + at.length];
            assert_eq!(source.trim_matches('\''), pointer.last(), "{pointer}");
            let line = text.lines().nth(at.line - 1).unwrap();
            assert!(line.chars().skip(at.column - 1).collect::<String>().starts_with(source), "{pointer}");
        }
    }
}

#[test]
fn json_is_read_with_its_places() {
    let text = "{\n\t\"openapi\": \"3.0.3\",\n\t\"x-é\\ud83d\\ude00\": [1.50, -2e3, true, null, \"\\/\"]\n}\n";
    let document = Document::parse("a.json", text.as_bytes()).unwrap();
    assert_eq!(document.root(), &json!({"openapi": "3.0.3", "x-é😀": [1.5, -2e3, true, null, "/"]}));
    let pointer = Pointer::root().join("x-é😀").join(4);
    let at = document.location(&pointer);
    assert_eq!((at.line, at.column, &text[at.offset..at.offset + at.length]), (3, 46, "\"\\/\""));
    // The name does not matter, only what the text looks like.
    assert_eq!(Document::parse("a.yaml", text.as_bytes()).unwrap().root(), document.root());
    assert!(Document::parse("a.yaml", b"{openapi: 3.0.3, \"a\": 'b'}").is_ok());
}

#[test]
fn yaml_keys_are_texts_and_merges_are_resolved() {
    let text = "a: &a {x: 1, y: 2}\nb: &b {<<: *a, y: 3}\nc: {<<: [{z: 5}, *b], 200: 4, true: 5, 1.0: 6}\nd: *a\n";
    let document = read(text);
    let expected = json!({
        "a": {"x": 1, "y": 2},
        "b": {"y": 3, "x": 1},
        "c": {"200": 4, "true": 5, "1.0": 6, "z": 5, "y": 3, "x": 1},
        "d": {"x": 1, "y": 2},
    });
    assert_eq!(document.root(), &expected);
    // What was merged has the place where it is written.
    assert_eq!(document.key_location(&Pointer::from_reference("#/c/x").unwrap()).line, 1);
    assert_eq!(document.location(&Pointer::from_reference("#/c/y").unwrap()).line, 2);
    assert_eq!(document.location(&Pointer::root().join("d")).line, 4);
    assert_eq!(read("'<<': {a: 1}").root(), &json!({"<<": {"a": 1}}));
}

#[test]
fn encodings_are_told_apart() {
    let mut utf_16 = vec![0xFF, 0xFE];
    utf_16.extend("openapi".encode_utf16().flat_map(u16::to_le_bytes));
    assert!(refuse("a.yaml", &utf_16).message.contains("UTF-16"));
    assert!(refuse("a.yaml", &utf_16[2..]).message.contains("UTF-16"));
    let bad = refuse("a.yaml", b"openapi: 3.0.3\ninfo: \xC3\xA9\xFF\n");
    assert_eq!(place(&bad), ("encoding", 2, 8));
    assert!(bad.message.contains("0xFF"));
    let document = Document::parse("a.yaml", "\u{FEFF}a: 1\r\nb: 2\r\n".as_bytes()).unwrap();
    assert_eq!(document.text(), "a: 1\r\nb: 2\r\n");
    let at = document.location(&Pointer::root().join("b"));
    assert_eq!((at.line, at.column, at.length), (2, 4, 1));
}

#[test]
fn depth_is_bounded_before_any_stack_is() {
    let deep = 10_000;
    let json = format!("{}1{}", "{\"a\":".repeat(deep), "}".repeat(deep));
    assert_eq!(place(&refuse("a.json", json.as_bytes())).0, "too-deep");
    assert_eq!(place(&refuse("a.yaml", json.as_bytes())).0, "too-deep");
    for text in [
        format!("a: {}1{}", "[".repeat(deep), "]".repeat(deep)),
        format!("a: {}", "[".repeat(deep)),
        format!("a: {}1", "{a: ".repeat(deep)),
        format!("a:\n  {}1", "- ".repeat(deep)),
        format!("a: {}", "[\n ".repeat(deep)),
    ] {
        let fault = refuse("a.yaml", text.as_bytes());
        assert_eq!(fault.rule, "too-deep", "{fault}");
    }
    let blocks: String = (0..1_000).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
    assert_eq!(place(&refuse("a.yaml", blocks.as_bytes())), ("too-deep", 121, 121));
    let chain: String = (1..1_000).map(|at| format!("a{at}: &a{at} [*a{}]\n", at - 1)).collect();
    assert_eq!(place(&refuse("a.yaml", format!("a0: &a0 [1]\n{chain}").as_bytes())).0, "too-deep");
    let fine = format!("a: {}1{}", "[".repeat(100), "]".repeat(100));
    assert!(Document::parse("a.yaml", fine.as_bytes()).is_ok());
}

#[test]
fn faults_are_reported_together_and_in_order() {
    let faults = Document::parse("a.yaml", b"a: 1\nb: {c: 1, c: 2}\na: 3\na: !x 4\nd: [\n").unwrap_err();
    let places: Vec<_> = faults.iter().map(place).collect();
    let expected =
        [("duplicate-key", 2), ("duplicate-key", 3), ("duplicate-key", 4), ("unknown-tag", 4), ("yaml-syntax", 6)];
    assert_eq!(places.iter().map(|(rule, line, _)| (*rule, *line)).collect::<Vec<_>>(), expected);
    assert_eq!(faults[0].pointer.as_str(), "/b/c");
    assert!(faults[2].message.ends_with("first on line 1"));
}

#[test]
fn a_tab_is_blamed_only_where_it_indents() {
    assert_eq!(place(&refuse("a.yaml", b"a:\n  b: 1\n\tc: 2\n\td: 3\n")), ("tab-indentation", 3, 1));
    assert_eq!(place(&refuse("a.yaml", b"a: |\n  x\n  \tcode\n\nb: 1\nc: [\n")).0, "yaml-syntax");
    assert_eq!(read("a: |\n  x\n  \tcode\nb: {\n \tc: 1}\n").root(), &json!({"a": "x\n\tcode\n", "b": {"c": 1}}));
}

/// A small generator of the same numbers everywhere.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound as u64).unwrap()
    }
}

#[test]
fn no_mutated_tree_makes_a_rule_panic() {
    let mut chance = Chance(0x5EED);
    let original = read(&fixture("fine.yaml")).root().clone();
    let mut found = Vec::new();
    pointers(&original, Pointer::root(), &mut found);
    let odd = [
        json!(null),
        json!(-1),
        json!([]),
        json!({}),
        json!("x"),
        json!([{}]),
        json!({"$ref": "#"}),
        json!({"$ref": 1}),
    ];
    for _ in 0..400 {
        let mut root = original.clone();
        for _ in 0..=chance.below(6) {
            let from = root.pointer(found[chance.below(found.len())].as_str()).cloned().unwrap_or_default();
            let value = if chance.below(2) == 0 { odd[chance.below(odd.len())].clone() } else { from };
            if let Some(slot) = root.pointer_mut(found[chance.below(found.len())].as_str()) {
                *slot = value;
            }
        }
        match Document::parse("a.json", root.to_string().as_bytes()) {
            Ok(document) => drop(lint(&document)),
            Err(faults) => assert!(faults.iter().all(|fault| matches!(fault.rule, "not-a-mapping" | "too-deep"))),
        }
    }
}

#[test]
fn no_mutated_text_makes_a_reader_panic() {
    let mut chance = Chance(0xC0FFEE);
    let texts = [fixture("fine.yaml"), fixture("text-alias-bomb.yaml"), fixture("text-json.json")];
    let pieces = [
        "\t", "\n", "- ", ": ", "{", "}", "[", "]", "'", "\"", "|\n", "&a ", "*a", "? ", "<<: ", "!t ", "\r", "%",
        "---\n", "\u{85}", "é",
    ];
    for round in 0..600 {
        let mut text = texts[round % texts.len()].clone();
        for _ in 0..=chance.below(4) {
            let mut at = chance.below(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            if chance.below(3) == 0 {
                text.truncate(at.max(1));
            } else {
                text.insert_str(at, pieces[chance.below(pieces.len())]);
            }
        }
        match Document::parse("a.yaml", text.as_bytes()) {
            Ok(document) => drop(lint(&document)),
            Err(faults) => assert!(faults.iter().all(|fault| fault.location.line >= 1 && !fault.help.is_empty())),
        }
    }
}

#[test]
fn every_reader_reads_the_same_number() {
    // Each of these is one that a reader which rounds carelessly reads as its neighbour.
    for number in ["902.4226124345937", "-15.832582473754883", "1.8508440362185578e+25", "-0.9413662219916251"] {
        for (name, text) in [("a.json", format!("{{\"x\": {number}}}")), ("a.yaml", format!("x: {number}\n"))] {
            let document = Document::parse(name, text.as_bytes()).unwrap();
            assert_eq!(document.root()["x"].as_f64(), Some(number.parse().unwrap()), "{name}");
        }
    }
}
