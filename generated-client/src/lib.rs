//! Client for the LINE WORKS partner API.

mod generated;

pub use generated::*;
