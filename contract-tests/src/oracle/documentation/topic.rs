//! What of the document a reader is to be told, as topics: each with its names, its facts, and the topics within it.
//!
//! Nothing here is a sentence. A fact is a name, a number, a value or prose of the document; where it is none of these, any
//! of the usual words for it will do.

use serde_json::Value;

use super::limits::{self, LIMITS};
use super::markdown::{code, plain};
use super::words::{FLAGS, KINDS, OPTIONAL, UNITS, URL_KEYS, URLS, Words};
use crate::document::{METHODS, MediaKind, Reader, count};

/// How deep schemas without names are told; deeper, a reader turns to their types.
const DEEPEST: usize = 4;

/// What is told as it is: a scalar, or each of a list.
const SCALARS: &str = "openapi version termsOfService url email name in scheme bearerFormat openIdConnectUrl \
    contentType operationId operationRef externalValue format pattern enum tags required contentEncoding contentMediaType";

/// Objects whose members are told as if they were those of the object around them; then lists of such; then objects by name.
const INLINE: &str = "info contact license externalDocs flows authorizationCode implicit password components \
    clientCredentials requestBody schema items additionalProperties not contains propertyNames if then else";
const COMPOSED: &str = "allOf oneOf anyOf prefixItems";
const NAMED: &str = "responses content headers links examples variables securitySchemes properties encoding \
    patternProperties dependentSchemas";

/// Keywords that hold a value against other schemas: what these say is told of the value itself.
const CHECKS: &str = "not contains propertyNames if then else prefixItems patternProperties dependentSchemas";

/// Something that is documented at one place.
#[derive(Debug, Default, Clone)]
pub struct Topic {
    /// Where it stands in the document, for reports.
    pub place: String,
    /// What a reader finds it by: one of these.
    pub names: Vec<String>,
    /// What is to be told there: the keyword, and the fact.
    pub facts: Vec<(String, Fact)>,
    /// What may be told there beside the facts.
    pub allowed: Vec<String>,
    /// Whether the document might describe it and does not.
    pub undescribed: bool,
    /// The topics within it.
    pub parts: Vec<Topic>,
}

/// One fact.
#[derive(Debug, Clone)]
pub enum Fact {
    /// The document's own prose, as a reader sees it.
    Prose(String),
    /// One of these, as a whole.
    Token(Vec<String>),
    /// A word that begins with one of these.
    Word(Vec<String>),
    /// This, in a clause that speaks of the same, and not of its like instead; of a limit, whether it is a lower one.
    Beside { token: String, like: &'static [Words], own: usize, lower: Option<bool> },
    /// An example.
    Example(Value),
}

impl Topic {
    /// The topic of an object, without these of its members.
    pub fn of(reader: &Reader<'_, '_>, names: &[&str], skipped: &[&str]) -> Self {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        let mut topic = Self { place: reader.pointer().to_string(), names, ..Self::default() };
        topic.members(reader, skipped, 0);
        topic.undescribed |= !topic.facts.iter().any(|(key, _)| key == "description");
        topic
    }

    /// Adds what an object within says, or of a named schema the name.
    fn read(&mut self, reader: &Reader<'_, '_>, depth: usize) {
        match reader.component() {
            Some(component) => self.tell("schema", Fact::Token(vec![component.to_owned()])),
            None => self.members(reader, &[], depth),
        }
    }

    fn members(&mut self, reader: &Reader<'_, '_>, skipped: &[&str], depth: usize) {
        for key in reader.names().into_iter().chain(["x-maxBytes"]).filter(|key| !skipped.contains(key)) {
            self.member(reader, key, depth);
        }
    }

    /// Adds what a member says.
    pub fn member(&mut self, reader: &Reader<'_, '_>, key: &str, depth: usize) {
        if !is_in(CHECKS, key) {
            return self.said(reader, key, depth);
        }
        let mut check = Self::default();
        check.said(reader, key, depth);
        self.flat(check);
    }

    /// Adds a topic and all within it as one, which has no blocks of its own.
    fn flat(&mut self, other: Self) {
        self.allowed.extend(other.allowed);
        self.facts.extend(other.facts);
        for part in other.parts {
            self.facts.extend((!part.names.is_empty()).then(|| ("name".to_owned(), Fact::Token(part.names.clone()))));
            self.flat(part);
        }
    }

    fn said(&mut self, reader: &Reader<'_, '_>, key: &str, depth: usize) {
        let flag = FLAGS.iter().find(|(name, _)| *name == key).map(|(_, words)| *words);
        let limit = LIMITS.iter().find(|(name, ..)| *name == key);
        let url = URL_KEYS.iter().position(|name| *name == key);
        if let (Some(words), Some(set)) = (flag, reader.flag(key)) {
            if set {
                self.tell(key, Fact::Word(owned(words)));
            }
        } else if let Some((_, lower, own)) = limit {
            let Some(number) = reader.value(key).filter(|value| value.is_number()) else { return };
            let token =
                count(number).filter(|_| *own > 0).map_or_else(|| number.to_string(), |count| count.to_string());
            self.allowed.push(token.clone());
            // At least none of something is no limit.
            if *own == 0 || *lower == Some(false) || number.as_f64() != Some(0.0) {
                self.tell(key, Fact::Beside { token, like: UNITS, own: *own, lower: *lower });
            }
        } else if let Some(own) = url {
            let token = reader.text(key).map(plain).unwrap_or_default();
            self.tell(key, Fact::Beside { token, like: URLS, own, lower: None });
        } else if ["title", "summary", "description"].contains(&key) {
            self.prose(key, reader.text(key));
        } else if let Some((_, words)) = KINDS.iter().find(|(kind, _)| key == "type" && reader.text(key) == Some(kind))
        {
            self.tell(key, Fact::Word(owned(words)));
        } else if ["example", "default", "value"].contains(&key) || (key == "requestBody" && !reader.is_composed(key)) {
            let value = reader.value(key).cloned().unwrap_or_default();
            self.tell(key, if reader.is_composed(key) { Fact::Example(value) } else { Fact::Token(written(&value)) });
        } else if key == "identifier" {
            // That of a licence is a name of SPDX's, which has a page for each.
            let identifier = reader.text(key).unwrap_or_default();
            let page = format!("https://spdx.org/licenses/{identifier}.html");
            self.allowed.push(page.clone());
            self.tell(key, Fact::Token(vec![page, identifier.to_owned()]));
        } else if key == "style" || key == "explode" {
            self.style(reader);
        } else if key == "additionalProperties" && reader.flag(key) == Some(false) {
            self.tell(key, Fact::Word(owned(&["other", "additional", "undeclared"])));
        } else if key == "parameters" || key == "scopes" {
            for (name, value) in reader.value(key).and_then(Value::as_object).into_iter().flatten() {
                let mut part = Self { place: format!("{}/{key}/{name}", reader.pointer()), ..Self::default() };
                part.names.push(name.clone());
                part.prose(key, value.as_str());
                self.parts.extend((!name.starts_with("x-")).then_some(part));
            }
        } else if key == "servers" || key == "server" || (key == "tags" && reader.texts(key).is_empty()) {
            for found in reader.listed(key).into_iter().chain(reader.inner(key)) {
                let name = found.text("url").or_else(|| found.text("name")).unwrap_or_default();
                self.parts.push(Self::of(&found, &[name], &["url", "name"]));
            }
        } else if key == "callbacks" {
            reader.named(key).iter().for_each(|(name, callback)| self.callback(name, callback));
        } else if key == "webhooks" {
            for (name, item) in reader.named(key) {
                self.requests(name, None, &item);
                // Its payloads have types of their own, and how it is received is for the receiver to say.
                item.note();
            }
        } else if is_in(COMPOSED, key) && depth < DEEPEST {
            reader.listed(key).iter().for_each(|found| self.read(found, depth + 1));
        } else if key == "examples" && !reader.values(key).is_empty() {
            for value in reader.values(key) {
                let is_composed = value.is_object() || value.is_array();
                self.tell(key, if is_composed { Fact::Example(value.clone()) } else { Fact::Token(written(value)) });
            }
        } else if key == "dependentRequired" {
            for (name, others) in reader.value(key).and_then(Value::as_object).into_iter().flatten() {
                self.tell(key, Fact::Token(vec![name.clone()]));
                others.as_array().into_iter().flatten().for_each(|name| self.value(key, name));
            }
        } else if is_in(NAMED, key) && depth < DEEPEST {
            for (name, found) in reader.named(key) {
                let mut part = Self { place: found.pointer().to_string(), ..Self::default() };
                part.names.push(name.to_owned());
                let is_schema = ["properties", "patternProperties", "dependentSchemas"].contains(&key);
                part.read(&found, if is_schema { depth + 1 } else { depth });
                part.undescribed |= found.text("description").is_none() && key != "content" && !is_schema;
                self.parts.push(part);
            }
        } else if is_in(INLINE, key) && depth < DEEPEST {
            self.inline(reader, key, depth);
        } else if is_in(SCALARS, key) {
            let values = reader.values(key).iter().chain(reader.value(key).filter(|_| !reader.is_composed(key)));
            values.for_each(|value| self.value(key, value));
        } else if key == "type" {
            self.allowed.extend(reader.text(key).map(str::to_owned));
        }
    }

    fn inline(&mut self, reader: &Reader<'_, '_>, key: &str, depth: usize) {
        let Some(found) = reader.inner(key) else { return };
        if matches!(key, "authorizationCode" | "clientCredentials" | "implicit" | "password") {
            let parts = key.trim_end_matches("Credentials").trim_end_matches("Code");
            self.tell(key, Fact::Word(vec![parts.to_lowercase()]));
        }
        let steps: Vec<String> = reader.pointer().steps().collect();
        let above = |steps_up: usize| steps.iter().nth_back(steps_up).map_or("", String::as_str);
        match key {
            // What a body holds, its type tells.
            "schema" if above(1) == "content" && !["parameters", "headers"].contains(&above(3)) => {
                // That a body of bytes is one, the calls show.
                if MediaKind::of(above(0)) == MediaKind::Binary {
                    found.says("format", "binary");
                }
                self.held(&found, true)
            }
            "components" => self.member(&found, "securitySchemes", depth),
            "requestBody" => {
                self.read(&found, depth);
                self.optional(&found);
            }
            "contact" => {
                self.read(&found, depth);
                self.undescribed |= found.text("name").is_none();
            }
            "items" | "not" | "contains" | "propertyNames" | "if" | "then" | "else" => self.read(&found, depth + 1),
            _ => self.read(&found, depth),
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
        let told = ["description", "title"].map(|key| (key, schema.text(key).filter(|text| !plain(text).is_empty())));
        let told = told.into_iter().find(|(_, text)| text.is_some());
        told.iter().for_each(|(key, text)| self.prose(key, *text));
        self.member(schema, "deprecated", 0);
        if schema.is_described()
            && let [component] = schema.listed("allOf").as_slice()
        {
            return self.read(component, 0);
        }
        self.undescribed |= told.is_none() && schema.text("type").is_some();
        self.member(schema, "type", 0);
        schema.inner("items").iter().for_each(|items| self.held(items, false));
    }

    fn style(&mut self, reader: &Reader<'_, '_>) {
        let holder = reader.pointer().parent().unwrap_or_default().0;
        let form = matches!(reader.text("in"), Some("query" | "cookie")) || holder.as_str().ends_with("/encoding");
        let usual = if form { "form" } else { "simple" };
        let style = reader.text("style").unwrap_or(usual);
        self.allowed.push(style.to_owned());
        if style != usual {
            self.tell("style", Fact::Token(vec![style.to_owned()]));
        }
        if reader.flag("explode").is_some_and(|explode| explode != (style == "form")) {
            self.tell("explode", Fact::Word(owned(&["explod", "separate", "repeat", "join"])));
        }
    }

    /// The calls that the server makes in turn: to which URL, by which method.
    fn callback(&mut self, name: &str, callback: &Reader<'_, '_>) {
        for expression in callback.names() {
            callback.inner(expression).iter().for_each(|item| self.requests(name, Some(expression), item));
        }
    }

    /// The requests of a path item, each by its method.
    fn requests(&mut self, name: &str, expression: Option<&str>, item: &Reader<'_, '_>) {
        for (method, found) in METHODS.iter().filter_map(|method| Some((method, item.inner(method)?))) {
            let mut part = Self { names: vec![name.to_owned()], place: found.pointer().to_string(), ..Self::default() };
            expression.iter().for_each(|url| part.tell("callback", Fact::Token(vec![(*url).to_owned()])));
            part.tell("method", Fact::Token(vec![method.to_uppercase()]));
            ["summary", "description"].iter().for_each(|key| part.prose(key, found.text(key)));
            self.parts.push(part);
        }
    }

    /// Adds that a parameter or a body may be left out, where it may.
    pub fn optional(&mut self, reader: &Reader<'_, '_>) {
        if reader.flag("required") != Some(true) {
            self.tell("required", Fact::Word(owned(OPTIONAL)));
        }
    }

    /// Adds that a property must be there, or may be absent.
    pub fn present(&mut self, required: bool) {
        let words = if required { ["required", "must", "always"] } else { ["optional", "omit", "absent"] };
        self.tell("required", Fact::Word(owned(&words)));
    }

    /// Adds prose, and the code that stands in it.
    pub fn prose(&mut self, keyword: &str, text: Option<&str>) {
        if let Some(text) = text.filter(|text| !plain(text).is_empty()) {
            self.allowed.extend(code(text).into_iter().map(plain));
            self.tell(keyword, Fact::Prose(plain(text)));
        }
    }

    /// Adds a value that is told as it is.
    pub fn value(&mut self, keyword: &str, value: &Value) {
        self.tell(keyword, Fact::Token(written(value)));
    }

    /// Adds the facts of another topic, but for its prose, which may be told.
    pub fn demand(&mut self, other: Self) {
        self.allowed.extend(other.allowed);
        let mut facts: Vec<(String, Fact)> =
            other.facts.into_iter().filter(|(_, fact)| !matches!(fact, Fact::Prose(_))).collect();
        limits::keep_stricter(&mut self.facts, &mut facts);
        self.facts.extend(facts);
    }

    /// Adds what another topic is told by: it may be told here too.
    pub fn allow(&mut self, other: Self) {
        self.allowed.extend(other.allowed);
        for (_, fact) in other.facts {
            match fact {
                Fact::Prose(_) => {}
                Fact::Token(any) | Fact::Word(any) => self.allowed.extend(any),
                Fact::Beside { token, .. } => self.allowed.push(token),
                Fact::Example(value) => self.allowed.push(value.to_string()),
            }
        }
    }

    /// The same as a reader sees it.
    pub fn seen(mut self) -> Self {
        let tokens = self.facts.iter_mut().filter_map(|(_, fact)| match fact {
            Fact::Token(any) => Some(any),
            _ => None,
        });
        tokens.chain([&mut self.names, &mut self.allowed]).flatten().for_each(|one| *one = plain(one));
        self.parts = self.parts.into_iter().map(Self::seen).collect();
        self
    }

    /// Adds a fact.
    pub fn tell(&mut self, keyword: &str, fact: Fact) {
        self.facts.push((keyword.to_owned(), fact));
    }
}

/// A scalar as it may be written, a number in more than one way.
fn written(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        other => vec![other.to_string(), other.as_f64().map_or_else(|| other.to_string(), |number| number.to_string())],
    }
}

fn is_in(list: &str, key: &str) -> bool {
    list.split_whitespace().any(|one| one == key)
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}
