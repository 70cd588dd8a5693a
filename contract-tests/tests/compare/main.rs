//! Comparing schemas and documents: what is proved, what is refuted, and that neither is ever wrong.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on must fail")]

mod callbacks;
mod chance;
mod documents;
mod edits;
mod inclusion;
mod later;
mod questions;
mod soundness;
mod wire;
