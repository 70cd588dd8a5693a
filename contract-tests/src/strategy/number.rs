//! Sources of numbers.

use proptest::prelude::RngExt;
use serde_json::{Number, Value};

use super::source::{Source, source};
use super::{StrategyError, unsatisfiable};
use crate::document::Conjunction;

/// The smallest and the largest number that a schema allows, and whether the bound itself is allowed.
#[derive(Debug, Clone, Copy)]
pub struct Range {
    /// The lower bound.
    pub least: Option<(f64, bool)>,
    /// The upper bound.
    pub most: Option<(f64, bool)>,
}

/// The range that `minimum`, `maximum` and their `exclusive` companions give together.
pub fn range(schema: &Conjunction<'_>) -> Range {
    let mut range = Range { least: None, most: None };
    for part in &schema.parts {
        let bound = |keyword: &str| part.object.get(keyword).and_then(Value::as_f64);
        let open = |keyword: &str| part.object.get(keyword) == Some(&Value::Bool(true));
        if let Some(bound) = bound("minimum") {
            let allowed = !open("exclusiveMinimum");
            if range.least.is_none_or(|(known, _)| bound > known || (bound == known && !allowed)) {
                range.least = Some((bound, allowed));
            }
        }
        if let Some(bound) = bound("maximum") {
            let allowed = !open("exclusiveMaximum");
            if range.most.is_none_or(|(known, _)| bound < known || (bound == known && !allowed)) {
                range.most = Some((bound, allowed));
            }
        }
    }
    range
}

/// The smallest and the largest integer that a schema allows, its format included.
pub fn integer_range(schema: &Conjunction<'_>) -> (i64, i64) {
    let narrow = schema.all("format").iter().any(|format| format.value == "int32");
    let (mut least, mut most) = if narrow { (i32::MIN.into(), i32::MAX.into()) } else { (i64::MIN, i64::MAX) };
    for part in &schema.parts {
        let open = |keyword: &str| part.object.get(keyword) == Some(&Value::Bool(true));
        if let Some(bound) = part.object.get("minimum") {
            // Beyond 2^53 a float no longer holds every integer, so integers are read as integers.
            let bound = bound.as_i64().unwrap_or_else(|| bound.as_f64().map_or(least, |bound| bound.ceil() as i64));
            least = least.max(if open("exclusiveMinimum") && exact(part.object.get("minimum"), bound) {
                bound.saturating_add(1)
            } else {
                bound
            });
        }
        if let Some(bound) = part.object.get("maximum") {
            let bound = bound.as_i64().unwrap_or_else(|| bound.as_f64().map_or(most, |bound| bound.floor() as i64));
            most = most.min(if open("exclusiveMaximum") && exact(part.object.get("maximum"), bound) {
                bound.saturating_sub(1)
            } else {
                bound
            });
        }
    }
    (least, most)
}

/// Whether the compiled schema must confirm a number: steps that aren't whole are subject to rounding.
pub(super) fn unsure(schema: &Conjunction<'_>) -> bool {
    let steps = schema.all("multipleOf");
    steps.len() > 1 || steps.iter().any(|step| step.value.as_i64().is_none())
}

pub(super) fn integers(schema: &Conjunction<'_>) -> Result<Source, StrategyError> {
    let (least, most) = integer_range(schema);
    let step = schema.all("multipleOf").iter().filter_map(|step| step.value.as_i64()).max().unwrap_or(1).max(1);
    let (first, last) = (least.div_euclid(step) + i64::from(least.rem_euclid(step) != 0), most.div_euclid(step));
    if first > last {
        return Err(unsatisfiable(schema, "no integer lies within its bounds"));
    }
    let near = if first <= 0 && last >= 0 { 0.clamp(first, last) } else { first };
    let small = near.saturating_sub(1000).max(first)..=near.saturating_add(1000).min(last);
    let edges = [first, last, near];
    Ok(source(move |runner| {
        let rng = runner.rng();
        let factor = match rng.random_range(0..6) {
            0 | 1 => rng.random_range(first..=last),
            2..=4 => rng.random_range(small.clone()),
            _ => edges[rng.random_range(0..edges.len())],
        };
        Ok(Value::from(factor * step))
    }))
}

pub(super) fn numbers(schema: &Conjunction<'_>) -> Result<Source, StrategyError> {
    let range = range(schema);
    let float = schema.all("format").iter().any(|format| format.value == "float");
    let (widest, shift) = if float { (1.0e30, 1.0e-3) } else { (1.0e300, 1.0e-9) };
    let (least, most) =
        (range.least.map_or(-widest, |(bound, _)| bound), range.most.map_or(widest, |(bound, _)| bound));
    let empty =
        least > most || (least == most && [range.least, range.most].iter().flatten().any(|(_, allowed)| !allowed));
    if empty {
        return Err(unsatisfiable(schema, "no number lies within its bounds"));
    }
    if let Some(step) = schema.all("multipleOf").first().and_then(|step| step.value.as_f64()) {
        let limit = 1.0e12;
        let (first, last) = ((least / step).ceil().max(-limit) as i64, (most / step).floor().min(limit) as i64);
        if first > last {
            return Err(unsatisfiable(schema, "no multiple lies within its bounds"));
        }
        return Ok(source(move |runner| Ok(number(runner.rng().random_range(first..=last) as f64 * step))));
    }
    let inside = move |value: &f64| {
        range.least.is_none_or(|(bound, allowed)| *value > bound || (allowed && *value == bound))
            && range.most.is_none_or(|(bound, allowed)| *value < bound || (allowed && *value == bound))
    };
    let mut edges: Vec<f64> = [least, most, 0.0, 1.0, -1.0, 0.1, 1.5, 1.0e15, least + shift, most - shift]
        .into_iter()
        .filter(inside)
        .collect();
    edges.push((least / 2.0) + (most / 2.0));
    let near = (least.max(-1000.0), most.min(1000.0));
    let narrowed = move |value: f64| if float { f64::from(value as f32) } else { value };
    Ok(source(move |runner| {
        loop {
            let rng = runner.rng();
            let value = match rng.random_range(0..5) {
                0..=2 if near.0 < near.1 => rng.random_range(near.0..near.1),
                // The whole width may be more than a float holds, half of it is not.
                3 if least < most => 2.0 * rng.random_range(least / 2.0..most / 2.0),
                _ => edges[rng.random_range(0..edges.len())],
            };
            if let Some(value) = [narrowed(value), value].into_iter().find(inside) {
                return Ok(number(value));
            }
            runner.reject_local("outside its bounds")?;
        }
    }))
}

/// A number that has no fraction is written without one now and then: both are the same value in JSON.
fn number(value: f64) -> Value {
    if value.fract() == 0.0 && value.abs() < 1.0e15 && (value as i64) % 2 == 0 {
        return Value::from(value as i64);
    }
    Number::from_f64(value).map_or(Value::Null, Value::Number)
}

fn exact(written: Option<&Value>, bound: i64) -> bool {
    written.and_then(Value::as_f64).is_some_and(|written| written == bound as f64)
}
