//! Builds the tree of places, whichever syntax it is read from, and finds what is wrong with its shape.

use std::collections::HashMap;

use super::bounds::MAX_DEPTH;
use super::fault::{Fault, FaultKind};
use super::lines::Lines;
use super::pointer::Pointer;
use super::tree::{Content, Entries, Entry, Index, Node, Scalar, Span, Tree};

/// So many keys of a mapping are compared one by one, which takes less time than to hash them.
const FEW: usize = 16;

/// A tree under construction.
pub(crate) struct Builder<'a> {
    text: &'a str,
    lines: &'a Lines,
    tree: Tree,
    open: Vec<Open>,
    pub(crate) faults: Vec<Fault>,
}

/// A list or mapping whose end is not yet reached.
struct Open {
    index: Index,
    size: usize,
    height: usize,
    content: OpenContent,
}

enum OpenContent {
    List(Vec<Index>),
    Mapping { entries: Vec<Entry>, seen: HashMap<String, usize>, key: Option<(String, Span, bool)> },
}

impl<'a> Builder<'a> {
    pub(crate) fn new(text: &'a str, lines: &'a Lines) -> Self {
        Self { text, lines, tree: Tree::default(), open: Vec::new(), faults: Vec::new() }
    }

    /// Whether what comes next is a key of a mapping.
    pub(crate) fn wants_key(&self) -> bool {
        matches!(self.open.last(), Some(Open { content: OpenContent::Mapping { key: None, .. }, .. }))
    }

    /// The pointer to the value that comes next, or to the innermost open one where a key comes next.
    pub(crate) fn pointer(&self) -> Pointer {
        self.open.iter().fold(Pointer::root(), |pointer, open| match &open.content {
            OpenContent::List(items) => pointer.join(items.len()),
            OpenContent::Mapping { key: Some((key, ..)), .. } => pointer.join(key),
            OpenContent::Mapping { key: None, .. } => pointer,
        })
    }

    /// Notes a fault of the value that comes next.
    pub(crate) fn fault(&mut self, kind: FaultKind, span: Span) {
        let pointer = self.pointer();
        self.faults.push(kind.at(span, pointer));
    }

    /// Takes the key of the value that comes next.
    pub(crate) fn key(&mut self, name: String, span: Span, is_merge: bool) {
        let Some(Open { content: OpenContent::Mapping { entries, seen, key }, .. }) = self.open.last_mut() else {
            return;
        };
        // The first one keeps the name, so that a third names the first as well.
        let first = if entries.len() < FEW {
            entries.iter().find(|entry| entry.key == name).map_or(span.start, |entry| entry.key_span.start)
        } else {
            if seen.is_empty() {
                seen.extend(entries.iter().rev().map(|entry| (entry.key.clone(), entry.key_span.start)));
            }
            *seen.entry(name.clone()).or_insert(span.start)
        };
        let repeated = (first != span.start).then(|| name.clone());
        *key = Some((name, span, is_merge));
        if let Some(key) = repeated {
            let first = self.lines.location(self.text, first, first).line;
            self.fault(FaultKind::DuplicateKey { key, first }, span);
        }
    }

    pub(crate) fn scalar(&mut self, scalar: Scalar, span: Span) -> Index {
        self.leaf(Node { span, content: Content::Scalar(scalar), size: 1, height: 0 })
    }

    /// Takes an alias of a finished node. `false` where it makes the document too deep.
    pub(crate) fn alias(&mut self, target: Index, span: Span) -> bool {
        let (size, height) = self.tree.nodes.get(target).map_or((1, 0), |node| (node.size, node.height));
        if self.open.len() + height > MAX_DEPTH {
            self.fault(FaultKind::TooDeep(MAX_DEPTH), span);
            return false;
        }
        self.leaf(Node { span, content: Content::Alias(target), size, height });
        true
    }

    /// Opens a list or a mapping. `None` where it is too deep.
    pub(crate) fn open(&mut self, is_mapping: bool, span: Span) -> Option<Index> {
        if self.open.len() >= MAX_DEPTH {
            self.fault(FaultKind::TooDeep(MAX_DEPTH), span);
            return None;
        }
        let index = self.tree.nodes.len();
        self.tree.nodes.push(Node { span, content: Content::List(Vec::new()), size: 1, height: 1 });
        let content = if is_mapping {
            OpenContent::Mapping { entries: Vec::new(), seen: HashMap::new(), key: None }
        } else {
            OpenContent::List(Vec::new())
        };
        self.open.push(Open { index, size: 1, height: 1, content });
        Some(index)
    }

    /// Closes the innermost list or mapping.
    pub(crate) fn close(&mut self, end: usize) {
        let Some(Open { index, size, height, content }) = self.open.pop() else { return };
        let Some(node) = self.tree.nodes.get_mut(index) else { return };
        node.span.end = end.max(node.span.start);
        (node.size, node.height) = (size, height);
        node.content = match content {
            OpenContent::List(items) => Content::List(items),
            OpenContent::Mapping { entries, .. } => Content::Mapping(Entries::new(entries)),
        };
        self.attach(index, size, height);
    }

    /// The tree, or what is wrong with it.
    pub(crate) fn finish(self) -> Result<Tree, Vec<Fault>> {
        if self.faults.is_empty() { Ok(self.tree) } else { Err(self.faults) }
    }

    fn leaf(&mut self, node: Node) -> Index {
        let (index, size, height) = (self.tree.nodes.len(), node.size, node.height);
        self.tree.nodes.push(node);
        self.attach(index, size, height);
        index
    }

    fn attach(&mut self, value: Index, size: usize, height: usize) {
        let Some(parent) = self.open.last_mut() else {
            self.tree.root = value;
            return;
        };
        parent.size = parent.size.saturating_add(size);
        parent.height = parent.height.max(height + 1);
        match &mut parent.content {
            OpenContent::List(items) => items.push(value),
            OpenContent::Mapping { entries, key, .. } => {
                if let Some((key, key_span, is_merge)) = key.take() {
                    entries.push(Entry { key, key_span, value, is_merge });
                }
            }
        }
    }
}
