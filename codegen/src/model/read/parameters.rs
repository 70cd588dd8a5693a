//! Parameters: an identifier for each, and how it is written.

use std::borrow::Cow;

use serde_json::Value;

use super::contents::described;
use super::fields::{flag, text};
use super::schemas::{Read, Reader};
use super::{Findings, target};
use crate::diagnostic::Level;
use crate::document::Place;
use crate::model::{Names, Parameter, ParameterIn, Style, TypeRef, pascal, snake};
use crate::spec::media_type::{essence, is_json};

/// Names of a builder's own methods, and of variables that hold something else while a request is sent.
const TAKEN: [&str; 10] =
    ["new", "send", "stream", "client", "body", "body_map", "call_options", "clone", "self_", "request"];

/// The setter of the media type of a body, where the document has a range of them.
const CONTENT_TYPE: &str = "content_type";

/// A parameter whose schema is not read yet.
pub struct Draft<'a> {
    root: &'a Value,
    schema: &'a Value,
    parameter: Parameter<'a>,
}

impl<'a> Draft<'a> {
    /// The parameters of an operation, beside which the media type of its body may be one.
    pub fn of_all(
        root: &'a Value,
        listed: &[(&'a Value, Place)],
        takes_media_type: bool,
        findings: &mut Findings<'_>,
    ) -> Vec<Self> {
        let mut names = Names::reserving(&TAKEN);
        if takes_media_type {
            names.claim(CONTENT_TYPE);
        }
        let mut drafts = Vec::new();
        for (parameter, place) in listed.iter().filter(|(parameter, _)| parameter.is_object()) {
            let (wire, location) =
                (text(parameter, "name").unwrap_or_default(), text(parameter, "in").unwrap_or_default());
            let is_of_http = ["accept", "content-type", "authorization"].contains(&wire.to_ascii_lowercase().as_str());
            if location == "header" && is_of_http {
                continue;
            }
            let ident = names.claim(&snake(wire));
            match Self::of(root, (parameter, place), wire, ident) {
                Ok(draft) => drafts.push(draft),
                Err(style) => findings.report(
                    ("unsupported-parameter", Level::Error),
                    place.pointer.clone(),
                    format!("a parameter in `{location}` cannot have the style `{style}`"),
                    "use a style that OpenAPI defines for this place",
                ),
            }
        }
        drafts
    }

    /// One parameter, or the style that its place does not know.
    fn of(
        root: &'a Value,
        (parameter, place): (&'a Value, &Place),
        wire: &'a str,
        ident: String,
    ) -> Result<Self, String> {
        let described = described(root, parameter, place);
        let location = text(parameter, "in").and_then(ParameterIn::from_key);
        let stated = described.style.map(|style| Style::from_key(style).ok_or_else(|| style.to_owned())).transpose()?;
        let style = stated.or(location.map(ParameterIn::default_style)).unwrap_or(Style::Simple);
        let explode = described.explode.unwrap_or(style == Style::Form);
        let written = match described.content.first().map(|content| essence(content.media_type)) {
            Some(essence) if is_json(&essence) => Style::Json,
            Some(_) => Style::Text,
            None if parameter.get("content").is_some() => Style::Json,
            None => style,
        };
        let location =
            location.filter(|location| is_known(*location, written)).ok_or_else(|| style.key().to_owned())?;
        let in_content = described.content.first().map(|content| content.schema);
        let schema = in_content.unwrap_or(described.schema).unwrap_or(&Value::Null);
        let parameter = Parameter {
            ident,
            wire,
            place: place.clone(),
            location,
            style: written,
            explode,
            reserved: location == ParameterIn::Query && described.allows_reserved,
            required: location == ParameterIn::Path || flag(parameter, "required"),
            ty: TypeRef::Any,
            nullable: false,
            schema: Cow::Borrowed(target(root, schema)),
            described,
        };
        Ok(Self { root, schema, parameter })
    }

    /// The parameter without the type of its schema.
    pub fn parameter(&self) -> &Parameter<'a> {
        &self.parameter
    }

    /// The parameter with the type of its schema.
    pub fn completed(mut self, reader: &mut Reader<'a>, operation: &str) -> Parameter<'a> {
        let hint = format!("{operation} {}", pascal(&self.parameter.ident));
        let content = self.parameter.described.content.first().map(|content| &content.place);
        let place = content.unwrap_or(&self.parameter.place).join("schema");
        let Read { ty, nullable, merged, .. } = reader.read_sent(self.schema, &place.pointer, &hint);
        // JSON has a form for null.
        let is_json = self.parameter.style == Style::Json;
        (self.parameter.ty, self.parameter.nullable) = (ty.nullable(nullable && is_json), nullable && !is_json);
        self.parameter.schema = merged.map_or(Cow::Borrowed(target(self.root, self.schema)), Cow::Owned);
        self.parameter
    }
}

/// Whether values of such a style can go there.
fn is_known(location: ParameterIn, style: Style) -> bool {
    use Style::{DeepObject, Form, Json, Label, Matrix, PipeDelimited, Simple, SpaceDelimited, Text};
    match location {
        ParameterIn::Query => matches!(style, Form | SpaceDelimited | PipeDelimited | DeepObject | Json | Text),
        ParameterIn::Path => matches!(style, Simple | Label | Matrix | Json | Text),
        ParameterIn::Header => matches!(style, Simple | Json | Text),
        ParameterIn::Cookie => matches!(style, Form | Json | Text),
    }
}
