//! Cookies (RFC 6265): pairs in one header, each parameter in the style `form`.

use super::query::{COOKIE, Pairs, allot};
use super::shape::Wanted;
use super::{Meaning, Received};
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
    // An exploded value repeats its pair. `&` between them is how form has it, `;` how cookies have it.
    let exploded =
        operation.parameters_in("cookie").any(|parameter| parameter.explode && parameter.media_type.is_none());
    let raw = if exploded { raw.replace('&', ";") } else { raw };
    let mut pairs = Pairs::of(&raw, ';');
    for place in places {
        let Credential::Cookie(name) = place else { continue };
        if let Some(value) = pairs.named(name).first() {
            meaning.credentials.push((place.clone(), (*value).to_owned()));
        }
    }
    allot(operation, "cookie", &mut pairs, COOKIE, wanted, meaning);
    let undocumented = pairs.unclaimed().map(|name| ("cookie".to_owned(), format!("`{name}` is not documented")));
    meaning.faults.extend(undocumented);
}
