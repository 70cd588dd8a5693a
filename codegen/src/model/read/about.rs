//! What the document says of itself and of its servers.

use serde_json::Value;

use super::fields::{entries, external_docs, items, resolved, text};
use crate::model::{About, Contact, License, Method, Server, ServerVariable, Tag, Webhook};

/// The document as a whole.
pub fn read(root: &Value) -> About<'_> {
    let info = root.get("info").unwrap_or(&Value::Null);
    About {
        title: text(info, "title").unwrap_or_default(),
        version: text(info, "version").unwrap_or_default(),
        openapi: text(root, "openapi").unwrap_or_default(),
        description: text(info, "description"),
        terms_of_service: text(info, "termsOfService"),
        contact: info.get("contact").map(|contact| Contact {
            name: text(contact, "name"),
            url: text(contact, "url"),
            email: text(contact, "email"),
        }),
        license: info.get("license").map(|license| License { name: text(license, "name"), url: text(license, "url") }),
        external_docs: external_docs(root),
        tags: items(root, "tags").iter().map(tag).collect(),
        webhooks: entries(root, "x-webhooks").flat_map(|(name, item)| webhooks(root, name, item)).collect(),
    }
}

fn webhooks<'a>(root: &'a Value, name: &'a str, item: &'a Value) -> impl Iterator<Item = Webhook<'a>> {
    let item = resolved(root, item);
    let calls = Method::ALL.into_iter().filter_map(|method| Some((method, item.get(method.key())?)));
    calls.map(move |(method, call)| Webhook {
        name,
        method,
        summary: text(call, "summary"),
        description: text(call, "description"),
    })
}

fn tag(tag: &Value) -> Tag<'_> {
    Tag {
        name: text(tag, "name").unwrap_or_default(),
        description: text(tag, "description"),
        external_docs: external_docs(tag),
    }
}

/// The servers of the document, a path item or an operation.
pub fn servers(holder: &Value) -> Vec<Server<'_>> {
    items(holder, "servers").iter().map(server).collect()
}

/// One server.
pub fn server(server: &Value) -> Server<'_> {
    let variables = entries(server, "variables").map(|(name, variable)| ServerVariable {
        name,
        default: text(variable, "default"),
        values: items(variable, "enum").iter().filter_map(Value::as_str).collect(),
        description: text(variable, "description"),
    });
    Server {
        url: text(server, "url").unwrap_or_default(),
        description: text(server, "description"),
        variables: variables.collect(),
    }
}
