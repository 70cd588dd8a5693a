//! `if`, `then` and `else`, and `dependentSchemas`, which is such a condition on a property: what holds of a value of which
//! something else holds.

use super::{Inner, Keyword};
use crate::cases::{Enumerator, Fault, Variant};
use crate::document::{Conjunction, Located, Pointer};
use crate::mutate::{self, Direction, Edits, Operator, Places};
use crate::strategy::{Built, Strategies, StrategyError, any_of};

pub(super) const KEYWORD: Keyword = Keyword {
    names: &["if", "then", "else", "dependentSchemas"],
    inner: &[("if", Inner::One), ("then", Inner::One), ("else", Inner::One), ("dependentSchemas", Inner::Map)],
    is_later: true,
    claims: |schema| condition(schema).is_some(),
    variants: Some(variants),
    faults: Some(faults),
    source: Some(values),
    operators: &[Operator {
        name: "condition",
        about: "Drops then, else or an entry of dependentSchemas, or has then and else change places.",
        apply,
    }],
    ..Keyword::NONE
};

/// A condition, and what holds beside the rest where it is met and where it isn't.
struct Condition<'d> {
    pointer: Pointer,
    met: Vec<Located<'d>>,
    otherwise: Vec<Located<'d>>,
}

/// The first condition of which no way was chosen yet.
fn condition<'d>(schema: &Conjunction<'d>) -> Option<Condition<'d>> {
    for part in &schema.parts {
        if let Some(condition) = part.get("if").filter(|condition| !schema.has_settled(&condition.pointer)) {
            let met = [Some(condition.clone()), part.get("then")].into_iter().flatten().collect();
            let otherwise = part.get("else").into_iter().collect();
            return Some(Condition { pointer: condition.pointer, met, otherwise });
        }
        let mut dependent = part.members("dependentSchemas").into_iter();
        if let Some(open) = dependent.find(|dependent| !schema.has_settled(&dependent.pointer)) {
            return Some(Condition { pointer: open.pointer.clone(), met: vec![open], otherwise: Vec::new() });
        }
    }
    None
}

/// The schema in each way that its first condition leaves open.
fn ways<'d>(strategies: &Strategies<'d>, schema: &Conjunction<'d>) -> Result<Vec<Conjunction<'d>>, StrategyError> {
    let Some(condition) = condition(schema) else { return Ok(Vec::new()) };
    let way = |more: Vec<Located<'d>>| schema.settle(strategies.document, &condition.pointer, more);
    Ok(vec![way(condition.met)?, way(condition.otherwise)?])
}

fn values<'d>(
    strategies: &mut Strategies<'d>,
    schema: &Conjunction<'d>,
    depth: usize,
) -> Result<Option<Built>, StrategyError> {
    let mut choices = Vec::new();
    for way in ways(strategies, schema)? {
        choices.extend(strategies.unless_left_out(|one| one.value(&way, depth + 1))?);
    }
    Ok((!choices.is_empty()).then(|| Built::Unsure(any_of(choices))))
}

fn variants<'d>(
    enumerator: &mut Enumerator<'d>,
    schema: &Conjunction<'d>,
    depth: usize,
) -> Result<Vec<Variant>, StrategyError> {
    let mut found = Vec::new();
    for way in ways(&enumerator.strategies, schema)? {
        for variant in enumerator.unless_left_out(|one| one.variants(&way, depth + 1))?.unwrap_or_default() {
            if enumerator.conforms(schema, &variant.value)? {
                found.push(variant);
            }
        }
    }
    Ok(found)
}

/// What breaks what holds in one way, and is no value of the other way.
fn faults<'d>(
    enumerator: &mut Enumerator<'d>,
    schema: &Conjunction<'d>,
    depth: usize,
) -> Result<Vec<Fault>, StrategyError> {
    let mut found = Vec::new();
    for way in ways(&enumerator.strategies, schema)? {
        for fault in enumerator.unless_left_out(|one| one.faults(&way, depth + 1))?.unwrap_or_default() {
            if !enumerator.conforms(schema, &fault.value)? {
                found.push(fault);
            }
        }
    }
    Ok(found)
}

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.later(mutate::Kind::Schema) {
        if spot.object.contains_key("if") {
            edits.drop(spot, "then", Direction::Loosening, spot.observer);
            edits.drop(spot, "else", Direction::Loosening, spot.observer);
            edits.change(spot, "then and else exchanged", Direction::Neither, spot.observer, |object| {
                let parts = [object.shift_remove("then"), object.shift_remove("else")];
                object.extend(
                    ["else", "then"].into_iter().zip(parts).filter_map(|(name, part)| Some((name.to_owned(), part?))),
                );
                Some(())
            });
        }
        edits.entries(spot, "dependentSchemas");
    }
}
