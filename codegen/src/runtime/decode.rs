//! From the bytes of an answer to values.

use std::fmt;

use bytes::{Bytes, BytesMut};
use progenitor_client::ByteStream;
use reqwest::Response;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use serde::de::DeserializeOwned;

use super::{Conformance, Error, Nonconforming, RawAnswer, Reason, ResponseValue, Settings, violations_of};

/// A body that does not decode, and where in it.
#[derive(Debug)]
pub struct DecodeError {
    /// The place in the body as a JSON pointer (RFC 6901); empty for the body itself.
    pub pointer: String,
    /// What is wrong there.
    pub source: serde_json::Error,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.pointer.is_empty() { "the body" } else { &self.pointer };
        write!(f, "at {place}: {}", self.source)
    }
}

impl std::error::Error for DecodeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// Decodes JSON. The place of a fault is looked for in a second pass, since keeping track of it is what costs.
///
/// # Errors
/// The first thing that the type cannot hold.
pub fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, DecodeError> {
    // A byte order mark is not JSON, but RFC 8259 lets a reader pass over it.
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    serde_json::from_slice(body).map_err(|source| {
        let mut deserializer = serde_json::Deserializer::from_slice(body);
        let located = serde_path_to_error::deserialize::<_, T>(&mut deserializer);
        let pointer = located.err().map(|error| pointer(error.path())).unwrap_or_default();
        DecodeError { pointer, source }
    })
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let mut pointer = String::new();
    for segment in path.iter() {
        let token = match segment {
            Segment::Seq { index } => index.to_string(),
            Segment::Map { key } => key.replace('~', "~0").replace('/', "~1"),
            Segment::Enum { .. } | Segment::Unknown => continue,
        };
        pointer.push('/');
        pointer.push_str(&token);
    }
    pointer
}

/// A successful answer as JSON; in strict mode with nothing in it that deviates from the document.
pub(crate) async fn success<T, E>(response: Response, settings: &Settings) -> Result<ResponseValue<T>, Error<E>>
where
    T: DeserializeOwned + Conformance + Send + Sync + 'static,
{
    let response = json::<T, E>(response, settings).await?;
    if settings.is_strict() {
        let violations = violations_of(&*response, response.body());
        if !violations.is_empty() {
            let answer = response.raw().clone();
            let value = Box::new(response.into_inner());
            return Err(Error::Nonconforming(Box::new(Nonconforming { answer, violations, value })));
        }
    }
    Ok(response)
}

/// An answer as JSON: an error that the document describes, or what strict mode has no say in.
pub(crate) async fn json<T: DeserializeOwned, E>(
    response: Response,
    settings: &Settings,
) -> Result<ResponseValue<T>, Error<E>> {
    let answer = whole(response, settings).await?;
    let found = media_type(answer.headers());
    if !found.as_deref().is_some_and(is_json) {
        return Err(Error::unexpected(answer, Reason::ContentType { found }));
    }
    match decode(answer.body()) {
        Ok(value) => Ok(ResponseValue::new(value, answer)),
        Err(error) => Err(Error::unexpected(answer, Reason::Body(error))),
    }
}

/// An answer without content; what it has nevertheless is kept.
pub(crate) async fn empty<E>(response: Response, settings: &Settings) -> Result<ResponseValue<()>, Error<E>> {
    Ok(ResponseValue::new((), whole(response, settings).await?))
}

/// An answer as bytes.
pub(crate) async fn bytes<E>(response: Response, settings: &Settings) -> Result<ResponseValue<Bytes>, Error<E>> {
    let answer = whole(response, settings).await?;
    Ok(ResponseValue::new(answer.body().clone(), answer))
}

/// An answer as a stream of bytes, which the caller reads.
pub(crate) fn stream(response: Response) -> ResponseValue<ByteStream> {
    let answer = RawAnswer::new(response.status(), response.headers().clone(), Bytes::new());
    ResponseValue::new(ByteStream::new(Box::pin(response.bytes_stream())), answer)
}

/// An answer with a status that the document does not describe.
pub(crate) async fn unexpected<T, E>(response: Response, settings: &Settings) -> Result<T, Error<E>> {
    Err(Error::unexpected(whole(response, settings).await?, Reason::Status))
}

/// Reads the body up to the limit. What was read before a fault is kept with status and headers.
async fn whole<E>(response: Response, settings: &Settings) -> Result<RawAnswer, Error<E>> {
    let (status, headers) = (response.status(), response.headers().clone());
    let limit = settings.body_limit();
    let mut response = response;
    // Most bodies come in one piece, which need not be copied.
    let mut first = Bytes::new();
    let mut body = BytesMut::new();
    loop {
        let reason = match response.chunk().await {
            Ok(None) => break,
            Ok(Some(chunk)) if (first.len() + body.len() + chunk.len()) as u64 <= limit => {
                if first.is_empty() {
                    first = chunk;
                } else {
                    body.extend_from_slice(&chunk);
                }
                continue;
            }
            Ok(Some(_)) => Reason::TooLarge(limit),
            Err(error) => Reason::Interrupted(error.without_url()),
        };
        return Err(Error::unexpected(RawAnswer::new(status, headers, joined(first, body)), reason));
    }
    Ok(RawAnswer::new(status, headers, joined(first, body)))
}

fn joined(first: Bytes, rest: BytesMut) -> Bytes {
    if rest.is_empty() { first } else { [first, rest.freeze()].concat().into() }
}

/// The answer's media type without its parameters, in lower case.
fn media_type(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    Some(value.split(';').next()?.trim().to_ascii_lowercase())
}

fn is_json(media_type: &str) -> bool {
    media_type == "application/json" || media_type == "text/json" || media_type.ends_with("+json")
}
