//! `unevaluatedProperties` and `unevaluatedItems`: what is left that nothing else has looked at.

use serde_json::{Value, json};

use super::{Inner, Keyword, UNDECLARED};
use crate::cases::{Enumerator, Fault, fault_at, step};
use crate::document::Conjunction;
use crate::mutate::{self, Direction, Edits, Operator, Places};
use crate::strategy::StrategyError;

pub(super) const KEYWORD: Keyword = Keyword {
    names: &["unevaluatedProperties", "unevaluatedItems"],
    inner: &[("unevaluatedProperties", Inner::One), ("unevaluatedItems", Inner::One)],
    is_later: true,
    faults: Some(faults),
    operators: &[Operator { name: "unevaluated", about: "Drops unevaluatedProperties or unevaluatedItems.", apply }],
    ..Keyword::NONE
};

fn faults<'d>(
    enumerator: &mut Enumerator<'d>,
    schema: &Conjunction<'d>,
    depth: usize,
) -> Result<Vec<Fault>, StrategyError> {
    if !schema.all("unevaluatedProperties").iter().any(|others| others.value == &Value::Bool(false)) {
        return Ok(Vec::new());
    }
    let mut object = enumerator.base(schema, depth)?;
    object.insert(UNDECLARED.to_owned(), json!("anything"));
    Ok(vec![fault_at(step(UNDECLARED), "additionalProperties", "not declared".into(), object)])
}

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.later(mutate::Kind::Schema) {
        for keyword in KEYWORD.names.iter().filter(|keyword| spot.object.get(**keyword) != Some(&Value::Bool(true))) {
            edits.drop(spot, keyword, Direction::Loosening, spot.observer);
        }
    }
}
