//! What the rows' responses are made of.

use std::net::SocketAddr;
use std::time::Duration;

use super::traits::{Sample, Traits};
use crate::document::Pointer;
use crate::server::{Script, Step};

/// A page that some proxy sends.
pub const HTML: &str = "text/html; charset=utf-8";
/// Each connection serves one request, and a client that isn't told would reuse it, even while the server closes it.
pub(super) const CLOSE: &str = "connection: close\r\n";
/// A request whose path has this gets the successful response, from both servers.
pub const MOVED: &str = "moved";

/// A row's surroundings: the server that is called, another one, and responses that conform.
#[derive(Debug, Clone)]
pub struct Scene {
    /// The server that is called.
    pub own: SocketAddr,
    /// A server with another origin.
    pub other: SocketAddr,
    /// The path that is called.
    pub path: String,
    /// The head of the request.
    pub request: String,
    /// How many requests came before this one.
    pub attempts: usize,
    /// How long ago the first of them came.
    pub elapsed: Duration,
    /// What the document says of the operation.
    pub traits: Traits,
}

impl Scene {
    /// A row's expectation, with what is in braces filled in: `{ok}` and `{error}` are statuses, `{object}` and the like
    /// places, and `{page 502}` is what the caller sees of a page of HTML with that status.
    pub fn fill(&self, expected: &str) -> String {
        let traits = &self.traits;
        let mut filled = expected.to_owned();
        let mut fill = |name: &str, text: Option<String>| filled = filled.replace(name, &text.unwrap_or_default());
        for (status, page) in &traits.pages {
            fill(&format!("{{page {status}}}"), Some(page.clone()));
        }
        for (status, bare) in &traits.bare {
            fill(&format!("{{bare {status}}}"), Some(bare.clone()));
        }
        let status = |sample: &Option<Sample>| sample.as_ref().map(|sample| sample.status.to_string());
        fill("{ok}", status(&traits.success));
        fill("{error}", status(&traits.error));
        fill("{other}", traits.undocumented.map(|status| status.to_string()));
        let place = |place: &Option<Pointer>| place.as_ref().map(ToString::to_string);
        fill("{object}", place(&traits.places.object));
        fill("{integer}", place(&traits.places.integer));
        fill("{text}", place(&traits.places.text));
        filled
    }

    /// The successful response.
    pub fn success(&self) -> Script {
        self.ok(self.good())
    }

    /// The successful response with another body.
    pub fn ok(&self, body: impl Into<Vec<u8>>) -> Script {
        respond(&self.sample(), body)
    }

    /// The successful response with another body and another media type.
    pub fn ok_as(&self, media_type: &str, body: impl Into<Vec<u8>>) -> Script {
        respond(&Sample { media_type: Some(media_type.to_owned()), ..self.sample() }, body)
    }

    /// The documented error, with another body.
    pub fn refused(&self, body: impl Into<Vec<u8>>) -> Script {
        respond(&self.traits.error.clone().unwrap_or_default(), body)
    }

    /// The documented error.
    pub fn error(&self) -> Script {
        self.refused(self.error_bytes())
    }

    /// The body of the documented error.
    pub fn error_bytes(&self) -> Vec<u8> {
        self.traits.error.clone().unwrap_or_default().bytes
    }

    /// The status of the successful response.
    pub fn status(&self) -> u16 {
        self.sample().status
    }

    /// The media type of the successful response.
    pub fn media_type(&self) -> String {
        self.sample().media_type.unwrap_or_default()
    }

    /// The first line of the successful response.
    pub fn line(&self) -> String {
        format!("HTTP/1.1 {} Status\r\n", self.status())
    }

    /// The status of the documented error.
    pub fn error_status(&self) -> u16 {
        self.traits.error.as_ref().map_or(500, |sample| sample.status)
    }

    /// A status that the document does not describe.
    pub fn undocumented(&self) -> u16 {
        self.traits.undocumented.unwrap_or(418)
    }

    /// The successful body.
    pub fn good(&self) -> Vec<u8> {
        self.sample().bytes
    }

    fn sample(&self) -> Sample {
        let fallback = || Sample { status: 200, ..Sample::default() };
        self.traits.success.clone().unwrap_or_else(fallback)
    }

    /// The successful head that promises a body of this length.
    pub fn head(&self, length: usize) -> String {
        head(&self.sample(), length)
    }

    /// The successful body with this JSON text in one place, however little JSON it is.
    pub fn with(&self, place: &Option<Pointer>, text: impl AsRef<[u8]>) -> Vec<u8> {
        const MARK: &str = "\"here is where the text goes\"";
        let mut body = self.sample().value;
        let place = place.clone().unwrap_or_default();
        if let Some(value) = body.pointer_mut(place.as_str()) {
            *value = MARK.trim_matches('"').into();
        }
        let whole = body.to_string();
        let (before, after) = whole.split_once(MARK).unwrap_or((whole.as_str(), ""));
        [before.as_bytes(), text.as_ref(), after.as_bytes()].concat()
    }

    /// The same with one more property at the end.
    pub fn and(&self, body: &[u8], property: &str) -> Vec<u8> {
        let inner = body.strip_suffix(b"}").unwrap_or(body);
        let comma: &[u8] = if inner.ends_with(b"{") { b"" } else { b"," };
        [inner, comma, property.as_bytes(), b"}"].concat()
    }

    /// The successful body with a property that is not declared.
    pub fn extra(&self, property: &str) -> Vec<u8> {
        self.and(&self.good(), property)
    }

    /// A response that sends the client elsewhere.
    pub fn redirect(&self, status: u16, address: SocketAddr) -> Script {
        with_headers(status, &format!("location: http://{address}/{MOVED}\r\n"), "")
    }

    /// The successful response of which the second half never comes: something else happens instead.
    pub fn half(&self, then: impl IntoIterator<Item = Step>) -> Script {
        self.half_of(self.sample().status, then)
    }

    /// The same with a status of its own.
    pub fn half_of(&self, status: u16, then: impl IntoIterator<Item = Step>) -> Script {
        let good = self.good();
        let mut script = raw(head(&Sample { status, ..self.sample() }, good.len()), &good[..good.len() / 2]);
        script.steps.extend(then);
        script
    }
}

fn head(sample: &Sample, length: usize) -> String {
    let mut head = format!("HTTP/1.1 {} Status\r\n{CLOSE}", sample.status);
    if let Some(media_type) = &sample.media_type {
        head.push_str(&format!("content-type: {media_type}\r\n"));
    }
    for (name, value) in &sample.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    if !matches!(sample.status, 204 | 304) {
        head.push_str(&format!("content-length: {length}\r\n"));
    }
    head.push_str("\r\n");
    head
}

fn respond(sample: &Sample, body: impl Into<Vec<u8>>) -> Script {
    let body = body.into();
    raw(head(sample, body.len()), body)
}

/// A whole response.
pub fn response(status: u16, media_type: &str, body: impl Into<Vec<u8>>) -> Script {
    with_headers(status, &format!("content-type: {media_type}\r\n"), body)
}

/// A whole response with these header lines.
pub fn with_headers(status: u16, headers: &str, body: impl Into<Vec<u8>>) -> Script {
    let body = body.into();
    raw(format!("HTTP/1.1 {status} Status\r\n{headers}{CLOSE}content-length: {}\r\n\r\n", body.len()), body)
}

/// A head and what follows it, as they are. The connection is closed afterwards.
pub fn raw(head: impl Into<Vec<u8>>, body: impl Into<Vec<u8>>) -> Script {
    let (head, body) = (head.into(), body.into());
    let sent = [head.as_slice(), body.as_slice()].concat();
    Script { steps: vec![Step::Send(sent)], body }
}

/// A pause.
pub fn wait(milliseconds: u64) -> Step {
    Step::Wait(Duration::from_millis(milliseconds))
}
