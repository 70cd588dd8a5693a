//! What the rows' answers are made of.

use std::net::SocketAddr;
use std::time::Duration;

use serde_json::Value;

use super::server::{Script, Step};
use crate::document::Pointer;

/// The media type that the document names.
pub const JSON: &str = "application/json";
/// A page that some proxy sends.
pub const HTML: &str = "text/html; charset=utf-8";
/// Each connection serves one request, and a client that isn't told would try to use it again.
const CLOSE: &str = "connection: close\r\n";
/// A request whose path has this is answered with the document's example, by both servers.
pub const MOVED: &str = "moved";

/// A row's surroundings: the server that is called, another one, and a body that conforms.
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
    pub tries: usize,
    /// The document's successful body.
    pub example: Value,
    /// The document's body of an error.
    pub error: Value,
    /// Places in the successful body.
    pub places: Places,
}

/// Places in the successful body: the first object, integer and text in it, the body itself where it has none.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// An object.
    pub object: Pointer,
    /// An integer.
    pub integer: Pointer,
    /// A text.
    pub text: Pointer,
}

impl Places {
    /// In this body.
    pub fn of(body: &Value) -> Self {
        let first = |fits: fn(&Value) -> bool| {
            let found = body.as_object().into_iter().flatten().find(|(_, value)| fits(value));
            found.map(|(name, _)| Pointer::root().child(name)).unwrap_or_default()
        };
        Self { object: first(Value::is_object), integer: first(Value::is_i64), text: first(Value::is_string) }
    }

    /// A row's expectation, with `{object}` and the like filled in.
    pub fn fill(&self, expected: &str) -> String {
        let fill = |text: String, name: &str, place: &Pointer| text.replace(name, &place.to_string());
        let text = fill(expected.to_owned(), "{object}", &self.object);
        fill(fill(text, "{integer}", &self.integer), "{text}", &self.text)
    }
}

impl Scene {
    /// The successful body as text.
    pub fn good(&self) -> Vec<u8> {
        self.example.to_string().into_bytes()
    }

    /// The successful body with this JSON text in one place, however little JSON it is.
    pub fn with(&self, place: &Pointer, text: impl AsRef<[u8]>) -> Vec<u8> {
        const MARK: &str = "\"here is where the text goes\"";
        let mut body = self.example.clone();
        if let Some(value) = body.pointer_mut(place.as_str()) {
            *value = Value::String(MARK.trim_matches('"').into());
        }
        let whole = body.to_string();
        let (before, after) = whole.split_once(MARK).unwrap_or((whole.as_str(), ""));
        [before.as_bytes(), text.as_ref(), after.as_bytes()].concat()
    }

    /// The same with one more property at the end.
    pub fn and(&self, body: &[u8], property: &str) -> Vec<u8> {
        let inner = body.strip_suffix(b"}").unwrap_or(body);
        [inner, b",", property.as_bytes(), b"}"].concat()
    }

    /// The successful body with a property that is not declared.
    pub fn extra(&self, property: &str) -> Vec<u8> {
        self.and(&self.good(), property)
    }

    /// An answer that sends the client elsewhere.
    pub fn redirect(&self, status: u16, address: SocketAddr) -> Script {
        raw(
            format!(
                "HTTP/1.1 {status} Moved\r\nlocation: http://{address}/{MOVED}\r\n{CLOSE}content-length: 0\r\n\r\n"
            ),
            "",
        )
    }
}

/// A whole answer.
pub fn answer(status: u16, media_type: &str, body: impl Into<Vec<u8>>) -> Script {
    with_headers(status, &format!("content-type: {media_type}\r\n"), body)
}

/// A whole answer with these header lines.
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

/// A successful head that promises a body of this length.
pub fn head(length: usize) -> String {
    format!("HTTP/1.1 200 OK\r\ncontent-type: {JSON}\r\n{CLOSE}content-length: {length}\r\n\r\n")
}

/// A whole answer of which the second half never comes: something else happens instead.
pub fn half(scene: &Scene, then: impl IntoIterator<Item = Step>) -> Script {
    half_of(200, scene, then)
}

/// The same with a status of its own.
pub fn half_of(status: u16, scene: &Scene, then: impl IntoIterator<Item = Step>) -> Script {
    let good = scene.good();
    let head = head(good.len()).replacen("200", &status.to_string(), 1);
    let mut script = raw(head, &good[..good.len() / 2]);
    script.steps.extend(then);
    script
}

/// A pause.
pub fn wait(milliseconds: u64) -> Step {
    Step::Wait(Duration::from_millis(milliseconds))
}
