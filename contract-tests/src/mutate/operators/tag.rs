//! Tags: renamed at the document and at the operations, dropped, added.

use serde_json::{Value, json};

use crate::mutate::{Direction, Edits, Kind, Observer, Operator, Places};

pub(super) const OPERATOR: Operator =
    Operator { name: "tag", about: "Renames, drops or adds a tag of an operation.", apply };

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.all(Kind::Operation) {
        let tags = spot.list("tags");
        edits.drop(spot, "tags", Direction::Neither, Observer::Documentation);
        let more: Vec<Value> = tags.iter().cloned().chain([json!("added")]).collect();
        edits.set(spot, "tags", more, Direction::Neither, Observer::Documentation);
    }
    for spot in places.all(Kind::Tag) {
        let Some(name) = spot.text("name") else { continue };
        let other = format!("{name}-renamed");
        let place = spot.place.clone();
        edits.rewrite(
            place.clone(),
            format!("{name} became {other}"),
            Direction::Neither,
            Observer::Documentation,
            |root| {
                root.pointer_mut(place.as_str())?["name"] = json!(other);
                for item in root.get_mut("paths")?.as_object_mut()?.values_mut().filter_map(Value::as_object_mut) {
                    for tags in item.values_mut().filter_map(|operation| operation.get_mut("tags")?.as_array_mut()) {
                        tags.iter_mut().filter(|tag| *tag == name).for_each(|tag| *tag = json!(other));
                    }
                }
                Some(())
            },
        );
    }
    for spot in places.all(Kind::Root) {
        edits.drop(spot, "tags", Direction::Neither, Observer::Documentation);
    }
}
