//! What differs between two schemas, keyword by keyword: where to look, and in which words to say it. It decides nothing.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::document::{Document, Located, Pointer, TAGGED};

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

/// What a schema leads to by references that nothing stands beside; before 3.1, what does says nothing.
pub(super) fn bare<'d>(document: &'d Document, mut schema: Located<'d>) -> Located<'d> {
    if !document.is_3_1() {
        return document.resolve(schema.clone()).unwrap_or(schema);
    }
    let mut seen = HashSet::new();
    while let Some(map) = schema.value.as_object().filter(|map| map.len() == 1)
        && let Some(target) = map.get("$ref").and_then(Value::as_str).and_then(Pointer::from_reference)
        && let Some(next) = document.at(&target).filter(|_| seen.insert(target))
    {
        schema = next;
    }
    schema
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
        let (old, new) = (bare(self.old, old), bare(self.new, new));
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
            (
                "items" | "not" | "additionalProperties" | "contains" | "propertyNames",
                Value::Object(_),
                Value::Object(_),
            ) => {
                let step = match keyword {
                    "items" => format!("{path}/*"),
                    "additionalProperties" => format!("{path}/{{name}}"),
                    _ => path.to_owned(),
                };
                self.schemas(old, new, &step);
            }
            ("allOf" | "oneOf" | "anyOf", Value::Array(one), Value::Array(other)) => {
                self.alternatives(keyword, (&old, one), (&new, other), path);
            }
            ("$ref", Value::String(one), Value::String(other)) => {
                let at = |document: &'d Document, reference: &str| {
                    Pointer::from_reference(reference).and_then(|target| document.at(&target))
                };
                match (at(self.old, one), at(self.new, other)) {
                    (Some(before), Some(after)) => self.schemas(before, after, path),
                    _ if one == other => {}
                    _ => self.push(
                        keyword,
                        &old.pointer,
                        &new.pointer,
                        format!("`$ref` is {other} instead of {one}"),
                        path,
                    ),
                }
            }
            // What the judge says so, the document says by `discriminator`.
            (TAGGED, one, other) => {
                // Which tag leads where is told of the alternatives.
                if tagged(one) != tagged(other) {
                    let what = "`discriminator` leads to other alternatives".to_owned();
                    self.push("discriminator", &old.pointer, &new.pointer, what, path);
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

    /// Members that stand for each other: the same ones first, then those of one name, then those that are left, in order.
    fn alternatives(
        &mut self,
        keyword: &str,
        (old, one): (&Located<'d>, &'d [Value]),
        (new, other): (&Located<'d>, &'d [Value]),
        path: &str,
    ) {
        let (mut gone, mut come): (Vec<usize>, Vec<usize>) = ((0..one.len()).collect(), (0..other.len()).collect());
        let mut pairs = Vec::new();
        for alike in [same_value, same_name, |_: &Value, _: &Value| true] {
            gone.retain(|before| {
                let found = come.iter().position(|after| alike(&one[*before], &other[*after]));
                found.map(|at| pairs.push((*before, come.remove(at)))).is_none()
            });
        }
        pairs.sort_unstable();
        for (before, after) in pairs {
            let old = Located { pointer: old.pointer.index(before), value: &one[before] };
            let new = Located { pointer: new.pointer.index(after), value: &other[after] };
            self.schemas(old, new, path);
        }
        for at in gone {
            let what = format!("`{keyword}` no longer has {}", brief(&one[at]));
            self.push(keyword, &old.pointer.index(at), &new.pointer, what, path);
        }
        for at in come {
            let what = format!("`{keyword}` has {} too", brief(&other[at]));
            self.push(keyword, &old.pointer, &new.pointer.index(at), what, path);
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

/// The property that holds the tag, and all tags that name an alternative.
pub(super) fn tagged(value: &Value) -> (Option<&Value>, Vec<String>) {
    let tags = value.get("tags").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_array);
    let mut tags: Vec<String> = tags.flatten().map(Value::to_string).collect();
    tags.sort();
    (value.get("property"), tags)
}

fn same_value(one: &Value, other: &Value) -> bool {
    one == other
}

/// Whether two schemas are called the same, or are of one type.
fn same_name(one: &Value, other: &Value) -> bool {
    ["$ref", "title", "type"]
        .into_iter()
        .any(|keyword| one.get(keyword).is_some() && one.get(keyword) == other.get(keyword))
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
