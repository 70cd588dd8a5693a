//! What of the document no oracle has judged: nothing may be in it that the client could lose without anybody noticing.
//!
//! The oracles of words take account of what they read. Whatever is left over is a difference, so an edit that adds what
//! nobody foresaw is noticed, and the one who made it is told what to do.

use serde_json::{Value, json};

use super::{Evidence, Findings, Oracle};
use crate::difference::Problem;
use crate::document::{Account, Document, Located, MAPS, MediaKind, Pointer, is_default};
use crate::ground::Ground;
use crate::judge::JudgeError;
use crate::keyword::{self, Inner};
use crate::request::is_single;

/// Notes for the document's editors, of which no client is told.
const NOTES: [&str; 2] = ["x-provenance", "x-lost-keywords"];

/// What stands beside `deprecated`, in either spelling.
const REASON: &str = "x-deprecated";

/// What a document that names no dialect of JSON Schema has its schemas in: to say it is to say nothing.
const USUAL: [&str; 3] = [
    "https://spec.openapis.org/oas/3.1/dialect/",
    "https://spec.openapis.org/oas/3.2/dialect/",
    "https://json-schema.org/draft/2020-12/schema",
];

/// The oracle.
pub struct Unread;

impl Oracle for Unread {
    fn name(&self) -> &'static str {
        "unread"
    }

    fn evidence(&self, _: Problem) -> Evidence {
        Evidence::Interface
    }

    /// A place each, as far up as nothing below it was read.
    fn document(&self, ground: &Ground<'_>, findings: &mut Findings) -> Result<(), JudgeError> {
        let (document, account) = (ground.document, &ground.account);
        let root = Pointer::root();
        // Who may call is compared as data, the names of the calls are what bindings go by.
        account.note(root.child("security"));
        let dialect = document.root().get("jsonSchemaDialect").and_then(Value::as_str);
        if dialect.is_some_and(|dialect| USUAL.iter().any(|usual| dialect.starts_with(usual))) {
            account.note(root.child("jsonSchemaDialect"));
        }
        for operation in &ground.written {
            account.note(operation.pointer.child("security"));
            account.note(operation.pointer.child("operationId"));
        }
        let mut found = Vec::new();
        // The schemas with a type are compared keyword by keyword; only what stands beside a reference has no say in them.
        for (name, schema) in document.component_schemas() {
            if ground.schemas.iter().any(|known| known.name == name) {
                account.note(schema.pointer.clone());
                beside(&schema, &mut found);
            }
        }
        // Those of bodies too, or by calls.
        for operation in &ground.written {
            let requests = operation.request.iter().map(|body| (body, false));
            let responses = operation.responses.iter().flat_map(|response| &response.bodies);
            for (body, response) in requests.chain(responses.map(|body| (body, true))) {
                let Some((name, schema)) = body.nameless() else { continue };
                let by_calls = match body.kind() {
                    MediaKind::Json => true,
                    MediaKind::Text if response => is_single(ground.responses, body)?,
                    MediaKind::Form | MediaKind::Text | MediaKind::Multipart => !response,
                    MediaKind::EventStream | MediaKind::JsonLines => response,
                    _ => false,
                };
                let typed = ground.schemas.iter().any(|known| known.name == name);
                if by_calls || typed {
                    // A type's schema carries extensions, a call shows none.
                    if !typed {
                        extensions(account, &schema, &mut found);
                    }
                    account.note(schema.pointer.clone());
                    beside(&schema, &mut found);
                }
            }
        }
        walk(account, &root, document.root(), &mut found);
        found.into_iter().for_each(|pointer| add(document, account, pointer, findings));
        Ok(())
    }
}

fn walk(account: &Account, place: &Pointer, value: &Value, found: &mut Vec<Pointer>) {
    if account.has(place) {
        return;
    }
    if !account.went_into(place) {
        found.push(place.clone());
        return;
    }
    match value {
        Value::Object(map) => {
            for (key, inner) in map.iter().filter(|(key, _)| !NOTES.contains(&key.as_str())) {
                // Nothing can be lost of what holds nothing, or says what holds without it.
                let holds_nothing = MAPS.contains(&key.as_str()) && [json!({}), json!([])].contains(inner);
                if holds_nothing || is_default(key, inner) {
                    continue;
                }
                walk(account, &place.child(key), inner, found);
            }
        }
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(index, inner)| walk(account, &place.index(index), inner, found));
        }
        _ => found.push(place.clone()),
    }
}

/// The extensions of a schema, and of those within it, that are no keyword and that nobody has read.
fn extensions(account: &Account, here: &Located<'_>, found: &mut Vec<Pointer>) {
    let below =
        |value, pointer: Pointer, found: &mut Vec<Pointer>| extensions(account, &Located { pointer, value }, found);
    for (key, value) in here.value.as_object().into_iter().flatten() {
        let place = here.pointer.child(key);
        match (keyword::inner(key), value) {
            (Some(Inner::Map), Value::Object(members)) => {
                members.iter().for_each(|(name, member)| below(member, place.child(name), found));
            }
            (Some(Inner::List), Value::Array(members)) => {
                members.iter().enumerate().for_each(|(index, member)| below(member, place.index(index), found));
            }
            (Some(Inner::One), member) => below(member, place, found),
            _ => {
                let known = keyword::ALL.iter().flat_map(|keyword| keyword.names).chain(&NOTES);
                let is_known = key.starts_with(REASON) || known.into_iter().any(|known| known == key);
                if key.starts_with("x-") && !is_known && !account.has(&place) {
                    found.push(place);
                }
            }
        }
    }
}

/// What stands beside the references of a schema.
fn beside(here: &Located<'_>, found: &mut Vec<Pointer>) {
    match here.value {
        Value::Object(map) => {
            let refers = map.get("$ref").is_some_and(Value::is_string);
            for (key, value) in map {
                let place = here.pointer.child(key);
                if refers && key != "$ref" && !NOTES.contains(&key.as_str()) {
                    found.push(place);
                } else if !["example", "default", "enum"].contains(&key.as_str()) {
                    beside(&Located { pointer: place, value }, found);
                }
            }
        }
        Value::Array(list) => {
            let items = list.iter().enumerate();
            items.for_each(|(index, value)| beside(&Located { pointer: here.pointer.index(index), value }, found));
        }
        _ => {}
    }
}

fn add(document: &Document, account: &Account, pointer: Pointer, found: &mut Findings) {
    let value = document.at(&pointer).map(|found| found.value.clone()).unwrap_or_default();
    let (holder, keyword) = pointer.parent().unwrap_or_default();
    let refers = document.at(&holder).is_some_and(|holder| holder.value.get("$ref").is_some());
    let mut above = Some((holder.clone(), String::new()));
    let mut nameless = account.is_nameless(&pointer);
    while let Some((place, _)) = above {
        nameless |= account.is_nameless(&place);
        above = place.parent();
    }
    // A component, or all of a section.
    let shared = pointer.as_str().starts_with("/components/") && pointer.steps().count() <= 3;
    let advice = if refers {
        "OpenAPI 3.0 ignores what stands beside a reference: move it to what the reference leads to"
    } else if nameless {
        "a schema without a name has no type that the judge could ask: give it a name under `components`"
    } else if shared {
        "nothing refers to it: refer to it, or take it out"
    } else if pointer.steps().any(|step| step == "callbacks") {
        "a client takes no calls: whoever serves them reads the document"
    } else if keyword.starts_with("x-") {
        "neither the client nor the judge knows the extension: take it out, or let both honour it"
    } else {
        "see that it is spelled as OpenAPI 3.0 has it and of the right type; if so, let the client say it, and an oracle read it"
    };
    let detail = format!("unjudged keyword at {pointer}: {advice}");
    found.add(Problem::Unjudged, pointer.to_string(), keyword, detail, value);
}
