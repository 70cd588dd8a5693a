//! Parameters: renamed, dropped, added, demanded or not.

use serde_json::{Value, json};

use crate::mutate::{Direction, Edits, Kind, Observer, Operator, Places};

pub(super) const OPERATOR: Operator = Operator {
    name: "parameter",
    about: "Renames, drops or adds a parameter, or flips whether it is required.",
    apply,
};

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.all(Kind::Parameter).filter(|spot| spot.text("in") != Some("path")) {
        if let Some(name) = spot.text("name") {
            edits.set(spot, "name", format!("{name}Renamed"), Direction::Neither, Observer::Wire);
        }
        if spot.object.get("required") == Some(&Value::Bool(true)) {
            edits.drop(spot, "required", Direction::Loosening, Observer::Interface);
        } else {
            edits.set(spot, "required", true, Direction::Tightening, Observer::Interface);
        }
    }
    // The name of a path parameter stands in the path as well.
    for spot in places.all(Kind::Parameter).filter(|spot| spot.text("in") == Some("path")) {
        let Some(name) = spot.text("name") else { continue };
        let place = spot.place.clone();
        let what = format!("{name} became {name}Renamed");
        edits.rewrite(place.clone(), what, Direction::Neither, Observer::Interface, |root| {
            root.pointer_mut(place.as_str())?["name"] = json!(format!("{name}Renamed"));
            let paths = root.get_mut("paths")?.as_object_mut()?;
            let from = format!("{{{name}}}");
            let to = format!("{{{name}Renamed}}");
            let members = std::mem::take(paths);
            *paths = members.into_iter().map(|(path, item)| (path.replace(&from, &to), item)).collect();
            Some(())
        });
    }
    for spot in places.all(Kind::Operation) {
        for (index, parameter) in spot.list("parameters").iter().enumerate() {
            if parameter.get("in").is_some_and(|place| place != "path") {
                // A call need not give it, so that only who names it sees that it may be given.
                let required = parameter.get("required") == Some(&Value::Bool(true));
                let observer = if required { Observer::Wire } else { Observer::Interface };
                edits.change(spot, format!("parameters/{index} dropped"), Direction::Neither, observer, |object| {
                    object.get_mut("parameters").and_then(Value::as_array_mut).map(|list| drop(list.remove(index)))
                });
            }
        }
        for (place, required) in [("query", false), ("query", true), ("header", true)] {
            let added = json!({
                "name": "X-Added", "in": place, "required": required, "schema": { "type": "string" }
            });
            let mut longer = spot.list("parameters").to_vec();
            longer.push(added);
            edits.set(spot, "parameters", longer, Direction::Neither, Observer::Wire);
        }
    }
}
