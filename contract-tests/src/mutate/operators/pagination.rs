//! `x-pagination`: dropped, and each of its fields said otherwise.

use serde_json::{Map, Value, json};

use crate::mutate::{Direction, Edits, Kind, Observer, Operator, Places};
pub(super) use crate::oracle::PAGINATION;

pub(super) const OPERATOR: Operator =
    Operator { name: "pagination", about: "Drops x-pagination, or names another parameter or property.", apply };

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.all(Kind::Operation) {
        let Some(stated) = spot.map(PAGINATION) else { continue };
        edits.drop(spot, PAGINATION, Direction::Neither, Observer::Interface);
        let text = |key: &str| stated.get(key).and_then(Value::as_str);
        let mut set = |key: &str, value: &str| {
            let mut edited = stated.clone();
            edited.insert(key.to_owned(), json!(value));
            edits.set(spot, PAGINATION, edited, Direction::Neither, Observer::Wire);
        };
        let root = places.document.root();
        let listed: Vec<&Value> = spot.list("parameters").iter().map(|one| resolved(root, one)).collect();
        let kind = |parameter: &Value| Some(resolved(root, parameter.get("schema")?).get("type")?.as_str()?.to_owned());
        let own = listed.iter().find(|one| one.get("name").and_then(Value::as_str) == text("parameter"));
        for other in listed.iter().filter(|other| own.is_some_and(|own| own != *other && kind(own) == kind(other))) {
            set("parameter", other.get("name").and_then(Value::as_str).unwrap_or_default());
        }
        match text("by") {
            Some("page") => set("by", "offset"),
            Some("offset") => set("by", "page"),
            _ => {}
        }
        let response = spot.map("responses").and_then(|all| all.iter().find(|(status, _)| status.starts_with('2')));
        let schema = response
            .and_then(|(_, response)| resolved(root, response).get("content")?.get("application/json")?.get("schema"));
        for key in ["next", "items"] {
            let Some((holder, name)) = text(key).and_then(|pointer| pointer.rsplit_once('/')) else { continue };
            let properties =
                holder.split('/').skip(1).fold(schema.and_then(|schema| properties(root, schema)), |here, step| {
                    properties(root, here?.get(step)?)
                });
            let Some(properties) = properties else { continue };
            let kind = |name: &str| properties.get(name).and_then(|one| resolved(root, one).get("type"));
            for other in properties.keys().filter(|other| *other != name && kind(other) == kind(name)) {
                set(key, &format!("{holder}/{other}"));
            }
        }
    }
}

/// The properties that a schema declares itself.
fn properties<'d>(root: &'d Value, schema: &'d Value) -> Option<&'d Map<String, Value>> {
    resolved(root, schema).get("properties")?.as_object()
}

/// What a value refers to, by itself or as the only member of `allOf`; itself where it refers to nothing.
fn resolved<'d>(root: &'d Value, value: &'d Value) -> &'d Value {
    let value = value.get("allOf").and_then(|all| all.get(0)).unwrap_or(value);
    let target = value.get("$ref").and_then(Value::as_str).and_then(|target| root.pointer(target.strip_prefix('#')?));
    target.unwrap_or(value)
}
