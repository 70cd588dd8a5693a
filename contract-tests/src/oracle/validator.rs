//! The document as judge: its schemas, compiled by an independent validator. No other file names `jsonschema`.

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, Keyword, ValidationError, ValidationOptions};
use serde_json::Value;

use crate::compare::Dialect;

use super::translate::{self, Translated};
use super::{OracleError, Violation, email};
use crate::document::{Document, Located, Pointer, TAGGED};
use crate::keyword;
use crate::tolerances;

const UNEVALUATED: &str = "unevaluatedProperties";

/// A compiled schema.
#[derive(Debug)]
pub struct Validator {
    compiled: jsonschema::Validator,
}

impl Validator {
    /// Compiles a schema of the document, as the draft of its version and with formats on.
    pub fn new(document: &Document, schema: Located<'_>) -> Result<Self, OracleError> {
        Self::of(document, &translate::to_json_schema(document, schema)?)
    }

    /// The same without what only this repository's clients promise.
    pub fn stated(document: &Document, schema: Located<'_>) -> Result<Self, OracleError> {
        Self::of(document, &translate::to_json_schema(document, schema)?.without_promises())
    }

    fn of(document: &Document, translated: &Translated) -> Result<Self, OracleError> {
        let draft = if document.is_3_1() { Draft::Draft202012 } else { Draft::Draft4 };
        Self::compile(draft, &translated.schema, |place| translated.origin(place))
    }

    /// Compiles a schema that was derived from a Rust type, as Draft 2020-12 and with formats on, those of integers too.
    pub fn derived(name: &str, schema: &Value) -> Result<Self, OracleError> {
        let root = Pointer::root().child(name);
        Self::compile(Draft::Draft202012, &translate::with_ranges(schema), |place| root.join(place))
    }

    /// Compiles a schema of a version of JSON Schema as it stands, with formats where that version asserts them.
    pub fn json_schema(dialect: Dialect, schema: &Value) -> Result<Self, OracleError> {
        let draft = match dialect {
            Dialect::OpenApi30 | Dialect::Draft4 => Draft::Draft4,
            Dialect::Draft6 => Draft::Draft6,
            Dialect::Draft7 => Draft::Draft7,
            Dialect::Draft201909 => Draft::Draft201909,
            Dialect::Draft202012 | Dialect::OpenApi31 => Draft::Draft202012,
        };
        if matches!(dialect, Dialect::OpenApi30 | Dialect::OpenApi31) {
            return Self::compile(draft, schema, Pointer::clone);
        }
        let compiled = jsonschema::options().with_draft(draft).build(schema);
        let compiled = compiled.map_err(|error| OracleError::Schema {
            pointer: Pointer::written(error.instance_path().as_str()),
            message: error.to_string(),
        })?;
        Ok(Self { compiled })
    }

    fn compile(draft: Draft, schema: &Value, origin: impl Fn(&Pointer) -> Pointer) -> Result<Self, OracleError> {
        let compiled = options().with_draft(draft).build(schema).map_err(|error| OracleError::Schema {
            pointer: origin(&Pointer::written(error.instance_path().as_str())),
            message: error.to_string(),
        })?;
        Ok(Self { compiled })
    }

    /// Whether the payload conforms.
    pub fn accepts(&self, payload: &Value) -> bool {
        self.compiled.is_valid(payload)
    }

    /// Everything that is wrong with the payload, sorted; nothing where it conforms.
    pub fn violations(&self, payload: &Value) -> Vec<Violation> {
        let mut found = self.unfiltered(payload);
        tolerances::without_echoes(&mut found, payload);
        found
    }

    /// The same, with what is only an echo of another violation.
    pub fn unfiltered(&self, payload: &Value) -> Vec<Violation> {
        let mut found: Vec<Violation> = Vec::new();
        for error in self.compiled.iter_errors(payload) {
            Self::collect(&error, &mut found);
        }
        // What is wrong with a property leaves it unevaluated as well; what nobody has declared is what `additionalProperties` calls
        // so.
        let others: Vec<Violation> = found.iter().filter(|one| one.keyword != UNEVALUATED).cloned().collect();
        let is_within = |place: &Pointer, one: &Violation| {
            one.pointer
                .as_str()
                .strip_prefix(place.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        found.retain(|one| one.keyword != UNEVALUATED || !others.iter().any(|other| is_within(&one.pointer, other)));
        found
            .iter_mut()
            .filter(|one| one.keyword == UNEVALUATED)
            .for_each(|one| one.keyword = "additionalProperties".into());
        found.sort();
        found.dedup();
        found
    }
}

impl Validator {
    fn collect(error: &ValidationError<'_>, found: &mut Vec<Violation>) {
        let place = Pointer::written(error.instance_path().as_str());
        let at = |pointer, keyword: &str| Violation { pointer, keyword: keyword.into() };
        match error.kind() {
            ValidationErrorKind::UnevaluatedProperties { unexpected } => {
                found.extend(unexpected.iter().map(|name| at(place.child(name), UNEVALUATED)));
            }
            // Too few such items are none of what is asked for, and too many are too many.
            ValidationErrorKind::Contains => {
                let is_most = error.schema_path().as_str().ends_with("/maxContains");
                found.push(at(place, if is_most { "maxContains" } else { "contains" }));
            }
            // What is missing is said by the property that asks for it.
            ValidationErrorKind::Required { .. } if error.schema_path().as_str().ends_with("/dependentRequired") => {
                found.push(at(place, "dependentRequired"));
            }
            ValidationErrorKind::Required { property } => {
                found.push(at(place.child(property.as_str().unwrap_or_default()), "required"));
            }
            ValidationErrorKind::AdditionalProperties { unexpected } => {
                found.extend(unexpected.iter().map(|name| at(place.child(name), "additionalProperties")));
            }
            ValidationErrorKind::Custom { keyword, message } if keyword == translate::INTEGER_RANGE => {
                found.push(at(place, message));
            }
            ValidationErrorKind::Custom { keyword, message } if keyword == TAGGED => {
                // A tag is a name, and so a string.
                let is_name = error.instance().get(message.as_str()).is_some_and(Value::is_string);
                found.push(at(place.child(message), if is_name { "discriminator" } else { "type" }));
            }
            other => found.push(at(place, other.keyword())),
        }
    }
}

/// The formats that later drafts assert. Draft 4 does not know them, and neither does OpenAPI 3.0: they are words to the reader.
const LATER_FORMATS: [&str; 11] = [
    "duration",
    "idn-email",
    "idn-hostname",
    "iri",
    "iri-reference",
    "json-pointer",
    "regex",
    "relative-json-pointer",
    "time",
    "uri-reference",
    "uri-template",
];

fn options() -> ValidationOptions<'static> {
    let checks = keyword::ALL.iter().flat_map(|keyword| keyword.checks);
    let options = checks.fold(jsonschema::options(), |options, (name, check)| {
        options.with_keyword(*name, |_, value, _| own_keyword(check(value).map(|holds| Checked { holds })))
    });
    let options = LATER_FORMATS.iter().fold(options, |options, format| options.with_format(*format, |_| true));
    options
        .should_validate_formats(true)
        .with_format("email", email::is_mailbox)
        .with_format("date", is_date)
        .with_format("uuid", is_uuid)
        .with_format("byte", is_base64)
        .with_keyword(TAGGED, |_, value, _| own_keyword(Tag::new(value)))
        .with_keyword(translate::INTEGER_RANGE, |_, value, _| own_keyword(IntegerRange::new(value)))
}

fn own_keyword<'a, K>(built: Option<K>) -> Result<Box<dyn for<'i> Keyword<'i>>, ValidationError<'a>>
where
    K: for<'i> Keyword<'i> + 'static,
{
    match built {
        Some(keyword) => Ok(Box::new(keyword)),
        None => Err(ValidationError::custom("expected a whole number, not below zero")),
    }
}

/// A keyword that no validator knows.
struct Checked {
    holds: Box<dyn Fn(&Value) -> bool + Send + Sync>,
}

impl<'i> Keyword<'i> for Checked {
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        if self.is_valid(instance) { Ok(()) } else { Err(ValidationError::custom("the keyword is not kept")) }
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        (self.holds)(instance)
    }
}

/// A tag that names one of the alternatives.
struct Tag {
    property: String,
    tags: Vec<Value>,
}

impl Tag {
    fn new(value: &Value) -> Option<Self> {
        let property = value.get("property")?.as_str()?.to_owned();
        let tags = value.get("tags")?.as_array()?.iter().filter_map(Value::as_array).flatten().cloned().collect();
        Some(Self { property, tags })
    }
}

impl<'i> Keyword<'i> for Tag {
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        if self.is_valid(instance) { Ok(()) } else { Err(ValidationError::custom(self.property.clone())) }
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        instance.get(&self.property).is_none_or(|tag| self.tags.contains(tag))
    }
}

/// The range that an integer's format gives it, or that integers have without one.
struct IntegerRange {
    least: Option<i128>,
    most: Option<i128>,
    blame: &'static str,
}

impl IntegerRange {
    fn new(value: &Value) -> Option<Self> {
        let blame = if value.get("blame")?.as_str()? == "type" { "type" } else { "format" };
        let limit = |name: &str| value.get(name).and_then(|limit| limit.as_number()?.as_i128());
        Some(Self { least: limit("least"), most: limit("most"), blame })
    }
}

impl<'i> Keyword<'i> for IntegerRange {
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        if self.is_valid(instance) { Ok(()) } else { Err(ValidationError::custom(self.blame)) }
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        // A fraction is `type`'s affair, a whole number beyond 64 bits is this one's.
        let Value::Number(number) = instance else { return true };
        let float = number.as_f64().unwrap_or_default();
        let whole = number.as_i128().or_else(|| (float.fract() == 0.0).then_some(float as i128));
        whole.is_none_or(|value| {
            self.least.is_none_or(|least| value >= least) && self.most.is_none_or(|most| value <= most)
        })
    }
}

/// `full-date` of RFC 3339, which Draft 4 does not know.
fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let shape = bytes.len() == 10 && text.is_ascii() && bytes[4] == b'-' && bytes[7] == b'-';
    let number = |range: std::ops::Range<usize>| {
        text.get(range)
            .filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
            .and_then(|part| part.parse::<u32>().ok())
    };
    if !shape {
        return false;
    }
    let (Some(year), Some(month), Some(day)) = (number(0..4), number(5..7), number(8..10)) else { return false };
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    (1..=days).contains(&day)
}

/// RFC 4122's text form.
fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// Base64 of RFC 4648, in either alphabet, with padding or without.
fn is_base64(text: &str) -> bool {
    let digits = text.trim_end_matches('=');
    let padding = text.len() - digits.len();
    let known = digits.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/-_".contains(&byte));
    known && digits.len() % 4 != 1 && (padding == 0 || (padding < 3 && text.len().is_multiple_of(4)))
}
