//! What a document consists of beside its root file, once it is one tree.

use std::collections::HashMap;

use super::text::Text;
use super::{Note, Place, Pointer};

/// The other files of a document, and where in them the values of the one tree stand.
#[derive(Debug, Default)]
pub struct Joined {
    pub(super) texts: Vec<Text>,
    pub(crate) origins: HashMap<Pointer, Place>,
    pub(crate) unresolved: HashMap<Pointer, Unresolved>,
    pub(crate) notes: Vec<(Place, Note)>,
}

/// Why a reference to another file leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unresolved {
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
}
