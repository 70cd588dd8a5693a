//! Sources of strings: lengths in code points, bytes, patterns and formats.

use proptest::prelude::{Rng, RngExt};
use proptest::test_runner::TestRng;
use serde_json::Value;

use super::source::{Source, any_of, one_of, source};
use super::{StrategyError, pattern, unsatisfiable};
use crate::document::Conjunction;
use crate::formats;

/// Whether the compiled schema must confirm a string: what matches a pattern needn't have the right length.
pub(super) fn unsure(schema: &Conjunction<'_>) -> bool {
    let samples = schema.text("format").is_some_and(|format| !formats::valid(format).is_empty());
    samples || !schema.all("pattern").is_empty()
}

pub(super) fn texts(schema: &Conjunction<'_>) -> Result<Source, StrategyError> {
    let least = schema.greatest("minLength").unwrap_or(0) as usize;
    let most = schema.least("maxLength").map(|most| most as usize);
    let bytes = schema.least("x-maxBytes").map(|bytes| bytes as usize);
    if most.is_some_and(|most| most < least) || bytes.is_some_and(|bytes| bytes < least) {
        return Err(unsatisfiable(schema, "its longest length is below its shortest"));
    }
    if let Some(written) = schema.all("pattern").first() {
        let text = written.value.as_str().unwrap_or_default();
        let matching = pattern::matching(text, least, most).map_err(|reason| StrategyError::Unsupported {
            pointer: written.pointer.clone(),
            reason: format!("the pattern `{text}`: {reason}"),
        })?;
        // What matches a pattern is rarely of a format beside it by chance; what is of the format may well match.
        let samples = schema.text("format").map(formats::valid).unwrap_or_default();
        if samples.is_empty() {
            return Ok(matching);
        }
        let both = samples.iter().flat_map(|text| [text.clone(), text.to_uppercase()]);
        return Ok(any_of(vec![matching, one_of(both.map(Value::String).collect())]));
    }
    if let Some(format) = schema.text("format") {
        let samples = formats::valid(format);
        if !samples.is_empty() {
            let samples: Vec<Value> = samples.into_iter().map(Value::String).collect();
            let listed = one_of(samples);
            if format != "email" {
                return Ok(listed);
            }
            return Ok(source(move |runner| {
                if runner.rng().random_ratio(1, 3) { listed(runner) } else { Ok(mailbox(runner.rng()).into()) }
            }));
        }
    }
    Ok(free(least, most, bytes))
}

/// Text without pattern: mostly short, now and then as long as is allowed.
fn free(least: usize, most: Option<usize>, bytes: Option<usize>) -> Source {
    let longest = most.or(bytes).map_or(least + 40, |most| most.min(least + 2000));
    let usual = (least + 12).min(longest);
    source(move |runner| {
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
    })
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

const ATEXT: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+/=?^_`{|}~-";
/// The first 36 may begin and end a label.
const LABEL: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789-";

/// A mailbox of dots, atoms and labels; the rarer classes are among the listed samples.
fn mailbox(rng: &mut TestRng) -> String {
    let mut text = String::with_capacity(48);
    let mut push =
        |rng: &mut TestRng, letters: &[u8]| text.push(char::from(letters[rng.random_range(0..letters.len())]));
    for index in 0..rng.random_range(1..3) {
        if index > 0 {
            push(rng, b".");
        }
        for _ in 0..rng.random_range(1..=8) {
            push(rng, ATEXT);
        }
    }
    for index in 0..rng.random_range(1..4) {
        push(rng, if index == 0 { b"@" } else { b"." });
        push(rng, &LABEL[..36]);
        if rng.random_bool(0.5) {
            for _ in 0..rng.random_range(0..=6) {
                push(rng, LABEL);
            }
            push(rng, &LABEL[..36]);
        }
    }
    text
}
