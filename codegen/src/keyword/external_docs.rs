//! `externalDocs`: further reading.

use serde_json::Value;

use super::Keyword;
use crate::document::spec::{Kind, Shape};
use crate::markdown::{phrase, url};

const NAME: &str = "externalDocs";

pub(super) const KEYWORDS: &[Keyword] = &[Keyword::annotation(NAME, Shape::Object(Kind::ExternalDocs))];

/// The further reading of a schema, operation, tag or document as a sentence.
pub fn external_docs(holder: &Value) -> Option<String> {
    let docs = holder.get(NAME)?;
    let words: Vec<String> = phrase(docs, "description").into_iter().chain(url(docs, "url")).collect();
    (!words.is_empty()).then(|| format!("See also: {}", words.join(" ")))
}
