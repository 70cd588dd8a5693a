//! Values of parameters and headers: what their schemas demand, in the parentheses behind the name, and what is said of
//! them, behind the colon.

use serde_json::Value;

use super::{phrase, quoted, url};
use crate::document::Pointer;
use crate::keyword::{self, DEEPEST, example, external_docs};
use crate::markdown::code;
use crate::model::{Api, Described, Example};

/// The longest example that is shown.
const LONGEST: usize = 2_000;

/// What a parameter or header demands of its value; `usual` is the style that it has unless it says otherwise.
pub fn traits(api: &Api<'_>, described: &Described<'_>, usual: &str) -> Vec<String> {
    let flags = [
        (described.deprecated.is_some(), "deprecated"),
        (described.allows_empty, "may be empty"),
        (described.allows_reserved, "reserved characters as they are"),
    ];
    let mut traits: Vec<String> = flags.into_iter().filter(|(is_so, _)| *is_so).map(|(_, it)| it.to_owned()).collect();
    let style = described.style.unwrap_or(usual);
    if style != usual {
        traits.push(format!("style {}", quoted(style)));
    }
    match described.explode {
        Some(true) if style != "form" => traits.push("exploded".to_owned()),
        Some(false) if style == "form" => traits.push("not exploded".to_owned()),
        _ => {}
    }
    for content in described.content.iter().filter(|content| !content.media_type.starts_with("x-")) {
        traits.push(format!("as {}", quoted(content.media_type)));
        traits.extend(content.schema.map(|schema| of_schema(api, schema, 0)).unwrap_or_default());
    }
    traits.extend(described.schema.map(|schema| of_schema(api, schema, 0)).unwrap_or_default());
    traits
}

/// What is said of a parameter or header: its description and its schema's, a default, examples.
pub fn remarks(api: &Api<'_>, described: &Described<'_>) -> Vec<String> {
    let content = described.content.iter().find(|content| !content.media_type.starts_with("x-"));
    let schema = described.schema.or_else(|| content?.schema);
    // A schema with a name speaks for itself, at its type.
    let schema = schema.filter(|schema| component(schema).is_none()).map(|schema| api.schemas.follow(schema));
    let mut sentences: Vec<String> = phrase(described.description).into_iter().collect();
    let of_schema = schema
        .into_iter()
        .flat_map(|schema| keyword::sentences(schema).into_iter().chain(external_docs::external_docs(schema)));
    for sentence in of_schema {
        if !sentences.contains(&sentence) {
            sentences.push(sentence);
        }
    }
    let mut remarks = Vec::new();
    if !sentences.is_empty() {
        remarks.push(sentences.join("; "));
    }
    let shown = schema.map(keyword::shown).unwrap_or_default();
    let (of_schema, shown): (Vec<_>, Vec<_>) = shown.into_iter().partition(|(lead, _)| *lead == example::LEAD);
    remarks.extend(shown.into_iter().map(|(lead, value)| format!("{lead} {value}")));
    let mut shown = examples(&described.examples);
    shown.extend(content.map(|content| examples(&content.examples)).unwrap_or_default());
    for (_, example) in of_schema {
        if !shown.contains(&example) {
            shown.push(example);
        }
    }
    if !shown.is_empty() {
        remarks.push(format!("{} {}", example::LEAD, shown.join(", ")));
    }
    remarks
}

/// Examples as they stand in a line, those with names with what is said of them.
pub fn examples(examples: &[Example<'_>]) -> Vec<String> {
    let shown = |value: &Value| match value.to_string().len() {
        0..=LONGEST => code(value),
        long => format!("(an example of {long} bytes)"),
    };
    let one = |example: &Example<'_>| {
        let value = example.value.map(shown).or_else(|| url(example.external_value)).unwrap_or_default();
        let Some(name) = example.name else { return value };
        let phrases: Vec<String> = phrase(example.summary).into_iter().chain(phrase(example.description)).collect();
        let phrases = if phrases.is_empty() { String::new() } else { format!(": {}", phrases.join("; ")) };
        format!("{value} ({}{phrases})", quoted(name)).trim().to_owned()
    };
    examples.iter().map(one).collect()
}

/// The name of the schema that a schema refers to.
pub fn component(schema: &Value) -> Option<String> {
    Pointer::component_schema(schema.get("$ref")?.as_str()?).map(|name| quoted(&name))
}

/// What a schema demands, in few words.
fn of_schema<'s>(api: &Api<'s>, schema: &'s Value, depth: usize) -> Vec<String> {
    if let Some(name) = component(schema) {
        return vec![name];
    }
    keyword::traits(
        api.schemas.follow(schema),
        (depth < DEEPEST).then_some(&|part: &Value| nested(api, part, depth + 1)),
    )
}

fn nested<'s>(api: &Api<'s>, schema: &'s Value, depth: usize) -> String {
    let inner = |part: &Value| nested(api, part, depth + 1);
    let inner = (depth < DEEPEST).then_some(&inner as &dyn Fn(&Value) -> String);
    component(schema).unwrap_or_else(|| keyword::in_parentheses(api.schemas.follow(schema), inner))
}
