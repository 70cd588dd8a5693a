//! Bodies that are streams of values: server-sent events (the HTML standard, section 9.2), JSON lines, and JSON text
//! sequences (RFC 7464).

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::Response;
use serde::de::DeserializeOwned;

use super::decode::{decode, streamed};
use super::reading::Either;
use super::{Conformance, DecodeError, Error, ResponseValue, Rules, Settings, Violation, violations_within};

/// A stream of server-sent events. Dropping it closes the connection.
pub struct EventStream<T> {
    pieces: Pieces,
    /// Whether what an event carries is a string, and not JSON.
    text: bool,
    /// The last id, which holds for later events too.
    id: Option<String>,
    started: bool,
    data: PhantomData<fn() -> T>,
}

/// A stream of values: JSON lines, or a JSON text sequence. Dropping it closes the connection.
pub struct ItemStream<T> {
    pieces: Pieces,
    end: u8,
    item: PhantomData<fn() -> T>,
}

/// A server-sent event.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Event<T> {
    /// The event's name; `message` where it has none.
    pub name: String,
    /// What it carries.
    pub data: T,
    /// The id of this event, or else of the last one that had an id.
    pub id: Option<String>,
    /// How long the server asks to wait before connecting again.
    pub retry: Option<Duration>,
}

/// Why a stream gives no value. After [`Item`](Self::Item) and [`Nonconforming`](Self::Nonconforming) it can be read on, and after
/// [`CutOff`](Self::CutOff) where the next value of a sequence had begun.
#[derive(Debug)]
#[non_exhaustive]
pub enum StreamError {
    /// The connection broke, or a time limit passed.
    Interrupted(reqwest::Error),
    /// The stream ended in the middle of a value, or may have.
    CutOff,
    /// A value is larger than the limit for a body, in bytes.
    TooLarge(u64),
    /// A value does not decode; the bytes are what was received for it.
    Item(DecodeError, Bytes),
    /// In strict mode: a value deviates from the document; the bytes are what was received for it.
    Nonconforming(Vec<Violation>, Bytes),
}

/// A response of this media type as a stream of server-sent events; what each carries is held against these rules in strict mode.
pub(crate) async fn events<T: DeserializeOwned + Conformance>(
    response: Either,
    settings: &Settings,
    media_type: &str,
    text: bool,
    rules: &'static Rules,
) -> Result<ResponseValue<EventStream<T>>, Error> {
    streamed(response, settings, media_type, |response| EventStream::new(response, settings, text, rules)).await
}

/// A response of this media type as a stream of values, each of which begins or ends with this byte.
pub(crate) async fn items<T: DeserializeOwned + Conformance>(
    response: Either,
    settings: &Settings,
    media_type: &str,
    end: u8,
    rules: &'static Rules,
) -> Result<ResponseValue<ItemStream<T>>, Error> {
    streamed(response, settings, media_type, |response| ItemStream::new(response, settings, end, rules)).await
}

impl fmt::Display for StreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Interrupted(error) => write!(f, "the stream was interrupted: {error}"),
            Self::CutOff => f.write_str("the stream ended in the middle of a value"),
            Self::TooLarge(limit) => write!(f, "a value of the stream is larger than {limit} bytes"),
            Self::Item(error, _) => write!(f, "a value of the stream does not decode: {error}"),
            Self::Nonconforming(violations, _) => {
                write!(f, "a value of the stream deviates from the document in {} places", violations.len())
            }
        }
    }
}

impl std::error::Error for StreamError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Interrupted(error) => Some(error),
            Self::Item(error, _) => Some(error),
            _ => None,
        }
    }
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream").finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for ItemStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ItemStream").finish_non_exhaustive()
    }
}

impl<T: DeserializeOwned + Conformance> EventStream<T> {
    pub(crate) fn new(response: Response, settings: &Settings, text: bool, rules: &'static Rules) -> Self {
        let pieces = Pieces::new(response, settings, rules);
        Self { pieces, text, id: None, started: false, data: PhantomData }
    }

    /// The next event; `None` once the server has ended the stream.
    ///
    /// # Errors
    /// See [`StreamError`].
    pub async fn next(&mut self) -> Option<Result<Event<T>, StreamError>> {
        self.read().await.transpose()
    }

    async fn read(&mut self) -> Result<Option<Event<T>>, StreamError> {
        let (mut name, mut data, mut retry, mut size) = (String::new(), None::<String>, None, 0);
        loop {
            let Some((line, is_whole)) = self.pieces.next(|byte| matches!(byte, b'\r' | b'\n')).await? else {
                return if data.is_none() { Ok(None) } else { Err(self.pieces.cut_off()) };
            };
            // What servers write to keep a connection alive is a comment, and part of no value.
            if !is_whole && !(line.starts_with(b":") && data.is_none()) {
                return Err(self.pieces.cut_off());
            }
            let line = String::from_utf8_lossy(&line);
            let line = line.strip_prefix('\u{feff}').filter(|_| !self.started).unwrap_or(&line);
            self.started = true;
            if line.is_empty() {
                let Some(data) = data.take() else {
                    name.clear();
                    continue;
                };
                let data = self.decoded(data)?;
                let name = if name.is_empty() { "message".to_owned() } else { name };
                return Ok(Some(Event { name, data, id: self.id.clone(), retry }));
            }
            let (field, value) = line.split_once(':').unwrap_or((line, ""));
            let value = value.strip_prefix(' ').unwrap_or(value);
            match field {
                "event" => value.clone_into(&mut name),
                "id" if !value.contains('\0') => self.id = Some(value.to_owned()),
                // `parse` takes a sign, which the standard does not.
                "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                    retry = value.parse().ok().map(Duration::from_millis).or(retry);
                }
                "data" => {
                    size += value.len() as u64 + 1;
                    if size > self.pieces.limit {
                        return Err(self.pieces.too_large());
                    }
                    match &mut data {
                        Some(data) => {
                            data.push('\n');
                            data.push_str(value);
                        }
                        None => data = Some(value.to_owned()),
                    }
                }
                _ => {}
            }
        }
    }

    fn decoded(&self, data: String) -> Result<T, StreamError> {
        let raw = if self.text { serde_json::Value::String(data).to_string() } else { data };
        self.pieces.decoded(raw.into())
    }
}

impl<T: DeserializeOwned + Conformance> ItemStream<T> {
    /// A stream whose values begin or end with this byte.
    pub(crate) fn new(response: Response, settings: &Settings, end: u8, rules: &'static Rules) -> Self {
        Self { pieces: Pieces::new(response, settings, rules), end, item: PhantomData }
    }

    /// The next value; `None` once the server has ended the stream.
    ///
    /// # Errors
    /// See [`StreamError`].
    pub async fn next(&mut self) -> Option<Result<T, StreamError>> {
        self.read().await.transpose()
    }

    async fn read(&mut self) -> Result<Option<T>, StreamError> {
        let end = self.end;
        while let Some((piece, is_whole)) = self.pieces.next(|byte| byte == end).await? {
            if piece.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            // Of a sequence, a value that is no string, list or object may have been longer, unless white space follows it, even
            // where the next value has begun (RFC 7464, section 2.4).
            let closes = piece.first().is_some_and(|first| b"{[\"".contains(first));
            let is_sequence = end != b'\n';
            let is_cut = is_sequence && !closes && !piece.last().is_some_and(u8::is_ascii_whitespace);
            // In a sequence each value ends with a line feed, the last one too.
            let is_whole = is_whole || (is_sequence && piece.ends_with(b"\n"));
            return match self.pieces.decoded(piece) {
                Err(StreamError::Item(..)) if !is_whole => Err(self.pieces.cut_off()),
                Ok(_) if is_cut && !is_whole => Err(self.pieces.cut_off()),
                Ok(_) if is_cut => Err(StreamError::CutOff),
                decoded => decoded.map(Some),
            };
        }
        Ok(None)
    }
}

/// A body in pieces between bytes.
struct Pieces {
    response: Response,
    buffer: BytesMut,
    /// So much of the buffer has been looked at.
    seen: usize,
    /// Whether a line feed belongs to the carriage return before it.
    after_return: bool,
    ended: bool,
    limit: u64,
    /// What each value is held against, in strict mode.
    rules: Option<&'static Rules>,
}

impl Pieces {
    fn new(response: Response, settings: &Settings, rules: &'static Rules) -> Self {
        let (limit, rules) = (settings.body_limit(), settings.is_strict().then_some(rules));
        Self { response, buffer: BytesMut::new(), seen: 0, after_return: false, ended: false, limit, rules }
    }

    /// The next piece, and whether its end was received.
    async fn next(&mut self, is_end: impl Fn(u8) -> bool) -> Result<Option<(Bytes, bool)>, StreamError> {
        loop {
            if self.after_return && !self.buffer.is_empty() {
                self.after_return = false;
                if self.buffer.first() == Some(&b'\n') {
                    let _ = self.buffer.split_to(1);
                }
            }
            if let Some(at) = self.buffer.iter().skip(self.seen).position(|byte| is_end(*byte)) {
                // What came at once with its end is no smaller for that.
                if (self.seen + at) as u64 > self.limit {
                    return Err(self.too_large());
                }
                let mut piece = self.buffer.split_to(self.seen + at + 1);
                self.seen = 0;
                let end = piece.split_off(piece.len() - 1);
                self.after_return = end.first() == Some(&b'\r');
                return Ok(Some((piece.freeze(), true)));
            }
            self.seen = self.buffer.len();
            if self.seen as u64 > self.limit {
                return Err(self.too_large());
            }
            if self.ended {
                let rest = self.buffer.split().freeze();
                self.seen = 0;
                return Ok((!rest.is_empty()).then_some((rest, false)));
            }
            match self.response.chunk().await {
                Ok(Some(chunk)) => self.buffer.extend_from_slice(&chunk),
                Ok(None) => self.ended = true,
                Err(error) => {
                    self.end();
                    return Err(StreamError::Interrupted(error.without_url()));
                }
            }
        }
    }

    fn decoded<T: DeserializeOwned + Conformance>(&self, raw: Bytes) -> Result<T, StreamError> {
        let value: T = match decode(&raw) {
            Ok(value) => value,
            Err(error) => return Err(StreamError::Item(error, raw)),
        };
        let violations = self.rules.map(|rules| violations_within(&value, &raw, rules)).unwrap_or_default();
        match violations.is_empty() {
            true => Ok(value),
            false => Err(StreamError::Nonconforming(violations, raw)),
        }
    }

    fn cut_off(&mut self) -> StreamError {
        self.end();
        StreamError::CutOff
    }

    fn too_large(&mut self) -> StreamError {
        self.end();
        StreamError::TooLarge(self.limit)
    }

    /// Nothing follows an error of the stream itself.
    fn end(&mut self) {
        self.ended = true;
        self.seen = 0;
        self.buffer.clear();
    }
}
