//! Where two oracles may differ though both are right. This is the only list of such places.
//!
//! A tolerance is no deviation: nothing of the client is to be mended. Each has its reason here, and a test that shows
//! the two oracles still differ, so that none outlives what it was made for.

use serde_json::{Map, Value};

use crate::document::{Conjunction, Document, DocumentError, Pointer};
use crate::oracle::Violation;

/// One kind of difference that is nobody's fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tolerance {
    /// A short name.
    pub name: &'static str,
    /// Why both oracles are right.
    pub reason: &'static str,
}

/// A value of the wrong type is reported once.
pub const ECHO: Tolerance = Tolerance {
    name: "echo of a wrong type",
    reason: "the validator says of a value of the wrong type that it is in no enum and in no range either: one fault, \
             named twice, where the client names it once",
};

/// A missing property may be named by the object that lacks it.
pub const HOLDER: Tolerance = Tolerance {
    name: "holder of a missing property",
    reason: "a decoder knows where it stood when a property turned out to be missing, which is the object; the \
             property's name is in its message",
};

/// A fraction that is whole is an integer to the derived schema.
pub const WHOLE: Tolerance = Tolerance {
    name: "whole fraction",
    reason: "Draft 4, which OpenAPI 3.0 is based on, calls `1.0` no integer; Draft 2020-12, which schemars writes, does",
};

/// A fault within a union is blamed on the union.
pub const UNION: Tolerance = Tolerance {
    name: "fault within a union",
    reason: "of a value that fits no alternative the validator can only say so of the whole; which alternative was meant \
             is a guess, and decoding may make a better one",
};

/// Properties without a type are those of an object.
pub const OBJECT: Tolerance = Tolerance {
    name: "properties without a type",
    reason: "a schema that says what an object has and no type allows a string as well; whoever writes one means objects, and no \
             payload of the judge is anything else",
};

/// A property that a schema declares and forbids may be left aside.
pub const FORBIDDEN: Tolerance = Tolerance {
    name: "forbidden property",
    reason: "no payload that conforms has a property which one part of an `allOf` declares and another forbids: a type may \
             have no field for it, and leave it aside as it does what is undeclared",
};

/// A null that is read as absence is missing to what asks for the property.
pub const ABSENCE: Tolerance = Tolerance {
    name: "null read as absence",
    reason: "an optional property that must not be null is read as absent where it is; a condition that asks for the property \
             is then broken as well, though a validator saw that something was there",
};

/// A union that no one type can be is kept as JSON.
pub const UNTYPED: Tolerance = Tolerance {
    name: "untyped union",
    reason: "alternatives beside properties, of which one is no object, are no one type: a client that takes any value there \
             promises to keep it, and says nothing of it",
};

/// All of them.
pub const TOLERANCES: &[Tolerance] = &[ECHO, HOLDER, WHOLE, UNION, OBJECT, FORBIDDEN, ABSENCE, UNTYPED];

/// [`ECHO`]: takes away what is said of a value beside its wrong type. An integer that is written as a fraction has a value all the
/// same, of which what else is said is a fault of its own.
pub fn without_echoes(found: &mut Vec<Violation>, payload: &Value) {
    // A tag that names nobody is in no enum of tags either.
    for keyword in ["type", "discriminator"] {
        let of_keyword = found.iter().filter(|violation| violation.keyword == keyword);
        let wrong: Vec<Pointer> = of_keyword
            .map(|violation| violation.pointer.clone())
            .filter(|place| !is_whole_fraction(payload, place))
            .collect();
        found.retain(|violation| violation.keyword == keyword || !wrong.contains(&violation.pointer));
    }
}

/// [`HOLDER`]: whether the place that a decoding error names is that of the violation.
pub fn names(named: &Pointer, violation: &Violation) -> bool {
    *named == violation.pointer
        || (violation.keyword == "required" && violation.pointer.parent().is_some_and(|(parent, _)| parent == *named))
}

/// [`ABSENCE`]: what is said beside the null itself, without what follows from its being absent.
pub fn without_absence(found: &[Violation], null: &Violation) -> Vec<Violation> {
    let holder = null.pointer.parent().map(|(holder, _)| holder).unwrap_or_default();
    let follows = |violation: &Violation| match violation.keyword.as_str() {
        "dependentRequired" => violation.pointer == holder,
        "required" => violation.pointer.parent().is_some_and(|(place, _)| place == holder),
        _ => false,
    };
    found.iter().filter(|violation| !follows(violation)).cloned().collect()
}

/// [`WHOLE`]: whether the value at a place is a number that is written as a fraction and is none.
pub fn is_whole_fraction(payload: &Value, place: &Pointer) -> bool {
    let number = payload.pointer(place.as_str());
    number.is_some_and(|number| number.is_f64() && number.as_f64().is_some_and(|number| number.fract() == 0.0))
}

/// [`UNION`]: whether a tag that names nobody is blamed on the union that it should tell apart, or a union that may be null on the
/// alternatives of itself and null.
pub fn blames_its_union(fault: &Violation, verdict: &[Violation], may_be_null: impl Fn(&Pointer) -> bool) -> bool {
    let blames = |one: &Violation| {
        let rest = fault.pointer.as_str().strip_prefix(one.pointer.as_str());
        match rest.filter(|_| blames_a_union(&one.keyword)) {
            // One kind of union is not another.
            Some("") if blames_a_union(&fault.keyword) => one.keyword == "anyOf" && may_be_null(&one.pointer),
            Some(rest) => rest.is_empty() || rest.starts_with('/'),
            None => false,
        }
    };
    verdict.iter().any(blames)
}

/// [`WHOLE`]: a payload with an integer for each number that is written as a fraction and is none.
pub fn without_whole_fractions(payload: &Value) -> Value {
    match payload {
        Value::Object(members) => {
            members.iter().map(|(name, member)| (name.clone(), without_whole_fractions(member))).collect()
        }
        Value::Array(items) => items.iter().map(without_whole_fractions).collect(),
        other if is_whole_fraction(other, &Pointer::root()) => {
            serde_json::from_str(&format!("{:.0}", other.as_f64().unwrap_or_default()))
                .unwrap_or_else(|_| other.clone())
        }
        other => other.clone(),
    }
}

/// [`OBJECT`]: whether a derived schema may say `type: object` where the document's says no type.
pub fn means_an_object(schema: &Map<String, Value>) -> bool {
    let others = schema.get("additionalProperties").is_some_and(|others| *others != Value::Bool(true));
    (schema.contains_key("properties") || others) && !schema.contains_key("type")
}

/// [`FORBIDDEN`]: whether a violation is of a property that the schema declares all the same.
pub fn is_forbidden(
    document: &Document,
    schema: &Conjunction<'_>,
    violation: &Violation,
) -> Result<bool, DocumentError> {
    let Some((holder, name)) = violation.pointer.parent().filter(|_| violation.keyword == "additionalProperties")
    else {
        return Ok(false);
    };
    let holder = schema.inner(document, &holder)?;
    Ok(holder.is_some_and(|holder| holder.declares(&name)))
}

/// [`UNION`]: whether the keyword blames a union as a whole.
pub fn blames_a_union(keyword: &str) -> bool {
    matches!(keyword, "oneOf" | "anyOf" | "not")
}
