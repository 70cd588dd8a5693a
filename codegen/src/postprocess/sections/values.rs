//! Values of parameters and headers: what their schemas demand, in the parentheses behind the name, and what is said of
//! them, behind the colon.

use serde_json::Value;

use super::{external_docs, follow, members, phrase, quoted};
use crate::document::Document;
use crate::keyword::{self, example};
use crate::markdown::code;

/// How deep a schema without a name is described; deeper, types do it.
const DEEPEST: usize = 4;

/// The longest example that is shown.
const LONGEST: usize = 2_000;

/// What a parameter or header demands of its value; `usual` is the style that it has unless it says otherwise.
pub fn traits(document: &Document, holder: &Value, usual: &str) -> Vec<String> {
    let flag = |key: &str| holder.get(key).and_then(Value::as_bool);
    let mut traits = Vec::new();
    for (key, words) in [
        ("deprecated", "deprecated"),
        ("allowEmptyValue", "may be empty"),
        ("allowReserved", "reserved characters as they are"),
    ] {
        if flag(key) == Some(true) {
            traits.push(words.to_owned());
        }
    }
    let style = holder.get("style").and_then(Value::as_str).unwrap_or(usual);
    if style != usual {
        traits.push(format!("style {}", quoted(style)));
    }
    match flag("explode") {
        Some(true) if style != "form" => traits.push("exploded".to_owned()),
        Some(false) if style == "form" => traits.push("not exploded".to_owned()),
        _ => {}
    }
    for (media_type, media) in members(holder, "content") {
        traits.push(format!("as {}", quoted(media_type)));
        traits.extend(media.get("schema").map(|schema| of_schema(document, schema, 0)).unwrap_or_default());
    }
    traits.extend(holder.get("schema").map(|schema| of_schema(document, schema, 0)).unwrap_or_default());
    traits
}

/// What is said of a parameter or header: its words and its schema's, a default, examples.
pub fn words(document: &Document, holder: &Value) -> Vec<String> {
    let in_content = members(holder, "content").next().map(|(_, media)| media);
    let schema = holder.get("schema").or_else(|| in_content?.get("schema"));
    // A schema with a name speaks for itself, at its type.
    let schema = schema.filter(|schema| component(schema).is_none()).map(|schema| follow(document, schema));
    let mut texts: Vec<String> = phrase(holder, "description").into_iter().collect();
    let mut words = Vec::new();
    if let Some(schema) = schema {
        for text in keyword::sentences(schema).into_iter().chain(external_docs(schema)) {
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
    }
    let shown = schema.map(keyword::shown).unwrap_or_default();
    let (of_schema, shown): (Vec<_>, Vec<_>) = shown.into_iter().partition(|(lead, _)| *lead == example::LEAD);
    words.extend(shown.into_iter().map(|(lead, value)| format!("{lead} {value}")));
    if !texts.is_empty() {
        words.insert(0, texts.join("; "));
    }
    let mut shown = examples(document, holder);
    shown.extend(in_content.map(|media| examples(document, media)).unwrap_or_default());
    for (_, example) in of_schema {
        if !shown.contains(&example) {
            shown.push(example);
        }
    }
    if !shown.is_empty() {
        words.push(format!("such as {}", shown.join(", ")));
    }
    words
}

/// The examples of a parameter, a header or a media type, those with names with what is said of them.
pub fn examples(document: &Document, holder: &Value) -> Vec<String> {
    let shown = |value: &Value| match value.to_string().len() {
        0..=LONGEST => code(value),
        long => format!("(an example of {long} bytes)"),
    };
    let mut all: Vec<String> = holder.get("example").map(shown).into_iter().collect();
    for (name, example) in members(holder, "examples") {
        let example = follow(document, example);
        let value = example.get("value").map(shown).or_else(|| super::link(example, "externalValue"));
        let words: Vec<String> =
            ["summary", "description"].into_iter().filter_map(|key| phrase(example, key)).collect();
        let words = if words.is_empty() { String::new() } else { format!(": {}", words.join("; ")) };
        all.push(format!("{} ({}{words})", value.unwrap_or_default(), quoted(name)).trim().to_owned());
    }
    all
}

/// The name of the schema that a schema refers to.
pub fn component(schema: &Value) -> Option<String> {
    let name = schema.get("$ref")?.as_str()?.strip_prefix("#/components/schemas/")?;
    (!name.contains('/')).then(|| quoted(&name.replace("~1", "/").replace("~0", "~")))
}

/// What a schema demands, in few words.
fn of_schema(document: &Document, schema: &Value, depth: usize) -> Vec<String> {
    if let Some(name) = component(schema) {
        return vec![name];
    }
    let schema = follow(document, schema);
    let mut traits = keyword::kinds(schema);
    traits.extend(keyword::limits(schema));
    traits.extend(keyword::marks(schema));
    if depth < DEEPEST {
        traits.extend(keyword::parts(schema, &|part| nested(document, part, depth + 1)));
    }
    traits
}

fn nested(document: &Document, schema: &Value, depth: usize) -> String {
    let traits = of_schema(document, schema, depth);
    if let Some(name) = component(schema) {
        return name;
    }
    let schema = follow(document, schema);
    let shown = keyword::shown(schema).into_iter().map(|(lead, value)| format!("{lead} {value}"));
    let all: Vec<String> = traits.into_iter().chain(keyword::sentences(schema)).chain(shown).collect();
    format!("({})", all.join(", "))
}
