//! Where the values of a document that was changed on the way stand in what it was made of.

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

    /// The place in the text of a place of the translation.
    pub fn origin(&self, at: &Pointer) -> Pointer {
        let (mut holder, mut rest) = (at.clone(), Vec::new());
        loop {
            if let Some(origin) = self.origins.get(&holder) {
                return rest.iter().rev().fold(origin.clone(), |origin, token| origin.join(token));
            }
            rest.push(holder.last());
            match holder.parent().filter(|_| !self.origins.is_empty()) {
                Some(parent) => holder = parent,
                None => return at.clone(),
            }
        }
    }
}
