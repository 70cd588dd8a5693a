//! Parameters that are not one plain text: lists and objects in the styles of OpenAPI.

use reqwest::Request;
use reqwest::header::{COOKIE, HeaderMap};
use serde::Serialize;
use serde_json::value::RawValue;

use super::members::Members;

/// How a list or an object becomes text; see the specification's table of style values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    /// The parameter has content of a media type: JSON.
    Json,
}

/// A value as the list of its parts: one of a scalar, the items of a list, the members of an object.
fn parts(value: &impl Serialize) -> Result<Parts, String> {
    let json = raw(value)?;
    Ok(match json.get().as_bytes().first() {
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(json.get()).map_err(|error| error.to_string())?;
            Parts::List(items.into_iter().map(text).collect())
        }
        Some(b'{') => {
            let Members(members) = serde_json::from_str(json.get()).map_err(|error| error.to_string())?;
            Parts::Object(members.into_iter().map(|(key, value)| (key, text(value))).collect())
        }
        _ => Parts::Scalar(text(&json)),
    })
}

enum Parts {
    Scalar(String),
    List(Vec<String>),
    Object(Vec<(String, String)>),
}

/// A scalar as it stands in a URL; what lies deeper has no style in OpenAPI and stays JSON.
fn text(json: &RawValue) -> String {
    match json.get() {
        "null" => String::new(),
        text => serde_json::from_str(text).unwrap_or_else(|_| text.to_owned()),
    }
}

/// A value as JSON, as which its members stay in their order.
fn raw(value: &impl Serialize) -> Result<Box<RawValue>, String> {
    serde_json::value::to_raw_value(value).map_err(|error| error.to_string())
}

fn json(value: &impl Serialize) -> Result<String, String> {
    serde_json::to_string(value).map_err(|error| error.to_string())
}

/// A text as a part of a path. A backslash would become a slash on the way.
pub(crate) fn path_text(text: &str) -> String {
    progenitor_client::encode_path(text).replace('\\', "%5C")
}

/// The text of a path parameter, percent-encoded where it must be. What the rules of URLs would take out of a path, and the
/// parameter's place with it, is refused: the request would go to another resource.
pub(crate) fn path_parameter(name: &str, value: &impl Serialize, style: Style, explode: bool) -> Result<String, String> {
    let encode = path_text;
    if style == Style::Json {
        return Ok(encode(&json(value)?));
    }
    let (prefix, separator) = match style {
        Style::Label => (".", if explode { "." } else { "," }),
        Style::Matrix => (";", if explode { ";" } else { "," }),
        _ => ("", ","),
    };
    let named = style == Style::Matrix;
    let joined = match parts(value)? {
        Parts::Scalar(text) if named => format!("{name}={}", encode(&text)),
        Parts::Scalar(text) => encode(&text),
        Parts::List(items) => {
            let items = items.iter().map(|item| if named && explode { format!("{name}={}", encode(item)) } else { encode(item) });
            let joined = items.collect::<Vec<_>>().join(separator);
            if named && !explode { format!("{name}={joined}") } else { joined }
        }
        Parts::Object(members) => {
            let between = if explode { "=" } else { "," };
            let members = members.iter().map(|(key, value)| format!("{}{between}{}", encode(key), encode(value)));
            let joined = members.collect::<Vec<_>>().join(separator);
            if named && !explode { format!("{name}={joined}") } else { joined }
        }
    };
    let text = format!("{prefix}{joined}");
    match text.as_str() {
        "" => Err(format!("{name}: an empty text has no place in a path")),
        "." | ".." => Err(format!("{name}: `{text}` leads elsewhere in a path")),
        _ => Ok(text),
    }
}

/// The pairs that a query parameter becomes.
pub(crate) fn query_parameter(
    name: &str,
    value: &impl Serialize,
    style: Style,
    explode: bool,
) -> Result<Vec<(String, String)>, String> {
    let pair = |text: String| vec![(name.to_owned(), text)];
    let value = raw(value)?;
    // Nothing is sent for an argument that was not given.
    if value.get() == "null" {
        return Ok(Vec::new());
    }
    if style == Style::Json {
        return Ok(pair(value.get().to_owned()));
    }
    let separator = match style {
        Style::SpaceDelimited => " ",
        Style::PipeDelimited => "|",
        _ => ",",
    };
    Ok(match parts(&value)? {
        Parts::Scalar(text) => pair(text),
        Parts::List(items) if explode => items.into_iter().map(|item| (name.to_owned(), item)).collect(),
        Parts::List(items) if items.is_empty() => Vec::new(),
        Parts::List(items) => pair(items.join(separator)),
        Parts::Object(members) if style == Style::DeepObject => {
            members.into_iter().map(|(key, value)| (format!("{name}[{key}]"), value)).collect()
        }
        Parts::Object(members) if explode => members,
        Parts::Object(members) => pair(flat(&members, ",", separator)),
    })
}

/// The pairs that a form's body becomes: each property in its style, or else as OpenAPI has it where a document says nothing,
/// a list as one pair an item, and what lies deeper as JSON.
pub(crate) fn form(body: &impl Serialize, styles: &[(&str, Style, bool)]) -> Result<Vec<(String, String)>, String> {
    let body = raw(body)?;
    let Ok(Members(members)) = serde_json::from_str(body.get()) else {
        return Err("body: a form is an object".to_owned());
    };
    let mut pairs = Vec::new();
    for (name, value) in &members {
        let is_deep = |value: &RawValue| value.get().starts_with(['{', '[']);
        let items = serde_json::from_str::<Vec<&RawValue>>(value.get()).unwrap_or_default();
        let deep = value.get().starts_with('{') || items.into_iter().any(is_deep);
        let stated = styles.iter().find(|(of, ..)| of == name).map(|(_, style, explode)| (*style, *explode));
        let (style, explode) = stated.unwrap_or((if deep { Style::Json } else { Style::Form }, true));
        pairs.extend(query_parameter(name, value, style, explode)?);
    }
    Ok(pairs)
}

/// A request with pairs in its query whose reserved characters stay as they are, save the one that would end the query.
pub(crate) fn with_reserved(mut request: Request, pairs: &[(String, String)]) -> Request {
    let mut query = request.url().query().unwrap_or_default().to_owned();
    for (name, value) in pairs {
        let separator = if query.is_empty() { "" } else { "&" };
        let (name, value) = (encoded(name, "-._~"), encoded(value, "-._~:/?[]@!$&'()*+,;="));
        query.push_str(&format!("{separator}{name}={value}"));
    }
    if !query.is_empty() {
        request.url_mut().set_query(Some(&query));
    }
    request
}

/// The text of a header or cookie.
pub(crate) fn header_parameter(value: &impl Serialize, style: Style, explode: bool) -> Result<String, String> {
    if style == Style::Json {
        return json(value);
    }
    Ok(match parts(value)? {
        Parts::Scalar(text) => text,
        Parts::List(items) => items.join(","),
        Parts::Object(members) => flat(&members, if explode { "=" } else { "," }, ","),
    })
}

/// The cookies of a request with one more; they all travel in one header (RFC 6265, section 5.4).
pub(crate) fn cookie(headers: &HeaderMap, name: &str, text: &str) -> String {
    let others = headers.get(COOKIE).and_then(|value| value.to_str().ok());
    let others = others.map(|others| format!("{others}; ")).unwrap_or_default();
    // What is no `cookie-octet` would end the cookie, or its name.
    format!("{others}{name}={}", encoded(text, "-._~:/?[]@!$&'()*+=#^`|{}<>"))
}

/// A text of which letters, digits and the characters given stay as they are; all else is percent-encoded.
fn encoded(text: &str, kept: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || kept.contains(c) {
            out.push(c);
        } else {
            let mut bytes = [0; 4];
            c.encode_utf8(&mut bytes).bytes().for_each(|byte| out.push_str(&format!("%{byte:02X}")));
        }
    }
    out
}

fn flat(members: &[(String, String)], between: &str, separator: &str) -> String {
    members.iter().map(|(key, value)| format!("{key}{between}{value}")).collect::<Vec<_>>().join(separator)
}
