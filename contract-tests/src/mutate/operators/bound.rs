//! The bounds of numbers moved by the smallest step, dropped, and their edge taken in or left out.

use serde_json::{Number, Value};

use crate::mutate::{Direction, Edits, Kind, Operator, Places};

pub(super) const OPERATOR: Operator =
    Operator { name: "bound", about: "Moves a number's bound by one, drops it, or takes its edge in or out.", apply };

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.all(Kind::Schema) {
        for (key, edge, below) in [
            ("minimum", "exclusiveMinimum", Direction::Loosening),
            ("maximum", "exclusiveMaximum", Direction::Tightening),
        ] {
            let Some(bound) = spot.object.get(key) else { continue };
            for (step, direction) in [(-1, below), (1, opposite(below))] {
                if let Some(moved) = moved(bound, step) {
                    edits.set(spot, key, moved, direction, spot.observer);
                }
            }
            edits.drop(spot, key, Direction::Loosening, spot.observer);
            let exclusive = spot.object.get(edge) == Some(&Value::Bool(true));
            let direction = if exclusive { Direction::Loosening } else { Direction::Tightening };
            edits.set(spot, edge, !exclusive, direction, spot.observer);
        }
        if let Some(factor) = spot.object.get("multipleOf") {
            edits.drop(spot, "multipleOf", Direction::Loosening, spot.observer);
            if let Some(moved) = moved(factor, 1) {
                edits.set(spot, "multipleOf", moved, Direction::Neither, spot.observer);
            }
        }
    }
}

fn moved(bound: &Value, step: i64) -> Option<Value> {
    match bound.as_i64() {
        Some(bound) => bound.checked_add(step).map(Value::from),
        None => Number::from_f64(bound.as_f64()? + step as f64).map(Value::Number),
    }
}

fn opposite(direction: Direction) -> Direction {
    match direction {
        Direction::Loosening => Direction::Tightening,
        Direction::Tightening => Direction::Loosening,
        Direction::Neither => Direction::Neither,
    }
}
