//! A request's parameters, judged by the document's schemas.
//!
//! A parameter is text, and the schema speaks of values: a text passes where one of the values passes that it may stand
//! for. Objects are spread in so many ways that they are not judged.

use serde_json::Value;

use super::credentials::cookies;
use super::reply::is_json;
use super::requests::Asked;
use crate::document::{Document, Parameter};
use crate::oracle::Validator;

/// A parameter that an operation expects.
pub(super) struct Argument {
    name: String,
    place: String,
    required: bool,
    /// What separates the items of a list; none where each is a parameter of its own.
    separator: Option<char>,
    is_json: bool,
    /// None where the values cannot be judged.
    validator: Option<Validator>,
}

impl Argument {
    pub fn of(document: &Document, parameter: &Parameter<'_>) -> Self {
        let raw = document.at(&parameter.pointer);
        let text = |key: &str| raw.as_ref().and_then(|raw| raw.value.get(key)).and_then(Value::as_str);
        let flag = |key: &str| raw.as_ref().and_then(|raw| raw.value.get(key)).and_then(Value::as_bool);
        let style =
            text("style").unwrap_or(if matches!(parameter.place, "query" | "cookie") { "form" } else { "simple" });
        let explode = flag("explode").unwrap_or(style == "form");
        let content = raw.as_ref().and_then(|raw| raw.members("content").into_iter().next());
        let media_type = content.as_ref().and_then(|content| content.pointer.as_str().rsplit('/').next());
        // A slash stands escaped in a pointer.
        let is_json = media_type.is_some_and(|name| is_json(&name.replace("~1", "/")));
        let schema = content.and_then(|content| content.get("schema")).or_else(|| parameter.schema.clone());
        // Labels and matrices have signs around their values.
        let is_judged = is_json || matches!(style, "simple" | "form" | "spaceDelimited" | "pipeDelimited");
        let is_object = !is_json
            && schema.clone().and_then(|schema| document.resolve(schema).ok()).is_some_and(|schema| {
                schema.value.get("type").and_then(Value::as_str) == Some("object")
                    || schema.value.get("properties").is_some()
            });
        let schema = schema.filter(|_| is_judged && !is_object);
        Self {
            name: parameter.name.to_owned(),
            place: parameter.place.to_owned(),
            // A path that has led here has all that its template names.
            required: parameter.required && parameter.place != "path" && !(parameter.place == "query" && is_object),
            separator: match style {
                "spaceDelimited" if !explode => Some(' '),
                "pipeDelimited" if !explode => Some('|'),
                _ if explode && matches!(parameter.place, "query" | "cookie") => None,
                _ => Some(','),
            },
            is_json,
            validator: schema.and_then(|schema| Validator::new(document, schema).ok()),
        }
    }

    /// What is wrong with the parameter in a request, as a sentence.
    pub fn fault(&self, asked: &Asked, path: &[(&str, String)]) -> Option<String> {
        let reserved = ["accept", "content-type", "authorization"];
        if self.place == "header" && reserved.contains(&self.name.to_ascii_lowercase().as_str()) {
            return None;
        }
        let texts = self.texts(asked, path);
        let subject = format!("the {} parameter `{}`", self.place, self.name);
        if texts.is_empty() {
            return self.required.then(|| format!("{subject} is missing"));
        }
        let validator = self.validator.as_ref()?;
        let candidates = self.candidates(&texts);
        if candidates.iter().any(|candidate| validator.accepts(candidate)) {
            return None;
        }
        let found = candidates.first().map(|candidate| validator.violations(candidate)).unwrap_or_default();
        let keywords: Vec<&str> = found.iter().map(|violation| violation.keyword.as_str()).collect();
        Some(format!(
            "{subject} is `{}`, which the document's schema refuses ({})",
            texts.join(","),
            keywords.join(", ")
        ))
    }

    fn texts(&self, asked: &Asked, path: &[(&str, String)]) -> Vec<String> {
        let named = |pairs: &[(String, String)]| -> Vec<String> {
            pairs.iter().filter(|(name, _)| *name == self.name).map(|(_, value)| value.clone()).collect()
        };
        match self.place.as_str() {
            "path" => path.iter().filter(|(name, _)| *name == self.name).map(|(_, value)| value.clone()).collect(),
            "query" => named(&asked.query),
            "cookie" => named(&cookies(&asked.headers)),
            _ => {
                let values = asked.headers.get_all(self.name.as_str()).iter();
                values.filter_map(|value| value.to_str().ok()).map(str::to_owned).collect()
            }
        }
    }

    /// The values that the texts may stand for; the likeliest comes first.
    fn candidates(&self, texts: &[String]) -> Vec<Value> {
        let joined = texts.join(",");
        if self.is_json {
            return vec![serde_json::from_str(&joined).unwrap_or(Value::String(joined))];
        }
        let items: Vec<&str> = match self.separator {
            Some(separator) => joined.split(separator).collect(),
            None => texts.iter().map(String::as_str).collect(),
        };
        let as_texts = items.iter().map(|item| Value::from(*item)).collect();
        let as_values = items.iter().map(|item| scalar(item).unwrap_or_else(|| Value::from(*item))).collect();
        let mut candidates: Vec<Value> = Vec::new();
        if texts.len() == 1 {
            candidates.extend(scalar(&joined));
            candidates.push(Value::String(joined));
        }
        candidates.extend([Value::Array(as_values), Value::Array(as_texts)]);
        candidates
    }
}

/// A text as the number or truth value that it writes.
fn scalar(text: &str) -> Option<Value> {
    let value: Value = serde_json::from_str(text).ok()?;
    // A space beside a number is not part of it.
    let is_whole = text.trim() == text;
    ((value.is_number() || value.is_boolean()) && is_whole).then_some(value)
}
