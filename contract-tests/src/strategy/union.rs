//! Strategies of what `oneOf` and `anyOf` allow.

use proptest::prelude::*;
use proptest::strategy::Union;

use super::{Payloads, Strategies, StrategyError};
use crate::document::{Alternatives, Conjunction};

impl<'d> Strategies<'d> {
    /// One branch is chosen and joined to the rest; the compiled schema then refuses what fits `oneOf` twice.
    pub(super) fn union(
        &mut self,
        schema: &Conjunction<'d>,
        alternatives: &Alternatives<'d>,
        depth: usize,
    ) -> Result<Payloads, StrategyError> {
        let mut choices = Vec::new();
        let mut last = None;
        for branch in &alternatives.branches {
            let chosen = schema.choose(self.document, alternatives, branch.clone())?;
            match self.value(&chosen, depth) {
                Ok(payloads) => choices.push(payloads),
                // A branch that needs more depth than is left is no loss as long as another one ends.
                Err(error @ StrategyError::Endless { .. }) => last = Some(error),
                Err(error @ StrategyError::Unsatisfiable { .. }) => {
                    self.dead.push(branch.pointer.clone());
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
        self.filtered(schema, Union::new(choices).boxed())
    }
}
