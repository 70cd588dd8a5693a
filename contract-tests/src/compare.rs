//! Two documents: what a change of the document means for those who send and those who receive.

mod inclusion;

pub use inclusion::{Dialect, Inclusion, Schemas, inclusion};
