//! What the macro's code needs that depends on no client: arguments into forms, streams into bytes.

use std::pin::Pin;

use futures_core::Stream;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Asked, Called, Content, Fault, Kind, Part, Payload, Refusal};
use crate::document::{Pointer, key_of};

/// A member or an argument as the type that its setter takes, whatever the document says of its value.
pub fn held<T: DeserializeOwned>(name: &str, value: &Value) -> Result<T, Fault> {
    serde_json::from_value(value.clone()).map_err(|error| Fault {
        pointer: Pointer::root().child(name),
        message: format!("`{name}` cannot be {value}: {error}"),
    })
}

/// A text as the type that a setter takes: the text itself, or the value that it is the JSON text of.
pub fn spelled<T: DeserializeOwned>(name: &str, text: &str) -> Result<T, Fault> {
    let value = || serde_json::from_str(text).ok();
    held(name, &Value::String(text.to_owned())).or_else(|fault| held(name, &value().ok_or(fault)?))
}

/// The body of a mock server's response as the type that it takes.
pub fn asked_body<T: DeserializeOwned>(asked: &Asked<'_>) -> Result<T, Fault> {
    match &asked.body {
        Some(Payload::Value(value)) => held("body", value),
        _ => spelled("body", &String::from_utf8_lossy(asked.bytes())),
    }
}

/// What a method takes of a value: itself, or a reference to it.
pub trait Given<'v, T> {
    /// Of this value.
    fn given(value: &'v T) -> Self;
}

impl<T: Copy> Given<'_, T> for T {
    fn given(value: &T) -> Self {
        *value
    }
}

impl<'v, T> Given<'v, T> for &'v T {
    fn given(value: &'v T) -> Self {
        value
    }
}

impl<'v> Given<'v, String> for &'v str {
    fn given(value: &'v String) -> Self {
        value
    }
}

impl<'v, T> Given<'v, Vec<T>> for &'v [T] {
    fn given(value: &'v Vec<T>) -> Self {
        value
    }
}

/// What a builder's last step came to, encoded.
pub fn built<T: Serialize, E: std::fmt::Display>(built: Result<T, E>) -> Result<Value, Refusal> {
    let value = built.map_err(|error| Refusal::Refused(error.to_string()))?;
    serde_json::to_value(value).map_err(|error| Refusal::Refused(format!("built, but not encoded: {error}")))
}

/// The value, encoded; what cannot be encoded is told as a string that no document would have.
pub fn encoded(value: &impl Serialize) -> Content {
    Content::Value(
        serde_json::to_value(value).unwrap_or_else(|error| Value::String(format!("cannot be encoded: {error}"))),
    )
}

/// An event of a stream.
pub fn event(name: &str, data: &impl Serialize, id: Option<&str>, retry: Option<std::time::Duration>) -> Value {
    let mut event = item(data);
    event["name"] = name.into();
    event["id"] = id.into();
    event["retry"] = retry.map(|wait| u64::try_from(wait.as_millis()).unwrap_or(u64::MAX)).into();
    event
}

/// A value of a stream.
pub fn item(value: &impl Serialize) -> Value {
    let value = serde_json::to_value(value).unwrap_or_else(|error| format!("cannot be encoded: {error}").into());
    serde_json::json!({ "data": value })
}

/// Which of these statuses, as the document has them, a call came to.
pub fn stated(statuses: &[&'static str], called: &Called) -> Option<&'static str> {
    key_of(statuses.iter().copied(), called.status?)
}

/// A fault of which only the message is known.
pub fn unlocated(message: String) -> Fault {
    Fault { pointer: Pointer::root(), message }
}

/// All that a stream gives.
pub async fn collected<B: AsRef<[u8]>, E: std::fmt::Display>(
    mut stream: impl Stream<Item = Result<B, E>> + Unpin,
    called: &mut Called,
) {
    let mut bytes = Vec::new();
    while let Some(item) = std::future::poll_fn(|context| Pin::new(&mut stream).poll_next(context)).await {
        match item {
            Ok(item) => bytes.extend_from_slice(item.as_ref()),
            Err(error) => {
                called.kind = Kind::Interrupted;
                called.fault = Some(Fault { pointer: Pointer::root(), message: error.to_string() });
                break;
            }
        }
    }
    called.raw = Some(bytes.clone());
    called.content = Content::Bytes(bytes);
}

/// The value that a body is given for a part.
pub fn value_of<'p>(parts: &'p [(String, Part)], name: &str) -> Option<&'p Value> {
    parts.iter().filter(|(known, _)| known == name).find_map(|(_, part)| match part {
        Part::Value(value) => Some(value),
        Part::File { .. } => None,
    })
}

/// The files that a body is given for a part: name, media type and content.
pub fn files_of<'p>(parts: &'p [(String, Part)], name: &str) -> impl Iterator<Item = (&'p str, &'p str, &'p [u8])> {
    parts.iter().filter(move |(known, _)| known == name).filter_map(|(_, part)| match part {
        Part::File { name, media_type, bytes } => Some((name.as_str(), media_type.as_str(), bytes.as_slice())),
        Part::Value(_) => None,
    })
}

/// The body that a call was given is not of the kind that it takes.
pub fn other_body() -> Called {
    let message = "the call takes another kind of body".to_owned();
    unheld(Fault { pointer: Pointer::root().child("body"), message })
}

/// An argument that the setter's type cannot hold.
pub fn unheld(fault: Fault) -> Called {
    Called::without_response(Kind::Argument, Some(fault))
}
