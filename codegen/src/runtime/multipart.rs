//! Bodies of several parts (RFC 2046, section 5.1; RFC 7578).
//!
//! The boundary follows from the parts, so that the same parts are the same body, and a body can be sent again.

use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use bytes::Bytes;
use reqwest::header::{HeaderName, HeaderValue};
use serde::Serialize;
use serde_json::value::RawValue;

use super::decode::is_json;
use super::shape::{Shape, raw};

/// A file: a part of a body with a name and a media type of its own.
#[derive(Clone, PartialEq, Eq)]
pub struct File {
    name: String,
    media_type: Option<String>,
    content: Bytes,
}

/// The parts of a body, in the order in which they were given.
#[derive(Clone, Default)]
pub struct Multipart {
    parts: Vec<Part>,
    /// Headers by the name of their part.
    headers: Vec<(String, String, String)>,
    /// The first value that was refused.
    fault: Option<String>,
}

#[derive(Clone, Hash)]
struct Part {
    name: String,
    file: Option<String>,
    media_type: Option<String>,
    content: Bytes,
}

/// A body of parts as it is sent.
pub(crate) struct Encoded {
    pub(crate) media_type: String,
    pub(crate) content: Bytes,
}

impl AsRef<[u8]> for Encoded {
    fn as_ref(&self) -> &[u8] {
        &self.content
    }
}

impl File {
    /// A file with this name and content.
    pub fn new(name: impl Into<String>, content: impl Into<Bytes>) -> Self {
        Self { name: name.into(), media_type: None, content: content.into() }
    }

    /// Sets the media type. By default it is the first one that the document names for the part, or else
    /// `application/octet-stream`.
    #[must_use]
    pub fn media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }
}

/// Name and content of a file may be what no log should show.
impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = self.content.len();
        f.debug_struct("File").field("media_type", &self.media_type).field("bytes", &bytes).finish_non_exhaustive()
    }
}

impl fmt::Debug for Multipart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.parts.iter().map(|part| part.name.as_str()).collect();
        f.debug_struct("Multipart").field("parts", &names).finish_non_exhaustive()
    }
}

impl Multipart {
    /// No part yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file.
    #[must_use]
    pub fn file(mut self, name: &str, file: File) -> Self {
        self.push_file(name, None, file);
        self
    }

    /// Adds a string.
    #[must_use]
    pub fn text(mut self, name: &str, text: impl Into<String>) -> Self {
        self.push(name, None, text.into().into());
        self
    }

    /// Adds a value as JSON.
    #[must_use]
    pub fn json(mut self, name: &str, value: &impl Serialize) -> Self {
        match raw(value) {
            Ok(json) => self.push(name, Some("application/json"), json.get().to_owned().into()),
            Err(error) => self.refuse(name, &error),
        }
        self
    }

    /// Sets the files of a part whose media types the document names.
    pub(crate) fn with_files(
        mut self,
        name: &str,
        media_types: Option<&str>,
        files: impl IntoIterator<Item = File>,
    ) -> Self {
        self.parts.retain(|part| part.name != name);
        files.into_iter().for_each(|file| self.push_file(name, media_types, file));
        self
    }

    /// Sets a part that is a value: JSON where the document says so, and else each item of a list by itself, an object as
    /// JSON and a scalar as a string.
    pub(crate) fn with_value<T: Serialize>(
        mut self,
        name: &str,
        media_type: Option<&str>,
        value: Result<T, String>,
    ) -> Self {
        self.parts.retain(|part| part.name != name);
        match value {
            Ok(value) => {
                if let Err(error) = self.push_value(name, media_type, &value) {
                    self.refuse(name, &error);
                }
            }
            // Whoever checked the value has named the part already.
            Err(error) => self.fault = self.fault.take().or(Some(error)),
        }
        self
    }

    /// Sets a header of all parts of this name.
    pub(crate) fn with_header(mut self, part: &str, name: &str, value: impl ToString) -> Self {
        self.headers.retain(|(of, known, _)| (of.as_str(), known.as_str()) != (part, name));
        self.headers.push((part.to_owned(), name.to_owned(), value.to_string()));
        self
    }

    /// The body, with a part of each of these names, and with these headers of parts that are there.
    pub(crate) fn encoded(
        self,
        media_type: &str,
        required: &[&str],
        headers: &[(&str, &str)],
    ) -> Result<Encoded, String> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let is_there = |name: &str| self.parts.iter().any(|part| part.name == name);
        if let Some(missing) = required.iter().find(|name| !is_there(name)) {
            return Err(format!("{missing} is missing"));
        }
        let given = |part: &str, name: &str| self.headers.iter().any(|(of, known, _)| of == part && known == name);
        if let Some((part, name)) = headers.iter().find(|(part, name)| is_there(part) && !given(part, name)) {
            return Err(format!("{part}: the header {name} is missing"));
        }
        let boundary = boundary(&self.parts);
        let mut content = Vec::new();
        for part in &self.parts {
            content.extend_from_slice(format!("--{boundary}\r\n{}\r\n", part.head(&self.headers)?).as_bytes());
            content.extend_from_slice(&part.content);
            content.extend_from_slice(b"\r\n");
        }
        content.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        Ok(Encoded { media_type: format!("{media_type}; boundary={boundary}"), content: content.into() })
    }

    fn push(&mut self, name: &str, media_type: Option<&str>, content: Bytes) {
        let media_type = media_type.map(str::to_owned);
        self.parts.push(Part { name: name.to_owned(), file: None, media_type, content });
    }

    fn push_file(&mut self, name: &str, media_types: Option<&str>, file: File) {
        let mut listed = media_types.into_iter().flat_map(|listed| listed.split(',')).map(str::trim);
        let media_type = match (file.media_type, media_types) {
            (Some(own), Some(_)) if !listed.clone().any(|one| covers(one, &own)) => {
                let error = format!("the document does not name the media type {own:?} for it");
                return self.refuse(name, &error);
            }
            (Some(own), _) => own,
            (None, _) => listed.find(|one| !one.contains('*')).unwrap_or("application/octet-stream").to_owned(),
        };
        let (name, file, content) = (name.to_owned(), Some(file.name), file.content);
        self.parts.push(Part { name, file, media_type: Some(media_type), content });
    }

    fn push_value(&mut self, name: &str, media_type: Option<&str>, value: &impl Serialize) -> Result<(), String> {
        let json = raw(value)?;
        if media_type.is_some_and(|stated| is_json(&essence(stated))) {
            self.push(name, media_type, json.get().to_owned().into());
            return Ok(());
        }
        let mut item = |json: &RawValue| match Shape::read(json).map_err(|error| error.to_string())? {
            Shape::Null => Err("null has no form as a part".to_owned()),
            Shape::Scalar(text) => {
                self.push(name, media_type, text.into());
                Ok(())
            }
            Shape::List(_) | Shape::Object(_) => {
                self.push(name, Some(media_type.unwrap_or("application/json")), json.get().to_owned().into());
                Ok(())
            }
        };
        match json.get().starts_with('[') {
            true => {
                let items: Vec<&RawValue> = serde_json::from_str(json.get()).map_err(|error| error.to_string())?;
                items.into_iter().try_for_each(item)
            }
            false => item(&json),
        }
    }

    fn refuse(&mut self, name: &str, error: &str) {
        if self.fault.is_none() {
            self.fault = Some(format!("{name}: {error}"));
        }
    }
}

impl Part {
    /// The headers of the part, a line each.
    fn head(&self, headers: &[(String, String, String)]) -> Result<String, String> {
        let fault = |what: &str| format!("{}: {what}", self.name);
        let quoted = |text: &str| match text.contains(char::is_control) {
            true => Err(fault("a name cannot have control characters")),
            false => Ok(format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))),
        };
        let mut head = format!("Content-Disposition: form-data; name={}", quoted(&self.name)?);
        if let Some(file) = &self.file {
            head.push_str(&format!("; filename={}", quoted(file)?));
        }
        head.push_str("\r\n");
        let own = headers.iter().filter(|(of, ..)| *of == self.name).map(|(_, name, value)| (name.as_str(), value));
        let media_type = self.media_type.iter().map(|media_type| ("Content-Type", media_type));
        for (name, value) in media_type.chain(own) {
            if HeaderName::try_from(name).is_err() || HeaderValue::try_from(value).is_err() {
                return Err(fault("a header cannot carry control characters"));
            }
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        Ok(head)
    }
}

fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether a media type, or a range of them, covers another.
fn covers(listed: &str, own: &str) -> bool {
    let (listed, own) = (essence(listed), essence(own));
    listed == own || listed == "*/*" || listed.strip_suffix('*').is_some_and(|start| own.starts_with(start))
}

/// A line that stands in no part.
fn boundary(parts: &[Part]) -> String {
    let mut salt = 0_u64;
    loop {
        let mut hasher = DefaultHasher::new();
        (salt, parts).hash(&mut hasher);
        let boundary = format!("boundary-{:016x}", hasher.finish());
        let within = |part: &Part| part.content.windows(boundary.len()).any(|window| window == boundary.as_bytes());
        if !parts.iter().any(within) {
            return boundary;
        }
        salt += 1;
    }
}
