//! The schemes by which calls are authorised: of another type, with other URLs, scopes with other words.

use serde_json::{Value, json};

use crate::mutate::{Direction, Edits, Kind, Observer, Operator, Places};

pub(super) const OPERATOR: Operator = Operator {
    name: "security-scheme",
    about: "Makes a scheme one of another type, edits its URLs, renames it, or edits its scopes.",
    apply,
};

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.all(Kind::SecurityScheme) {
        edits.change(spot, "the scheme became an API key", Direction::Neither, Observer::Interface, |object| {
            let key = json!({ "type": "apiKey", "in": "header", "name": "X-Api-Key" });
            *object = key.as_object()?.clone();
            Some(())
        });
        if let Some((_, name)) = spot.place.parent() {
            renamed(&name, spot.place.clone(), edits);
        }
        if spot.text("type") == Some("apiKey") {
            edits.set(spot, "name", "X-Other-Key", Direction::Neither, Observer::Interface);
        }
    }
    for spot in places.all(Kind::Flow) {
        for key in ["authorizationUrl", "tokenUrl", "refreshUrl"] {
            if spot.object.contains_key(key) {
                edits.set(spot, key, "https://example.com/elsewhere", Direction::Neither, Observer::Documentation);
            }
        }
        for (scope, words) in spot.map("scopes").into_iter().flatten() {
            let edited = json!(format!("{} (edited)", words.as_str().unwrap_or_default()));
            edits.change(
                spot,
                format!("scopes/{scope} edited"),
                Direction::Neither,
                Observer::Documentation,
                |object| {
                    *object.get_mut("scopes")?.get_mut(scope)? = edited;
                    Some(())
                },
            );
        }
        edits.change(spot, "scopes/added added", Direction::Neither, Observer::Documentation, |object| {
            object.get_mut("scopes")?.as_object_mut()?.insert("added".into(), json!("An added scope"));
            Some(())
        });
    }
}

fn renamed(name: &str, place: crate::document::Pointer, edits: &mut Edits<'_>) {
    let other = format!("{name}Renamed");
    edits.rewrite(place, format!("{name} became {other}"), Direction::Neither, Observer::Interface, |root| {
        crate::mutate::place::rename(root.pointer_mut("/components/securitySchemes")?.as_object_mut()?, name, &other)?;
        everywhere(root, name, &other);
        Some(())
    });
}

fn everywhere(value: &mut Value, name: &str, other: &str) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map.iter_mut() {
                if key == "security" {
                    for demand in inner.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
                        // A demand that doesn't name the scheme stays as it is.
                        let _ = crate::mutate::place::rename(demand, name, other);
                    }
                } else {
                    everywhere(inner, name, other);
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|inner| everywhere(inner, name, other)),
        _ => {}
    }
}
