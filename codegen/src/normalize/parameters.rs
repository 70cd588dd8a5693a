//! Parameters: what progenitor panics on (one name in two places, `content` instead of a schema, an optional path
//! parameter), errs on (cookies, styles) or sends twice (headers that have a field of their own in OpenAPI).

use serde_json::{Map, Value, json};

use super::operations::{Site, each_operation, origin};
use super::{Normalized, Pass};
use crate::diagnostic::Level;
use crate::document::{Document, Pointer};
use crate::model::{Names, Read, TypeRef, snake};

pub(super) const PASS: Pass = Pass {
    name: "parameters",
    about: "each operation gets all its parameters, each under an identifier of its own, in a style that progenitor \
            knows; name, place and style as the document has them are kept beside it",
    apply,
};

/// The private key of a parameter's name on the wire.
const WIRE_NAME: &str = "x-codegen-wire-name";
/// The private key of a parameter's place, style, `explode` and `allowReserved`.
const STYLE: &str = "x-codegen-style";
/// The private key of the path template with the names that the document uses.
pub const WIRE_PATH: &str = "x-codegen-path";

/// The private key of a parameter's example.
pub const EXAMPLE: &str = "x-codegen-example";
/// The private key of whether a parameter is deprecated.
pub const DEPRECATED: &str = "x-codegen-deprecated";

/// A parameter with what progenitor is not told of it.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// The method's name of the operation.
    pub operation: String,
    /// Its identifier.
    pub ident: String,
    /// Its name on the wire.
    pub wire: String,
    /// Where it goes: `path`, `query`, `header` or `cookie`.
    pub place: String,
    /// Its style as OpenAPI names it, or `json` where the document gives it content instead.
    pub style: String,
    /// Whether the members of a list or object become parameters of their own.
    pub explode: bool,
    /// Whether characters that mean something in a URL are sent as they are.
    pub reserved: bool,
    /// Whether it must be given.
    pub required: bool,
    /// Its type, null left out.
    pub ty: TypeRef,
    /// Whether null is among its values, though it has no form in a request.
    pub nullable: bool,
    /// Its schema; the target's where it is a reference.
    pub schema: Value,
}

impl Parameter {
    /// Takes from a rewritten parameter what this pass has noted on it.
    pub(super) fn new(operation: &str, parameter: &Value, Read { ty, nullable }: Read, schema: Value) -> Self {
        let text = |key: &str| parameter.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let style = |key: &str| parameter.get(STYLE).and_then(|style| style.get(key));
        let style_text = |key: &str| style(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        Self {
            operation: operation.to_owned(),
            ident: text("name"),
            wire: text(WIRE_NAME),
            place: style_text("in"),
            style: style_text("style"),
            explode: style("explode").and_then(Value::as_bool).unwrap_or(false),
            reserved: style("reserved").and_then(Value::as_bool).unwrap_or(false),
            required: parameter.get("required").and_then(Value::as_bool).unwrap_or(false),
            ty,
            nullable,
            schema,
        }
    }
}

/// What a parameter's builder method, or the variable that holds it while a request is sent, must not be called.
const TAKEN: [&str; 13] = [
    "new",
    "send",
    "stream",
    "client",
    "body",
    "body_map",
    "clone",
    "self_",
    "header_map",
    "url",
    "request",
    "result",
    "response",
];

fn apply(document: &Document, normalized: &mut Normalized) {
    let mut gaps = Vec::new();
    let mut renamed = Vec::new();
    each_operation(&mut normalized.root, |mut site| {
        let path = rewrite(&mut site, &mut gaps);
        renamed.push((site.pointer.clone(), path));
    });
    for (pointer, message, help) in gaps {
        normalized.report(document, ("unsupported-parameter", Level::Error), pointer, message, help);
    }
    split_paths(&mut normalized.root, &renamed);
}

type Gap = (Pointer, String, &'static str);

/// Rewrites one operation's parameters; gives its path template in the identifiers that they got.
fn rewrite(site: &mut Site<'_>, gaps: &mut Vec<Gap>) -> String {
    let own = site.operation.remove("parameters");
    let own = own.as_ref().and_then(Value::as_array).cloned().unwrap_or_default();
    let identity = |parameter: &Value| (parameter.get("name").cloned(), parameter.get("in").cloned());
    let inherited =
        site.shared_parameters.iter().filter(|shared| !own.iter().any(|own| identity(own) == identity(shared)));
    let mut names = Names::reserving(&TAKEN);
    let mut path = site.path.clone();
    let mut parameters = Vec::new();
    let at = site.pointer.join("parameters");
    let own_places = (0..).map(|index| at.join(index));
    // Inherited ones have their place noted on them.
    for (parameter, place) in inherited.map(|shared| (shared, at.clone())).chain(own.iter().zip(own_places)) {
        let pointer = origin(parameter, place);
        let Some(parameter) = parameter.as_object() else { continue };
        let text = |key: &str| parameter.get(key).and_then(Value::as_str).unwrap_or_default();
        let (wire, place) = (text("name"), text("in"));
        let has_own_field = ["accept", "content-type", "authorization"].contains(&wire.to_ascii_lowercase().as_str());
        if place == "header" && has_own_field {
            continue;
        }
        let ident = names.claim(&snake(wire));
        match plain(parameter, &ident) {
            Ok(mut plain) => {
                plain.insert(super::operations::ORIGIN.to_owned(), json!(pointer.to_reference()));
                parameters.push(Value::Object(plain));
            }
            Err((message, help)) => gaps.push((pointer, message, help)),
        }
        if place == "path" {
            path = path.replace(&format!("{{{wire}}}"), &format!("{{{ident}}}"));
        }
    }
    site.operation.insert("parameters".to_owned(), Value::Array(parameters));
    site.operation.insert(WIRE_PATH.to_owned(), json!(site.path));
    path
}

/// The parameter as progenitor knows it.
fn plain(parameter: &Map<String, Value>, ident: &str) -> Result<Map<String, Value>, (String, &'static str)> {
    let text = |key: &str| parameter.get(key).and_then(Value::as_str);
    let (wire, place) = (text("name").unwrap_or_default(), text("in").unwrap_or_default());
    let default_style = if matches!(place, "query" | "cookie") { "form" } else { "simple" };
    let style = text("style").unwrap_or(default_style);
    let explode = parameter.get("explode").and_then(Value::as_bool).unwrap_or(style == "form");
    let mut plain = parameter.clone();
    let mut encoding = style;
    if let Some(content) = plain.remove("content") {
        let media = content.as_object().and_then(|content| content.iter().next());
        let schema = media.and_then(|(_, media)| media.get("schema")).cloned().unwrap_or_else(|| json!({}));
        plain.insert("schema".to_owned(), schema);
        encoding = "json";
    }
    if !plain.contains_key("schema") {
        plain.insert("schema".to_owned(), json!({}));
    }
    let known = matches!(
        (place, encoding),
        ("query", "form" | "spaceDelimited" | "pipeDelimited" | "deepObject" | "json")
            | ("path", "simple" | "label" | "matrix" | "json")
            | ("header", "simple" | "json")
            | ("cookie", "form" | "json")
    );
    if !known {
        return Err((
            format!("a parameter in `{place}` with the style `{style}` cannot be sent"),
            "use a style that OpenAPI defines for this place",
        ));
    }
    let reserved = place == "query" && parameter.get("allowReserved").and_then(Value::as_bool) == Some(true);
    plain.insert(STYLE.to_owned(), json!({ "in": place, "style": encoding, "explode": explode, "reserved": reserved }));
    plain.insert(WIRE_NAME.to_owned(), json!(wire));
    plain.insert("name".to_owned(), json!(ident));
    // A cookie travels as a header; which, and how, is for the postprocess pass to say.
    if place == "cookie" {
        plain.insert("in".to_owned(), json!("header"));
    }
    if place == "path" {
        plain.insert("required".to_owned(), json!(true));
    }
    let named =
        parameter.get("examples").and_then(Value::as_object).and_then(|named| named.values().next()?.get("value"));
    let shown = parameter.get("example").or(named).or_else(|| parameter.get("schema")?.get("example"));
    for (key, value) in [(EXAMPLE, shown), (DEPRECATED, parameter.get("deprecated"))] {
        if let Some(value) = value {
            plain.insert(key.to_owned(), value.clone());
        }
    }
    for key in ["style", "explode", "allowReserved", "allowEmptyValue", "example", "examples"] {
        plain.remove(key);
    }
    Ok(plain)
}

/// Gives each operation a path item whose template has the identifiers of its own parameters: operations of one path may
/// name them differently once each has its own set.
fn split_paths(root: &mut Value, renamed: &[(Pointer, String)]) {
    let Some(paths) = root.get_mut("paths").and_then(Value::as_object_mut) else { return };
    let mut split = Map::new();
    for (path, item) in std::mem::take(paths) {
        let Value::Object(item) = item else { continue };
        let place = Pointer::root().join("paths").join(&path);
        for (key, operation) in item {
            let pointer = place.join(&key);
            let Some((_, template)) = renamed.iter().find(|(renamed, _)| *renamed == pointer) else { continue };
            let mut operation = operation;
            if let Some(object) = operation.as_object_mut() {
                object.insert(super::operations::ORIGIN.to_owned(), json!(pointer.to_reference()));
            }
            let entry = split.entry(template.clone()).or_insert_with(|| json!({}));
            if let Some(entry) = entry.as_object_mut() {
                entry.insert(key, operation);
            }
        }
    }
    *paths = split;
}
