//! Headers: the documented ones by the style `simple`, and those that nobody documents.
//!
//! OpenAPI leaves open whether the values of a header are percent-encoded: RFC 6570 says so, HTTP knows nothing of it. A
//! single value is read both ways. The items of a list and the members of an object are percent-encoded, since nothing else
//! tells a delimiter from one within them.

use super::shape::{Delimited, Shape, Wanted};
use super::{Meaning, Meant, Received, body, percent};
use crate::document::{Credential, Operation, is_json};

/// The headers that HTTP itself needs, and the two that a client may add on its own.
const ALLOWED: [&str; 4] = ["host", "accept", "user-agent", "content-length"];
/// Headers that only a request with a body has.
const OF_BODIES: [&str; 2] = ["content-type", "transfer-encoding"];
/// Whether a parameter is a header whose name HTTP has a use of its own for. It is ignored (OpenAPI 3.0.3, "Parameter
/// Object").
pub fn is_ignored(place: &str, name: &str) -> bool {
    const OF_HTTP: [&str; 3] = ["accept", "content-type", "authorization"];
    place == "header" && OF_HTTP.iter().any(|of_http| name.eq_ignore_ascii_case(of_http))
}

/// Reads the header parameters of a request.
pub(super) fn read(
    operation: &Operation<'_>,
    received: &Received,
    wanted: &[Wanted],
    places: &[Credential],
    meaning: &mut Meaning,
) {
    let mut known: Vec<String> = ALLOWED.map(str::to_owned).to_vec();
    if !received.body.is_empty() || !operation.request.is_empty() {
        known.extend(OF_BODIES.map(str::to_owned));
    }
    credentials(received, places, &mut known, meaning);
    for (index, parameter) in operation.parameters.iter().enumerate().filter(|(_, one)| one.place == "header") {
        let name = parameter.name.to_ascii_lowercase();
        if is_ignored(parameter.place, &name) {
            continue;
        }
        let lines: Result<Vec<&str>, _> = received.all(&name).map(std::str::from_utf8).collect();
        meaning.parameters[index] = match lines {
            Ok(lines) if lines.is_empty() => Meant::Absent,
            Ok(lines) => Meant::of(value(&lines.join(","), parameter.explode, parameter.media_type, &wanted[index])),
            Err(_) => Meant::Unreadable(format!("the header `{name}` is not UTF-8")),
        };
        known.push(name);
    }
    // Cookies are read by themselves.
    known.push("cookie".into());
    for (name, _) in received.headers.iter().filter(|(name, _)| !known.contains(name)) {
        meaning.faults.push((format!("header {name}"), "it is not documented".into()));
    }
}

/// The readings of a header's value.
pub fn value(raw: &str, explode: bool, media_type: Option<&str>, wanted: &Wanted) -> Result<Vec<Shape>, String> {
    let decoded = percent::decoded(raw).ok().filter(|decoded| decoded != raw);
    if let Some(media_type) = media_type {
        let texts = std::iter::once(raw.to_owned()).chain(decoded);
        let readings = texts
            .map(|text| if is_json(media_type) { body::json(&text).map(Shape::Json) } else { Ok(Shape::Text(text)) });
        let (fine, mut faults): (Vec<_>, Vec<_>) = readings.partition(Result::is_ok);
        return match faults.pop() {
            Some(Err(fault)) if fine.is_empty() => Err(fault),
            _ => Ok(fine.into_iter().flatten().collect()),
        };
    }
    // Blanks around the commas of a list are no part of its items (RFC 9110, section 5.6.1).
    let tight = raw.split(',').map(str::trim).collect::<Vec<_>>().join(",");
    let lists = Wanted { text: false, ..wanted.clone() };
    let mut readings: Vec<Shape> = Vec::new();
    if wanted.text {
        readings.extend(std::iter::once(raw.to_owned()).chain(decoded).map(Shape::Text));
    }
    match (Delimited { separators: &[","], keyed: explode, decode: percent::decoded }).read(&tight, &lists) {
        Ok(more) => readings.extend(more),
        Err(fault) if readings.is_empty() => return Err(fault),
        Err(_) => {}
    }
    readings.dedup();
    Ok(readings)
}

fn credentials(received: &Received, places: &[Credential], known: &mut Vec<String>, meaning: &mut Meaning) {
    for place in places {
        let (name, value) = match place {
            Credential::Authorization(scheme) => {
                known.push("authorization".into());
                let header = received.header("authorization");
                // The scheme's name is not case-sensitive (RFC 9110, section 11.1).
                let parts = header.as_deref().and_then(|header| header.split_once(' '));
                let own = parts.filter(|(written, _)| written.eq_ignore_ascii_case(scheme));
                ("authorization", own.map(|(_, credential)| credential.to_owned()))
            }
            Credential::Header(name) => {
                known.push(name.to_ascii_lowercase());
                (name.as_str(), received.header(name))
            }
            _ => continue,
        };
        if received.all(name).count() > 1 {
            meaning.faults.push((format!("header {name}"), "it was sent more than once".into()));
        }
        meaning.credentials.extend(value.map(|value| (place.clone(), value)));
    }
}
