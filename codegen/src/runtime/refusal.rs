//! A request that was not sent, since the document refuses an argument or HTTP cannot carry it.

use std::fmt;

use super::Operation;

/// Why a request was not sent: which argument, and what is wrong with it.
#[derive(Debug, Clone)]
pub struct Refusal {
    operation: Option<&'static Operation>,
    message: String,
}

impl Refusal {
    /// The operation that was called.
    pub fn operation(&self) -> Option<&'static Operation> {
        self.operation
    }

    /// The argument and what is wrong with it, without the operation.
    pub fn message(&self) -> &str {
        &self.message
    }

    pub(crate) fn of(self, operation: &'static Operation) -> Self {
        Self { operation: Some(operation), ..self }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Refusal {}

impl From<String> for Refusal {
    fn from(message: String) -> Self {
        Self { operation: None, message }
    }
}

impl From<reqwest::Error> for Refusal {
    fn from(error: reqwest::Error) -> Self {
        // A URL may hold a key.
        error.without_url().to_string().into()
    }
}

impl From<reqwest::header::InvalidHeaderValue> for Refusal {
    fn from(error: reqwest::header::InvalidHeaderValue) -> Self {
        error.to_string().into()
    }
}
