//! Values that are hard to write: delimiters, reserved characters, blanks, percent signs, dots, what is not ASCII, and what
//! is empty.

use serde_json::{Map, Value, json};

use super::{Expected, joins, plain_kind};
use crate::document::{Conjunction, Document, DocumentError, Kind, Parameter, Style};

/// Strings that a careless client writes like other ones.
const STRINGS: [&str; 24] = [
    "",
    " ",
    "a b",
    "a,b",
    "a%2Cb",
    "a|b",
    "a.b",
    "a;b",
    "a=b",
    "a&b",
    "a/b",
    "a\\b",
    "a+b",
    "a?b#c",
    "100%",
    "%",
    ".",
    "..",
    "日本 é",
    "\u{1f600}",
    "[x]",
    "\"q\"",
    "null",
    ":@!$'()*",
];
/// Lists of which two are easily one.
const LISTS: [&[&str]; 9] = [
    &[],
    &[""],
    &["a", "b"],
    &["a,b", "c"],
    &["a", "b,c"],
    &["a b", "c|d"],
    &["a.b", "c;d=e&f"],
    &["", ""],
    &["%2C", "+"],
];

/// Hard values for a schema. Whether it allows them is for the caller to ask.
pub(super) fn values<'d>(
    document: &'d Document,
    schema: &Conjunction<'d>,
    usual: &Value,
) -> Result<Vec<Value>, DocumentError> {
    Ok(match plain_kind(schema) {
        Some(Kind::String) if schema.listed().is_none() => STRINGS.iter().map(|text| json!(text)).collect(),
        Some(Kind::Array) => {
            let mut found: Vec<Value> = LISTS.iter().map(|list| json!(list)).collect();
            found.extend(STRINGS.iter().map(|text| json!([text])));
            if let Some(items) = usual.as_array() {
                // The same items in another order, and twice.
                found.push(items.iter().rev().cloned().collect());
                found.push(items.iter().chain(items).cloned().collect());
            }
            let items = schema.items(document)?;
            if let Some(listed) = items.listed() {
                found.push(listed.iter().map(|value| (*value).clone()).collect());
                found.extend(listed.iter().map(|value| json!([value])));
            }
            found
        }
        Some(Kind::Object) => objects(document, schema, usual)?,
        _ => Vec::new(),
    })
}

fn objects<'d>(document: &'d Document, schema: &Conjunction<'d>, usual: &Value) -> Result<Vec<Value>, DocumentError> {
    let base = usual.as_object().cloned().unwrap_or_default();
    let mut found = vec![json!({})];
    let mut names: Vec<String> = schema.properties().into_iter().map(str::to_owned).collect();
    if schema.all("additionalProperties").iter().any(|found| found.value != &Value::Bool(false)) {
        names.extend(["further", "a,b=c", "日本", "x[y]"].map(str::to_owned));
    }
    for name in names {
        let Some(property) = schema.property(document, &name)? else { continue };
        let with = |value: Value| {
            let mut map: Map<String, Value> = base.clone();
            map.insert(name.clone(), value);
            Value::Object(map)
        };
        match plain_kind(&property) {
            Some(Kind::String | Kind::Any) => found.extend(STRINGS.iter().map(|text| with(json!(text)))),
            Some(Kind::Integer | Kind::Number) => found.extend([0, -1, 7].map(|number| with(json!(number)))),
            Some(Kind::Array) => found.extend(LISTS.iter().map(|list| with(json!(list)))),
            _ => {}
        }
    }
    Ok(found)
}

/// Whether the rules have a form for a value in the place of a parameter.
pub(super) fn expected(parameter: &Parameter<'_>, value: &Value) -> Expected {
    let json = parameter.media_type.is_some_and(crate::document::is_json);
    let fits = json
        || match (parameter.place, parameter.style) {
            ("path", _) => in_path(parameter, value),
            ("header", _) => is_flat(value) && in_header(value),
            (_, style) => in_pairs(style, parameter.explode, value),
        };
    // A value that cannot be told from none need not be sent.
    if fits && (json || !super::is_hollow(value)) { Expected::Sent } else { Expected::SentOrRefused }
}

/// Whether a style has a form for a value as pairs of names and values.
pub(super) fn in_pairs(style: Style, explode: bool, value: &Value) -> bool {
    match style {
        Style::DeepObject => is_nested(value),
        // Only `%20` divides the items, so no item can hold a blank.
        Style::SpaceDelimited if !explode => is_flat(value) && strings(value).all(|text| !text.contains(' ')),
        _ => is_flat(value),
    }
}

/// A list of one empty string and an empty list are written alike wherever items are joined; so are a path's empty segments
/// and no segment, and dots lead elsewhere.
fn in_path(parameter: &Parameter<'_>, value: &Value) -> bool {
    let texts: Vec<&str> = strings(value).collect();
    let dots = |text: &&str| text.bytes().all(|byte| byte == b'.' || byte == b',');
    is_flat(value)
        && !(texts.iter().all(dots) && !value.is_number() && !value.is_boolean())
        && !(texts.contains(&"") && joins(parameter))
}

/// HTTP strips blanks around a value, and carries neither control characters nor, by all servers, what is not ASCII. Items
/// and members are percent-encoded and carry all of that, but an empty item is none (RFC 9110, section 5.6.1).
fn in_header(value: &Value) -> bool {
    let listed = value.is_array() || value.is_object();
    strings(value).all(|text| match listed {
        true => !text.is_empty(),
        false => text.trim() == text && text.bytes().all(|byte| (b' '..=b'~').contains(&byte)),
    })
}

/// Whether each value within has a name of keys in brackets: nothing is null or empty, and no key has a bracket itself.
fn is_nested(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Array(list) => !list.is_empty() && list.iter().all(is_nested),
        Value::Object(map) => {
            let named = |name: &String| !name.is_empty() && !name.contains(['[', ']']);
            !map.is_empty() && map.iter().all(|(name, value)| named(name) && is_nested(value))
        }
        _ => true,
    }
}

/// Whether no list or object lies within another, and nothing is null.
fn is_flat(value: &Value) -> bool {
    let single = |value: &Value| !value.is_array() && !value.is_object() && !value.is_null();
    match value {
        Value::Array(list) => list.iter().all(single),
        Value::Object(map) => map.iter().all(|(name, value)| !name.is_empty() && single(value)),
        single => !single.is_null(),
    }
}

/// The strings in a value, the names of members among them.
fn strings(value: &Value) -> Box<dyn Iterator<Item = &str> + '_> {
    match value {
        Value::String(text) => Box::new(std::iter::once(text.as_str())),
        Value::Array(list) => Box::new(list.iter().flat_map(strings)),
        Value::Object(map) => {
            Box::new(map.iter().flat_map(|(name, value)| std::iter::once(name.as_str()).chain(strings(value))))
        }
        _ => Box::new(std::iter::empty()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    fn parameter(of: &str, judge: impl FnOnce(&Parameter<'_>)) {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths: {{/a: {{get: {{parameters: [{of}], responses: {{}}}}}}}}\n"
        );
        let document = Document::parse("inline", &text).expect("it parses");
        judge(&document.operations().expect("it reads")[0].parameters[0]);
    }

    #[test]
    fn what_has_no_form_need_not_be_sent() {
        use Expected::{Sent, SentOrRefused};
        for (of, value, wanted) in [
            ("{name: a, in: path, schema: {}}", json!(".."), SentOrRefused),
            ("{name: a, in: path, schema: {}}", json!(""), SentOrRefused),
            ("{name: a, in: path, schema: {}}", json!("a.b/%"), Sent),
            ("{name: a, in: path, schema: {}}", json!(["a,b", "c"]), Sent),
            ("{name: a, in: path, schema: {}}", json!([]), SentOrRefused),
            ("{name: a, in: query, schema: {}}", json!("a&b ,|+%"), Sent),
            ("{name: a, in: query, schema: {}}", json!([]), SentOrRefused),
            ("{name: a, in: query, schema: {}}", json!({"a": ["b"]}), SentOrRefused),
            ("{name: a, in: query, schema: {}}", json!(null), SentOrRefused),
            ("{name: a, in: query, style: spaceDelimited, schema: {}}", json!(["a b"]), SentOrRefused),
            ("{name: a, in: query, style: pipeDelimited, schema: {}}", json!(["a b", "c|d"]), Sent),
            ("{name: a, in: query, content: {application/json: {}}}", json!({"a": [null, []]}), Sent),
            ("{name: a, in: header, schema: {}}", json!("a,b %41"), Sent),
            ("{name: a, in: header, schema: {}}", json!(" a"), SentOrRefused),
            ("{name: a, in: header, schema: {}}", json!("日本"), SentOrRefused),
            ("{name: a, in: header, schema: {}}", json!(["a,b", " %", "日本"]), Sent),
            ("{name: a, in: header, schema: {}}", json!([""]), SentOrRefused),
            ("{name: a, in: header, content: {application/json: {}}}", json!("日本"), Sent),
            ("{name: a, in: query, style: deepObject, schema: {}}", json!({"a": ["b", {"c": 1}]}), Sent),
            ("{name: a, in: query, style: deepObject, schema: {}}", json!({"a": []}), SentOrRefused),
            ("{name: a, in: query, style: deepObject, schema: {}}", json!({"a[b]": 1}), SentOrRefused),
            ("{name: a, in: header, schema: {}}", json!(["a", "b c"]), Sent),
            ("{name: a, in: cookie, schema: {}}", json!("日本; a"), Sent),
        ] {
            parameter(of, |parameter| assert_eq!(expected(parameter, &value), wanted, "{of} {value}"));
        }
    }
}
