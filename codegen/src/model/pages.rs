//! Responses that come in pages: which parameter says where a page begins, and what in a page says where the next one does.

use super::TypeRef;

/// How the responses of an operation come in pages.
#[derive(Debug, Clone)]
pub struct Pages {
    /// What the parameter holds.
    pub by: PagedBy,
    /// The identifier of the parameter.
    pub parameter: String,
    /// The type of a page: the body of the success.
    pub page: TypeRef,
    /// The way from a page to its items.
    pub items: Way,
    /// The type of an item.
    pub item: TypeRef,
}

/// What the parameter of a paged operation holds.
#[derive(Debug, Clone)]
pub enum PagedBy {
    /// What the page before it gives: the way to that.
    Cursor(Way),
    /// The number of the page: that of the first one.
    Page(u64),
    /// The number of items ahead of the page: that of the first one.
    Offset(u64),
}

/// The way from a value to one within it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// As the document writes it: a JSON pointer.
    pub pointer: String,
    /// Through the types.
    pub steps: Vec<Step>,
}

/// A step from a value to one within it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// To the field of this identifier.
    Field(String),
    /// To what an `Option` holds, if there is anything.
    Present,
}
