//! The generator as a whole: what each part of a document becomes, what comes out for documents that are tricky, and that none that is
//! broken takes it down.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what it expects by failing; Clippy spares functions marked as tests, not those they call"
)]

mod behaves;
mod builds;
mod cargo;
mod damage;
mod described;
mod determinism;
mod files;
mod fixtures;
mod grown;
mod loader;
mod malformed;
mod mutations;
mod patterns;
mod places;
mod promises;
mod restricted;
mod rewritings;
mod skeleton;
mod tricky;
mod versions;
