//! `allOf`: every member holds. Whoever reads a schema has its members already, so only the edits are left.

use serde_json::Value;

use super::Keyword;
use crate::mutate::{Direction, Edits, Kind, Operator, Places, rename};

pub(super) const KEYWORD: Keyword = Keyword {
    names: &["allOf"],
    operators: &[Operator { name: "all-of", about: "Drops a member of allOf, or makes it anyOf.", apply }],
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
