//! The keywords of a schema: all that this generator knows of each, one file for a keyword or a group of keywords that
//! belong together.
//!
//! A new assertion is a file here and a line in `REGISTRY`, and its rule in the runtime; an annotation is the file and
//! the line alone. Whoever reads or writes schemas asks the registry and names no keyword whose meaning stands here.

mod access;
pub mod additional_properties;
pub mod all_of;
pub mod alternatives;
pub mod bounds;
pub mod checks;
mod content;
mod default;
pub mod deprecated;
mod derived;
mod documentation;
mod r#enum;
pub mod example;
pub mod external_docs;
pub mod format;
mod honoured;
mod integers;
mod item_count;
mod items;
mod length;
mod max_bytes;
mod multiple_of;
pub mod not;
pub mod nullable;
mod pattern;
mod properties;
mod property_count;
mod rule;
mod title;
mod r#type;
mod xml;

use std::collections::HashMap;
use std::sync::LazyLock;

use serde_json::{Map, Value};

use crate::claim::Claim;
use crate::spec::Shape;

pub use bounds::whole_tokens;
pub use derived::{Derived, References, annotations, constraints_of_struct, derived_constraints, stated, texts};
pub use documentation::{
    DEEPEST, Words, in_parentheses, marks, property_prose, schema_prose, sentences, shown, traits,
};
pub use integers::{Integer, whole};
pub use rule::{Of, Rule, needs_a_type, rules};

/// One keyword.
#[derive(Debug)]
pub struct Keyword {
    /// Its name.
    pub name: &'static str,
    /// What its value must be.
    pub value: Shape,
    /// How `allOf` merges it.
    pub merge: Merge,
    /// Which values it is about, where it says nothing of others.
    pub about: Option<Of>,
    /// The rule of the runtime that it becomes.
    pub rule: Option<Rule>,
    /// How the schema that schemars derives says it.
    pub derived: Derived,
    /// How the documentation says it.
    pub words: Words,
    /// What honours it beside its rule, the derived schema and the documentation, in a schema; asked without one, what may.
    pub also: fn(Option<&Value>) -> &'static [Claim],
}

/// How `allOf` merges a keyword that several of its members have.
#[derive(Debug, Clone, Copy)]
pub enum Merge {
    /// It only describes: the outermost is the one meant for the whole.
    Outermost,
    /// It is not merged at all; whoever reads the schema looks for it.
    Apart,
    /// One schema says it only where all members say the same.
    Agreed,
    /// The smallest number.
    Smallest,
    /// The largest number.
    Largest,
    /// The second value is merged into the first; `None` where one schema cannot say both.
    By(fn(&mut Value, &Value) -> Option<()>),
}

/// Every keyword, in the order in which documentation and rules name them.
static REGISTRY: &[&[Keyword]] = &[
    title::KEYWORDS,
    r#type::KEYWORDS,
    nullable::KEYWORDS,
    r#enum::KEYWORDS,
    length::KEYWORDS,
    max_bytes::KEYWORDS,
    pattern::KEYWORDS,
    format::KEYWORDS,
    bounds::KEYWORDS,
    multiple_of::KEYWORDS,
    item_count::KEYWORDS,
    property_count::KEYWORDS,
    access::KEYWORDS,
    deprecated::KEYWORDS,
    items::KEYWORDS,
    properties::KEYWORDS,
    additional_properties::KEYWORDS,
    all_of::KEYWORDS,
    alternatives::KEYWORDS,
    not::KEYWORDS,
    checks::KEYWORDS,
    content::KEYWORDS,
    default::KEYWORDS,
    example::KEYWORDS,
    external_docs::KEYWORDS,
    xml::KEYWORDS,
];

/// Every keyword, in the registry's order.
pub fn all() -> impl Iterator<Item = &'static Keyword> {
    REGISTRY.iter().copied().flatten()
}

/// Each keyword by its name, with its place in the registry.
static BY_NAME: LazyLock<HashMap<&str, (usize, &Keyword)>> =
    LazyLock::new(|| all().enumerate().map(|(at, keyword)| (keyword.name, (at, keyword))).collect());

/// The keyword of that name.
pub fn named(name: &str) -> Option<&'static Keyword> {
    BY_NAME.get(name).map(|(_, keyword)| *keyword)
}

/// The keywords that a schema has, in the registry's order, each with its value. A schema has few of them, so that asking
/// it for each would take much longer.
pub fn present(schema: &Value) -> impl Iterator<Item = (&'static Keyword, &Value)> {
    let members = schema.as_object().into_iter().flatten();
    let mut found: Vec<(usize, &Keyword, &Value)> = members
        .filter_map(|(name, value)| BY_NAME.get(name.as_str()).map(|(at, keyword)| (*at, *keyword, value)))
        .collect();
    found.sort_unstable_by_key(|(at, ..)| *at);
    found.into_iter().map(|(_, keyword, value)| (keyword, value))
}

/// Which values a keyword is about, where it says nothing of others.
pub fn about(name: &str, value: Option<&Value>) -> Option<Of> {
    match value.and_then(Value::as_str).filter(|_| name == format::NAME) {
        Some(format) => Some(format::about(format)),
        None => named(checks::kept(name).unwrap_or(name))?.about,
    }
}

/// How `allOf` merges a keyword. An extension that nothing here knows describes; all else that nothing knows restricts.
pub fn merge_of(name: &str) -> Merge {
    match named(name) {
        Some(keyword) => keyword.merge,
        None if name.starts_with("x-") => Merge::Outermost,
        None => Merge::Agreed,
    }
}

/// What a schema restricts by itself: its `allOf` and annotations aside.
pub fn constraints(schema: &Value) -> Map<String, Value> {
    let restricts = |name: &str| !matches!(merge_of(name), Merge::Outermost | Merge::Apart);
    let members = schema.as_object().into_iter().flatten();
    members.filter(|(name, _)| restricts(name)).map(|(name, value)| (name.clone(), value.clone())).collect()
}

impl Merge {
    /// Merges a keyword's second value into its first; `None` where one schema cannot say both.
    pub fn apply(self, first: &mut Value, second: &Value) -> Option<()> {
        let takes_second = match self {
            Self::Apart => false,
            Self::Outermost => true,
            _ if first == second => false,
            Self::Agreed => return None,
            Self::Smallest => first.as_f64()? > second.as_f64()?,
            Self::Largest => first.as_f64()? < second.as_f64()?,
            Self::By(merge) => return merge(first, second),
        };
        if takes_second {
            *first = second.clone();
        }
        Some(())
    }
}

impl Keyword {
    /// A keyword that describes and restricts nothing: the derived schema copies it.
    const fn annotation(name: &'static str, value: Shape) -> Self {
        Self {
            name,
            value,
            merge: Merge::Outermost,
            about: None,
            rule: None,
            derived: Derived::Annotation,
            words: Words::None,
            also: |_| &[],
        }
    }

    /// A keyword that decides which Rust type a schema becomes, and that this type says by itself.
    const fn structural(name: &'static str, value: Shape) -> Self {
        Self {
            name,
            value,
            merge: Merge::Agreed,
            about: None,
            rule: None,
            derived: Derived::ByType,
            words: Words::None,
            also: |_| &[Claim::Type],
        }
    }

    /// A keyword that restricts the values of one type by a rule of the runtime; the derived schema copies it.
    const fn assertion(name: &'static str, value: Shape, rule: Rule, limit: &'static str) -> Self {
        Self {
            name,
            value,
            merge: Merge::Agreed,
            about: Some(rule.of),
            rule: Some(rule),
            derived: Derived::Constraint,
            words: Words::Limit(limit),
            also: |_| &[],
        }
    }

    /// An assertion about strings, which gives a string a type of its own; that type's rules are in its derived schema.
    const fn of_strings(name: &'static str, value: Shape, rule: Rule, limit: &'static str) -> Self {
        Self { derived: Derived::ByType, also: |_| &[Claim::Type], ..Self::assertion(name, value, rule, limit) }
    }

    /// With another way to merge it.
    const fn merged(mut self, merge: Merge) -> Self {
        self.merge = merge;
        self
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_name_stands_once() {
        let mut names: Vec<&str> = all().map(|keyword| keyword.name).collect();
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn the_stricter_of_two_limits_is_what_both_say() {
        for (name, first, second, both) in [
            ("maxLength", json!(5), json!(3), Some(json!(3))),
            ("minItems", json!(5), json!(3), Some(json!(5))),
            ("x-maxBytes", json!(5), json!(3), Some(json!(3))),
            ("uniqueItems", json!(false), json!(true), Some(json!(true))),
            ("enum", json!(["a", "b"]), json!(["b", "c"]), Some(json!(["b"]))),
            ("required", json!(["a"]), json!(["b", "a"]), Some(json!(["a", "b"]))),
            ("additionalProperties", json!(true), json!(false), Some(json!(false))),
            ("additionalProperties", json!({ "type": "string" }), json!(false), Some(json!(false))),
            ("additionalProperties", json!({ "type": "string" }), json!(true), Some(json!({ "type": "string" }))),
            (
                "additionalProperties",
                json!({ "a": 1 }),
                json!({ "b": 2 }),
                Some(json!({ "allOf": [{ "a": 1 }, { "b": 2 }] })),
            ),
            ("description", json!("inner"), json!("outer"), Some(json!("outer"))),
            ("pattern", json!("a"), json!("b"), Some(json!(["a", "b"]))),
            ("x-unheard-of", json!(1), json!(2), Some(json!(2))),
            ("unheardOf", json!(1), json!(2), None),
        ] {
            let mut merged = first;
            let could = merge_of(name).apply(&mut merged, &second);
            assert_eq!(could.map(|()| merged), both, "{name}");
        }
    }
}
