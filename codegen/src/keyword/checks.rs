//! Keywords of JSON Schema 2020-12 that hold a value against other schemas, under names that OpenAPI 3.0 leaves to extensions: a
//! document of 3.1 is read in the words of 3.0, which knows none of them.

use serde_json::{Map, Value, json};

use super::derived::{References, renamed};
use super::{Derived, Keyword, Merge, Of, Words};
use crate::claim::Claim;
use crate::document::Pointer;
use crate::markdown::quoted;
use crate::spec::{Kind, Shape};

/// What stands before each name.
const PREFIXED: &str = "x-2020-12-";

/// Where schemas stay that other schemas refer to.
pub const DEFINITIONS: &str = "x-defs";
/// What names of properties must be.
pub const NAMES: &str = "x-2020-12-propertyNames";
/// What properties are whose names match a pattern.
pub const PATTERNS: &str = "x-2020-12-patternProperties";
/// Which properties there must be where there is another one.
pub const REQUIRED: &str = "x-2020-12-dependentRequired";
/// What the whole is where there is a property.
pub const DEPENDENT: &str = "x-2020-12-dependentSchemas";
/// A list, for `allOf` may bring several: of each the schemas under `if`, `then` and `else`.
pub const CONDITIONALS: &str = "x-2020-12-conditionals";
/// What items of a list are, as many as the next two say, or at least one.
pub const CONTAINS: &str = "x-2020-12-contains";
/// The least number of them.
pub const LEAST: &str = "x-2020-12-minContains";
/// The greatest number of them.
pub const MOST: &str = "x-2020-12-maxContains";
/// Each of the conditionals is a schema that holds together with the others.
const ALL_OF: &str = "allOf";
/// What the first items of a list are.
pub const PREFIX: &str = "x-2020-12-prefixItems";

/// The name under which a keyword of 2020-12 is kept as it is, where it is one that 3.0 does not have.
pub fn kept(name: &str) -> Option<&'static str> {
    let all = super::all().map(|keyword| keyword.name);
    all.filter(|kept| *kept != CONDITIONALS).find(|kept| kept.strip_prefix(PREFIXED) == Some(name))
}

/// A keyword as the document has it.
pub fn written(name: &str) -> &str {
    match name {
        CONDITIONALS => "if",
        DEFINITIONS => "$defs",
        "x-pathItems" => "pathItems",
        "x-webhooks" => "webhooks",
        name => name.strip_prefix(PREFIXED).unwrap_or(name),
    }
}

/// A place of a document as its text has it.
pub fn written_place(place: &Pointer) -> Pointer {
    let mut tokens = place.tokens();
    let mut written = Pointer::root();
    while let Some(token) = tokens.next() {
        if token == CONDITIONALS {
            // The text has the parts of a condition beside each other.
            tokens.next();
        } else {
            written = written.join(self::written(&token));
        }
    }
    written
}

/// Whether a keyword is one of these, or `not`: a type alone could not hold a value against it.
pub fn is_one(name: &str) -> bool {
    name == "not" || KEYWORDS.iter().any(|keyword| keyword.name == name)
}

/// Whether a schema has one.
pub fn are_in(schema: &Value) -> bool {
    schema.as_object().is_some_and(|fields| fields.keys().any(|name| is_one(name)))
}

/// The same keywords of a schema, and nothing else.
pub fn alone(schema: &Value) -> Value {
    let checks = schema.as_object().into_iter().flatten().filter(|(name, _)| is_one(name));
    Value::Object(checks.map(|(name, value)| (name.clone(), value.clone())).collect())
}

const SCHEMA: Shape = Shape::Referable(Kind::Schema);

pub(super) const KEYWORDS: &[Keyword] = &[
    Keyword {
        merge: Merge::By(both),
        words: Words::Parts(|schema, inner| {
            said(schema, NAMES, |names| format!("names of properties {}", inner(names)))
        }),
        derived: Derived::As(|schema, references| renamed(schema, NAMES, written(NAMES), references)),
        ..check(NAMES, SCHEMA, Of::Maps)
    },
    Keyword {
        merge: Merge::By(each),
        words: Words::Parts(|schema, inner| {
            entries(schema, PATTERNS, |pattern, of| format!("properties that match {} {}", quoted(pattern), inner(of)))
        }),
        derived: Derived::As(|schema, references| beside(schema, PATTERNS, "additionalProperties", references)),
        ..check(PATTERNS, Shape::Map(&SCHEMA), Of::Maps)
    },
    Keyword {
        merge: Merge::By(listed),
        words: Words::Parts(|schema, _| {
            entries(schema, REQUIRED, |name, others| {
                let others: Vec<String> =
                    others.as_array().into_iter().flatten().filter_map(Value::as_str).map(quoted).collect();
                format!("with {} also {}", quoted(name), others.join(" and "))
            })
        }),
        derived: Derived::As(|schema, references| renamed(schema, REQUIRED, written(REQUIRED), references)),
        ..check(REQUIRED, Shape::Map(&Shape::List(&Shape::Text)), Of::Maps)
    },
    Keyword {
        merge: Merge::By(each),
        words: Words::Parts(|schema, inner| {
            entries(schema, DEPENDENT, |name, of| format!("with {} {}", quoted(name), inner(of)))
        }),
        derived: Derived::As(|schema, references| renamed(schema, DEPENDENT, written(DEPENDENT), references)),
        ..check(DEPENDENT, Shape::Map(&SCHEMA), Of::Maps)
    },
    Keyword {
        about: None,
        merge: Merge::By(|first, second| {
            first.as_array_mut()?.extend(second.as_array()?.iter().cloned());
            Some(())
        }),
        words: Words::Parts(|schema, inner| {
            let all = schema.get(CONDITIONALS).and_then(Value::as_array).into_iter().flatten();
            let parts = all.map(|one| {
                let part = |name: &str| one.get(name).map(|of| format!("{name} {}", inner(of)));
                ["if", "then", "else"].into_iter().filter_map(part).collect::<Vec<_>>().join(", ")
            });
            parts.collect()
        }),
        derived: Derived::As(|schema, references| {
            let mut said = renamed(schema, CONDITIONALS, ALL_OF, references)?;
            if let Some(Value::Array(all)) = said.get(ALL_OF)
                && let [Value::Object(only)] = all.as_slice()
            {
                return Some(only.clone());
            }
            if let (Some(Value::Array(all)), true) = (said.get_mut(ALL_OF), schema.get(ALL_OF).is_some()) {
                let others = renamed(schema, ALL_OF, ALL_OF, references)?.remove(ALL_OF);
                all.extend(others.as_ref().and_then(Value::as_array).into_iter().flatten().cloned());
            }
            Some(said)
        }),
        ..check(CONDITIONALS, Shape::List(&Shape::Map(&SCHEMA)), Of::Maps)
    },
    Keyword {
        words: Words::Parts(|schema, inner| said(schema, CONTAINS, |of| format!("items that are {}", inner(of)))),
        derived: Derived::As(|schema, references| renamed(schema, CONTAINS, written(CONTAINS), references)),
        ..check(CONTAINS, SCHEMA, Of::Lists)
    },
    Keyword {
        words: Words::Limit("at least {} such items"),
        derived: Derived::As(|schema, references| renamed(schema, LEAST, written(LEAST), references)),
        ..check(LEAST, Shape::Count, Of::Lists)
    },
    Keyword {
        words: Words::Limit("at most {} such items"),
        derived: Derived::As(|schema, references| renamed(schema, MOST, written(MOST), references)),
        ..check(MOST, Shape::Count, Of::Lists)
    },
    Keyword {
        words: Words::Parts(|schema, inner| {
            let all = schema.get(PREFIX).and_then(Value::as_array).into_iter().flatten().enumerate();
            all.map(|(at, of)| format!("item {} {}", at + 1, inner(of))).collect()
        }),
        derived: Derived::As(|schema, references| beside(schema, PREFIX, "items", references)),
        ..check(PREFIX, Shape::List(&SCHEMA), Of::Lists)
    },
];

const fn check(name: &'static str, value: Shape, about: Of) -> Keyword {
    Keyword {
        about: Some(about),
        also: |_| &[Claim::Constructor, Claim::Conformance],
        ..Keyword::structural(name, value)
    }
}

/// A keyword, and the one that is about what it leaves: a type that holds all of these says nothing of them.
fn beside(schema: &Value, keyword: &str, rest: &str, references: &mut dyn References) -> Option<Map<String, Value>> {
    let mut said = renamed(schema, keyword, written(keyword), references)?;
    if schema.get(rest).is_some() {
        said.extend(renamed(schema, rest, rest, references)?);
    }
    Some(said)
}

fn said(schema: &Value, keyword: &str, say: impl Fn(&Value) -> String) -> Vec<String> {
    schema.get(keyword).map(say).into_iter().collect()
}

fn entries(schema: &Value, keyword: &str, say: impl Fn(&str, &Value) -> String) -> Vec<String> {
    let entries = schema.get(keyword).and_then(Value::as_object).into_iter().flatten();
    entries.map(|(name, value)| say(name, value)).collect()
}

/// Both schemas hold at once.
fn both(first: &mut Value, second: &Value) -> Option<()> {
    if first != second {
        *first = json!({ "allOf": [first, second] });
    }
    Some(())
}

/// The schemas of each name hold at once.
fn each(first: &mut Value, second: &Value) -> Option<()> {
    merged(first.as_object_mut()?, second, both)
}

/// The names of each name are all required.
fn listed(first: &mut Value, second: &Value) -> Option<()> {
    merged(first.as_object_mut()?, second, |first, second| {
        first.as_array_mut()?.extend(second.as_array()?.iter().cloned());
        Some(())
    })
}

fn merged(first: &mut Map<String, Value>, second: &Value, merge: fn(&mut Value, &Value) -> Option<()>) -> Option<()> {
    for (name, value) in second.as_object()? {
        match first.get_mut(name) {
            Some(earlier) => merge(earlier, value)?,
            None => drop(first.insert(name.clone(), value.clone())),
        }
    }
    Some(())
}
