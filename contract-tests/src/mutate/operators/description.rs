//! `description`, `summary` and `title`: edited, shortened, dropped, or added, at every object that may have them.

use crate::mutate::{Direction, Edits, Kind, Observer, Operator, Places};

pub(super) const OPERATOR: Operator = Operator {
    name: "description",
    about: "Edits, shortens, drops or adds a description, a summary or a title.",
    apply,
};

/// What may end a sentence: without what follows it, a text says less and nothing else.
const MARKS: [char; 5] = ['.', ':', ';', ',', ')'];

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.every().filter(|spot| !spot.object.contains_key("$ref")) {
        for (key, mandatory) in texts(spot.kind) {
            match spot.text(key) {
                Some(old) => {
                    let text = format!("{old} (edited)");
                    edits.set(spot, key, text, Direction::Neither, Observer::Documentation);
                    if let Some((text, _)) = old.rsplit_once(' ').filter(|(text, _)| !text.ends_with(MARKS)) {
                        edits.set(spot, key, text, Direction::Neither, Observer::Documentation);
                    }
                    if !mandatory {
                        edits.drop(spot, key, Direction::Neither, Observer::Documentation);
                    }
                }
                // A title on each of many schemas would say nothing that one does not.
                None if *key == "title" && spot.kind == Kind::Schema && !is_named(spot.place.as_str()) => {}
                None => edits.set(spot, key, "An added text", Direction::Neither, Observer::Documentation),
            }
        }
    }
}

fn is_named(place: &str) -> bool {
    place.starts_with("/components/schemas/") && place.matches('/').count() == 3
}

/// The texts that an object may have, and whether it must.
fn texts(kind: Kind) -> &'static [(&'static str, bool)] {
    match kind {
        Kind::Info => &[("title", true), ("description", false), ("termsOfService", false)],
        Kind::Contact => &[("name", false), ("url", false), ("email", false)],
        Kind::License => &[("name", true)],
        Kind::Operation | Kind::PathItem => &[("summary", false), ("description", false)],
        Kind::Response => &[("description", true)],
        Kind::Schema => &[("title", false), ("description", false)],
        Kind::Server
        | Kind::Tag
        | Kind::Parameter
        | Kind::RequestBody
        | Kind::Header
        | Kind::SecurityScheme
        | Kind::Link
        | Kind::ExternalDocs => &[("description", false)],
        Kind::Example => &[("summary", false), ("description", false)],
        Kind::Root | Kind::Components | Kind::MediaType | Kind::Flows | Kind::Flow | Kind::Callback => &[],
    }
}
