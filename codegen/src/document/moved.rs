//! Where the values of a translated document stand in its text.

use std::borrow::Cow;
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
    /// The place of the key that it is about, before the translation.
    pub place: Pointer,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Cow<'static, str>,
}

impl Moved {
    /// Notes that what stands at a place of the translation, and whatever is below it, is another place in the text.
    pub fn to(&mut self, at: Pointer, from: Pointer) {
        if at != from {
            self.origins.insert(at, from);
        }
    }

    /// The place before the translation of a place in it.
    pub(crate) fn origin(&self, at: &Pointer) -> Pointer {
        traced(&self.origins, Pointer::root(), at, |place, token| place.join(token))
    }
}

/// Where a place was before things were moved: of what `origins` names, and of all below it, somewhere else.
pub(crate) fn traced<P: Clone>(
    origins: &HashMap<Pointer, P>,
    root: P,
    pointer: &Pointer,
    join: impl Fn(&P, &str) -> P,
) -> P {
    let (mut at, mut place) = (Pointer::root(), origins.get(&Pointer::root()).cloned().unwrap_or(root));
    for token in pointer.tokens() {
        at = at.join(&token);
        place = origins.get(&at).cloned().unwrap_or_else(|| join(&place, &token));
    }
    place
}
