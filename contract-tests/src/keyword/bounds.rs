//! `minimum` and `maximum`, with `exclusiveMinimum` and `exclusiveMaximum`: numbers at, below and above each bound.

use proptest::prelude::RngExt;
use proptest::test_runner::TestRng;
use serde_json::{Number, Value, json};

use super::multiple_of::{self, step, whole_step};
use super::{Keyword, integers};
use crate::cases::{Enumerator, Fault, Variant, fault, variant};
use crate::document::{Conjunction, Kind};
use crate::mutate::{self, Direction, Edits, Operator, Places, Spot, rename};
use crate::strategy::{Built, Strategies, StrategyError, source, stated, unsatisfiable};

pub(super) const KEYWORD: Keyword = Keyword {
    names: &["minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"],
    kind: Some(Kind::Number),
    copied: &["minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"],
    variants: Some(|_, schema, _| {
        Ok(if schema.kind() == Some(Kind::Integer) { integer_variants(schema) } else { number_variants(schema) })
    }),
    faults: Some(faults),
    source: Some(numbers),
    operators: &[
        Operator {
            name: "bound",
            about: "Moves a number's bound by one, drops it, or takes its edge in or out.",
            apply,
        },
        Operator { name: "bound-added", about: "Bounds a number that has no such bound.", apply: add },
    ],
    ..Keyword::NONE
};

/// What the bounds are called in messages.
const NAMES: [&str; 6] = ["minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum", "multipleOf", "format"];

/// The smallest and the largest number that a schema allows, and whether the bound itself is allowed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Range {
    pub(super) least: Option<(f64, bool)>,
    pub(super) most: Option<(f64, bool)>,
}

impl Range {
    fn holds(&self, value: f64) -> bool {
        self.least.is_none_or(|(bound, allowed)| value > bound || (allowed && value == bound))
            && self.most.is_none_or(|(bound, allowed)| value < bound || (allowed && value == bound))
    }
}

/// The range that the bounds give together.
pub(super) fn range(schema: &Conjunction<'_>) -> Range {
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
pub(super) fn integer_range(schema: &Conjunction<'_>) -> (i128, i128) {
    let (mut least, mut most) = integers::range(schema);
    for part in &schema.parts {
        let open = |keyword: &str| i128::from(part.object.get(keyword) == Some(&Value::Bool(true)));
        // Beyond 2^53 a float no longer holds every integer, so integers are read as integers.
        if let Some(bound) = part.object.get("minimum") {
            let bound = match whole(bound) {
                Some(bound) => bound.saturating_add(open("exclusiveMinimum")),
                None => bound.as_f64().map_or(least, |bound| bound.ceil() as i128),
            };
            least = least.max(bound);
        }
        if let Some(bound) = part.object.get("maximum") {
            let bound = match whole(bound) {
                Some(bound) => bound.saturating_sub(open("exclusiveMaximum")),
                None => bound.as_f64().map_or(most, |bound| bound.floor() as i128),
            };
            most = most.min(bound);
        }
    }
    // What no tree of JSON values holds cannot be sent.
    (least.max(i64::MIN.into()), most.min(u64::MAX.into()))
}

/// The least integer that the bounds alone allow.
pub(super) fn whole_least(schema: &Conjunction<'_>) -> Option<i128> {
    range(schema).least.map(|(bound, _)| bound.ceil() as i128)
}

/// A number that has no fraction, as an integer.
pub(super) fn whole(value: &Value) -> Option<i128> {
    let small = value.as_i64().map(i128::from).or_else(|| value.as_u64().map(i128::from));
    small.or_else(|| {
        value.as_f64().filter(|float| float.fract() == 0.0 && float.abs() < 1e30).map(|float| float as i128)
    })
}

/// An integer as JSON; nothing where no 64 bits hold it.
pub(super) fn value(integer: i128) -> Option<Value> {
    let signed = i64::try_from(integer).map(Value::from);
    signed.or_else(|_| u64::try_from(integer).map(Value::from)).ok()
}

/// The first multiple of a step that is not below a number.
pub(super) fn first_multiple(least: i128, step: i128) -> i128 {
    (least.div_euclid(step) + i128::from(least.rem_euclid(step) != 0)) * step
}

/// A float as JSON.
pub(super) fn float(value: f64) -> Value {
    Number::from_f64(value).map_or(Value::Null, Value::Number)
}

/// Integers at the bounds, in the middle, and at the edges of what 32 bits and floats hold.
pub(crate) fn integer_variants(schema: &Conjunction<'_>) -> Vec<Variant> {
    let (least, most) = integer_range(schema);
    let step = whole_step(schema);
    let (first, last) = (first_multiple(least, step) / step, most.div_euclid(step));
    let near = 1.clamp(first.min(last), last);
    let edges = [9_007_199_254_740_993, i128::from(i32::MAX)].map(|edge| edge / step);
    let factors = [near, 0, -1, first, first + 1, last, last - 1, edges[0], edges[1], edges[1] + 1];
    let allowed = factors.into_iter().filter(|factor| (first..=last).contains(factor));
    allowed.filter_map(|factor| Some(variant(format!("integer {}", factor * step), value(factor * step)?))).collect()
}

/// Numbers at the bounds, in the middle, with a fraction and without.
pub(crate) fn number_variants(schema: &Conjunction<'_>) -> Vec<Variant> {
    let range = range(schema);
    let (least, most) = (range.least.map(|(bound, _)| bound), range.most.map(|(bound, _)| bound));
    let mut values = vec![1.0, 0.0, -1.0, 1.5, 0.1, 1.0e15];
    values.extend(least.iter().chain(&most).flat_map(|bound| [*bound, bound + 0.5, bound - 0.5]));
    if let (Some(least), Some(most)) = (least, most) {
        values.push(least / 2.0 + most / 2.0);
    }
    if let Some(step) = step(schema).and_then(Value::as_f64) {
        values = values.into_iter().map(|value| (value / step).round() * step).collect();
    }
    let inside = values.into_iter().filter(|value| value.is_finite() && range.holds(*value));
    let mut found: Vec<Variant> = inside.map(|value| variant(format!("number {value}"), float(value))).collect();
    if range.holds(1.0) && step(schema).is_none() {
        found.push(variant("a number written as an integer".into(), json!(1)));
    }
    found
}

fn faults<'d>(_: &mut Enumerator<'d>, schema: &Conjunction<'d>, _: usize) -> Result<Vec<Fault>, StrategyError> {
    let step_out = if schema.kind() == Some(Kind::Integer) { 1.0 } else { 0.5 };
    let mut faults = Vec::new();
    for part in &schema.parts {
        for (keyword, exclusive, sign) in [("minimum", "exclusiveMinimum", -1.0), ("maximum", "exclusiveMaximum", 1.0)]
        {
            let Some(bound) = part.object.get(keyword) else { continue };
            if part.object.get(exclusive) == Some(&Value::Bool(true)) {
                faults.push(fault(exclusive, "the excluded bound itself".into(), bound.clone()));
                continue;
            }
            let next = beyond(bound, sign, step(schema), step_out);
            faults.extend(next.map(|value| fault(keyword, "one step beyond".into(), value)));
        }
    }
    Ok(faults)
}

/// The nearest number beyond a bound; the nearest multiple where there are steps, so that only the bound is broken.
fn beyond(bound: &Value, sign: f64, step: Option<&Value>, step_out: f64) -> Option<Value> {
    if let (Some(bound), Some(step)) = (whole(bound), step.map_or(Some(1), whole))
        && step_out == 1.0
        && step > 0
    {
        return value(if sign < 0.0 {
            first_multiple(bound, step) - step
        } else {
            (bound.div_euclid(step) + 1) * step
        });
    }
    let bound = bound.as_f64()?;
    let next = match step.and_then(Value::as_f64) {
        Some(step) if sign < 0.0 => ((bound / step).ceil() - 1.0) * step,
        Some(step) => ((bound / step).floor() + 1.0) * step,
        // A step that is too small beside the bound would not leave it.
        None if bound + sign * step_out == bound => bound + sign * bound.abs(),
        None => bound + sign * step_out,
    };
    Number::from_f64(next).map(Value::Number)
}

fn numbers<'d>(_: &mut Strategies<'d>, schema: &Conjunction<'d>, _: usize) -> Result<Option<Built>, StrategyError> {
    let values = match schema.kind() {
        Some(Kind::Integer) => integers(schema)?,
        Some(Kind::Number) => floats(schema)?,
        _ => return Ok(None),
    };
    Ok(Some(if multiple_of::unsure(schema) { Built::Unsure(values) } else { Built::Sure(values) }))
}

fn integers(schema: &Conjunction<'_>) -> Result<crate::strategy::Source, StrategyError> {
    let (least, most) = integer_range(schema);
    let step = whole_step(schema);
    let (first, last) = (first_multiple(least, step) / step, most.div_euclid(step));
    if first > last {
        let none = format!("no integer lies within its bounds: {}", stated(schema, &NAMES));
        return Err(unsatisfiable(schema, none));
    }
    let near = 0.clamp(first, last);
    let (lower, upper) = ((near - 1000).max(first), (near + 1000).min(last));
    let edges = [first, last, near];
    Ok(source(move |runner| {
        let rng = runner.rng();
        let factor = match rng.random_range(0..6) {
            0 | 1 => integer(rng, first, last),
            2..=4 => integer(rng, lower, upper),
            _ => edges[rng.random_range(0..edges.len())],
        };
        Ok(value(factor * step).unwrap_or_default())
    }))
}

/// One of the integers between two. Where 64 bits hold how far they are apart, no more are drawn: that takes half the time.
fn integer(rng: &mut TestRng, first: i128, last: i128) -> i128 {
    match u64::try_from(last - first) {
        Ok(distance) => first + i128::from(rng.random_range(0..=distance)),
        Err(_) => rng.random_range(first..=last),
    }
}

fn floats(schema: &Conjunction<'_>) -> Result<crate::strategy::Source, StrategyError> {
    let range = range(schema);
    let single = schema.all("format").iter().any(|format| format.value == "float");
    let (widest, shift): (f64, f64) = if single { (1.0e30, 1.0e-3) } else { (1.0e300, 1.0e-9) };
    let least =
        range.least.map_or_else(|| range.most.map_or(-widest, |(most, _)| (-widest).min(most)), |bound| bound.0);
    let most = range.most.map_or_else(|| widest.max(least), |bound| bound.0);
    let excluded = [range.least, range.most].iter().flatten().any(|(_, allowed)| !allowed);
    let none =
        |what: &str| unsatisfiable(schema, format!("no {what} lies within its bounds: {}", stated(schema, &NAMES)));
    if least > most || (least == most && excluded) {
        return Err(none("number"));
    }
    if let Some(step) = step(schema).and_then(Value::as_f64).filter(|step| *step > 0.0) {
        // Where the steps are finer than floats are, every float is as good as another.
        let limit = 1.0e12;
        let bounded = |factor: f64| factor.clamp(-limit, limit) as i64;
        let (first, last) = (bounded((least / step).ceil()), bounded((most / step).floor()));
        if (least / step).ceil() > (most / step).floor() {
            return Err(none("multiple"));
        }
        return Ok(source(move |runner| Ok(number(runner.rng().random_range(first..=last) as f64 * step))));
    }
    let finite = |value: &f64| value.is_finite() && range.holds(*value);
    let listed = [least, most, 0.0, 1.0, -1.0, 0.1, 1.5, 1.0e15, least + shift, most - shift, least / 2.0 + most / 2.0];
    // Between two bounds that exclude themselves there may be a few floats only.
    let edges: Vec<f64> = listed.into_iter().chain([least.next_up(), most.next_down()]).filter(finite).collect();
    if edges.is_empty() {
        return Err(none("number"));
    }
    let near = (least.max(-1000.0), most.min(1000.0));
    let wide = (least / 2.0, most / 2.0);
    let narrowed = move |value: f64| if single { f64::from(value as f32) } else { value };
    Ok(source(move |runner| {
        let rng = runner.rng();
        let edge = edges[rng.random_range(0..edges.len())];
        let value = match rng.random_range(0..5) {
            0..=2 if near.0 < near.1 => rng.random_range(near.0..near.1),
            // The whole width may be more than a float holds, half of it is not.
            3 if wide.0 < wide.1 => 2.0 * rng.random_range(wide.0..wide.1),
            _ => edge,
        };
        let fits = |value: &f64| value.is_finite() && range.holds(*value);
        Ok(number([narrowed(value), value].into_iter().find(fits).unwrap_or(edge)))
    }))
}

/// A number that has no fraction is written without one now and then: both are the same value in JSON.
fn number(value: f64) -> Value {
    if value.fract() == 0.0 && value.abs() < 1.0e15 && (value as i64) % 2 == 0 {
        return Value::from(value as i64);
    }
    float(value)
}

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.all(mutate::Kind::Schema) {
        for (key, edge, below) in [
            ("minimum", "exclusiveMinimum", Direction::Loosening),
            ("maximum", "exclusiveMaximum", Direction::Tightening),
        ] {
            if places.document.is_3_1() {
                later(spot, [key, edge], below, edits);
            }
            let Some(bound) = spot.object.get(key) else { continue };
            for (step, direction) in [(-1, below), (1, opposite(below))] {
                if let Some(moved) = moved(bound, step) {
                    edits.set(spot, key, moved, direction, spot.observer);
                }
            }
            edits.drop(spot, key, Direction::Loosening, spot.observer);
            if places.document.is_3_1() {
                continue;
            }
            let exclusive = spot.object.get(edge) == Some(&Value::Bool(true));
            let direction = if exclusive { Direction::Loosening } else { Direction::Tightening };
            edits.set(spot, edge, !exclusive, direction, spot.observer);
        }
    }
}

/// The edits of an exclusive bound that is a number of its own; an inclusive one becomes such.
fn later(spot: &Spot<'_>, [key, edge]: [&str; 2], below: Direction, edits: &mut Edits<'_>) {
    let both = spot.object.contains_key(key) && spot.object.contains_key(edge);
    for (from, to, direction) in [(key, edge, Direction::Tightening), (edge, key, Direction::Loosening)] {
        if spot.object.contains_key(from) && !both {
            edits.change(spot, format!("{from} became {to}"), direction, spot.observer, |object| {
                rename(object, from, to)
            });
        }
    }
    let Some(bound) = spot.object.get(edge).filter(|_| !both) else { return };
    for (step, direction) in [(-1, below), (1, opposite(below))] {
        if let Some(moved) = moved(bound, step) {
            edits.set(spot, edge, moved, direction, spot.observer);
        }
    }
    edits.drop(spot, edge, Direction::Loosening, spot.observer);
}

fn add(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.typed(&["integer", "number"]).filter(|spot| !spot.object.contains_key("enum")) {
        for (key, bound) in [("minimum", 1), ("maximum", 1_000_000_000)] {
            if !spot.object.contains_key(key) {
                edits.set(spot, key, bound, Direction::Tightening, spot.observer);
            }
        }
    }
}

/// A number moved by a step; an integer stays one.
pub(super) fn moved(bound: &Value, step: i64) -> Option<Value> {
    match bound.as_i64() {
        Some(bound) => bound.checked_add(step).map(Value::from),
        None => Number::from_f64(bound.as_f64()? + step as f64).map(Value::Number),
    }
}

fn opposite(direction: Direction) -> Direction {
    match direction {
        Direction::Loosening => Direction::Tightening,
        Direction::Tightening => Direction::Loosening,
        Direction::Neither => Direction::Neither,
    }
}
