//! A document and its split into files give the same client.

use std::collections::BTreeMap;

use codegen::{Document, Input, Layout};
use serde_json::{Map, Value, json};

use crate::fixtures::{self, Fixture};
use crate::loader::Files;

/// A document in several files.
struct Split {
    root: Value,
    files: BTreeMap<String, Vec<u8>>,
}

/// Every component and every path item in a file of its own, which the root's components name.
fn into_many(mut root: Value) -> Split {
    let mut files = BTreeMap::new();
    let sections = root.get("components").and_then(Value::as_object).into_iter().flatten();
    let named: Vec<(String, String)> = sections
        .flat_map(|(section, entries)| {
            entries.as_object().unwrap().keys().map(move |name| (section.clone(), name.clone()))
        })
        .collect();
    for (section, name) in named {
        let entry = &mut root["components"][&section][&name];
        let mut value = std::mem::take(entry);
        *entry = json!({ "$ref": format!("parts/{section}/{name}.json") });
        redirect(&mut value, &|_, tokens| match tokens {
            [components, section, name, rest @ ..] if components == "components" => {
                Some(format!("../{section}/{name}.json{}", fragment(rest)))
            }
            _ => Some(format!("../../root.json{}", fragment(tokens))),
        });
        files.insert(format!("parts/{section}/{name}.json"), bytes(&value));
    }
    for (index, item) in root["paths"].as_object_mut().into_iter().flat_map(Map::values_mut).enumerate() {
        let mut value = std::mem::take(item);
        *item = json!({ "$ref": format!("./paths/../paths/{index}.json") });
        redirect(&mut value, &|_, tokens| Some(format!("../root.json{}", fragment(tokens))));
        files.insert(format!("paths/{index}.json"), bytes(&value));
    }
    Split { root, files }
}

/// All components but those that are found by name alone in one other file.
fn into_two(mut root: Value) -> Split {
    let Some(Value::Object(mut components)) = root.get("components").cloned() else {
        return Split { root, files: BTreeMap::new() };
    };
    let by_name = components.shift_remove("securitySchemes");
    root["components"] = match by_name {
        Some(schemes) => json!({ "securitySchemes": schemes }),
        None => json!({}),
    };
    redirect(&mut root, &|_, tokens| (tokens[0] == "components").then(|| format!("all.json{}", fragment(tokens))));
    Split { root, files: [("all.json".to_owned(), bytes(&json!({ "components": components })))].into() }
}

fn fragment(tokens: &[String]) -> String {
    let escaped = tokens.iter().map(|token| format!("/{}", token.replace('~', "~0").replace('/', "~1")));
    let pointer = escaped.collect::<String>().replace('%', "%25");
    if pointer.is_empty() { pointer } else { format!("#{pointer}") }
}

fn bytes(value: &Value) -> Vec<u8> {
    serde_json::to_vec_pretty(value).unwrap()
}

/// Gives local references another target, where there is one.
fn redirect(value: &mut Value, target: &impl Fn(&str, &[String]) -> Option<String>) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| redirect(item, target)),
        Value::Object(fields) => {
            let is_reference = |name: &str, written: &str| name == "$ref" && written.starts_with("#/");
            for (name, value) in fields {
                match value {
                    Value::String(written) if is_reference(name, written) => {
                        let pointer = codegen::Pointer::from_reference(written).unwrap();
                        let tokens: Vec<String> = pointer.tokens().collect();
                        if let Some(other) = target(written, &tokens) {
                            *written = other;
                        }
                    }
                    Value::Object(entries) if name == "mapping" => {
                        for written in entries.values_mut() {
                            let Value::String(written) = written else { continue };
                            let Some(pointer) = codegen::Pointer::from_reference(written) else { continue };
                            let tokens: Vec<String> = pointer.tokens().collect();
                            if let Some(other) = target(written, &tokens) {
                                *written = other;
                            }
                        }
                    }
                    _ if ["example", "enum", "value"].contains(&name.as_str()) => {}
                    value => redirect(value, target),
                }
            }
        }
        _ => {}
    }
}

/// The files of a client, without the lines that say which text it is of.
fn client(input: Input<'_>, name: &str) -> BTreeMap<String, Vec<String>> {
    let generated = input.generate(Layout::Crate).unwrap_or_else(|found| panic!("{name}: {found:#?}"));
    let body = |contents: String| {
        contents
            .lines()
            .filter(|line| !line.starts_with("//") && !line.starts_with("<!--"))
            .map(str::to_owned)
            .collect()
    };
    generated.files.into_iter().map(|file| (file.path, body(file.contents))).collect()
}

fn differences(fixture: &Fixture, split: &Split) -> Vec<String> {
    let whole = client(Input::new(&fixture.file, &fixture.bytes), &fixture.name);
    let files = Files::of("root.json", split.files.clone());
    let root = bytes(&split.root);
    let parts = client(Input { files: Some(&files), ..Input::new("root.json", &root) }, &fixture.name);
    let mut found = Vec::new();
    for (path, lines) in &whole {
        let other = parts.get(path).cloned().unwrap_or_default();
        let first = lines.iter().zip(&other).find(|(one, other)| one != other);
        if lines != &other {
            found.push(format!("{}: {path}: {first:?}, {} and {} lines", fixture.name, lines.len(), other.len()));
        }
    }
    assert_eq!(whole.len(), parts.len());
    found
}

fn root(fixture: &Fixture) -> Value {
    Document::parse(&fixture.file, &fixture.bytes).unwrap().root().clone()
}

#[test]
fn every_component_in_a_file_of_its_own_changes_nothing() {
    // What is within a schema that is a file is a definition of its own, and a file that only refers to another one is that.
    let others = ["tricky/recursion", "tricky/references"];
    let fixtures = fixtures::all().into_iter().filter(|fixture| !others.contains(&fixture.name.as_str()));
    let found: Vec<String> = fixtures.flat_map(|fixture| differences(&fixture, &into_many(root(&fixture)))).collect();
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn all_components_in_one_file_change_nothing() {
    let own = fixtures::own();
    let split = into_two(root(&own));
    assert_eq!(differences(&own, &split), Vec::<String>::new());
}

#[test]
fn components_have_the_names_that_the_judge_gives_them() {
    let table: Vec<Value> =
        serde_json::from_str(include_str!("../../../contract-tests/tests/files.json")).expect("the table is JSON");
    let mut judged = 0;
    for case in table.iter().filter(|case| case.get("schemas").is_some() && case.get("disk").is_none()) {
        let references = case["refs"].as_array().unwrap().iter().enumerate();
        let properties: Map<String, Value> =
            references.map(|(at, to)| (format!("p{at}"), json!({ "$ref": to }))).collect();
        let root = json!({
            "openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": {},
            "components": {"schemas": {"Root": {"properties": properties}}},
        });
        let files = case["files"].as_object().unwrap().iter();
        let files = files.map(|(path, text)| (path.clone(), text.as_str().unwrap().as_bytes().to_vec())).collect();
        let files = Files::of("root.yaml", files);
        let document = Document::parse("root.yaml", &bytes(&root)).unwrap();
        let document = codegen::files::joined(document, Some(&files)).unwrap();
        let schemas = document.root()["components"]["schemas"].as_object().unwrap().keys();
        let mut names: Vec<&String> = schemas.filter(|name| *name != "Root").collect();
        names.sort();
        assert_eq!(json!(names), case["schemas"], "{}", case["what"]);
        judged += 1;
    }
    assert_eq!(judged, 10);
}
