//! Client for the LINE WORKS partner API.

#[rustfmt::skip]
mod generated;

pub use generated::*;
