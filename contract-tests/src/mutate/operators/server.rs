//! Where the API is: each server's URL edited, servers dropped, one put in front.

use serde_json::{Value, json};

use crate::mutate::{Direction, Edits, Kind, Observer, Operator, Places};

pub(super) const OPERATOR: Operator = Operator {
    name: "server",
    about: "Edits the host, the path or the scheme of a server's URL, drops or adds a server.",
    apply,
};

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.all(Kind::Server) {
        let Some(url) = spot.text("url") else { continue };
        // Of several servers, the first is the one that a client uses.
        let observer =
            if spot.place.as_str().ends_with("/servers/0") { Observer::Interface } else { Observer::Documentation };
        edits.set(spot, "url", format!("{}/v9", url.trim_end_matches('/')), Direction::Neither, observer);
        if let Some(rest) = url.strip_prefix("https://") {
            edits.set(spot, "url", format!("http://{rest}"), Direction::Neither, observer);
            edits.set(spot, "url", format!("https://other.{rest}"), Direction::Neither, observer);
        }
    }
    for spot in places.every().filter(|spot| matches!(spot.kind, Kind::Operation | Kind::PathItem)) {
        // A client that is told another base URL keeps to it, so only the documentation tells of these.
        if spot.list("servers").is_empty() {
            let own = json!([{ "url": "https://own.example.com/v2", "description": "A server of its own" }]);
            edits.set(spot, "servers", own, Direction::Neither, Observer::Documentation);
        } else {
            edits.drop(spot, "servers", Direction::Neither, Observer::Documentation);
        }
    }
    for spot in places.all(Kind::Root) {
        let servers = spot.list("servers");
        if servers.is_empty() {
            continue;
        }
        edits.drop(spot, "servers", Direction::Neither, Observer::Interface);
        let added = json!({ "url": "https://added.example.com" });
        let front: Vec<Value> = std::iter::once(added.clone()).chain(servers.iter().cloned()).collect();
        let back: Vec<Value> = servers.iter().cloned().chain([added]).collect();
        edits.set(spot, "servers", front, Direction::Neither, Observer::Interface);
        edits.set(spot, "servers", back, Direction::Neither, Observer::Documentation);
    }
}
