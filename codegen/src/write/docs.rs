//! Documentation: what the document says of the API, of its operations and of what they take and return, where readers of
//! the client find it. Where the document says nothing, nothing is said.

mod about;
mod access;
mod bodies;
mod example;
mod operation;
mod parameters;
mod responses;
mod servers;
mod values;

use crate::markdown::{phrase, prose, quoted, url};
use crate::model::ExternalDocs;

pub use about::of_client;
pub use access::{of_scheme, of_scope};
pub use bodies::of_response_header;
pub use operation::{of_alternate, of_builder, of_method, of_send};
pub use parameters::{of_setter, remarks};

/// What follows a name: a colon and what is said of it, or nothing.
fn said(phrases: &[String]) -> String {
    if phrases.is_empty() { String::new() } else { format!(": {}", phrases.join(", ")) }
}

/// The document's sentences as paragraphs; empty where there are none.
fn paragraphs(text: Option<&str>) -> String {
    text.map(prose).unwrap_or_default()
}

/// Further reading, as a sentence.
fn external_docs(docs: Option<&ExternalDocs<'_>>) -> Option<String> {
    docs.and_then(|docs| crate::keyword::external_docs::sentence(docs.description, docs.url))
}
