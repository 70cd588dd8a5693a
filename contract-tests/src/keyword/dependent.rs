//! `dependentRequired`: which properties there must be beside another one.

use serde_json::Value;

use super::Keyword;
use crate::cases::{Enumerator, Fault, Variant, fault, variant};
use crate::document::{Conjunction, Kind};
use crate::mutate::{self, Edits, Operator, Places};
use crate::strategy::StrategyError;

pub(super) const KEYWORD: Keyword = Keyword {
    names: &["dependentRequired"],
    kind: Some(Kind::Object),
    copied: &["dependentRequired"],
    is_later: true,
    variants: Some(variants),
    faults: Some(faults),
    operators: &[Operator { name: "dependent-required", about: "Drops an entry of dependentRequired.", apply }],
    ..Keyword::NONE
};

/// The property and what it needs beside it.
fn needs<'d>(schema: &Conjunction<'d>) -> Vec<(&'d str, &'d str)> {
    let all = schema.all("dependentRequired").into_iter().filter_map(|needs| needs.value.as_object());
    let each = all.flatten().flat_map(|(name, others)| {
        let others = others.as_array().into_iter().flatten().filter_map(Value::as_str);
        others.map(move |other| (name.as_str(), other))
    });
    each.collect()
}

/// Neither of the two is there.
fn variants<'d>(
    enumerator: &mut Enumerator<'d>,
    schema: &Conjunction<'d>,
    depth: usize,
) -> Result<Vec<Variant>, StrategyError> {
    let base = enumerator.base(schema, depth)?;
    let each = needs(schema).into_iter().map(|(name, other)| {
        let mut object = base.clone();
        object.retain(|key, _| key != name && key != other);
        variant(format!("neither {name} nor {other}"), object)
    });
    Ok(each.collect())
}

fn faults<'d>(
    enumerator: &mut Enumerator<'d>,
    schema: &Conjunction<'d>,
    depth: usize,
) -> Result<Vec<Fault>, StrategyError> {
    let base = enumerator.base(schema, depth)?;
    let mut faults = Vec::new();
    for (name, other) in needs(schema) {
        let mut object = base.clone();
        for name in [name, other] {
            if let (false, Some(property)) = (object.contains_key(name), schema.property(enumerator.document, name)?) {
                let value = enumerator.unless_left_out(|one| one.baseline(&property, depth + 1))?;
                object.extend(value.map(|value| (name.to_owned(), value)));
            }
        }
        object.shift_remove(other);
        faults.push(fault("dependentRequired", format!("{name} without {other}"), object));
    }
    Ok(faults)
}

fn apply(places: &Places<'_>, edits: &mut Edits<'_>) {
    for spot in places.later(mutate::Kind::Schema) {
        edits.entries(spot, "dependentRequired");
    }
}
