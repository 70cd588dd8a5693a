//! What a text in one of OpenAPI's styles means: a string, a list of strings or members with strings.
//!
//! The styles are RFC 6570's expressions, read backwards: simple `{x}`, label `{.x}`, matrix `{;x}`, form `{?x}`, each with
//! and without `*`. A delimiter stands bare; one that belongs to a value is percent-encoded, so a text is first split and
//! then decoded.

use serde_json::{Map, Number, Value};

use crate::document::{Conjunction, Document, DocumentError, Kind, Parameter, Style};
use crate::oracle::change::is_same;

/// A value before it has types: the wire has none.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A string, which stands for a number or a truth value too.
    Text(String),
    /// A list.
    List(Vec<Shape>),
    /// Members.
    Object(Vec<(String, Shape)>),
    /// A JSON text, which has types.
    Json(Value),
}

/// What a schema allows a value to be. The same text may be read in several ways.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// A string, a number or a truth value.
    pub text: bool,
    /// A list.
    pub list: bool,
    /// An object.
    pub object: bool,
    /// The properties that an object declares.
    pub properties: Vec<String>,
    /// Whether an object may have further properties.
    pub open: bool,
    /// Whether the schema says so, and does not only leave it open.
    pub stated_open: bool,
}

/// Decodes one value that stands between delimiters.
pub type Decode = fn(&str) -> Result<String, String>;

/// A text whose parts are divided by delimiters.
#[derive(Debug, Clone, Copy)]
pub struct Delimited<'s> {
    /// What divides the parts.
    pub separators: &'s [&'s str],
    /// Whether a member is `name=value`; else names and values take turns.
    pub keyed: bool,
    /// How a part is decoded.
    pub decode: Decode,
}

impl Wanted {
    /// What a parameter's value may be.
    pub fn of_parameter<'d>(document: &'d Document, parameter: &Parameter<'d>) -> Result<Self, DocumentError> {
        Self::of(document, &super::demands(document, parameter)?)
    }

    /// What a schema's value may be.
    pub fn of<'d>(document: &'d Document, schema: &Conjunction<'d>) -> Result<Self, DocumentError> {
        let mut wanted = Self::default();
        wanted.add(document, schema, 0)?;
        Ok(wanted)
    }

    fn add<'d>(&mut self, document: &'d Document, schema: &Conjunction<'d>, depth: usize) -> Result<(), DocumentError> {
        const DEEPEST: usize = 8;
        let properties = schema.properties();
        self.properties.extend(properties.iter().map(|name| (*name).to_owned()));
        if let (Some(alternatives), true) = (schema.alternatives().into_iter().next(), depth < DEEPEST) {
            for branch in &alternatives.branches {
                let chosen = schema.choose(document, &alternatives, branch.clone())?;
                self.add(document, &chosen, depth + 1)?;
            }
            return Ok(());
        }
        match schema.kind() {
            Some(Kind::Array) => self.list = true,
            Some(Kind::Object) => {
                self.object = true;
                let further = schema.all("additionalProperties");
                self.open |= !further.iter().any(|found| found.value == &Value::Bool(false));
                self.stated_open |= further.iter().any(|found| found.value != &Value::Bool(false));
            }
            Some(Kind::Any) | None => {
                let listed = schema.listed().unwrap_or_default();
                if !listed.is_empty() && listed.iter().all(|value| !value.is_array() && !value.is_object()) {
                    self.text = true;
                } else {
                    (self.text, self.list, self.object, self.open) = (true, true, true, true);
                }
            }
            Some(_) => self.text = true,
        }
        Ok(())
    }
}

impl Delimited<'_> {
    /// The readings of a text, by what is wanted.
    pub fn read(&self, raw: &str, wanted: &Wanted) -> Result<Vec<Shape>, String> {
        let mut readings = Vec::new();
        let mut faults = Vec::new();
        let mut take = |reading: Result<Shape, String>| match reading {
            Ok(shape) => readings.push(shape),
            Err(fault) => faults.push(fault),
        };
        if wanted.text {
            take((self.decode)(raw).map(Shape::Text));
        }
        if wanted.list {
            take(
                self.split(raw)
                    .into_iter()
                    .map(|item| (self.decode)(item).map(Shape::Text))
                    .collect::<Result<_, _>>()
                    .map(Shape::List),
            );
            // A list of one empty string and an empty list are written alike.
            if raw.is_empty() {
                take(Ok(Shape::List(Vec::new())));
            }
        }
        if wanted.object {
            if raw.is_empty() {
                take(Ok(Shape::Object(Vec::new())));
            } else {
                take(self.members(raw));
            }
        }
        match faults.into_iter().next() {
            Some(fault) if readings.is_empty() => Err(fault),
            _ => Ok(readings),
        }
    }

    fn members(&self, raw: &str) -> Result<Shape, String> {
        let parts = self.split(raw);
        let member = |name: &str, value: &str| Ok(((self.decode)(name)?, Shape::Text((self.decode)(value)?)));
        let members = if self.keyed {
            let pair = |part: &&str| match part.split_once('=') {
                Some((name, value)) => member(name, value),
                None => Err(format!("`{part}` is no member: it has no `=`")),
            };
            parts.iter().map(pair).collect::<Result<Vec<_>, _>>()?
        } else {
            let (pairs, rest) = parts.as_chunks::<2>();
            if !rest.is_empty() {
                return Err(format!("`{raw}` does not divide into names and values"));
            }
            pairs.iter().map(|[name, value]| member(name, value)).collect::<Result<Vec<_>, _>>()?
        };
        Ok(Shape::Object(members))
    }

    fn split<'r>(&self, raw: &'r str) -> Vec<&'r str> {
        let mut parts = vec![raw];
        for separator in self.separators {
            parts = parts.into_iter().flat_map(|part| part.split(separator)).collect();
        }
        parts
    }
}

/// The readings of what stands in a path for one parameter.
pub fn in_path(name: &str, style: Style, explode: bool, raw: &str, wanted: &Wanted) -> Result<Vec<Shape>, String> {
    let decode = super::percent::decoded;
    let delimited = |separators| Delimited { separators, keyed: explode, decode };
    match style {
        Style::Label => {
            // An empty list or object is no value, and expands to nothing (RFC 6570, section 2.3).
            if raw.is_empty() && (wanted.list || wanted.object) {
                return Delimited { separators: &[","], keyed: explode, decode }
                    .read(raw, &Wanted { text: false, ..wanted.clone() });
            }
            let rest = raw.strip_prefix('.').ok_or_else(|| format!("`{raw}` begins with no `.`, as label has it"))?;
            delimited(if explode { &["."] } else { &[","] }).read(rest, wanted)
        }
        Style::Matrix => matrix(name, explode, raw, wanted),
        _ => delimited(&[","]).read(raw, wanted),
    }
}

fn matrix(name: &str, explode: bool, raw: &str, wanted: &Wanted) -> Result<Vec<Shape>, String> {
    let decode = super::percent::decoded;
    if raw.is_empty() && (wanted.list || wanted.object) {
        return Delimited { separators: &[","], keyed: explode, decode }
            .read(raw, &Wanted { text: false, ..wanted.clone() });
    }
    let rest = raw.strip_prefix(';').ok_or_else(|| format!("`{raw}` begins with no `;`, as matrix has it"))?;
    let own = |part: &str| {
        let (written, value) = part.split_once('=').unwrap_or((part, ""));
        if decode(written)? == name {
            Ok(value.to_owned())
        } else {
            Err(format!("`{written}` stands where `{name}` is meant"))
        }
    };
    if !explode {
        return Delimited { separators: &[","], keyed: false, decode }.read(&own(rest)?, wanted);
    }
    let parts: Vec<&str> = rest.split(';').collect();
    let mut readings = Vec::new();
    let values = parts
        .iter()
        .map(|part| own(part).and_then(|value| decode(&value)).map(Shape::Text))
        .collect::<Result<Vec<_>, _>>();
    match values {
        Ok(values) => {
            if let ([Shape::Text(value)], true) = (values.as_slice(), wanted.text) {
                readings.push(Shape::Text(value.clone()));
            }
            if wanted.list {
                readings.push(Shape::List(values));
            }
        }
        Err(fault) if !wanted.object => return Err(fault),
        Err(_) => {}
    }
    if wanted.object {
        let member = |part: &&str| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            Ok::<_, String>((decode(name)?, Shape::Text(decode(value)?)))
        };
        readings.push(Shape::Object(parts.iter().map(member).collect::<Result<_, _>>()?));
    }
    Ok(readings)
}

/// A string as it is, a number or a truth value as JSON spells it; nothing else is one text.
pub fn spelled(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    }
}

impl Shape {
    /// Whether this is how a value is written. A number is compared by value, and null is written in no style.
    pub fn expresses(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Text(text), Value::String(string)) => text == string,
            (Self::Text(text), Value::Number(number)) => {
                let written: Option<Number> = serde_json::from_str(text).ok();
                written.is_some_and(|written| is_same(&written.into(), &number.clone().into()))
            }
            (Self::Text(text), Value::Bool(flag)) => *text == flag.to_string(),
            (Self::List(items), Value::Array(values)) => {
                items.len() == values.len() && items.iter().zip(values).all(|(item, value)| item.expresses(value))
            }
            (Self::Object(members), Value::Object(map)) => {
                members.len() == map.len()
                    && members.iter().all(|(name, shape)| map.get(name).is_some_and(|value| shape.expresses(value)))
            }
            (Self::Json(json), value) => is_same(value, json),
            _ => false,
        }
    }

    /// The value that this is by a schema. Where the schema leaves open what a string stands for, `literal` takes it for the
    /// number or truth value that it spells.
    pub fn value<'d>(
        &self,
        document: &'d Document,
        schema: &Conjunction<'d>,
        literal: bool,
    ) -> Result<Value, DocumentError> {
        Ok(match self {
            Self::Text(text) => typed(text, schema, literal),
            Self::List(items) => {
                let inner = schema.items(document)?;
                items.iter().map(|item| item.value(document, &inner, literal)).collect::<Result<_, _>>()?
            }
            Self::Object(members) => {
                let mut map = Map::new();
                for (name, shape) in members {
                    let inner = schema.property(document, name)?.unwrap_or_else(Conjunction::anything);
                    map.insert(name.clone(), shape.value(document, &inner, literal)?);
                }
                Value::Object(map)
            }
            Self::Json(value) => value.clone(),
        })
    }
}

fn typed(text: &str, schema: &Conjunction<'_>, literal: bool) -> Value {
    let spelled = || serde_json::from_str(text).ok().filter(|value: &Value| value.is_number() || value.is_boolean());
    let plain = schema.alternatives().is_empty();
    let reading = match schema.kind() {
        Some(Kind::Integer | Kind::Number) if plain => spelled().filter(Value::is_number),
        Some(Kind::Boolean) if plain => spelled().filter(Value::is_boolean),
        Some(Kind::String) if plain => None,
        _ if literal => spelled(),
        _ => None,
    };
    reading.unwrap_or_else(|| Value::String(text.to_owned()))
}
