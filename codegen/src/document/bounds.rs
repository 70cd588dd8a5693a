//! How large a document may be. Real documents stay far below; what goes beyond is an accident or an attack.

/// The longest text in bytes; also of all files of a document together.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;

/// The deepest nesting of lists and mappings. Both readers of values stop at 128 levels of their own.
pub(crate) const MAX_DEPTH: usize = 120;

/// How many times larger than its text aliases may make a document.
pub(crate) const MAX_EXPANSION: usize = 50;

/// How many values aliases may add to a document.
pub(crate) const MAX_ADDED_NODES: usize = 1_000_000;
