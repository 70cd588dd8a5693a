//! How the properties of a form or the parts of a body are written.

use serde_json::{Map, Value, json};

use crate::mutate::{Direction, Edits, Kind, Observer, Operator, Places};

pub(super) const OPERATOR: Operator =
    Operator { name: "encoding", about: "Drops the encoding of a property of a body, or changes it.", apply };

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.all(Kind::MediaType) {
        for (name, encoding) in spot.map("encoding").into_iter().flatten() {
            let Some(encoding) = encoding.as_object() else { continue };
            let mut change = |what: String, change: &dyn Fn(&mut Map<String, Value>)| {
                edits.change(spot, what, Direction::Neither, Observer::Wire, |object| {
                    object.get_mut("encoding")?.get_mut(name)?.as_object_mut().map(change)
                });
            };
            for keyword in ["contentType", "style", "explode", "allowReserved"] {
                if encoding.contains_key(keyword) {
                    change(format!("{keyword} of {name} dropped"), &|encoding| {
                        encoding.shift_remove(keyword);
                    });
                }
            }
            if encoding.contains_key("contentType") {
                change(format!("contentType of {name} became application/vnd.example"), &|encoding| {
                    encoding.insert("contentType".to_owned(), json!("application/vnd.example"));
                });
            }
        }
    }
}
