//! The oracles: each takes a payload, or a call, and says whether it is right, and where it isn't.
//!
//! All are of one trait and stand in one registry. The judge is a loop over it.

mod bindings;
mod builders;
pub(crate) mod change;
mod claims;
pub mod client;
pub mod constructors;
pub mod derived;
pub mod document;
pub mod documentation;
mod email;
mod enumerations;
pub mod examples;
mod findings;
pub mod headers;
pub mod interface;
mod mocks;
mod pages;
mod translate;
pub mod unread;
mod validator;
pub mod wire;

use serde::Serialize;

use serde_json::Value;

use crate::cases::Case;
use crate::difference::Problem;
use crate::document::{DocumentError, Pointer};
use crate::ground::{Ground, OperationGround, SchemaGround};
use crate::judge::JudgeError;

pub use email::is_mailbox;
pub use findings::Findings;
pub(crate) use pages::PAGINATION;
pub(crate) use translate::{INTEGER_RANGE, Translation, to_json_schema};
pub use validator::Validator;

/// Who judges. Each method is called for all there is of its kind, and does nothing unless the oracle says otherwise.
///
/// What is different goes into the [`Findings`]; an error is for what keeps the oracle from judging at all.
pub trait Oracle: Sync {
    /// The name, as reports have it.
    fn name(&self) -> &'static str;

    /// What a difference of this oracle's is evidence of.
    fn evidence(&self, problem: Problem) -> Evidence;

    /// Judges what is of the document as a whole, once.
    fn document(&self, _ground: &Ground<'_>, _found: &mut Findings) -> Result<(), JudgeError> {
        Ok(())
    }

    /// Judges a named schema as a whole, once for each of the client's types for it.
    fn schema<'d>(&self, _: &Ground<'d>, _: &SchemaGround<'d>, _: &mut Findings) -> Result<(), JudgeError> {
        Ok(())
    }

    /// Judges an enumerated payload of a named schema.
    fn case<'d>(&self, _: &Ground<'d>, _: &SchemaGround<'d>, _: &Case, _: &mut Findings) -> Result<(), JudgeError> {
        Ok(())
    }

    /// Judges a payload of a named schema that chance has found. Built from the schema, it conforms; otherwise it has any
    /// number of faults.
    fn draw<'d>(&self, _: &Ground<'d>, _: &SchemaGround<'d>, _: &Draw<'_>, _: &mut Findings) -> Result<(), JudgeError> {
        Ok(())
    }

    /// Judges an operation.
    fn operation<'d>(&self, _: &Ground<'d>, _: &OperationGround<'d>, _: &mut Findings) -> Result<(), JudgeError> {
        Ok(())
    }
}

/// A payload that chance has found.
#[derive(Debug, Clone, Copy)]
pub struct Draw<'p> {
    /// The payload.
    pub payload: &'p Value,
    /// Whether it was built from the schema, and so conforms.
    pub conforms: bool,
}

/// What a difference is evidence of. An edit of the document must be noticed by evidence of what the edit changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// Of what the client does with a payload or a call.
    Behaviour,
    /// Of what the client offers: names, types, constants, derived schemas.
    Interface,
    /// Of what readers of the client are told.
    Text,
    /// Of a contradiction in the document, which says nothing about the client.
    Document,
}

/// All oracles, in the order in which they judge.
pub static ORACLES: &[&dyn Oracle] = &[
    &bindings::Bindings,
    &document::Document,
    &derived::Derived,
    &client::Client,
    &claims::Claims,
    &constructors::Constructors,
    &builders::Builders,
    &enumerations::Enumerations,
    &interface::Interface,
    &examples::Examples,
    &documentation::Documentation,
    &headers::Headers,
    &pages::Pages,
    &unread::Unread,
    &wire::Wire,
    &mocks::Mocks,
    &crate::matrix::Matrix,
];

/// The oracle of this name.
pub fn named(name: &str) -> Option<&'static dyn Oracle> {
    ORACLES.iter().copied().find(|oracle| oracle.name() == name)
}

/// One thing that is wrong with a payload.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Violation {
    /// Where in the payload. Of a missing or an undeclared property it is the property's own place.
    pub pointer: Pointer,
    /// The keyword that is not kept.
    pub keyword: String,
}

/// Why a schema cannot be judged by.
#[derive(Debug, thiserror::Error)]
pub enum OracleError {
    /// The document does not hold together.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// The schema is no schema.
    #[error("{pointer}: {message}")]
    Schema {
        /// Where the schema stands.
        pointer: Pointer,
        /// What is wrong with it.
        message: String,
    },
}

impl OracleError {
    /// Where in the document.
    pub fn pointer(&self) -> Option<&Pointer> {
        match self {
            Self::Document(error) => error.pointer(),
            Self::Schema { pointer, .. } => Some(pointer),
        }
    }

    /// What to do about it.
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::Document(error) => error.help(),
            Self::Schema { .. } => Some("give the keyword a value that OpenAPI 3.0 allows there"),
        }
    }
}

impl std::fmt::Display for Violation {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} at {}", self.keyword, self.pointer)
    }
}
