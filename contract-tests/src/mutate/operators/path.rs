//! Paths: a segment renamed, one added in front, a slash at the end, and the case of a letter.

use crate::mutate::place::rename;
use crate::mutate::{Direction, Edits, Kind, Observer, Operator, Places};

pub(super) const OPERATOR: Operator =
    Operator { name: "path", about: "Renames a segment of a path, adds one, or adds a slash at its end.", apply };

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.all(Kind::Root) {
        for path in spot.map("paths").into_iter().flat_map(|paths| paths.keys()).filter(|path| path.starts_with('/')) {
            let segments: Vec<&str> = path.split('/').skip(1).collect();
            let mut others = vec![format!("/added{path}"), format!("{path}/")];
            for (index, segment) in segments.iter().enumerate() {
                if segment.is_empty() || segment.contains('{') {
                    continue;
                }
                let mut changed: Vec<String> = segments.iter().map(|segment| (*segment).to_owned()).collect();
                changed[index] = format!("{segment}2");
                others.push(format!("/{}", changed.join("/")));
                let mut capital = segment.to_string();
                if let Some(first) = capital.get_mut(0..1) {
                    first.make_ascii_uppercase();
                }
                changed[index] = capital;
                others.push(format!("/{}", changed.join("/")));
            }
            for other in others.into_iter().filter(|other| other != path) {
                let what = format!("{path} became {other}");
                let place = spot.place.child("paths").child(path);
                edits.rewrite(place, what, Direction::Neither, Observer::Wire, |root| {
                    rename(root.get_mut("paths")?.as_object_mut()?, path, &other)
                });
            }
        }
    }
}
