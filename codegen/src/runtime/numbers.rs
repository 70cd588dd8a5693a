//! Numbers by their exact value: how they compare, whether one is a multiple of another, and how JSON writes them.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde_json::Value;

use super::{Conformance, Examiner, Rules, Violation};

/// A number of the document, or one that is held against it.
#[derive(Debug, Clone, Copy)]
pub enum Number {
    /// One without a fraction.
    Whole(i128),
    /// One with a fraction, or beyond what an `i128` holds.
    Float(f64),
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Whole(number) => number.fmt(f),
            Self::Float(number) => number.fmt(f),
        }
    }
}

impl Number {
    fn compare(self, other: Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Whole(one), Self::Whole(other)) => Some(one.cmp(&other)),
            (Self::Float(one), Self::Float(other)) => one.partial_cmp(&other),
            (Self::Whole(_), Self::Float(_)) => other.compare(self).map(Ordering::reverse),
            // Beyond 2^53 a float stands for each integer that it is nearest to.
            (Self::Float(one), Self::Whole(other)) => one.partial_cmp(&(other as f64)),
        }
    }

    /// Whether dividing by the step gives an integer, by the shortest decimals that stand for the two.
    fn is_multiple_of(self, step: Self) -> bool {
        if let (Self::Whole(number), Self::Whole(step)) = (self, step) {
            return step != 0 && number % step == 0;
        }
        let (Some(number), Some(step)) = (Decimal::of(self), Decimal::of(step)) else { return false };
        number.digits == 0 || step.divides(&number)
    }
}

impl Rules {
    fn number(&self, number: Number, at: &mut Examiner<'_>) {
        let mut bound = |keyword, limit: Option<Number>, broken: &[Ordering]| {
            let is_broken = |limit: &Number| number.compare(*limit).is_none_or(|ordering| broken.contains(&ordering));
            if let Some(limit) = limit.filter(is_broken) {
                at.report(Violation::new(keyword, limit, number));
            }
        };
        bound("minimum", self.minimum, &[Ordering::Less]);
        bound("maximum", self.maximum, &[Ordering::Greater]);
        bound("exclusiveMinimum", self.exclusive_minimum, &[Ordering::Less, Ordering::Equal]);
        bound("exclusiveMaximum", self.exclusive_maximum, &[Ordering::Greater, Ordering::Equal]);
        if let Some(step) = self.multiple_of.filter(|step| !number.is_multiple_of(*step)) {
            at.report(Violation::new("multipleOf", step, number));
        }
    }
}

macro_rules! integers {
    ($($integer:ty),*) => {$(
        impl Conformance for $integer {
            fn examine<'a>(&'a self, at: &mut Examiner<'a>, rules: &Rules) {
                rules.number(Number::Whole(i128::from(*self)), at);
            }

            fn received<'a>(json: &'a str, at: &mut Examiner<'a>) {
                received_integer(json, at);
            }
        }
    )*};
}

integers!(i8, i16, i32, i64, i128, u8, u16, u32, u64);

impl Conformance for f64 {
    fn examine<'a>(&'a self, at: &mut Examiner<'a>, rules: &Rules) {
        // JSON writes null for what is no number, and a query nothing at all.
        if !self.is_finite() {
            return at.report(Violation::new("type", "number", self));
        }
        rules.number(Number::Float(*self), at);
    }

    fn received<'a>(json: &'a str, at: &mut Examiner<'a>) {
        // A fraction is rounded, as everywhere; of an integer every digit counts.
        if is_written_whole(json) && !is_kept_as_float(json) {
            at.report(Violation::new("type", "a number that an f64 holds", "an integer of which the last digits are lost"));
        }
    }
}

impl Conformance for Value {
    const TAKES_NULL: bool = true;

    fn examine<'a>(&'a self, _: &mut Examiner<'a>, _: &Rules) {}

    fn received<'a>(json: &'a str, at: &mut Examiner<'a>) {
        match json.as_bytes().first() {
            Some(b'[') => Vec::<Self>::received(json, at),
            Some(b'{') => BTreeMap::<String, Self>::received(json, at),
            Some(b'-' | b'0'..=b'9') if !is_kept(json) => at.report(Violation::new(
                "type",
                "a number that an i64, u64 or f64 holds",
                "one with more digits, of which the last are lost",
            )),
            _ => {}
        }
    }
}

/// Examines how an integer was written: Draft 4 of JSON Schema, on which OpenAPI 3.0 is based, calls `1.0` none.
pub(crate) fn received_integer(json: &str, at: &mut Examiner<'_>) {
    if !is_written_whole(json) {
        at.report(Violation::new("type", "integer", "an integer that is written with a fraction or an exponent"));
    }
}

/// A number as digits without a zero at either end, and the power of ten that they count.
#[derive(Debug, PartialEq, Eq)]
struct Decimal {
    digits: u128,
    exponent: i32,
}

impl Decimal {
    /// The absolute value of a number; none where it is infinite.
    fn of(number: Number) -> Option<Self> {
        match number {
            Number::Whole(number) => Some(Self::trimmed(number.unsigned_abs(), 0)),
            Number::Float(number) => Self::read(&format!("{:e}", number.abs())),
        }
    }

    /// The absolute value of a number as JSON writes it; none where it has more digits than are counted here.
    fn read(text: &str) -> Option<Self> {
        let (digits, exponent) = digits(text)?;
        let digits = if digits.is_empty() { 0 } else { digits.parse().ok()? };
        Some(Self { digits, exponent: exponent.try_into().ok()? })
    }

    fn trimmed(mut digits: u128, mut exponent: i32) -> Self {
        while digits != 0 && digits % 10 == 0 {
            (digits, exponent) = (digits / 10, exponent + 1);
        }
        Self { digits, exponent }
    }

    fn divides(&self, number: &Self) -> bool {
        let Some(shift) = number.exponent.checked_sub(self.exponent) else { return false };
        // Digits of an `i128` end with no zero here, so that a step with more of them divides nothing.
        if self.digits == 0 || self.digits > u128::from(u64::MAX) {
            return self.digits != 0 && shift == 0 && number.digits % self.digits == 0;
        }
        if shift < 0 {
            // The step counts in larger units, and the number has a digit below them.
            return false;
        }
        let mut rest = number.digits % self.digits;
        for _ in 0..shift.min(800) {
            if rest == 0 {
                break;
            }
            rest = rest * 10 % self.digits;
        }
        rest == 0
    }
}

/// The digits of a number that JSON writes, without a zero at either end, and the power of ten that they count.
fn digits(json: &str) -> Option<(String, i64)> {
    let (mantissa, exponent) = json.split_once(['e', 'E']).unwrap_or((json, "0"));
    let (whole, fraction) = mantissa.trim_start_matches('-').split_once('.').unwrap_or((mantissa.trim_start_matches('-'), ""));
    let all = format!("{whole}{fraction}");
    let ended = all.trim_end_matches('0');
    let significant = ended.trim_start_matches('0');
    if significant.is_empty() {
        return Some((String::new(), 0));
    }
    let zeros = (all.len() - ended.len()) as i64;
    let exponent = exponent.parse::<i64>().ok()?.checked_add(zeros)?.checked_sub(fraction.len() as i64)?;
    Some((significant.to_owned(), exponent))
}

/// Whether JSON writes a number in the form of an integer, which a JSON Schema of Draft 4 asks of one.
fn is_written_whole(json: &str) -> bool {
    !json.contains(['.', 'e', 'E'])
}

/// Whether a number is the same once it was read as an `i64`, `u64` or `f64`.
fn is_kept(json: &str) -> bool {
    (json.parse::<i64>().is_ok() || json.parse::<u64>().is_ok()) || is_kept_as_float(json)
}

/// Whether a number is the same once it was read as an `f64`.
fn is_kept_as_float(json: &str) -> bool {
    let Some(float) = json.parse::<f64>().ok().filter(|float| float.is_finite()) else { return false };
    let Some((digits, exponent)) = digits(json) else { return false };
    // So many digits tell floats apart, and many programs write so many of each. Of an integer every digit counts.
    let is_rounded = exponent < 0 && digits.len() <= 17 && float != 0.0;
    let is = |text: String| self::digits(&text).is_some_and(|found| found == (digits.clone(), exponent));
    is_rounded || is(format!("{float:e}")) || exact(float, exponent).is_some_and(is)
}

/// A float to its last digit, where that counts this power of ten. There may be 1,074 digits, which a server must not have
/// written for every few bytes that it sends.
fn exact(float: f64, exponent: i64) -> Option<String> {
    const BITS: u32 = f64::MANTISSA_DIGITS - 1;
    let (fraction, power) = (float.to_bits() & ((1 << BITS) - 1), (float.to_bits() >> BITS) as i64 & 0x7FF);
    let (mantissa, power) = if power == 0 { (fraction, 1) } else { (fraction | 1 << BITS, power) };
    // Each bit of the fraction is a decimal digit, and the last one is a five. An integer ends with as many zeros as its odd part
    // has fives, of which 2^53 holds 22.
    let decimals = 1075 - power - i64::from(mantissa.trailing_zeros());
    let fits = if decimals > 0 { exponent == -decimals } else { (0..=22).contains(&exponent) };
    fits.then(|| format!("{float:.*}", usize::try_from(decimals).unwrap_or_default()))
}

/// A JSON text in which each number that is an integer is written as one: `1.0` and `1e2` become `1` and `100`. `None` where
/// there is none to change.
pub(crate) fn with_plain_integers(json: &[u8]) -> Option<Vec<u8>> {
    let mut written = Vec::with_capacity(json.len());
    let (mut rest, mut changed) = (json, false);
    while let Some(first) = rest.first() {
        let length = match first {
            b'"' => string_length(rest),
            b'-' | b'0'..=b'9' => rest.iter().take_while(|byte| matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E' | b'0'..=b'9')).count(),
            _ => 1,
        };
        let (token, after) = rest.split_at_checked(length.max(1))?;
        let plain = match first {
            b'-' | b'0'..=b'9' => plain_integer(token),
            _ => Cow::Borrowed(token),
        };
        changed |= matches!(plain, Cow::Owned(_));
        written.extend_from_slice(&plain);
        rest = after;
    }
    changed.then_some(written)
}

/// A value in which each float is an integer that is one. `None` where there is none to change.
pub(crate) fn plain_integers(value: &Value) -> Option<Value> {
    /// Up to here a float stands for one integer alone.
    const EXACT: f64 = 9_007_199_254_740_991.0;
    match value {
        Value::Array(items) => {
            let plain: Vec<_> = items.iter().map(plain_integers).collect();
            let changed = plain.iter().any(Option::is_some);
            changed.then(|| plain.into_iter().zip(items).map(|(plain, item)| plain.unwrap_or_else(|| item.clone())).collect())
        }
        Value::Object(members) => {
            let plain: Vec<_> = members.iter().filter_map(|(name, member)| Some((name.clone(), plain_integers(member)?))).collect();
            let mut members = (!plain.is_empty()).then(|| members.clone())?;
            members.extend(plain);
            Some(Value::Object(members))
        }
        Value::Number(number) if number.is_f64() => {
            let float = number.as_f64().filter(|float| float.fract() == 0.0 && float.abs() <= EXACT)?;
            Some(Value::from(float as i64))
        }
        _ => None,
    }
}

/// The length of the string that a text begins with, its quotes included.
fn string_length(json: &[u8]) -> usize {
    let mut escaped = false;
    let end = json.iter().skip(1).position(|byte| {
        let ends = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        ends
    });
    end.map_or(json.len(), |end| end + 2)
}

/// A number as an integer, where it is one that an `i128` or a `u64` could be.
fn plain_integer(token: &[u8]) -> Cow<'_, [u8]> {
    let text = std::str::from_utf8(token).unwrap_or_default();
    if is_written_whole(text) && text != "-0" {
        return Cow::Borrowed(token);
    }
    let whole = Decimal::read(text).and_then(|decimal| {
        let zeros = u32::try_from(decimal.exponent).ok()?;
        decimal.digits.checked_mul(10_u128.checked_pow(zeros)?)
    });
    match whole {
        Some(whole) if text.starts_with('-') && whole != 0 => Cow::Owned(format!("-{whole}").into_bytes()),
        Some(whole) => Cow::Owned(whole.to_string().into_bytes()),
        None => Cow::Borrowed(token),
    }
}
