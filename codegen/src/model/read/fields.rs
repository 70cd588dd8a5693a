//! Fields of the document's objects, and where their references lead.

use serde_json::Value;

use crate::document::{Place, Pointer};
use crate::keyword::deprecated;
use crate::model::{Deprecation, ExternalDocs};
use crate::spec::walk::LONGEST_CHAIN;

/// A string.
pub fn text<'a>(holder: &'a Value, key: &str) -> Option<&'a str> {
    holder.get(key)?.as_str()
}

/// Whether a field is `true`.
pub fn flag(holder: &Value, key: &str) -> bool {
    holder.get(key) == Some(&Value::Bool(true))
}

/// The members of an object that stands under a key, in the document's order.
pub fn entries<'a>(holder: &'a Value, key: &str) -> impl Iterator<Item = (&'a str, &'a Value)> {
    let object = holder.get(key).and_then(Value::as_object);
    object.into_iter().flatten().map(|(name, value)| (name.as_str(), value))
}

/// The same without extensions.
pub fn members<'a>(holder: &'a Value, key: &str) -> impl Iterator<Item = (&'a str, &'a Value)> {
    entries(holder, key).filter(|(name, _)| !name.starts_with("x-"))
}

/// The items of a list that stands under a key.
pub fn items<'a>(holder: &'a Value, key: &str) -> &'a [Value] {
    holder.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// What a value is once its references are followed, and where that stands.
pub fn resolve<'a>(root: &'a Value, value: &'a Value, place: Place) -> (&'a Value, Place) {
    let (mut value, mut place) = (value, place);
    // Lint has refused what is longer; the bound is for a caller who skips it.
    for _ in 0..LONGEST_CHAIN {
        let Some(target) = text(value, "$ref").and_then(Pointer::from_reference) else { break };
        let Some(found) = target.of(root) else { break };
        (value, place) = (found, Place::in_root(target));
    }
    (value, place)
}

/// The same, where the place is of no interest.
pub fn resolved<'a>(root: &'a Value, value: &'a Value) -> &'a Value {
    resolve(root, value, Place::default()).0
}

/// Whether an operation, parameter or header is deprecated, with the reason.
pub fn deprecation(holder: &Value) -> Option<Deprecation<'_>> {
    flag(holder, "deprecated").then(|| Deprecation { reason: deprecated::reason(holder) })
}

/// Further reading.
pub fn external_docs(holder: &Value) -> Option<ExternalDocs<'_>> {
    let docs = holder.get("externalDocs")?;
    Some(ExternalDocs { description: text(docs, "description"), url: text(docs, "url") })
}
