//! Where a value of the document stands: in which file, and where in that.

use std::fmt;

use serde::Serialize;

use super::Pointer;

/// One of the files of a document, in the order in which they were read. The one that generation begins with is the root.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct FileId(u32);

impl FileId {
    /// The file that generation begins with.
    pub const ROOT: Self = Self(0);

    /// The file that was read after so many others.
    pub fn nth(others: u32) -> Self {
        Self(others)
    }

    /// How many files were read before it.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The place of a value: its file, and its pointer there.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The place in the file's tree.
    pub pointer: Pointer,
}

impl Place {
    /// A place in the root file.
    pub fn in_root(pointer: Pointer) -> Self {
        Self { file: FileId::ROOT, pointer }
    }

    /// The place of a member of the value here; the token is escaped.
    #[must_use]
    pub fn join(&self, token: impl fmt::Display) -> Self {
        Self { file: self.file, pointer: self.pointer.join(token) }
    }
}
