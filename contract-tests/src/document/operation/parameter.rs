//! Parameters of operations, and the headers of responses and parts, which are written alike.

use serde_json::Value;

use super::{Document, DocumentError, Located, Pointer};

/// How a value is serialised (OpenAPI 3.0.3, "Style Values").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Style {
    /// `;color=blue,black`
    Matrix,
    /// `.blue.black`
    Label,
    /// `blue,black`
    Simple,
    /// `color=blue&color=black`
    Form,
    /// `color=blue%20black`
    SpaceDelimited,
    /// `color=blue|black`
    PipeDelimited,
    /// `color[R]=100&color[G]=200`
    DeepObject,
}

/// One parameter of an operation.
#[derive(Debug, Clone)]
pub struct Parameter<'d> {
    /// Where it stands.
    pub pointer: Pointer,
    /// Its name on the wire.
    pub name: &'d str,
    /// `path`, `query`, `header` or `cookie`.
    pub place: &'d str,
    /// Whether a call without it is wrong.
    pub required: bool,
    /// How its value is serialised.
    pub style: Style,
    /// Whether each item or member stands by itself.
    pub explode: bool,
    /// Whether reserved characters of the value are not percent-encoded.
    pub allow_reserved: bool,
    /// The media type of its value, where `content` says so instead of a style.
    pub media_type: Option<&'d str>,
    /// The schema of its value.
    pub schema: Option<Located<'d>>,
    /// The document's example of a value.
    pub example: Option<&'d Value>,
}

/// One header of a response or of a part.
#[derive(Debug, Clone)]
pub struct Header<'d> {
    /// Where it stands.
    pub pointer: Pointer,
    /// Its name.
    pub name: &'d str,
    /// Whether a response without it is wrong.
    pub required: bool,
    /// Whether the members of an object are written as `name=value`.
    pub explode: bool,
    /// The media type of its value, where `content` says so.
    pub media_type: Option<&'d str>,
    /// The schema of its value.
    pub schema: Option<Located<'d>>,
    /// The document's example of a value.
    pub example: Option<&'d Value>,
}

impl Style {
    /// The style of this name.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "matrix" => Self::Matrix,
            "label" => Self::Label,
            "simple" => Self::Simple,
            "form" => Self::Form,
            "spaceDelimited" => Self::SpaceDelimited,
            "pipeDelimited" => Self::PipeDelimited,
            "deepObject" => Self::DeepObject,
            _ => return None,
        })
    }

    /// `explode` where the document says nothing of it.
    pub fn explodes(self) -> bool {
        self == Self::Form
    }

    /// `style` and `explode` as an object of the document has them.
    pub(super) fn read(holder: &Located<'_>, usual: Self) -> Result<(Self, bool), DocumentError> {
        let style = match holder.value.get("style") {
            None => usual,
            Some(stated) => stated.as_str().and_then(Self::named).ok_or_else(|| DocumentError::Expected {
                pointer: holder.pointer.child("style"),
                expected: "one of OpenAPI's styles, such as `form` or `simple`",
            })?,
        };
        let explode = holder.value.get("explode").and_then(Value::as_bool).unwrap_or(style.explodes());
        Ok((style, explode))
    }
}

impl<'d> Parameter<'d> {
    pub(super) fn read(document: &'d Document, raw: Located<'d>) -> Result<Self, DocumentError> {
        let found = document.resolve(raw)?;
        let text = |key: &str, expected: &'static str| {
            let value = found.value.get(key).and_then(Value::as_str);
            value.ok_or_else(|| DocumentError::Expected { pointer: found.pointer.child(key), expected })
        };
        let place = text("in", "path, query, header or cookie")?;
        let usual = if matches!(place, "query" | "cookie") { Style::Form } else { Style::Simple };
        let (style, explode) = Style::read(&found, usual)?;
        let Described { schema, media_type, example } = Described::of(document, &found)?;
        Ok(Parameter {
            name: text("name", "the parameter's name")?,
            place,
            style,
            explode,
            allow_reserved: found.value.get("allowReserved") == Some(&Value::Bool(true)),
            required: found.value.get("required") == Some(&Value::Bool(true)),
            media_type,
            example,
            schema,
            pointer: found.pointer,
        })
    }
}

impl<'d> Header<'d> {
    /// The headers under `headers`.
    pub(super) fn read_all(document: &'d Document, holder: &Located<'d>) -> Result<Vec<Self>, DocumentError> {
        let Some(Value::Object(map)) = holder.value.get("headers") else { return Ok(Vec::new()) };
        let place = holder.pointer.child("headers");
        // "Content-Type" is described by the keys of `content`, and an entry for it is ignored (OpenAPI 3.0.3).
        let entries = map.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
        let read = |(name, value): (&'d String, &'d Value)| {
            let found = document.resolve(Located { pointer: place.child(name), value })?;
            let (_, explode) = Style::read(&found, Style::Simple)?;
            let Described { schema, media_type, example } = Described::of(document, &found)?;
            let required = found.value.get("required") == Some(&Value::Bool(true));
            Ok(Header { name, required, explode, media_type, schema, example, pointer: found.pointer })
        };
        entries.map(read).collect()
    }
}

/// What `schema` or `content` says of a value.
struct Described<'d> {
    schema: Option<Located<'d>>,
    media_type: Option<&'d str>,
    example: Option<&'d Value>,
}

impl<'d> Described<'d> {
    fn of(document: &'d Document, holder: &Located<'d>) -> Result<Self, DocumentError> {
        let content = holder.value.get("content").and_then(Value::as_object).and_then(|content| content.iter().next());
        let Some((media_type, value)) = content else {
            return Ok(Self { schema: holder.get("schema"), media_type: None, example: document.example(holder)? });
        };
        let media = Located { pointer: holder.pointer.child("content").child(media_type), value };
        let example = document.example(&media)?.or(document.example(holder)?);
        Ok(Self { schema: media.get("schema"), media_type: Some(media_type), example })
    }
}
