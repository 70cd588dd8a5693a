//! `minProperties` and `maxProperties`: how many properties an object has.

use serde_json::{Map, Value};

use super::{Keyword, UNDECLARED};
use crate::cases::{Enumerator, Fault, fault};
use crate::document::{Conjunction, Kind};
use crate::mutate::{self, Direction, Edits, Operator, Places};
use crate::strategy::StrategyError;

pub(super) const KEYWORD: Keyword = Keyword {
    names: &["minProperties", "maxProperties"],
    kind: Some(Kind::Object),
    copied: &["minProperties", "maxProperties"],
    faults: Some(faults),
    operators: &[Operator {
        name: "property-count",
        about: "Moves a limit on the number of properties by one, drops it, or adds one.",
        apply,
    }],
    ..Keyword::NONE
};

/// How many properties there are at least and at most.
pub(super) fn counts(schema: &Conjunction<'_>) -> (usize, usize) {
    schema.counts("minProperties", "maxProperties")
}

fn faults<'d>(
    enumerator: &mut Enumerator<'d>,
    schema: &Conjunction<'d>,
    depth: usize,
) -> Result<Vec<Fault>, StrategyError> {
    let (least, most) = counts(schema);
    let required = schema.required();
    let mut faults = Vec::new();
    // Where the required properties are as many, fewer of them is their fault and not the count's.
    if least > required.len() {
        let mut fewer = enumerator.base(schema, depth)?;
        let spare: Vec<String> = fewer.keys().filter(|name| !required.contains(&name.as_str())).cloned().collect();
        for name in spare.iter().rev() {
            if fewer.len() >= least {
                fewer.remove(name);
            }
        }
        faults.push(fault("minProperties", format!("{} properties", fewer.len()), fewer));
    }
    if most != usize::MAX {
        let base = enumerator.base(schema, depth)?;
        let more = enumerator.too_many(schema, &base, most.saturating_add(1), depth)?;
        faults.push(fault("maxProperties", format!("{} properties", more.len()), more));
    }
    Ok(faults)
}

impl<'d> Enumerator<'d> {
    /// More properties than are allowed: declared ones first, others where others may be there.
    fn too_many(
        &mut self,
        schema: &Conjunction<'d>,
        base: &Map<String, Value>,
        count: usize,
        depth: usize,
    ) -> Result<Map<String, Value>, StrategyError> {
        let mut object = base.clone();
        for name in schema.properties() {
            if object.len() < count
                && !object.contains_key(name)
                && let Some(property) = schema.property(self.document, name)?
            {
                object.extend(
                    self.unless_left_out(|one| one.baseline(&property, depth + 1))?
                        .map(|value| (name.to_owned(), value)),
                );
            }
        }
        if let Some(property) = schema.property(self.document, UNDECLARED)?
            && object.len() < count
            && count < 10_000
        {
            let Some(value) = self.unless_left_out(|one| one.baseline(&property, depth + 1))? else {
                return Ok(object);
            };
            // What was drawn has such names already; a map that grows by one each time ends after at most twice as many.
            for index in 0..2 * count {
                if object.len() < count {
                    object.insert(format!("{UNDECLARED}{index}"), value.clone());
                }
            }
        }
        Ok(object)
    }
}

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.all(mutate::Kind::Schema) {
        edits.limit(spot, "maxProperties", Direction::Loosening);
        edits.limit(spot, "minProperties", Direction::Tightening);
    }
    for spot in places.typed(&["object"]) {
        let declared = spot.map("properties").map_or(0, Map::len);
        let required = spot.list("required").len();
        if required < declared && !spot.object.contains_key("minProperties") {
            edits.set(spot, "minProperties", required + 1, Direction::Tightening, spot.observer);
        }
        if required < declared && !spot.object.contains_key("maxProperties") {
            edits.set(spot, "maxProperties", declared - 1, Direction::Tightening, spot.observer);
        }
    }
}
