//! What of the document a reader is to be told, as topics: each with its names, its facts, and the topics within it.
//!
//! Whatever the document says is a fact, by a walk that knows few keywords: prose, names, numbers and values as they are, and
//! for what is none of these any of the usual words. Nothing here is a sentence.

use serde_json::{Map, Value};

use super::markdown::{blocks, code, plain};
use super::told::END;
use super::words::{has_like, words};
use crate::document::{MAPS, METHODS, MediaKind, Reader};
use crate::keyword::is_idle;

/// How deep schemas without names are told; deeper, a reader turns to their types.
const DEEPEST: usize = 4;

/// Schemas that are told of by themselves.
const NESTED: [&str; 6] = ["allOf", "oneOf", "anyOf", "items", "properties", "additionalProperties"];

/// Schemas that a value is held against, which are told of the value itself.
#[rustfmt::skip]
const CHECKS: [&str; 9] = [
    "not", "contains", "propertyNames", "if", "then", "else", "prefixItems", "patternProperties", "dependentSchemas",
];

/// What has something by names, beside what does so wherever it stands.
const NAMED: [&str; 5] = ["scopes", "webhooks", "dependentRequired", "patternProperties", "dependentSchemas"];

/// Something that is documented at one place.
#[derive(Debug, Default, Clone, PartialEq, Eq, Hash)]
pub struct Topic {
    /// Where it stands in the document, for reports.
    pub place: String,
    /// What a reader finds it by: one of these.
    pub names: Vec<String>,
    /// What is to be told there.
    pub facts: Vec<Fact>,
    /// What may be told there beside the facts.
    pub allowed: Vec<String>,
    /// Whether the document might describe it and does not.
    pub undescribed: bool,
    /// The topics within it.
    pub parts: Vec<Topic>,
}

/// One fact: a keyword, and what tells it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Fact {
    pub keyword: String,
    /// As a reader sees it; one of these, or of prose all.
    pub any: Vec<String>,
    pub how: How,
}

/// How a fact is told.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum How {
    /// By the document's own prose, block by block.
    Prose,
    /// As a whole.
    Whole,
    /// By a word that begins so.
    Stem,
    /// In a clause that speaks of the same, and not of its like instead.
    Beside,
    /// By an example that is the same value.
    Example(Value),
}

impl Topic {
    /// A topic of which nothing is told yet.
    pub fn at(place: impl ToString, names: &[&str]) -> Self {
        Self { place: place.to_string(), names: names.iter().map(|name| plain(name)).collect(), ..Self::default() }
    }

    /// The topic of an object, without these of its members.
    pub fn of(reader: &Reader<'_, '_>, names: &[&str], skipped: &[&str]) -> Self {
        let mut topic = Self::at(reader.pointer(), names);
        topic.members(reader, skipped, 0);
        // A summary that the description begins with is told by it.
        let described = topic.facts.iter().find(|fact| fact.keyword == "description").and_then(|fact| fact.any.first());
        if let Some(described) = described.cloned() {
            topic
                .facts
                .retain(|fact| fact.keyword != "summary" || !fact.any.iter().all(|one| described.starts_with(one)));
        }
        topic.undescribed |= !topic.has("description");
        topic
    }

    /// Whether there is a fact of a keyword.
    pub fn has(&self, keyword: &str) -> bool {
        self.facts.iter().any(|fact| fact.keyword == keyword)
    }

    /// The prose of this and of all within it, without what is one word.
    pub fn sentences(&self) -> Vec<&String> {
        let own = self.facts.iter().filter(|fact| fact.how == How::Prose).flat_map(|fact| &fact.any);
        let own = own.filter(|prose| prose.contains(' '));
        own.chain(self.parts.iter().flat_map(Self::sentences)).collect()
    }

    /// Adds a fact.
    pub fn tell(&mut self, keyword: &str, how: How, any: &[&str]) {
        let any = any.iter().map(|one| if how == How::Stem { (*one).to_owned() } else { plain(one) }).collect();
        self.facts.push(Fact { keyword: keyword.to_owned(), any, how });
    }

    /// Adds what is told by the usual words for a name.
    pub fn word(&mut self, keyword: &str, name: &str) {
        words(name).iter().for_each(|words| self.tell(keyword, How::Stem, words));
    }

    /// Adds prose, and the code that stands in it.
    pub fn prose(&mut self, keyword: &str, prose: Option<&str>) {
        let blocks: Vec<_> = prose.map(blocks).unwrap_or_default();
        self.allowed.extend(blocks.iter().flat_map(|block| code(&block.source)).map(plain));
        let told = blocks.iter().map(|block| block.plain.trim_end_matches(END));
        let any: Vec<String> = told.filter(|plain| !plain.is_empty()).map(str::to_owned).collect();
        if !any.is_empty() {
            self.facts.push(Fact { keyword: keyword.to_owned(), any, how: How::Prose });
        }
    }

    /// Adds a value, a number in more than one way.
    pub fn value(&mut self, keyword: &str, value: &Value) {
        match value {
            Value::String(string) => self.tell(keyword, How::Whole, &[string]),
            Value::Array(_) | Value::Object(_) => self.tell(keyword, How::Example(value.clone()), &[]),
            other => {
                let number = other.as_f64().map_or_else(|| other.to_string(), |number| number.to_string());
                self.tell(keyword, How::Whole, &[&other.to_string(), &number]);
            }
        }
    }

    /// Adds that a parameter or a body may be left out, where it may.
    pub fn optional(&mut self, reader: &Reader<'_, '_>) {
        if reader.flag("required") != Some(true) {
            self.word("required", "optional");
        }
    }

    /// Adds what another topic is told by: it may be told here too.
    pub fn allow(&mut self, other: Self) {
        self.allowed.extend(other.allowed.into_iter().chain(other.names));
        self.allowed.extend(other.facts.into_iter().filter(|fact| fact.how != How::Prose).flat_map(|fact| fact.any));
        other.parts.into_iter().for_each(|part| self.allow(part));
    }

    /// Adds what an object within says, or of a named schema the name.
    fn read(&mut self, reader: &Reader<'_, '_>, depth: usize) {
        match reader.component() {
            Some(component) => self.tell("schema", How::Whole, &[component]),
            None => self.members(reader, &[], depth),
        }
    }

    fn members(&mut self, reader: &Reader<'_, '_>, skipped: &[&str], depth: usize) {
        let names = reader.names().into_iter().chain(["x-maxBytes"]);
        names.filter(|key| !skipped.contains(key)).for_each(|key| self.member(reader, key, depth));
    }

    /// Adds a topic and all within it as facts of this one.
    fn fold(&mut self, other: Self) {
        if !other.names.is_empty() {
            self.facts.push(Fact { keyword: "name".into(), any: other.names, how: How::Whole });
        }
        self.facts.extend(other.facts);
        self.allowed.extend(other.allowed);
        other.parts.into_iter().for_each(|part| self.fold(part));
    }

    /// Adds what a member says; what says nothing beside the type of its schema may be told.
    pub fn member(&mut self, reader: &Reader<'_, '_>, key: &str, depth: usize) {
        let Some(value) = reader.peek(key).filter(|_| depth < DEEPEST) else { return };
        if is_idle(key, |key| reader.peek(key)) {
            let mut idle = Self::default();
            idle.told(reader, key, value, depth);
            return self.allow(idle);
        }
        self.told(reader, key, value, depth);
    }

    fn told(&mut self, reader: &Reader<'_, '_>, key: &str, value: &Value, depth: usize) {
        match key {
            "title" | "summary" | "description" => self.prose(key, reader.text(key)),
            // Whoever is called by several words.
            "name" if value.as_str().is_some_and(|name| name.contains(' ')) => self.prose(key, reader.text(key)),
            "example" | "default" | "value" => self.value(key, reader.value(key).unwrap_or(value)),
            "style" | "explode" => self.style(reader),
            _ if NESTED.contains(&key) => self.said(reader, key, value, depth + 1),
            _ if CHECKS.contains(&key) => {
                let mut check = Self::default();
                check.said(reader, key, value, depth + 1);
                self.fold(check);
            }
            "paths" => {}
            "openapi" | "version" | "termsOfService" | "url" | "email" | "name" | "in" | "scheme" | "bearerFormat"
            | "openIdConnectUrl" | "identifier" | "type" | "contentType" | "operationId" | "operationRef"
            | "externalValue" | "format" | "pattern" | "enum" | "examples" | "tags" | "contentEncoding"
            | "contentMediaType" | "multipleOf" | "info" | "contact" | "license" | "externalDocs" | "flows"
            | "components" | "requestBody" | "schema" | "servers" | "server" | "scopes" | "webhooks"
            | "dependentRequired" => self.said(reader, key, value, depth),
            _ if MAPS.contains(&key) || words(key).is_some() || has_like(key) => self.said(reader, key, value, depth),
            _ => {}
        }
    }

    fn said(&mut self, reader: &Reader<'_, '_>, key: &str, value: &Value, depth: usize) {
        match value {
            Value::Bool(set) => {
                if words(key).is_some() && reader.flag(key).is_some() && *set != (key == "additionalProperties") {
                    self.word(key, key);
                }
            }
            Value::Array(items) if ["enum", "examples"].contains(&key) || !items.iter().any(Value::is_object) => {
                reader.values(key).iter().for_each(|value| self.value(key, value));
            }
            Value::Array(_) => {
                for found in reader.listed(key) {
                    match found.text("url").or_else(|| found.text("name")) {
                        Some(name) => self.parts.push(Self::of(&found, &[name], &["url", "name"])),
                        None => self.read(&found, depth),
                    }
                }
            }
            Value::Object(map) if MAPS.contains(&key) || NAMED.contains(&key) => self.map(reader, key, map, depth),
            _ if MAPS.contains(&key) || NAMED.contains(&key) => {}
            Value::Object(_) => self.inline(reader, key, depth),
            Value::String(kind) if key == "type" => {
                self.allowed.push(kind.clone());
                self.word(key, reader.text(key).unwrap_or(kind));
            }
            Value::String(name) if key == "identifier" => {
                // That of a licence is a name of SPDX's, which has a page for each.
                let page = format!("https://spdx.org/licenses/{name}.html");
                self.tell(key, How::Whole, &[&page, reader.text(key).unwrap_or(name)]);
            }
            _ => {
                self.value(key, reader.value(key).unwrap_or(value));
                if let Some(fact) = self.facts.last_mut().filter(|_| has_like(key)) {
                    fact.how = How::Beside;
                }
                // At least none of something is no limit.
                if value.as_f64() == Some(0.0) && key.starts_with("min") && key != "minimum" {
                    self.allowed.extend(self.facts.pop().into_iter().flat_map(|fact| fact.any));
                }
            }
        }
    }

    fn map(&mut self, reader: &Reader<'_, '_>, key: &str, map: &Map<String, Value>, depth: usize) {
        let objects = reader.named(key);
        for (name, value) in map.iter().filter(|(name, _)| key != "responses" || !name.starts_with("x-")) {
            let mut part = Self::at(reader.pointer().child(key).child(name), &[name]);
            match objects.iter().find(|(known, _)| known == name) {
                // Payloads of webhooks have types of their own, and how one is received is for the receiver to say.
                Some((_, found)) if ["callbacks", "webhooks"].contains(&key) => {
                    if key == "webhooks" {
                        found.note();
                    }
                    self.requests(name, found, None);
                    continue;
                }
                Some((_, found)) => {
                    part.read(found, depth);
                    let may_be = !["content", "properties", "patternProperties", "dependentSchemas"].contains(&key);
                    part.undescribed |= may_be && found.text("description").is_none();
                }
                None if key == "scopes" => part.prose(key, reader.value(key).and(value.as_str())),
                None => {
                    let one = reader.value(key).and(Some(value)).filter(|value| value.is_string());
                    let listed = value.as_array().into_iter().flatten();
                    one.into_iter().chain(listed).for_each(|value| part.value(key, value));
                }
            }
            self.parts.push(part);
        }
    }

    fn inline(&mut self, reader: &Reader<'_, '_>, key: &str, depth: usize) {
        let Some(found) = reader.inner(key) else { return };
        let steps: Vec<String> = reader.pointer().steps().collect();
        let above = |up: usize| steps.iter().nth_back(up).map_or("", String::as_str);
        // What a body holds, its type tells.
        if key == "schema" && above(1) == "content" && !["parameters", "headers"].contains(&above(3)) {
            // That a body of bytes is one, the calls show.
            if MediaKind::of(above(0)) == MediaKind::Binary {
                found.says("format", "binary");
            }
            return self.held(&found, true);
        }
        if key == "components" {
            return self.member(&found, "securitySchemes", depth);
        }
        self.word(key, key);
        self.read(&found, depth);
        match key {
            "requestBody" => self.optional(&found),
            "contact" => self.undescribed |= found.text("name").is_none(),
            _ => {}
        }
    }

    /// What a body holds: a component, or a type by itself, which nobody can be asked for.
    fn held(&mut self, schema: &Reader<'_, '_>, whole: bool) {
        if schema.component().is_some() {
            return self.read(schema, 0);
        }
        if whole {
            schema.note_nameless();
        }
        // What stands in place is described for this body alone, and may have no type that tells it.
        let facts = self.facts.len();
        self.prose("description", schema.text("description"));
        if self.facts.len() == facts {
            self.prose("title", schema.text("title"));
        }
        let is_described = self.facts.len() > facts;
        self.member(schema, "deprecated", 0);
        if schema.is_described()
            && let [component] = schema.listed("allOf").as_slice()
        {
            return self.read(component, 0);
        }
        self.undescribed |= !is_described && schema.text("type").is_some();
        self.member(schema, "type", 0);
        if !is_idle("items", |key| schema.peek(key)) {
            schema.inner("items").iter().for_each(|items| self.held(items, false));
        }
    }

    fn style(&mut self, reader: &Reader<'_, '_>) {
        let holder = reader.pointer().parent().unwrap_or_default().0;
        let is_form = holder.as_str().ends_with("/encoding") || matches!(reader.text("in"), Some("query" | "cookie"));
        let usual = if is_form { "form" } else { "simple" };
        let style = reader.text("style").unwrap_or(usual);
        self.allowed.push(style.to_owned());
        if style != usual {
            self.tell("style", How::Whole, &[style]);
        }
        if reader.flag("explode").is_some_and(|explode| explode != (style == "form")) {
            self.word("explode", "explode");
        }
    }

    /// The requests that the server makes in turn, each by its method, and those of a callback by the URL as well.
    fn requests(&mut self, name: &str, item: &Reader<'_, '_>, url: Option<&str>) {
        for key in item.names() {
            match item.inner(key) {
                Some(found) if METHODS.contains(&key) => {
                    let mut part = Self::at(found.pointer(), &[name]);
                    part.tell("method", How::Whole, &[&key.to_uppercase()]);
                    url.iter().for_each(|url| part.tell("callback", How::Whole, &[url]));
                    ["summary", "description"].iter().for_each(|key| part.prose(key, found.text(key)));
                    self.parts.push(part);
                }
                Some(found) if url.is_none() => self.requests(name, &found, Some(key)),
                _ => {}
            }
        }
    }
}
