//! Which integers a schema speaks of: those of its format, or of 64 bits, or of as many as its bounds reach.

use serde_json::{Map, Value, json};

use super::bounds::whole;
use crate::document::Conjunction;

/// The formats that name a range.
const FORMATS: [(&str, i128, i128); 8] = [
    ("int8", i8::MIN as i128, i8::MAX as i128),
    ("int16", i16::MIN as i128, i16::MAX as i128),
    ("int32", i32::MIN as i128, i32::MAX as i128),
    ("int64", i64::MIN as i128, i64::MAX as i128),
    ("uint8", 0, u8::MAX as i128),
    ("uint16", 0, u16::MAX as i128),
    ("uint32", 0, u32::MAX as i128),
    ("uint64", 0, u64::MAX as i128),
];

/// The range that a format names.
pub(crate) fn of_format(format: &str) -> Option<(i128, i128)> {
    FORMATS.iter().find(|(name, ..)| *name == format).map(|(_, least, most)| (*least, *most))
}

/// Whether all integers that bounds or listed values leave to a schema object lie within a range, whatever its format says.
pub(crate) fn all_within(object: &Map<String, Value>, (least, most): (i128, i128)) -> bool {
    let within = |value: i128| (least..=most).contains(&value);
    if let Some(listed) = object.get("enum").and_then(Value::as_array) {
        return listed.iter().all(|value| whole(value).is_none_or(within));
    }
    matches!(bounds(object), (Some(first), Some(last)) if within(first) && within(last))
}

/// The range of all that a schema demands.
pub(crate) fn range(schema: &Conjunction<'_>) -> (i128, i128) {
    let formats = schema.all("format").into_iter().filter_map(|format| of_format(format.value.as_str()?));
    let named = formats.reduce(|one, other| (one.0.max(other.0), one.1.min(other.1)));
    named.unwrap_or_else(|| {
        let bounds: Vec<_> = schema.parts.iter().map(|part| bounds(part.object)).collect();
        let least = bounds.iter().filter_map(|(least, _)| *least).max();
        beyond_formats(least, bounds.iter().filter_map(|(_, most)| *most).min())
    })
}

/// The range of one schema object, as the check of it reads it, and the keyword that a number outside of it breaks.
pub(crate) fn written(object: &Map<String, Value>) -> Value {
    let named = object.get("format").and_then(Value::as_str).and_then(of_format);
    let (least, most) = named.unwrap_or_else(|| {
        let (least, most) = bounds(object);
        beyond_formats(least, most)
    });
    json!({
        "least": i64::try_from(least).ok(),
        "most": u64::try_from(most).ok(),
        "blame": if named.is_some() { "format" } else { "type" },
    })
}

/// The range of integers without a format: 64 bits, signed if that will do, or no limit at all.
fn beyond_formats(least: Option<i128>, most: Option<i128>) -> (i128, i128) {
    let (signed, natural) = ((i64::MIN.into(), i64::MAX.into()), (0, u64::MAX.into()));
    let within = |(first, last): (i128, i128)| move |bound: i128| (first..=last).contains(&bound);
    if least.is_none_or(within(signed)) && most.is_none_or(within(signed)) {
        signed
    } else if least.is_some_and(within(natural)) && most.is_none_or(within(natural)) {
        natural
    } else {
        (i128::MIN, i128::MAX)
    }
}

/// The first and the last integer within the bounds of an object, in the words of OpenAPI or of today's JSON Schema.
fn bounds(object: &Map<String, Value>) -> (Option<i128>, Option<i128>) {
    let bound = |keyword: &str, exclusive: &str, inwards: i128| {
        let excluded = object.get(exclusive);
        let open = excluded == Some(&Value::Bool(true));
        let stated = object.get(keyword).map(|stated| whole_near(stated) + if open { inwards } else { 0 });
        stated.or_else(|| excluded.filter(|limit| limit.is_number()).map(|limit| whole_near(limit) + inwards))
    };
    (bound("minimum", "exclusiveMinimum", 1), bound("maximum", "exclusiveMaximum", -1))
}

fn whole_near(bound: &Value) -> i128 {
    whole(bound).unwrap_or_else(|| bound.as_f64().map_or(0, |float| float.clamp(-1e36, 1e36) as i128))
}
