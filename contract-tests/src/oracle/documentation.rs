//! What a reader is told of the client, its calls and its types, against the document: each of the document's facts stands
//! where a reader looks for it, and nothing is told as one that the document does not say.
//!
//! It asks for facts and for no sentence, so that the client may word them as it likes. It counts for edits that nobody but
//! a reader can observe, and for no others.

mod markdown;
mod said;
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
use markdown::{Block, find, plain};
pub use sources::Sources;
use sources::{Item, held};
use told::Telling;
use topic::{How, Topic};

/// Members of an operation that are judged as data, or told of by something else than prose.
const OPERATION: &[&str] = &["operationId", "security", "parameters", "deprecated"];

/// Keywords of a type or a field that its Rust type and the derived schema tell.
#[rustfmt::skip]
const TYPED: &[&str] = &[
    "type", "nullable", "deprecated", "enum", "required", "properties", "items", "additionalProperties", "allOf", "oneOf",
    "anyOf", "externalDocs",
];

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
    let mut topic = Topic::of(&root, &[], &[]);
    // What has no name is told of in words of the client's alone.
    topic.undescribed &= root.inner("info").is_some_and(|info| info.text("title").is_some());
    judging.tell(&topic, sources.item(client));
    let mut headers = Vec::new();
    for operation in document.operations()? {
        judging.operation(&root, &operation, client, &mut headers);
    }
    judging.headers(headers);
    let components = root.inner("components").map(|components| components.named("schemas")).unwrap_or_default();
    let named = components.into_iter().map(|(name, schema)| (name.to_owned(), schema));
    let bodies = document.body_schemas()?.into_iter().map(|(name, schema)| (name, root.elsewhere(schema)));
    for (name, schema) in named.chain(bodies) {
        for binding in subject.schemas.iter().filter(|binding| binding.name == name) {
            let path = path(binding.rust);
            judging.schema(&name, &schema, &path, 0);
            let Built::Variants(variants) = &binding.built else { continue };
            for variant in variants.iter() {
                let item = sources.item(&format!("{path}::{}", variant.ident));
                let mut topic = Topic::at(schema.pointer(), &[]);
                topic.value("enum", &(variant.listed)());
                // Of one without documentation, its macro says the value, and what becomes of that is no affair of readers.
                item.filter(|item| !item.blocks.is_empty()).iter().for_each(|item| judging.tell(&topic, Some(item)));
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
        self.telling.judge(topic, item.unwrap_or(&Item::default()));
    }

    fn operation<'a, 'd>(
        &mut self,
        root: &Reader<'a, 'd>,
        operation: &Operation<'_>,
        client: &str,
        headers: &mut Vec<Sent<'a, 'd>>,
    ) {
        let Some(item) = root.inner("paths").and_then(|paths| paths.inner(operation.path)) else { return };
        let Some(reader) = item.inner(&operation.method.to_lowercase()) else { return };
        let call = self.subject.operation(&operation.id);
        let mut topic = Topic::of(&reader, &[], OPERATION);
        topic.undescribed |= reader.text("summary").is_none();
        topic.tell("method", How::Whole, &[&operation.method]);
        topic.tell("path", How::Whole, &[operation.path]);
        ["summary", "description"].iter().for_each(|key| topic.prose(key, item.text(key)));
        if let Some(pages) = reader.inner(PAGINATION) {
            let named = ["parameter", "next", "items"].iter().filter_map(|key| pages.text(key));
            named.filter(|named| !named.is_empty()).for_each(|named| topic.tell(PAGINATION, How::Whole, &[named]));
        }
        // The servers of an operation replace those of its path.
        let mut shared = Topic::default();
        shared.member(&item, "servers", 0);
        topic.parts.extend(shared.parts.into_iter().filter(|_| reader.listed("servers").is_empty()));
        for alternative in operation.security.iter().filter(|alternative| !alternative.schemes.is_empty()) {
            let names: Vec<&str> = alternative.schemes.iter().map(|(scheme, _)| scheme.as_str()).collect();
            let mut access = Topic::at(operation.pointer.child("security"), &names);
            let scopes = alternative.schemes.iter().flat_map(|(_, scopes)| scopes);
            scopes.for_each(|scope| access.tell("security", How::Whole, &[scope]));
            topic.parts.push(access);
        }
        let parameters = self.parameters(&reader, &item, call);
        topic.parts.extend(parameters);
        // What has no call is named as such elsewhere.
        let Some(call) = call else { return };
        for (status, response) in reader.named("responses") {
            for (name, header) in response.named("headers") {
                headers.push(Sent { name: name.to_owned(), header, call: call.method, status: status.to_owned() });
            }
        }
        let method = self.sources.item(&format!("{client}::{}", call.method));
        self.deprecation(&[(reader.clone(), true)], method);
        self.tell(&topic, method);
        let mut summary = Topic::at(&operation.pointer, &[]);
        summary.prose("summary", reader.text("summary"));
        summary.undescribed = summary.facts.is_empty();
        self.tell(&summary, self.sources.item(&format!("builder::{}", call.builder)));
    }

    /// The parameters, each of which its setter tells of too.
    fn parameters(&mut self, reader: &Reader<'_, '_>, item: &Reader<'_, '_>, call: Option<&Call>) -> Vec<Topic> {
        let (mut known, mut topics) = (Vec::new(), Vec::new());
        for parameter in reader.listed("parameters").into_iter().chain(item.listed("parameters")) {
            let identity = (parameter.text("name").unwrap_or_default(), parameter.text("in").unwrap_or_default());
            // What an operation says of a parameter replaces what its path says, and OpenAPI ignores some headers.
            if known.contains(&identity) || is_ignored(identity.1, identity.0) {
                parameter.note();
                continue;
            }
            known.push(identity);
            let mut all = call.iter().flat_map(|call| call.parameters);
            let setter = all.find(|one| (one.name, one.place.name()) == identity).map_or(identity.0, |one| one.setter);
            let mut topic = Topic::of(&parameter, &[identity.0, setter], &["name"]);
            topic.optional(&parameter);
            if let Some(call) = call {
                // It is a method, or the field of the same name that a macro makes one of.
                let told = ["::", "."]
                    .iter()
                    .find_map(|joint| self.sources.item(&format!("builder::{}{joint}{setter}", call.builder)));
                self.deprecation(&[(parameter, true)], told);
                self.tell(&topic, told);
            }
            topics.push(topic);
        }
        topics
    }

    /// The readers of responses' headers, each of which tells of those that it lists.
    fn headers(&mut self, mut sent: Vec<Sent<'_, '_>>) {
        sent.retain(|one| self.subject.headers.iter().any(|reader| reader.name.eq_ignore_ascii_case(&one.name)));
        for (_, item) in self.sources.within("headers::ResponseHeaders::".to_owned()) {
            let tells = |one: &Sent<'_, '_>| {
                let has = |block: &Block, what: &str| find(&block.plain, what).is_some();
                item.blocks.first().is_some_and(|block| has(block, &plain(&one.name)))
                    && item.blocks.iter().any(|block| has(block, one.call) && has(block, &one.status))
            };
            let (here, others) = sent.into_iter().partition(|one| tells(one));
            sent = others;
            let mut topic = Topic::default();
            for one in Vec::into_iter(here) {
                let said = Topic::of(&one.header, &[&one.name], &[]);
                match topic.names.is_empty() {
                    true => topic = said,
                    false => topic.allow(said),
                }
                if !topic.parts.iter().any(|part| part.names == [one.call]) {
                    topic.parts.push(Topic::at(one.header.pointer(), &[one.call]));
                }
                let having = topic.parts.iter_mut().find(|part| part.names == [one.call]);
                having.into_iter().for_each(|part| part.tell("responses", How::Whole, &[&one.status]));
            }
            self.tell(&topic, Some(item));
        }
        for Sent { name, header, call, status } in sent {
            let detail = format!("no reader of the header `{name}` is told to be of {status} of {call}");
            self.found.add(Problem::Lost, header.pointer().to_string(), "headers", detail, Value::Null);
        }
    }

    /// A type, and its fields as far as they have the document's names.
    fn schema(&mut self, name: &str, schema: &Reader<'_, '_>, path: &str, depth: usize) {
        // What stands for a type of the standard library has no documentation of its own.
        let Some(item) = self.sources.item(path) else { return };
        let all = parts(schema);
        self.typed(name, &all, item, None);
        let module = path.rsplit_once("::").map_or("", |(module, _)| module);
        let required: Vec<&str> = all.iter().flat_map(|(part, _)| part.texts("required")).collect();
        let mut properties: Vec<(&str, Vec<_>)> = Vec::new();
        for (name, property) in all.iter().flat_map(|(part, _)| part.named("properties")) {
            match properties.iter_mut().find(|(known, _)| *known == name) {
                // What several parts say together, the field tells or the type that is made of them.
                Some((_, same)) => {
                    same.extend(parts(&property));
                    same.iter_mut().for_each(|(_, in_place)| *in_place = false);
                }
                None => properties.push((name, parts(&property))),
            }
        }
        for (name, property) in properties {
            let Some(field) = self.sources.field(path, name) else { continue };
            // What has one direction is required in that one.
            let has_one = ["readOnly", "writeOnly"]
                .iter()
                .any(|key| property.iter().any(|(part, _)| part.flag(key) == Some(true)));
            self.typed(name, &property, field, (!has_one).then(|| required.contains(&name)));
            let [(property, _), ..] = property.as_slice() else { continue };
            let inner = property.inner("items").unwrap_or_else(|| property.clone());
            if inner.component().is_none() && inner.is_composed("properties") && depth < DEEPEST {
                self.schema(name, &inner, &format!("{module}::{}", field.holds), depth + 1);
            }
        }
    }

    /// What a type or a field tells of its schema's parts, and a field of whether it must be there: what parts in place say,
    /// unless several do, and what others say may be told.
    fn typed(&mut self, name: &str, parts: &[Part<'_, '_>], item: &Item, required: Option<bool>) {
        let [(schema, _), ..] = parts else { return };
        let mut topic = Topic::at(schema.pointer(), &[name]);
        let word = required.map(|required| if required { "required" } else { "optional" });
        word.iter().for_each(|word| topic.word("required", word));
        for (at, (part, in_place)) in parts.iter().enumerate() {
            let mut said = Topic::of(part, &[], TYPED);
            let tag = part.inner("discriminator").and_then(|found| found.text("propertyName")).filter(|_| at == 0);
            tag.iter().for_each(|tag| said.tell("discriminator", How::Whole, &[tag]));
            said.facts.retain(|fact| !matches!(fact.how, How::Example(_)));
            // Of what several demand, one may be told for all.
            let known = topic.facts.len();
            for fact in said.facts.extract_if(.., |_| *in_place) {
                match topic.facts[..known].iter_mut().find(|one| one.keyword == fact.keyword) {
                    Some(one) if one.how == How::Prose => {}
                    Some(one) => one.any.extend(fact.any),
                    None => topic.facts.push(fact),
                }
            }
            topic.parts.extend(said.parts.drain(..).filter(|_| *in_place));
            topic.allow(said);
        }
        let is_described = topic.has("description");
        topic.facts.retain(|fact| fact.keyword != "title" || !is_described);
        self.deprecation(parts, Some(item));
        self.tell(&topic, Some(item));
    }

    /// Deprecated or not, and for the document's reason where it gives one: as the first of the parts in place says.
    fn deprecation(&mut self, parts: &[Part<'_, '_>], item: Option<&Item>) {
        let (Some(item), [(holder, _), ..]) = (item, parts) else { return };
        let stated = |(part, _): &Part<'_, '_>| {
            let reasons = ["x-deprecated-reason", "x-deprecatedReason"].map(|key| part.text(key));
            let reason = reasons.into_iter().flatten().next().unwrap_or_default();
            (part.flag("deprecated") == Some(true)).then(|| plain(reason))
        };
        let expected = parts.iter().filter(|(_, in_place)| *in_place).find_map(stated);
        // A page shows the reason as Markdown.
        let told = item.deprecated.as_deref().map(plain);
        let is_any_reason = expected.as_deref() == Some("") && told.is_some();
        // Whoever is a deprecated component by `allOf` may be deprecated with it.
        let with_component = expected.is_none() && parts.iter().any(|part| stated(part) == told);
        if expected != told && !is_any_reason && !with_component {
            let detail = format!("the document has the reason {expected:?}, the sources {told:?}");
            let shown = json!({ "document": expected, "client": told });
            self.found.add(Problem::Changed, holder.pointer().to_string(), "deprecated", detail, shown);
        }
    }
}

/// A header of a response.
struct Sent<'a, 'd> {
    name: String,
    header: Reader<'a, 'd>,
    call: &'static str,
    status: String,
}

/// A schema that another is by `allOf`, and whether it stands in place rather than being a component.
type Part<'a, 'd> = (Reader<'a, 'd>, bool);

/// A schema and all that it is by `allOf`, of which the last speaks first.
fn parts<'a, 'd>(schema: &Reader<'a, 'd>) -> Vec<Part<'a, 'd>> {
    fn add<'a, 'd>(schema: Reader<'a, 'd>, in_place: bool, depth: usize, all: &mut Vec<Part<'a, 'd>>) {
        let members = schema.listed("allOf");
        let are_in_place = in_place && schema.component().is_none();
        all.push((schema, in_place));
        for member in members.into_iter().rev().filter(|_| depth < DEEPEST) {
            let in_place = are_in_place && member.component().is_none();
            add(member, in_place, depth + 1, all);
        }
    }
    let mut all = Vec::new();
    add(schema.clone(), true, 0, &mut all);
    all
}
