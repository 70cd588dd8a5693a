//! Strategies of strings: lengths in code points, bytes, patterns and formats.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

use super::{Payloads, StrategyError, pattern, unsatisfiable};
use crate::document::Conjunction;
use crate::formats;

/// Whether the compiled schema must confirm a string: what matches a pattern needn't have the right length.
pub(super) fn unsure(schema: &Conjunction<'_>) -> bool {
    let samples = schema.text("format").is_some_and(|format| !formats::valid(format).is_empty());
    samples || !schema.all("pattern").is_empty()
}

pub(super) fn texts(schema: &Conjunction<'_>) -> Result<Payloads, StrategyError> {
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
        return Ok(matching.prop_map(Value::String).boxed());
    }
    if let Some(format) = schema.text("format") {
        let samples = formats::valid(format);
        if !samples.is_empty() {
            let samples: Vec<Value> = samples.into_iter().map(Value::String).collect();
            if format != "email" {
                return Ok(select(samples).boxed());
            }
            let unsupported = |reason| StrategyError::Unsupported { pointer: schema.pointer(), reason };
            return Ok(prop_oneof![1 => select(samples), 2 => mailboxes().map_err(unsupported)?].boxed());
        }
    }
    Ok(free(least, most, bytes))
}

/// Text without pattern: mostly short, now and then as long as is allowed.
fn free(least: usize, most: Option<usize>, bytes: Option<usize>) -> Payloads {
    let longest = most.or(bytes).map_or(least + 40, |most| most.min(least + 2000));
    let usual = (least + 12).min(longest);
    let lengths = prop_oneof![20 => least..=usual, 1 => Just(longest), 1 => least..=longest];
    let texts = lengths.prop_flat_map(|length| vec(letter(), length));
    let fitting = move |letters: Vec<char>| {
        let mut text: String = letters.into_iter().collect();
        if bytes.is_some_and(|bytes| text.len() > bytes) {
            text = shortened(&text, least, bytes.unwrap_or(usize::MAX));
        }
        Value::String(text)
    };
    texts.prop_map(fitting).boxed()
}

/// Letters are dropped, and the last ones replaced by ASCII where too few would be left, until the bytes suffice.
fn shortened(text: &str, least: usize, bytes: usize) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let size = |letters: &[char]| letters.iter().map(|letter| letter.len_utf8()).sum::<usize>();
    while letters.len() > least && size(&letters) > bytes {
        letters.pop();
    }
    let mut index = letters.len();
    while index > 0 && size(&letters) > bytes {
        index -= 1;
        letters[index] = 'a';
    }
    letters.into_iter().collect()
}

/// Code points of every width, with combining marks and the control characters that JSON must escape.
fn letter() -> impl Strategy<Value = char> {
    use proptest::char::range;
    prop_oneof![
        8 => range(' ', '~'),
        2 => range('\u{80}', '\u{7ff}'),
        2 => range('\u{3041}', '\u{30ff}'),
        1 => range('\u{ac00}', '\u{d7a3}'),
        1 => range('\u{1f300}', '\u{1f6ff}'),
        1 => range('\u{300}', '\u{36f}'),
        1 => select(vec!['"', '\\', '\n', '\t', '\u{0}', '\u{7f}', '\u{feff}', '\u{200d}', '\u{fffd}', '\u{10ffff}']),
    ]
}

/// Mailboxes of dots, atoms and labels; the rarer classes are among the listed samples.
fn mailboxes() -> Result<BoxedStrategy<Value>, String> {
    let atom = || pattern::matching("^[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]{1,8}$", 0, None);
    let label = || pattern::matching("^[a-z0-9]([a-z0-9-]{0,6}[a-z0-9])?$", 0, None);
    let locals = vec(atom()?, 1..3).prop_map(|atoms| atoms.join("."));
    let domains = vec(label()?, 1..4).prop_map(|labels| labels.join("."));
    Ok((locals, domains).prop_map(|(local, domain)| Value::String(format!("{local}@{domain}"))).boxed())
}
