//! The text of one file, and the place of each of its values.

use std::collections::HashMap;

use super::lines::Lines;
use super::tree::{Content, Scalar, Span, Step, Tree};
use super::{Ambiguity, FileId, Pointer};
use crate::diagnostic::Location;

/// A file that was read without an error in its syntax.
#[derive(Debug)]
pub(crate) struct Text {
    pub(super) file: FileId,
    pub(super) name: String,
    pub(super) text: String,
    pub(super) lines: Lines,
    pub(super) tree: Tree,
    /// The scalars on which readers of YAML disagree.
    pub(super) ambiguous: HashMap<Pointer, Ambiguity>,
}

impl Text {
    /// The place of a value, or of its nearest ancestor that the text has. A value that is left out, as in `key:`, has its
    /// key's place.
    pub(super) fn location(&self, pointer: &Pointer) -> Location {
        let (step, _) = self.way(pointer);
        let span = self.tree.nodes.get(step.value).map_or(Span { start: 0, end: 0 }, |node| match &node.content {
            // A block has no bracket to point at: its first key stands for it.
            Content::Mapping(entries) => {
                entries.first().map_or(node.span, |first| Span { start: node.span.start, end: first.key_span.end })
            }
            _ => node.span,
        });
        self.at(if span.start == span.end { step.key.unwrap_or(span) } else { span })
    }

    /// The place of the key that leads to a value; the value's own where it stands in a list.
    pub(super) fn key_location(&self, pointer: &Pointer) -> Location {
        match self.way(pointer).0.key {
            Some(key) => self.at(key),
            None => self.location(pointer),
        }
    }

    /// A scalar without quotes as it is written; `None` for anything else.
    pub(super) fn written(&self, pointer: &Pointer) -> Option<&str> {
        let (step, is_there) = self.way(pointer);
        match &self.tree.resolve(step.value).filter(|_| is_there)?.content {
            Content::Scalar(Scalar::Plain(text)) => Some(text),
            _ => None,
        }
    }

    /// The place of a range of bytes.
    fn at(&self, span: Span) -> Location {
        Location { file: self.file, ..self.lines.location(&self.text, span.start, span.end) }
    }

    /// The last step of the way to a pointer, or to its nearest ancestor that the text has; and whether it is the pointer's own.
    fn way(&self, pointer: &Pointer) -> (Step, bool) {
        let mut last = Step { key: None, value: self.tree.root };
        for token in pointer.tokens() {
            match self.tree.step(last.value, &token) {
                Some(step) => last = step,
                None => return (last, false),
            }
        }
        (last, true)
    }
}
