//! What a value that was sent and came back has become.

use serde_json::Value;

use crate::document::{Conjunction, Document, DocumentError, Pointer, Step};

/// What came back otherwise than it was sent. The client may keep undeclared properties or leave them aside; both are
/// compared without.
pub fn change(
    document: &Document,
    schema: &Conjunction<'_>,
    sent: &Value,
    returned: &Value,
) -> Result<Option<(Pointer, String)>, DocumentError> {
    // Nearly everything comes back as it was sent, which needs no look at the schema and no pointers to say.
    if alike(sent, returned, &mut Vec::new(), &|place| schema.leaves_aside(document, place))? {
        return Ok(None);
    }
    let (sent, returned) = (schema.declared(document, sent)?, schema.declared(document, returned)?);
    Ok(first_change(&sent, &returned, Pointer::root()))
}

/// Whether two values are one, however their numbers are written.
pub fn is_same(one: &Value, other: &Value) -> bool {
    first_change(one, other, Pointer::root()).is_none()
}

/// Whether a place that only one of two values has may be left aside.
type Aside<'a> = dyn Fn(&[Step<'_>]) -> Result<bool, DocumentError> + 'a;

/// Whether two values are the same but for properties that only one of them has and that may be left aside.
fn alike<'v>(
    left: &'v Value,
    right: &'v Value,
    place: &mut Vec<Step<'v>>,
    aside: &Aside<'_>,
) -> Result<bool, DocumentError> {
    match (left, right) {
        (Value::Object(left), Value::Object(right)) => {
            let mut shared = 0;
            for (name, value) in left {
                place.push(Step::Name(name));
                let other = right.get(name);
                shared += usize::from(other.is_some());
                let is_same = match other {
                    Some(other) => alike(value, other, place, aside)?,
                    None => false,
                };
                // What may be left aside may also be kept as something else.
                let same = is_same || aside(place)?;
                place.pop();
                if !same {
                    return Ok(false);
                }
            }
            let added = right.keys().filter(|name| shared < right.len() && !left.contains_key(*name));
            for name in added {
                place.push(Step::Name(name));
                let is_aside = aside(place);
                place.pop();
                if !is_aside? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
            for (index, (left, right)) in left.iter().zip(right).enumerate() {
                place.push(Step::Index(index));
                let same = alike(left, right, place, aside)?;
                place.pop();
                if !same {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        (Value::Number(left), Value::Number(right)) => Ok(same_number(left, right)),
        (left, right) => Ok(left == right),
    }
}

/// The first place where two values differ. Numbers are compared by value: `1` and `1.0` are the same.
pub fn first_change(sent: &Value, returned: &Value, place: Pointer) -> Option<(Pointer, String)> {
    match (sent, returned) {
        (Value::Object(sent), Value::Object(returned)) => {
            for (name, value) in sent {
                let place = place.child(name);
                match returned.get(name) {
                    None => return Some((place, format!("{value} is gone"))),
                    Some(other) => {
                        if let Some(change) = first_change(value, other, place) {
                            return Some(change);
                        }
                    }
                }
            }
            let added = returned.iter().find(|(name, _)| !sent.contains_key(*name));
            added.map(|(name, value)| (place.child(name), format!("{value} was added")))
        }
        (Value::Array(sent), Value::Array(returned)) if sent.len() == returned.len() => {
            let mut pairs = sent.iter().zip(returned).enumerate();
            pairs.find_map(|(index, (sent, returned))| first_change(sent, returned, place.index(index)))
        }
        (Value::Number(sent), Value::Number(returned)) if same_number(sent, returned) => None,
        (sent, returned) if sent == returned => None,
        (sent, returned) => Some((place, format!("{sent} became {returned}"))),
    }
}

fn same_number(left: &serde_json::Number, right: &serde_json::Number) -> bool {
    if left == right {
        return true;
    }
    match (left.as_i128(), right.as_i128()) {
        (Some(left), Some(right)) => left == right,
        _ => left.as_f64() == right.as_f64(),
    }
}
