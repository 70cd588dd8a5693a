//! Matching in linear time, by an automaton.

use std::sync::{Mutex, PoisonError};

use regex_automata::nfa::thompson::pikevm::{Cache, PikeVM};
use regex_automata::nfa::thompson::{Compiler, Config, WhichCaptures};
use regex_syntax::hir::{Class, Hir, Look, Repetition};

use super::syntax::{Fault, Node, Syntax};

/// The greatest automaton, in bytes: some ten thousand characters' worth.
const LARGEST: usize = 10 * 1024 * 1024;

/// An automaton, and what one match needs of memory, for the next one.
#[derive(Debug)]
pub(super) struct Automaton {
    automaton: PikeVM,
    cache: Mutex<Option<Cache>>,
}

impl Automaton {
    pub(super) fn new(syntax: &Syntax) -> Result<Self, Fault> {
        let config = Config::new().which_captures(WhichCaptures::None).nfa_size_limit(Some(LARGEST));
        let automaton = Compiler::new().configure(config).build_from_hir(&expression(&syntax.root)).ok();
        let automaton = automaton.and_then(|automaton| PikeVM::new_from_nfa(automaton).ok());
        let automaton = automaton.ok_or(Fault::Large)?;
        Ok(Self { automaton, cache: Mutex::default() })
    }

    pub(super) fn is_match(&self, text: &str) -> bool {
        let kept = || self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        let cache = kept().take();
        let mut cache = cache.unwrap_or_else(|| self.automaton.create_cache());
        let is_match = self.automaton.is_match(&mut cache, text);
        *kept() = Some(cache);
        is_match
    }
}

fn expression(node: &Node) -> Hir {
    match node {
        Node::Set(set) => Hir::class(Class::Unicode(set.clone())),
        Node::Start => Hir::look(Look::Start),
        Node::End => Hir::look(Look::End),
        Node::Boundary { negated: false } => Hir::look(Look::WordAscii),
        Node::Boundary { negated: true } => Hir::look(Look::WordAsciiNegate),
        Node::Sequence(nodes) => Hir::concat(nodes.iter().map(expression).collect()),
        Node::Alternatives(nodes) => Hir::alternation(nodes.iter().map(expression).collect()),
        Node::Repeat { node, min, max, .. } => {
            Hir::repetition(Repetition { min: *min, max: *max, greedy: true, sub: Box::new(expression(node)) })
        }
        Node::Group(_, node) => expression(node),
        // `Syntax::is_regular` keeps these away.
        Node::Look { .. } | Node::Back(_) => Hir::fail(),
    }
}
