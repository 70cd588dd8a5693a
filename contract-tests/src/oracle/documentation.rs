//! What a reader is told about the client and its calls, against the document: words, statuses, arguments, examples.
//!
//! Comments don't survive compilation, so the committed sources are read as text here, and only here. This oracle counts
//! for edits that nobody but a reader can observe, and for no others.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde_json::{Value, json};
use syn::{Attribute, Expr, ImplItem, Item, Lit, Meta};

use super::client::first_change;
use crate::bindings::{OPERATIONS, SCHEMAS};
use crate::difference::{Difference, Oracle, Problem};
use crate::document::{Document, DocumentError, Located, Operation, Pointer};

/// The module that was compiled into this judge.
const SOURCE: &str = include_str!("../../../generated-client/src/generated/mod.rs");

/// The differences between the client's documentation and the document.
pub fn judge(document: &Document) -> Result<Vec<Difference>, DocumentError> {
    static WRITTEN: OnceLock<Result<Written, String>> = OnceLock::new();
    let written = match WRITTEN.get_or_init(|| Written::read(SOURCE)) {
        Ok(written) => written,
        Err(error) => return Ok(vec![difference("Client", "source", json!(null), json!(error))]),
    };
    let mut found = Vec::new();
    found.extend(unlike("Client", &about(document), &written.client));
    for operation in document.operations()? {
        let Some(binding) = OPERATIONS.iter().find(|binding| binding.id == operation.id) else { continue };
        let Some(method) = written.methods.get(binding.method) else { continue };
        found.extend(unlike(&operation.id, &words(document, &operation)?, &method.lines));
        if operation.deprecated != method.deprecated {
            found.push(difference(&operation.id, "deprecated", json!(operation.deprecated), json!(method.deprecated)));
        }
    }
    found.extend(examples(document)?);
    Ok(found)
}

/// What the sources say.
struct Written {
    client: Vec<String>,
    methods: BTreeMap<String, Method>,
}

struct Method {
    lines: Vec<String>,
    deprecated: bool,
}

impl Written {
    fn read(source: &str) -> Result<Self, String> {
        let file = syn::parse_file(source).map_err(|error| error.to_string())?;
        let mut written = Self { client: Vec::new(), methods: BTreeMap::new() };
        for item in file.items {
            match item {
                Item::Struct(item) if item.ident == "Client" => written.client = lines(&documentation(&item.attrs)),
                Item::Impl(item) if item.trait_.is_none() => {
                    for function in item.items {
                        let ImplItem::Fn(function) = function else { continue };
                        let deprecated = function.attrs.iter().any(|attribute| attribute.path().is_ident("deprecated"));
                        let lines = lines(&documentation(&function.attrs));
                        written.methods.insert(function.sig.ident.to_string(), Method { lines, deprecated });
                    }
                }
                _ => {}
            }
        }
        Ok(written)
    }
}

fn documentation(attributes: &[Attribute]) -> String {
    let mut text = String::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("doc")) {
        if let Meta::NameValue(pair) = &attribute.meta
            && let Expr::Lit(literal) = &pair.value
            && let Lit::Str(line) = &literal.lit
        {
            text.push_str(&line.value());
            text.push('\n');
        }
    }
    text
}

/// The lines of a text that say something, without what Markdown needs and a reader doesn't see.
fn lines(text: &str) -> Vec<String> {
    text.lines()
        // What a call asks for is data as well, and compared as such.
        .take_while(|line| line.trim() != "# Access")
        .map(|line| line.replace('\\', "").split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|line| !line.is_empty() && !line.starts_with("# "))
        // Rust's own name of an argument is the generator's choice.
        .map(|line| match (line.strip_prefix("- `"), line.find("` (")) {
            (Some(_), Some(end)) => format!("- {}", &line[end + 2..]),
            _ => line,
        })
        .collect()
}

/// The lines that only one of the two has, or has more often, or at another place.
fn unlike(place: &str, expected: &[String], said: &[String]) -> Option<Difference> {
    if expected == said {
        return None;
    }
    let only = |these: &[String], those: &[String]| {
        let mut rest = those.to_vec();
        let mut found = these.to_vec();
        found.retain(|line| match rest.iter().position(|other| other == line) {
            Some(index) => {
                rest.swap_remove(index);
                false
            }
            None => true,
        });
        found
    };
    Some(difference(place, "description", json!(only(expected, said)), json!(only(said, expected))))
}

/// The words about the client as a whole.
fn about(document: &Document) -> Vec<String> {
    let text =
        |key: &str| document.root().pointer("/info").and_then(|info| info.get(key)?.as_str()).unwrap_or_default();
    let mut expected = lines(&format!("A client of {}.", text("title").trim_end_matches('.')));
    expected.extend(lines(text("description")));
    expected.extend(lines(&format!("Version of the document: {}", text("version"))));
    expected
}

/// The words about one call.
fn words(document: &Document, operation: &Operation<'_>) -> Result<Vec<String>, DocumentError> {
    let raw = document.at(&operation.pointer);
    let text = |key: &str| raw.as_ref().and_then(|raw| raw.value.get(key)?.as_str()).unwrap_or_default();
    let mut all = String::new();
    // A description that begins with the summary says it already.
    if text("summary").is_empty() || !text("description").starts_with(text("summary").trim_end_matches('.')) {
        all.push_str(text("summary"));
    }
    all.push_str(&format!("\n{}\n`{} {}`\n", text("description"), operation.method, operation.path));
    for parameter in &operation.parameters {
        let required = if parameter.required { "required" } else { "optional" };
        let raw = document.at(&parameter.pointer);
        let description = raw.as_ref().and_then(|raw| raw.value.get("description")?.as_str());
        let example = parameter.example.map(|example| match example.as_str() {
            Some(text) => format!("such as `{text}`"),
            None => format!("such as `{example}`"),
        });
        let said: Vec<String> = description.map(|text| text.replace('\n', " ")).into_iter().chain(example).collect();
        let colon = if said.is_empty() { "" } else { ": " };
        all.push_str(&format!("- `_` ({}, {required}){colon}{}\n", parameter.place, said.join(", ")));
    }
    for response in &operation.responses {
        let raw = document.at(&response.pointer);
        let description = raw.as_ref().and_then(|raw| raw.value.get("description")?.as_str()).unwrap_or_default();
        all.push_str(&format!("- `{}`: {}\n", response.status, description.replace('\n', " ")));
        for header in raw.iter().flat_map(|raw| raw.members("headers")) {
            let name = header.pointer.steps().last().unwrap_or_default();
            let header = document.resolve(header)?;
            let description = header.value.get("description").and_then(Value::as_str);
            let description = description.map(|text| format!(": {}", text.replace('\n', " "))).unwrap_or_default();
            all.push_str(&format!("- header `{name}`{description}\n"));
        }
    }
    let tags = raw.as_ref().and_then(|raw| raw.value.get("tags")?.as_array());
    let tags: Vec<String> =
        tags.into_iter().flatten().filter_map(Value::as_str).map(|tag| format!("`{tag}`")).collect();
    if !tags.is_empty() {
        all.push_str(&format!("Tags: {}\n", tags.join(", ")));
    }
    Ok(lines(&all))
}

/// The example that each type gives must be the document's first one for it.
fn examples(document: &Document) -> Result<Vec<Difference>, DocumentError> {
    let operations = document.operations()?;
    let bodies: Vec<_> = operations.iter().flat_map(|one| &one.responses).flat_map(|one| &one.bodies).collect();
    let mut found = Vec::new();
    for (name, schema) in document.component_schemas() {
        let Some(binding) = SCHEMAS.iter().find(|binding| binding.name == name) else { continue };
        let is_this = |body: &Option<Located<'_>>| {
            body.as_ref()
                .is_some_and(|body| document.resolve(body.clone()).is_ok_and(|target| target.pointer == schema.pointer))
        };
        let mut answered = bodies.iter().filter(|body| is_this(&body.schema)).filter_map(|body| body.example);
        let expected = schema.value.get("example").or_else(|| answered.next()).cloned().unwrap_or_default();
        let given = (binding.example)();
        if first_change(&expected, &given, Pointer::root()).is_some() {
            found.push(difference(name, "example", expected, given));
        }
    }
    Ok(found)
}

fn difference(place: &str, keyword: &str, expected: Value, found: Value) -> Difference {
    let problem = match (&expected, &found) {
        (_, Value::Null) => Problem::Lost,
        (Value::Null, _) => Problem::Added,
        _ => Problem::Changed,
    };
    Difference {
        oracle: Oracle::Documentation,
        problem,
        place: place.into(),
        keyword: keyword.into(),
        detail: format!("only the document says {expected}, only the client's documentation says {found}"),
        shown_by: json!({ "document": expected, "client": found }),
    }
}
