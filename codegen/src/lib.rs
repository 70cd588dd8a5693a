//! From the text of an OpenAPI 3.0 document to the sources of a Rust client crate.

pub mod diagnostic;
pub mod document;
pub mod emit;
pub mod lint;
pub mod normalize;
pub mod shape;
