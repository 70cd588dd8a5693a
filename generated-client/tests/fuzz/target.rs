//! What has to hold for every input.

use std::fmt::{Debug, Write};

use lineworks_partner_client::types::{ApiError, Customer};
use lineworks_partner_client::{Conformance, DecodeError, Violation, decode, runtime};
use runtime::{Base64, Date, DateTime, Email, Hostname, Ipv4, Ipv6, Uri, Uuid, violations_of};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Runs everything, and says in short what it came to, so that another kind of result can be told.
pub fn run(input: &[u8]) -> String {
    let mut shown = String::new();
    value::<Customer>(input, &mut shown);
    value::<ApiError>(input, &mut shown);
    shown.push_str(&format!(
        "{}{}{}{}{}{}{}{}{}",
        text::<Base64>(input),
        text::<Date>(input),
        text::<DateTime>(input),
        text::<Email>(input),
        text::<Hostname>(input),
        text::<Ipv4>(input),
        text::<Ipv6>(input),
        text::<Uri>(input),
        text::<Uuid>(input)
    ));
    shown
}

fn value<T>(input: &[u8], shown: &mut String)
where
    T: DeserializeOwned + Serialize + Conformance + PartialEq + Debug,
{
    let value = match decode::<T>(input) {
        Ok(value) => value,
        Err(error) => return refused(&error, shown),
    };
    let plain = value.conformance();
    let strict = violations_of(&value, input);
    assert!(strict.starts_with(&plain), "strict checking sees less: {plain:?} {strict:?}");
    let received: Option<Value> = serde_json::from_slice(input.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(input)).ok();
    for violation in &strict {
        look(&violation.to_string());
        look(&format!("{violation:?}"));
        // Where the payload is small enough for a tree of values, each place is there.
        let is_there = received.as_ref().is_none_or(|payload| payload.pointer(&violation.pointer).is_some());
        assert!(is_there || violation.keyword == "encoding", "there is no {violation:?}");
    }
    let encoded = serde_json::to_vec(&value).expect("JSON");
    let again: T = decode(&encoded).expect("what was written can be read");
    assert!(again == value, "{value:?} comes back as {again:?}");
    assert_eq!(again.conformance(), plain);
    let kind = |violation: &Violation| format!("{}{} ", violation.pointer, violation.keyword);
    let _ = write!(shown, "ok {}", strict.iter().take(20).map(kind).collect::<String>());
}

fn refused(error: &DecodeError, shown: &mut String) {
    look(&error.to_string());
    look(&format!("{error:?}"));
    assert!(error.pointer.is_empty() || error.pointer.starts_with('/'), "{error:?}");
    let message: String = error.to_string().chars().filter(|character| !character.is_ascii_digit()).collect();
    shown.push_str(&message);
}

/// A received string is kept, and conforms where it could be built.
fn text<T>(input: &[u8]) -> char
where
    T: DeserializeOwned + Serialize + Conformance + TryFrom<String> + AsRef<str>,
{
    let Ok(text) = decode::<T>(input) else { return '-' };
    let conforms = text.conformance().is_empty();
    assert_eq!(conforms, T::try_from(text.as_ref().to_owned()).is_ok(), "{:?}", text.as_ref());
    let kept: String = decode(&serde_json::to_vec(&text).expect("JSON")).expect("a string");
    assert_eq!(kept, text.as_ref());
    if conforms { 'y' } else { 'n' }
}

/// What is shown of an error is short, and acts on no terminal.
fn look(shown: &str) {
    assert!(shown.len() < 4000, "{} bytes are shown", shown.len());
    assert!(!shown.contains(|character: char| character.is_control()), "{shown:?}");
}
