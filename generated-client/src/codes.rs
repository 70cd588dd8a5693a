//! The codes by which LINE WORKS names an error.

use crate::generated::{Error, types};

impl Error<types::ApiError> {
    /// The code that the API gave the error, such as `TOO_MANY_REQUESTS`, where it responded in its usual shape.
    ///
    /// No list of all codes is published. A customer that does not exist may get `ACCESS_DENIED` as well as
    /// with `NOT_FOUND`.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::ErrorResponse(response) => Some(&response.code),
            _ => None,
        }
    }
}
