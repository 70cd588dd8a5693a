//! Operations: progenitor drops that they are deprecated, documents them under the renamed path and leaves the builders'
//! methods undocumented.

use serde_json::Value;
use syn::{Attribute, ImplItem, Item, ItemImpl, parse_quote};

use super::tree::{code, deprecation, doc, module, subject};
use super::{Context, Pass, PassError};
use crate::document::Pointer;
use crate::normalize::{DEPRECATED, DOCUMENT_ID, EXAMPLE, METHODS, ORIGIN, WIRE_PATH, prose};
use crate::shape::pascal;

pub(super) const PASS: Pass = Pass {
    name: "operations",
    about: "operations would be documented under renamed paths, their builders not at all, and never be deprecated",
    apply,
};

/// An operation of the normalised document.
pub struct Operation<'a> {
    /// Its method's name in the client.
    pub name: &'a str,
    /// Its id in the document, or the one derived for it.
    pub id: &'a str,
    /// The HTTP method, in lower case.
    pub method: &'static str,
    /// The path template as the document has it.
    pub path: &'a str,
    /// The operation as normalised.
    pub normalized: &'a Value,
    /// The operation as the document has it.
    pub original: &'a Value,
}

/// The operations of the normalised document, in its order.
pub fn operations<'a>(context: &Context<'a>) -> Vec<Operation<'a>> {
    let paths = context.normalized.root.get("paths").and_then(Value::as_object);
    let items = paths.into_iter().flat_map(|paths| paths.values());
    let found = items.flat_map(|item| METHODS.into_iter().filter_map(move |method| Some((method, item.get(method)?))));
    let text = |operation: &'a Value, key: &str| operation.get(key).and_then(Value::as_str).unwrap_or_default();
    found
        .map(|(method, operation)| {
            let origin = Pointer::from_reference(text(operation, ORIGIN)).unwrap_or_default();
            Operation {
                name: text(operation, "operationId"),
                id: text(operation, DOCUMENT_ID),
                method,
                path: text(operation, WIRE_PATH),
                normalized: operation,
                original: context.document.get(&origin).unwrap_or(&Value::Null),
            }
        })
        .collect()
}

fn apply(context: &Context<'_>, file: &mut syn::File) -> Result<(), PassError> {
    for operation in operations(context) {
        let missing = |what: &str| PassError { pass: PASS.name, what: format!("{what} of `{}`", operation.id) };
        let method = client_method(file, operation.name).ok_or_else(|| missing("client method"))?;
        method.attrs = method_attributes(context, &operation);
        let builders = module(PASS.name, file, "builder")?;
        let type_name = pascal(operation.name);
        for item in builders.iter_mut().filter(|item| subject(item).is_some_and(|ident| *ident == type_name)) {
            match item {
                Item::Struct(item) => {
                    let words = format!("The arguments of [`Client::{0}`](super::Client::{0}).", operation.name);
                    item.attrs.retain(|attribute| !attribute.path().is_ident("doc"));
                    item.attrs.splice(0..0, doc(&words));
                }
                Item::Impl(item) => document_setters(item, &operation),
                _ => {}
            }
        }
    }
    Ok(())
}

pub(super) fn client_method<'a>(file: &'a mut syn::File, name: &str) -> Option<&'a mut syn::ImplItemFn> {
    let impls = file.items.iter_mut().filter_map(|item| match item {
        Item::Impl(item) if item.trait_.is_none() => Some(item),
        _ => None,
    });
    impls.flat_map(|item| item.items.iter_mut()).find_map(|item| match item {
        ImplItem::Fn(function) if function.sig.ident == name => Some(function),
        _ => None,
    })
}

fn method_attributes(context: &Context<'_>, operation: &Operation<'_>) -> Vec<Attribute> {
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).map(prose).unwrap_or_default();
    let (summary, description) = (text(operation.normalized, "summary"), text(operation.normalized, "description"));
    let mut paragraphs = vec![summary.clone()];
    if !description.starts_with(summary.trim_end_matches('.')) || summary.is_empty() {
        paragraphs.push(description);
    } else {
        paragraphs[0] = description;
    }
    paragraphs.push(format!("`{} {}`", operation.method.to_ascii_uppercase(), operation.path.replace('`', "'")));
    let parameters: Vec<String> = context
        .normalized
        .parameters
        .iter()
        .filter(|parameter| parameter.operation == operation.name)
        .map(|parameter| {
            let required = if parameter.required { "required" } else { "optional" };
            format!(
                "- `{}` ({}, {required}){}",
                parameter.ident,
                parameter.place,
                words_of(operation, &parameter.ident)
            )
        })
        .collect();
    if !parameters.is_empty() {
        paragraphs.push(format!("# Arguments\n\n{}", parameters.join("\n")));
    }
    let answers = answers(context, operation);
    if !answers.is_empty() {
        paragraphs.push(format!("# Answers\n\n{}", answers.join("\n")));
    }
    paragraphs.extend(notes(operation));
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    let mut attributes = doc(&paragraphs.join("\n\n"));
    attributes.extend(deprecation(operation.original));
    attributes
}

/// A line for each status, and one for each header and link that the document describes there.
fn answers(context: &Context<'_>, operation: &Operation<'_>) -> Vec<String> {
    let words = |value: &Value| {
        let text = value.get("description").and_then(Value::as_str).map(prose).unwrap_or_default();
        text.replace('\n', " ")
    };
    let mut lines = Vec::new();
    let responses = operation.normalized.get("responses").and_then(Value::as_object);
    for (status, response) in responses.into_iter().flatten() {
        lines.push(format!("- `{status}`: {}", words(response)));
        let origin = response.get(ORIGIN).and_then(Value::as_str).and_then(Pointer::from_reference);
        let Some(original) = origin.and_then(|origin| context.document.get(&origin)) else { continue };
        for (field, noun) in [("headers", "header"), ("links", "link")] {
            for (name, described) in original.get(field).and_then(Value::as_object).into_iter().flatten() {
                let target = described.get("$ref").and_then(Value::as_str).and_then(Pointer::from_reference);
                let described = target.and_then(|target| context.document.get(&target)).unwrap_or(described);
                lines.push(format!("  - {noun} `{}`: {}", name.replace('`', "'"), words(described)));
            }
        }
    }
    lines
}

/// What else the document says of an operation: tags, further reading, callbacks.
fn notes(operation: &Operation<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    let names = |key: &str| -> Vec<String> {
        match operation.original.get(key) {
            Some(Value::Array(items)) => {
                items.iter().filter_map(Value::as_str).map(|name| format!("`{}`", name.replace('`', "'"))).collect()
            }
            Some(Value::Object(members)) => {
                members.keys().map(|name| format!("`{}`", name.replace('`', "'"))).collect()
            }
            _ => Vec::new(),
        }
    };
    for (key, words) in [("tags", "Tags"), ("callbacks", "The server calls back, which is not this client's part")] {
        let names = names(key);
        if !names.is_empty() {
            notes.push(format!("{words}: {}", names.join(", ")));
        }
    }
    if let Some(docs) = operation.original.get("externalDocs") {
        let url = docs.get("url").and_then(Value::as_str).unwrap_or_default();
        let words = docs.get("description").and_then(Value::as_str).map(prose).unwrap_or_default();
        notes.push(format!("See also: {} <{}>", words.replace('\n', " "), url.replace(['<', '>', ' '], "")));
    }
    notes
}

/// The description of a parameter, as it follows the parameter's name in a list.
pub(super) fn words_of(operation: &Operation<'_>, ident: &str) -> String {
    let parameters = operation.normalized.get("parameters").and_then(Value::as_array);
    let found =
        parameters.into_iter().flatten().find(|parameter| parameter.get("name").and_then(Value::as_str) == Some(ident));
    let description = found.and_then(|parameter| parameter.get("description")).and_then(Value::as_str).map(prose);
    let description = description.filter(|text| !text.is_empty()).map(|text| text.replace('\n', " "));
    let example =
        found.and_then(|parameter| parameter.get(EXAMPLE)).map(|example| format!("such as {}", code(example)));
    let words: Vec<String> = description.into_iter().chain(example).collect();
    if words.is_empty() { String::new() } else { format!(": {}", words.join(", ")) }
}

fn document_setters(item: &mut ItemImpl, operation: &Operation<'_>) {
    for item in &mut item.items {
        let ImplItem::Fn(function) = item else { continue };
        let name = function.sig.ident.to_string();
        let words = match name.as_str() {
            "new" => "No argument given yet.".to_owned(),
            "send" => format!(
                "Sends `{} {}`.\n\n# Errors\nWhatever kept the operation from its successful answer: arguments, the connection, or an answer \
                 that is an error or cannot be read.",
                operation.method.to_ascii_uppercase(),
                operation.path.replace('`', "'")
            ),
            "body" => "Sets the request's body.".to_owned(),
            "body_map" => "Changes the builder of the request's body.".to_owned(),
            _ => format!("Sets `{name}`{}", words_of(operation, &name)),
        };
        function.attrs.retain(|attribute| !attribute.path().is_ident("doc"));
        function.attrs.splice(0..0, doc(&words));
        let parameters = operation.normalized.get("parameters").and_then(Value::as_array);
        let named = |parameter: &&Value| parameter.get("name").and_then(Value::as_str) == Some(name.as_str());
        let deprecated = parameters.into_iter().flatten().find(named).and_then(|parameter| parameter.get(DEPRECATED));
        if deprecated == Some(&Value::Bool(true)) {
            function.attrs.push(parse_quote!(#[deprecated]));
        }
    }
}
