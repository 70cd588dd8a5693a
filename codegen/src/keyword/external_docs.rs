//! `externalDocs`: further reading.

use serde_json::Value;

use super::Keyword;
use crate::markdown::{phrase, url};
use crate::spec::{Kind, Shape};

const NAME: &str = "externalDocs";

pub(super) const KEYWORDS: &[Keyword] = &[Keyword::annotation(NAME, Shape::Object(Kind::ExternalDocs))];

/// The further reading of a schema as a sentence.
pub fn external_docs(schema: &Value) -> Option<String> {
    let docs = schema.get(NAME)?;
    let text = |key: &str| docs.get(key).and_then(Value::as_str);
    sentence(text("description"), text("url"))
}

/// Further reading as a sentence.
pub fn sentence(description: Option<&str>, page: Option<&str>) -> Option<String> {
    let phrases: Vec<String> = phrase(description).into_iter().chain(url(page)).collect();
    (!phrases.is_empty()).then(|| format!("See also: {}", phrases.join(" ")))
}
