//! Why a reference to another file leads nowhere, and what to do about it.

use thiserror::Error;

use super::MAX_FILES;
use crate::document::{MAX_BYTES, Unresolved};

/// Why a file was not handed over.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// There is no such file.
    #[error("no such file")]
    Missing {
        /// One beside it whose name differs in case alone.
        similar: Option<String>,
    },
    /// The path leads to a folder.
    #[error("this is a directory")]
    Folder,
    /// The path leads to a pipe, a socket or a device.
    #[error("this is neither a file nor a directory")]
    Special,
    /// The file is in none of the folders that may be read.
    #[error("the file is outside of the directory of the root document")]
    Outside,
    /// The file has more bytes than are read.
    #[error("the file has {0} bytes, more than the limit of {MAX_BYTES}")]
    TooLarge(u64),
    /// What the system said.
    #[error("the file cannot be read: {0}")]
    Unreadable(String),
}

/// Why a reference is not followed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(super) enum Problem {
    #[error("`{0}` is a URL, and nothing is fetched from the network")]
    Url(String),
    #[error("`{0}` is an absolute path")]
    Absolute(String),
    #[error("`{0}` is not a path: it contains a NUL character")]
    Nul(String),
    #[error("`{0}` is not percent-encoded UTF-8")]
    Encoding(String),
    #[error("`#{0}` is not a JSON pointer")]
    Fragment(String),
    #[error("`{path}`: {refusal}")]
    Refused { path: String, refusal: Refusal },
    #[error("`{path}` cannot be read: {fault}")]
    Unread { path: String, fault: String },
    #[error("there is nothing at `{pointer}` in `{path}`")]
    Nothing { path: String, pointer: String },
    #[error("`{0}` is included in itself")]
    Circle(String),
    #[error("the document is in more than {MAX_FILES} files")]
    TooMany,
    #[error("the files of the document have more than {MAX_BYTES} bytes together")]
    TooLarge,
    #[error("the included value makes the document too deep or too large")]
    TooDeep,
}

impl Problem {
    pub(super) fn help(&self) -> String {
        match self {
            Self::Url(url) => {
                let (address, fragment) = url.split_at(url.find('#').unwrap_or(url.len()));
                let file = address.rsplit('/').find(|part| !part.is_empty() && !part.contains(':')).unwrap_or("file.yaml");
                return format!(
                    "fetch it once, `curl -o {file} '{address}'` beside the root document, and refer to `{file}{fragment}`"
                );
            }
            Self::Absolute(_) => "write the path from the directory of this file",
            Self::Nul(_) | Self::Encoding(_) => "write the path of a file, relative to the directory of this one",
            Self::Fragment(_) => "after `#` comes a JSON pointer, which starts with `/`",
            Self::Refused { refusal: Refusal::Missing { similar: Some(similar) }, .. } => {
                return format!("did you mean `{similar}`? Upper and lower case differ");
            }
            Self::Refused { refusal: Refusal::Missing { similar: None }, .. } => {
                "paths are relative to the directory of the file that has the reference"
            }
            Self::Refused { refusal: Refusal::Folder, .. } => "refer to a file in it",
            Self::Refused { refusal: Refusal::Outside, .. } => {
                "move the file there, or name its directory with `--allow-folder DIR`"
            }
            Self::Refused { .. } => "refer to a file of YAML or JSON",
            Self::Unread { .. } => "fix that file, or refer to one of YAML or JSON",
            Self::Nothing { .. } => "correct the reference, or add what it leads to",
            Self::Circle(_) => "only components may refer to themselves: write one of the references out",
            Self::TooMany | Self::TooLarge | Self::TooDeep => "split the API into several documents",
        }
        .to_owned()
    }

    pub(super) fn unresolved(&self) -> Unresolved {
        Unresolved { message: self.to_string(), help: self.help() }
    }
}
