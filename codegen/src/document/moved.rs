//! Where the values of a document that was changed on the way stand in what it was made of.

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
    let (mut holder, mut rest) = (pointer.clone(), Vec::new());
    loop {
        let known = origins.get(&holder).cloned();
        let parent = holder.parent().filter(|_| known.is_none() && !origins.is_empty());
        match parent {
            Some(parent) => {
                rest.push(holder.last());
                holder = parent;
            }
            None if known.is_none() => return pointer.tokens().fold(root, |place, token| join(&place, &token)),
            None => return rest.iter().rev().fold(known.unwrap_or(root), |place, token| join(&place, token)),
        }
    }
}
