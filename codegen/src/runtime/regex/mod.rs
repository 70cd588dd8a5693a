//! Regular expressions of ECMA-262, none of which takes longer than a string's length warrants.
//!
//! Most are matched by an automaton, in time that is linear in the string. Those with a look-around or a backreference, which
//! no automaton knows, are matched by backtracking within a number of steps.

mod bounded;
mod linear;
mod program;
mod syntax;

pub(crate) use syntax::Fault;

/// A compiled regular expression.
#[derive(Debug)]
pub(crate) struct Regex(Engine);

#[derive(Debug)]
enum Engine {
    Linear(Box<linear::Automaton>),
    Bounded(bounded::Backtracker),
}

impl Regex {
    /// Compiles a pattern as it is read with the flag `u`; what is an error only with that flag is read as without it.
    pub(crate) fn new(pattern: &str) -> Result<Self, Fault> {
        let syntax = syntax::parse(pattern)?;
        Ok(Self(match syntax.is_regular() {
            true => Engine::Linear(Box::new(linear::Automaton::new(&syntax)?)),
            false => Engine::Bounded(bounded::Backtracker::new(&syntax)?),
        }))
    }

    /// Whether the expression matches somewhere in a string; nothing where that takes too many steps to find out.
    pub(crate) fn is_match(&self, text: &str) -> Option<bool> {
        match &self.0 {
            Engine::Linear(automaton) => Some(automaton.is_match(text)),
            Engine::Bounded(backtracker) => backtracker.is_match(text),
        }
    }
}
