//! What a reader is told of the client, its calls and its types, against the document: each of the document's facts stands
//! where a reader looks for it, and nothing is told that the document does not say.
//!
//! It asks for facts and for no sentence, so that the client may word them as it likes. It counts for edits that nobody but
//! a reader can observe, and for no others.

mod markdown;
mod sources;
mod told;
mod topic;

use serde_json::{Value, json};

use crate::client::{Built, Subject};
use crate::difference::Problem;
use crate::document::{Account, Document, DocumentError, Operation, Reader};
use crate::oracle::Findings;
pub use sources::Sources;
use sources::Item;
use told::Telling;
use topic::{Fact, Topic};

/// Members of an operation that are judged as data, or told by something else than prose.
const OPERATION: &[&str] = &["operationId", "security", "parameters", "deprecated"];

/// Keywords of a type or a field that its Rust type and the derived schema tell.
const TYPED: &[&str] = &[
    "type", "nullable", "deprecated", "enum", "required", "properties", "items", "additionalProperties", "allOf", "oneOf",
    "anyOf", "not", "externalDocs",
];

/// How deep schemas without names are followed into the types of fields.
const DEEPEST: usize = 8;

/// The differences between what the sources of a client tell and what the document says. What was read for it is taken
/// account of.
pub fn judge(
    document: &Document,
    subject: &Subject,
    sources: &Sources,
    account: &Account,
    found: &mut Findings,
) -> Result<(), DocumentError> {
    let example = |name: &str| {
        let of_this = |schema: &&crate::client::Schema| schema.rust.rsplit(["<", ":"].concat().chars().collect::<Vec<_>>().as_slice()).next().is_some_and(|last| last.trim_end_matches('>') == name);
        let schema = subject.schemas.iter().find(of_this)?;
        (schema.example)()
    };
    let mut judging = Judging { subject, sources, telling: Telling::of(sources, &example), deprecated: Vec::new() };
    let root = Reader::new(document, account);
    let methods: Vec<&str> = subject.operations.iter().map(|operation| operation.method).collect();
    let client = sources.with_methods(&methods);
    judging.telling.judge(&Topic::of(&root, &[], &[]), client.map_or("", |client| &client.doc));
    for operation in document.operations()? {
        judging.operation(&root, &operation, client);
    }
    for (name, schema) in root.inner("components").map(|components| components.named("schemas")).unwrap_or_default() {
        for binding in subject.schemas.iter().filter(|binding| binding.name == name) {
            let Some(item) = sources.item(binding.rust) else { continue };
            judging.schema(&schema, item, 0);
            if let Built::Variants(variants) = &binding.built {
                for variant in variants.iter() {
                    let mut topic = Topic { place: schema.pointer().to_string(), ..Topic::default() };
                    let value = (variant.listed)();
                    topic.tell("enum", Fact::Token(vec![value.as_str().map_or_else(|| value.to_string(), str::to_owned)]));
                    judging.telling.judge(&topic, item.member(variant.ident).map_or("", |variant| &variant.doc));
                }
            }
        }
    }
    let Judging { telling, deprecated, .. } = judging;
    for (place, expected, told) in deprecated {
        found.add(Problem::Changed, place, "deprecated", "the reason differs", json!({ "document": expected, "client": told }));
    }
    for fault in telling.faults() {
        let detail = match fault.problem {
            Problem::Lost => format!("the documentation does not say: {}", fault.what),
            _ => format!("the documentation says what the document does not: {}", fault.what),
        };
        found.add(fault.problem, fault.place, fault.keyword, detail, Value::String(fault.what));
    }
    Ok(())
}

/// A client that is being judged.
struct Judging<'s> {
    subject: &'s Subject,
    sources: &'s Sources,
    telling: Telling<'s>,
    /// What is deprecated for another reason than the document's: where, why there, and why in the sources.
    deprecated: Vec<(String, Option<String>, Option<String>)>,
}

impl Judging<'_> {
    fn operation(&mut self, root: &Reader<'_, '_>, operation: &Operation<'_>, client: Option<&Item>) {
        let item = root.inner("paths").and_then(|paths| paths.inner(operation.path));
        let Some((item, found)) = item.and_then(|item| Some((item.clone(), item.inner(&operation.method.to_lowercase())?)))
        else {
            return;
        };
        let binding = self.subject.operation(&operation.id);
        let builder = binding.and_then(|binding| self.sources.item(&format!("builder::{}", binding.builder)));
        let mut topic = Topic::of(&found, &[], OPERATION);
        topic.undescribed |= found.text("summary").is_none();
        topic.tell("method", Fact::Token(vec![operation.method.clone()]));
        topic.tell("path", Fact::Token(vec![operation.path.to_owned()]));
        ["summary", "description"].iter().for_each(|key| topic.prose(key, item.text(key)));
        // The servers of an operation replace those of its path.
        let mut shared = Topic::default();
        shared.member(&item, "servers", 0);
        topic.parts.extend(shared.parts.into_iter().filter(|_| found.listed("servers").is_empty()));
        let mut summary = Topic { place: found.pointer().to_string(), ..Topic::default() };
        summary.prose("summary", found.text("summary"));
        summary.undescribed = summary.facts.is_empty();
        let mut parameters: Vec<(&str, Topic)> = Vec::new();
        for parameter in found.listed("parameters").into_iter().chain(item.listed("parameters")) {
            let (name, place) = (parameter.text("name").unwrap_or_default(), parameter.text("in").unwrap_or_default());
            let is_this = |one: &&crate::client::Parameter| one.name == name && one.place.name() == place;
            let setter = binding.and_then(|binding| binding.parameters.iter().find(is_this)).map_or(name, |one| one.setter);
            // What an operation says of a parameter replaces what its path says.
            if parameters.iter().any(|(_, known)| known.names[0] == name && known.names[2] == place) {
                continue;
            }
            let mut about = Topic::of(&parameter, &[name, setter, place], &["name", "x-deprecated-reason"]);
            about.optional(&parameter);
            let told = builder.and_then(|builder| builder.member(setter));
            if binding.is_some() {
                self.deprecation(&parameter, told);
                self.telling.judge(&about, told.map_or("", |told| &told.doc));
            }
            about.names.truncate(2);
            topic.parts.push(about.clone());
            about.names.push(place.to_owned());
            parameters.push((setter, about));
        }
        for alternative in &operation.security {
            let mut access = Topic { place: format!("{}/security", operation.pointer), ..Topic::default() };
            for (scheme, scopes) in &alternative.schemes {
                access.names.push(scheme.clone());
                scopes.iter().for_each(|scope| access.tell("security", Fact::Token(vec![scope.clone()])));
            }
            topic.parts.extend((!access.names.is_empty()).then_some(access));
        }
        let method = binding.and_then(|binding| client?.member(binding.method));
        self.deprecation(&found, method);
        if binding.is_some() {
            self.telling.judge(&topic, method.map_or("", |method| &method.doc));
            self.telling.judge(&summary, builder.map_or("", |builder| &builder.doc));
        }
    }

    /// A type, and its fields as far as they have the document's names.
    fn schema(&mut self, schema: &Reader<'_, '_>, item: &Item, depth: usize) {
        self.typed(schema, item);
        let module = item.name.rsplit_once("::").map_or("", |(module, _)| module);
        let parts = schema.listed("allOf");
        for (name, property) in std::iter::once(schema).chain(&parts).flat_map(|part| part.named("properties")) {
            let Some(field) = item.members.iter().find(|field| field.wire == name && !field.holds.is_empty()) else { continue };
            let held = self.sources.item(&format!("{module}::{}", field.holds));
            match held.filter(|_| property.component().is_none() && depth < DEEPEST) {
                Some(held) => self.schema(&property, held, depth + 1),
                None => {}
            }
            self.typed(&property, field);
        }
    }

    /// What a type or a field tells of its schema.
    fn typed(&mut self, schema: &Reader<'_, '_>, item: &Item) {
        let composed = ["example", "default"].into_iter().filter(|key| schema.is_composed(key));
        let title = schema.text("description").map(|_| "title");
        let skipped: Vec<&str> = TYPED.iter().copied().chain(composed).chain(title).collect();
        let mut topic = Topic::of(schema, &[], &skipped);
        topic.undescribed = false;
        if let Some(property) = schema.inner("discriminator").and_then(|found| found.text("propertyName")) {
            topic.tell("discriminator", Fact::Token(vec![property.to_owned()]));
        }
        self.deprecation(schema, Some(item));
        self.telling.judge(&topic, &item.doc);
    }

    /// Deprecated or not, and for the document's reason where it gives one.
    fn deprecation(&mut self, holder: &Reader<'_, '_>, item: Option<&Item>) {
        let reasons = ["x-deprecated-reason", "x-deprecatedReason"].map(|key| holder.text(key));
        let reason = reasons.into_iter().flatten().next().unwrap_or_default().to_owned();
        let expected = (holder.flag("deprecated") == Some(true)).then_some(reason);
        let told = item.and_then(|item| item.deprecated.clone());
        let same = match (&expected, &told) {
            (Some(reason), Some(told)) => reason.is_empty() || reason == told,
            (expected, told) => expected == told,
        };
        if !same && item.is_some() {
            self.deprecated.push((holder.pointer().to_string(), expected, told));
        }
    }
}

/// The differences between the built client's documentation and the document.
pub fn built(document: &Document, account: &Account) -> Result<Vec<crate::difference::Difference>, DocumentError> {
    static SOURCES: std::sync::OnceLock<Sources> = std::sync::OnceLock::new();
    let subject = crate::bindings::subject();
    let sources = SOURCES.get_or_init(|| Sources::read(std::path::Path::new(subject.sources)).unwrap_or_default());
    let mut found = Findings::of("documentation");
    judge(document, subject, sources, account, &mut found)?;
    Ok(found.differences)
}
