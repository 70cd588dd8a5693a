//! What an operation's errors decode to: no signature says it, since one type more would change it.

use super::super::items::{Reader, split};
use super::super::tokens::Token;
use super::super::wording::text;

/// The errors that the body of a method reads, a phrase for each status, from the arms of the runtime's `sent!`.
pub fn failures(body: &[Token<'_>]) -> Vec<String> {
    let mut body = Reader::new(body);
    if !body.until(&["!"]).last().is_some_and(|last| last.is("sent")) {
        return Vec::new();
    }
    body.eat("!");
    let mut found = Vec::new();
    for part in split(body.group("(").unwrap_or_default()) {
        let mut part = Reader::new(part);
        part.eat("open");
        let statuses = part.until(&["=>"]);
        part.eat("=>");
        if let Some(error) = error(&mut part) {
            let statuses = statuses.split(|token| token.is("|")).map(text);
            found.extend(statuses.map(|status| format!("fails at {status} with {error}")));
        }
        if part.eat(";") && part.eat("else") {
            found.extend(error(&mut part).map(|error| format!("fails with {error}")));
        }
    }
    found
}

/// The type in what reads an error: `[error(types::Problem)]`.
fn error(arm: &mut Reader<'_, '_>) -> Option<String> {
    let mut read = Reader::new(arm.group("[")?);
    read.eat("error").then(|| read.group("(").map(text))?
}
