//! `not`: what it names is refused. What is built by the other keywords is held against it.

use serde_json::json;

use super::{Inner, Keyword};
use crate::cases::{Enumerator, Fault, fault};
use crate::document::Conjunction;
use crate::mutate::{Direction, Edits, Kind, Operator, Places};
use crate::strategy::StrategyError;

pub(super) const KEYWORD: Keyword = Keyword {
    names: &["not"],
    inner: &[("not", Inner::One)],
    faults: Some(faults),
    operators: &[Operator { name: "not", about: "Drops not, or refuses the empty string.", apply }],
    ..Keyword::NONE
};

/// What it names, joined to the rest.
fn faults<'d>(
    enumerator: &mut Enumerator<'d>,
    schema: &Conjunction<'d>,
    _: usize,
) -> Result<Vec<Fault>, StrategyError> {
    let mut found = Vec::new();
    for refused in schema.refused() {
        let named = Conjunction::of(enumerator.document, refused)?;
        let values = enumerator.unless_left_out(|one| one.variants(&named, 1))?.unwrap_or_default();
        found.extend(values.into_iter().map(|variant| fault("not", variant.label, variant.value)));
    }
    Ok(found)
}

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.all(Kind::Schema) {
        edits.drop(spot, "not", Direction::Loosening, spot.observer);
    }
    for spot in places.typed(&["string"]) {
        if !["not", "enum", "format", "pattern", "minLength"].iter().any(|key| spot.object.contains_key(*key)) {
            let refused = json!({ "type": "string", "maxLength": 0 });
            edits.set(spot, "not", refused, Direction::Tightening, spot.observer);
        }
    }
}
