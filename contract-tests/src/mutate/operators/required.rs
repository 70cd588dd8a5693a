//! `required`: each entry dropped, each optional property demanded.

use serde_json::{Value, json};

use crate::mutate::{Direction, Edits, Kind, Operator, Places};

pub(super) const OPERATOR: Operator =
    Operator { name: "required", about: "Drops an entry of required, or adds a property to it.", apply };

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.all(Kind::Schema) {
        let required = spot.list("required");
        for name in required {
            let rest: Vec<Value> = required.iter().filter(|entry| *entry != name).cloned().collect();
            let what = format!("required: {name} dropped");
            edits.change(spot, what, Direction::Loosening, spot.observer, |object| {
                if rest.is_empty() {
                    object.shift_remove("required");
                } else {
                    object.insert("required".into(), rest.into());
                }
                Some(())
            });
        }
        let optional = spot.map("properties").into_iter().flat_map(|map| map.keys());
        for name in optional.filter(|name| !required.contains(&json!(name))) {
            let mut longer = required.to_vec();
            longer.push(json!(name));
            edits.change(spot, format!("required: {name} added"), Direction::Tightening, spot.observer, |object| {
                object.insert("required".into(), longer.into());
                Some(())
            });
        }
    }
}
