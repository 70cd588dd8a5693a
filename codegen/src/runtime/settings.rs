//! How a client behaves, whatever the operation.

/// How a client reads responses.
#[derive(Debug, Clone)]
pub struct Settings {
    strict: bool,
    body_limit: u64,
}

impl Default for Settings {
    /// Responses are taken as they come, up to 16 MiB.
    fn default() -> Self {
        Self { strict: false, body_limit: 16 * 1024 * 1024 }
    }
}

impl Settings {
    /// Whether a response that deviates from the document is an error, though it can be read.
    #[must_use]
    pub fn strict(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    /// The greatest body of a response that is read, in bytes.
    #[must_use]
    pub fn max_body(mut self, bytes: u64) -> Self {
        self.body_limit = bytes;
        self
    }

    pub(crate) fn is_strict(&self) -> bool {
        self.strict
    }

    pub(crate) fn body_limit(&self) -> u64 {
        self.body_limit
    }
}
