//! Contents by media type, headers, and what is stated of values outside a body.

use serde_json::Value;

use super::fields::{deprecation, entries, flag, members, resolved, text};
use crate::document::Place;
use crate::model::{Content, Described, Encoding, Example, Header};

/// The contents of a body, a response or a parameter, which stands at `place`.
pub fn contents<'a>(root: &'a Value, holder: &'a Value, place: &Place) -> Vec<Content<'a>> {
    let place = place.join("content");
    let all = entries(holder, "content").map(|(media_type, media)| Content {
        place: place.join(media_type),
        media_type,
        schema: media.get("schema"),
        examples: examples(root, media),
        encodings: members(media, "encoding")
            .map(|(property, encoding)| self::encoding(root, property, encoding))
            .collect(),
    });
    all.collect()
}

fn encoding<'a>(root: &'a Value, property: &'a str, encoding: &'a Value) -> Encoding<'a> {
    Encoding {
        property,
        content_type: text(encoding, "contentType"),
        headers: headers(root, encoding),
        described: described(root, encoding, &Place::default()),
    }
}

/// The headers of a response, or of a part of a body.
pub fn headers<'a>(root: &'a Value, holder: &'a Value) -> Vec<Header<'a>> {
    let all = entries(holder, "headers").map(|(wire, header)| {
        let header = resolved(root, header);
        Header { wire, required: flag(header, "required"), described: described(root, header, &Place::default()) }
    });
    all.collect()
}

/// What is stated of a parameter, a header or a property of a form.
pub fn described<'a>(root: &'a Value, holder: &'a Value, place: &Place) -> Described<'a> {
    Described {
        description: text(holder, "description"),
        deprecated: deprecation(holder),
        allows_empty: flag(holder, "allowEmptyValue"),
        allows_reserved: flag(holder, "allowReserved"),
        style: text(holder, "style"),
        explode: holder.get("explode").and_then(Value::as_bool),
        schema: holder.get("schema"),
        content: contents(root, holder, place),
        examples: examples(root, holder),
    }
}

/// The examples of a parameter, a header or a media type, the one without a name first.
fn examples<'a>(root: &'a Value, holder: &'a Value) -> Vec<Example<'a>> {
    let alone = holder.get("example").map(|value| Example { value: Some(value), ..Example::default() });
    let named = members(holder, "examples").map(|(name, example)| {
        let example = resolved(root, example);
        Example {
            name: Some(name),
            summary: text(example, "summary"),
            description: text(example, "description"),
            value: example.get("value"),
            external_value: text(example, "externalValue"),
        }
    });
    alone.into_iter().chain(named).collect()
}
