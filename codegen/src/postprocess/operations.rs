//! Operations: progenitor drops that they are deprecated, documents them under the renamed path and leaves the builders'
//! methods undocumented.

use serde_json::Value;
use syn::{Attribute, ImplItem, Item, ItemImpl};

use super::tree::{doc, module, subject};
use super::{Context, Pass, PassError, sections};
use crate::document::{Document, Pointer};
use crate::keyword::deprecated::deprecation;
use crate::markdown::prose;
use crate::model::pascal;
use crate::normalize::{DOCUMENT_ID, METHODS, ORIGIN, WIRE_PATH};
use crate::write::examples::Examples;

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

impl<'a> Operation<'a> {
    /// The path item that it stands in, or the one that this refers to.
    pub fn path_item(&self, document: &'a Document) -> &'a Value {
        let mut item = document.root().get("paths").and_then(|paths| paths.get(self.path)).unwrap_or(&Value::Null);
        // Lint has refused circles; the bound is for whoever switches it off.
        for _ in 0..16 {
            let target = item.get("$ref").and_then(Value::as_str).and_then(Pointer::from_reference);
            let Some(next) = target.and_then(|target| document.get(&target)) else { break };
            item = next;
        }
        item
    }
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
    let examples = Examples::of(context.api);
    for operation in operations(context) {
        let missing = |what: &str| PassError { pass: PASS.name, what: format!("{what} of `{}`", operation.id) };
        let method = client_method(file, operation.name).ok_or_else(|| missing("client method"))?;
        method.attrs = method_attributes(context, &operation, &examples);
        let builders = module(PASS.name, file, "builder")?;
        let type_name = pascal(operation.name);
        for item in builders.iter_mut().filter(|item| subject(item).is_some_and(|ident| *ident == type_name)) {
            match item {
                Item::Struct(item) => {
                    let words = builder_words(&operation);
                    item.attrs.retain(|attribute| !attribute.path().is_ident("doc"));
                    item.attrs.splice(0..0, doc(&words));
                }
                Item::Impl(item) => document_setters(context, item, &operation),
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

fn method_attributes(context: &Context<'_>, operation: &Operation<'_>, examples: &Examples<'_>) -> Vec<Attribute> {
    let text = |key: &str| operation.original.get(key).and_then(Value::as_str).map(prose).unwrap_or_default();
    let (summary, description) = (text("summary"), text("description"));
    // A description that begins with the summary says it already.
    let repeats = !summary.is_empty() && description.starts_with(summary.trim_end_matches('.'));
    let mut paragraphs = if repeats { vec![description] } else { vec![summary, description] };
    paragraphs.extend(sections::request_line(context, operation));
    for (heading, section) in [
        ("Arguments", sections::arguments(context, operation)),
        ("Body", sections::request(context, operation, examples)),
        ("Answers", sections::answers(context, operation, examples)),
    ] {
        if !section.is_empty() {
            paragraphs.push(format!("# {heading}\n\n{section}"));
        }
    }
    paragraphs.extend(sections::notes(context, operation));
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    let mut attributes = doc(&paragraphs.join("\n\n"));
    attributes.extend(deprecation(operation.original));
    attributes
}

/// The summary, where there is one, and whose arguments they are.
fn builder_words(operation: &Operation<'_>) -> String {
    let summary = operation.original.get("summary").and_then(Value::as_str).map(prose).unwrap_or_default();
    let words = format!("The arguments of [`Client::{0}`](super::Client::{0}).", operation.name);
    if summary.is_empty() { words } else { format!("{summary}\n\n{words}") }
}

fn document_setters(context: &Context<'_>, item: &mut ItemImpl, operation: &Operation<'_>) {
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
            _ => sections::setter(context, operation, &name).unwrap_or_else(|| format!("Sets `{name}`.")),
        };
        function.attrs.retain(|attribute| !attribute.path().is_ident("doc"));
        function.attrs.splice(0..0, doc(&words));
        function.attrs.extend(sections::deprecated_argument(context, operation, &name));
    }
}
