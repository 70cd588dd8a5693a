//! The client as a whole: what the document says of itself, its servers, its tags and how its calls are authorized.

use super::{access, external_docs, paragraphs, phrase, quoted, said, servers, url};
use crate::model::{Api, Contact, License, Tag, Webhook};

/// The documentation of the client.
pub fn of_client(api: &Api<'_>) -> String {
    let about = &api.about;
    let mut parts = vec![
        format!("A client of {}.", stated(about.title).trim_end_matches('.')),
        paragraphs(about.description),
        format!("Version of the document: {}, in OpenAPI {}", stated(about.version), stated(about.openapi)),
    ];
    parts.extend(about.contact.as_ref().and_then(contact));
    parts.extend(about.license.as_ref().and_then(license));
    parts.extend(url(about.terms_of_service).map(|url| format!("Terms of service: {url}")));
    parts.extend(external_docs(about.external_docs.as_ref()));
    parts.extend(section("Servers", servers::servers(&api.servers)));
    parts.extend(section("Tags", about.tags.iter().map(tag).collect::<Vec<_>>().join("\n")));
    parts.extend(section("Webhooks", about.webhooks.iter().map(webhook).collect::<Vec<_>>().join("\n")));
    parts.extend(section("Access", access::schemes(&api.schemes)));
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

fn stated(text: &str) -> String {
    phrase(Some(text)).unwrap_or_default()
}

fn section(heading: &str, text: String) -> Option<String> {
    (!text.is_empty()).then(|| format!("# {heading}\n\n{text}"))
}

fn contact(contact: &Contact<'_>) -> Option<String> {
    let address = contact.email.filter(|address| !address.is_empty()).map(quoted);
    let ways: Vec<String> = phrase(contact.name).into_iter().chain(url(contact.url)).chain(address).collect();
    (!ways.is_empty()).then(|| format!("Contact: {}", ways.join(", ")))
}

fn license(license: &License<'_>) -> Option<String> {
    let phrases: Vec<String> = phrase(license.name).into_iter().chain(url(license.url)).collect();
    (!phrases.is_empty()).then(|| format!("Licence of the API: {}", phrases.join(", ")))
}

fn webhook(webhook: &Webhook<'_>) -> String {
    let phrases: Vec<String> = phrase(webhook.summary).into_iter().chain(phrase(webhook.description)).collect();
    format!("- {} by {}{}", quoted(webhook.name), quoted(&webhook.method.name()), said(&phrases))
}

fn tag(tag: &Tag<'_>) -> String {
    let phrases: Vec<String> =
        phrase(tag.description).into_iter().chain(external_docs(tag.external_docs.as_ref())).collect();
    format!("- {}{}", quoted(tag.name), said(&phrases))
}
