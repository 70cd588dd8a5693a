//! Credentials: each alternative of an operation's security alone suffices, and is sent as its scheme says; nothing else is, and
//! what the call was given is sent beside it.

use super::{Stage, requests, setup, shown};
use crate::arguments::{Attempt, Expected};
use crate::client::{Arguments, Kind, Setup};
use crate::difference::Problem;
use crate::document::{Credential, Security};
use crate::judge::JudgeError;
use crate::oracle::Findings;
use crate::oracle::wire::offers::Offer;
use crate::request;
use crate::server::Exchange;

/// Judges the alternatives, and a call without credentials.
pub(super) fn judge(
    stage: &Stage<'_, '_>,
    arguments: &Arguments,
    offer: &Offer<'_>,
    found: &mut Findings,
) -> Result<(), JudgeError> {
    let operation = &stage.subject.operation;
    let alternatives = || operation.security.iter().filter(|alternative| !alternative.schemes.is_empty());
    let of = |alternative: &Security| -> Vec<(String, String)> {
        alternative.schemes.iter().map(|(scheme, _)| (scheme.clone(), credential(stage, scheme))).collect()
    };
    let each = alternatives().map(|alternative| (alternative, of(alternative), "alone"));
    // Where there are credentials for all of them, the first is taken, and nothing is sent for the others.
    let together: Vec<(String, String)> = alternatives().flat_map(of).collect();
    let first = alternatives().next().filter(|_| alternatives().count() > 1);
    for (alternative, credentials, beside) in each.chain(first.map(|first| (first, together, "and all others"))) {
        let setup = Setup { credentials: credentials.clone(), ..setup(stage.ground, &stage.base)? };
        let client = stage.ground.clients.connected(stage.ground.subject, &setup);
        let (called, exchanges) = stage.exchange_with(&client, arguments, offer);
        found.count("calls");
        let faults = match exchanges.as_slice() {
            [Exchange { request, .. }] => {
                let meaning = request::read(stage.ground.document, operation, &stage.base, request)?;
                alternative_faults(stage, alternative, &of(alternative), meaning.credentials)
            }
            [] => vec![format!("nothing was sent, and the caller sees {called}")],
            more => vec![format!("one request was expected, and {} arrived", more.len())],
        };
        let given = Attempt { label: String::new(), arguments: arguments.clone(), expected: Expected::Sent };
        let mut lost = match faults.is_empty() {
            true => requests::judge(stage, &given, &called, &exchanges)?,
            false => Vec::new(),
        };
        // What is sent otherwise with any credentials has been found before.
        let is_known = |keyword: &String| {
            found.differences.iter().any(|known| known.place == operation.id && known.keyword == *keyword)
        };
        lost.retain(|(keyword, _)| !is_known(keyword));
        let names: Vec<&str> = alternative.schemes.iter().map(|(name, _)| name.as_str()).collect();
        for (keyword, fault) in faults.into_iter().map(|fault| ("security".to_owned(), fault)).chain(lost) {
            let detail = format!("with credentials for {} {beside}: {fault}", names.join(" and "));
            let shown = shown(&exchanges, arguments, offer, &called);
            found.add(Problem::Request, &operation.id, keyword, detail, shown);
        }
    }
    let client = stage.ground.clients.connected(stage.ground.subject, &setup(stage.ground, &stage.base)?);
    let (called, exchanges) = stage.exchange_with(&client, arguments, offer);
    found.count("calls");
    let fault = match (operation.needs_credentials(), exchanges.as_slice()) {
        (true, []) if called.kind == Kind::Credentials => None,
        (true, []) => Some(format!("the caller sees {called}, not that credentials are missing")),
        (true, _) => Some("the document requires credentials, and the call was sent without any".into()),
        (false, [_]) => None,
        (false, _) => Some(format!("the document requires no credentials, and the caller sees {called}")),
    };
    if let Some(fault) = fault {
        let shown = shown(&exchanges, arguments, offer, &called);
        found.add(Problem::Request, &operation.id, "without credentials", fault, shown);
    }
    Ok(())
}

/// A credential as a caller has it: for basic authentication the encoded pair, which is `user:pass`.
fn credential(stage: &Stage<'_, '_>, scheme: &str) -> String {
    match stage.ground.document.credential(scheme) {
        Some(Credential::Authorization(word)) if word.eq_ignore_ascii_case("basic") => "dXNlcjpwYXNz".into(),
        // A query can carry anything.
        Some(Credential::Query(_)) => format!("{scheme}&a=b c+%"),
        _ => format!("credential-of-{}", scheme.replace(|character: char| !character.is_ascii_alphanumeric(), "-")),
    }
}

fn alternative_faults(
    stage: &Stage<'_, '_>,
    alternative: &Security,
    given: &[(String, String)],
    sent: Vec<(Credential, String)>,
) -> Vec<String> {
    let places: Vec<(Option<Credential>, &String)> =
        given.iter().map(|(scheme, value)| (stage.ground.document.credential(scheme), value)).collect();
    let mut faults = Vec::new();
    for ((place, value), (scheme, _)) in places.iter().zip(&alternative.schemes) {
        let Some(place) = place else { continue };
        match sent.iter().find(|(known, _)| known == place) {
            None => faults.push(format!("the credential for `{scheme}` is not where its scheme says ({place:?})")),
            Some((_, found)) if found != *value => faults.push(format!("the credential for `{scheme}` was changed")),
            Some(_) => {}
        }
    }
    for (place, _) in sent.iter().filter(|(place, _)| !places.iter().any(|(known, _)| known.as_ref() == Some(place))) {
        faults.push(format!("a credential was sent in {place:?}, which the alternative does not have"));
    }
    faults
}
