//! A document as it was written: every value once, with its line and column, aliases as further ways to it.

use serde_json::Value;

use super::Pointer;

/// The index of a node in its tree.
pub(super) type Index = usize;

/// A line and a column, both counted from 1 and the column in code points.
pub(super) type Position = (usize, usize);

/// All nodes of a document. What an alias stands for is one node that several others hold.
#[derive(Debug, Clone)]
pub(super) struct Tree {
    /// The text, without a byte order mark.
    pub(super) text: String,
    pub(super) nodes: Vec<Node>,
    pub(super) root: Index,
}

/// One value of the document.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) content: Content,
    /// How many values it holds, itself and all that aliases stand for among them.
    pub(super) size: usize,
    /// How many lists and mappings are within each other, its own included.
    pub(super) height: usize,
}

/// What a node holds.
#[derive(Debug, Clone)]
pub(super) enum Content {
    /// A value, and its text where that stands without quotes.
    Scalar(Value, Option<String>),
    List(Vec<(Position, Index)>),
    Mapping(Vec<Entry>),
}

/// One key of a mapping and what it leads to.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) key: String,
    /// Where the key is written: for what a merge key brings, in the mapping that it comes from.
    pub(super) position: Position,
    pub(super) value: Index,
}

impl Tree {
    /// The document as a JSON value. The depth of the tree is bounded, and so is this recursion.
    pub(super) fn value(&self) -> Value {
        self.value_of(self.root)
    }

    fn value_of(&self, index: Index) -> Value {
        match self.nodes.get(index).map(|node| &node.content) {
            None => Value::Null,
            Some(Content::Scalar(value, _)) => value.clone(),
            Some(Content::List(items)) => items.iter().map(|(_, item)| self.value_of(*item)).collect(),
            Some(Content::Mapping(entries)) => {
                let members = entries.iter().map(|entry| (entry.key.clone(), self.value_of(entry.value)));
                Value::Object(members.collect())
            }
        }
    }

    /// The scalar without quotes at a pointer, as it is written.
    pub(super) fn written(&self, pointer: &Pointer) -> Option<String> {
        let mut here = self.root;
        for step in pointer.steps() {
            here = match &self.nodes.get(here)?.content {
                Content::List(items) => items.get(step.parse::<usize>().ok()?)?.1,
                Content::Mapping(entries) => entries.iter().find(|entry| entry.key == step)?.value,
                Content::Scalar(..) => return None,
            };
        }
        match &self.nodes.get(here)?.content {
            Content::Scalar(_, written) => written.clone(),
            _ => None,
        }
    }

    /// Where the value at a pointer is written: the place of its key, or of the item itself in a list. Where the pointer
    /// leads out of the document, that of the last value on its way.
    pub(super) fn position(&self, pointer: &Pointer) -> Position {
        let (mut here, mut position) = (self.root, (1, 1));
        for step in pointer.steps() {
            let next = match self.nodes.get(here).map(|node| &node.content) {
                Some(Content::List(items)) => step.parse::<usize>().ok().and_then(|index| items.get(index).copied()),
                Some(Content::Mapping(entries)) => {
                    entries.iter().find(|entry| entry.key == step).map(|entry| (entry.position, entry.value))
                }
                _ => None,
            };
            let Some(next) = next else { break };
            (position, here) = next;
        }
        position
    }
}
