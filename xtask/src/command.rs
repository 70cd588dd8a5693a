//! One command a file; here, what all of them end with.

pub mod cases;
pub mod ci;
pub mod client_mutants;
pub mod completions;
pub mod contract;
pub mod diff;
pub mod lint;
pub mod mock;
pub mod mutants;
pub mod page;
pub mod regenerate;
pub mod release;

use std::process::ExitCode;

use crate::files::{self, FilesError};
use crate::process::ProcessError;
use crate::source::SourceError;
use crate::terminal::complain;
use crate::workspace;

/// How a command ended. What there is to say about it has been said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// All is well.
    Fine,
    /// The document was refused, or a step failed.
    Failed,
    /// A process that was started found its arguments wrong.
    WrongUsage,
    /// What was generated does not compile.
    Broken,
    /// The generated files are not those of the document.
    Stale,
    /// A generated client is not what its document says.
    Differs,
    /// The judge gives no verdict on a generated client, or none on all of it.
    Unjudged,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Fine => 0,
            Outcome::Failed => 1,
            Outcome::WrongUsage => 2,
            Outcome::Broken => 3,
            Outcome::Stale => 4,
            Outcome::Differs => 5,
            Outcome::Unjudged => 6,
        })
    }
}

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The document could not be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// Generated files could not be read or written.
    #[error(transparent)]
    Files(#[from] FilesError),
    /// Two documents could not be compared.
    #[error(transparent)]
    Diff(#[from] diff::DiffError),
    /// There is no score of the mutants.
    #[error(transparent)]
    Mutants(#[from] mutants::MutantsError),
    /// No client could be judged.
    #[error(transparent)]
    Contract(#[from] contract::ContractError),
    /// There is no score of the client's mutants.
    #[error(transparent)]
    ClientMutants(#[from] client_mutants::ClientMutantsError),
    /// No generated client could be judged.
    #[error(transparent)]
    Generated(#[from] contract::GeneratedError),
    /// A page could not be opened.
    #[error(transparent)]
    Page(#[from] page::PageError),
    /// A process could not be started.
    #[error(transparent)]
    Process(#[from] ProcessError),
}

/// Finishes or takes back what an interrupted `regenerate` has left in this repository, so that no command works on
/// files of two documents.
pub fn recover() -> Result<(), FilesError> {
    files::recover(&workspace::root(), tell_of_waiting)
}

fn tell_of_waiting() {
    complain(format_args!("waiting for another `regenerate` to finish"));
}
