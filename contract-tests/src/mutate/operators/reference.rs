//! References turned to another component of the same kind.

use serde_json::Value;

use crate::document::Pointer;
use crate::mutate::{Direction, Edits, Kind, Observer, Operator, Places, Spot};

pub(super) const OPERATOR: Operator =
    Operator { name: "reference", about: "Turns a reference to another component of the same kind.", apply };

/// How many other targets a reference is tried with.
const TRIED: usize = 2;

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.every() {
        let Some(reference) = spot.text("$ref") else { continue };
        let Some((holder, name)) = Pointer::from_reference(reference).as_ref().and_then(Pointer::parent) else {
            continue;
        };
        let Some(Value::Object(siblings)) = places.document.root().pointer(holder.as_str()) else { continue };
        let own = |other: &String| spot.place.as_str().starts_with(&format!("{holder}/{other}"));
        // The next ones in the document's order, so that each kind of target is met.
        let after = siblings.keys().skip_while(|other| **other != name).skip(1);
        let others = after.chain(siblings.keys()).filter(|other| **other != name && !own(other));
        for other in others.take(TRIED) {
            let target = format!("#{holder}/{}", other.replace('~', "~0").replace('/', "~1"));
            let observer = observer(spot, siblings.get(&name), siblings.get(other));
            edits.set(spot, "$ref", target, Direction::Neither, observer);
        }
    }
}

fn observer(spot: &Spot<'_>, old: Option<&Value>, new: Option<&Value>) -> Observer {
    match spot.kind {
        Kind::Schema => spot.observer,
        Kind::Header | Kind::Example | Kind::Link => Observer::Documentation,
        // Two responses may have the same body and differ in their words alone.
        Kind::Response if bodies(old) == bodies(new) => Observer::Documentation,
        _ => Observer::Wire,
    }
}

fn bodies(response: Option<&Value>) -> Vec<(&String, Option<&Value>)> {
    let content = response.and_then(|response| response.get("content")?.as_object());
    content.into_iter().flatten().map(|(media_type, body)| (media_type, body.get("schema"))).collect()
}
