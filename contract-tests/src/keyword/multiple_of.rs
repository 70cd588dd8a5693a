//! `multipleOf`: numbers go in steps.

use serde_json::Value;

use super::Keyword;
use super::bounds::{self, integer_range, moved};
use crate::cases::{Enumerator, Fault, fault};
use crate::document::{Conjunction, Kind};
use crate::mutate::{self, Direction, Edits, Operator, Places};
use crate::strategy::StrategyError;

pub(super) const KEYWORD: Keyword = Keyword {
    names: &["multipleOf"],
    kind: Some(Kind::Number),
    copied: &["multipleOf"],
    faults: Some(faults),
    operators: &[Operator { name: "multiple-of", about: "Drops, raises or adds the step of a number.", apply }],
    ..Keyword::NONE
};

/// The first step that is stated.
pub(super) fn step<'d>(schema: &Conjunction<'d>) -> Option<&'d Value> {
    schema.all("multipleOf").first().map(|step| step.value)
}

/// The step of integers: the least number that every whole step divides. Steps that are not whole say nothing here.
pub(super) fn whole_step(schema: &Conjunction<'_>) -> i128 {
    let steps = schema.all("multipleOf").into_iter().filter_map(|step| bounds::whole(step.value));
    steps.filter(|step| *step > 0).fold(1, |all, step| (all / common(all, step)).saturating_mul(step))
}

/// Whether the compiled schema must confirm a number: steps that are not whole are subject to rounding.
pub(super) fn unsure(schema: &Conjunction<'_>) -> bool {
    let steps = schema.all("multipleOf");
    steps.len() > 1 || steps.iter().any(|step| step.value.as_i64().is_none())
}

fn common(one: i128, other: i128) -> i128 {
    if other == 0 { one } else { common(other, one % other) }
}

fn faults<'d>(_: &mut Enumerator<'d>, schema: &Conjunction<'d>, _: usize) -> Result<Vec<Fault>, StrategyError> {
    let mut faults = Vec::new();
    for stated in schema.all("multipleOf") {
        let mut between = |value: Value| faults.push(fault("multipleOf", "between two multiples".into(), value));
        match bounds::whole(stated.value).filter(|step| *step > 1) {
            Some(step) => {
                let (least, _) = integer_range(schema);
                let base = bounds::first_multiple(least.max(bounds::whole_least(schema).unwrap_or(0)), step);
                [base + 1, base + step - 1].into_iter().filter_map(bounds::value).for_each(&mut between);
            }
            None => {
                let step = stated.value.as_f64().unwrap_or(1.0);
                let from = bounds::range(schema).least.map_or(0.0, |(bound, _)| bound);
                let base = (from / step).ceil() * step;
                [base + step / 2.0, base + step / 3.0].into_iter().map(bounds::float).for_each(&mut between);
            }
        }
    }
    Ok(faults)
}

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.all(mutate::Kind::Schema) {
        if let Some(factor) = spot.object.get("multipleOf") {
            edits.drop(spot, "multipleOf", Direction::Loosening, spot.observer);
            if let Some(moved) = moved(factor, 1) {
                edits.set(spot, "multipleOf", moved, Direction::Neither, spot.observer);
            }
        } else if matches!(spot.text("type"), Some("integer" | "number")) && !spot.object.contains_key("enum") {
            edits.set(spot, "multipleOf", 2, Direction::Tightening, spot.observer);
        }
    }
}
