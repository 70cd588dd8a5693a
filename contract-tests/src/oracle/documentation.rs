//! What a reader is told about the client and its calls, against the document: words, servers, access, arguments, answers
//! and their examples.
//!
//! What the client must say is worded here anew, from the document alone. This oracle counts for edits that nobody but a
//! reader can observe, and for no others.

mod about;
mod call;
mod markdown;
mod value;
mod written;

use std::sync::OnceLock;

use serde_json::{Value, json};

use super::client::first_change;
use crate::bindings::{OPERATIONS, OperationBinding, SCHEMAS};
use crate::difference::{Difference, Problem};
use crate::document::{Account, Document, DocumentError, Located, Operation, Pointer, Reader};
use markdown::{Facts, facts, quoted, seen};
use written::{Described, Written};

/// The differences between the client's documentation and the document. What was read for it is taken account of.
pub fn judge(document: &Document, account: &Account) -> Result<Vec<Difference>, DocumentError> {
    static WRITTEN: OnceLock<Result<Written, String>> = OnceLock::new();
    let written = match WRITTEN.get_or_init(Written::read) {
        Ok(written) => written,
        Err(error) => return Ok(vec![difference("Client", "source", json!(null), json!(error))]),
    };
    let nothing = Described::default();
    let root = Reader::new(document, account);
    let mut found = Vec::new();
    let ends = |line: &str| line.starts_with("Version of the document:");
    let client = &written.of("Client").unwrap_or(&nothing).text;
    found.extend(unlike("Client", &facts(&about::about(&root), ends), &facts(client, ends)));
    for operation in document.operations()? {
        let Some((item, reader)) = call::readers(&root, &operation) else { continue };
        let binding = OPERATIONS.iter().find(|binding| binding.id == operation.id);
        let method = binding.and_then(|binding| written.of(&format!("Client::{}", binding.method)));
        let method = method.unwrap_or(&nothing);
        let end = seen(&call::request_line(&operation));
        let said = facts(without_access(&method.text), |line| line == end);
        let refers = |line: &str| said.keys().any(|fact| fact.ends_with(&seen(line)));
        let words = call::call(&item, &reader, &operation, &refers);
        // What has no binding is named as such elsewhere; it was read, and that is all that can be done with it.
        let Some(binding) = binding else { continue };
        let nameless = |fact: &String| fact.starts_with("# Arguments - ");
        let said = said.into_iter().map(|(fact, times)| (if nameless(&fact) { unnamed(&fact) } else { fact }, times));
        found.extend(unlike(&operation.id, &facts(&words, |line| line == end), &summed(said)));
        found.extend(deprecation(&operation.id, call::deprecation(&reader), method));
        found.extend(arguments(written, binding, &operation, &item, &reader));
    }
    found.extend(examples(document)?);
    Ok(found)
}

/// What a call asks for is data as well, and compared as such.
fn without_access(text: &str) -> &str {
    text.find("\n # Access\n").map_or(text, |end| &text[..end])
}

/// Rust's own name of an argument is the generator's choice.
fn unnamed(fact: &str) -> String {
    match fact.find("` (") {
        Some(end) => format!("# Arguments - `_{}", &fact[end..]),
        None => fact.to_owned(),
    }
}

fn summed(facts: impl Iterator<Item = (String, usize)>) -> Facts {
    let mut all = Facts::new();
    facts.for_each(|(fact, times)| *all.entry(fact).or_default() += times);
    all
}

/// The builder says the summary, and each setter what its parameter is.
fn arguments(
    written: &Written,
    binding: &OperationBinding,
    operation: &Operation<'_>,
    item: &Reader<'_, '_>,
    reader: &Reader<'_, '_>,
) -> Vec<Difference> {
    let mut found = Vec::new();
    let summary = reader.text("summary").unwrap_or_default();
    let first = |text: &str| text.lines().take_while(|line| !line.starts_with(" The arguments of")).map(seen).collect();
    let lines = |text: String| text.split('\n').map(seen).filter(|line| !line.is_empty()).collect::<Vec<_>>();
    let said: Vec<String> = written.of(binding.builder).map(|builder| first(&builder.text)).unwrap_or_default();
    let (expected, said) = (lines(markdown::described(summary)), lines(said.join("\n")));
    if expected != said {
        found.push(difference(&operation.id, "summary", json!(expected), json!(said)));
    }
    for parameter in call::parameters(item, reader) {
        let name = parameter.text("name").unwrap_or_default();
        let expected = seen(&format!("Sets {} {}", quoted(name), call::argument(&parameter)));
        let Some((_, setter)) = binding.parameters.iter().find(|(known, _)| *known == name) else { continue };
        let Some(setter) = written.of(&format!("{}::{setter}", binding.builder)) else { continue };
        let said = seen(setter.text.lines().next().unwrap_or_default());
        let place = format!("{}/{name}", operation.id);
        if expected != said {
            found.push(difference(&place, "parameter", json!(expected), json!(said)));
        }
        found.extend(deprecation(&place, call::deprecation(&parameter), setter));
    }
    found
}

fn deprecation(place: &str, expected: Option<String>, said: &Described) -> Option<Difference> {
    (expected != said.deprecated).then(|| difference(place, "deprecated", json!(expected), json!(said.deprecated)))
}

/// The lines that only one of the two has, or has more often.
fn unlike(place: &str, expected: &Facts, said: &Facts) -> Option<Difference> {
    let only = |these: &Facts, those: &Facts| -> Vec<String> {
        let more = |(fact, times): &(&String, &usize)| **times > those.get(*fact).copied().unwrap_or_default();
        these.iter().filter(more).map(|(fact, _)| fact.clone()).collect()
    };
    let (lost, added) = (only(expected, said), only(said, expected));
    let same = lost.is_empty() && added.is_empty();
    (!same).then(|| difference(place, "description", json!(lost), json!(added)))
}

/// The example that each type gives must be the document's first one for it.
fn examples(document: &Document) -> Result<Vec<Difference>, DocumentError> {
    let operations = document.operations()?;
    let bodies: Vec<_> = operations.iter().flat_map(|one| &one.responses).flat_map(|one| &one.bodies).collect();
    let mut found = Vec::new();
    for (name, schema) in document.component_schemas() {
        let Some(binding) = SCHEMAS.iter().find(|binding| binding.name == name) else { continue };
        let is_this = |body: &Option<Located<'_>>| {
            body.as_ref()
                .is_some_and(|body| document.resolve(body.clone()).is_ok_and(|target| target.pointer == schema.pointer))
        };
        let mut answered = bodies.iter().filter(|body| is_this(&body.schema)).filter_map(|body| body.example);
        let given = (binding.example)();
        let first = schema.value.get("example").or_else(|| answered.next()).cloned().unwrap_or_default();
        let same = |example: &Value| first_change(example, &given, Pointer::root()).is_none();
        // Which answer comes first is a matter of order, which the members of an object don't have.
        if !same(&first) && (schema.value.get("example").is_some() || !answered.any(same)) {
            found.push(difference(name, "example", first, given));
        }
    }
    Ok(found)
}

fn difference(place: &str, keyword: &str, expected: Value, found: Value) -> Difference {
    let problem = match (&expected, &found) {
        (_, Value::Null) => Problem::Lost,
        (Value::Null, _) => Problem::Added,
        _ => Problem::Changed,
    };
    Difference {
        oracle: "documentation",
        problem,
        place: place.into(),
        keyword: keyword.into(),
        detail: format!("only the document says {expected}, only the client's documentation says {found}"),
        shown_by: json!({ "document": expected, "client": found }),
    }
}
