//! Parameters in paths, headers and cookies, in the styles of OpenAPI, which are RFC 6570's: a delimiter is written bare, and
//! one within a value percent-encoded, so that two values never make one request.

use reqwest::header::{COOKIE, HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;

use super::percent::{encoded, encoded_but};
use super::query::query_parameter;
use super::shape::{Shape, raw};

/// How a list or an object becomes a string; see the specification's table of style values.
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
    /// The parameter has content of another media type: a single value is written as it is, any other as JSON.
    Text,
}

/// A parameter, or a property of a form, and how it is written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Parameter<'n> {
    pub(crate) name: &'n str,
    pub(crate) style: Style,
    /// Whether each item or member stands by itself.
    pub(crate) explode: bool,
    /// Whether reserved characters stay as they are.
    pub(crate) reserved: bool,
    pub(crate) required: bool,
}

impl<'n> Parameter<'n> {
    pub(crate) const fn new(name: &'n str, style: Style, explode: bool) -> Self {
        Self { name, style, explode, reserved: false, required: false }
    }

    /// A parameter of a query or cookie, as it is written where the document does not say how.
    pub(crate) const fn form(name: &'n str) -> Self {
        Self::new(name, Style::Form, true)
    }

    /// A parameter of a path or header, as it is written where the document does not say how.
    pub(crate) const fn simple(name: &'n str) -> Self {
        Self::new(name, Style::Simple, false)
    }

    /// One that must be there.
    pub(crate) const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// One whose reserved characters stay as they are.
    pub(crate) const fn reserved(self) -> Self {
        Self { reserved: true, ..self }
    }

    /// A fault of the parameter's value.
    pub(super) fn fault(&self, what: impl std::fmt::Display) -> String {
        format!("{}: {what}", self.name)
    }

    /// Where the parameter has to be there, a value that is written like none is a fault.
    pub(super) fn absent(&self) -> Result<(), String> {
        match self.required {
            true => {
                Err(self.fault("null, an empty list and an empty object cannot be sent, and the parameter is required"))
            }
            false => Ok(()),
        }
    }

    /// The same for this value, which tells how content is written.
    pub(super) const fn holding(self, shape: &Shape) -> Self {
        let style = match (self.style, shape) {
            (Style::Text, Shape::Scalar(_) | Shape::Null) => Style::Simple,
            (Style::Text, _) => Style::Json,
            (style, _) => style,
        };
        Self { style, ..self }
    }

    fn shape(&self, value: &impl Serialize) -> Result<Shape, String> {
        Shape::of(value).map_err(|error| self.fault(error))
    }
}

/// A path parameter, percent-encoded. What the rules of URLs would take out of a path, and the parameter's place with it, is
/// refused: the request would go to another resource.
pub(crate) fn path_parameter(parameter: Parameter<'_>, value: &impl Serialize) -> Result<String, String> {
    let shape = parameter.shape(value)?;
    let Parameter { name, style, explode, .. } = parameter.holding(&shape);
    if style == Style::Json {
        return Ok(encoded(raw(value)?.get()));
    }
    let (prefix, separator) = match style {
        Style::Label => (".", if explode { "." } else { "," }),
        Style::Matrix => (";", if explode { ";" } else { "," }),
        _ => ("", ","),
    };
    let encode = |text: &str| match separator {
        "." => encoded(text).replace('.', "%2E"),
        _ => encoded(text),
    };
    let named = |value: &str| if value.is_empty() { encoded(name) } else { format!("{}={value}", encoded(name)) };
    let is_matrix = style == Style::Matrix;
    let parts = shape.parts().map_err(|error| parameter.fault(error))?;
    let joined = match &shape {
        shape if shape.is_hollow() => {
            return Err(parameter.fault("null, an empty list and an empty object have no place in a path"));
        }
        Shape::Object(_) if explode => {
            let members =
                parts.chunks(2).map(|member| member.iter().map(|part| encode(part)).collect::<Vec<_>>().join("="));
            members.collect::<Vec<_>>().join(separator)
        }
        Shape::List(_) if is_matrix && explode => {
            parts.iter().map(|item| named(&encode(item))).collect::<Vec<_>>().join(separator)
        }
        _ => {
            let joined = parts.iter().map(|part| encode(part)).collect::<Vec<_>>().join(separator);
            if is_matrix { named(&joined) } else { joined }
        }
    };
    let text = format!("{prefix}{joined}");
    // To the rules of URLs, a percent-encoded dot is one.
    match text.replace("%2E", ".").as_str() {
        "" => Err(parameter.fault("an empty string has no place in a path")),
        dots @ ("." | "..") => Err(parameter.fault(format_args!("`{dots}` leads elsewhere in a path"))),
        _ => Ok(text),
    }
}

/// Adds a header parameter. A single value is sent as it is. HTTP has lists, but nothing that tells a comma within an item
/// from one behind it, so what would end an item is percent-encoded, and `%` with it.
pub(crate) fn header_parameter(
    headers: &mut HeaderMap,
    parameter: Parameter<'_>,
    value: &impl Serialize,
) -> Result<(), String> {
    let shape = parameter.shape(value)?;
    let parameter = parameter.holding(&shape);
    if shape.is_hollow() && parameter.style != Style::Json {
        return parameter.absent();
    }
    let text = match &shape {
        _ if parameter.style == Style::Json => in_ascii(raw(value)?.get()),
        Shape::Scalar(text) => text.clone(),
        _ => listed(&shape, parameter.explode).map_err(|error| parameter.fault(error))?,
    };
    // Whoever reads the header takes them off.
    if text.trim_matches([' ', '\t']) != text {
        return Err(parameter.fault("a header cannot carry blanks at the beginning or the end of its value"));
    }
    let value = HeaderValue::try_from(text).map_err(|_| parameter.fault("a header cannot carry control characters"))?;
    let name = HeaderName::try_from(parameter.name).map_err(|error| parameter.fault(error))?;
    headers.append(name, value);
    Ok(())
}

/// Adds a cookie parameter; all cookies travel in one header (RFC 6265, section 5.4).
pub(crate) fn cookie_parameter(
    headers: &mut HeaderMap,
    parameter: Parameter<'_>,
    value: &impl Serialize,
) -> Result<(), String> {
    let added = query_parameter(parameter, value)?.join("; ");
    if added.is_empty() {
        return Ok(());
    }
    let all = match headers.get(COOKIE).and_then(|others| others.to_str().ok()) {
        Some(others) => format!("{others}; {added}"),
        None => added,
    };
    headers.insert(COOKIE, HeaderValue::try_from(all).map_err(|error| parameter.fault(error))?);
    Ok(())
}

/// A list or an object as a header has it.
fn listed(shape: &Shape, explode: bool) -> Result<String, String> {
    let item = |text: &&str| {
        // Blanks around an item are none of it, and an empty item is none (RFC 9110, section 5.6.1).
        let inner = text.trim_matches(' ');
        let (before, after) = text.split_once(inner).unwrap_or_default();
        match text.is_empty() {
            true => Err("an empty item has no form in a header".to_owned()),
            false => Ok([encoded(before), encoded_but(inner, " !#$&'()*+/:;<>?@[]^`{|}"), encoded(after)].concat()),
        }
    };
    let parts = shape.parts()?.iter().map(item).collect::<Result<Vec<_>, String>>()?;
    Ok(match shape {
        Shape::Object(_) if explode => parts.chunks(2).map(|member| member.join("=")).collect::<Vec<_>>().join(","),
        _ => parts.join(","),
    })
}

/// JSON of which every character can stand in a header.
fn in_ascii(json: &str) -> String {
    let mut units = [0; 2];
    let escaped = |c: char, units: &mut [u16; 2]| -> String {
        c.encode_utf16(units).iter().map(|unit| format!("\\u{unit:04x}")).collect()
    };
    json.chars().map(|c| if matches!(c, ' '..='~') { c.to_string() } else { escaped(c, &mut units) }).collect()
}
