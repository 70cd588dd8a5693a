//! What a document says of itself.

use super::operation::Method;

/// The document as a whole.
#[derive(Debug, Clone, Default)]
pub struct About<'a> {
    /// The API's title.
    pub title: &'a str,
    /// The version of the document.
    pub version: &'a str,
    /// The version of OpenAPI that it is written in, for readers.
    pub openapi: &'a str,
    /// What it says of the API.
    pub description: Option<&'a str>,
    /// The URL of the terms of service.
    pub terms_of_service: Option<&'a str>,
    /// Whom to ask.
    pub contact: Option<Contact<'a>>,
    /// Under which licence the API is offered.
    pub license: Option<License<'a>>,
    /// Further reading.
    pub external_docs: Option<ExternalDocs<'a>>,
    /// The tags that it declares.
    pub tags: Vec<Tag<'a>>,
    /// The requests that the server makes by itself.
    pub webhooks: Vec<Webhook<'a>>,
}

/// A request that the server makes by itself.
#[derive(Debug, Clone)]
pub struct Webhook<'a> {
    /// The webhook's name.
    pub name: &'a str,
    /// The method.
    pub method: Method,
    /// The summary.
    pub summary: Option<&'a str>,
    /// The description.
    pub description: Option<&'a str>,
}

/// Whom to ask about an API.
#[derive(Debug, Clone, Default)]
pub struct Contact<'a> {
    /// The name.
    pub name: Option<&'a str>,
    /// The page.
    pub url: Option<&'a str>,
    /// The address.
    pub email: Option<&'a str>,
}

/// The licence of an API.
#[derive(Debug, Clone, Default)]
pub struct License<'a> {
    /// The name.
    pub name: Option<&'a str>,
    /// The page.
    pub url: Option<&'a str>,
}

/// Further reading.
#[derive(Debug, Clone, Default)]
pub struct ExternalDocs<'a> {
    /// What is to be read there.
    pub description: Option<&'a str>,
    /// The page.
    pub url: Option<&'a str>,
}

/// A declared tag.
#[derive(Debug, Clone, Default)]
pub struct Tag<'a> {
    /// The name.
    pub name: &'a str,
    /// What it stands for.
    pub description: Option<&'a str>,
    /// Further reading.
    pub external_docs: Option<ExternalDocs<'a>>,
}
