//! `type`, and `nullable`, which means something only beside it: values of every type that is not named, and null.

use proptest::prelude::RngExt;
use serde_json::{Map, Value, json};

use super::Keyword;
use crate::cases::{Enumerator, Fault, Variant, fault, variant};
use crate::document::{Conjunction, Kind, OR_NULL};
use crate::mutate::{self, Direction, Edits, Observer, Operator, Places};
use crate::strategy::{Built, Source, Strategies, StrategyError, one_of, source, stated, unsatisfiable};
use crate::tolerances;

pub(super) const KEYWORD: Keyword = Keyword {
    names: &["type", "nullable", OR_NULL],
    variants: Some(variants),
    faults: Some(faults),
    source: Some(values),
    operators: &[
        Operator { name: "nullable", about: "Flips nullable, or writes its default out.", apply: apply_nullable },
        Operator { name: "type-changed", about: "Exchanges the type of a value for another.", apply: apply_type },
        Operator { name: "types", about: "Drops one of several types, or adds null to them.", apply: several },
        Operator { name: "type-dropped", about: "Takes the type of a value away.", apply: drop_type },
    ],
    ..Keyword::NONE
};

fn variants<'d>(_: &mut Enumerator<'d>, schema: &Conjunction<'d>, _: usize) -> Result<Vec<Variant>, StrategyError> {
    let mut found = Vec::new();
    if schema.listed().is_none() {
        if schema.kind() == Some(Kind::Boolean) {
            found.extend([true, false].map(|value| variant(format!("{value}"), value)));
        }
        if schema.takes_null() {
            found.push(variant("null".into(), Value::Null));
        }
        // The other keywords speak of values of one type alone. Properties without a type mean objects to everyone.
        if !schema.typed() && schema.alternatives().is_empty() && schema.kind() != Some(Kind::Object) {
            let others =
                of_each_type().into_iter().filter(|(_, value)| !value.is_null() && !is_of(schema.kind(), value));
            found.extend(others.map(|(name, value)| variant(name.into(), value)));
        }
    }
    Ok(found)
}

/// A value of each type.
pub(crate) fn of_each_type() -> [(&'static str, Value); 7] {
    [
        ("null", json!(null)),
        ("a boolean", json!(true)),
        ("an integer", json!(7)),
        ("a fraction", json!(7.5)),
        ("a string", json!("7")),
        ("an array", json!([])),
        ("an object", json!({})),
    ]
}

/// Whether a value that is not null is of a type.
fn is_of(kind: Option<Kind>, value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(_) => kind == Some(Kind::Boolean),
        Value::Number(number) => kind == Some(Kind::Number) || (kind == Some(Kind::Integer) && number.is_i64()),
        Value::String(_) => kind == Some(Kind::String),
        Value::Array(_) => kind == Some(Kind::Array),
        Value::Object(_) => kind == Some(Kind::Object),
    }
}

/// Values of every type that the schema does not name.
fn faults<'d>(_: &mut Enumerator<'d>, schema: &Conjunction<'d>, _: usize) -> Result<Vec<Fault>, StrategyError> {
    let Some(kind) = schema.kind().filter(|_| schema.typed()) else { return Ok(Vec::new()) };
    let fits = |value: &Value| match value {
        // Where an enum leaves `null` out, that is the enum's fault and not the type's.
        Value::Null => schema.nullable(),
        value => is_of(Some(kind), value),
    };
    let foreign = of_each_type().into_iter().filter(|(_, value)| !fits(value));
    let mut faults: Vec<Fault> = foreign.map(|(name, value)| fault("type", format!("{name} instead"), value)).collect();
    if schema.nullable() && schema.listed().is_some_and(|listed| !listed.contains(&&Value::Null)) {
        faults.push(fault("enum", "null outside of the enum".into(), Value::Null));
    }
    Ok(faults)
}

fn values<'d>(_: &mut Strategies<'d>, schema: &Conjunction<'d>, _: usize) -> Result<Option<Built>, StrategyError> {
    let Some(kind) = schema.kind() else {
        let reason = "its types exclude each other, or one of them is none of OpenAPI's";
        return Err(unsatisfiable(schema, format!("{reason}: {}", stated(schema, &["type"]))));
    };
    let values = match kind {
        _ if schema.listed().is_some() => return Ok(None),
        Kind::Any => any(),
        Kind::Boolean => source(|runner| Ok(Value::Bool(runner.rng().random_bool(0.5)))),
        _ => return Ok(None),
    };
    Ok(Some(Built::Sure(values)))
}

/// What a schema without demands allows, kept small: it stands for what a reader must not choke on.
fn any() -> Source {
    let values = [
        json!(null),
        json!(true),
        json!(7),
        json!(-1.5),
        json!("text"),
        json!([]),
        json!([1, "a"]),
        json!({}),
        json!({"a": 1}),
        json!(u64::MAX),
        json!([i64::MIN, 5e-324, 0.1]),
    ];
    one_of(values.to_vec())
}

/// What stays meaningful whatever the type is.
const KEPT: [&str; 8] =
    ["title", "description", "nullable", "deprecated", "readOnly", "writeOnly", "x-provenance", "x-deprecated-reason"];

fn apply_type(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.typed(&["string", "integer", "number", "boolean", "array", "object"]) {
        let Some(old) = spot.text("type") else { continue };
        let others: &[&str] = match old {
            "integer" => &["number", "string"],
            "number" => &["integer", "string"],
            "string" => &["integer", "boolean", "array"],
            "boolean" => &["string", "integer"],
            _ => &["string"],
        };
        for other in others {
            let direction = if *other == "number" { Direction::Loosening } else { Direction::Neither };
            edits.change(spot, format!("type: {old} became {other}"), direction, spot.observer, |object| {
                let kept: Map<String, Value> =
                    std::mem::take(object).into_iter().filter(|(key, _)| KEPT.contains(&key.as_str())).collect();
                *object = kept;
                object.insert("type".into(), json!(other));
                if *other == "array" {
                    object.insert("items".into(), json!({ "type": "string" }));
                }
                Some(())
            });
        }
    }
}

fn drop_type(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.typed(&["string", "integer", "number", "boolean", "array", "object"]) {
        let has = |keys: &[&str]| keys.iter().any(|key| spot.object.contains_key(*key));
        let mut untyped = spot.object.clone();
        untyped.shift_remove("type");
        // Of a header no reader is told that it may be anything.
        if tolerances::means_an_object(&untyped) || spot.observer == Observer::Documentation {
            continue;
        }
        let observer = match spot.observer {
            // The values that an enum lists have their types, and so have the alternatives.
            Observer::Payload | Observer::Wire if has(&["enum", "required", "allOf", "oneOf", "anyOf"]) => {
                Observer::Interface
            }
            // An argument has the type that the client gives it.
            _ if spot.place.as_str().contains("/parameters/") => Observer::Documentation,
            observer => observer,
        };
        edits.change(spot, "type dropped", Direction::Loosening, observer, |object| {
            // It means something only beside a type.
            object.shift_remove("nullable");
            object.shift_remove("type").map(drop)
        });
    }
}

fn apply_nullable(places: &Places<'_>, edits: &mut Edits<'_>) {
    // In 3.1 it is no keyword.
    let is_known = !places.document.is_3_1();
    for spot in places.all(mutate::Kind::Schema).filter(|spot| is_known && spot.object.contains_key("type")) {
        // Null has no form in a path, a query or a header: only a reader can be told of it.
        let argument = spot.place.as_str().contains("/parameters/");
        let observer = if argument { Observer::Documentation } else { spot.observer };
        if spot.object.get("nullable") == Some(&Value::Bool(true)) {
            edits.change(spot, "nullable dropped", Direction::Tightening, observer, |object| {
                object.shift_remove("nullable");
                if let Some(list) = listed(object) {
                    list.retain(|value| !value.is_null());
                }
                Some(())
            });
        } else {
            edits.change(spot, "nullable: true added", Direction::Loosening, observer, |object| {
                object.insert("nullable".into(), true.into());
                if let Some(list) = listed(object) {
                    list.push(Value::Null);
                }
                Some(())
            });
        }
        // Once in each document is enough to see that the default is recognised where it is written out.
        if spot.place.as_str().matches('/').count() == 3 && !spot.object.contains_key("nullable") {
            edits.set(spot, "nullable", false, Direction::Neither, Observer::Documentation);
        }
    }
}

/// Of several types each is dropped; null becomes one where it is none.
fn several(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.later(mutate::Kind::Schema) {
        let types = match spot.object.get("type") {
            Some(Value::Array(types)) => types.clone(),
            Some(one @ Value::String(_)) => vec![one.clone()],
            _ => continue,
        };
        let is_listed = ["enum", "const"].iter().any(|key| spot.object.contains_key(*key));
        let of = |types: &[&Value]| match types {
            [only] => (*only).clone(),
            types => types.iter().copied().cloned().collect(),
        };
        // Null has no form in a path, a query or a header: only a reader can be told of it.
        let is_argument = spot.place.as_str().contains("/parameters/");
        let observer =
            |kind: &Value| if is_argument && kind == "null" { Observer::Documentation } else { spot.observer };
        for dropped in types.iter().filter(|_| types.len() > 1) {
            let rest: Vec<&Value> = types.iter().filter(|kind| *kind != dropped).collect();
            edits.set(spot, "type", of(&rest), Direction::Tightening, observer(dropped));
        }
        let null = json!("null");
        if !types.contains(&null) && !is_listed {
            let more: Vec<&Value> = types.iter().chain([&null]).collect();
            edits.set(spot, "type", of(&more), Direction::Loosening, observer(&null));
        }
    }
}

fn listed(object: &mut Map<String, Value>) -> Option<&mut Vec<Value>> {
    object.get_mut("enum").and_then(Value::as_array_mut)
}
