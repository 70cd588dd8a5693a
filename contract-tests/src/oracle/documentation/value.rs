//! What the documentation must say of the value of a parameter or a header, and of the content of a body.

use serde_json::Value;

use super::about::external_docs;
use super::markdown::{code, link, phrase, quoted};
use crate::document::Reader;

/// What is demanded of a value beside its type: the keyword, and the words for it.
const CONSTRAINTS: [(&str, &str); 12] = [
    ("minLength", "at least {} characters"),
    ("maxLength", "at most {} characters"),
    ("x-maxBytes", "at most {} bytes in UTF-8"),
    ("pattern", "matches {}"),
    ("format", "format {}"),
    ("minimum", "minimum {}"),
    ("maximum", "maximum {}"),
    ("multipleOf", "a multiple of {}"),
    ("minItems", "at least {} items"),
    ("maxItems", "at most {} items"),
    ("minProperties", "at least {} properties"),
    ("maxProperties", "at most {} properties"),
];

/// What is demanded by a flag.
const FLAGS: [(&str, &str); 6] = [
    ("exclusiveMinimum", "the minimum itself excluded"),
    ("exclusiveMaximum", "the maximum itself excluded"),
    ("uniqueItems", "no item twice"),
    ("readOnly", "set by the server, never sent"),
    ("writeOnly", "sent only, never received"),
    ("deprecated", "deprecated"),
];

/// How deep a schema without a name is described.
const DEEPEST: usize = 4;

/// The longest example that is shown.
const LONGEST: usize = 2_000;

/// What stands in the parentheses behind the name of a parameter or header; `usual` is its style unless it says otherwise.
pub fn traits(holder: &Reader<'_, '_>, usual: &str) -> Vec<String> {
    let mut traits = Vec::new();
    for (key, words) in [
        ("deprecated", "deprecated"),
        ("allowEmptyValue", "may be empty"),
        ("allowReserved", "reserved characters as they are"),
    ] {
        if holder.flag(key) == Some(true) {
            traits.push(words.to_owned());
        }
    }
    let style = holder.text("style").unwrap_or(usual);
    if style != usual {
        traits.push(format!("style {}", quoted(style)));
    }
    match holder.flag("explode") {
        Some(true) if style != "form" => traits.push("exploded".into()),
        Some(false) if style == "form" => traits.push("not exploded".into()),
        _ => {}
    }
    for (media_type, media) in holder.named("content") {
        traits.push(format!("as {}", quoted(media_type)));
        traits.extend(media.inner("schema").map(|schema| of_schema(&schema, 0)).unwrap_or_default());
    }
    traits.extend(holder.inner("schema").map(|schema| of_schema(&schema, 0)).unwrap_or_default());
    traits
}

/// What stands behind the colon: words, a default, examples.
pub fn words(holder: &Reader<'_, '_>) -> Vec<String> {
    let media = holder.named("content").into_iter().next().map(|(_, media)| media);
    let schema = holder.inner("schema").or_else(|| media.as_ref()?.inner("schema"));
    let schema = schema.filter(|schema| schema.component().is_none());
    let mut texts: Vec<String> = phrase(holder.text("description")).into_iter().collect();
    let mut words = Vec::new();
    if let Some(schema) = &schema {
        let more = [phrase(schema.text("title")), phrase(schema.text("description")), external_docs(schema)];
        for text in more.into_iter().flatten() {
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        words.extend(schema.value("default").map(|default| format!("default {}", code(default))));
    }
    if !texts.is_empty() {
        words.insert(0, texts.join("; "));
    }
    let mut shown = examples(holder);
    shown.extend(media.as_ref().map(examples).unwrap_or_default());
    if let Some(example) = schema.as_ref().and_then(|schema| schema.value("example")).map(code)
        && !shown.contains(&example)
    {
        shown.push(example);
    }
    if !shown.is_empty() {
        words.push(format!("such as {}", shown.join(", ")));
    }
    words
}

/// The examples of a parameter, a header or a media type.
pub fn examples(holder: &Reader<'_, '_>) -> Vec<String> {
    let shown = |value: &Value| match value.to_string().len() {
        0..=LONGEST => code(value),
        long => format!("(an example of {long} bytes)"),
    };
    let mut all: Vec<String> = holder.value("example").map(shown).into_iter().collect();
    for (name, example) in holder.named("examples") {
        let external = example.text("externalValue").map(link);
        let value = example.value("value").map(shown).or(external).unwrap_or_default();
        let words = [phrase(example.text("summary")), phrase(example.text("description"))];
        let words: Vec<String> = words.into_iter().flatten().collect();
        let words = if words.is_empty() { String::new() } else { format!(": {}", words.join("; ")) };
        all.push(format!("{value} ({}{words})", quoted(name)).trim().to_owned());
    }
    all
}

/// What a body holds, in a word.
pub fn held(schema: &Reader<'_, '_>, depth: usize) -> String {
    if let Some(name) = schema.component() {
        return quoted(name);
    }
    if depth == 0 {
        schema.note_nameless();
    }
    let union = ["allOf", "oneOf", "anyOf"].into_iter().find(|key| schema.has(key));
    match (schema.text("type"), schema.inner("items").filter(|_| depth < DEEPEST), union) {
        (Some("array"), Some(items), _) => format!("array of {}", held(&items, depth + 1)),
        (Some(kind), ..) => kind.to_owned(),
        (None, _, Some(union)) => format!("{} of several", union.trim_end_matches("Of")),
        (None, ..) => "anything".into(),
    }
}

fn of_schema(schema: &Reader<'_, '_>, depth: usize) -> Vec<String> {
    if let Some(name) = schema.component() {
        return vec![quoted(name)];
    }
    let mut traits: Vec<String> = schema.text("type").map(str::to_owned).into_iter().collect();
    if schema.flag("nullable") == Some(true) {
        traits.push("or null".into());
    }
    let listed: Vec<String> = schema.values("enum").iter().map(code).collect();
    if !listed.is_empty() {
        traits.push(format!("one of {}", listed.join(" ")));
    }
    for (keyword, words) in CONSTRAINTS {
        traits.extend(schema.value(keyword).map(|value| words.replace("{}", &code(value))));
    }
    traits.extend(FLAGS.iter().filter(|(key, _)| schema.flag(key) == Some(true)).map(|(_, words)| (*words).to_owned()));
    if depth == DEEPEST {
        return traits;
    }
    let inner = |schema: &Reader<'_, '_>| nested(schema, depth + 1);
    traits.extend(schema.inner("items").map(|items| format!("of {}", inner(&items))));
    let required = schema.texts("required");
    for (name, property) in schema.named("properties") {
        let optional = if required.contains(&name) { "" } else { "optional " };
        traits.push(format!("{optional}property {} {}", quoted(name), inner(&property)));
    }
    if schema.flag("additionalProperties") == Some(false) {
        traits.push("no other properties".into());
    }
    traits.extend(schema.inner("additionalProperties").map(|other| format!("other properties {}", inner(&other))));
    for (key, words) in [("allOf", "all of"), ("oneOf", "one of"), ("anyOf", "any of")] {
        let members: Vec<String> = schema.listed(key).iter().map(inner).collect();
        if !members.is_empty() {
            traits.push(format!("{words} {}", members.join(" ")));
        }
    }
    traits.extend(schema.inner("not").map(|not| format!("not {}", inner(&not))));
    traits
}

fn nested(schema: &Reader<'_, '_>, depth: usize) -> String {
    if let Some(name) = schema.component() {
        return quoted(name);
    }
    let mut all = of_schema(schema, depth);
    all.extend([phrase(schema.text("title")), phrase(schema.text("description"))].into_iter().flatten());
    all.extend(schema.value("default").map(|default| format!("default {}", code(default))));
    all.extend(schema.value("example").map(|example| format!("such as {}", code(example))));
    format!("({})", all.join(", "))
}
