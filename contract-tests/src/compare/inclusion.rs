//! Whether every value that one schema allows is allowed by another: with a proof, with a counterexample, or undecided.
//!
//! The question is whether any value meets the one and not the other. Both schemas become formulas, and a value is looked
//! for that meets the one and the negation of the other. That there is none is only said where the search shows it; a value
//! is only a counterexample once validators that took no part in the search have accepted and refused it.

mod array;
mod compile;
mod dialect;
mod evaluate;
mod formula;
mod language;
mod number;
mod object;
mod project;
mod references;
mod search;
mod smaller;
mod string;

use std::cell::RefCell;
use std::collections::HashMap;

use serde_json::{Value, json};

use crate::oracle::Validator;

pub use dialect::Dialect;

use compile::Compiler;
use formula::{Atom, Constant, Id, Kind};
use references::{References, Target};
use search::{Found, Search};

/// How many values of one kind are tried where the validators see no difference.
const ATTEMPTS: usize = 6;

/// The stack of the search, which follows schemas as deep as they are within each other.
const STACK: usize = 512 * 1024 * 1024;

/// Whether every value of one schema is a value of another.
#[derive(Debug, Clone, PartialEq)]
pub enum Inclusion {
    /// Every one is: this was proved.
    Included,
    /// This one is not: validators have accepted it by the one schema and refused it by the other.
    Counterexample(Value),
    /// It was neither proved nor refuted, for this reason.
    Undecided(String),
}

/// Whether every value of one JSON Schema is a value of another of the same version.
pub fn inclusion(dialect: Dialect, left: &Value, right: &Value) -> Inclusion {
    for schema in [left, right] {
        // Which keywords mean anything is up to another metaschema.
        if let Some(other) = schema.get("$schema").and_then(Value::as_str).filter(|name| Dialect::named(name).is_none())
        {
            return Inclusion::Undecided(format!("`$schema` is {other}, which is no version of JSON Schema"));
        }
    }
    let validators = [left, right].map(|schema| Validator::json_schema(dialect, schema));
    let [left_validator, right_validator] = match validators {
        [Ok(left), Ok(right)] => [left, right],
        [Err(error), _] | [_, Err(error)] => {
            return Inclusion::Undecided(format!("a schema does not compile: {error}"));
        }
    };
    let confirms = |value: &Value| left_validator.accepts(value) && !right_validator.accepts(value);
    on_large_stack(|| {
        let mut schemas = Schemas::new(dialect, left.clone(), right.clone(), false);
        let (left, right) = (schemas.compiled(Side::Left, "", left), schemas.compiled(Side::Right, "", right));
        schemas.inclusion(left, right, &confirms)
    })
}

/// Runs what follows schemas into each other where there is room for it.
pub(crate) fn on_large_stack<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        match thread.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(done)) => done,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(error) => std::panic::resume_unwind(Box::new(error.to_string())),
        }
    })
}

/// One of the two sides of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// What the first document says.
    Left,
    /// What the second one says.
    Right,
}

/// A schema as the search knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Compiled(Id);

/// The schemas of two documents, to be compared with each other in many pairs.
pub struct Schemas {
    references: References,
    search: Search,
    compiled: HashMap<u128, Id>,
    declares: bool,
}

impl Schemas {
    /// The schemas that are referred to in two documents. Where senders use no names before they are declared, members that
    /// only the other side declares are none that a value has.
    pub fn new(dialect: Dialect, left: Value, right: Value, declares: bool) -> Self {
        let references = References::new(dialect, vec![left, right]);
        Self { references, search: Search::new(dialect, formats(dialect)), compiled: HashMap::new(), declares }
    }

    /// A schema of one side, which stands at a place of its document.
    pub fn compiled(&mut self, side: Side, pointer: &str, schema: &Value) -> Compiled {
        let place = Target { resource: side as usize, pointer: pointer.to_owned() };
        let signature = self.references.signature(&place, schema);
        if let Some(whole) = self.references.dynamic(side as usize) {
            // In such a document, the same schema means one thing or another: it is known to be the same as itself alone.
            let name = format!("{whole:x} {pointer} {signature:x}");
            return Compiled(self.search.formulas.atom(Atom::Opaque(name)));
        }
        let formats = &self.search.formats;
        if let Some(known) = self.compiled.get(&signature) {
            return Compiled(*known);
        }
        let asserts = |format: &str| ["", " ", "{ [", "\u{0}", "a", "%"].iter().any(|probe| !formats(format, probe));
        let mut compiler = Compiler::new(&mut self.search.formulas, &self.references, self.declares, &asserts);
        let id = compiler.target_or(&place, schema);
        self.compiled.insert(signature, id);
        Compiled(id)
    }

    /// Whether every value of one schema is one of another. What is found is only said where it is confirmed.
    pub fn inclusion(&mut self, left: Compiled, right: Compiled, confirms: &dyn Fn(&Value) -> bool) -> Inclusion {
        if left == right {
            return Inclusion::Included;
        }
        let refused = self.search.formulas.not(right.0);
        let goal = self.search.formulas.and([left.0, refused]);
        self.search.begin();
        match self.search.value(goal) {
            Found::None => Inclusion::Included,
            Found::Some { value, .. } if confirms(&value) => {
                Inclusion::Counterexample(smaller::smallest(value, confirms))
            }
            Found::Some { value, sure } => match self.another(goal, confirms) {
                Some(other) => Inclusion::Counterexample(other),
                None if sure => {
                    Inclusion::Undecided(format!("the validators do not see the difference that {value} should show"))
                }
                None => {
                    Inclusion::Undecided("it rests on a keyword or a pattern that is not understood in full".into())
                }
            },
            Found::Unknown(reason) => Inclusion::Undecided(reason),
        }
    }

    /// A value of another kind, or another of the same kind, that is confirmed where the first one was not: as text, one
    /// number is a list of one, and two are none.
    fn another(&mut self, goal: Id, confirms: &dyn Fn(&Value) -> bool) -> Option<Value> {
        for kind in Kind::ALL {
            let of_kind = self.search.formulas.atom(Atom::Kinds(kind.bit()));
            let mut goal = self.search.formulas.and([goal, of_kind]);
            for _ in 0..ATTEMPTS {
                self.search.begin();
                let Found::Some { value, .. } = self.search.value(goal) else { break };
                if confirms(&value) {
                    return Some(smaller::smallest(value, confirms));
                }
                let tried = self.search.formulas.atom(Atom::Const(Constant::new(&value)));
                let others = self.search.formulas.not(tried);
                goal = self.search.formulas.and([goal, others]);
            }
        }
        None
    }
}

/// The test of formats, as the validator of a dialect has them.
fn formats(dialect: Dialect) -> search::Formats {
    let known: RefCell<HashMap<String, Option<Validator>>> = RefCell::default();
    Box::new(move |format, text| {
        let mut known = known.borrow_mut();
        let validator = known
            .entry(format.to_owned())
            .or_insert_with(|| Validator::json_schema(dialect, &json!({ "type": "string", "format": format })).ok());
        validator.as_ref().is_none_or(|validator| validator.accepts(&Value::from(text)))
    })
}
