//! Responses: by status, with headers and bodies.

use super::{Body, Document, DocumentError, Header, Located, Pointer};

/// One response that the document describes.
#[derive(Debug, Clone)]
pub struct Response<'d> {
    /// Where it stands.
    pub pointer: Pointer,
    /// `200`, `4XX` or `default`.
    pub status: &'d str,
    /// The bodies by media type.
    pub bodies: Vec<Body<'d>>,
    /// The headers.
    pub headers: Vec<Header<'d>>,
}

impl<'d> Response<'d> {
    pub(super) fn read(document: &'d Document, status: &'d str, raw: Located<'d>) -> Result<Self, DocumentError> {
        let found = document.resolve(raw)?;
        let (bodies, headers) = (Body::read_all(document, &found)?, Header::read_all(document, &found)?);
        Ok(Self { pointer: found.pointer, status, bodies, headers })
    }

    /// A status that stands for this response: its own, or one of its range that no other response of the operation has.
    pub fn concrete(&self, all: &[Self]) -> Option<u16> {
        if let Ok(status) = self.status.parse() {
            return Some(status);
        }
        let taken = |status: &u16| {
            let by = |other: &Self| other.status == status.to_string() || in_range(other.status, *status);
            all.iter().any(|other| other.status != self.status && other.status != "default" && by(other))
        };
        if self.status == "default" {
            return [500, 400, 404, 418, 599, 299].into_iter().find(|status| !taken(status));
        }
        let class = self.status.chars().next()?.to_digit(10)? as u16;
        // The last two digits of no status that means something by itself, so that nothing but the range describes it.
        (18..99).map(|rest| class * 100 + rest).find(|status| !taken(status))
    }
}

/// The key of the response to a status: the status itself, its range, or `default`.
pub fn key_of<'k>(keys: impl Iterator<Item = &'k str> + Clone, status: u16) -> Option<&'k str> {
    let exact = keys.clone().find(|key| *key == status.to_string());
    exact
        .or_else(|| keys.clone().find(|key| in_range(key, status)))
        .or_else(|| keys.clone().find(|key| *key == "default"))
}

/// Whether a range such as `4XX` covers a status.
pub fn in_range(key: &str, status: u16) -> bool {
    let range = key.len() == 3 && key.to_ascii_uppercase().ends_with("XX");
    range && key.starts_with(&(status / 100).to_string())
}
