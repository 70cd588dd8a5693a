//! Sources of what `oneOf` and `anyOf` allow.

use std::sync::Arc;

use proptest::prelude::RngExt;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use super::source::{Source, any_of, source};
use super::{Strategies, StrategyError};
use crate::document::{Alternatives, Conjunction};
use crate::oracle::Validator;

impl<'d> Strategies<'d> {
    /// One branch is chosen and joined to the rest; the compiled schema then refuses what fits `oneOf` twice and cannot be
    /// told apart.
    pub(super) fn union(
        &mut self,
        schema: &Conjunction<'d>,
        alternatives: &Alternatives<'d>,
        depth: usize,
    ) -> Result<Source, StrategyError> {
        let mut choices = Vec::new();
        let mut last = None;
        for branch in &alternatives.branches {
            let chosen = schema.choose(self.document, alternatives, branch.clone())?;
            match self.value(&chosen, depth) {
                Ok(values) if alternatives.keyword == "oneOf" => {
                    let others = self.others(alternatives, &chosen)?;
                    choices.push(told_apart(values, others, self.validators(schema)?));
                }
                Ok(values) => choices.push(values),
                // A branch that needs more depth than is left is no loss as long as another one ends.
                Err(error @ StrategyError::Endless { .. }) => last = Some(error),
                Err(error @ StrategyError::Unsatisfiable { .. }) => {
                    self.dead.insert(branch.pointer.clone());
                    last = Some(error);
                }
                Err(other) => return Err(other),
            }
        }
        if choices.is_empty() {
            return Err(last.unwrap_or_else(|| StrategyError::Unsatisfiable {
                pointer: alternatives.pointer.clone(),
                reason: "there is nothing to choose from".into(),
            }));
        }
        self.confirmed(schema, any_of(choices))
    }

    /// The branches beside the chosen one, each with the properties that only it declares.
    fn others(
        &mut self,
        alternatives: &Alternatives<'d>,
        chosen: &Conjunction<'d>,
    ) -> Result<Vec<Other>, StrategyError> {
        let declared = chosen.properties();
        let mut others = Vec::new();
        for branch in &alternatives.branches {
            let names = Conjunction::of(self.document, branch.clone())?.properties();
            let names: Vec<String> =
                names.into_iter().filter(|name| !declared.contains(name)).map(str::to_owned).collect();
            if !names.is_empty() {
                others.push(Other { names, validator: self.validator(branch)? });
            }
        }
        Ok(others)
    }
}

/// A branch that a value must not fit.
struct Other {
    names: Vec<String>,
    validator: Arc<Validator>,
}

/// Objects of branches that differ in optional properties alone fit them all. For each other branch, one of its properties
/// is put in with a value that it cannot have there, so that only the chosen branch is left.
fn told_apart(values: Source, others: Vec<Other>, validators: Vec<Arc<Validator>>) -> Source {
    if others.is_empty() {
        return values;
    }
    source(move |runner| {
        let mut value = values(runner)?;
        if value.is_object() && !validators.iter().all(|one| one.accepts(&value)) {
            for other in &others {
                other.excluded(&mut value, runner);
            }
        }
        Ok(value)
    })
}

impl Other {
    /// Changes an object so that this branch refuses it, where one property can do that.
    fn excluded(&self, value: &mut Value, runner: &mut TestRunner) {
        if !self.validator.accepts(value) {
            return;
        }
        let start = runner.rng().random_range(0..self.names.len());
        for name in self.names.iter().cycle().skip(start).take(self.names.len()) {
            for foreign in [json!(7.5), json!("text"), json!(true), json!({}), json!([]), json!(null)] {
                let Value::Object(map) = value else { return };
                let before = map.insert(name.clone(), foreign);
                if !self.validator.accepts(value) {
                    return;
                }
                let Value::Object(map) = value else { return };
                match before {
                    Some(before) => drop(map.insert(name.clone(), before)),
                    None => drop(map.shift_remove(name)),
                }
            }
        }
    }
}
