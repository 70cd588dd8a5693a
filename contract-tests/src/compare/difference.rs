//! What differs between two schemas, keyword by keyword: where to look, and in which words to say it. It decides nothing.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::document::{Document, Located, Pointer};

/// How many differences are gathered.
const MOST: usize = 200;

/// One keyword that differs.
#[derive(Debug, Clone)]
pub(super) struct Difference {
    pub(super) keyword: String,
    /// Where it is written, or the schema that lacks it.
    pub(super) old: Pointer,
    pub(super) new: Pointer,
    pub(super) what: String,
    /// Whether it says nothing about values.
    pub(super) annotation: bool,
}

/// Keywords that say nothing about values.
fn is_annotation(keyword: &str) -> bool {
    let annotations = [
        "title",
        "description",
        "default",
        "example",
        "examples",
        "deprecated",
        "externalDocs",
        "xml",
        "summary",
        "contentEncoding",
        "contentMediaType",
        "contentSchema",
        "$comment",
        "discriminator",
        "readOnly",
        "writeOnly",
    ];
    annotations.contains(&keyword) || keyword.starts_with("x-") && keyword != "x-maxBytes"
}

/// What differs between two schemas.
pub(super) fn between<'d>(old: (&'d Document, Located<'d>), new: (&'d Document, Located<'d>)) -> Vec<Difference> {
    let mut walk = Walk { old: old.0, new: new.0, seen: HashSet::new(), found: Vec::new() };
    walk.schemas(old.1, new.1, "");
    walk.found
}

struct Walk<'d> {
    old: &'d Document,
    new: &'d Document,
    seen: HashSet<(Pointer, Pointer)>,
    found: Vec<Difference>,
}

impl<'d> Walk<'d> {
    /// Differences of two schemas; the path is the way to them from the payload.
    fn schemas(&mut self, old: Located<'d>, new: Located<'d>, path: &str) {
        let (Ok(old), Ok(new)) = (self.old.resolve(old), self.new.resolve(new)) else { return };
        if self.found.len() >= MOST || !self.seen.insert((old.pointer.clone(), new.pointer.clone())) {
            return;
        }
        let (Some(one), Some(other)) = (old.value.as_object(), new.value.as_object()) else {
            if old.value != new.value {
                self.push("schema", &old.pointer, &new.pointer, format!("{} became {}", old.value, new.value), path);
            }
            return;
        };
        let keys = one.keys().chain(other.keys().filter(|key| !one.contains_key(*key)));
        for keyword in keys {
            let (before, after) = (old.get(keyword), new.get(keyword));
            match (before, after) {
                (Some(before), Some(after)) => self.keyword(keyword, before, after, path),
                (Some(before), None) => {
                    let what = format!("{} is gone", said(keyword, before.value));
                    self.push(keyword, &before.pointer, &new.pointer, what, path);
                }
                (None, Some(after)) => {
                    let what = format!("{} is new", said(keyword, after.value));
                    self.push(keyword, &old.pointer, &after.pointer, what, path);
                }
                (None, None) => {}
            }
        }
    }

    fn keyword(&mut self, keyword: &str, old: Located<'d>, new: Located<'d>, path: &str) {
        match (keyword, old.value, new.value) {
            ("properties" | "patternProperties", Value::Object(one), Value::Object(other)) => {
                self.members(one, other, &old, &new, path);
            }
            ("items" | "not" | "additionalProperties", Value::Object(_), Value::Object(_)) => {
                let step = match keyword {
                    "items" => format!("{path}/*"),
                    "additionalProperties" => format!("{path}/{{name}}"),
                    _ => path.to_owned(),
                };
                self.schemas(old, new, &step);
            }
            ("allOf" | "oneOf" | "anyOf", Value::Array(one), Value::Array(other)) => {
                let (before, after) = (one.len(), other.len());
                for index in 0..before.min(after) {
                    let at = |located: &Located<'d>, list: &'d [Value]| {
                        list.get(index).map(|value| Located { pointer: located.pointer.index(index), value })
                    };
                    if let (Some(old), Some(new)) = (at(&old, one), at(&new, other)) {
                        self.schemas(old, new, path);
                    }
                }
                if before != after {
                    self.push(
                        keyword,
                        &old.pointer,
                        &new.pointer,
                        format!("`{keyword}` has {after} members instead of {before}"),
                        path,
                    );
                }
            }
            ("enum" | "required" | "type", Value::Array(one), Value::Array(other)) => {
                let gone = one.iter().filter(|value| !other.contains(value));
                let come = other.iter().filter(|value| !one.contains(value));
                let mut parts: Vec<String> = gone.map(|value| format!("`{keyword}` no longer lists {value}")).collect();
                parts.extend(come.map(|value| format!("`{keyword}` lists {value} too")));
                if !parts.is_empty() {
                    self.push(keyword, &old.pointer, &new.pointer, parts.join(", "), path);
                }
            }
            _ if old.value == new.value => {}
            _ => {
                let what = format!("`{keyword}` is {} instead of {}", brief(new.value), brief(old.value));
                self.push(keyword, &old.pointer, &new.pointer, what, path);
            }
        }
    }

    fn members(
        &mut self,
        one: &'d Map<String, Value>,
        other: &'d Map<String, Value>,
        old: &Located<'d>,
        new: &Located<'d>,
        path: &str,
    ) {
        for name in one.keys().chain(other.keys().filter(|name| !one.contains_key(*name))) {
            let step = format!("{path}/{name}");
            match (old.get(name), new.get(name)) {
                (Some(before), Some(after)) => self.schemas(before, after, &step),
                (Some(before), None) => {
                    self.push("properties", &before.pointer, &new.pointer, format!("property `{name}` is gone"), path);
                }
                (None, Some(after)) => {
                    self.push("properties", &old.pointer, &after.pointer, format!("property `{name}` is new"), path);
                }
                (None, None) => {}
            }
        }
    }

    fn push(&mut self, keyword: &str, old: &Pointer, new: &Pointer, what: String, path: &str) {
        let what = if path.is_empty() { what } else { format!("{path}: {what}") };
        self.found.push(Difference {
            keyword: keyword.to_owned(),
            old: old.clone(),
            new: new.clone(),
            what,
            annotation: is_annotation(keyword),
        });
    }
}

fn said(keyword: &str, value: &Value) -> String {
    match value {
        Value::Object(_) | Value::Array(_) if value.to_string().len() > 60 => format!("`{keyword}`"),
        _ => format!("`{keyword}: {}`", brief(value)),
    }
}

/// A value in a few letters.
pub(super) fn brief(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    if text.chars().count() > 60 { text.chars().take(57).chain("…".chars()).collect() } else { text }
}
