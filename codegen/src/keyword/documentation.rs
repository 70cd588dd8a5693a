//! How the documentation says what a schema demands of a value and what it says of it.

use serde_json::Value;

use super::all;
use crate::markdown::{code, phrase, prose};

/// How the documentation says a keyword.
#[derive(Debug, Clone, Copy)]
pub enum Words {
    /// Not at all, or the item that documents it says it by itself.
    None,
    /// What kind of value it is, from the keyword's value; ahead of all limits.
    Kind(fn(&Value) -> Option<String>),
    /// A limit, with `{}` for the keyword's value.
    Limit(&'static str),
    /// What is said where the keyword is `true`, behind all limits.
    Flag(&'static str),
    /// The same, but of a schema without a documented item of its own, whose mark the compiler would show.
    Mark(&'static str),
    /// What the schema says of its parts, which are described by the function that is given along.
    Parts(PartsOf),
    /// A sentence of the document's author.
    Sentence,
    /// A paragraph of its own, from the keyword's value.
    Paragraph(fn(&Value) -> Option<String>),
    /// A value that is shown: in a paragraph that begins with the first, where the value is one that it takes, and
    /// within a line behind the second.
    Shown(&'static str, fn(&Value) -> bool, &'static str),
    /// Several values that are shown in the same way.
    Each(&'static str, &'static str),
}

/// From a schema, and a function that describes a part of it, to what is said of its parts.
pub type PartsOf = fn(&Value, &dyn Fn(&Value) -> String) -> Vec<String>;

/// The documentation of a schema's type or field: the author's description, limits, and what else has a paragraph.
pub fn schema_prose(schema: &Value, fallback: &str) -> String {
    let text = |key: &str| schema.get(key).and_then(Value::as_str).map(prose).filter(|text| !text.is_empty());
    let mut paragraphs = vec![text("description").or_else(|| text("title")).unwrap_or_else(|| fallback.to_owned())];
    let limits = limits(schema);
    if !limits.is_empty() {
        paragraphs.push(format!("Constraints: {}.", limits.join("; ")));
    }
    paragraphs.extend(each(schema, |words, value| match words {
        Words::Paragraph(say) => say(value),
        Words::Shown(lead, takes, _) if takes(value) => Some(format!("{lead}: {}", code(value))),
        Words::Each(lead, _) => {
            let all: Vec<String> = value.as_array()?.iter().map(code).collect();
            Some(format!("{lead}: {}", all.join(", ")))
        }
        _ => None,
    }));
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs.join("\n\n")
}

/// Of what kind a schema's values are, a phrase each.
pub fn kinds(schema: &Value) -> Vec<String> {
    each(schema, |words, value| if let Words::Kind(say) = words { say(value) } else { None })
}

/// What a schema demands of a value beside its kind, a phrase each: limits first, then what is either so or not.
pub fn limits(schema: &Value) -> Vec<String> {
    let mut phrases = each(schema, |words, value| match words {
        Words::Limit(phrase) => Some(phrase.replace("{}", &limit(value))),
        _ => None,
    });
    phrases.extend(each(schema, |words, value| match words {
        Words::Flag(phrase) if *value == Value::Bool(true) => Some(phrase.to_owned()),
        _ => None,
    }));
    phrases
}

/// The value of a limit, or those of several.
fn limit(value: &Value) -> String {
    match value {
        Value::Array(all) => all.iter().map(code).collect::<Vec<_>>().join(" and "),
        value => code(value),
    }
}

/// The marks of a schema, a word each.
pub fn marks(schema: &Value) -> Vec<String> {
    each(schema, |words, value| match words {
        Words::Mark(word) if *value == Value::Bool(true) => Some(word.to_owned()),
        _ => None,
    })
}

/// What a schema says of its parts, each part described by `inner`.
pub fn parts(schema: &Value, inner: &dyn Fn(&Value) -> String) -> Vec<String> {
    let parts = all().filter_map(|keyword| match keyword.words {
        Words::Parts(say) if schema.get(keyword.name).is_some() => Some(say(schema, inner)),
        _ => None,
    });
    parts.flatten().collect()
}

/// The author's sentences about a schema, within a line.
pub fn sentences(schema: &Value) -> Vec<String> {
    let sentences = all().filter(|keyword| matches!(keyword.words, Words::Sentence));
    sentences.filter_map(|keyword| phrase(schema.get(keyword.name).and_then(Value::as_str))).collect()
}

/// The values that a schema shows within a line, each with the words that stand before it.
pub fn shown(schema: &Value) -> Vec<(&'static str, String)> {
    let (mut shown, none) = (Vec::new(), Vec::new());
    for keyword in all() {
        let (lead, values) = match (keyword.words, schema.get(keyword.name)) {
            (Words::Shown(_, _, lead), Some(value)) => (lead, std::slice::from_ref(value)),
            (Words::Each(_, lead), Some(values)) => (lead, values.as_array().unwrap_or(&none).as_slice()),
            _ => continue,
        };
        shown.extend(values.iter().map(|value| (lead, code(value))));
    }
    shown
}

/// What a function makes of each keyword that a schema has.
fn each(schema: &Value, say: impl Fn(Words, &Value) -> Option<String>) -> Vec<String> {
    all().filter_map(|keyword| say(keyword.words, schema.get(keyword.name)?)).collect()
}
