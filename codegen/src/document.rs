//! The document as it was written: its values, and the place of each in the text.

mod bounds;
mod builder;
mod fault;
mod json;
mod lines;
mod moved;
mod place;
mod pointer;
mod read;
mod settle;
mod tree;
mod values;
mod yaml;

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::diagnostic::{Diagnostic, Location};
use lines::Lines;
use tree::{Content, Scalar, Span, Step, Tree};

pub use moved::{Moved, Note};
pub use place::{FileId, Place};
pub use pointer::Pointer;
pub(crate) use settle::{Ambiguity, kind_name};

/// A document that was read without an error in its syntax.
#[derive(Debug)]
pub struct Document {
    name: String,
    text: String,
    root: Value,
    ambiguous: HashMap<Pointer, Ambiguity>,
    allowed: BTreeMap<&'static str, String>,
    lines: Lines,
    tree: Tree,
    /// What was moved by each change of the tree, the first change first.
    moved: Vec<Moved>,
    sha256: OnceLock<String>,
}

impl Document {
    /// Reads a YAML or JSON text. `name` is what diagnostics and headers call it, usually a file name.
    ///
    /// # Errors
    /// Everything that is wrong with the text as a text: its encoding, its syntax, duplicate keys, bounds on size and depth.
    pub fn parse(name: &str, bytes: &[u8]) -> Result<Self, Vec<Diagnostic>> {
        let text = read::decode(bytes)?;
        let lines = Lines::new(&text);
        match read::read(name, &text, &lines) {
            Ok((root, tree, ambiguous)) => Ok(Self {
                name: name.to_owned(),
                text,
                root,
                ambiguous: ambiguous.into_iter().collect(),
                allowed: BTreeMap::new(),
                lines,
                tree,
                moved: Vec::new(),
                sha256: OnceLock::new(),
            }),
            Err(mut faults) => {
                faults.sort_by_key(|fault| fault.span.start);
                Err(faults.iter().map(|fault| fault.diagnostic(&text, &lines)).collect())
            }
        }
    }

    /// The same text with another tree, of which some stands elsewhere.
    pub(crate) fn changed(mut self, root: Value, moved: impl IntoIterator<Item = Moved>) -> Self {
        self.root = root;
        self.moved.extend(moved);
        self
    }

    /// What there is to say about the words that it is in now.
    pub(crate) fn notes(&self) -> impl Iterator<Item = &Note> {
        self.moved.iter().flat_map(|moved| &moved.notes)
    }

    /// The name it was read under.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text as it was read, without a byte order mark.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The SHA-256 digest of the text, in hexadecimal. Every generated file carries it, so it is made only once.
    pub fn sha256(&self) -> &str {
        self.sha256.get_or_init(|| Sha256::digest(&self.text).iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// The whole tree; mappings keep the order of the text.
    pub fn root(&self) -> &Value {
        &self.root
    }

    /// The same text, read in spite of what the rules with these names found, for the reason beside each.
    pub(crate) fn allowing(self, allowed: BTreeMap<&'static str, String>) -> Self {
        Self { allowed, ..self }
    }

    /// The rules that were lowered to warnings, and the reason of each.
    pub fn allowed(&self) -> &BTreeMap<&'static str, String> {
        &self.allowed
    }

    /// The scalars on which readers of YAML disagree, by place; the value is that of YAML 1.2.
    pub(crate) fn ambiguous(&self) -> Vec<(Pointer, &Ambiguity)> {
        let mut found: Vec<(Pointer, &Ambiguity)> = Vec::new();
        if !self.ambiguous.is_empty() {
            let mut open = vec![(Pointer::root(), &self.root)];
            while let Some((pointer, value)) = open.pop() {
                match value {
                    Value::Array(items) => {
                        open.extend(items.iter().enumerate().map(|(at, item)| (pointer.join(at), item)))
                    }
                    Value::Object(fields) => {
                        open.extend(fields.iter().map(|(name, value)| (pointer.join(name), value)))
                    }
                    _ => found.extend(self.ambiguous.get(&self.origin(&pointer)).map(|ambiguity| (pointer, ambiguity))),
                }
            }
        }
        found
    }

    /// Whether a pointer leads to such a scalar.
    pub(crate) fn is_ambiguous(&self, pointer: &Pointer) -> bool {
        !self.ambiguous.is_empty() && self.ambiguous.contains_key(&self.origin(pointer))
    }

    /// A scalar without quotes as it is written; `None` for anything else.
    pub fn written(&self, pointer: &Pointer) -> Option<&str> {
        let (step, is_there) = self.way(pointer);
        match &self.tree.resolve(step.value).filter(|_| is_there)?.content {
            Content::Scalar(Scalar::Plain(text)) => Some(text),
            _ => None,
        }
    }

    /// The value at a pointer, `None` where there is none.
    pub fn get(&self, pointer: &Pointer) -> Option<&Value> {
        self.root.pointer(pointer.as_str())
    }

    /// The place of the value at a pointer, or of its nearest ancestor that the text has. A value that is left out,
    /// as in `key:`, has its key's place.
    pub fn location(&self, pointer: &Pointer) -> Location {
        let step = self.find(pointer);
        let span = self.tree.nodes.get(step.value).map_or(Span { start: 0, end: 0 }, |node| match &node.content {
            // A block has no bracket to point at: its first key stands for it.
            Content::Mapping(entries) => {
                entries.first().map_or(node.span, |first| Span { start: node.span.start, end: first.key_span.end })
            }
            _ => node.span,
        });
        let span = if span.start == span.end { step.key.unwrap_or(span) } else { span };
        self.lines.location(&self.text, span.start, span.end)
    }

    /// The place of the key that leads to the value at a pointer; the value's own where it stands in a list.
    pub fn key_location(&self, pointer: &Pointer) -> Location {
        match self.find(pointer).key {
            Some(key) => self.lines.location(&self.text, key.start, key.end),
            None => self.location(pointer),
        }
    }

    /// The place of the key at a pointer of the text as it was written.
    pub(crate) fn text_location(&self, pointer: &Pointer) -> Location {
        let span = self.walk(pointer).0.key.unwrap_or(Span { start: 0, end: 0 });
        self.lines.location(&self.text, span.start, span.end)
    }

    /// The last step of the way to a pointer, or to its nearest ancestor that the text has.
    fn find(&self, pointer: &Pointer) -> Step {
        self.way(pointer).0
    }

    /// The same, and whether the text has the pointer itself.
    fn way(&self, pointer: &Pointer) -> (Step, bool) {
        self.walk(&self.origin(pointer))
    }

    /// The place in the text of a place of the tree.
    fn origin(&self, pointer: &Pointer) -> Pointer {
        self.moved.iter().rev().fold(pointer.clone(), |pointer, moved| moved.origin(&pointer))
    }

    /// The last step of the way to a pointer of the text, and whether it is the pointer's own.
    fn walk(&self, pointer: &Pointer) -> (Step, bool) {
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
