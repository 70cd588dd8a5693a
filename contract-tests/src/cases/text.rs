//! Strings at and beyond each length in every script, patterns, formats, and the neighbours of enum values.

use serde_json::{Value, json};

use super::{Enumerator, Fault, Variant, fault, variant};
use crate::alphabet::Script;
use crate::document::Conjunction;
use crate::formats;
use crate::strategy::{self, StrategyError};

/// A length beyond this is not built: the payloads would say no more and cost memory.
const LONGEST: u64 = 1_000_000;

/// A string without a limit is tried with this length, so that a limit which was taken away is missed.
const UNLIMITED: u64 = 5_000;

impl<'d> Enumerator<'d> {
    pub(super) fn text_variants(&mut self, schema: &Conjunction<'d>) -> Result<Vec<Variant>, StrategyError> {
        let mut found = Vec::new();
        if let Some(format) = schema.text("format") {
            found.extend(formats::valid(format).into_iter().map(|text| variant(format!("format {format}"), text)));
        }
        if !schema.all("pattern").is_empty() {
            let drawn = self.drawn(schema, 20)?;
            found.extend(drawn.into_iter().map(|value| variant("pattern".into(), value)));
        }
        if !found.is_empty() {
            return Ok(found);
        }
        let least = schema.greatest("minLength").unwrap_or(0);
        let bytes = schema.least("x-maxBytes").unwrap_or(u64::MAX);
        let most = schema.least("maxLength").unwrap_or(u64::MAX);
        for script in Script::ALL {
            for length in [least, least + 1, most.saturating_sub(1), most] {
                let text = if length <= LONGEST { script.of_length(length as usize) } else { continue };
                if (text.len() as u64) <= bytes && length <= most {
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
        if most > UNLIMITED && bytes > 4 * UNLIMITED {
            found.push(variant(
                format!("{UNLIMITED} code points, which nothing forbids"),
                Script::ThreeByte.of_length(UNLIMITED as usize),
            ));
        }
        if least <= 12 && most >= 12 && bytes >= 24 {
            let escaped = "\"\\\n\t\u{0}\u{7f}/é\u{200d}\u{feff}  ";
            found.push(variant("what JSON escapes".into(), escaped));
        }
        Ok(found)
    }

    pub(super) fn text_faults(&mut self, schema: &Conjunction<'d>) -> Result<Vec<Fault>, StrategyError> {
        let mut faults = Vec::new();
        for limit in
            schema.all("maxLength").iter().filter_map(|limit| limit.value.as_u64()).filter(|limit| *limit < LONGEST)
        {
            for script in Script::ALL {
                let text = script.of_length(limit as usize + 1);
                faults.push(fault("maxLength", format!("{} code points, {}", limit + 1, script.name()), text));
            }
        }
        for limit in schema
            .all("minLength")
            .iter()
            .filter_map(|limit| limit.value.as_u64())
            .filter(|limit| (1..LONGEST).contains(limit))
        {
            for script in Script::ALL {
                let text = script.of_length(limit as usize - 1);
                faults.push(fault("minLength", format!("{} code points, {}", limit - 1, script.name()), text));
            }
        }
        for limit in
            schema.all("x-maxBytes").iter().filter_map(|limit| limit.value.as_u64()).filter(|limit| *limit < LONGEST)
        {
            for script in Script::ALL {
                let text = script.of_bytes(limit as usize + 1);
                faults.push(fault("x-maxBytes", format!("{} bytes, {}", limit + 1, script.name()), text));
            }
        }
        for format in schema.all("format").iter().filter_map(|format| format.value.as_str()) {
            faults.extend(formats::invalid(format).into_iter().map(|text| {
                let label = format!("{text:?} is no {format}");
                fault("format", label, text)
            }));
        }
        if !schema.all("pattern").is_empty() {
            for drawn in self.drawn(schema, 5)? {
                let text = drawn.as_str().unwrap_or_default();
                faults.extend(spoilt(text).into_iter().map(|text| fault("pattern", format!("{text:?}"), text)));
            }
        }
        // A length fault of a patterned or formatted string must keep the pattern: stretch what fits.
        if schema.text("pattern").is_some()
            || schema.text("format").is_some_and(|format| !formats::valid(format).is_empty())
        {
            faults.extend(self.stretched(schema)?);
        }
        Ok(faults)
    }

    fn stretched(&mut self, schema: &Conjunction<'d>) -> Result<Vec<Fault>, StrategyError> {
        let mut faults = Vec::new();
        let least = schema.greatest("minLength").unwrap_or(0) as usize;
        let most = schema.least("maxLength").map(|most| most as usize);
        for drawn in self.drawn(schema, 40)? {
            let letters: Vec<char> = drawn.as_str().unwrap_or_default().chars().collect();
            let Some(last) = letters.last() else { continue };
            if let Some(most) = most.filter(|most| *most < LONGEST as usize) {
                let more = std::iter::repeat_n(last, (most + 1).saturating_sub(letters.len()));
                let text: String = letters.iter().chain(more).collect();
                faults.push(fault("maxLength", format!("{} code points that still match", most + 1), text));
            }
            if least > 0 {
                let text: String = letters.iter().take(least - 1).collect();
                faults.push(fault("minLength", format!("{} code points that still match", least - 1), text));
            }
        }
        Ok(faults)
    }

    fn drawn(&mut self, schema: &Conjunction<'d>, count: usize) -> Result<Vec<Value>, StrategyError> {
        let payloads = self.strategies.conforming(schema)?;
        let mut drawn = strategy::draw(&payloads, &schema.pointer(), 1, count)?;
        drawn.retain(Value::is_string);
        Ok(drawn)
    }
}

/// Texts near one that matches.
fn spoilt(text: &str) -> Vec<String> {
    let mut all = vec![
        format!("{text}\n!"),
        format!("!{text}"),
        format!("{text} é"),
        "\u{1f600}".to_owned(),
        String::new(),
        "\n".to_owned(),
    ];
    for replacement in ['!', 'a', '0', ' ', 'Ａ'] {
        for index in 0..text.chars().count().min(12) {
            all.push(
                text.chars()
                    .enumerate()
                    .map(|(place, letter)| if place == index { replacement } else { letter })
                    .collect(),
            );
        }
    }
    all.push(text.chars().skip(1).collect());
    let mut shorter: Vec<char> = text.chars().collect();
    shorter.pop();
    all.push(shorter.into_iter().collect());
    all.push(text.to_uppercase());
    all.push(text.to_lowercase());
    all
}

/// What is nearly, but not, on the list.
pub(super) fn enum_faults(listed: &[&Value]) -> Vec<Fault> {
    let mut candidates: Vec<Value> = Vec::new();
    for value in listed {
        match value {
            Value::String(text) => {
                let swapped: String =
                    text.chars()
                        .map(|letter| {
                            if letter.is_lowercase() {
                                letter.to_ascii_uppercase()
                            } else {
                                letter.to_ascii_lowercase()
                            }
                        })
                        .collect();
                let mut shorter = text.clone();
                shorter.pop();
                candidates.extend([
                    json!(swapped),
                    json!(format!("{text}X")),
                    json!(format!(" {text}")),
                    json!(shorter),
                ]);
                candidates.push(json!(format!("{text}\u{301}")));
            }
            Value::Number(number) if number.is_i64() => {
                let number = number.as_i64().unwrap_or_default();
                candidates.extend([json!(number.saturating_add(1)), json!(number.saturating_sub(1))]);
            }
            Value::Number(number) => candidates.push(json!(number.as_f64().unwrap_or_default() + 0.25)),
            Value::Bool(value) => candidates.push(json!(!value)),
            _ => {}
        }
    }
    if listed.iter().any(|value| value.is_string()) {
        candidates.extend([json!(""), json!("null"), json!("UNKNOWN_VALUE")]);
    }
    candidates.retain(|candidate| !listed.contains(&candidate));
    candidates.into_iter().map(|value| fault("enum", format!("{value} is not on the list"), value)).collect()
}
