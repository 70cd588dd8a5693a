//! Cookies (RFC 6265): pairs in one header, each parameter in the style `form`.

use super::query::{COOKIE, Pairs, allot};
use super::shape::Wanted;
use super::{Meaning, Received, percent};
use crate::document::{Credential, Operation};

/// Reads the cookie parameters of a request.
pub(super) fn read(
    operation: &Operation<'_>,
    received: &Received,
    wanted: &[Wanted],
    places: &[Credential],
    meaning: &mut Meaning,
) {
    let lines: Vec<&[u8]> = received.all("cookie").collect();
    if lines.len() > 1 {
        meaning
            .faults
            .push(("header cookie".into(), "all cookies travel in one header (RFC 6265, section 5.4)".into()));
    }
    let raw = String::from_utf8_lossy(&lines.join(b"; ".as_slice())).into_owned();
    if raw.split(';').skip(1).any(|pair| !pair.starts_with(' ')) {
        let detail = "a semicolon and a blank stand between two cookies (RFC 6265, section 4.2.1)";
        meaning.faults.push(("header cookie".into(), detail.into()));
    }
    // An exploded list or object repeats its pair. `&` between them is how form has it, `;` how cookies have it.
    let exploded = operation.parameters.iter().zip(wanted).any(|(parameter, wanted)| {
        let is_here = parameter.place == "cookie" && parameter.explode && parameter.media_type.is_none();
        is_here && (wanted.list || wanted.object)
    });
    let raw = if exploded { raw.replace('&', ";") } else { raw };
    let misspelled = raw.split(';').filter_map(|pair| percent::decoded(pair).err());
    meaning.faults.extend(misspelled.map(|fault| ("header cookie".into(), fault)));
    let mut pairs = Pairs::of(&raw, ';');
    for place in places {
        let Credential::Cookie(name) = place else { continue };
        if let Some(value) = pairs.credential(operation, "cookie", name, meaning) {
            meaning.credentials.push((place.clone(), value.to_owned()));
        }
    }
    allot(operation, "cookie", &mut pairs, COOKIE, wanted, meaning);
    let undocumented = pairs.unclaimed().map(|name| ("cookie".to_owned(), format!("`{name}` is not documented")));
    meaning.faults.extend(undocumented);
}
