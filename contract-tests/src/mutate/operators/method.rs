//! The method of an operation exchanged for another.

use crate::mutate::place::rename;
use crate::mutate::{Direction, Edits, Kind, Observer, Operator, Places};

pub(super) const OPERATOR: Operator =
    Operator { name: "method", about: "Exchanges the method of an operation for another.", apply };

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.all(Kind::PathItem) {
        for method in ["get", "put", "post", "delete", "patch", "head"] {
            if !spot.object.contains_key(method) {
                continue;
            }
            for other in ["put", "post", "delete"] {
                if !spot.object.contains_key(other) {
                    edits.change(
                        spot,
                        format!("{method} became {other}"),
                        Direction::Neither,
                        Observer::Wire,
                        |object| rename(object, method, other),
                    );
                }
            }
        }
    }
}
