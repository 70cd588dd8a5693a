//! The operations of a document: what may be sent for each, and what may come back.
//!
//! Every part keeps the place in the raw document where it is written, so that a difference can name it.

mod body;
mod parameter;
mod response;
mod security;

use std::collections::HashMap;

use serde_json::Value;

use super::{Document, DocumentError, Located, Pointer};

pub use body::{Body, Encoding, MediaKind, essence, is_described, is_json};
pub use parameter::{Header, Parameter, Style};
pub use response::{Response, in_range, key_of};
pub use security::{Credential, Security};

pub(crate) const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// One method of one path.
#[derive(Debug, Clone)]
pub struct Operation<'d> {
    /// Where it stands.
    pub pointer: Pointer,
    /// The document's name for it, or `method path` where it has none, or one that others have too.
    pub id: String,
    /// The method in upper case.
    pub method: String,
    /// The path template as the document writes it.
    pub path: &'d str,
    /// The parameters, those of the path item included.
    pub parameters: Vec<Parameter<'d>>,
    /// The request body by media type.
    pub request: Vec<Body<'d>>,
    /// Whether a request without a body is wrong.
    pub request_required: bool,
    /// The responses, in the document's order.
    pub responses: Vec<Response<'d>>,
    /// The alternatives that authorise a call; empty where none is needed.
    pub security: Vec<Security>,
    /// The URLs of the servers: the operation's, else the path item's, else the document's.
    pub servers: Vec<&'d str>,
    /// Whether the document calls it deprecated.
    pub deprecated: bool,
}

impl Document {
    /// All operations, in the order in which they are written.
    pub fn operations(&self) -> Result<Vec<Operation<'_>>, DocumentError> {
        let root = Located { pointer: Pointer::root(), value: self.root() };
        let mut operations = Vec::new();
        let Some(paths) = root.get("paths").and_then(|paths| paths.value.as_object()) else { return Ok(operations) };
        for (path, item) in paths.iter().filter(|(path, _)| path.starts_with('/')) {
            let item = self.resolve(Located { pointer: root.pointer.child("paths").child(path), value: item })?;
            for method in METHODS {
                if let Some(operation) = item.get(method) {
                    operations.push(self.operation(path, method, &item, operation)?);
                }
            }
        }
        names_that_are_none(&mut operations);
        Ok(operations)
    }

    /// The requests that servers send of their own accord: the webhooks of the document, each called by its name.
    pub fn webhooks(&self) -> Result<Vec<Operation<'_>>, DocumentError> {
        let root = Located { pointer: Pointer::root(), value: self.root() };
        root.get("webhooks").map_or_else(|| Ok(Vec::new()), |webhooks| self.sent(&webhooks))
    }

    /// The requests that servers send on account of a call: its callbacks by their names, each called by the expression that
    /// says where it is sent.
    pub fn callbacks<'d>(&'d self, operation: &Operation<'d>) -> Result<Vec<(String, Operation<'d>)>, DocumentError> {
        let Some(operation) = self.at(&operation.pointer) else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        let callbacks = operation.get("callbacks");
        for (name, value) in callbacks.iter().filter_map(|callbacks| callbacks.value.as_object()).flatten() {
            let place = operation.pointer.child("callbacks").child(name);
            let callback = self.resolve(Located { pointer: place, value })?;
            found.extend(self.sent(&callback)?.into_iter().map(|operation| (name.clone(), operation)));
        }
        Ok(found)
    }

    /// The operations of path items that servers call.
    fn sent<'d>(&'d self, items: &Located<'d>) -> Result<Vec<Operation<'d>>, DocumentError> {
        let mut operations = Vec::new();
        let Some(map) = items.value.as_object() else { return Ok(operations) };
        for (path, value) in map.iter().filter(|(name, _)| !name.starts_with("x-")) {
            let item = self.resolve(Located { pointer: items.pointer.child(path), value })?;
            for method in METHODS {
                if let Some(operation) = item.get(method) {
                    operations.push(self.operation(path, method, &item, operation)?);
                }
            }
        }
        Ok(operations)
    }

    /// What one operation is asked for, by its path template and its method: the operation without its responses.
    pub fn asked_at(&self, path: &str, method: &str) -> Result<Option<Operation<'_>>, DocumentError> {
        let root = Located { pointer: Pointer::root(), value: self.root() };
        let paths = root.get("paths").and_then(|paths| paths.value.as_object());
        let Some((path, item)) = paths.and_then(|paths| paths.get_key_value(path)) else { return Ok(None) };
        let item = self.resolve(Located { pointer: root.pointer.child("paths").child(path), value: item })?;
        let method = method.to_ascii_lowercase();
        item.get(&method).map(|operation| self.asked(path, &method, &item, operation)).transpose()
    }

    fn operation<'d>(
        &'d self,
        path: &'d str,
        method: &str,
        item: &Located<'d>,
        operation: Located<'d>,
    ) -> Result<Operation<'d>, DocumentError> {
        let mut read = self.asked(path, method, item, operation.clone())?;
        if let Some(Value::Object(map)) = operation.get("responses").map(|found| found.value) {
            for (status, value) in map.iter().filter(|(status, _)| !status.starts_with("x-")) {
                let place = operation.pointer.child("responses").child(status);
                read.responses.push(Response::read(self, status, Located { pointer: place, value })?);
            }
        }
        Ok(read)
    }

    /// An operation without its responses.
    fn asked<'d>(
        &'d self,
        path: &'d str,
        method: &str,
        item: &Located<'d>,
        operation: Located<'d>,
    ) -> Result<Operation<'d>, DocumentError> {
        operation.object()?;
        let mut parameters: Vec<Parameter<'d>> = Vec::new();
        for raw in operation.members("parameters").into_iter().chain(item.members("parameters")) {
            let parameter = Parameter::read(self, raw)?;
            // What the operation says of a parameter overrides what its path item says.
            if !parameters.iter().any(|known| known.name == parameter.name && known.place == parameter.place) {
                parameters.push(parameter);
            }
        }
        let request = operation.get("requestBody").map(|body| self.resolve(body)).transpose()?;
        let required = |body: &Located<'_>| body.value.get("required") == Some(&Value::Bool(true));
        let id = operation.value.get("operationId").and_then(Value::as_str);
        Ok(Operation {
            id: id.map_or_else(|| nameless(method, path), str::to_owned),
            method: method.to_uppercase(),
            path,
            parameters,
            request_required: request.as_ref().is_some_and(required),
            request: request.map(|body| Body::read_all(self, &body)).transpose()?.unwrap_or_default(),
            responses: Vec::new(),
            security: self.security(&operation),
            servers: self.servers(&operation, item),
            deprecated: operation.value.get("deprecated") == Some(&Value::Bool(true)),
            pointer: operation.pointer,
        })
    }

    fn servers<'d>(&'d self, operation: &Located<'d>, item: &Located<'d>) -> Vec<&'d str> {
        let root = Located { pointer: Pointer::root(), value: self.root() };
        let listed = [operation, item, &root].map(|holder| holder.members("servers"));
        let nearest = listed.into_iter().find(|servers| !servers.is_empty()).unwrap_or_default();
        nearest.into_iter().filter_map(|server| server.value.get("url").and_then(Value::as_str)).collect()
    }

    /// `example`, else the first of `examples`, else the example of the schema.
    fn example<'d>(&'d self, holder: &Located<'d>) -> Result<Option<&'d Value>, DocumentError> {
        if let Some(example) = holder.value.get("example") {
            return Ok(Some(example));
        }
        if let Some(first) = holder.members("examples").into_iter().next() {
            return Ok(self.resolve(first)?.value.get("value"));
        }
        match holder.get("schema") {
            Some(schema) => Ok(self.resolve(schema)?.value.get("example")),
            None => Ok(None),
        }
    }
}

/// What an operation goes by that has no name.
fn nameless(method: &str, path: &str) -> String {
    format!("{} {path}", method.to_lowercase())
}

/// Takes away the names that several operations have: of a path item that is another's by reference, they are the same.
fn names_that_are_none(operations: &mut [Operation<'_>]) {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for operation in operations.iter() {
        *counts.entry(operation.id.clone()).or_default() += 1;
    }
    for operation in operations.iter_mut().filter(|operation| counts.get(&operation.id).is_some_and(|count| *count > 1))
    {
        operation.id = nameless(&operation.method, operation.path);
    }
}

/// Headers by which a server knows a request that it has carried out already.
const IDEMPOTENCY_KEYS: &[&str] = &["Idempotency-Key", "X-Idempotency-Key", "X-Line-Retry-Key"];

impl<'d> Operation<'d> {
    /// The schemas of the bodies of operations that have no name, each with a name that says where it stands.
    pub fn body_schemas(operations: &[Self]) -> Vec<(String, Located<'d>)> {
        let mut found: Vec<(String, Located<'d>)> = Vec::new();
        for operation in operations {
            let responses = operation.responses.iter().flat_map(|response| &response.bodies);
            for (name, schema) in operation.request.iter().chain(responses).filter_map(Body::nameless) {
                // One response may serve many operations.
                if !found.iter().any(|(known, _)| *known == name) {
                    found.push((name, schema));
                }
            }
        }
        found
    }

    /// Whether a call without credentials must be refused.
    pub fn needs_credentials(&self) -> bool {
        !self.security.is_empty() && self.security.iter().all(|alternative| !alternative.schemes.is_empty())
    }

    /// Whether every request may be sent twice without doing more than once: by its method (RFC 9110, section 9.2.2), or by a key
    /// that it must carry.
    pub fn is_idempotent(&self) -> bool {
        let is_key = |name: &str| IDEMPOTENCY_KEYS.iter().any(|key| key.eq_ignore_ascii_case(name));
        matches!(self.method.as_str(), "GET" | "HEAD" | "PUT" | "DELETE" | "OPTIONS" | "TRACE")
            || self.parameters_in("header").any(|parameter| parameter.required && is_key(parameter.name))
    }

    /// The parameters of one place: `path`, `query`, `header` or `cookie`.
    pub fn parameters_in(&self, place: &str) -> impl Iterator<Item = &Parameter<'d>> {
        self.parameters.iter().filter(move |parameter| parameter.place == place)
    }

    /// The response that the document has for a status.
    pub fn response(&self, status: u16) -> Option<&Response<'d>> {
        let key = key_of(self.responses.iter().map(|response| response.status), status)?;
        self.responses.iter().find(|response| response.status == key)
    }
}
