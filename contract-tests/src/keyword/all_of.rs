//! `allOf`: every member holds. Whoever reads a schema has its members already, so only the edits are left.

use serde_json::{Value, json};

use super::{Inner, Keyword};
use crate::mutate::{Direction, Edits, Kind, Operator, Places, rename};

pub(super) const KEYWORD: Keyword = Keyword {
    names: &["allOf"],
    inner: &[("allOf", Inner::List)],
    operators: &[
        Operator { name: "all-of", about: "Drops a member of allOf, or makes it anyOf.", apply },
        Operator {
            name: "all-of-added",
            about: "Adds an allOf whose member has a bound, or demands a property.",
            apply: add,
        },
    ],
    ..Keyword::NONE
};

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.all(Kind::Schema) {
        let members = spot.list("allOf");
        // A composition of nothing is no schema.
        if members.len() < 2 {
            continue;
        }
        for index in 0..members.len() {
            edits.change(spot, format!("allOf/{index} dropped"), Direction::Loosening, spot.observer, |object| {
                object.get_mut("allOf").and_then(Value::as_array_mut).map(|list| drop(list.remove(index)))
            });
        }
        edits.change(spot, "allOf became anyOf", Direction::Loosening, spot.observer, |object| {
            rename(object, "allOf", "anyOf")
        });
    }
}

fn add(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.typed(&["string", "integer", "object"]) {
        let has = |keys: &[&str]| keys.iter().any(|key| spot.object.contains_key(*key));
        let member = match spot.text("type") {
            _ if has(&["allOf", "enum"]) => continue,
            Some("string") if !has(&["format", "pattern", "maxLength", "x-maxBytes"]) => json!({ "maxLength": 1000 }),
            Some("integer") if !has(&["maximum", "multipleOf"]) && spot.text("format") != Some("int32") => {
                json!({ "maximum": 9_007_199_254_740_991_i64 })
            }
            Some("object") => {
                let required = spot.list("required");
                let optional = |name: &&String| !required.iter().any(|known| known == name.as_str());
                let Some(name) = spot.map("properties").into_iter().flat_map(|map| map.keys()).find(optional) else {
                    continue;
                };
                json!({ "required": [name] })
            }
            _ => continue,
        };
        edits.set(spot, "allOf", json!([member]), Direction::Tightening, spot.observer);
    }
}
