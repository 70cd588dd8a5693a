//! What was not judged, by name and with its reason: nothing is left out of a report in silence.

use std::fmt;

use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::difference::{Difference, Whose};
use crate::ground::Ground;
use crate::judge::JudgeError;
use crate::strategy::StrategyError;

/// A schema, an operation or a keyword that was not judged, or not wholly.
#[derive(Debug, Serialize)]
pub struct LeftOut {
    /// The name of the schema or the operation, or the place of the keyword.
    pub what: String,
    /// Whose fault it is; nobody's where the document says what no client can honour, such as an extension of its own.
    pub whose: Option<Whose>,
    /// Why.
    #[serde(flatten)]
    pub reason: Diagnostic,
}

impl LeftOut {
    /// What an error keeps from being judged. An error that has nothing to do with the document stays one.
    pub fn of(ground: &Ground<'_>, what: &str, error: JudgeError) -> Result<Self, JudgeError> {
        let whose = match &error {
            JudgeError::Runtime(_) => return Err(error),
            JudgeError::Document(_) => Whose::Document,
            JudgeError::Strategy(error) => match error {
                StrategyError::Document(_)
                | StrategyError::Oracle(_)
                | StrategyError::Unsatisfiable { .. }
                | StrategyError::Endless { .. } => Whose::Document,
                StrategyError::Unsupported { .. }
                | StrategyError::TooLarge { .. }
                | StrategyError::Exhausted { .. } => Whose::Judge,
            },
        };
        let reason = Diagnostic::of_judging(ground.document, &error);
        Ok(Self { what: what.to_owned(), whose: Some(whose), reason })
    }

    /// What nobody has read, of a document that nobody has written for this client.
    pub(super) fn unread(difference: Difference) -> Self {
        let reason = Diagnostic { message: difference.detail, place: None, help: None };
        Self { what: difference.place, whose: None, reason }
    }
}

impl fmt::Display for LeftOut {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whose = match self.whose {
            Some(Whose::Document) => " (the document's fault)",
            Some(Whose::Client) => " (the client's fault)",
            Some(Whose::Judge) => " (the judge's fault)",
            None => "",
        };
        write!(formatter, "not judged: {}{whose}: {}", self.what, self.reason)
    }
}
