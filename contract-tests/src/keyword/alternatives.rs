//! `oneOf` and `anyOf`: one branch is chosen and joined to the rest.

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::RngExt;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use super::kind::of_each_type;
use super::{Inner, Keyword};
use crate::cases::{Enumerator, Fault, Variant, fault_at, few_faults, few_variants, is_component, variant};
use crate::document::{Alternatives, Conjunction, Located, Pointer};
use crate::mutate::{Direction, Edits, Kind, Operator, Places, rename};
use crate::oracle::{Validator, Violation};
use crate::strategy::{Built, Source, Strategies, StrategyError, any_of, source};

pub(super) const KEYWORD: Keyword = Keyword {
    names: &["oneOf", "anyOf"],
    inner: &[("oneOf", Inner::List), ("anyOf", Inner::List)],
    claims: |schema| !schema.alternatives().is_empty(),
    variants: Some(variants),
    faults: Some(faults),
    source: Some(branches),
    operators: &[Operator {
        name: "alternatives",
        about: "Drops a branch of oneOf or anyOf, swaps one for the other, or demands one of two properties.",
        apply,
    }],
    ..Keyword::NONE
};

/// Each branch's variants, as far as the whole lets them pass: what fits two branches of a `oneOf` is no variant.
fn variants<'d>(
    enumerator: &mut Enumerator<'d>,
    schema: &Conjunction<'d>,
    depth: usize,
) -> Result<Vec<Variant>, StrategyError> {
    let Some(alternatives) = schema.alternatives().into_iter().next() else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    if schema.takes_null() {
        found.push(variant("null".into(), Value::Null));
    }
    for (index, branch) in alternatives.branches.iter().enumerate() {
        let chosen = schema.choose(enumerator.document, &alternatives, branch.clone())?;
        let all = enumerator.unless_left_out(|one| one.variants(&chosen, depth + 1))?.unwrap_or_default();
        for variant in if has_own_cases(schema, branch) { few_variants(all) } else { all } {
            if enumerator.conforms(schema, &variant.value)? {
                let label = format!("{} {index}: {}", alternatives.keyword, variant.label);
                found.push(Variant { label, ..variant });
            }
        }
    }
    Ok(found)
}

/// Whether a branch refers to a component, beside which there is no more than its tag, and nothing beside the alternatives.
fn has_own_cases(schema: &Conjunction<'_>, branch: &Located<'_>) -> bool {
    let target = branch.value.get("$ref").or_else(|| branch.value.pointer("/allOf/0/$ref"));
    let is_beside = schema.parts.iter().skip(1).any(|part| part.object.contains_key("properties"));
    let target = target.and_then(Value::as_str).and_then(Pointer::from_reference);
    !is_beside && target.is_some_and(|target| is_component(&target))
}

/// A count beyond this is not reached for.
const LONGEST: usize = 100;

/// A fault within a branch shows as a fault of the whole union, at the union's place. Each branch's faults are tried;
/// those which another branch accepts are none.
fn faults<'d>(
    enumerator: &mut Enumerator<'d>,
    schema: &Conjunction<'d>,
    depth: usize,
) -> Result<Vec<Fault>, StrategyError> {
    let Some(alternatives) = schema.alternatives().into_iter().next() else { return Ok(Vec::new()) };
    let mut candidates: Vec<(String, Value)> = Vec::new();
    for branch in &alternatives.branches {
        let chosen = schema.choose(enumerator.document, &alternatives, branch.clone())?;
        let all = enumerator.unless_left_out(|one| one.faults(&chosen, depth + 1))?.unwrap_or_default();
        let all = if has_own_cases(schema, branch) { few_faults(all) } else { all };
        candidates.extend(all.into_iter().map(|inner| (inner.label, inner.value)));
    }
    candidates.extend(of_each_type().into_iter().map(|(name, value)| (format!("{name} instead"), value)));
    let listed = of_each_type().map(|(name, value)| (format!("a list of {name}"), Value::from(vec![value])));
    candidates.extend(listed);
    candidates.extend(without_demanded(enumerator, schema, &alternatives, depth)?);
    let longest = longest(enumerator, &alternatives)?;
    let mut found = Vec::new();
    for (label, mut value) in candidates {
        // What one alternative refuses of a list may be what another takes, as long as it is short.
        if let Value::Array(items) = &value
            && !items.is_empty()
            && items.len() <= longest
            && enumerator.conforms(schema, &value)?
        {
            value = items.iter().cycle().take(longest + 1).cloned().collect();
        }
        let validators = enumerator.strategies.validators(schema)?;
        let violations: BTreeSet<Violation> = validators.iter().flat_map(|one| one.violations(&value)).collect();
        let Some(first) = violations.first() else { continue };
        // Alternatives are blamed as a whole, and what is said beside them for itself.
        let blamed = if violations.len() == 1 { first.keyword.as_str() } else { alternatives.blamed };
        let place = if violations.len() == 1 { first.pointer.clone() } else { Pointer::root() };
        found.push(fault_at(place, blamed, label, value));
    }
    Ok(found)
}

/// The greatest of the counts to which the alternatives limit their lists.
fn longest<'d>(enumerator: &Enumerator<'d>, alternatives: &Alternatives<'d>) -> Result<usize, StrategyError> {
    let mut longest = 1;
    for branch in &alternatives.branches {
        let (_, most) = Conjunction::of(enumerator.document, branch.clone())?.counts("minItems", "maxItems");
        longest = if most <= LONGEST { longest.max(most) } else { longest };
    }
    Ok(longest)
}

/// An object without any of the properties that a branch demands: what lacks those of one branch alone may conform to another.
fn without_demanded<'d>(
    enumerator: &mut Enumerator<'d>,
    schema: &Conjunction<'d>,
    alternatives: &Alternatives<'d>,
    depth: usize,
) -> Result<Option<(String, Value)>, StrategyError> {
    let mut members = enumerator.base(schema, depth)?;
    let all = members.len();
    for branch in &alternatives.branches {
        for name in Conjunction::of(enumerator.document, branch.clone())?.required() {
            members.shift_remove(name);
        }
    }
    let value = Value::Object(members);
    let is_less = value.as_object().is_some_and(|members| members.len() < all);
    let label = "none of what the alternatives demand".to_owned();
    Ok(is_less.then_some((label, value)))
}

/// The compiled schema refuses what fits `oneOf` twice and cannot be told apart. A branch that leaves nothing is left out.
fn branches<'d>(
    strategies: &mut Strategies<'d>,
    schema: &Conjunction<'d>,
    depth: usize,
) -> Result<Option<Built>, StrategyError> {
    let Some(alternatives) = schema.alternatives().into_iter().next() else { return Ok(None) };
    let mut choices = Vec::new();
    let mut last = None;
    for branch in &alternatives.branches {
        let chosen = schema.choose(strategies.document, &alternatives, branch.clone())?;
        let values = match strategies.value(&chosen, depth) {
            Ok(values) if alternatives.keyword == "oneOf" => {
                let others = others(strategies, &alternatives, &chosen)?;
                let whole = strategies.validators(schema)?;
                strategies.confirmed(schema, told_apart(values, others, whole))
            }
            Ok(values) => strategies.confirmed(schema, values),
            other => other,
        };
        match values {
            Ok(values) => choices.push(values),
            // A branch that needs more depth than is left is no loss as long as another one ends.
            Err(error @ StrategyError::Endless { .. }) => last = Some(error),
            Err(error @ StrategyError::Unsatisfiable { .. }) => {
                strategies.note_dead(branch.pointer.clone());
                last = Some(error);
            }
            Err(error) => {
                last = error.local();
                strategies.leave_out(error)?;
            }
        }
    }
    if choices.is_empty() {
        return Err(last.unwrap_or_else(|| StrategyError::Unsatisfiable {
            pointer: alternatives.pointer.clone(),
            reason: "there is nothing to choose from".into(),
        }));
    }
    Ok(Some(Built::Whole(any_of(choices))))
}

/// The branches beside the chosen one, each with the properties that only it declares.
fn others<'d>(
    strategies: &mut Strategies<'d>,
    alternatives: &Alternatives<'d>,
    chosen: &Conjunction<'d>,
) -> Result<Vec<Other>, StrategyError> {
    let declared = chosen.properties();
    let mut others = Vec::new();
    for branch in &alternatives.branches {
        let names = Conjunction::of(strategies.document, branch.clone())?.properties();
        let names: Vec<String> = names.into_iter().filter(|name| !declared.contains(name)).map(str::to_owned).collect();
        if !names.is_empty() {
            others.push(Other { names, validator: strategies.validator(branch)? });
        }
    }
    Ok(others)
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
    let weight = values.weight;
    let apart = source(move |runner| {
        let mut value = values.draw(runner)?;
        if value.is_object() && !validators.iter().all(|one| one.accepts(&value)) {
            for other in &others {
                other.excluded(&mut value, runner);
            }
        }
        Ok(value)
    });
    apart.weighing(weight)
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

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.all(Kind::Schema) {
        for (key, other, dropped, swapped) in [
            ("oneOf", "anyOf", Direction::Neither, Direction::Loosening),
            ("anyOf", "oneOf", Direction::Tightening, Direction::Tightening),
        ] {
            let members = spot.list(key);
            // A composition of nothing is no schema.
            if members.len() < 2 {
                continue;
            }
            for index in 0..members.len() {
                edits.change(spot, format!("{key}/{index} dropped"), dropped, spot.observer, |object| {
                    object.get_mut(key).and_then(Value::as_array_mut).map(|list| drop(list.remove(index)))
                });
            }
            edits.change(spot, format!("{key} became {other}"), swapped, spot.observer, |object| {
                rename(object, key, other)
            });
        }
    }
    // At least one of two properties that may both be absent.
    for spot in places.typed(&["object"]).filter(|spot| !spot.object.contains_key("anyOf")) {
        let required = spot.list("required");
        let names = spot.map("properties").into_iter().flat_map(|map| map.keys());
        let optional: Vec<&String> =
            names.filter(|name| !required.iter().any(|known| known == name.as_str())).collect();
        if let [one, other, ..] = optional[..] {
            let either = json!([{ "required": [one] }, { "required": [other] }]);
            edits.set(spot, "anyOf", either, Direction::Tightening, spot.observer);
        }
    }
}
