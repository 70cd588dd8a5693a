//! How the documentation says what a schema demands of a value and what it says of it.

use serde_json::Value;

use super::{checks, present};
use crate::document::Pointer;
use crate::markdown::{code, phrase, prose, quoted};

/// How deep a schema without a name is described; deeper, types do it.
pub const DEEPEST: usize = 4;

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
    prose_with(schema, fallback, None)
}

/// The same of a property, which says ahead of its limits what it is called in JSON and whether it is there.
pub fn property_prose(schema: &Value, fallback: &str, said: &str) -> String {
    prose_with(schema, fallback, Some(said))
}

fn prose_with(schema: &Value, fallback: &str, said: Option<&str>) -> String {
    let text = |key: &str| schema.get(key).and_then(Value::as_str).map(prose).filter(|text| !text.is_empty());
    let mut paragraphs = vec![text("description").or_else(|| text("title")).unwrap_or_else(|| fallback.to_owned())];
    let mut limits = limits(schema);
    limits.extend(parts_of(schema, checks::is_one, &|part| nested(part, 0)));
    match said {
        // The line break that ends a description of several lines is part of it.
        Some(said) => {
            let ends = |text: &&str| text.ends_with('\n') && !text.ends_with("\n\n");
            if schema.get("description").and_then(Value::as_str).filter(ends).is_some() {
                paragraphs.iter_mut().for_each(|text| text.push('\n'));
            }
            paragraphs.push(format!("{}.", [vec![said.to_owned()], limits].concat().join("; ")));
        }
        None if limits.is_empty() => {}
        None => paragraphs.push(format!("Constraints: {}.", limits.join("; "))),
    }
    paragraphs.extend(each(schema, |words, value| match words {
        Words::Paragraph(say) => say(value),
        Words::Shown(lead, takes, _) if takes(value) => Some(format!("{lead}: {}", code(value))),
        Words::Each(lead, _) => {
            let all = value.as_array()?;
            let is_composed = all.iter().any(|one| one.is_object() || one.is_array());
            (!is_composed).then(|| format!("{lead}: {}", all.iter().map(code).collect::<Vec<_>>().join(", ")))
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

/// What a schema says of itself and of its parts, each part described by `inner`, in parentheses.
pub fn in_parentheses(schema: &Value, inner: Option<&dyn Fn(&Value) -> String>) -> String {
    let shown = shown(schema).into_iter().map(|(lead, value)| format!("{lead} {value}"));
    let all: Vec<String> = traits(schema, inner).into_iter().chain(sentences(schema)).chain(shown).collect();
    if all.is_empty() { "(any value)".to_owned() } else { format!("({})", all.join(", ")) }
}

/// What a schema demands, in few words; of its parts where these are described by `inner`.
pub fn traits(schema: &Value, inner: Option<&dyn Fn(&Value) -> String>) -> Vec<String> {
    let mut traits = kinds(schema);
    traits.extend(limits(schema));
    traits.extend(marks(schema));
    traits.extend(inner.map(|inner| parts_of(schema, |_| true, inner)).unwrap_or_default());
    traits
}

/// The schema of a part; one that is referred to by its name.
fn nested(schema: &Value, depth: usize) -> String {
    match schema.get("$ref").and_then(Value::as_str).and_then(Pointer::from_reference) {
        Some(target) => quoted(&target.last()),
        None => in_parentheses(schema, (depth < DEEPEST).then_some(&|part: &Value| nested(part, depth + 1))),
    }
}

/// What some keywords of a schema say of its parts.
fn parts_of(schema: &Value, is_one: fn(&str) -> bool, inner: &dyn Fn(&Value) -> String) -> Vec<String> {
    let parts = present(schema).filter_map(|(keyword, _)| match keyword.words {
        Words::Parts(say) if is_one(keyword.name) => Some(say(schema, inner)),
        _ => None,
    });
    parts.flatten().collect()
}

/// The author's sentences about a schema, within a line.
pub fn sentences(schema: &Value) -> Vec<String> {
    let sentences = present(schema).filter(|(keyword, _)| matches!(keyword.words, Words::Sentence));
    sentences.filter_map(|(_, sentence)| phrase(sentence.as_str())).collect()
}

/// The values that a schema shows within a line, each with the words that stand before it.
pub fn shown(schema: &Value) -> Vec<(&'static str, String)> {
    let (mut shown, none) = (Vec::new(), Vec::new());
    for (keyword, value) in present(schema) {
        let (lead, values) = match (keyword.words, value) {
            (Words::Shown(_, _, lead), value) => (lead, std::slice::from_ref(value)),
            (Words::Each(_, lead), values) => (lead, values.as_array().unwrap_or(&none).as_slice()),
            _ => continue,
        };
        shown.extend(values.iter().map(|value| (lead, code(value))));
    }
    shown
}

/// What a function makes of each keyword that a schema has.
fn each(schema: &Value, say: impl Fn(Words, &Value) -> Option<String>) -> Vec<String> {
    present(schema).filter_map(|(keyword, value)| say(keyword.words, value)).collect()
}
