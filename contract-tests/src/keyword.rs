//! The keywords of schemas, one a file: its boundary cases, its strategy, and the edits that the suite must notice.
//!
//! Keywords that mean something only together share a file. A new keyword is a file and a line in [`ALL`]; what it
//! leaves out of its [`Keyword`] it has no part in.

mod access;
mod all_of;
mod alternatives;
mod bounds;
mod conditional;
mod contains;
mod default;
mod dependent;
mod discriminator;
mod enumeration;
mod format;
pub(crate) mod integers;
mod items;
mod kind;
mod length;
mod multiple_of;
mod names;
mod not;
mod pattern;
mod positions;
mod properties;
mod property_count;
mod unevaluated;

use serde_json::Value;

use crate::cases::{Enumerator, Fault, Variant};
use crate::document::{Conjunction, Document, DocumentError, Kind};
use crate::mutate::Operator;
use crate::oracle::Violation;
use crate::strategy::{Built, Strategies, StrategyError, Term};

pub(crate) use bounds::integer_variants;
pub(crate) use bounds::number_variants;
pub(crate) use kind::of_each_type;
pub(crate) use length::{Lengths, free as free_strings, plain as plain_string};
pub(crate) use names::matches;
pub(crate) use properties::UNDECLARED;

/// Every keyword. The first that builds a value of a schema does so, and one that claims a schema keeps those after it
/// from being asked for cases.
pub(crate) const ALL: &[Keyword] = &[
    not::KEYWORD,
    discriminator::KEYWORD,
    conditional::KEYWORD,
    alternatives::KEYWORD,
    kind::KEYWORD,
    enumeration::KEYWORD,
    all_of::KEYWORD,
    format::KEYWORD,
    pattern::KEYWORD,
    length::KEYWORD,
    bounds::KEYWORD,
    multiple_of::KEYWORD,
    positions::KEYWORD,
    contains::KEYWORD,
    items::KEYWORD,
    properties::KEYWORD,
    names::KEYWORD,
    dependent::KEYWORD,
    unevaluated::KEYWORD,
    property_count::KEYWORD,
    access::KEYWORD,
    default::KEYWORD,
];

/// Lists payloads for a schema at a depth.
pub(crate) type Enumerate<T> =
    for<'d> fn(&mut Enumerator<'d>, &Conjunction<'d>, usize) -> Result<Vec<T>, StrategyError>;

/// Builds the values of a schema at a depth; nothing where that is for another keyword to do.
pub(crate) type Build =
    for<'d> fn(&mut Strategies<'d>, &Conjunction<'d>, usize) -> Result<Option<Built>, StrategyError>;

/// From a keyword's value to the test of a payload; nothing where the keyword cannot have that value.
pub(crate) type Check = fn(&Value) -> Option<Box<dyn Fn(&Value) -> bool + Send + Sync>>;

/// A keyword, or some that mean something only together.
pub(crate) struct Keyword {
    /// How it is written, and what else it means something with.
    pub(crate) names: &'static [&'static str],
    /// The kind of the values that it is about, which it implies where `type` is missing.
    pub(crate) kind: Option<Kind>,
    /// Those of its names that JSON Schema knows under the same name and with the same value.
    pub(crate) copied: &'static [&'static str],
    /// Those of its names under which schemas stand.
    pub(crate) inner: &'static [(&'static str, Inner)],
    /// Whether OpenAPI 3.0 has no such keyword.
    pub(crate) is_later: bool,
    /// Those of its names that no JSON Schema validator knows, each with its test.
    pub(crate) checks: &'static [(&'static str, Check)],
    /// Whether it says everything about the values of a schema.
    pub(crate) claims: fn(&Conjunction<'_>) -> bool,
    /// Payloads at its boundaries.
    pub(crate) variants: Option<Enumerate<Variant>>,
    /// Payloads just beyond its boundaries, each with that one fault.
    pub(crate) faults: Option<Enumerate<Fault>>,
    /// Builds values.
    pub(crate) source: Option<Build>,
    /// What it asks of strings, as expressions.
    pub(crate) terms: Option<fn(&Conjunction<'_>) -> Vec<Term>>,
    /// Its edits.
    pub(crate) operators: &'static [Operator],
}

/// How schemas stand under a keyword.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Inner {
    /// One; `true` or `false` where these are no schemas of OpenAPI 3.0 either.
    One,
    /// Several.
    List,
    /// Several under names.
    Map,
}

impl Keyword {
    /// A keyword that has no part in anything.
    pub(crate) const NONE: Self = Self {
        names: &[],
        kind: None,
        copied: &[],
        inner: &[],
        is_later: false,
        checks: &[],
        claims: |_| false,
        variants: None,
        faults: None,
        source: None,
        terms: None,
        operators: &[],
    };

    /// Whether it is about values of a kind.
    pub(crate) fn is_about(&self, kind: Option<Kind>) -> bool {
        self.kind.is_none_or(|own| kind.is_some_and(|kind| own.takes(kind)))
    }
}

/// Whether a keyword's value is a count, which [`count`](crate::document::count) reads.
pub(crate) fn is_count(name: &str) -> bool {
    let limits = ["minLength", "maxLength", "x-maxBytes", "minItems", "maxItems", "minProperties", "maxProperties"];
    limits.contains(&name)
}

/// How schemas stand under a keyword of this name.
pub(crate) fn inner(name: &str) -> Option<Inner> {
    let mut all = ALL.iter().flat_map(|keyword| keyword.inner);
    all.find(|(known, _)| *known == name).map(|(_, inner)| *inner)
}

/// Whether a keyword says nothing beside the type of its schema, since it is about values of another.
pub(crate) fn is_idle<'v>(name: &str, schema: impl Fn(&str) -> Option<&'v Value>) -> bool {
    let is_about = |kind: Kind| match schema("type") {
        None => true,
        Some(Value::Array(names)) => names.iter().any(|name| Kind::named(name).is_some_and(|one| kind.takes(one))),
        Some(name) => Kind::named(name).is_none_or(|one| kind.takes(one)),
    };
    // Those of one keyword are about values of two kinds.
    let name = match name {
        "unevaluatedItems" => "items",
        "unevaluatedProperties" => "properties",
        name => name,
    };
    let kind = ALL.iter().find(|keyword| keyword.names.contains(&name)).and_then(|keyword| keyword.kind);
    kind.is_some_and(|kind| !is_about(kind))
}

/// The value of a keyword with something made of each schema under it.
pub(crate) fn within(inner: Inner, value: &Value, of: impl Fn(&Value) -> Value) -> Value {
    match (inner, value) {
        (Inner::List, Value::Array(members)) => members.iter().map(of).collect(),
        (Inner::Map, Value::Object(members)) => members.iter().map(|(name, inner)| (name.clone(), of(inner))).collect(),
        (Inner::One, value) => of(value),
        _ => value.clone(),
    }
}

/// Whether a schema has keywords that no value is built by.
pub(crate) fn asks_more(schema: &Conjunction<'_>) -> bool {
    let unbuilt = ALL.iter().filter(|keyword| keyword.is_later && keyword.source.is_none());
    unbuilt.flat_map(|keyword| keyword.names).any(|name| !schema.all(name).is_empty())
}

/// Whether a violation is of what a type can say: neither of a property or an item of which only keywords speak that look at the
/// value, its names or its places, nor within one.
pub(crate) fn is_typed(
    schema: &Conjunction<'_>,
    document: &Document,
    violation: &Violation,
) -> Result<bool, DocumentError> {
    let (mut place, mut keyword) = (violation.pointer.clone(), violation.keyword.as_str());
    while let Some((parent, step)) = place.parent().filter(|_| document.is_3_1()) {
        if let Some(holder) = schema.inner(document, &parent)? {
            let said = |keyword: &str| !holder.all(keyword).is_empty();
            let is_map = said("additionalProperties") && !said("patternProperties");
            let is_typed = match keyword {
                "required" => holder.required().contains(&step.as_str()),
                _ if said("prefixItems") => false,
                _ if holder.names_others() && !is_map => holder.properties().contains(&step.as_str()),
                _ => true,
            };
            if !is_typed {
                return Ok(false);
            }
        }
        (place, keyword) = (parent, "");
    }
    Ok(true)
}

/// The kind that the keywords of a schema imply, where `type` is missing.
pub(crate) fn implied(schema: &Conjunction<'_>) -> Kind {
    let stated = |kind: &Kind| {
        let names = ALL.iter().filter(|keyword| keyword.kind == Some(*kind)).flat_map(|keyword| keyword.names);
        names.clone().any(|name| !schema.all(name).is_empty())
    };
    [Kind::Object, Kind::Array, Kind::String, Kind::Number].into_iter().find(stated).unwrap_or(Kind::Any)
}

/// What the keywords of a schema ask of its strings.
pub(crate) fn terms(schema: &Conjunction<'_>) -> Vec<Term> {
    ALL.iter().filter_map(|keyword| keyword.terms).flat_map(|terms| terms(schema)).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::ALL;

    #[test]
    fn each_name_is_of_one_keyword() {
        let names: Vec<&str> = ALL.iter().flat_map(|keyword| keyword.names).copied().collect();
        assert_eq!(names.len(), names.iter().collect::<BTreeSet<_>>().len());
        for keyword in ALL {
            let known = |name: &&str| keyword.names.contains(name);
            assert!(keyword.copied.iter().all(known) && keyword.checks.iter().all(|(name, _)| known(name)));
        }
    }
}
