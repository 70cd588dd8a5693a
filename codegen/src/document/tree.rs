//! The places of a document's values: a flat tree of spans beside the values themselves.

use std::ops::Deref;

/// The index of a node in its tree.
pub(crate) type Index = usize;

/// A range of bytes in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// Every node of a document as it is written: an alias is one node, whatever it stands for.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    pub(crate) nodes: Vec<Node>,
    pub(crate) root: Index,
}

/// One value of the text.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) span: Span,
    pub(crate) content: Content,
    /// How many nodes it stands for, aliases expanded; itself included.
    pub(crate) size: usize,
    /// How many levels of lists and mappings it holds, aliases expanded; its own included.
    pub(crate) height: usize,
}

/// What a node holds.
#[derive(Debug)]
pub(crate) enum Content {
    /// A text, a number, a boolean or null: which one, the reader of values decides for itself.
    Scalar(Scalar),
    List(Vec<Index>),
    Mapping(Entries),
    Alias(Index),
}

/// A scalar as the parser of places reads it.
#[derive(Debug)]
pub(crate) enum Scalar {
    /// Not quoted, so that its text decides on its type.
    Plain(String),
    /// Quoted, a block or tagged as text.
    Text(String),
}

/// One key of a mapping and what it leads to.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_span: Span,
    pub(crate) value: Index,
    /// Whether the key is YAML 1.1's merge key `<<`, which stands for the entries of other mappings.
    pub(crate) is_merge: bool,
}

/// The keys of a mapping, in the order of the text.
#[derive(Debug)]
pub(crate) struct Entries {
    list: Vec<Entry>,
    /// The entries that are no merge keys, by key; of equal ones the first.
    by_key: Vec<Index>,
}

impl Entries {
    pub(crate) fn new(list: Vec<Entry>) -> Self {
        let key = |at: &Index| list.get(*at).map(|entry| entry.key.as_str());
        let mut by_key: Vec<Index> =
            (0..list.len()).filter(|at| !list.get(*at).is_some_and(|one| one.is_merge)).collect();
        by_key.sort_by_key(|at| key(at));
        by_key.dedup_by_key(|at| key(at));
        Self { list, by_key }
    }

    fn named(&self, name: &str) -> Option<&Entry> {
        let key = |at: &Index| self.list.get(*at).map(|entry| entry.key.as_str());
        let found = self.by_key.binary_search_by_key(&Some(name), key).ok()?;
        self.list.get(*self.by_key.get(found)?)
    }
}

impl Deref for Entries {
    type Target = [Entry];

    fn deref(&self) -> &[Entry] {
        &self.list
    }
}

/// Where a step from a node leads.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step {
    pub(crate) key: Option<Span>,
    pub(crate) value: Index,
}

impl Tree {
    /// The node itself, or what it is an alias of.
    pub(crate) fn resolve(&self, mut index: Index) -> Option<&Node> {
        // A chain of aliases cannot be longer than the tree.
        for _ in 0..=self.nodes.len() {
            match self.nodes.get(index)? {
                Node { content: Content::Alias(target), .. } => index = *target,
                node => return Some(node),
            }
        }
        None
    }

    /// The member of a node that a token of a JSON pointer names.
    pub(crate) fn step(&self, from: Index, token: &str) -> Option<Step> {
        match &self.resolve(from)?.content {
            Content::List(items) => {
                let value = *items.get(token.parse::<usize>().ok()?)?;
                Some(Step { key: None, value })
            }
            Content::Mapping(entries) => {
                entries.named(token).map(|entry| Step { key: Some(entry.key_span), value: entry.value }).or_else(|| {
                    let merges = entries.iter().filter(|entry| entry.is_merge);
                    merges.flat_map(|entry| self.merge_sources(entry.value)).find_map(|from| self.step(from, token))
                })
            }
            Content::Scalar(_) | Content::Alias(_) => None,
        }
    }

    /// The mappings that a merge key's value names, in order.
    pub(crate) fn merge_sources(&self, value: Index) -> Vec<Index> {
        match self.resolve(value).map(|node| &node.content) {
            Some(Content::List(items)) => items.clone(),
            _ => vec![value],
        }
    }
}
