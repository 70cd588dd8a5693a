//! The operations of a document, with what a wire judge has to know of each.

use serde_json::Value;

use super::{Document, DocumentError, Located, Pointer};

pub(crate) const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// One method of one path.
#[derive(Debug, Clone)]
pub struct Operation<'d> {
    /// Where it stands.
    pub pointer: Pointer,
    /// The document's name for it, or `method path` where it has none.
    pub id: String,
    /// The method in upper case.
    pub method: String,
    /// The path template as the document writes it.
    pub path: &'d str,
    /// The parameters, those of the path item included.
    pub parameters: Vec<Parameter<'d>>,
    /// The request body by media type.
    pub request: Vec<Body<'d>>,
    /// The responses, in the document's order.
    pub responses: Vec<Response<'d>>,
    /// The alternatives that authorise a call; empty where none is needed.
    pub security: Vec<Security>,
    /// Whether the document calls it deprecated.
    pub deprecated: bool,
}

/// One parameter of an operation.
#[derive(Debug, Clone)]
pub struct Parameter<'d> {
    /// Where it stands.
    pub pointer: Pointer,
    /// Its name on the wire.
    pub name: &'d str,
    /// `path`, `query`, `header` or `cookie`.
    pub place: &'d str,
    /// Whether a call without it is wrong.
    pub required: bool,
    /// How the value is written: `simple`, `form`, `label` and so on.
    pub style: &'d str,
    /// The schema of its value.
    pub schema: Option<Located<'d>>,
    /// The document's example of a value.
    pub example: Option<&'d Value>,
}

/// One answer that the document knows.
#[derive(Debug, Clone)]
pub struct Response<'d> {
    /// Where it stands.
    pub pointer: Pointer,
    /// `200`, `4XX` or `default`.
    pub status: &'d str,
    /// The bodies by media type.
    pub bodies: Vec<Body<'d>>,
}

/// One media type of a body.
#[derive(Debug, Clone)]
pub struct Body<'d> {
    /// Such as `application/json`.
    pub media_type: &'d str,
    /// The schema of the body.
    pub schema: Option<Located<'d>>,
    /// The document's example of the body: of the media type, else of the schema.
    pub example: Option<&'d Value>,
}

/// One alternative of a security requirement.
#[derive(Debug, Clone)]
pub struct Security {
    /// The schemes that are needed together, each with its scopes.
    pub schemes: Vec<(String, Vec<String>)>,
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
        Ok(operations)
    }

    fn operation<'d>(
        &'d self,
        path: &'d str,
        method: &str,
        item: &Located<'d>,
        operation: Located<'d>,
    ) -> Result<Operation<'d>, DocumentError> {
        operation.object()?;
        let mut parameters: Vec<Parameter<'d>> = Vec::new();
        for raw in operation.members("parameters").into_iter().chain(item.members("parameters")) {
            let parameter = self.parameter(raw)?;
            // What the operation says of a parameter overrides what its path item says.
            if !parameters.iter().any(|known| known.name == parameter.name && known.place == parameter.place) {
                parameters.push(parameter);
            }
        }
        let request = match operation.get("requestBody") {
            Some(body) => self.bodies(&self.resolve(body)?)?,
            None => Vec::new(),
        };
        let mut responses = Vec::new();
        if let Some(Value::Object(map)) = operation.get("responses").map(|found| found.value) {
            for (status, value) in map.iter().filter(|(status, _)| !status.starts_with("x-")) {
                let place = operation.pointer.child("responses").child(status);
                let response = self.resolve(Located { pointer: place, value })?;
                let bodies = self.bodies(&response)?;
                responses.push(Response { pointer: response.pointer, status, bodies });
            }
        }
        let id = operation.value.get("operationId").and_then(Value::as_str);
        Ok(Operation {
            id: id.map_or_else(|| format!("{method} {path}"), str::to_owned),
            method: method.to_uppercase(),
            path,
            parameters,
            request,
            responses,
            security: self.security(&operation),
            deprecated: operation.value.get("deprecated") == Some(&Value::Bool(true)),
            pointer: operation.pointer,
        })
    }

    fn parameter<'d>(&'d self, raw: Located<'d>) -> Result<Parameter<'d>, DocumentError> {
        let found = self.resolve(raw)?;
        let text = |key: &str, expected: &'static str| {
            found
                .value
                .get(key)
                .and_then(Value::as_str)
                .ok_or_else(|| DocumentError::Expected { pointer: found.pointer.child(key), expected })
        };
        let schema = found.get("schema");
        let place = text("in", "path, query, header or cookie")?;
        let usual = if matches!(place, "query" | "cookie") { "form" } else { "simple" };
        Ok(Parameter {
            name: text("name", "the parameter's name")?,
            place,
            style: found.value.get("style").and_then(Value::as_str).unwrap_or(usual),
            required: found.value.get("required") == Some(&Value::Bool(true)),
            example: self.example(&found)?,
            schema,
            pointer: found.pointer,
        })
    }

    fn bodies<'d>(&'d self, holder: &Located<'d>) -> Result<Vec<Body<'d>>, DocumentError> {
        let Some(Value::Object(content)) = holder.value.get("content") else { return Ok(Vec::new()) };
        let place = holder.pointer.child("content");
        let mut bodies = Vec::new();
        for (media_type, value) in content {
            let body = Located { pointer: place.child(media_type), value };
            bodies.push(Body { media_type, schema: body.get("schema"), example: self.example(&body)? });
        }
        Ok(bodies)
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

    fn security(&self, operation: &Located<'_>) -> Vec<Security> {
        let list = operation.value.get("security").or_else(|| self.root().get("security"));
        let alternatives = list.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object);
        let scopes = |value: &Value| {
            value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
        };
        alternatives
            .map(|schemes| Security {
                schemes: schemes.iter().map(|(name, list)| (name.clone(), scopes(list))).collect(),
            })
            .collect()
    }
}

impl Operation<'_> {
    /// Whether a call without credentials must be refused.
    pub fn needs_credentials(&self) -> bool {
        !self.security.is_empty() && self.security.iter().all(|alternative| !alternative.schemes.is_empty())
    }
}
