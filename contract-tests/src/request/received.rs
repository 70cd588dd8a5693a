//! A request as it came over the socket.

use crate::document::MediaKind;

/// A request, undecoded.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Received {
    /// The method.
    pub method: String,
    /// The request target, as it stands in the first line.
    pub target: String,
    /// The headers, in their order; the names in lower case.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Received {
    /// Reads the head of a request and takes its body.
    pub fn parse(head: &[u8], body: Vec<u8>) -> Self {
        let mut lines = head.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
        let first = String::from_utf8_lossy(lines.next().unwrap_or_default()).into_owned();
        let mut words = first.split(' ');
        let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let header = |line: &[u8]| {
            let colon = line.iter().position(|byte| *byte == b':')?;
            let (name, value) = line.split_at(colon);
            let name = String::from_utf8_lossy(name).to_ascii_lowercase();
            Some((name, value.get(1..).unwrap_or_default().trim_ascii().to_vec()))
        };
        let headers = lines.take_while(|line| !line.is_empty()).filter_map(header).collect();
        Self { method: method.into(), target: target.into(), headers, body }
    }

    /// The path of the target.
    pub fn path(&self) -> &str {
        let target = match self.target.split_once("://") {
            Some((_, rest)) => rest.find('/').map_or("/", |start| &rest[start..]),
            None => &self.target,
        };
        target.split('?').next().unwrap_or_default()
    }

    /// The query of the target, without the question mark; `None` where there is none.
    pub fn query(&self) -> Option<&str> {
        self.target.split_once('?').map(|(_, query)| query)
    }

    /// The values of a header, one for each line.
    pub fn all<'r>(&'r self, name: &str) -> impl Iterator<Item = &'r [u8]> {
        let name = name.to_ascii_lowercase();
        self.headers.iter().filter(move |(known, _)| *known == name).map(|(_, value)| value.as_slice())
    }

    /// The first value of a header, as a string.
    pub fn header(&self, name: &str) -> Option<String> {
        self.all(name).next().map(|value| String::from_utf8_lossy(value).into_owned())
    }

    /// The request without what may differ each time that it is sent: the boundary of its parts.
    #[must_use]
    pub fn without_boundary(&self) -> Self {
        let mut request = self.clone();
        let multipart = |value: &[u8]| MediaKind::of(&String::from_utf8_lossy(value)) == MediaKind::Multipart;
        let mut headers = request.headers.iter_mut();
        if let Some((_, value)) = headers.find(|(name, value)| name == "content-type" && multipart(value)) {
            let text = String::from_utf8_lossy(value).into_owned();
            let (media_type, boundary) = text.split_once("boundary=").unwrap_or((&text, ""));
            let body = String::from_utf8_lossy(&request.body).replace(boundary.trim_matches('"'), "boundary");
            request.body = body.into_bytes();
            *value = media_type.as_bytes().to_vec();
        }
        request
    }

    /// How long the body is, as the head says: a number of bytes, or `None` for chunks.
    pub fn content_length(&self) -> Option<usize> {
        if self.header("transfer-encoding").is_some_and(|coding| coding.to_ascii_lowercase().contains("chunked")) {
            return None;
        }
        Some(self.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0))
    }
}
