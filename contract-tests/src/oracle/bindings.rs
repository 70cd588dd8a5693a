//! The bindings, against the judge's own reading of the document.
//!
//! The generator writes them, so they are judged like the rest of the client: a line too few or too many, another name,
//! place, media type or setter is a difference.

use serde_json::{Value, json};

use super::{Evidence, Findings, Oracle};
use crate::client::{self, Built, Direction, Form, PartKind};
use crate::difference::Problem;
use crate::document::{Body, Conjunction, Document, DocumentError, Kind, Located, MediaKind, Operation};
use crate::ground::{Ground, OperationGround, SchemaGround};
use crate::judge::JudgeError;
use crate::oracle::wire::offers::is_success;
use crate::request::is_ignored;

/// The oracle.
pub struct Bindings;

impl Oracle for Bindings {
    fn name(&self) -> &'static str {
        "bindings"
    }

    fn evidence(&self, problem: Problem) -> Evidence {
        match problem {
            // What a call cannot be given, no request of it can carry.
            Problem::Request => Evidence::Behaviour,
            _ => Evidence::Interface,
        }
    }

    fn document(&self, ground: &Ground<'_>, found: &mut Findings) -> Result<(), JudgeError> {
        let (document, subject) = (ground.document, ground.subject);
        let schemas = document.component_schemas();
        let (two_faced, sent) = (document.two_faced(), document.led_to(sent(ground)?));
        for (name, schema) in &schemas {
            let mut directions: Vec<_> =
                subject.schemas.iter().filter(|one| one.name == *name).map(|one| one.direction).collect();
            directions.sort();
            let wanted: &[Direction] = match (two_faced.contains(&schema.pointer), sent.contains(&schema.pointer)) {
                (false, _) => &[Direction::Both],
                (true, true) => &[Direction::Request, Direction::Response],
                (true, false) => &[Direction::Response],
            };
            match directions[..] {
                _ if directions == wanted => {}
                [] => unbound(found, name, "schema", "the document has this schema, the client no type for it"),
                _ => {
                    let detail = format!(
                        "the client's types for it are for {directions:?}, and the document asks for {wanted:?}"
                    );
                    unbound(found, name, "schema", &detail);
                }
            }
        }
        let nameless = Operation::body_schemas(&ground.written);
        for (name, _) in &nameless {
            if subject.schemas.iter().filter(|one| one.name == name).count() > 1 {
                unbound(found, name, "schema", "the client has several types for this body");
            }
        }
        for binding in subject.schemas {
            let bodies = || nameless.iter().any(|(name, _)| name == binding.name);
            if !schemas.iter().any(|(name, _)| *name == binding.name) && !bodies() {
                unbound(found, binding.name, "schema", "the client has this type, the document no such schema");
            }
        }
        for operation in &ground.written {
            match subject.operations.iter().filter(|binding| binding.id == operation.id).count() {
                1 => {}
                0 => {
                    unbound(found, &operation.id, "operationId", "the document has this operation, the client no call")
                }
                _ => unbound(found, &operation.id, "operationId", "the client has several calls for this operation"),
            }
        }
        for binding in subject.operations {
            if !ground.written.iter().any(|operation| operation.id == binding.id) {
                unbound(found, binding.id, "operationId", "the client has this call, the document no such operation");
            }
        }
        Ok(())
    }

    fn schema<'d>(&self, _: &Ground<'d>, schema: &SchemaGround<'d>, found: &mut Findings) -> Result<(), JudgeError> {
        let whole = &schema.schema;
        // What is composed of several schemas, or of alternatives, may be beyond what a type can say.
        let is_plain = whole.parts.len() == 1 && whole.alternatives().is_empty();
        // Another name for a schema has the variants of that one.
        let is_plain = is_plain && schema.located.value.get("$ref").is_none();
        match &schema.binding.built {
            Built::Struct { setters, .. } => {
                // What is required without a declaration has a setter too.
                let mut documented = whole.properties();
                let undeclared = whole.required().into_iter().filter(|name| !documented.contains(name));
                documented.extend(undeclared.collect::<Vec<_>>());
                let given: Vec<&str> = setters.iter().map(|setter| setter.property).collect();
                compare(found, schema.name, "property", &documented, &given);
                let pairs: Vec<_> = setters.iter().map(|setter| (setter.property, setter.method)).collect();
                resemblance(found, schema.name, "setter", &pairs);
            }
            Built::Opaque if is_plain && whole.kind() == Some(Kind::Object) && !whole.properties().is_empty() => {
                unbound(
                    found,
                    schema.name,
                    "properties",
                    "the document declares properties, the client has no builder",
                );
            }
            Built::Opaque
                if is_plain && whole.listed().is_some_and(|listed| listed.iter().any(|one| !one.is_null())) =>
            {
                unbound(found, schema.name, "enum", "the document lists values, the client has no variants");
            }
            Built::Variants(_) | Built::Opaque => {}
        }
        Ok(())
    }

    fn operation<'d>(
        &self,
        ground: &Ground<'d>,
        judged: &OperationGround<'d>,
        found: &mut Findings,
    ) -> Result<(), JudgeError> {
        let OperationGround { operation, binding } = judged;
        let documented: Vec<String> = operation
            .parameters
            .iter()
            .filter(|parameter| !is_ignored(parameter.place, parameter.name))
            .map(|parameter| format!("{} {}", parameter.place, parameter.name))
            .collect();
        let given: Vec<String> = binding
            .parameters
            .iter()
            .map(|parameter| format!("{} {}", parameter.place.name(), parameter.name))
            .collect();
        compare(found, &operation.id, "parameter", &borrowed(&documented), &borrowed(&given));
        let pairs: Vec<_> = binding.parameters.iter().map(|parameter| (parameter.name, parameter.setter)).collect();
        resemblance(found, &operation.id, "setter", &pairs);
        body(ground, operation, binding, found)?;
        responses(ground, operation, binding, found)?;
        Ok(())
    }
}

/// The schemas of what calls send: parameters, the bodies that they take, and the parts of bodies that have values.
fn sent<'d>(ground: &Ground<'d>) -> Result<Vec<&'d Value>, DocumentError> {
    // As the document has them: what they mean to requests may leave out a reference.
    let stated = |schema: &Located<'d>| ground.document.at(&schema.pointer).unwrap_or_else(|| schema.clone()).value;
    let mut schemas = Vec::new();
    for OperationGround { operation, binding } in &ground.operations {
        let parameters = operation.parameters.iter().filter(|one| !is_ignored(one.place, one.name));
        schemas.extend(parameters.filter_map(|parameter| parameter.schema.as_ref()).map(stated));
        let Some(taken) = &binding.body else { continue };
        let body = operation.request.iter().find(|body| covers(body.media_type, taken.media_type));
        let Some(schema) = body.and_then(|body| body.schema.as_ref()) else { continue };
        match taken.form {
            // Of a text that stands for a list or an object, the call takes the text itself.
            Form::Value if body.is_some_and(|body| body.kind() == MediaKind::Text) => {}
            Form::Value => schemas.push(stated(schema)),
            Form::Parts(parts) => {
                let whole = Conjunction::of(ground.requests, schema.clone())?;
                let properties = whole.all("properties");
                let values = parts.iter().filter(|(_, kind)| *kind == PartKind::Value);
                let values = values.filter_map(|(name, _)| properties.iter().find_map(|all| all.get(name)));
                schemas.extend(values.map(|property| stated(&property)));
            }
            Form::Bytes => {}
        }
    }
    Ok(schemas)
}

fn body(
    ground: &Ground<'_>,
    operation: &Operation<'_>,
    binding: &client::Operation,
    found: &mut Findings,
) -> Result<(), JudgeError> {
    let Some(given) = &binding.body else {
        if !operation.request.is_empty() {
            let detail = "the document describes a body, the call takes none";
            found.add(Problem::Request, operation.id.clone(), "requestBody", detail, Value::Null);
        }
        return Ok(());
    };
    let Some(body) = operation.request.iter().find(|body| covers(body.media_type, given.media_type)) else {
        let detail = format!("the call sends `{}`, which the document does not describe", given.media_type);
        unbound(found, &operation.id, "requestBody", &detail);
        return Ok(());
    };
    typed(ground, operation, body, found)?;
    if let Form::Parts(parts) = given.form {
        let documented = match &body.schema {
            Some(schema) => part_names(ground.requests, schema)?,
            None => Vec::new(),
        };
        let given: Vec<&str> = parts.iter().map(|(name, _)| *name).collect();
        compare(found, &operation.id, "part", &documented, &given);
    }
    Ok(())
}

/// An object that is written in place has a type of its own.
fn typed(
    ground: &Ground<'_>,
    operation: &Operation<'_>,
    body: &Body<'_>,
    found: &mut Findings,
) -> Result<(), DocumentError> {
    let Some((name, schema)) = body.nameless().filter(|_| body.kind() == MediaKind::Json) else { return Ok(()) };
    let whole = Conjunction::of(ground.requests, schema)?;
    let object = whole.kind() == Some(Kind::Object) && !whole.properties().is_empty() && whole.parts.len() == 1;
    if object && !ground.schemas.iter().any(|known| known.name == name) {
        unbound(found, &operation.id, &name, "the document describes this body, the client has no type for it");
    }
    Ok(())
}

fn part_names<'d>(document: &'d Document, schema: &Located<'d>) -> Result<Vec<&'d str>, DocumentError> {
    let whole = Conjunction::of(document, schema.clone())?;
    let mut names = Vec::new();
    for name in whole.properties() {
        let property = whole.property(document, name)?;
        let is_read_only = property
            .is_some_and(|property| property.all("readOnly").iter().any(|found| found.value == &Value::Bool(true)));
        if !is_read_only {
            names.push(name);
        }
    }
    Ok(names)
}

/// Whether a media type, or a range of them, covers another.
fn covers(documented: &str, given: &str) -> bool {
    documented == given
        || documented == "*/*"
        || documented.strip_suffix('*').is_some_and(|start| given.starts_with(start))
}

fn responses(
    ground: &Ground<'_>,
    operation: &Operation<'_>,
    binding: &client::Operation,
    found: &mut Findings,
) -> Result<(), DocumentError> {
    let all: Vec<&str> =
        operation.responses.iter().map(|response| response.status).filter(|status| *status != "default").collect();
    let has_default = operation.responses.iter().any(|response| response.status == "default");
    let has_success = all.iter().any(|status| status.starts_with('2'));
    let is_success = |status: &&str| is_success(operation, status);
    let side = |success: bool, default: Option<&'static str>| {
        // No caller sees an informational response.
        let of_side = all.iter().copied().filter(|status| !status.starts_with('1') && is_success(status) == success);
        of_side.chain(default.filter(|_| has_default)).collect::<Vec<&str>>()
    };
    // `default` is for what the others do not cover: a success only where none is documented.
    let sides = [
        (side(true, (!has_success).then_some("2XX")), binding.successes, "success"),
        (side(false, Some("default")), binding.failures, "error"),
    ];
    reachable(operation, binding, found);
    for (documented, given, what) in sides {
        let statuses = given.iter().map(|response| response.status);
        compare(found, &operation.id, what, &documented, &statuses.collect::<Vec<_>>());
        for response in given {
            let documented = operation
                .responses
                .iter()
                .find(|one| one.status == response.status)
                .or_else(|| operation.responses.iter().find(|one| one.status == "default"));
            let Some(documented) = documented else { continue };
            let read = documented.bodies.iter().find(|body| Some(body.media_type) == response.media_type);
            read.map(|body| typed(ground, operation, body, found)).transpose()?;
            let bodyless = operation.method == "HEAD" || matches!(response.status, "204" | "205" | "304");
            let fits = match response.media_type {
                None => bodyless || documented.bodies.is_empty(),
                Some(given) => {
                    let named = |body: &Body<'_>| body.media_type == given;
                    let has_json = documented.bodies.iter().any(|body| is_json(body.media_type));
                    documented.bodies.iter().any(named) && (is_json(given) || !has_json)
                }
            };
            if !fits {
                let offered: Vec<&str> = documented.bodies.iter().map(|body| body.media_type).collect();
                let detail = format!("the document has {}, the client reads {:?}", json!(offered), response.media_type);
                unbound(found, &operation.id, &format!("response {}", response.status), &detail);
            }
        }
    }
    Ok(())
}

/// Each media type of a success is asked for, by `send` or by a method of its own.
fn reachable(operation: &Operation<'_>, binding: &client::Operation, found: &mut Findings) {
    for (response, status) in
        operation.responses.iter().filter_map(|response| Some((response, success(operation, response.status)?)))
    {
        let of_status = binding.successes.iter().filter(|one| one.status == status);
        let usual: Vec<&str> = of_status.filter_map(|one| one.media_type).collect();
        let bodiless = operation.method == "HEAD" || matches!(response.status, "204" | "205" | "304");
        for body in response.bodies.iter().filter(|_| !bodiless) {
            if !usual.contains(&body.media_type) && binding.alternate(body.media_type).is_none() {
                let detail = format!("the document has `{}`, and no method asks for it", body.media_type);
                unbound(found, &operation.id, &format!("response {}", response.status), &detail);
            }
        }
    }
    for alternate in binding.alternates {
        let documented = operation.responses.iter().filter(|response| success(operation, response.status).is_some());
        if !documented.flat_map(|response| &response.bodies).any(|body| body.media_type == alternate.media_type) {
            let detail = format!("`{}` is asked for, which the document does not have", alternate.media_type);
            unbound(found, &operation.id, alternate.method, &detail);
        }
    }
}

/// The status under which a success is bound: where none is documented by its status, `default` is one for all of them.
fn success<'s>(operation: &Operation<'_>, status: &'s str) -> Option<&'s str> {
    let has_success = operation.responses.iter().any(|response| response.status.starts_with('2'));
    match status {
        "default" => (!has_success).then_some("2XX"),
        stated => is_success(operation, stated).then_some(stated),
    }
}

fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    matches!(essence.as_str(), "application/json" | "text/json") || essence.ends_with("+json")
}

pub(super) fn unbound(found: &mut Findings, place: &str, keyword: &str, detail: &str) {
    found.add(Problem::Unbound, place, keyword, detail, Value::Null);
}

fn borrowed(names: &[String]) -> Vec<&str> {
    names.iter().map(String::as_str).collect()
}

/// What only one of two lists has, or one of them twice.
fn compare(found: &mut Findings, place: &str, what: &str, documented: &[&str], given: &[&str]) {
    for name in documented.iter().filter(|name| !given.contains(name)) {
        unbound(found, place, &format!("{what} {name}"), "the document has it, the client does not");
    }
    for (index, name) in given.iter().enumerate() {
        if !documented.contains(name) {
            unbound(found, place, &format!("{what} {name}"), "the client has it, the document does not");
        } else if given[..index].contains(name) {
            unbound(found, place, &format!("{what} {name}"), "the client has it twice");
        }
    }
}

/// An identifier that reads like another name than the one it stands for: two that are swapped would otherwise pass.
pub(super) fn resemblance(found: &mut Findings, place: &str, what: &str, pairs: &[(&str, &str)]) {
    let plain = |name: &str| -> String {
        name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
    };
    for (name, ident) in pairs {
        let read = plain(ident);
        let alike: Vec<&str> = pairs.iter().map(|(other, _)| *other).filter(|other| plain(other) == read).collect();
        if !alike.is_empty() && !alike.contains(name) {
            let detail = format!("it stands for `{name}`, and reads like `{}`", alike[0]);
            unbound(found, place, &format!("{what} {ident}"), &detail);
        }
    }
}
