//! Pairs of names and values: query parameters, and bodies that are forms.

use serde::Serialize;
use serde_json::value::RawValue;

use super::members::Members;
use super::parameters::{Parameter, Style};
use super::percent::{encoded, encoded_but};
use super::shape::{Shape, raw};

/// Reserved characters that end neither a pair nor the query, and that nobody takes for a space.
const RESERVED: &str = ":/?[]@!$'()*;=";

/// The pairs `name=value` that a parameter becomes, percent-encoded; none for a value that was not given.
pub(crate) fn query_parameter(parameter: Parameter<'_>, value: &impl Serialize) -> Result<Vec<String>, String> {
    let json = raw(value).map_err(|error| parameter.fault(error))?;
    let pairs = written(parameter, &json).map_err(|error| parameter.fault(error))?;
    if pairs.is_empty() {
        parameter.absent()?;
    }
    Ok(pairs)
}

/// Adds pairs of names and values, each of them encoded, to the query of a URL.
pub(crate) fn add_pairs(url: &mut String, pairs: &[String]) {
    let fragment = url.find('#').map(|start| url.split_off(start));
    let mut has_query = url.contains('?');
    for pair in pairs {
        if !has_query {
            url.push('?');
        } else if !url.ends_with(['?', '&']) {
            url.push('&');
        }
        has_query = true;
        url.push_str(pair);
    }
    url.extend(fragment);
}

/// The body of a form: each property as the document says, or else as OpenAPI has it where a document says nothing, a list as
/// one pair an item, and what lies deeper as JSON. A property that is required cannot be left out because nothing is written of it.
pub(crate) fn form(body: &impl Serialize, stated: &[Parameter<'_>], required: &[&str]) -> Result<String, String> {
    let body = raw(body)?;
    let Ok(Members(members)) = serde_json::from_str(body.get()) else {
        return Err("body: a form is an object".to_owned());
    };
    let mut form = String::new();
    for (name, value) in &members {
        let usual = Parameter::new(name, Style::Form, true);
        let pairs = match stated.iter().find(|stated| stated.name == name) {
            Some(stated) => written(*stated, value),
            None => field(usual, value),
        };
        let pairs = pairs.map_err(|error| usual.fault(error))?;
        if pairs.is_empty() && required.contains(&&**name) {
            return Err(usual.fault("null, an empty list and an empty object have no form, and the property is required"));
        }
        pairs.iter().for_each(|pair| push(&mut form, pair));
    }
    Ok(form)
}

fn push(query: &mut String, pair: &str) {
    if !query.is_empty() {
        query.push('&');
    }
    query.push_str(pair);
}

/// A property of a form for which the document states no style.
fn field(parameter: Parameter<'_>, value: &RawValue) -> Result<Vec<String>, String> {
    let json = Parameter { style: Style::Json, ..parameter };
    let one = |value: &RawValue| if value.get().starts_with(['{', '[']) { written(json, value) } else { written(parameter, value) };
    if !value.get().starts_with('[') {
        return one(value);
    }
    let items: Vec<&RawValue> = serde_json::from_str(value.get()).map_err(|error| error.to_string())?;
    let mut pairs = Vec::new();
    for item in items {
        let item = one(item)?;
        if item.is_empty() {
            return Err("null has no form within a list".to_owned());
        }
        pairs.extend(item);
    }
    Ok(pairs)
}

fn written(parameter: Parameter<'_>, json: &RawValue) -> Result<Vec<String>, String> {
    let shape = Shape::read(json).map_err(|error| error.to_string())?;
    let Parameter { name, style, explode, reserved, .. } = parameter.holding(&shape);
    let encode = |text: &str| match reserved {
        true if explode => encoded_but(text, &format!("{RESERVED},")),
        true => encoded_but(text, RESERVED),
        false => encoded(text),
    };
    let pair = |name: &str, text: &str| format!("{}={text}", encoded(name));
    // Nothing is sent for an argument that was not given; JSON has a form for each.
    if shape.is_hollow() && style != Style::Json {
        return Ok(Vec::new());
    }
    let separator = match style {
        Style::SpaceDelimited => "%20",
        Style::PipeDelimited => "|",
        _ => ",",
    };
    Ok(match &shape {
        _ if style == Style::Json => vec![pair(name, &encode(json.get()))],
        Shape::Scalar(text) => vec![pair(name, &encode(text))],
        deep if style == Style::DeepObject => {
            let mut pairs = Vec::new();
            nested(name, deep, &encode, &mut pairs)?;
            pairs
        }
        Shape::Object(_) if explode => shape.members()?.iter().map(|(key, value)| pair(key, &encode(value))).collect(),
        _ if explode => shape.parts()?.iter().map(|item| pair(name, &encode(item))).collect(),
        _ => {
            let parts = shape.parts()?.iter().map(|part| encode(part)).collect::<Vec<_>>();
            if parts.iter().any(|part| part.contains(separator)) {
                return Err("a blank within an item has no form in the style spaceDelimited".to_owned());
            }
            vec![pair(name, &parts.join(separator))]
        }
    })
}

/// The pairs of an object in the style `deepObject`: `name[key]=value`, deeper `name[key][inner]=value`, and an item of a list
/// by its number, `name[key][0]=value`.
fn nested(name: &str, shape: &Shape, encode: &dyn Fn(&str) -> String, pairs: &mut Vec<String>) -> Result<(), String> {
    match shape {
        Shape::Scalar(text) => pairs.push(format!("{}={}", encoded(name), encode(text))),
        Shape::List(items) if !items.is_empty() => {
            for (index, item) in items.iter().enumerate() {
                nested(&format!("{name}[{index}]"), item, encode, pairs)?;
            }
        }
        Shape::Object(members) if !members.is_empty() => {
            for (key, value) in members {
                if key.is_empty() || key.contains(['[', ']']) {
                    return Err("a key that is empty or has a bracket has no form in the style deepObject".to_owned());
                }
                nested(&format!("{name}[{key}]"), value, encode, pairs)?;
            }
        }
        _ => return Err("null, an empty list and an empty object have no form within the style deepObject".to_owned()),
    }
    Ok(())
}
