//! No false alarm: the built client is not found to differ from our document in other words. What the generator makes of
//! them, its own tests show.

use std::path::Path;

use contract_tests::document::{Document, Pointer, Way};
use contract_tests::ground::{Clients, Ground, Plan};
use contract_tests::judge::Panel;
use contract_tests_own::SUBJECT;
use serde_json::Value;

use super::own;

#[path = "../../../tests/rewritings/mod.rs"]
#[allow(dead_code, reason = "the generator's tests look at all of it")]
mod table;

/// `CONTRACT_REWRITINGS` is a folder into which the rewritten documents are written, for `contract --generated`.
#[test]
fn what_says_the_same_in_other_words_is_no_difference() {
    assert!(table::any::OF_ANY.len() >= 30);
    let (clients, own, mut alarms) = (Clients::new().expect("a runtime"), own(), Vec::new());
    for rewriting in table::all() {
        let text = (rewriting.text)(own.root());
        if let Ok(directory) = std::env::var("CONTRACT_REWRITINGS") {
            let file = format!("{}.yaml", rewriting.name.replace([' ', ','], "-"));
            std::fs::write(Path::new(&directory).join(file), &text).expect("it is written");
        }
        let document = match Document::parse("rewritten.yaml", &text) {
            // To the last character the tree that is judged elsewhere.
            Ok(document) if table::in_order(document.root()) == table::in_order(own.root()) => continue,
            Ok(document) => document,
            Err(error) => {
                alarms.push(format!("{}: {error}", rewriting.name));
                continue;
            }
        };
        if let Some(found) = judged_where_other(&clients, &own, &document) {
            alarms.push(format!("{}:\n{found}", rewriting.name));
        }
    }
    assert!(alarms.is_empty(), "{} false alarms\n{}", alarms.len(), alarms.join("\n"));
}

/// What is found in what is other than in our document, which is judged elsewhere.
fn judged_where_other(clients: &Clients, own: &Document, document: &Document) -> Option<String> {
    let ground = Ground::new(document, &SUBJECT, Plan { cases: 4, seed: 0 }, clients).expect("there is ground");
    let mut panel = Panel::of(&super::quick());
    panel.document(&ground).expect("it is judged");
    let others = ["/paths", "/servers", "/security", "/components/securitySchemes"].map(Pointer::written);
    let is_other = |place: &Pointer| text(document, place) != text(own, place);
    for operation in ground.operations.iter().filter(|_| others.iter().any(is_other)) {
        panel.each(|oracle, found| oracle.operation(&ground, operation, found)).expect("it is judged");
    }
    for schema in &ground.schemas {
        if is_other(&schema.located.pointer) {
            panel.schema(&ground, schema).unwrap_or_else(|error| panic!("{}: {error}", schema.name));
        }
    }
    let found: String = panel.differences().map(|found| format!("{found:?}\n")).collect();
    (!found.is_empty()).then_some(found)
}

/// A schema and all that it refers to, to the last character, as requests and responses see them.
fn text(document: &Document, place: &Pointer) -> Vec<(Pointer, Option<String>)> {
    let (mut found, mut open) = (Vec::new(), vec![place.clone()]);
    while let Some(place) = open.pop() {
        if found.iter().any(|(known, _)| *known == place) {
            continue;
        }
        for way in [Way::Request, Way::Response] {
            let schema = document.meaning(way).root().pointer(place.as_str());
            schema.into_iter().for_each(|schema| references(schema, &mut open));
            found.push((place.clone(), schema.map(table::in_order)));
        }
    }
    found
}

fn references(value: &Value, found: &mut Vec<Pointer>) {
    match value {
        Value::Object(members) => members.iter().for_each(|(key, member)| match member {
            Value::String(target) if key == "$ref" => found.extend(Pointer::from_reference(target)),
            member => references(member, found),
        }),
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}
