//! Operations: what a method's documentation says, from the summary to the security requirements.

use syn::Attribute;

use super::{access, bodies, example, external_docs, paragraphs, parameters, phrase, quoted, responses, said, servers};
use crate::keyword::deprecated;
use crate::model::{Alternate, Api, Callback, Operation, PagedBy, Pages};
use crate::write::doc::doc;
use crate::write::examples::Examples;

/// The documentation of an operation's method, and its mark where it is deprecated.
pub fn of_method(api: &Api<'_>, operation: &Operation<'_>, examples: &Examples<'_>) -> Vec<Attribute> {
    let (summary, description) = (paragraphs(operation.summary), paragraphs(operation.description));
    // A description that begins with the summary says it already.
    let repeats = !summary.is_empty() && description.starts_with(summary.trim_end_matches('.'));
    let mut parts = if repeats { vec![description] } else { vec![summary, description] };
    parts.push(request_line(operation));
    parts.push(paragraphs(operation.path_summary));
    parts.push(paragraphs(operation.path_description));
    for (heading, section) in [
        ("Arguments", parameters::arguments(api, operation)),
        ("Body", bodies::of_request(api, operation, examples)),
        ("Responses", responses::responses(api, operation, examples)),
    ] {
        if !section.is_empty() {
            parts.push(format!("# {heading}\n\n{section}"));
        }
    }
    parts.extend(operation.pages.as_ref().map(|pages| format!("# Pages\n\n{}", paged(operation, pages))));
    parts.extend(notes(operation));
    parts.retain(|part| !part.is_empty());
    let mut attributes = doc(&parts.join("\n\n"));
    let access = access::requirements(&operation.security);
    if !access.is_empty() {
        attributes.extend(doc(&format!("\n# Access\n\n{access}")));
    }
    attributes.push(example::of_operation(api, operation, examples));
    attributes.extend(operation.deprecated.as_ref().map(|deprecation| deprecated::attribute(deprecation.reason)));
    attributes
}

/// The documentation of an operation's builder: the summary, where there is one, and whose arguments it holds.
pub fn of_builder(operation: &Operation<'_>) -> String {
    let whose = format!("The arguments of [`Client::{0}`](super::Client::{0}).", operation.ident);
    match paragraphs(operation.summary) {
        summary if summary.is_empty() => whose,
        summary => format!("{summary}\n\n{whose}"),
    }
}

/// The documentation of `send`. Of which type an error's value is with which status, no signature says.
pub fn of_send(operation: &Operation<'_>) -> String {
    let mut types: Vec<(String, Vec<String>)> = Vec::new();
    for reading in operation.readings.iter().filter(|reading| !reading.success) {
        let Some(ty) = reading.body.of_error() else { continue };
        let status = quoted(reading.status);
        match types.iter_mut().find(|(known, _)| *known == ty) {
            Some((_, statuses)) => statuses.push(status),
            None => types.push((ty, vec![status])),
        }
    }
    let types: Vec<String> =
        types.iter().map(|(ty, statuses)| format!("`{ty}` with {}", statuses.join(", "))).collect();
    let errors = match types.as_slice() {
        [] => String::new(),
        types => format!(" [`Error::value`] is {}.", types.join("; ")),
    };
    format!("Sends {}.{errors}", request_line(operation))
}

/// The documentation of the method for another media type.
pub fn of_alternate(operation: &Operation<'_>, alternate: &Alternate<'_>) -> String {
    format!(
        "Sends {} and asks for {}. A success in another media type is an error.",
        request_line(operation),
        quoted(alternate.media_type)
    )
}

/// Method and path as code.
pub fn request_line(operation: &Operation<'_>) -> String {
    format!("`{} {}`", operation.method.name(), operation.path.replace('`', "'"))
}

/// How the responses come in pages.
fn paged(operation: &Operation<'_>, pages: &Pages) -> String {
    let parameter = operation.parameters.iter().find(|parameter| parameter.ident == pages.parameter);
    let parameter = quoted(parameter.map_or("", |parameter| parameter.wire));
    let begins = match &pages.by {
        PagedBy::Cursor(next) => {
            let next = quoted(&next.pointer);
            format!("{parameter} takes the cursor that the page before has in {next}; without one it is the first page")
        }
        PagedBy::Page(first) => {
            format!("{parameter} is the number of the page, from {first} on, and an empty page is the last")
        }
        PagedBy::Offset(first) => {
            format!(
                "{parameter} is the number of items ahead of the page, from {first} on, and an empty page is the last"
            )
        }
    };
    let items = match pages.items.pointer.as_str() {
        "" => "The response is the list of the page's items".to_owned(),
        pointer => format!("The page's items are in {}", quoted(pointer)),
    };
    let call = format!("client.{}()", operation.ident);
    let streams = format!("`{call}.items()` gives all items and `{call}.pages()` all pages, each fetched on demand");
    format!("{items}; {begins}. {streams} ([`Pages`](runtime::Pages)).")
}

/// The paragraphs behind the responses.
fn notes(operation: &Operation<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    let own = [&operation.servers, &operation.path_servers].into_iter().find(|servers| !servers.is_empty());
    notes.extend(own.map(|own| format!("Servers of this call:\n\n{}", servers::servers(own))));
    if !operation.tags.is_empty() {
        let tags: Vec<String> = operation.tags.iter().map(|tag| quoted(tag)).collect();
        notes.push(format!("Tags: {}", tags.join(", ")));
    }
    if !operation.callbacks.is_empty() {
        let callbacks: Vec<String> = operation.callbacks.iter().map(callback).collect();
        notes.push(format!("The server calls back, which is not this client's part:\n\n{}", callbacks.join("\n")));
    }
    notes.extend(external_docs(operation.external_docs.as_ref()));
    notes
}

fn callback(callback: &Callback<'_>) -> String {
    let phrases: Vec<String> = phrase(callback.summary).into_iter().chain(phrase(callback.description)).collect();
    let request = format!("{} {}", callback.method.name(), callback.expression);
    format!("- {} by {}{}", quoted(callback.name), quoted(&request), said(&phrases))
}
