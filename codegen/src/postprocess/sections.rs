//! Sections of the documentation: what the document says of its calls and of itself, as readers of the client find it.
//!
//! They are written from the document as it is, references followed, and say nothing where it says nothing.

mod about;
mod access;
mod answers;
mod arguments;
mod bodies;
mod notes;
mod servers;
mod values;

use serde_json::Value;

use crate::document::{Document, Pointer};
use crate::keyword::external_docs::external_docs;
use crate::markdown::{phrase, quoted, url as link};

pub use about::about;
pub use answers::answers;
pub use arguments::{arguments, setter, words_of};
pub use bodies::request;
pub use notes::{deprecated_argument, notes, request_line};

/// What a reference leads to, or the value itself where it is none.
fn follow<'a>(document: &'a Document, value: &'a Value) -> &'a Value {
    let mut found = value;
    // Lint has refused circles; the bound is for whoever switches it off.
    for _ in 0..16 {
        let target = found.get("$ref").and_then(Value::as_str).and_then(Pointer::from_reference);
        let Some(next) = target.and_then(|target| document.get(&target)) else { break };
        found = next;
    }
    found
}

/// The members of an object that stands under a key, extensions aside.
fn members<'a>(holder: &'a Value, key: &str) -> impl Iterator<Item = (&'a str, &'a Value)> {
    let members = holder.get(key).and_then(Value::as_object).into_iter().flatten();
    members.filter(|(name, _)| !name.starts_with("x-")).map(|(name, value)| (name.as_str(), value))
}

/// The items of a list that stands under a key.
fn items<'a>(holder: &'a Value, key: &str) -> &'a [Value] {
    holder.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// What follows a name: a colon and what is said of it, or nothing.
fn said(words: &[String]) -> String {
    if words.is_empty() { String::new() } else { format!(": {}", words.join(", ")) }
}
