//! What a call is authorised by: alternatives, their schemes and scopes, and the difference between "or" and "and".

use serde_json::{Map, Value, json};

use crate::mutate::{Direction, Edits, Kind, Observer, Operator, Places, Spot};

pub(super) const OPERATOR: Operator = Operator {
    name: "security",
    about: "Drops or adds an alternative or a scope, or makes one demand of two alternatives.",
    apply,
};

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    let schemes: Vec<String> = places
        .document
        .root()
        .pointer("/components/securitySchemes")
        .and_then(Value::as_object)
        .map(|map| map.keys().cloned().collect())
        .unwrap_or_default();
    for spot in places.every().filter(|spot| matches!(spot.kind, Kind::Root | Kind::Operation)) {
        let alternatives = spot.list("security");
        if alternatives.is_empty() {
            if spot.kind == Kind::Operation
                && let Some(name) = schemes.first()
            {
                let demand = Value::Object(Map::from_iter([(name.clone(), json!([]))]));
                edits.set(spot, "security", json!([demand]), Direction::Tightening, Observer::Interface);
            }
            continue;
        }
        edits.drop(spot, "security", Direction::Loosening, Observer::Interface);
        if spot.kind == Kind::Operation {
            edits.set(spot, "security", json!([]), Direction::Loosening, Observer::Interface);
        }
        let mut open = alternatives.to_vec();
        open.push(json!({}));
        edits.set(spot, "security", open, Direction::Loosening, Observer::Interface);
        for index in 0..alternatives.len() {
            let mut rest = alternatives.to_vec();
            rest.remove(index);
            if !rest.is_empty() {
                edits.set(spot, "security", rest, Direction::Tightening, Observer::Interface);
            }
        }
        together(spot, edits);
        apart(spot, edits);
        scopes(places, spot, edits);
    }
}

/// Two alternatives as one demand.
fn together(spot: &Spot<'_>, edits: &mut Edits<'_>) {
    let mut all: Map<String, Value> = Map::new();
    for (name, scopes) in spot.list("security").iter().filter_map(Value::as_object).flatten() {
        let known = all.entry(name.clone()).or_insert_with(|| json!([]));
        for scope in scopes.as_array().into_iter().flatten() {
            if let Some(list) = known.as_array_mut().filter(|list| !list.contains(scope)) {
                list.push(scope.clone());
            }
        }
    }
    if spot.list("security").len() > 1 {
        edits.set(spot, "security", json!([all]), Direction::Tightening, Observer::Interface);
    }
}

/// A demand of two schemes as two alternatives.
fn apart(spot: &Spot<'_>, edits: &mut Edits<'_>) {
    let alternatives = spot.list("security");
    for (index, schemes) in alternatives.iter().enumerate() {
        let Some(schemes) = schemes.as_object().filter(|schemes| schemes.len() > 1) else { continue };
        let each = schemes.iter().map(|(name, scopes)| Value::Object(Map::from_iter([(name.clone(), scopes.clone())])));
        let mut changed = alternatives.to_vec();
        changed.splice(index..=index, each);
        edits.set(spot, "security", changed, Direction::Loosening, Observer::Interface);
    }
}

/// Each scope dropped, and each declared one added where it isn't asked for.
fn scopes(places: &Places<'_>, spot: &Spot<'_>, edits: &mut Edits<'_>) {
    let alternatives = spot.list("security");
    for (index, schemes) in alternatives.iter().enumerate() {
        for (name, asked) in schemes.as_object().into_iter().flatten() {
            let asked = asked.as_array().map_or(&[][..], Vec::as_slice);
            let with = |scopes: Vec<Value>| {
                let mut changed = alternatives.to_vec();
                changed[index][name.as_str()] = scopes.into();
                changed
            };
            for scope in asked {
                let rest = asked.iter().filter(|other| *other != scope).cloned().collect();
                edits.set(spot, "security", with(rest), Direction::Loosening, Observer::Interface);
            }
            for scope in declared(places, name).into_iter().filter(|scope| !asked.contains(scope)) {
                let more = asked.iter().cloned().chain([scope]).collect();
                edits.set(spot, "security", with(more), Direction::Tightening, Observer::Interface);
            }
        }
    }
}

fn declared(places: &Places<'_>, scheme: &str) -> Vec<Value> {
    let flows =
        places.document.root().pointer("/components/securitySchemes").and_then(|all| all.get(scheme)?.get("flows"));
    let flows = flows.and_then(Value::as_object).into_iter().flat_map(|flows| flows.values());
    let mut scopes: Vec<Value> = flows
        .filter_map(|flow| flow.get("scopes")?.as_object())
        .flat_map(|map| map.keys())
        .map(|key| json!(key))
        .collect();
    scopes.dedup();
    scopes
}
