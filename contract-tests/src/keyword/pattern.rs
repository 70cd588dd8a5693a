//! `pattern`: an unanchored regular expression of ECMA-262, which several parts of a schema may state at once.

use super::Keyword;
use crate::cases::{Enumerator, Fault, Variant, fault, variant};
use crate::document::Conjunction;
use crate::mutate::{Direction, Edits, Operator, Places};
use crate::strategy::{StrategyError, Term, strings};

pub(super) const KEYWORD: Keyword = Keyword {
    names: &["pattern"],
    kind: Some(crate::document::Kind::String),
    copied: &["pattern"],
    variants: Some(variants),
    faults: Some(faults),
    terms: Some(terms),
    operators: &[Operator { name: "pattern", about: "Drops, narrows or adds the pattern of a string.", apply }],
    ..Keyword::NONE
};

fn terms(schema: &Conjunction<'_>) -> Vec<Term> {
    let written = schema.all("pattern").into_iter();
    written
        .filter_map(|written| Some(Term::pattern("pattern", written.pointer.clone(), written.value.as_str()?)))
        .collect()
}

fn variants<'d>(
    enumerator: &mut Enumerator<'d>,
    schema: &Conjunction<'d>,
    _: usize,
) -> Result<Vec<Variant>, StrategyError> {
    if schema.all("pattern").is_empty() {
        return Ok(Vec::new());
    }
    let drawn = enumerator.drawn(schema, 20)?;
    Ok(drawn.into_iter().map(|value| variant("pattern".into(), value)).collect())
}

fn faults<'d>(
    enumerator: &mut Enumerator<'d>,
    schema: &Conjunction<'d>,
    _: usize,
) -> Result<Vec<Fault>, StrategyError> {
    if schema.all("pattern").is_empty() {
        return Ok(Vec::new());
    }
    let mut found = strings::breaking(schema, "pattern");
    for drawn in enumerator.drawn(schema, 5)? {
        found.extend(near(drawn.as_str().unwrap_or_default()));
    }
    Ok(found.into_iter().map(|text| fault("pattern", format!("{text:?}"), text)).collect())
}

/// Strings near one that matches.
fn near(text: &str) -> Vec<String> {
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

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.typed(&["string"]) {
        match spot.text("pattern") {
            Some(pattern) => {
                edits.drop(spot, "pattern", Direction::Loosening, spot.observer);
                edits.set(spot, "pattern", format!("(?:{pattern})|^~$"), Direction::Loosening, spot.observer);
            }
            None if !spot.object.contains_key("enum") && !spot.object.contains_key("format") => {
                edits.set(spot, "pattern", "^[A-Za-z0-9+_./ -]*$", Direction::Tightening, spot.observer);
            }
            None => {}
        }
    }
}
