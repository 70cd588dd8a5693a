//! Which properties of a payload a schema declares, and which a decoder may leave aside.

use serde_json::{Map, Value};

use super::{Conjunction, Document, DocumentError, Kind, Step};

/// How many alternatives are followed into one another.
const DEEPEST: usize = 16;

/// Who declares a property of an object.
enum Declaration<'d> {
    /// Nobody.
    None,
    /// Somebody, or it isn't plain who.
    Unknown,
    /// This schema.
    By(Conjunction<'d>),
}

impl<'d> Conjunction<'d> {
    /// The payload without the properties that no part declares, as a decoder leaves them aside. Where
    /// `additionalProperties` is a schema or `true`, they are declared.
    pub fn declared(&self, document: &'d Document, value: &Value) -> Result<Value, DocumentError> {
        match value {
            Value::Object(map) => {
                let mut kept = Map::new();
                for (name, inner) in map {
                    let inner = match self.declaration(document, name, Some(map), DEEPEST)? {
                        Declaration::None => continue,
                        Declaration::Unknown => inner.clone(),
                        Declaration::By(schema) => schema.declared(document, inner)?,
                    };
                    kept.insert(name.clone(), inner);
                }
                Ok(Value::Object(kept))
            }
            Value::Array(list) => match self.list(document, DEEPEST)? {
                Some(schema) => {
                    let items = schema.items(document)?;
                    list.iter().map(|item| items.declared(document, item)).collect()
                }
                None => Ok(value.clone()),
            },
            other => Ok(other.clone()),
        }
    }

    /// The schema of a list: this one, or the only alternative that is about lists.
    fn list(&self, document: &'d Document, depth: usize) -> Result<Option<Self>, DocumentError> {
        match self.kind() {
            Some(Kind::Array) => return Ok(Some(self.clone())),
            Some(Kind::Any) if depth > 0 => {}
            _ => return Ok(None),
        }
        let branches = self.alternatives().into_iter().flat_map(|alternative| alternative.branches);
        let lists = branches.map(|branch| Self::of(document, branch)?.list(document, depth - 1));
        let mut lists = lists.filter_map(Result::transpose);
        let first = lists.next().transpose()?;
        Ok(first.filter(|_| lists.next().is_none()))
    }

    /// Who declares a property of an object, where that is at hand: the schema itself, or else the first alternative that does.
    fn declaration(
        &self,
        document: &'d Document,
        name: &str,
        object: Option<&Map<String, Value>>,
        depth: usize,
    ) -> Result<Declaration<'d>, DocumentError> {
        let alternatives = if self.is_plain() { Vec::new() } else { self.alternatives() };
        let kind = self.kind();
        // What says nothing of its own is what its alternatives say.
        let through = kind == Some(Kind::Any) && self.properties().is_empty() && !alternatives.is_empty();
        if depth == 0 || !(kind == Some(Kind::Object) || through) {
            let is_no_object = |listed: Vec<&Value>| !listed.iter().any(|value| value.is_object());
            let other = kind.is_some_and(|kind| !matches!(kind, Kind::Any | Kind::Object))
                || self.listed().is_some_and(is_no_object);
            return Ok(if other && depth < DEEPEST { Declaration::None } else { Declaration::Unknown });
        }
        if self.declares(name) {
            return Ok(self.property(document, name)?.map_or(Declaration::Unknown, Declaration::By));
        }
        let branches: Vec<_> = alternatives.into_iter().flat_map(|alternative| alternative.branches).collect();
        if kind == Some(Kind::Object) && branches.iter().any(|branch| is_without(branch.value, object)) {
            return Ok(Declaration::None);
        }
        // Whose alternative says nothing of other properties than the schema itself has no say in which there are.
        let branches =
            branches.into_iter().filter(|branch| kind != Some(Kind::Object) || !self.is_narrowed(branch.value));
        let branches = branches.map(|branch| Self::of(document, branch)).collect::<Result<Vec<_>, _>>()?;
        let mut named = Vec::new();
        for branch in &branches {
            named.push(branch.is_named(document, object)?);
        }
        // A tag that names nobody tells nothing.
        let is_any = !named.contains(&true);
        for (branch, _) in branches.into_iter().zip(named).filter(|(_, is_named)| is_any || *is_named) {
            match branch.declaration(document, name, object, depth - 1)? {
                Declaration::None => {}
                found => return Ok(found),
            }
        }
        Ok(Declaration::None)
    }

    /// Whether no listed value of a property, such as a tag, tells an object to be none of this schema's.
    fn is_named(&self, document: &'d Document, object: Option<&Map<String, Value>>) -> Result<bool, DocumentError> {
        for (name, value) in object.into_iter().flatten().filter(|(_, value)| value.is_string()) {
            if !self.properties().contains(&name.as_str()) {
                continue;
            }
            let listed = self.property(document, name)?.and_then(|property| property.listed());
            if listed.is_some_and(|listed| !listed.iter().any(|one| **one == *value)) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether a decoder may leave aside what stands at a place of a payload: what [`Conjunction::declared`] is without, asked
    /// of one place, so that the rest of a payload costs nothing.
    pub fn leaves_aside(&self, document: &'d Document, place: &[Step<'_>]) -> Result<bool, DocumentError> {
        let mut here = self.clone();
        for step in place {
            here = match step {
                Step::Name(name) => match here.declaration(document, name, None, DEEPEST)? {
                    Declaration::None => return Ok(true),
                    Declaration::Unknown => return Ok(false),
                    Declaration::By(schema) => schema,
                },
                Step::Index(_) => match here.list(document, DEEPEST)? {
                    Some(schema) => schema.items(document)?,
                    None => return Ok(false),
                },
            };
        }
        Ok(false)
    }

    /// Whether some part describes a property, by its name or with whatever else there is.
    pub fn declares(&self, name: &str) -> bool {
        self.open() || self.properties().contains(&name)
    }

    /// Whether no alternative declares a property: those that only say which must be there do not.
    fn is_plain(&self) -> bool {
        ["oneOf", "anyOf"].iter().flat_map(|keyword| self.all(keyword)).all(|found| {
            found.value.as_array().is_some_and(|members| members.iter().all(|member| self.is_narrowed(member)))
        })
    }

    /// Whether an alternative only says which of the declared properties there must be, or must not, and what these hold.
    fn is_narrowed(&self, alternative: &Value) -> bool {
        let is_declared = |properties: &Value| {
            let known = self.properties();
            properties.as_object().is_some_and(|names| names.keys().all(|name| known.contains(&name.as_str())))
        };
        alternative.as_object().is_some_and(|alternative| {
            !alternative.is_empty()
                && alternative.iter().all(|(keyword, value)| match keyword.as_str() {
                    "required" | "title" | "description" => true,
                    "not" => self.is_narrowed(value),
                    "properties" => is_declared(value),
                    _ => false,
                })
        })
    }

    /// Whether some part asks for properties beyond the declared ones.
    pub fn open(&self) -> bool {
        let others =
            ["additionalProperties", "unevaluatedProperties"].into_iter().flat_map(|keyword| self.all(keyword));
        let mut open = others.filter(|found| found.value != &Value::Bool(false));
        open.next().is_some() || self.names_others()
    }

    /// Whether a keyword that looks at names, or at the whole value, says something of properties that are not declared.
    pub fn names_others(&self) -> bool {
        let declared = self.properties();
        let is_other = |part: &Value| {
            let names =
                part.get("properties").and_then(Value::as_object).into_iter().flatten().map(|(name, _)| name.as_str());
            let required =
                part.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
            names.chain(required).any(|name| !declared.contains(&name))
        };
        let conditional =
            ["if", "then", "else"].into_iter().flat_map(|keyword| self.all(keyword)).map(|found| found.value);
        let dependent = self.parts.iter().flat_map(|part| part.members("dependentSchemas")).map(|found| found.value);
        ["patternProperties", "propertyNames"].into_iter().any(|keyword| !self.all(keyword).is_empty())
            || conditional.chain(dependent).any(is_other)
    }
}

/// Whether an alternative is the one for objects without a property, such as a tag, and this is one of them.
fn is_without(alternative: &Value, object: Option<&Map<String, Value>>) -> bool {
    let names = || alternative.get("not")?.get("required")?.as_array();
    object
        .zip(names())
        .is_some_and(|(object, names)| names.iter().filter_map(Value::as_str).any(|name| !object.contains_key(name)))
}
