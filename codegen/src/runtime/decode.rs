//! From the bytes of a response to values.

use std::fmt;

use bytes::Bytes;
use progenitor_client::ByteStream;
use reqwest::Response;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use serde::de::{DeserializeOwned, IgnoredAny};

use super::fields;
use super::numbers::with_plain_integers;
use super::reading::{Either, Received, raw};
use super::violation::token;
use super::{
    Conformance, Decoded, Error, MAX_SHOWN, Nonconforming, RawResponse, Reason, ResponseValue, Rules, Settings, Shown, Violation, violations_within,
};

/// A body that does not decode, and where in it.
///
/// It tells what was found by its kind alone, such as "string", since a value may be personal data.
pub struct DecodeError {
    /// The place in the body as a JSON pointer (RFC 6901); empty for the body itself.
    pub pointer: String,
    message: String,
}

impl DecodeError {
    /// The same as a deviation of what is kept all the same: a property is missing, or something is of another type.
    pub(super) fn violation(self) -> Violation {
        let missing = self.message.strip_prefix("missing field `").and_then(|rest| rest.split_once('`'));
        let (name, keyword) = missing.map_or(("", "type"), |(name, _)| (name, "required"));
        let mut violation = Violation::new(keyword, "a value of the schema", "another");
        violation.pointer = self.pointer.clone();
        if !name.is_empty() {
            violation.pointer.push_str(&format!("/{}", token(name)));
        }
        violation
    }

    /// What a body as a whole cannot be read for.
    pub(super) fn of_body(message: &str) -> Self {
        Self { pointer: String::new(), message: message.to_owned() }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.pointer.is_empty() { "the body" } else { &self.pointer };
        write!(f, "at {}: {}", Shown(place), self.message)
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pointer, message } = self;
        f.debug_struct("DecodeError").field("pointer", &Shown(pointer)).field("message", message).finish()
    }
}

impl std::error::Error for DecodeError {}

/// Decodes JSON. The place of a fault is looked for in a second pass, since keeping track of it is what costs.
///
/// # Errors
/// The first thing that the type cannot hold.
pub fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, DecodeError> {
    // A byte order mark is not JSON, but RFC 8259 lets a reader pass over it.
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    // To know of all bytes at once that they are UTF-8 takes less time than to look at each string.
    let read = match std::str::from_utf8(body) {
        Ok(text) => serde_json::from_str(text),
        Err(_) => serde_json::from_slice(body),
    };
    let source = match read {
        Ok(value) => return Ok(value),
        Err(source) => source,
    };
    // What is JSON deviates from the type alone, though serde may call it a fault of the syntax: it reads `7.5` for an `i128` up to
    // the point.
    let is_json = source.is_data() || serde_json::from_slice::<IgnoredAny>(body).is_ok();
    // Many programs write the integer 1 as `1.0`, which serde takes for a float.
    let plain = if is_json { with_plain_integers(body) } else { None };
    let body = plain.as_deref().unwrap_or(body);
    serde_json::from_slice(body).map_err(|source| {
        if is_json && !source.is_data()
            && let Some(error) = fault_of_value::<T>(body)
        {
            return error;
        }
        let mut deserializer = serde_json::Deserializer::from_slice(body);
        fields::forget_place();
        let located = serde_path_to_error::deserialize::<_, T>(&mut deserializer);
        let mut pointer = located.err().map(|error| pointer(error.path())).unwrap_or_default();
        pointer.push_str(&fields::place_of(&source));
        DecodeError { pointer, message: without_value(&source) }
    })
}

/// What a type cannot hold of JSON that was read without it: there each number is whole.
fn fault_of_value<T: DeserializeOwned>(body: &[u8]) -> Option<DecodeError> {
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let value: serde_json::Value = match serde_path_to_error::deserialize(&mut deserializer) {
        Ok(value) => value,
        // A number that is beyond all of Rust's.
        Err(error) => return Some(DecodeError { pointer: pointer(error.path()), message: without_value(error.inner()) }),
    };
    fields::forget_place();
    let located = serde_path_to_error::deserialize::<_, T>(value).err()?;
    let mut pointer = pointer(located.path());
    pointer.push_str(&fields::place_of(located.inner()));
    Some(DecodeError { pointer, message: without_value(located.inner()) })
}

/// What serde says without the value that it quotes: `invalid type: string "Jane", expected i64` names the string.
fn without_value(error: &serde_json::Error) -> String {
    let message = error.to_string();
    if !error.is_data() {
        return message;
    }
    // What is expected is a type's description, which comes last, so that no quoted value can pass for it.
    match message.rsplit_once(", expected ") {
        Some((found, expected)) => {
            let kind = found.split(['"', '`']).next().unwrap_or_default().trim_end();
            format!("{kind}, expected {expected}")
        }
        None => message,
    }
}

pub(super) fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let mut pointer = String::new();
    for segment in path.iter() {
        let token = match segment {
            Segment::Seq { index } => index.to_string(),
            Segment::Map { key } => token(key),
            Segment::Enum { .. } | Segment::Unknown => continue,
        };
        pointer.push('/');
        pointer.push_str(&token);
    }
    pointer
}

/// A successful response as JSON; in strict mode with nothing in it that deviates from the document.
pub(crate) async fn success<T>(response: impl Received, settings: &Settings) -> Result<ResponseValue<T>, Error>
where
    T: DeserializeOwned + Conformance + Send + Sync + 'static,
{
    success_within(response, settings, &Rules::NONE).await
}

/// The same, of a body of which the document says more than its type does.
pub(crate) async fn success_within<T>(
    response: impl Received,
    settings: &Settings,
    rules: &Rules,
) -> Result<ResponseValue<T>, Error>
where
    T: DeserializeOwned + Conformance + Send + Sync + 'static,
{
    let response = decoded::<T>(response.whole(settings).await?)?;
    if settings.is_strict() {
        let violations = violations_within(&*response, response.body(), rules);
        return conforming(response, violations);
    }
    Ok(response)
}

/// A response in strict mode, which has nothing in it that deviates from the document.
pub(super) fn conforming<T>(response: ResponseValue<T>, violations: Vec<Violation>) -> Result<ResponseValue<T>, Error>
where
    T: Send + Sync + 'static,
{
    if violations.is_empty() {
        return Ok(response);
    }
    let raw = response.raw().clone();
    let value = Decoded::new(response.into_inner());
    Err(Error::Nonconforming(Box::new(Nonconforming { response: raw, violations, value })))
}

/// A response as JSON: an error that the document describes, or what strict mode has no say in.
pub(crate) async fn json<T: DeserializeOwned>(
    response: impl Received,
    settings: &Settings,
) -> Result<ResponseValue<T>, Error> {
    decoded(response.whole(settings).await?)
}

/// A response that is an error which the document describes as JSON.
pub(crate) async fn error_response<T, E: DeserializeOwned + Send + Sync + 'static>(
    response: impl Received,
    settings: &Settings,
) -> Result<T, Error> {
    described::<T, E>(json(response, settings).await)
}

/// An error that the document describes, once its body is read.
pub(crate) fn described<T, E: Send + Sync + 'static>(read: Result<ResponseValue<E>, Error>) -> Result<T, Error> {
    Err(Error::ErrorResponse(read?.map(Decoded::new)))
}

fn decoded<T: DeserializeOwned>(response: RawResponse) -> Result<ResponseValue<T>, Error> {
    if !media_type(response.headers()).is_some_and(is_json) {
        return Err(of_another_type(response));
    }
    match decode(response.body()) {
        Ok(value) => Ok(ResponseValue::new(value, response)),
        Err(error) => Err(Error::unexpected(response, Reason::Body(error))),
    }
}

/// A response that is an error of which the document describes no body; what it has nevertheless is kept.
pub(crate) async fn error_status<T>(
    response: impl Received,
    settings: &Settings,
) -> Result<ResponseValue<T>, Error> {
    Err(Error::ErrorStatus(response.whole(settings).await?))
}

/// A response without content; what it has nevertheless is kept.
pub(crate) async fn empty(response: impl Received, settings: &Settings) -> Result<ResponseValue<()>, Error> {
    Ok(ResponseValue::new((), response.whole(settings).await?))
}

/// A response of this media type as bytes.
pub(crate) async fn bytes(
    response: impl Received,
    settings: &Settings,
    media_type: &str,
) -> Result<ResponseValue<Bytes>, Error> {
    let response = response.whole(settings).await?;
    if !is_of(response.headers(), media_type) {
        return Err(of_another_type(response));
    }
    Ok(ResponseValue::new(response.body().clone(), response))
}

/// A response of this media type as a stream of bytes, which the caller reads.
pub(crate) async fn stream(
    response: Either,
    settings: &Settings,
    media_type: &str,
) -> Result<ResponseValue<ByteStream>, Error> {
    streamed(response, settings, media_type, |response| ByteStream::new(Box::pin(response.bytes_stream()))).await
}

pub(super) async fn streamed<S>(
    response: Either,
    settings: &Settings,
    media_type: &str,
    read: impl FnOnce(Response) -> S,
) -> Result<ResponseValue<S>, Error> {
    if !is_of(response.headers(), media_type) {
        return Err(of_another_type(response.whole(settings).await?));
    }
    let mut response = match response {
        Either::Open(response) => response,
        Either::Whole(response) => return Err(Error::unexpected(response, Reason::Status)),
    };
    let raw = raw(&mut response, Bytes::new());
    Ok(ResponseValue::new(read(response), raw))
}

/// A response of a media type that the document does not name for it.
pub(super) fn of_another_type(response: RawResponse) -> Error {
    let found = media_type(response.headers()).map(|found| found.to_ascii_lowercase().chars().take(MAX_SHOWN).collect());
    Error::unexpected(response, Reason::ContentType { found })
}

/// Whether the headers name a media type, or one of a range. Bytes of no type are an octet stream (RFC 9110, section 8.3).
pub(super) fn is_of(headers: &HeaderMap, wanted: &str) -> bool {
    let wanted = wanted.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let found = media_type(headers).unwrap_or("application/octet-stream").to_ascii_lowercase();
    wanted == found || wanted == "*/*" || wanted.strip_suffix('*').is_some_and(|start| found.starts_with(start))
}

/// A response with a status that the document does not describe.
pub(crate) async fn unexpected<T>(response: impl Received, settings: &Settings) -> Result<T, Error> {
    Err(Error::unexpected(response.whole(settings).await?, Reason::Status))
}

/// The response's media type without its parameters.
fn media_type(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    Some(value.split(';').next()?.trim())
}

/// Whether a media type without parameters is JSON, by itself or by its suffix (RFC 6839).
pub(super) fn is_json(media_type: &str) -> bool {
    let ends = |end: &str| {
        let start = media_type.len().checked_sub(end.len());
        start.and_then(|start| media_type.get(start..)).is_some_and(|found| found.eq_ignore_ascii_case(end))
    };
    ["application/json", "text/json"].iter().any(|json| media_type.eq_ignore_ascii_case(json)) || ends("+json")
}
