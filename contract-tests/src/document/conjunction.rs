//! A schema as the list of plain schema objects that must all hold.
//!
//! References are followed and `allOf` is opened, so that whoever enumerates or generates values sees every keyword
//! that bears on a value, each with the place where it is written. What stands behind `oneOf`, `anyOf` and `not` stays
//! apart.

use serde_json::{Map, Value, json};

use super::{Document, DocumentError, Located, OR_NULL, Pointer, TAGGED};
use crate::keyword;

/// Schema objects, free of `$ref` and `allOf`, that must all hold.
#[derive(Debug, Clone)]
pub struct Conjunction<'d> {
    /// The objects, the one that was asked for first.
    pub parts: Vec<Part<'d>>,
    /// The `oneOf` and `anyOf` of which a branch was chosen.
    settled: Vec<Pointer>,
}

/// One plain schema object.
#[derive(Debug, Clone)]
pub struct Part<'d> {
    /// Where it stands.
    pub pointer: Pointer,
    /// Its keywords.
    pub object: &'d Map<String, Value>,
    /// Whether null passes it whatever it says.
    pub or_null: bool,
}

/// One `oneOf` or `anyOf`.
#[derive(Debug, Clone)]
pub struct Alternatives<'d> {
    /// `oneOf` or `anyOf`.
    pub keyword: &'static str,
    /// The one of the two that the document says: where tags tell the branches apart, they are any of them.
    pub blamed: &'d str,
    /// Where it stands.
    pub pointer: Pointer,
    /// What can be chosen.
    pub branches: Vec<Located<'d>>,
}

/// What a value can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Nothing says what it is.
    Any,
    /// `true` or `false`.
    Boolean,
    /// A number without a fraction.
    Integer,
    /// Any number.
    Number,
    /// Text.
    String,
    /// A list.
    Array,
    /// Properties.
    Object,
}

impl Kind {
    /// The kind that `type` names.
    pub fn named(name: &Value) -> Option<Self> {
        Some(match name.as_str()? {
            "boolean" => Self::Boolean,
            "integer" => Self::Integer,
            "number" => Self::Number,
            "string" => Self::String,
            "array" => Self::Array,
            "object" => Self::Object,
            _ => return None,
        })
    }

    /// Whether values of another kind are of this one.
    pub fn takes(self, other: Self) -> bool {
        self == other || (self, other) == (Self::Number, Self::Integer)
    }
}

impl<'d> Conjunction<'d> {
    /// The conjunction that a schema is.
    pub fn of(document: &'d Document, schema: Located<'d>) -> Result<Self, DocumentError> {
        Self::anything().and(document, schema)
    }

    /// No demand at all.
    pub fn anything() -> Self {
        Self { parts: Vec::new(), settled: Vec::new() }
    }

    /// This and one schema more.
    pub fn and(&self, document: &'d Document, schema: Located<'d>) -> Result<Self, DocumentError> {
        let mut parts = self.parts.clone();
        open(document, schema, false, &mut Vec::new(), &mut parts)?;
        Ok(Self { parts, settled: self.settled.clone() })
    }

    /// This and one branch of some alternatives, which are settled then.
    pub fn choose(
        &self,
        document: &'d Document,
        alternatives: &Alternatives<'d>,
        branch: Located<'d>,
    ) -> Result<Self, DocumentError> {
        self.settle(document, &alternatives.pointer, vec![branch])
    }

    /// This and more schemas, by which what stands at a place is settled.
    pub fn settle(
        &self,
        document: &'d Document,
        settled: &Pointer,
        more: Vec<Located<'d>>,
    ) -> Result<Self, DocumentError> {
        let mut all = more.into_iter().try_fold(self.clone(), |all, schema| all.and(document, schema))?;
        all.settled.push(settled.clone());
        Ok(all)
    }

    /// Whether what stands at a place is settled.
    pub fn has_settled(&self, pointer: &Pointer) -> bool {
        self.settled.contains(pointer)
    }

    /// Every `oneOf` and `anyOf` that isn't settled yet.
    pub fn alternatives(&self) -> Vec<Alternatives<'d>> {
        let mut found = Vec::new();
        for part in &self.parts {
            for keyword in ["oneOf", "anyOf"] {
                let pointer = part.pointer.child(keyword);
                if part.object.contains_key(keyword) && !self.settled.contains(&pointer) {
                    let branches = part.members(keyword);
                    let listed = part.object.get(TAGGED).and_then(|tagged| tagged.get("listed")?.as_str());
                    found.push(Alternatives { keyword, blamed: listed.unwrap_or(keyword), pointer, branches });
                }
            }
        }
        found
    }

    /// Every `not`.
    pub fn refused(&self) -> Vec<Located<'d>> {
        self.all("not")
    }

    /// Every place where a keyword is written.
    pub fn all(&self, keyword: &str) -> Vec<Located<'d>> {
        self.parts.iter().filter_map(|part| part.get(keyword)).collect()
    }

    /// What the value is, from `type` or, where that is missing, from the keywords that only make sense for one type.
    /// Nothing where two parts contradict each other.
    pub fn kind(&self) -> Option<Kind> {
        let mut kind = Kind::Any;
        for part in self.all("type") {
            let stated = Kind::named(part.value)?;
            kind = match (kind, stated) {
                (Kind::Any, stated) => stated,
                (Kind::Integer, Kind::Number) | (Kind::Number, Kind::Integer) => Kind::Integer,
                (known, stated) if known == stated => known,
                _ => return None,
            };
        }
        if kind != Kind::Any {
            return Some(kind);
        }
        Some(keyword::implied(self))
    }

    /// Whether `null` passes `type`; `nullable` counts only beside a `type` (OpenAPI 3.0.3).
    pub fn nullable(&self) -> bool {
        let is_nullable = |part: &Part<'_>| part.object.get("nullable") == Some(&Value::Bool(true));
        self.parts.iter().all(|part| part.or_null || !part.object.contains_key("type") || is_nullable(part))
    }

    /// Whether something says that null is a value, and nothing that it isn't.
    pub fn takes_null(&self) -> bool {
        self.nullable() && (self.typed() || self.parts.iter().any(|part| part.or_null))
    }

    /// Whether something says what type the value has.
    pub fn typed(&self) -> bool {
        !self.all("type").is_empty()
    }

    /// The values that every `enum` lists; nothing where there is no `enum`.
    pub fn listed(&self) -> Option<Vec<&'d Value>> {
        let mut lists = self.all("enum").into_iter();
        let first: Vec<&'d Value> = lists.next()?.value.as_array()?.iter().collect();
        let rest: Vec<_> = lists.filter_map(|list| list.value.as_array()).collect();
        Some(first.into_iter().filter(|value| rest.iter().all(|list| list.contains(value))).collect())
    }

    /// The smallest of the numbers that a keyword gives.
    pub fn least(&self, keyword: &str) -> Option<u64> {
        self.all(keyword).iter().filter_map(|limit| count(limit.value)).min()
    }

    /// The largest of the numbers that a keyword gives.
    pub fn greatest(&self, keyword: &str) -> Option<u64> {
        self.all(keyword).iter().filter_map(|limit| count(limit.value)).max()
    }

    /// How many of something two keywords allow at least and at most.
    pub fn counts(&self, least: &str, most: &str) -> (usize, usize) {
        let limit = |limit: u64| usize::try_from(limit).unwrap_or(usize::MAX);
        (self.greatest(least).map_or(0, limit), self.least(most).map_or(usize::MAX, limit))
    }

    /// The first text that a keyword gives.
    pub fn text(&self, keyword: &str) -> Option<&'d str> {
        self.all(keyword).first().and_then(|found| found.value.as_str())
    }

    /// The names of the declared properties, each once, in the order in which they are written.
    pub fn properties(&self) -> Vec<&'d str> {
        let mut names: Vec<&'d str> = Vec::new();
        for map in self.all("properties").iter().filter_map(|found| found.value.as_object()) {
            for name in map.keys() {
                if !names.contains(&name.as_str()) {
                    names.push(name);
                }
            }
        }
        names
    }

    /// The names that `required` lists, each once.
    pub fn required(&self) -> Vec<&'d str> {
        let mut names: Vec<&'d str> = Vec::new();
        let lists = self.all("required").into_iter().filter_map(|list| list.value.as_array());
        for name in lists.flatten().filter_map(Value::as_str) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// What a property must be, declared or not; nothing where a part forbids it.
    pub fn property(&self, document: &'d Document, name: &str) -> Result<Option<Self>, DocumentError> {
        let mut all = Self::anything();
        for part in &self.parts {
            let declared = part.get("properties").and_then(|map| map.get(name));
            let by_pattern = part.object.get("patternProperties").and_then(Value::as_object).into_iter().flatten();
            let by_pattern = by_pattern.filter(|(pattern, _)| document.is_3_1() && keyword::matches(pattern, name));
            let place = part.pointer.child("patternProperties");
            let by_pattern = by_pattern.map(|(pattern, value)| Located { pointer: place.child(pattern), value });
            let mut said: Vec<Located<'d>> = declared.into_iter().chain(by_pattern).collect();
            if said.is_empty() {
                said.extend(part.get("additionalProperties"));
            }
            for schema in said {
                match schema.value {
                    Value::Bool(false) => return Ok(None),
                    // The same in the words of 3.0.
                    Value::Object(refused) if refused.len() == 1 && refused.get("not") == Some(&json!({})) => {
                        return Ok(None);
                    }
                    Value::Object(_) => all = all.and(document, schema)?,
                    _ => {}
                }
            }
        }
        Ok(Some(all))
    }

    /// What an item must be.
    pub fn items(&self, document: &'d Document) -> Result<Self, DocumentError> {
        self.all("items").into_iter().try_fold(Self::anything(), |all, schema| all.and(document, schema))
    }

    /// The schema of what stands at a place of a payload; nothing where `oneOf` or `anyOf` stands between.
    pub fn inner(&self, document: &'d Document, place: &Pointer) -> Result<Option<Self>, DocumentError> {
        let mut here = self.clone();
        for step in place.steps() {
            if !here.alternatives().is_empty() {
                return Ok(None);
            }
            let next = match here.kind() {
                Some(Kind::Object) => here.property(document, &step)?,
                Some(Kind::Array) => Some(here.items(document)?),
                _ => None,
            };
            let Some(next) = next else { return Ok(None) };
            here = next;
        }
        Ok(Some(here))
    }

    /// Each part as a conjunction of its own.
    pub fn apart(&self) -> impl Iterator<Item = Self> {
        self.parts.iter().map(|part| Self { parts: vec![part.clone()], settled: self.settled.clone() })
    }

    /// A name for the whole, the same for the same demands.
    pub fn key(&self) -> String {
        let parts = self.parts.iter().map(|part| &part.pointer);
        parts.chain(&self.settled).map(Pointer::as_str).collect::<Vec<_>>().join(" ")
    }

    /// Where the first demand is written.
    pub fn pointer(&self) -> Pointer {
        self.parts.first().map(|part| part.pointer.clone()).unwrap_or_default()
    }
}

impl<'d> Part<'d> {
    /// A keyword of this part.
    pub fn get(&self, keyword: &str) -> Option<Located<'d>> {
        self.object.get(keyword).map(|value| Located { pointer: self.pointer.child(keyword), value })
    }

    /// What is in the object or the list under a keyword.
    pub fn members(&self, keyword: &str) -> Vec<Located<'d>> {
        let here = self.get(keyword);
        here.iter().flat_map(Located::all).collect()
    }
}

fn open<'d>(
    document: &'d Document,
    schema: Located<'d>,
    or_null: bool,
    path: &mut Vec<Pointer>,
    parts: &mut Vec<Part<'d>>,
) -> Result<(), DocumentError> {
    let schema = document.resolve(schema)?;
    if path.contains(&schema.pointer) {
        return Err(DocumentError::Cycle { pointer: schema.pointer });
    }
    let object = schema.object()?;
    if parts.iter().any(|part| part.pointer == schema.pointer) {
        return Ok(());
    }
    let or_null = or_null || object.contains_key(OR_NULL);
    parts.push(Part { pointer: schema.pointer.clone(), object, or_null });
    path.push(schema.pointer.clone());
    for member in schema.members("allOf") {
        open(document, member, or_null, path, parts)?;
    }
    path.pop();
    Ok(())
}

/// A limit on a count, which may be written as `1e3`; one beyond all counts is the greatest.
pub fn count(limit: &Value) -> Option<u64> {
    let whole = |float: &f64| float.fract() == 0.0 && *float >= 0.0;
    limit.as_u64().or_else(|| limit.as_f64().filter(whole).map(|float| float as u64))
}
