//! What the macro [`client!`](crate::client!) names of other crates, so that a package of bindings needs no dependency for it.

pub use reqwest::header::{HeaderMap, HeaderName};
pub use {serde, serde_json};
