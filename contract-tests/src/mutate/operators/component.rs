//! Named schemas: renamed everywhere, and one more that nothing refers to.

use serde_json::json;

use crate::document::Pointer;
use crate::mutate::place::{rename, retarget};
use crate::mutate::{Direction, Edits, Kind, Observer, Operator, Places};

pub(super) const OPERATOR: Operator = Operator {
    name: "component",
    about: "Renames a named schema and all references to it, or adds a named schema.",
    apply,
};

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.all(Kind::Components) {
        let Some(schemas) = spot.map("schemas") else { continue };
        let place = spot.place.child("schemas");
        for name in schemas.keys() {
            let other = format!("{name}Renamed");
            let reference =
                |name: &str| format!("#{}", Pointer::root().child("components").child("schemas").child(name));
            let what = format!("{name} became {other}");
            edits.rewrite(place.child(name), what, Direction::Neither, Observer::Interface, |root| {
                rename(root.pointer_mut(place.as_str())?.as_object_mut()?, name, &other)?;
                retarget(root, &reference(name), &reference(&other));
                Some(())
            });
        }
        edits.rewrite(place.clone(), "AddedSchema added", Direction::Neither, Observer::Interface, |root| {
            let added = json!({ "description": "Added", "type": "string", "maxLength": 5 });
            root.pointer_mut(place.as_str())?.as_object_mut()?.insert("AddedSchema".into(), added);
            Some(())
        });
    }
}
