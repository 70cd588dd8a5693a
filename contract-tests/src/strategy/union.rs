//! Sources of what `oneOf` and `anyOf` allow.

use std::sync::Arc;

use proptest::prelude::RngExt;
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
                    let others = self.names_beside(alternatives, &chosen)?;
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

    /// The properties that other branches declare and the chosen one doesn't.
    fn names_beside(
        &self,
        alternatives: &Alternatives<'d>,
        chosen: &Conjunction<'d>,
    ) -> Result<Vec<String>, StrategyError> {
        let declared = chosen.properties();
        let mut names: Vec<String> = Vec::new();
        for branch in &alternatives.branches {
            for name in Conjunction::of(self.document, branch.clone())?.properties() {
                if !declared.contains(&name) && !names.iter().any(|known| known == name) {
                    names.push(name.to_owned());
                }
            }
        }
        Ok(names)
    }
}

/// Objects of branches that differ in optional properties alone fit them all. A property of another branch is put in with a
/// value that it cannot have there, so that only the chosen branch is left.
fn told_apart(values: Source, names: Vec<String>, validators: Vec<Arc<Validator>>) -> Source {
    if names.is_empty() {
        return values;
    }
    let foreign = [json!(7.5), json!("text"), json!(true), json!({}), json!([]), json!(null)];
    source(move |runner| {
        let mut value = values(runner)?;
        if !value.is_object() || validators.iter().all(|one| one.accepts(&value)) {
            return Ok(value);
        }
        let start = runner.rng().random_range(0..names.len());
        for name in names.iter().cycle().skip(start).take(names.len()) {
            for other in &foreign {
                let Value::Object(map) = &mut value else { break };
                let before = map.insert(name.clone(), other.clone());
                if validators.iter().all(|one| one.accepts(&value)) {
                    return Ok(value);
                }
                if let Value::Object(map) = &mut value {
                    match before {
                        Some(before) => drop(map.insert(name.clone(), before)),
                        None => drop(map.shift_remove(name)),
                    }
                }
            }
        }
        Ok(value)
    })
}
