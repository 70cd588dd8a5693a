//! What the document says of itself beside its texts: the version, the licence, who to ask.

use crate::mutate::{Direction, Edits, Kind, Observer, Operator, Places};

pub(super) const OPERATOR: Operator =
    Operator { name: "info", about: "Edits the document's version, drops its licence or its contact.", apply };

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.all(Kind::Info) {
        edits.set(spot, "version", "9.8.7", Direction::Neither, Observer::Documentation);
        edits.drop(spot, "license", Direction::Neither, Observer::Documentation);
        edits.drop(spot, "contact", Direction::Neither, Observer::Documentation);
    }
    for spot in places.all(Kind::Root) {
        let other = if spot.text("openapi") == Some("3.0.2") { "3.0.3" } else { "3.0.2" };
        edits.set(spot, "openapi", other, Direction::Neither, Observer::Documentation);
    }
    for spot in places.all(Kind::License) {
        edits.set(spot, "url", "https://example.com/licence", Direction::Neither, Observer::Documentation);
    }
    for spot in places.all(Kind::ExternalDocs) {
        edits.set(spot, "url", "https://example.com/elsewhere", Direction::Neither, Observer::Documentation);
    }
}
