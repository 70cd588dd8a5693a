//! Numbers at, below and above each bound, and at the edges of what 32 and 64 bits hold.

use serde_json::{Number, Value, json};

use super::{Fault, Variant, fault, variant};
use crate::document::Conjunction;
use crate::strategy::{integer_range, number_range};

pub(super) fn integer_variants(schema: &Conjunction<'_>) -> Vec<Variant> {
    let (least, most) = integer_range(schema);
    let step = step(schema).and_then(|step| step.as_i64()).unwrap_or(1).max(1);
    let (first, last) = (least.div_euclid(step) + i64::from(least.rem_euclid(step) != 0), most.div_euclid(step));
    let wide = 9_007_199_254_740_993 / step;
    let near = 1.clamp(first.min(last), last);
    let mut factors = vec![near, 0, -1, first, first.saturating_add(1), last, last.saturating_sub(1), wide];
    factors.extend([i64::from(i32::MAX) / step, i64::from(i32::MAX) / step + 1]);
    let allowed = |factor: &i64| (first..=last).contains(factor);
    factors
        .into_iter()
        .filter(allowed)
        .map(|factor| variant(format!("integer {}", factor * step), factor * step))
        .collect()
}

pub(super) fn integer_faults(schema: &Conjunction<'_>) -> Vec<Fault> {
    let mut faults = bound_faults(schema, 1.0);
    let formats = schema.all("format");
    let format =
        formats.iter().filter_map(|format| format.value.as_str()).find(|format| ["int32", "int64"].contains(format));
    let keyword = if format.is_some() { "format" } else { "type" };
    // Where a bound already ends the range, the format forbids nothing of its own.
    let range = number_range(schema);
    let within = |value: f64| {
        range.least.is_none_or(|(bound, _)| value >= bound) && range.most.is_none_or(|(bound, _)| value <= bound)
    };
    // A multiple, so that only the format is broken.
    let step = step(schema).and_then(Value::as_u64).unwrap_or(1).max(1);
    if format == Some("int32") {
        let above = ((1_u64 << 31).div_ceil(step) * step) as i64;
        let below = -(((1_u64 << 31) + 1).div_ceil(step) as i64) * step as i64;
        for (label, value) in [("one above 32 bits", above), ("one below 32 bits", below)] {
            faults.extend(within(value as f64).then(|| fault(keyword, label.into(), value)));
        }
    }
    let above = (i64::MAX as u64 + 1).div_ceil(step).saturating_mul(step);
    faults.extend(within(above as f64).then(|| fault(keyword, "one above 64 bits".into(), above)));
    if format.is_some() {
        faults.push(fault("type", "whole, but written with a fraction".into(), json!(1.0)));
    }
    faults
}

pub(super) fn number_variants(schema: &Conjunction<'_>) -> Vec<Variant> {
    let range = number_range(schema);
    let (least, most) = (range.least.map(|(bound, _)| bound), range.most.map(|(bound, _)| bound));
    let inside = |value: f64| {
        range.least.is_none_or(|(bound, allowed)| value > bound || (allowed && value == bound))
            && range.most.is_none_or(|(bound, allowed)| value < bound || (allowed && value == bound))
    };
    let mut values = vec![1.0, 0.0, -1.0, 1.5, 0.1, 1.0e15];
    values.extend(least.iter().chain(&most).flat_map(|bound| [*bound, bound + 0.5, bound - 0.5]));
    if let (Some(least), Some(most)) = (least, most) {
        values.push(least + (most - least) / 2.0);
    }
    if let Some(step) = step(schema).and_then(|step| step.as_f64()) {
        values = values.into_iter().map(|value| (value / step).round() * step).collect();
    }
    let mut found: Vec<Variant> = values
        .into_iter()
        .filter(|value| inside(*value))
        .map(|value| variant(format!("number {value}"), float(value)))
        .collect();
    if inside(1.0) && step(schema).is_none() {
        found.push(variant("a number written as an integer".into(), json!(1)));
    }
    found
}

pub(super) fn number_faults(schema: &Conjunction<'_>) -> Vec<Fault> {
    bound_faults(schema, 0.5)
}

fn bound_faults(schema: &Conjunction<'_>, step_out: f64) -> Vec<Fault> {
    let mut faults = Vec::new();
    for part in &schema.parts {
        let open = |keyword: &str| part.object.get(keyword) == Some(&Value::Bool(true));
        for (keyword, exclusive, sign) in [("minimum", "exclusiveMinimum", -1.0), ("maximum", "exclusiveMaximum", 1.0)]
        {
            let Some(bound) = part.object.get(keyword) else { continue };
            if open(exclusive) {
                faults.push(fault(exclusive, "the excluded bound itself".into(), bound.clone()));
                continue;
            }
            faults.extend(
                beyond(bound, sign, step(schema), step_out)
                    .map(|value| fault(keyword, "one step beyond".into(), value)),
            );
        }
    }
    for step in schema.all("multipleOf").iter().filter_map(|step| step.value.as_f64()) {
        let (least, _) = integer_range(schema);
        let from = number_range(schema).least.map_or(0.0, |(bound, _)| bound.max(least as f64));
        let base = (from / step).ceil() * step;
        let whole = step.fract() == 0.0 && step > 1.0;
        let candidates =
            if whole { vec![base + 1.0, base + step - 1.0] } else { vec![base + step / 2.0, base + step / 3.0] };
        faults.extend(
            candidates
                .into_iter()
                .map(|value| fault("multipleOf", "between two multiples".into(), whole_or_float(value, whole))),
        );
    }
    faults
}

/// The nearest number beyond a bound; the nearest multiple where there are steps, so that only the bound is broken.
fn beyond(bound: &Value, sign: f64, step: Option<&Value>, step_out: f64) -> Option<Value> {
    if let (Some(bound), Some(step)) = (bound.as_i64(), step.map_or(Some(1), Value::as_i64))
        && step_out == 1.0
        && step > 0
    {
        let below = bound.div_euclid(step) - i64::from(bound.rem_euclid(step) == 0);
        let factor = if sign < 0.0 { below } else { bound.div_euclid(step) + 1 };
        return factor.checked_mul(step).map(Value::from);
    }
    let bound = bound.as_f64()?;
    Some(float(match step.and_then(Value::as_f64) {
        Some(step) if sign < 0.0 => ((bound / step).ceil() - 1.0) * step,
        Some(step) => ((bound / step).floor() + 1.0) * step,
        None => bound + sign * step_out,
    }))
}

fn step<'d>(schema: &Conjunction<'d>) -> Option<&'d Value> {
    schema.all("multipleOf").first().map(|step| step.value)
}

fn whole_or_float(value: f64, whole: bool) -> Value {
    if whole { Value::from(value as i64) } else { float(value) }
}

fn float(value: f64) -> Value {
    Number::from_f64(value).map_or(Value::Null, Value::Number)
}
