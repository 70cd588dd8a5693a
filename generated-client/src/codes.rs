//! The codes by which LINE WORKS names an error.

use crate::generated::{Error, types};

impl Error {
    /// The code that the API gave the error, such as `TOO_MANY_REQUESTS`, where it responded in its usual shape.
    ///
    /// No list of all codes is published. A customer that does not exist may get `ACCESS_DENIED` as well as
    /// with `NOT_FOUND`.
    pub fn code(&self) -> Option<&str> {
        self.value::<types::ApiError>().map(|error| error.code.as_str())
    }
}
