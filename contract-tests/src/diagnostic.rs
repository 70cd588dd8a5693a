//! What is wrong with a document, as it is printed: the message, `FILE:LINE:COLUMN`, and what to do.

use std::fmt;
use std::path::Path;

use serde::Serialize;

use crate::document::{Document, DocumentError, Places, Pointer};
use crate::judge::JudgeError;
use crate::matrix::MatrixError;
use crate::strategy::StrategyError;

/// One thing that is wrong with a document.
#[derive(Debug, Clone, Serialize)]
pub struct Diagnostic {
    /// What is wrong; it begins with the pointer.
    pub message: String,
    /// `FILE:LINE:COLUMN`; nothing where the message has it already.
    pub place: Option<String>,
    /// What to do.
    pub help: Option<&'static str>,
}

impl Diagnostic {
    /// A message about what a pointer leads to.
    pub fn at(document: &Document, pointer: Option<&Pointer>, message: String, help: Option<&'static str>) -> Self {
        let place = pointer.and_then(|pointer| document.place(pointer));
        let place = place.map(|(line, column)| format!("{}:{line}:{column}", document.name()));
        Self { message, place, help }
    }

    /// A schema without payloads.
    pub fn of_schema(document: &Document, error: &StrategyError) -> Self {
        Self::at(document, error.pointer(), error.to_string(), error.help())
    }

    /// Anything that ended judging.
    pub fn of_judging(document: &Document, error: &JudgeError) -> Self {
        let (pointer, help) = match error {
            JudgeError::Document(error) | JudgeError::Matrix(MatrixError::Document(error)) => {
                (error.pointer(), error.help())
            }
            JudgeError::Strategy(error) | JudgeError::Matrix(MatrixError::Strategy(error)) => {
                (error.pointer(), error.help())
            }
            JudgeError::Matrix(_) | JudgeError::Runtime(_) => (None, None),
        };
        Self::at(document, pointer, error.to_string(), help)
    }

    /// A file that is no document.
    pub fn of_file(path: &Path, error: &DocumentError) -> Self {
        let text = error.pointer().and_then(|pointer| Some((pointer, std::fs::read_to_string(path).ok()?)));
        let place = text.map(|(pointer, text)| Places::of(&text).at(pointer));
        let place = place.map(|(line, column)| format!("{}:{line}:{column}", path.display()));
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
