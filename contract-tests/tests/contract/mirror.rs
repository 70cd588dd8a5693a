//! The judge's cases against a client that is its document: whatever the document refuses, it reports, and nothing else. Each
//! edit that a payload can show must be noticed, so that no kind of body, list or union has an edge without a case.

use std::sync::LazyLock;

use contract_tests::client::{Built, Decoded, Direction, Fault, Schema, Subject};
use contract_tests::document::{Conjunction, Document, Pointer, Way};
use contract_tests::ground::{Clients, Ground, Plan};
use contract_tests::judge::judge;
use contract_tests::mutate::{Fate, Observer, Trials, mutants};
use contract_tests::oracle::{Validator, Violation, named};
use contract_tests::progress::Progress;
use contract_tests::report::Report;
use contract_tests::tolerances::is_whole_fraction;
use serde_json::{Value, json};

use super::{component, subject};

#[path = "../rewritings/mod.rs"]
#[allow(dead_code, reason = "what is about our document, other tests look at")]
mod table;

const NAMES: [&str; 7] = ["State", "Page", "Order", "Line", "Card", "Transfer", "Payment"];

/// The document, and the verdict on each of its schemas.
static MIRRORED: LazyLock<(Document, Vec<Validator>)> = LazyLock::new(|| {
    let document = Document::parse("orders.yaml", include_str!("../fixtures/orders.yaml")).expect("it is well-formed");
    let meant = document.meaning(Way::Response);
    let validator = |name| Validator::new(meant, component(meant, name)).expect("it compiles");
    let validators = NAMES.into_iter().map(validator).collect();
    (document, validators)
});

fn decode<const I: usize>(text: &[u8]) -> Result<Decoded, Fault> {
    let payload: Value = serde_json::from_slice(text).map_err(|error| fault(Pointer::root(), error.to_string()))?;
    let strict = MIRRORED.1[I].violations(&payload);
    // What nobody speaks of is left aside.
    let (document, name) = (MIRRORED.0.meaning(Way::Response), NAMES[I]);
    let whole = Conjunction::of(document, component(document, name)).expect("it reads");
    let mut encoded = whole.declared(document, &payload).expect("it reads");
    let mut kept = Vec::new();
    for violation in &strict {
        let value = payload.pointer(violation.pointer.as_str());
        match violation.keyword.as_str() {
            "type" if value == Some(&Value::Null) && leave_out(I, &mut encoded, violation) => {}
            "type" if is_whole_fraction(&payload, &violation.pointer) => {}
            "type" | "required" => return Err(fault(violation.pointer.clone(), violation.to_string())),
            "format" if value.is_some_and(Value::is_number) => {
                return Err(fault(violation.pointer.clone(), violation.to_string()));
            }
            "additionalProperties" => {}
            _ => kept.push(violation.clone()),
        }
    }
    let printed = kept.iter().map(|violation| (violation.clone(), violation.to_string())).collect();
    Ok(Decoded { encoded, kept, strict, printed })
}

fn fault(pointer: Pointer, message: String) -> Fault {
    Fault { message: format!("at {pointer}: {message}"), pointer }
}

/// Reads the null of an optional property as absence.
fn leave_out(schema: usize, value: &mut Value, null: &Violation) -> bool {
    let document = MIRRORED.0.meaning(Way::Response);
    let Some((holder, name)) = null.pointer.parent() else { return false };
    let whole = Conjunction::of(document, component(document, NAMES[schema])).expect("it reads");
    let Ok(Some(holds)) = whole.inner(document, &holder) else { return false };
    let is_optional = holds.properties().contains(&name.as_str()) && !holds.required().contains(&name.as_str());
    let members = value.pointer_mut(holder.as_str()).and_then(Value::as_object_mut);
    is_optional && members.is_some_and(|members| members.shift_remove(&name).is_some())
}

/// The schema as JSON Schema of today.
fn derived<const I: usize>() -> Option<Value> {
    let schemas = MIRRORED.0.root().pointer("/components/schemas")?.as_object()?;
    let mut schema = today(&schemas[NAMES[I]]);
    schema["$defs"] = schemas.iter().map(|(name, schema)| (name.clone(), today(schema))).collect();
    Some(schema)
}

fn today(schema: &Value) -> Value {
    match schema {
        Value::Object(members) => {
            let mut out: serde_json::Map<String, Value> = members
                .iter()
                .filter(|(key, _)| !matches!(key.as_str(), "nullable" | "discriminator"))
                .map(|(key, value)| {
                    match value.as_str().and_then(|target| target.strip_prefix("#/components/schemas/")) {
                        Some(name) => (key.clone(), json!(format!("#/$defs/{name}"))),
                        None => (key.clone(), today(value)),
                    }
                })
                .collect();
            if members.get("nullable") == Some(&json!(true)) {
                out["type"] = json!([members["type"], "null"]);
            }
            out.into()
        }
        Value::Array(items) => items.iter().map(today).collect(),
        other => other.clone(),
    }
}

fn schema<const I: usize>() -> Schema {
    Schema {
        name: NAMES[I],
        direction: Direction::Both,
        rust: NAMES[I],
        decode: decode::<I>,
        derived: derived::<I>,
        example: || None,
        constructors: |_| Vec::new(),
        built: Built::Opaque,
    }
}

fn mirror() -> Subject {
    subject(vec![
        schema::<0>(),
        schema::<1>(),
        schema::<2>(),
        schema::<3>(),
        schema::<4>(),
        schema::<5>(),
        schema::<6>(),
    ])
}

/// What payloads show of the mirror, held against a document.
fn shown(document: &Document, subject: &Subject, clients: &Clients) -> Report {
    let ground = Ground::new(document, subject, Plan { cases: 0, seed: 0 }, clients).expect("there is ground");
    let oracles = ["client", "claims"].map(|name| named(name).expect("it is registered"));
    judge(&ground, &oracles, &Progress::hidden()).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn the_document_in_other_words_is_no_difference() {
    let (clients, subject, root) = (Clients::new().expect("a runtime"), mirror(), MIRRORED.0.root());
    let mut judged = 0;
    for rewriting in table::any::OF_ANY {
        let text = (rewriting.text)(root);
        let document =
            Document::parse("orders.yaml", &text).unwrap_or_else(|error| panic!("{}: {error}", rewriting.name));
        // To the last character the tree that is judged elsewhere.
        if table::in_order(document.root()) == table::in_order(root) {
            continue;
        }
        let report = shown(&document, &subject, &clients);
        assert!(report.differences.is_empty(), "{}: {report}", rewriting.name);
        judged += 1;
    }
    assert!(judged >= 10, "{judged}");
}

#[test]
fn every_edit_that_a_payload_can_show_is_noticed() {
    let (document, subject) = (&MIRRORED.0, mirror());
    // By nothing but the edit.
    let report = shown(document, &subject, &Clients::new().expect("a runtime"));
    assert!(report.differences.is_empty(), "{report}");
    let trials = Trials::of(document, &subject).expect("a runtime");
    let all = mutants(document).expect("it has mutants");
    let all: Vec<_> = all.iter().filter(|mutant| mutant.observer == Observer::Payload).collect();
    assert!(all.len() > 200, "{}", all.len());
    let missed = all.into_iter().map(|mutant| trials.run(mutant));
    let missed = missed.filter(|trial| matches!(trial.fate, Fate::Survived { .. }));
    let missed: Vec<String> = missed.map(|trial| format!("{trial}: {}", trial.remedy)).collect();
    assert!(missed.is_empty(), "not noticed:\n{}", missed.join("\n"));
}
