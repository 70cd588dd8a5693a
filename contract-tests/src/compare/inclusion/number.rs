//! Numbers that meet bounds and steps: found, or shown not to exist.

use num::bigint::BigInt;
use num::{BigRational, Integer, One, Signed, ToPrimitive, Zero};
use serde_json::{Number, Value};

use super::formula::{Atom, Id, Kind, Node};
use super::search::{Found, Search};

/// How many multiples of a step are looked at.
const MOST_STEPS: u64 = 5_000;
/// 2 to the power of 63.
const BEYOND_64_BITS: f64 = 9_223_372_036_854_775_808.0;

/// The number as it is written, exactly.
pub(super) fn exact(number: &Number) -> Option<BigRational> {
    if let Some(whole) = number.as_i64() {
        return Some(BigRational::from_integer(whole.into()));
    }
    decimal(&number.to_string())
}

/// Whether a dialect that tells integers by how they are written sees none here. Beyond 64 bits, every float is whole to it.
pub(super) fn is_written_with_fraction(number: &Number) -> bool {
    number.is_f64() && number.as_f64().is_some_and(|float| float.abs() < BEYOND_64_BITS)
}

/// A decimal number with a fraction or an exponent.
fn decimal(text: &str) -> Option<BigRational> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let exponent: i32 = exponent.parse().ok()?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: BigInt = format!("{whole}{fraction}").parse().ok()?;
    let shift = exponent.checked_sub(i32::try_from(fraction.len()).ok()?)?;
    if shift.unsigned_abs() > 5_000 {
        return None;
    }
    let power = num::pow(BigInt::from(10), usize::try_from(shift.unsigned_abs()).ok()?);
    Some(if shift < 0 { BigRational::new(digits, power) } else { BigRational::from_integer(digits * power) })
}

/// A number as JSON: an integer where it is one, else the float that is spelled like it. Nothing where JSON as it is read
/// here has no such number.
pub(super) fn json(number: &BigRational, float: bool) -> Option<Value> {
    if number.is_integer() && !float {
        let whole = number.to_integer();
        let within = whole.to_i64().map(Value::from).or_else(|| whole.to_u64().map(Value::from));
        // Beyond 64 bits, JSON as it is read here has floats alone.
        if within.is_some() {
            return within;
        }
    }
    let spelled = Number::from_f64(number.to_f64()?)?;
    (exact(&spelled).as_ref() == Some(number)).then_some(Value::Number(spelled))
}

/// What is asked of a number.
#[derive(Default)]
struct Asked {
    least: Option<(BigRational, bool)>,
    most: Option<(BigRational, bool)>,
    /// Of which it is a multiple.
    step: Option<BigRational>,
    /// Of which it is none.
    refused_steps: Vec<BigRational>,
    refused: Vec<BigRational>,
    unsure: bool,
}

impl Asked {
    fn raise(&mut self, bound: &BigRational, open: bool) {
        let tighter =
            |(known, known_open): &(BigRational, bool)| bound > known || (bound == known && open && !known_open);
        if self.least.as_ref().is_none_or(tighter) {
            self.least = Some((bound.clone(), open));
        }
    }

    fn lower(&mut self, bound: &BigRational, open: bool) {
        let tighter =
            |(known, known_open): &(BigRational, bool)| bound < known || (bound == known && open && !known_open);
        if self.most.as_ref().is_none_or(tighter) {
            self.most = Some((bound.clone(), open));
        }
    }

    fn steps(&mut self, step: &BigRational) {
        self.step = Some(match self.step.take() {
            None => step.clone(),
            // The least common multiple of a/b and c/d in lowest terms.
            Some(own) => BigRational::new(own.numer().lcm(step.numer()), own.denom().gcd(step.denom())),
        });
    }

    fn in_bounds(&self, number: &BigRational) -> bool {
        self.least.as_ref().is_none_or(|(bound, open)| number > bound || (number == bound && !open))
            && self.most.as_ref().is_none_or(|(bound, open)| number < bound || (number == bound && !open))
    }

    fn allows(&self, number: &BigRational) -> bool {
        let divides = |step: &BigRational| (number / step).is_integer();
        self.in_bounds(number)
            && self.step.as_ref().is_none_or(divides)
            && !self.refused_steps.iter().any(divides)
            && !self.refused.contains(number)
    }
}

impl Search {
    /// A number that meets some literals.
    pub(super) fn number(&mut self, kind: Kind, literals: &[Id]) -> Found {
        let mut asked = Asked::default();
        if kind == Kind::Integer {
            asked.steps(&BigRational::one());
        }
        for literal in literals {
            let (atom, holds) = match self.formulas.node(*literal) {
                Node::Atom(atom) => (atom, true),
                Node::Not(inner) => match self.formulas.node(*inner) {
                    Node::Atom(atom) => (atom, false),
                    _ => continue,
                },
                _ => continue,
            };
            match (atom, holds) {
                (Atom::AtLeast(bound), true) => asked.raise(bound, false),
                (Atom::AtLeast(bound), false) => asked.lower(bound, true),
                (Atom::Above(bound), true) => asked.raise(bound, true),
                (Atom::Above(bound), false) => asked.lower(bound, false),
                (Atom::MultipleOf(step), true) => asked.steps(step),
                (Atom::MultipleOf(step), false) => asked.refused_steps.push(step.clone()),
                (Atom::Const(refused), false) => asked.refused.extend(refused.value.as_number().and_then(exact)),
                _ => asked.unsure = true,
            }
        }
        let strict = self.dialect.strict_integers();
        if kind == Kind::Fraction && !strict {
            asked.refused_steps.push(BigRational::one());
        }
        if let Some(bound) = BigRational::from_float(BEYOND_64_BITS).filter(|_| kind == Kind::Fraction && strict) {
            asked.raise(&-bound.clone(), true);
            asked.lower(&bound, true);
        }
        let found = match asked.step.clone() {
            Some(step) => stepping(&asked, &step, kind == Kind::Fraction && strict),
            None => between(&asked, kind == Kind::Fraction && strict),
        };
        match found {
            Found::Some { value, .. } if asked.unsure => Found::Some { value, sure: false },
            other => other,
        }
    }
}

/// A multiple of a step.
fn stepping(asked: &Asked, step: &BigRational, float: bool) -> Found {
    let first = asked.least.as_ref().map(|(least, open)| {
        let index = (least / step).ceil().to_integer();
        if *open && BigRational::from_integer(index.clone()) * step == *least { index + 1 } else { index }
    });
    let last = asked.most.as_ref().map(|(most, open)| {
        let index = (most / step).floor().to_integer();
        if *open && BigRational::from_integer(index.clone()) * step == *most { index - 1 } else { index }
    });
    if let (Some(first), Some(last)) = (&first, &last)
        && first > last
    {
        return Found::None;
    }
    // What is refused by other steps comes again after so many multiples of this one.
    let period = asked.refused_steps.iter().fold(BigInt::one(), |period, refused| {
        let ratio = refused / step;
        period.lcm(ratio.numer())
    });
    // In each of them, a value that is left out may be the only one there was.
    let enough = period * BigInt::from(asked.refused.len() + 1);
    let room = match (&first, &last) {
        (Some(first), Some(last)) => Some(last - first + 1_u32),
        _ => None,
    };
    let all = room.clone().map_or_else(|| enough.clone(), |room| room.min(enough.clone()));
    let (start, up) = match (&first, &last) {
        (Some(first), _) if !first.is_negative() => (first.clone(), true),
        (_, Some(last)) if !last.is_positive() => (last.clone(), false),
        _ => (BigInt::zero(), true),
    };
    let mut unwritable = false;
    let count = all.to_u64().unwrap_or(u64::MAX).min(MOST_STEPS);
    // Around zero both ways, else from the bound that is nearer to zero.
    let both = start.is_zero() && first.as_ref().is_none_or(|first| first.is_negative());
    let mut index = BigInt::zero();
    for turn in 0..count.saturating_mul(if both { 2 } else { 1 }) {
        let at = match (both, up) {
            (true, _) => {
                if turn % 2 == 0 {
                    index.clone()
                } else {
                    -index.clone()
                }
            }
            (false, true) => &start + &index,
            (false, false) => &start - &index,
        };
        if !both || turn % 2 == 1 {
            index += 1;
        }
        let number = BigRational::from_integer(at) * step;
        if asked.allows(&number) {
            match json(&number, float) {
                Some(value) => return Found::Some { value, sure: true },
                None => unwritable = true,
            }
        }
    }
    if unwritable {
        return Found::unknown("the numbers that would show it cannot be written in 64 bits");
    }
    // Either all of the room was seen, or a whole period of what the other steps refuse.
    if BigInt::from(count) >= all {
        Found::None
    } else {
        Found::unknown("too many multiples of `multipleOf` to look at")
    }
}

/// A number where all of them between two bounds count.
fn between(asked: &Asked, float: bool) -> Found {
    if let (Some((least, least_open)), Some((most, most_open))) = (&asked.least, &asked.most) {
        if least > most || (least == most && (*least_open || *most_open)) {
            return Found::None;
        }
        if least == most && !asked.allows(least) {
            return Found::None;
        }
    }
    let half = BigRational::new(1.into(), 2.into());
    let mut candidates = Vec::new();
    let bounds: Vec<BigRational> =
        [&asked.least, &asked.most].into_iter().flatten().map(|(bound, _)| bound.clone()).collect();
    candidates.push(BigRational::zero());
    candidates.extend(bounds.iter().cloned());
    let scales: Vec<BigRational> =
        (0..9).map(|power| BigRational::new(1.into(), num::pow(BigInt::from(10), power))).collect();
    for scale in &scales {
        for factor in [1, 2, 3, 5, 7] {
            let delta = scale * BigRational::from_integer(factor.into());
            for base in bounds.iter().chain([&BigRational::zero()]) {
                let base = (base / scale).floor() * scale;
                candidates.extend([&base + &delta, &base - &delta, &base + &delta * &half]);
            }
        }
    }
    if let [least, most] = bounds.as_slice() {
        let width = most - least;
        candidates.push((least + most) * &half);
        candidates.extend([3, 7, 11, 101].map(|part| least + &width / BigRational::from_integer(part.into())));
    }
    let refused = asked.refused.len();
    candidates.extend((1..=refused.min(1000) + 2).map(|index| BigRational::new((2 * index + 1).into(), 1024.into())));
    let written = candidates.into_iter().filter(|number| asked.allows(number)).find_map(|number| json(&number, float));
    match written {
        Some(value) => Found::Some { value, sure: true },
        None => Found::unknown("no simple number lies between the bounds"),
    }
}
