//! `pagination`: nobody could follow pages whose parameter or whose place in the response is not there.

use std::collections::HashSet;

use serde_json::Value;

use crate::diagnostic::Level;
use crate::document::Pointer;
use crate::spec::media_type::{essence, is_json};
use crate::spec::{Kind, PAGINATION};

use super::nearest::did_you_mean;
use super::reading::Reading;
use super::rule::{Findings, Rule};
use super::survey::{Object, Survey};

pub(super) static RULE: Rule = Rule {
    id: "pagination",
    level: Level::Error,
    description: "Every `x-pagination` names a parameter, and properties of the operation's JSON response.",
    check,
};

/// The form of the extension, to quote in help.
const FORM: &str = "write `x-pagination: {parameter: cursor, next: /nextCursor, items: /items}`";

/// What the parameter may hold.
const HOLDS: [&str; 3] = ["cursor", "page", "offset"];

fn check(survey: &Survey<'_>, findings: &mut Findings<'_>) {
    for operation in survey.of(Kind::Operation) {
        let Some(stated) = operation.get(PAGINATION) else { continue };
        let place = operation.at(PAGINATION);
        for (at, message, help) in faults(survey, &operation, stated) {
            let at = if at.is_empty() { place.clone() } else { place.join(at) };
            let finding = findings.at_key(&at, message, help);
            finding.if_allowed(Reading::Without(place.clone()));
        }
    }
}

/// A fault: the field that it is about, what is wrong with it, and what to write instead.
type Fault = (&'static str, String, String);

fn faults(survey: &Survey<'_>, operation: &Object<'_, '_>, stated: &Value) -> Vec<Fault> {
    let Some(fields) = stated.as_object() else {
        return vec![("", "`x-pagination` is a mapping".to_owned(), FORM.to_owned())];
    };
    let text = |name: &str| fields.get(name).and_then(Value::as_str);
    let by = match fields.get("by").map(Value::as_str) {
        None => "cursor",
        Some(Some(by)) if HOLDS.contains(&by) => by,
        Some(by) => {
            let help = did_you_mean(by.unwrap_or_default(), HOLDS, "write `cursor`, `page` or `offset`");
            return vec![("by", "`by` says what the parameter holds: a cursor, a page or an offset".to_owned(), help)];
        }
    };
    let known: &[&'static str] =
        if by == "cursor" { &["by", "parameter", "next", "items"] } else { &["by", "parameter", "items"] };
    let unknown = fields.keys().filter(|name| !known.contains(&name.as_str()));
    let unknown: Vec<Fault> = unknown
        .map(|name| {
            let help = did_you_mean(name, known.iter().copied(), "remove it");
            ("", format!("`x-pagination` by {by} has no field `{name}`"), help)
        })
        .collect();
    let missing = known.iter().filter(|name| **name != "by" && text(name).is_none());
    let missing =
        missing.map(|name| ("", format!("`x-pagination` must have `{name}`, which is a string"), FORM.to_owned()));
    let mut faults: Vec<Fault> = unknown.into_iter().chain(missing).collect();
    if !faults.is_empty() {
        return faults;
    }
    let held = match parameter(survey, operation, text("parameter").unwrap_or_default(), by) {
        Ok(held) => held,
        Err(fault) => {
            faults.push(fault);
            None
        }
    };
    let Some(body) = body(survey, operation) else {
        let message =
            "the operation has `x-pagination`, but no successful response with a JSON body and a schema".to_owned();
        faults.push(("", message, "describe the JSON body of its status 200, or remove `x-pagination`".to_owned()));
        return faults;
    };
    for key in known.iter().filter(|key| ["next", "items"].contains(key)) {
        let found = within(survey, body, text(key).unwrap_or_default());
        let kind = found.map(|schema| kind(survey, schema));
        match (*key, kind) {
            (key, Err((message, help))) => faults.push((key, message, help)),
            ("items", Ok(Some(kind))) if kind != "array" => {
                let help = "make the pointer lead to the array of the page's items".to_owned();
                faults.push(("items", format!("`items` points to a value of type `{kind}`, not to an array"), help));
            }
            ("next", Ok(Some(kind))) if held.is_some_and(|held| held != kind) => {
                let held = held.unwrap_or_default();
                let message =
                    format!("`next` points to a value of type `{kind}`, but the parameter is of type `{held}`");
                faults.push(("next", message, "give both the same type".to_owned()));
            }
            _ => {}
        }
    }
    faults
}

/// The type of the parameter, where it is known.
fn parameter<'a>(
    survey: &Survey<'a>,
    operation: &Object<'_, 'a>,
    name: &str,
    by: &str,
) -> Result<Option<&'a str>, Fault> {
    let parameters = survey.parameters(operation.pointer);
    let named = parameters.iter().map(|(_, parameter)| parameter).filter(|one| one.text("name").is_some());
    let Some(parameter) = named.clone().find(|one| one.text("name") == Some(name)) else {
        let names: Vec<&str> = named.filter_map(|one| one.text("name")).collect();
        let help = did_you_mean(name, names, "name one of the operation's parameters");
        return Err(("parameter", format!("the operation has no parameter `{name}`"), help));
    };
    let held = parameter.get("schema").and_then(|schema| kind(survey, schema));
    let fits = |kind: &str| kind == "integer" || (by == "cursor" && kind == "string");
    if held.is_some_and(|kind| !fits(kind)) {
        let wanted = if by == "cursor" { "a string or an integer" } else { "an integer" };
        let message = format!(
            "the parameter `{name}` is of type `{}`, but holds {wanted} for pages by {by}",
            held.unwrap_or_default()
        );
        return Err((
            "parameter",
            message,
            "name the parameter that says where a page begins, or change its type".to_owned(),
        ));
    }
    Ok(held)
}

/// The schema of the JSON body of the operation's first response of success.
fn body<'a>(survey: &Survey<'a>, operation: &Object<'_, 'a>) -> Option<&'a Value> {
    let mut successes = operation.map("responses").filter(|(status, _)| status.starts_with('2'));
    successes.find_map(|(_, response)| {
        let content = survey.resolve(response)?.get("content")?.as_object()?;
        let mut json = content.iter().filter(|(media_type, _)| is_json(&essence(media_type)));
        json.find_map(|(_, media)| media.get("schema"))
    })
}

/// The schema of what a pointer leads to in values of a schema.
fn within<'a>(survey: &Survey<'a>, mut schema: &'a Value, pointer: &str) -> Result<&'a Value, (String, String)> {
    let Some(parsed) = Pointer::parse(pointer) else {
        let message = format!("`{pointer}` is not a JSON pointer: it does not begin with a slash");
        return Err((message, format!("write `/{pointer}`")));
    };
    for token in parsed.tokens() {
        let properties = properties(survey, schema);
        let Some((_, found)) = properties.iter().find(|(name, _)| *name == token) else {
            let names: Vec<&str> = properties.iter().map(|(name, _)| *name).collect();
            let help = did_you_mean(&token, names, "name properties that the response's schema declares");
            return Err((
                format!("`{pointer}` does not resolve: the schema of the response has no property `{token}` there"),
                help,
            ));
        };
        schema = found;
    }
    Ok(schema)
}

/// The schemas that hold at once of a value: a schema, what it refers to, and the parts of its `allOf`.
fn parts<'a>(survey: &Survey<'a>, schema: &'a Value) -> Vec<&'a Value> {
    let (mut parts, mut open, mut known) = (Vec::new(), vec![schema], HashSet::new());
    while let Some(next) = open.pop() {
        if !known.insert(std::ptr::from_ref(next)) {
            continue;
        }
        if let Some(target) = next.get("$ref").and_then(Value::as_str) {
            open.extend(survey.target(target).map(|(_, target)| target));
            continue;
        }
        parts.push(next);
        open.extend(next.get("allOf").and_then(Value::as_array).into_iter().flatten());
    }
    parts
}

fn properties<'a>(survey: &Survey<'a>, schema: &'a Value) -> Vec<(&'a str, &'a Value)> {
    let of = |part: &'a Value| part.get("properties").and_then(Value::as_object).into_iter().flatten();
    parts(survey, schema).into_iter().flat_map(of).map(|(name, schema)| (name.as_str(), schema)).collect()
}

/// The type that a schema states.
fn kind<'a>(survey: &Survey<'a>, schema: &'a Value) -> Option<&'a str> {
    parts(survey, schema).into_iter().find_map(|part| part.get("type")?.as_str())
}
