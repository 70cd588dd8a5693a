//! `oneOf` and `anyOf`: alternatives, alone or beside what holds for all of them.

use serde_json::{Map, Value, json};

use super::families::{self, Tags, component_of};
use super::references::{members as all_members, reference};
use super::{Content, Read, Reader};
use crate::document::{Place, Pointer};
use crate::keyword::alternatives::only_require;
use crate::keyword::nullable::is_only_null;
use crate::keyword::{Merge, constraints, merge_of};
use crate::model::{Alternative, Discriminator, Names, Shape, TypeRef, Union, UnionKeyword};

/// The variant that holds what fits no alternative.
const OTHER: &str = "Other";

impl Reader<'_> {
    /// Alternatives, and what stands beside them: that holds for each, so each is read together with it.
    pub(super) fn alternatives(&mut self, schema: &Value, keyword: &str, at: &Pointer, ident: &str) -> Content {
        let members = schema.get(keyword).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let mut beside = constraints(schema);
        beside.remove(keyword);
        // The alternatives say what type they are themselves, or none does.
        if beside.is_empty() || (beside.keys().eq(["type"]) && members.iter().all(says_its_type)) {
            return self.union(schema, (keyword, members), None, at, ident);
        }
        let is_struct = !["oneOf", "anyOf"].iter().any(|other| beside.contains_key(*other));
        let declared = beside.get("properties").and_then(Value::as_object).filter(|_| is_struct);
        if let Some(declared) = declared.filter(|declared| !declared.is_empty() && only_require(schema, keyword)) {
            // Only a struct that keeps what is not declared can tell whether it is there.
            let mut required = members.iter().filter_map(|member| member.get("required")?.as_array()).flatten();
            let is_other = required.any(|name| name.as_str().is_some_and(|name| !declared.contains_key(name)));
            if is_other && !beside.contains_key("additionalProperties") {
                beside.insert("additionalProperties".to_owned(), Value::Bool(true));
            }
            return match self.content(&Value::Object(beside), at, ident) {
                Content::Shape(shape, Some(mut merged)) => {
                    if let (Some(merged), Some(members)) = (merged.as_object_mut(), schema.get(keyword)) {
                        merged.insert(keyword.to_owned(), members.clone());
                    }
                    Content::Shape(shape, Some(merged))
                }
                content => content,
            };
        }
        // One that leads back here would be read together with itself without an end.
        let targets: Vec<&str> = members.iter().filter_map(reference).collect();
        if targets.iter().any(|target| self.expanded.iter().any(|expanded| expanded == target)) {
            return self.untyped(at);
        }
        let before = self.expanded.len();
        self.expanded.extend(targets.into_iter().map(str::to_owned));
        let content = self.union(schema, (keyword, members), Some(&beside), at, ident);
        self.expanded.truncate(before);
        content
    }

    fn union(
        &mut self,
        schema: &Value,
        (keyword, members): (&str, &[Value]),
        beside: Option<&Map<String, Value>>,
        at: &Pointer,
        ident: &str,
    ) -> Content {
        // Taken first, so that no alternative that a later document lists gives it another name.
        let mut names = Names::reserving(&[OTHER]);
        let mut variants: Vec<Alternative> = Vec::new();
        let mut targets = Vec::new();
        for (index, member) in members.iter().enumerate() {
            if is_only_null(member) {
                continue;
            }
            let place = at.join(keyword).join(index);
            let title = member.get("title").and_then(Value::as_str).filter(|title| title.len() <= 40);
            let target = reference(member).unwrap_or_default();
            // An alternative that does not declare the tag holds it here.
            let tag = if beside.is_none() { self.undeclared_tag(schema, member) } else { None };
            let before = self.expanded.len();
            self.expanded.extend(tag.is_some().then(|| target.to_owned()));
            let beside = beside.or(tag.as_ref());
            let Read { ty, merged, nullable, .. } = match beside {
                None => {
                    let hint = title.map_or_else(|| format!("{ident} {}", index + 1), str::to_owned);
                    self.read(member, &place, &hint)
                }
                Some(beside) => {
                    let name = title.or_else(|| target.rsplit('/').next()).filter(|name| !name.is_empty());
                    let hint = format!("{ident} {}", name.map_or_else(|| (index + 1).to_string(), str::to_owned));
                    self.read(&json!({ "allOf": [beside, member] }), &place, &hint)
                }
            };
            self.expanded.truncate(before);
            if ty == TypeRef::Any {
                return self.untyped(at);
            }
            let schema = merged.unwrap_or_else(|| super::references::target(self.root, member).clone());
            let is_same = |known: &Alternative| known.ty == ty && constraints(&known.schema) == constraints(&schema);
            if variants.iter().any(is_same) {
                continue;
            }
            let place = Place::in_root(place);
            let (ident, listed) = (names.claim(&alternative_name(&ty)), beside.map(|_| member.clone()));
            variants.push(Alternative { ident, ty, place, schema, nullable, listed });
            targets.push(target.to_owned());
        }
        let discriminator = discriminator(schema, &targets);
        // What has to name the only alternative makes a union of it.
        if let ([only], None) = (variants.as_slice(), &discriminator) {
            return Content::Type(only.ty.clone(), Some(beside_the_only(schema, &only.schema)));
        }
        if variants.is_empty() {
            return self.untyped(at);
        }
        let keyword = if keyword == "oneOf" { UnionKeyword::OneOf } else { UnionKeyword::AnyOf };
        Content::Shape(Shape::Union(Union { variants, other: OTHER.to_owned(), keyword, discriminator }), None)
    }

    /// What the place of a parent can hold: its children, and its plain object where a tag may mean that.
    pub(super) fn family(&mut self, schema: &Value, at: &Pointer, ident: &str) -> Option<Content> {
        let property = families::property(schema)?.to_owned();
        let relatives = self.families.relatives(at)?;
        let (mut names, mut variants) = (Names::reserving(&[OTHER]), Vec::new());
        let mut discriminator = Discriminator { property, values: Vec::new(), absent: Vec::new() };
        let mut add = |ty: TypeRef, tags: Vec<String>, absent: bool| {
            let (place, schema) = (Place::in_root(at.clone()), Value::Null);
            let ident = names.claim(&alternative_name(&ty));
            variants.push(Alternative { ident, ty, place, schema, nullable: false, listed: None });
            discriminator.values.push(Some(tags));
            discriminator.absent.push(absent);
        };
        for relative in relatives {
            add(self.refer(&relative.place().to_reference()), relative.tags, false);
        }
        let own = self.families.own_tags(at);
        let mut plain = schema.clone();
        if let Some(plain) = plain.as_object_mut() {
            plain.retain(|keyword, _| !["discriminator", "oneOf", "anyOf", "nullable"].contains(&keyword.as_str()));
        }
        let optional = !self.requires(&plain, families::property(schema)?);
        if optional || !own.is_empty() {
            add(self.read(&plain, at, &format!("{ident} base")).ty, own, optional);
        }
        let union = Union {
            variants,
            other: OTHER.to_owned(),
            keyword: UnionKeyword::Family,
            discriminator: Some(discriminator),
        };
        Some(Content::Shape(Shape::Union(union), None))
    }

    /// The property of a union's discriminator as a schema, where an alternative neither declares it nor keeps or refuses what it does
    /// not declare.
    fn undeclared_tag(&self, union: &Value, alternative: &Value) -> Option<Map<String, Value>> {
        let property = families::property(union)?;
        let target = reference(alternative)?;
        let members = all_members(self.root, alternative, &Pointer::root())?;
        let says = |keyword: &str| members.iter().any(|(member, _)| member.get(keyword).is_some());
        let declares = |(member, _): &(&Value, Pointer)| {
            let required = member.get("required").and_then(Value::as_array).into_iter().flatten();
            member.get("properties").is_some_and(|properties| properties.get(property).is_some())
                || required.into_iter().any(|name| name == property)
        };
        let is_plain = says("properties")
            && !["additionalProperties", "oneOf", "anyOf", "discriminator"].iter().any(|one| says(one));
        let is_free = is_plain && !members.iter().any(declares) && !self.expanded.iter().any(|one| one == target);
        is_free.then(|| {
            let tag = json!({ "properties": { property: { "type": "string" } } });
            tag.as_object().cloned().unwrap_or_default()
        })
    }

    /// Whether a schema, or a member of its `allOf`, requires a property.
    fn requires(&self, schema: &Value, property: &str) -> bool {
        let all = all_members(self.root, schema, &Pointer::root());
        let names = all.into_iter().flatten().filter_map(|(member, _)| member.get("required")?.as_array());
        names.flatten().any(|name| name == property)
    }
}

/// Whether a schema leaves to no other of what type its values are.
fn says_its_type(schema: &Value) -> bool {
    ["$ref", "type", "enum", "properties", "allOf", "oneOf", "anyOf"]
        .iter()
        .any(|keyword| schema.get(*keyword).is_some())
}

/// The only alternative, described by the schema that lists it.
fn beside_the_only(schema: &Value, only: &Value) -> Value {
    let mut said = only.as_object().cloned().unwrap_or_default();
    let outer = schema.as_object().into_iter().flatten();
    let describing = outer.filter(|(name, _)| matches!(merge_of(name), Merge::Outermost));
    said.extend(describing.map(|(name, value)| (name.clone(), value.clone())));
    said.into()
}

fn alternative_name(ty: &TypeRef) -> String {
    match ty {
        TypeRef::Bool => "Boolean".to_owned(),
        TypeRef::Integer(_) => "Integer".to_owned(),
        TypeRef::F64 => "Number".to_owned(),
        TypeRef::String => "String".to_owned(),
        TypeRef::Any => "Value".to_owned(),
        TypeRef::Vec(_) => "List".to_owned(),
        TypeRef::Map(_) => "Map".to_owned(),
        TypeRef::Format(name) => name.clone(),
        TypeRef::Named(ident) => ident.clone(),
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => alternative_name(inner),
    }
}

/// A mapping names a schema by reference or by component name; a component that no mapping names goes by its own. What has no
/// name can have no tag.
fn discriminator(schema: &Value, targets: &[String]) -> Option<Discriminator> {
    let property = families::property(schema)?.to_owned();
    let tags = Tags::of(schema);
    let values = targets.iter().map(|target| component_of(target).filter(|name| !name.is_empty()));
    let values = values.map(|name| name.map(|name| tags.of_component(name))).collect();
    Some(Discriminator { property, values, absent: vec![true; targets.len()] })
}
