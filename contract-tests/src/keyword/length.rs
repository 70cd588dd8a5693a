//! `minLength` and `maxLength` in code points, `x-maxBytes` in bytes of UTF-8: strings at and beyond each limit, in scripts
//! that a careless count gets wrong.

use proptest::prelude::{Rng, RngExt};
use proptest::test_runner::TestRng;
use serde_json::Value;

use super::Keyword;
use crate::alphabet::Script;
use crate::cases::{Enumerator, Fault, Variant, fault, variant};
use crate::document::{Conjunction, Kind, count};
use crate::formats;
use crate::mutate::{self, Direction, Edits, Operator, Places, rename};
use crate::strategy::{Source, StrategyError, source, stated, strings, unsatisfiable};

const NAMES: [&str; 3] = ["minLength", "maxLength", "x-maxBytes"];

pub(super) const KEYWORD: Keyword = Keyword {
    names: &NAMES,
    kind: Some(Kind::String),
    copied: &["minLength", "maxLength"],
    checks: &[("x-maxBytes", |limit| {
        let limit = count(limit)?;
        Some(Box::new(move |value| value.as_str().is_none_or(|text| text.len() as u64 <= limit)))
    })],
    variants: Some(variants),
    faults: Some(faults),
    source: Some(|strategies, schema, _| match schema.kind() {
        Some(Kind::String) => strings::source(strategies, schema).map(Some),
        _ => Ok(None),
    }),
    operators: &[
        Operator {
            name: "length",
            about: "Moves a limit on a string's length by one, drops it, or takes bytes for characters.",
            apply,
        },
        Operator { name: "length-added", about: "Limits the length of a string that has no such limit.", apply: add },
    ],
    ..Keyword::NONE
};

/// A length beyond this is not built: the payloads would say no more and cost memory.
const LONGEST: u64 = 1_000_000;

/// A string that must be longer than this is not built at all.
const LONGEST_LEAST: u64 = 20_000;

/// A string without a limit is tried with this length, so that a limit which was taken away is missed.
const UNLIMITED: u64 = 5_000;

/// How long the strings of a schema may be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lengths {
    pub(crate) least: usize,
    pub(crate) most: Option<usize>,
    pub(crate) bytes: Option<usize>,
}

impl Lengths {
    /// The lengths that a schema allows, or why there are none.
    pub(crate) fn of(schema: &Conjunction<'_>) -> Result<Self, StrategyError> {
        let limit = |limit: u64| usize::try_from(limit).unwrap_or(usize::MAX);
        let least = schema.greatest("minLength").unwrap_or(0);
        let (most, bytes) = (schema.least("maxLength"), schema.least("x-maxBytes"));
        if most.is_some_and(|most| most < least) || bytes.is_some_and(|bytes| bytes < least) {
            let none = format!("its longest length is below its shortest: {}", stated(schema, &NAMES));
            return Err(unsatisfiable(schema, none));
        }
        if least > LONGEST_LEAST {
            let all = schema.all("minLength");
            let place = all.into_iter().find(|limit| count(limit.value) == Some(least));
            return Err(StrategyError::TooLarge {
                pointer: place.map_or_else(|| schema.pointer(), |place| place.pointer),
                reason: format!("minLength: {least} asks for strings longer than the {LONGEST_LEAST} that are built"),
            });
        }
        Ok(Self { least: limit(least), most: most.map(limit), bytes: bytes.map(limit) })
    }
}

/// One plain string of a fitting length.
pub(crate) fn plain(schema: &Conjunction<'_>) -> Result<Value, StrategyError> {
    let mut formats = schema.all("format").into_iter().filter_map(|format| format.value.as_str());
    if let Some(sample) = formats.find_map(|format| formats::valid(format).into_iter().next()) {
        return Ok(sample.into());
    }
    let Lengths { least, most, bytes } = Lengths::of(schema)?;
    Ok(Script::Ascii.of_length(least.max(4).min(most.unwrap_or(usize::MAX)).min(bytes.unwrap_or(usize::MAX))).into())
}

/// Strings without pattern or format: mostly short, now and then as long as is allowed.
pub(crate) fn free(Lengths { least, most, bytes }: Lengths) -> Source {
    let longest = most.or(bytes).map_or(least + 40, |most| most.min(least + 2000));
    let usual = (least + 12).min(longest);
    let free = source(move |runner| {
        let rng = runner.rng();
        let length = match rng.random_range(0..22) {
            0 => longest,
            1 => rng.random_range(least..=longest),
            _ => rng.random_range(least..=usual),
        };
        let mut text = String::with_capacity(2 * length);
        for _ in 0..length {
            text.push(letter(rng));
        }
        if let Some(bytes) = bytes.filter(|bytes| text.len() > *bytes) {
            text = shortened(text, least, bytes);
        }
        Ok(Value::String(text))
    });
    free.weighing(1 + least as u64 / 16)
}

/// Letters are dropped, and the last ones replaced by ASCII where too few would be left, until the bytes suffice.
fn shortened(mut text: String, least: usize, bytes: usize) -> String {
    let mut length = text.chars().count();
    while length > least && text.len() > bytes {
        text.pop();
        length -= 1;
    }
    let mut plain = 0;
    while text.len() + plain > bytes && text.pop().is_some() {
        plain += 1;
    }
    text.extend(std::iter::repeat_n('a', plain));
    text
}

/// What JSON must escape, what readers strip, and the last code point.
const ODD: [char; 10] = ['"', '\\', '\n', '\t', '\u{0}', '\u{7f}', '\u{feff}', '\u{200d}', '\u{fffd}', '\u{10ffff}'];

/// Code points of every width, with combining marks and the control characters that JSON must escape.
fn letter(rng: &mut TestRng) -> char {
    // One draw for a letter: the upper bits choose the script, the lower ones the letter in it.
    let bits = rng.next_u32();
    let (first, last) = match bits >> 28 {
        0..=7 => (' ', '~'),
        8 | 9 => ('\u{80}', '\u{7ff}'),
        10 | 11 => ('\u{3041}', '\u{30ff}'),
        12 => ('\u{ac00}', '\u{d7a3}'),
        13 => ('\u{1f300}', '\u{1f6ff}'),
        14 => ('\u{300}', '\u{36f}'),
        _ => return ODD[bits as usize % ODD.len()],
    };
    let (first, last) = (u32::from(first), u32::from(last));
    char::from_u32(first + (bits & 0x0fff_ffff) % (last - first + 1)).unwrap_or('x')
}

fn variants<'d>(
    enumerator: &mut Enumerator<'d>,
    schema: &Conjunction<'d>,
    _: usize,
) -> Result<Vec<Variant>, StrategyError> {
    let Lengths { least, most, .. } = Lengths::of(schema)?;
    if !super::terms(schema).is_empty() {
        // At the limits themselves, as far as the other keywords have strings of that length.
        let limits = [Some(least).filter(|least| *least > 0), most.filter(|most| (*most as u64) < LONGEST)];
        let mut found = Vec::new();
        for length in limits.into_iter().flatten() {
            for text in strings::of_length(schema, length) {
                let text = Value::String(text);
                if enumerator.conforms(schema, &text)? {
                    found.push(variant(format!("{length} code points"), text));
                }
            }
        }
        return Ok(found);
    }
    let (least, most) = (least as u64, most.map_or(u64::MAX, |most| most as u64));
    let bytes = schema.least("x-maxBytes").unwrap_or(u64::MAX);
    let mut found = Vec::new();
    for script in Script::ALL {
        for length in [least, least + 1, most.saturating_sub(1), most] {
            let text = if length <= LONGEST { script.of_length(length as usize) } else { continue };
            if (text.len() as u64) <= bytes && (least..=most).contains(&length) {
                found.push(variant(format!("{length} code points, {}", script.name()), text));
            }
        }
        for size in [bytes.saturating_sub(1), bytes] {
            let text = if size <= LONGEST { script.of_bytes(size as usize) } else { continue };
            if (least..=most).contains(&(text.chars().count() as u64)) {
                found.push(variant(format!("{size} bytes, {}", script.name()), text));
            }
        }
    }
    if least <= UNLIMITED && most > UNLIMITED && bytes > 4 * UNLIMITED {
        let label = format!("{UNLIMITED} code points, which nothing forbids");
        found.push(variant(label, Script::ThreeByte.of_length(UNLIMITED as usize)));
    }
    if least <= 12 && most >= 12 && bytes >= 24 {
        let escaped = "\"\\\n\t\u{0}\u{7f}/é\u{200d}\u{feff}  ";
        found.push(variant("what JSON escapes".into(), escaped));
    }
    Ok(found)
}

fn faults<'d>(_: &mut Enumerator<'d>, schema: &Conjunction<'d>, _: usize) -> Result<Vec<Fault>, StrategyError> {
    let mut faults = Vec::new();
    // Beside a pattern or a format, the string that is too long must still be what they ask for.
    let bound = !super::terms(schema).is_empty();
    let limits = |keyword: &str| {
        let limits = schema.all(keyword).into_iter().filter_map(|limit| count(limit.value));
        limits.filter(|limit| *limit < LONGEST).collect::<Vec<_>>()
    };
    let lengths = limits("maxLength").into_iter().map(|limit| ("maxLength", limit + 1));
    let lengths =
        lengths.chain(limits("minLength").into_iter().filter_map(|limit| Some(("minLength", limit.checked_sub(1)?))));
    for (keyword, length) in lengths {
        if bound {
            let matching = strings::of_length(schema, length as usize).into_iter();
            faults.extend(matching.map(|text| fault(keyword, format!("{length} code points that still match"), text)));
        }
        for script in Script::ALL {
            let text = script.of_length(length as usize);
            faults.push(fault(keyword, format!("{length} code points, {}", script.name()), text));
        }
    }
    for limit in limits("x-maxBytes") {
        for script in Script::ALL {
            let text = script.of_bytes(limit as usize + 1);
            faults.push(fault("x-maxBytes", format!("{} bytes, {}", limit + 1, script.name()), text));
        }
        if bound {
            let matching = strings::of_length(schema, limit as usize + 1).into_iter();
            faults.extend(
                matching.map(|text| fault("x-maxBytes", format!("{} bytes that still match", text.len()), text)),
            );
        }
    }
    Ok(faults)
}

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.all(mutate::Kind::Schema) {
        edits.limit(spot, "maxLength", Direction::Loosening);
        edits.limit(spot, "x-maxBytes", Direction::Loosening);
        edits.limit(spot, "minLength", Direction::Tightening);
        // Two limits that look alike: characters are not bytes.
        for (from, to) in [("maxLength", "x-maxBytes"), ("x-maxBytes", "maxLength")] {
            if spot.object.contains_key(from) && !spot.object.contains_key(to) {
                edits.change(spot, format!("{from} became {to}"), Direction::Neither, spot.observer, |object| {
                    rename(object, from, to)
                });
            }
        }
    }
}

fn add(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.typed(&["string"]) {
        if ["enum", "format", "pattern"].iter().any(|key| spot.object.contains_key(*key)) {
            continue;
        }
        // A limit that the other one implies would change nothing: at most four bytes make a code point, at least one.
        let limit = |key: &str| spot.object.get(key).and_then(count);
        let most = limit("x-maxBytes").map_or(1000, |bytes| bytes / 2);
        let bytes = limit("maxLength").map_or(3000, |most| most.saturating_mul(2));
        for (key, limit) in [("minLength", 1), ("maxLength", most), ("x-maxBytes", bytes)] {
            if !spot.object.contains_key(key) {
                edits.set(spot, key, limit, Direction::Tightening, spot.observer);
            }
        }
    }
}
