//! What a rule is, and how it reports.

use crate::diagnostic::{Diagnostic, Level, Location};
use crate::document::{Document, FileId, Pointer};
use crate::keyword::checks::written_place;

use super::reading::Reading;
use super::survey::Survey;

/// One thing that can be wrong with a document.
#[derive(Debug)]
pub struct Rule {
    /// Its identifier in kebab case.
    pub id: &'static str,
    /// How serious its findings are.
    pub level: Level,
    /// What it wants of a document, in one sentence.
    pub description: &'static str,
    /// Looks for it.
    pub check: fn(&Survey<'_>, &mut Findings<'_>),
}

/// Takes the findings of one rule.
#[derive(Debug)]
pub struct Findings<'a> {
    document: &'a Document,
    rule: &'static Rule,
    found: Vec<Finding>,
}

/// One finding, and how the document is read in spite of it.
#[derive(Debug)]
pub struct Finding {
    /// What is wrong, and where.
    pub diagnostic: Diagnostic,
    /// What it is taken to mean where it stops nobody; `None` where nobody could say.
    pub reading: Option<Reading>,
}

impl Rule {
    /// All that this rule finds in a document.
    pub fn findings(&'static self, survey: &Survey<'_>) -> Vec<Finding> {
        let mut findings = Findings { document: survey.document, rule: self, found: Vec::new() };
        (self.check)(survey, &mut findings);
        findings.found
    }
}

impl Finding {
    /// The slip has one clear meaning: it is a warning, and this is how it is read.
    pub fn read(&mut self, reading: Reading) {
        self.diagnostic.level = Level::Warning;
        self.reading = Some(reading);
    }

    /// How it is read where the document's editor has lowered the rule to a warning.
    pub fn if_allowed(&mut self, reading: Reading) {
        self.reading = Some(reading);
    }
}

impl Findings<'_> {
    /// Reports at the value that a pointer leads to.
    pub fn at_value(&mut self, pointer: &Pointer, message: impl Into<String>, help: impl Into<String>) -> &mut Finding {
        let location = self.document.location(pointer);
        self.push(pointer, location, message.into(), help.into())
    }

    /// Reports at the key that leads to a pointer's value.
    pub fn at_key(&mut self, pointer: &Pointer, message: impl Into<String>, help: impl Into<String>) -> &mut Finding {
        let location = self.document.key_location(pointer);
        self.push(pointer, location, message.into(), help.into())
    }

    /// The line that a pointer's key stands in, to name another place in a message: with its file, where that is not the root.
    pub fn line_of(&self, pointer: &Pointer) -> String {
        let Location { file, line, .. } = self.document.key_location(pointer);
        match file {
            FileId::ROOT => line.to_string(),
            file => format!("{line} of `{}`", self.document.file_name(file)),
        }
    }

    /// Reports what was noted when the document was put into the words of another version.
    pub fn noted(&mut self) {
        let document = self.document;
        for (note, location) in document.notes().filter(|(note, _)| note.rule == self.rule.id) {
            self.push(&note.place, location, note.message.clone(), note.help.clone().into_owned());
        }
    }

    fn push(&mut self, pointer: &Pointer, location: Location, message: String, help: String) -> &mut Finding {
        let Rule { id, level, .. } = *self.rule;
        let reading = (level == Level::Warning).then_some(Reading::AsWritten);
        let diagnostic = Diagnostic { rule: id, level, pointer: written_place(pointer), location, message, help };
        self.found.push_mut(Finding { diagnostic, reading })
    }
}
