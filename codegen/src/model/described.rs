//! What the document says of a value that is sent or received outside a body: a parameter, a header, a property of a form.

use serde_json::Value;

use super::Content;

/// A deprecated operation, parameter or header.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Deprecation<'a> {
    /// Why, where the document says so.
    pub reason: Option<&'a str>,
}

/// What the document states of a parameter, a header or a property of a form, for readers.
#[derive(Debug, Clone, Default)]
pub struct Described<'a> {
    /// The description.
    pub description: Option<&'a str>,
    /// Whether it is deprecated.
    pub deprecated: Option<Deprecation<'a>>,
    /// `allowEmptyValue`.
    pub allows_empty: bool,
    /// `allowReserved`.
    pub allows_reserved: bool,
    /// `style`, where it is stated.
    pub style: Option<&'a str>,
    /// `explode`, where it is stated.
    pub explode: Option<bool>,
    /// Its schema as the document writes it, perhaps a reference.
    pub schema: Option<&'a Value>,
    /// Its content, where it has that instead of a schema.
    pub content: Vec<Content<'a>>,
    /// Its examples.
    pub examples: Vec<Example<'a>>,
}

/// An example of a parameter, a header or a body.
#[derive(Debug, Clone, Default)]
pub struct Example<'a> {
    /// Its name among others; none for the only one.
    pub name: Option<&'a str>,
    /// What it shows, in short.
    pub summary: Option<&'a str>,
    /// What it shows.
    pub description: Option<&'a str>,
    /// The value.
    pub value: Option<&'a Value>,
    /// The URL of a value that stands elsewhere.
    pub external_value: Option<&'a str>,
}
