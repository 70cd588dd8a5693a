//! What decoding must do with a payload that has one fault.

use serde_json::Value;

use crate::document::{Conjunction, Document, DocumentError, Kind};
use crate::keyword::{self, integers};
use crate::oracle::Violation;
use crate::tolerances;

/// What decoding must do with a payload that has one fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Promise {
    /// The value is kept, and comes back unchanged.
    Kept,
    /// The value is kept, and only its text shows that it was written otherwise than the document has it.
    Read,
    /// The value is taken, and reads as absent.
    ReadAsAbsent,
    /// The value is refused.
    Refused,
    /// Behind `oneOf`, `anyOf` and `not` the keyword alone doesn't tell.
    Open,
}

/// What decoding must do with a payload, as far as one violation is concerned.
pub(crate) fn promise(
    document: &Document,
    schema: &Conjunction<'_>,
    payload: &Value,
    violation: &Violation,
) -> Result<Promise, DocumentError> {
    let value = payload.pointer(violation.pointer.as_str());
    // What is wrong with an alternative is the union's fault, save that its tag names none.
    let holder = violation.pointer.parent().map(|(holder, _)| holder).unwrap_or_default();
    let is_union = |here: Option<Conjunction<'_>>| here.is_none_or(|here| !here.alternatives().is_empty());
    let (holder, own) = (schema.inner(document, &holder)?, schema.inner(document, &violation.pointer)?);
    let own = own.is_some_and(|own| is_union(Some(own)));
    if violation.keyword != "discriminator" && (own || is_union(holder)) {
        return Ok(Promise::Open);
    }
    Ok(match violation.keyword.as_str() {
        keyword if tolerances::blames_a_union(keyword) => Promise::Open,
        // What a condition, a pattern of names or a position says, no type can: it is kept and reported.
        "required" | "type" if !keyword::is_typed(schema, document, violation)? => Promise::Kept,
        "required" => Promise::Refused,
        // A null in an optional property can be represented: as absence.
        "type" | "enum" if value == Some(&Value::Null) => {
            let Some((parent, name)) = violation.pointer.parent() else { return Ok(Promise::Refused) };
            let Some(parent) = schema.inner(document, &parent)? else { return Ok(Promise::Open) };
            let optional = parent.kind() == Some(Kind::Object)
                && parent.properties().contains(&name.as_str())
                && !parent.required().contains(&name.as_str());
            // `nullable` without a `type` beside it has no effect; a client may keep what is meant by it, and reports it.
            let meant = || {
                let property = schema.inner(document, &violation.pointer).ok().flatten();
                property.is_some_and(|property| {
                    property.all("nullable").iter().any(|flag| flag.value == &Value::Bool(true))
                })
            };
            // Where a null is read as absence, what is said under a condition is said of another value.
            let is_asked = ["if", "dependentSchemas"].iter().any(|keyword| !parent.all(keyword).is_empty());
            match optional {
                true if is_asked => Promise::Open,
                true => Promise::ReadAsAbsent,
                false if parent.properties().contains(&name.as_str()) && meant() => Promise::Kept,
                false if meant() => Promise::Open,
                false => Promise::Refused,
            }
        }
        // What is left aside counts only where the text is counted.
        "minProperties" | "maxProperties" if leaves_aside(document, schema, violation, value)? => Promise::Read,
        // `1.0` is an integer by its value.
        "type" if tolerances::is_whole_fraction(payload, &violation.pointer) => {
            let place = schema.inner(document, &violation.pointer)?;
            let whole = value.and_then(Value::as_f64).map(|float| float as i128);
            let range = place.filter(|place| place.kind() == Some(Kind::Integer)).map(|place| integers::range(&place));
            match (range, whole) {
                (Some((least, most)), Some(whole)) if (least..=most).contains(&whole) => Promise::Read,
                _ => Promise::Refused,
            }
        }
        "type" => Promise::Refused,
        // A number outside of its format's range is no value of the type.
        "format" if value.is_some_and(Value::is_number) => Promise::Refused,
        "additionalProperties" => Promise::Kept,
        _ => Promise::Kept,
    })
}

/// Whether an object has properties that a client need not keep.
fn leaves_aside(
    document: &Document,
    schema: &Conjunction<'_>,
    violation: &Violation,
    value: Option<&Value>,
) -> Result<bool, DocumentError> {
    let Some(holder) = schema.inner(document, &violation.pointer)? else { return Ok(false) };
    let declared = holder.properties();
    let mut names = value.and_then(Value::as_object).into_iter().flat_map(|members| members.keys());
    let says = !holder.all("additionalProperties").is_empty() || declared.is_empty();
    Ok(!says && names.any(|name| !declared.contains(&name.as_str())))
}
