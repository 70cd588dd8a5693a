//! Parameters moved: from the path to the query or a header, and between those two.

use serde_json::json;

use crate::mutate::{Direction, Edits, Kind, Observer, Operator, Places};

pub(super) const OPERATOR: Operator =
    Operator { name: "parameter-place", about: "Moves a parameter to another place of the request.", apply };

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.all(Kind::Parameter) {
        match spot.text("in") {
            Some("query") => edits.set(spot, "in", "header", Direction::Neither, Observer::Wire),
            Some("header") => edits.set(spot, "in", "query", Direction::Neither, Observer::Wire),
            Some("path") => {
                let Some(name) = spot.text("name") else { continue };
                let template = format!("/{{{name}}}");
                for to in ["query", "header"] {
                    let place = spot.place.clone();
                    let what = format!("in: path became {to}");
                    edits.rewrite(place.clone(), what, Direction::Neither, Observer::Wire, |root| {
                        root.pointer_mut(place.as_str())?["in"] = json!(to);
                        let paths = root.get_mut("paths")?.as_object_mut()?;
                        // A path that has the parameter within a segment would be another path without it.
                        let meant = |path: &String| path.contains(&template) && path.len() > template.len();
                        let shorter = |path: &String| path.replace(&template, "");
                        let taken =
                            paths.keys().filter(|path| meant(path)).any(|path| paths.contains_key(&shorter(path)));
                        if taken || !paths.keys().any(meant) {
                            return None;
                        }
                        let members = std::mem::take(paths);
                        *paths = members
                            .into_iter()
                            .map(|(path, item)| (if meant(&path) { shorter(&path) } else { path }, item))
                            .collect();
                        Some(())
                    });
                }
            }
            _ => {}
        }
    }
}
