//! Operations: first as they stand, each with a name of its own; then with what they exchange.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::about::servers;
use super::fields::{deprecation, external_docs, items, members, resolve, resolved, text};
use super::parameters::Draft as ParameterDraft;
use super::paths::{PathItem, parameters, path_items};
use super::schemas::Reader;
use super::{Findings, bodies, contents, responses, security};
use crate::document::{Document, Place};
use crate::model::{Callback, Method, Names, Operation, RequestBody, in_identifiers, pascal, snake};

/// An operation whose schemas are not read yet.
pub struct Draft<'a> {
    root: &'a Value,
    /// The path template in the identifiers of the operation's parameters.
    template: String,
    /// Its parameters and those of its path item.
    listed: Vec<(&'a Value, Place)>,
    parameters: Vec<ParameterDraft<'a>>,
    operation: Operation<'a>,
    body: Option<bodies::Choice<'a>>,
}

/// Names that an operation's builder or method would hide in the generated modules, which import or define them.
const TAKEN: [&str; 22] = [
    "new",
    "new_with_client",
    "with_settings",
    "builder",
    "baseurl",
    "client",
    "inner",
    "api_version",
    "pre",
    "post",
    "exec",
    "error",
    "byte_stream",
    "client_info",
    "client_hooks",
    "operation_info",
    "request_builder_ext",
    "response_value",
    "clone",
    "option",
    "result",
    "string",
];

/// The operations of a document, each with an identifier of its own.
pub fn drafts<'a>(document: &'a Document) -> Vec<Draft<'a>> {
    let root = document.root();
    let mut names = Names::reserving(&TAKEN);
    let mut drafts = Vec::new();
    for item in path_items(document) {
        let shared = item.parameters(root);
        for (method, value, place) in item.operations() {
            let id = text(value, "operationId").map_or_else(|| derived(method, item.path), str::to_owned);
            // The builder's type has the same letters in another case, so both spellings must be free.
            let ident = names.claim(&snake(&pascal(&id)));
            let own = value.get("parameters").map(|list| parameters(root, list, &place.join("parameters")));
            let own = own.unwrap_or_default();
            let identity = |parameter: &'a Value| (text(parameter, "name"), text(parameter, "in"));
            let replaced: HashSet<_> = own.iter().map(|(own, _)| identity(own)).collect();
            let inherited = shared.iter().filter(|(shared, _)| !replaced.contains(&identity(shared)));
            let listed = inherited.chain(&own).cloned().collect();
            drafts.push(Draft {
                root,
                template: item.path.to_owned(),
                listed,
                parameters: Vec::new(),
                operation: stated(root, &item, (ident, id), (method, value, place)),
                body: None,
            });
        }
    }
    drafts
}

/// An id from what every operation has: its method and its path.
fn derived(method: Method, path: &str) -> String {
    let parts: Vec<&str> = path.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    snake(&format!("{} {}", method.key(), parts.join(" ")))
}

/// What an operation says without its schemas.
fn stated<'a>(
    root: &'a Value,
    item: &PathItem<'a>,
    (ident, id): (String, String),
    (method, value, place): (Method, &'a Value, Place),
) -> Operation<'a> {
    let at = place.join("responses");
    let declared = members(value, "responses").map(|(status, response)| {
        let (response, place) = resolve(root, response, at.join(status));
        responses::declared(root, status, response, place)
    });
    Operation {
        ident,
        id,
        method,
        path: item.path,
        summary: text(value, "summary"),
        description: text(value, "description"),
        path_summary: item.text("summary"),
        path_description: item.text("description"),
        deprecated: deprecation(value),
        tags: items(value, "tags").iter().filter_map(Value::as_str).collect(),
        external_docs: external_docs(value),
        parameters: Vec::new(),
        body: value.get("requestBody").map(|body| {
            let (body, place) = resolve(root, body, place.join("requestBody"));
            RequestBody {
                required: body.get("required").and_then(Value::as_bool).unwrap_or(false),
                description: text(body, "description"),
                contents: contents::contents(root, body, &place),
                sent: None,
                place,
            }
        }),
        responses: declared.collect(),
        readings: Vec::new(),
        alternates: Vec::new(),
        success: None,
        pages: None,
        security: security::requirements(root, value),
        servers: servers(value),
        path_servers: item.field("servers").map(|(list, _)| servers_of_list(list)).unwrap_or_default(),
        callbacks: callbacks(root, value),
        place,
    }
}

fn servers_of_list(list: &Value) -> Vec<crate::model::Server<'_>> {
    list.as_array().into_iter().flatten().map(super::about::server).collect()
}

fn callbacks<'a>(root: &'a Value, operation: &'a Value) -> Vec<Callback<'a>> {
    let mut found = Vec::new();
    for (name, callback) in members(operation, "callbacks") {
        let items = resolved(root, callback).as_object().into_iter().flatten();
        for (expression, item) in items.filter(|(key, _)| !key.starts_with("x-")) {
            let calls = Method::ALL.into_iter().filter_map(|method| Some((method, item.get(method.key())?)));
            found.extend(calls.map(|(method, call)| Callback {
                name,
                expression,
                method,
                summary: text(call, "summary"),
                description: text(call, "description"),
            }));
        }
    }
    found
}

impl Draft<'_> {
    /// Reads the parameters, their schemas aside.
    pub fn read_parameters(&mut self, findings: &mut Findings<'_>) {
        let is_ranged = self.operation.body.as_ref().is_some_and(bodies::is_ranged);
        self.parameters = ParameterDraft::of_all(self.root, &self.listed, is_ranged, findings);
        self.template = in_identifiers(self.operation.path, self.parameters.iter().map(ParameterDraft::parameter));
    }

    /// Chooses the media type that the client sends, and says which of the others are left out.
    pub fn choose_body(&mut self, findings: &mut Findings<'_>) {
        responses::left_out(&self.operation.responses, findings);
        self.body = self.operation.body.as_ref().and_then(|body| bodies::choose(body, findings));
    }
}

/// The operations with all that they exchange, in the order in which their types are named, and the position of each one's path.
pub fn complete<'a>(mut drafts: Vec<Draft<'a>>, reader: &mut Reader<'a>) -> (Vec<Operation<'a>>, Vec<usize>) {
    // Operations of one path may name its parameters differently, and are apart then.
    let mut templates: HashMap<&str, usize> = HashMap::new();
    let mut order = Vec::new();
    for draft in &drafts {
        let next = templates.len();
        order.push(*templates.entry(&draft.template).or_insert(next));
    }
    let mut drafts: Vec<(usize, Draft<'a>)> = order.into_iter().zip(drafts.drain(..)).collect();
    drafts.sort_by_key(|(path, _)| *path);
    let order = drafts.iter().map(|(path, _)| *path).collect();
    (drafts.into_iter().map(|(_, draft)| draft.completed(reader)).collect(), order)
}

impl<'a> Draft<'a> {
    fn completed(self, reader: &mut Reader<'a>) -> Operation<'a> {
        let mut operation = self.operation;
        let name = pascal(&operation.ident);
        operation.parameters = self.parameters.into_iter().map(|draft| draft.completed(reader, &name)).collect();
        if let (Some(body), Some(choice)) = (&mut operation.body, self.body) {
            body.sent = Some(choice.completed(self.root, &body.contents, reader, &name));
        }
        operation.readings = responses::readings(self.root, &operation.responses, operation.method, reader, &name);
        operation.alternates = responses::alternates(self.root, &operation, reader, &name);
        operation
    }
}
