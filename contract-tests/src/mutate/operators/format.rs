//! `format` dropped, exchanged, or added. That of an integer is a range; an unknown one only a word.

use crate::mutate::{Direction, Edits, Observer, Operator, Places, Spot};

pub(super) const OPERATOR: Operator =
    Operator { name: "format", about: "Drops, exchanges or adds the format of a string or a number.", apply };

/// The formats of strings that refuse something.
const JUDGED: [&str; 8] = ["date", "date-time", "email", "hostname", "ipv4", "ipv6", "uri", "uuid"];

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.typed(&["string"]) {
        let judged = spot.text("format").is_some_and(|format| JUDGED.contains(&format));
        if judged {
            edits.drop(spot, "format", Direction::Loosening, spot.observer);
        } else {
            edits.drop(spot, "format", Direction::Neither, Observer::Documentation);
        }
        if !spot.object.contains_key("enum") && !spot.object.contains_key("pattern") {
            let other = if spot.text("format") == Some("uuid") { "date" } else { "uuid" };
            edits.set(spot, "format", other, Direction::Tightening, spot.observer);
            if spot.text("format") != Some("email") {
                edits.set(spot, "format", "email", Direction::Tightening, spot.observer);
            }
            edits.set(
                spot,
                "format",
                "x-unknown",
                Direction::Neither,
                if judged { spot.observer } else { Observer::Documentation },
            );
        }
    }
    for spot in places.typed(&["integer"]) {
        integer(spot, edits);
    }
}

fn integer(spot: &Spot<'_>, edits: &mut Edits<'_>) {
    match spot.text("format") {
        Some("int32") => {
            edits.drop(spot, "format", Direction::Loosening, spot.observer);
            edits.set(spot, "format", "int64", Direction::Loosening, spot.observer);
        }
        Some(_) => {
            // An integer without a format has the range of int64: only a reader sees the difference.
            edits.drop(spot, "format", Direction::Neither, Observer::Documentation);
            edits.set(spot, "format", "int32", Direction::Tightening, spot.observer);
        }
        None => {
            edits.set(spot, "format", "int64", Direction::Neither, Observer::Documentation);
            edits.set(spot, "format", "int32", Direction::Tightening, spot.observer);
        }
    }
}
