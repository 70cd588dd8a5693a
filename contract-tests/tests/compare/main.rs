//! Comparing schemas and documents: what is proved, what is refuted, and that neither is ever wrong.

mod chance;
mod documents;
mod edits;
mod inclusion;
