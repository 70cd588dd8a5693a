//! What a reader is told of the client, its calls and its types, against the document: each of the document's facts stands
//! where a reader looks for it, and nothing is told as one that the document does not say.
//!
//! It asks for facts and for no sentence, so that the client may word them as it likes. It counts for edits that nobody but
//! a reader can observe, and for no others.

mod clause;
mod found;
mod limits;
mod markdown;
mod sources;
mod told;
mod topic;
mod words;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};

use super::pages::PAGINATION;
use super::{Evidence, Findings, Oracle};
use crate::client::{Built, Operation as Call, Subject};
use crate::difference::Problem;
use crate::document::{Account, Document, DocumentError, Operation, Reader};
use crate::ground::Ground;
use crate::judge::JudgeError;
use crate::request::is_ignored;
use markdown::plain;
pub use sources::Sources;
use sources::{Item, held};
use told::Telling;
use topic::{Fact, Topic};

/// Members of an operation that are judged as data, or told of by something else than prose.
const OPERATION: &[&str] = &["operationId", "security", "parameters", "deprecated"];

/// Keywords of a type or a field that its Rust type and the derived schema tell.
const TYPED: &str = "type nullable deprecated enum required properties items additionalProperties allOf oneOf anyOf \
    externalDocs";

/// How deep schemas without names are followed into the types of fields.
const DEEPEST: usize = 8;

/// Asks what readers are told.
pub struct Documentation;

impl Oracle for Documentation {
    fn name(&self) -> &'static str {
        "documentation"
    }

    fn evidence(&self, _: Problem) -> Evidence {
        Evidence::Text
    }

    fn document(&self, ground: &Ground<'_>, found: &mut Findings) -> Result<(), JudgeError> {
        /// The sources do not change while a client is judged, by however many documents.
        static READ: Mutex<BTreeMap<&str, Arc<Result<Sources, String>>>> = Mutex::new(BTreeMap::new());
        let directory = ground.subject.sources;
        let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
        let parse = || Arc::new(Sources::files(Path::new(directory)).and_then(|files| Sources::parse(&files)));
        let sources = read.entry(directory).or_insert_with(parse).clone();
        drop(read);
        match &*sources {
            Ok(sources) => judge(ground.document, ground.subject, sources, &ground.account, found)?,
            Err(error) => found.add(Problem::Lost, "Client", "sources", error, Value::Null),
        }
        Ok(())
    }
}

/// The differences between what the sources of a client tell and what the document says. What was read for it is taken
/// account of.
pub fn judge(
    document: &Document,
    subject: &Subject,
    sources: &Sources,
    account: &Account,
    found: &mut Findings,
) -> Result<(), DocumentError> {
    let path = |rust: &str| syn::parse_str(rust).map_or_else(|_| rust.to_owned(), |ty| held(&ty));
    let example = |name: &str| {
        let schema = subject.schemas.iter().find(|schema| path(schema.rust).rsplit("::").next() == Some(name))?;
        (schema.example)()
    };
    let mut judging = Judging { subject, sources, telling: Telling::of(sources, &example), found };
    let root = Reader::new(document, account);
    let client = subject.operations.first().and_then(|call| sources.with_method(call.method)).unwrap_or("Client");
    judging.tell(&Topic::of(&root, &[], &[]), sources.item(client));
    for operation in document.operations()? {
        judging.operation(&root, &operation, client);
    }
    let components = root.inner("components").map(|components| components.named("schemas")).unwrap_or_default();
    let named = components.into_iter().map(|(name, schema)| (name.to_owned(), schema));
    let bodies = document.body_schemas()?.into_iter().map(|(name, schema)| (name, root.elsewhere(schema)));
    for (name, schema) in named.chain(bodies) {
        for binding in subject.schemas.iter().filter(|binding| binding.name == name) {
            let path = path(binding.rust);
            judging.schema(&name, &schema, &path, 0);
            let Built::Variants(variants) = &binding.built else { continue };
            for variant in variants.iter() {
                let mut topic = Topic { place: schema.pointer().to_string(), ..Topic::default() };
                topic.value("enum", &(variant.listed)());
                judging.tell(&topic, sources.item(&format!("{path}::{}", variant.ident)));
            }
        }
    }
    for fault in judging.telling.faults() {
        let detail = match fault.problem {
            Problem::Lost => format!("the documentation does not say: {}", fault.what),
            _ => format!("the documentation says what the document does not: {}", fault.what),
        };
        found.add(fault.problem, fault.place, fault.keyword, detail, Value::String(fault.what));
    }
    Ok(())
}

/// A client that is being judged.
struct Judging<'s, 'f> {
    subject: &'s Subject,
    sources: &'s Sources,
    telling: Telling<'s>,
    found: &'f mut Findings,
}

impl Judging<'_, '_> {
    fn tell(&mut self, topic: &Topic, item: Option<&Item>) {
        self.telling.judge(topic, item.map_or(&[], |item| &item.blocks));
    }

    fn operation(&mut self, root: &Reader<'_, '_>, operation: &Operation<'_>, client: &str) {
        let Some(item) = root.inner("paths").and_then(|paths| paths.inner(operation.path)) else { return };
        let Some(reader) = item.inner(&operation.method.to_lowercase()) else { return };
        let call = self.subject.operation(&operation.id);
        let mut topic = Topic::of(&reader, &[], OPERATION);
        topic.undescribed |= reader.text("summary").is_none();
        topic.tell("method", Fact::Token(vec![operation.method.clone()]));
        topic.tell("path", Fact::Token(vec![operation.path.to_owned()]));
        ["summary", "description"].iter().for_each(|key| topic.prose(key, item.text(key)));
        if let Some(pages) = reader.inner(PAGINATION) {
            let named = ["parameter", "next", "items"].iter().filter_map(|key| pages.text(key));
            named.filter(|named| !named.is_empty()).for_each(|named| {
                topic.tell(PAGINATION, Fact::Token(vec![named.to_owned()]));
            });
        }
        // The servers of an operation replace those of its path.
        let mut shared = Topic::default();
        shared.member(&item, "servers", 0);
        topic.parts.extend(shared.parts.into_iter().filter(|_| reader.listed("servers").is_empty()));
        for alternative in &operation.security {
            let mut access = Topic { place: format!("{}/security", operation.pointer), ..Topic::default() };
            access.names.extend(alternative.schemes.iter().map(|(scheme, _)| scheme.clone()));
            let scopes = alternative.schemes.iter().flat_map(|(_, scopes)| scopes);
            scopes.for_each(|scope| access.tell("security", Fact::Token(vec![scope.clone()])));
            topic.parts.extend((!access.names.is_empty()).then_some(access));
        }
        topic.parts.extend(self.parameters(&reader, &item, call));
        // What has no call is named as such elsewhere.
        let Some(call) = call else { return };
        let method = self.sources.item(&format!("{client}::{}", call.method));
        self.deprecation(&reader, method);
        self.tell(&topic, method);
        let mut summary = Topic { place: operation.pointer.to_string(), ..Topic::default() };
        summary.prose("summary", reader.text("summary"));
        summary.undescribed = summary.facts.is_empty();
        self.tell(&summary, self.sources.item(&format!("builder::{}", call.builder)));
    }

    /// The parameters, each of which its setter tells of too.
    fn parameters(&mut self, reader: &Reader<'_, '_>, item: &Reader<'_, '_>, call: Option<&Call>) -> Vec<Topic> {
        let (mut known, mut topics) = (Vec::new(), Vec::new());
        for parameter in reader.listed("parameters").into_iter().chain(item.listed("parameters")) {
            let identity = (parameter.text("name").unwrap_or_default(), parameter.text("in").unwrap_or_default());
            // What an operation says of a parameter replaces what its path says.
            // OpenAPI ignores some headers altogether.
            let ignored = is_ignored(identity.1, identity.0);
            if ignored || known.contains(&identity) {
                parameter.note();
                continue;
            }
            known.push(identity);
            let mut all = call.iter().flat_map(|call| call.parameters);
            let setter = all.find(|one| (one.name, one.place.name()) == identity).map_or(identity.0, |one| one.setter);
            let mut topic = Topic::of(&parameter, &[identity.0, setter], &["name"]);
            topic.optional(&parameter);
            if let Some(call) = call {
                let told = self.sources.item(&format!("builder::{}::{setter}", call.builder));
                self.deprecation(&parameter, told);
                self.tell(&topic, told);
            }
            topics.push(topic);
        }
        topics
    }

    /// A type, and its fields as far as they have the document's names.
    fn schema(&mut self, name: &str, schema: &Reader<'_, '_>, path: &str, depth: usize) {
        // What stands for a type of the standard library has no documentation of its own.
        let Some(item) = self.sources.item(path) else { return };
        self.typed(name, schema, item, None);
        let module = path.rsplit_once("::").map_or("", |(module, _)| module);
        let parts = schema.listed("allOf");
        let required: Vec<&str> =
            std::iter::once(schema).chain(&parts).flat_map(|part| part.texts("required")).collect();
        // What is below the parts may demand more, and what has one direction is required in that one.
        let is_whole = !parts.iter().any(|part| part.is_composed("allOf"));
        let all: Vec<_> = std::iter::once(schema).chain(&parts).flat_map(|part| part.named("properties")).collect();
        for (at, (name, property)) in all.iter().enumerate() {
            let Some(field) = self.sources.field(path, name) else { continue };
            let same: Vec<_> = all.iter().filter(|(other, _)| other == name).collect();
            // What several parts demand together, the field tells or the type that is made of them.
            if same.len() > 1 {
                if all[..at].iter().any(|(other, _)| other == name) {
                    continue;
                }
                let mut topic = Topic { place: property.pointer().to_string(), ..Topic::default() };
                same.iter().for_each(|(_, part)| topic.demand(Topic::of(part, &[name], &skipped(part))));
                topic.names.push((*name).to_owned());
                let made = self.sources.item(&format!("{module}::{}", field.holds));
                let told = field.followed_by(made.map_or(&[], |made| &made.blocks));
                self.telling.judge(&topic, &told);
                continue;
            }
            let is_shared = ["readOnly", "writeOnly"].iter().all(|key| property.flag(key) != Some(true));
            let presence = (is_whole && is_shared).then(|| required.contains(name));
            self.typed(name, property, field, presence);
            let inner = property.inner("items").unwrap_or_else(|| property.clone());
            if inner.component().is_none() && inner.is_composed("properties") && depth < DEEPEST {
                self.schema(name, &inner, &format!("{module}::{}", field.holds), depth + 1);
            }
        }
    }

    /// What a type or a field tells of its schema, and a field of whether it must be there.
    fn typed(&mut self, name: &str, schema: &Reader<'_, '_>, item: &Item, required: Option<bool>) {
        let skipped = skipped(schema);
        let mut topic = Topic::of(schema, &[name], &skipped);
        topic.undescribed = false;
        required.into_iter().for_each(|required| topic.present(required));
        if let Some(property) = schema.inner("discriminator").and_then(|found| found.text("propertyName")) {
            topic.tell("discriminator", Fact::Token(vec![property.to_owned()]));
        }
        let in_place = schema.component().is_none();
        members(&mut topic, schema, &skipped, in_place, 0);
        // What describes a member in place is meant for the whole.
        if !topic.facts.iter().any(|(key, _)| key == "description")
            && let Some(described) = in_place.then(|| outermost(schema, 0, &|part| part.text("description"))).flatten()
        {
            topic.facts.retain(|(key, _)| key != "title");
            topic.prose("description", Some(described));
        }
        self.deprecation(schema, Some(item));
        self.tell(&topic, Some(item));
    }

    /// Deprecated or not, and for the document's reason where it gives one.
    fn deprecation(&mut self, holder: &Reader<'_, '_>, item: Option<&Item>) {
        let stated = |holder: &Reader<'_, '_>| {
            let reasons = ["x-deprecated-reason", "x-deprecatedReason"].map(|key| holder.text(key));
            let reason = reasons.into_iter().flatten().next().unwrap_or_default();
            (holder.flag("deprecated") == Some(true)).then(|| plain(reason))
        };
        // What refers to a component is deprecated as that is by itself.
        let expected = if holder.component().is_some() { stated(holder) } else { outermost(holder, 0, &stated) };
        // A page shows the reason as Markdown.
        let told = item.and_then(|item| item.deprecated.as_deref()).map(plain);
        let any_reason = expected.as_deref() == Some("") && told.is_some();
        // Whoever is a deprecated component by `allOf` may be deprecated with it.
        let with_component = || told.is_some() && holder.listed("allOf").iter().any(|member| stated(member) == told);
        if item.is_some() && expected != told && !any_reason && !(expected.is_none() && with_component()) {
            let detail = format!("the document has the reason {expected:?}, the sources {told:?}");
            let shown = json!({ "document": expected, "client": told });
            self.found.add(Problem::Changed, holder.pointer().to_string(), "deprecated", detail, shown);
        }
    }
}

/// What a schema says of itself, or where it does not, the members of its `allOf` that stand in place, the last one first.
fn outermost<'d, T>(schema: &Reader<'_, 'd>, depth: usize, said: &dyn Fn(&Reader<'_, 'd>) -> Option<T>) -> Option<T> {
    said(schema).or_else(|| {
        let members = schema.listed("allOf").into_iter().rev().filter(|member| member.component().is_none());
        members.filter(|_| depth < DEEPEST).find_map(|member| outermost(&member, depth + 1, said))
    })
}

/// What the members of an `allOf` say of a type or a field: what they demand in place is told there, what a component
/// demands may be, and so may what either is described as.
fn members(topic: &mut Topic, schema: &Reader<'_, '_>, skipped: &[&str], in_place: bool, depth: usize) {
    for member in schema.listed("allOf").iter().filter(|_| depth < DEEPEST) {
        let said = Topic::of(member, &[], skipped);
        let in_place = in_place && member.component().is_none();
        if in_place {
            topic.demand(said);
        } else {
            topic.allow(said);
        }
        members(topic, member, skipped, in_place, depth + 1);
    }
}

/// The keywords of a schema that something else than its documentation tells.
fn skipped<'s>(schema: &Reader<'_, '_>) -> Vec<&'s str> {
    let composed = ["example", "default"].into_iter().filter(|key| schema.is_composed(key));
    let title = schema.text("description").map(|_| "title");
    let are_composed = schema
        .value("examples")
        .and_then(Value::as_array)
        .is_some_and(|examples| examples.iter().any(|example| example.is_object() || example.is_array()));
    let composed = composed.chain(are_composed.then_some("examples"));
    TYPED.split_whitespace().chain(composed).chain(title).collect()
}
