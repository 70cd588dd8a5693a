//! What the documentation must say of one call: its words, its path, arguments, body, answers and notes.

use super::about::{external_docs, server, servers};
use super::markdown::{code, described, phrase, quoted, said};
use super::value::{examples, held, traits, words};
use crate::bindings::SCHEMAS;
use crate::document::{Operation, Reader};
use crate::oracle::client::first_change;

/// The readers of an operation's path item and of the operation itself.
pub fn readers<'a, 'd>(root: &Reader<'a, 'd>, operation: &Operation<'_>) -> Option<(Reader<'a, 'd>, Reader<'a, 'd>)> {
    let (_, item) = root.named("paths").into_iter().find(|(path, _)| *path == operation.path)?;
    let found = item.inner(&operation.method.to_lowercase())?;
    Some((item, found))
}

/// The documentation of the call that the document asks for. `refers` says whether a line of the client's own sends its
/// readers to a type's example.
pub fn call(
    item: &Reader<'_, '_>,
    found: &Reader<'_, '_>,
    operation: &Operation<'_>,
    refers: &dyn Fn(&str) -> bool,
) -> String {
    let (summary, description) = (found.text("summary"), found.text("description"));
    let (summary, description) = (summary.unwrap_or_default().trim(), description.unwrap_or_default().trim());
    let mut all = String::new();
    // A description that begins with the summary says it already.
    if summary.is_empty() || !description.starts_with(summary.trim_end_matches('.')) {
        all.push_str(&format!("{}\n\n", described(summary)));
    }
    all.push_str(&format!("{}\n\n{}\n", described(description), request_line(operation)));
    for key in ["summary", "description"] {
        all.push_str(&format!("{}\n", described(item.text(key).unwrap_or_default())));
    }
    let mut section = |heading: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            all.push_str(&format!("# {heading}\n{}\n", lines.join("\n")));
        }
    };
    section(
        "Arguments",
        parameters(item, found).iter().map(|parameter| format!("- `_` {}", argument(parameter))).collect(),
    );
    section("Body", found.inner("requestBody").map(|body| request(&body, refers)).unwrap_or_default());
    section("Answers", answers(found, refers));
    let mut own = servers(found);
    let shared = servers(item);
    if own.is_empty() {
        own = shared;
    }
    if !own.is_empty() {
        all.push_str(&format!("Servers of this call:\n{}\n", own.join("\n")));
    }
    let tags: Vec<String> = found.texts("tags").into_iter().map(quoted).collect();
    if !tags.is_empty() {
        all.push_str(&format!("Tags: {}\n", tags.join(", ")));
    }
    let callbacks = callbacks(found);
    if !callbacks.is_empty() {
        all.push_str(&format!("The server calls back, which is not this client's part:\n{}\n", callbacks.join("\n")));
    }
    all.push_str(&external_docs(found).unwrap_or_default());
    all
}

/// Method and path, which end the prose of a call.
pub fn request_line(operation: &Operation<'_>) -> String {
    format!("`{} {}`", operation.method, operation.path)
}

/// The parameters of an operation, those of its path item behind them; what the operation overrides is read as well.
pub fn parameters<'a, 'd>(item: &Reader<'a, 'd>, found: &Reader<'a, 'd>) -> Vec<Reader<'a, 'd>> {
    let mut all = found.listed("parameters");
    let identity = |one: &Reader<'_, '_>| (one.text("name").map(str::to_owned), one.text("in").map(str::to_owned));
    for shared in item.listed("parameters") {
        if !all.iter().any(|own| identity(own) == identity(&shared)) {
            all.push(shared);
        }
    }
    all
}

/// What is said of an argument behind its name.
pub fn argument(parameter: &Reader<'_, '_>) -> String {
    let place = parameter.text("in").unwrap_or_default();
    let required = if parameter.flag("required") == Some(true) { "required" } else { "optional" };
    let usual = if matches!(place, "query" | "cookie") { "form" } else { "simple" };
    let mut demanded = vec![place.to_owned(), required.to_owned()];
    demanded.extend(traits(parameter, usual));
    format!("({}){}", demanded.join(", "), said(&words(parameter)))
}

fn request(body: &Reader<'_, '_>, refers: &dyn Fn(&str) -> bool) -> Vec<String> {
    let required = if body.flag("required") == Some(true) { "Required" } else { "Optional" };
    let words: Vec<String> = phrase(body.text("description")).into_iter().collect();
    let mut lines = vec![format!("{required}{}", said(&words))];
    for (media_type, media) in body.named("content") {
        lines.push(format!("- {}", content(media_type, &media, refers)));
        for (part, encoding) in media.named("encoding") {
            let mut demanded = traits(&encoding, "form");
            demanded.extend(encoding.text("contentType").map(quoted));
            lines.push(format!("  - part {} ({})", quoted(part), demanded.join(", ")));
            lines.extend(headers(&encoding).into_iter().map(|line| format!("  {line}")));
        }
    }
    lines
}

fn answers(found: &Reader<'_, '_>, refers: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut lines = Vec::new();
    for (status, response) in found.named("responses") {
        let words: Vec<String> = phrase(response.text("description")).into_iter().collect();
        lines.push(format!("- {}{}", quoted(status), said(&words)));
        for (media_type, media) in response.named("content") {
            lines.push(format!("  - {}", content(media_type, &media, refers)));
        }
        lines.extend(headers(&response));
        for (name, link) in response.named("links") {
            let mut words: Vec<String> = phrase(link.text("description")).into_iter().collect();
            for key in ["operationId", "operationRef"] {
                words.extend(link.text(key).map(|target| format!("to {}", quoted(target))));
            }
            let parameters = link.value("parameters").and_then(|all| all.as_object());
            words.extend(
                parameters.into_iter().flatten().map(|(name, value)| format!("{} from {}", quoted(name), code(value))),
            );
            words.extend(link.value("requestBody").map(|body| format!("the body from {}", code(body))));
            words.extend(link.inner("server").map(|one| server(&one).join(" ").trim_start_matches("- ").to_owned()));
            lines.push(format!("  - link {}{}", quoted(name), said(&words)));
        }
    }
    lines
}

fn headers(holder: &Reader<'_, '_>) -> Vec<String> {
    let line = |(name, header): &(&str, Reader<'_, '_>)| {
        let required = header.flag("required") == Some(true);
        let mut demanded: Vec<String> = required.then(|| "required".to_owned()).into_iter().collect();
        demanded.extend(traits(header, "simple"));
        let demanded = if demanded.is_empty() { String::new() } else { format!(" ({})", demanded.join(", ")) };
        format!("  - header {}{demanded}{}", quoted(name), said(&words(header)))
    };
    holder.named("headers").iter().map(line).collect()
}

/// A media type, what it holds, and its examples. Where the client refers to the example of a type, that one must be it.
fn content(media_type: &str, media: &Reader<'_, '_>, refers: &dyn Fn(&str) -> bool) -> String {
    let schema = media.inner("schema");
    let holds: Vec<String> = schema.as_ref().map(|schema| held(schema, 0)).into_iter().collect();
    let given = schema.as_ref().and_then(Reader::component);
    let given = given.and_then(|name| SCHEMAS.iter().find(|binding| binding.name == name));
    if let (Some(example), Some(binding)) = (media.value("example"), given) {
        let name = binding.type_name.rsplit("::").next().unwrap_or_default().trim();
        let line = format!(
            "{}{}",
            quoted(media_type),
            said(&[holds.clone(), vec![format!("such as [`{name}::example`](types::{name}::example)")]].concat())
        );
        let same = first_change(example, &(binding.example)(), crate::document::Pointer::root()).is_none();
        if same && refers(&line) {
            return line;
        }
    }
    let shown = examples(media);
    let such = if shown.is_empty() { None } else { Some(format!("such as {}", shown.join(", "))) };
    format!("{}{}", quoted(media_type), said(&holds.into_iter().chain(such).collect::<Vec<_>>()))
}

fn callbacks(found: &Reader<'_, '_>) -> Vec<String> {
    let mut lines = Vec::new();
    for (name, callback) in found.named("callbacks") {
        for expression in callback.names() {
            let Some(item) = callback.inner(expression) else { continue };
            for method in ["get", "put", "post", "delete", "options", "head", "patch", "trace"] {
                let Some(call) = item.inner(method) else { continue };
                let words = [phrase(call.text("summary")), phrase(call.text("description"))];
                let words: Vec<String> = words.into_iter().flatten().collect();
                let request = format!("{} {expression}", method.to_uppercase());
                lines.push(format!("- {} by {}{}", quoted(name), quoted(&request), said(&words)));
            }
        }
    }
    lines
}

/// Why something is deprecated; nothing where it isn't.
pub fn deprecation(holder: &Reader<'_, '_>) -> Option<String> {
    let reasons = ["x-deprecated-reason", "x-deprecatedReason"].map(|key| holder.text(key));
    let reason = reasons.into_iter().flatten().next().unwrap_or_default();
    (holder.flag("deprecated") == Some(true)).then(|| reason.to_owned())
}
