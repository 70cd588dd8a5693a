//! Cases of what stands behind `oneOf`, `anyOf` and `not`.

use super::{Enumerator, Fault, Variant, fault};
use crate::document::{Alternatives, Conjunction};
use crate::strategy::StrategyError;

impl<'d> Enumerator<'d> {
    /// Each branch's variants, as far as the whole lets them pass: what fits two branches of a `oneOf` is no variant.
    pub(super) fn union_variants(
        &mut self,
        schema: &Conjunction<'d>,
        alternatives: &Alternatives<'d>,
        depth: usize,
    ) -> Result<Vec<Variant>, StrategyError> {
        let mut found = Vec::new();
        for (index, branch) in alternatives.branches.iter().enumerate() {
            let chosen = schema.choose(self.document, alternatives, branch.clone())?;
            let variants = match self.variants(&chosen, depth + 1) {
                Err(StrategyError::Unsatisfiable { .. } | StrategyError::Endless { .. }) => continue,
                other => other?,
            };
            for variant in variants {
                if self.conforms(schema, &variant.value)? {
                    found.push(Variant {
                        label: format!("{} {index}: {}", alternatives.keyword, variant.label),
                        ..variant
                    });
                }
            }
        }
        Ok(found)
    }

    /// A fault within a branch shows as a fault of the whole union, at the union's place. Each branch's faults are tried;
    /// those which another branch accepts are none.
    pub(super) fn union_faults(
        &mut self,
        schema: &Conjunction<'d>,
        alternatives: &Alternatives<'d>,
        depth: usize,
    ) -> Result<Vec<Fault>, StrategyError> {
        let mut found = Vec::new();
        for branch in &alternatives.branches {
            let chosen = schema.choose(self.document, alternatives, branch.clone())?;
            let faults = match self.faults(&chosen, depth + 1) {
                Err(StrategyError::Unsatisfiable { .. } | StrategyError::Endless { .. }) => continue,
                other => other?,
            };
            for inner in faults {
                if !self.conforms(schema, &inner.value)? {
                    found.push(fault(alternatives.keyword, inner.label, inner.value));
                }
            }
        }
        Ok(found)
    }

    /// What `not` names, joined to the rest.
    pub(super) fn refused_faults(&mut self, schema: &Conjunction<'d>) -> Result<Vec<Fault>, StrategyError> {
        let mut found = Vec::new();
        for refused in schema.refused() {
            let named = Conjunction::of(self.document, refused)?;
            let values = match self.variants(&named, 1) {
                Err(StrategyError::Unsatisfiable { .. } | StrategyError::Endless { .. }) => continue,
                other => other?,
            };
            found.extend(values.into_iter().map(|variant| fault("not", variant.label, variant.value)));
        }
        Ok(found)
    }
}
