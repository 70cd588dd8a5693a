//! Where the values of a translated document stand in its text.

use std::collections::HashMap;

use super::Pointer;

/// Which places of a translation are other places in the text, and what there is to say about the translation.
#[derive(Debug, Default)]
pub struct Moved {
    origins: HashMap<Pointer, Pointer>,
    /// What the document's editor should know.
    pub notes: Vec<Note>,
}

/// Something that the document's editor should know.
#[derive(Debug)]
pub struct Note {
    /// The lint rule that reports it.
    pub rule: &'static str,
    /// The place of the key that it is about, in the text.
    pub place: Pointer,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: &'static str,
}

impl Moved {
    /// Notes that what stands at a place of the translation, and whatever is below it, is another place in the text.
    pub fn to(&mut self, at: Pointer, from: Pointer) {
        if at != from {
            self.origins.insert(at, from);
        }
    }

    /// The place in the text of a place of the translation, where that is said of this very place.
    pub fn origin(&self, at: &Pointer) -> Option<&Pointer> {
        self.origins.get(at)
    }

    /// Whether everything stands where it stood.
    pub fn is_nothing(&self) -> bool {
        self.origins.is_empty()
    }
}
