//! What is wrong with a document, as it is printed: the message, `FILE:LINE:COLUMN`, and what to do.

use std::fmt;

use serde::Serialize;

use crate::document::{Document, DocumentError, Place, Pointer};
use crate::judge::JudgeError;
use crate::strategy::StrategyError;

/// One thing that is wrong with a document.
#[derive(Debug, Clone, Serialize)]
pub struct Diagnostic {
    /// What is wrong; it begins with the pointer.
    pub message: String,
    /// Where; nothing where the message has it already.
    pub place: Option<Place>,
    /// What to do.
    pub help: Option<&'static str>,
}

impl Diagnostic {
    /// A message about what a pointer leads to.
    pub fn at(document: &Document, pointer: Option<&Pointer>, message: String, help: Option<&'static str>) -> Self {
        Self { message, place: pointer.and_then(|pointer| document.place(pointer)), help }
    }

    /// A schema without payloads.
    pub fn of_schema(document: &Document, error: &StrategyError) -> Self {
        Self::at(document, error.pointer(), error.to_string(), error.help())
    }

    /// Anything that ended judging.
    pub fn of_judging(document: &Document, error: &JudgeError) -> Self {
        let (pointer, help) = match error {
            JudgeError::Document(error) => (error.pointer(), error.help()),
            JudgeError::Strategy(error) => (error.pointer(), error.help()),
            JudgeError::Runtime(_) => (None, None),
        };
        Self::at(document, pointer, error.to_string(), help)
    }

    /// A file that is no document.
    pub fn of_file(error: &DocumentError) -> Self {
        // The message of a fault of the text begins with its place.
        let place = error.pointer().and(error.place()).cloned();
        Self { message: error.to_string(), place, help: error.help() }
    }
}

impl std::error::Error for Diagnostic {}

impl fmt::Display for Diagnostic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)?;
        if let Some(place) = &self.place {
            write!(formatter, "\n  at {place}")?;
        }
        if let Some(help) = self.help {
            write!(formatter, "\n  help: {help}")?;
        }
        Ok(())
    }
}
