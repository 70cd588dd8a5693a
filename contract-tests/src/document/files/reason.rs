//! Why a reference to another file leads nowhere.

use thiserror::Error;

/// Why a reference to another file leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Reason {
    /// It is no path.
    #[error("it is a URL, and nothing is fetched")]
    Url,
    /// Paths are relative.
    #[error("it is an absolute path")]
    Absolute,
    /// It cannot be the name of a file.
    #[error("it is neither a path nor a pointer")]
    Malformed,
    /// There is no such file.
    #[error("there is no file `{0}`")]
    Missing(String),
    /// A folder, a pipe, or the like.
    #[error("`{0}` is not a file")]
    NotAFile(String),
    /// A file that nobody allowed to be read.
    #[error("`{0}` is outside of the document's folder")]
    Outside(String),
    /// A file that is too large, or too many files.
    #[error("the document becomes too large by `{0}`")]
    TooLarge(String),
    /// The system does not give it.
    #[error("`{path}` cannot be read: {message}")]
    Unreadable {
        /// The file.
        path: String,
        /// What is wrong.
        message: String,
    },
    /// There is a file, but nothing at the pointer.
    #[error("`{path}` has nothing at `{pointer}`")]
    Nothing {
        /// The file.
        path: String,
        /// The pointer.
        pointer: String,
    },
    /// What is no component cannot be in itself.
    #[error("it leads to what it stands in")]
    Circle,
}

impl Reason {
    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Url => "download the file beside the document, and refer to it by its path",
            Self::Absolute | Self::Malformed => "write the path relative to the file that the reference is in",
            Self::Missing(_) => {
                "check the path, upper and lower case too: it is relative to the file that the reference is in"
            }
            Self::NotAFile(_) | Self::Unreadable { .. } => "refer to a file of YAML or JSON",
            Self::Outside(_) => "allow its folder with --allow-folder, or move it",
            Self::TooLarge(_) => "divide the document",
            Self::Nothing { .. } => "correct the pointer, or the file that it leads into",
            Self::Circle => "write one of the parts out",
        }
    }
}
