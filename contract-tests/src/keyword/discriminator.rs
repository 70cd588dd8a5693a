//! `discriminator`: a tag that names one of several schemas.

use serde_json::{Value, json};

use super::Keyword;
use crate::cases::{Enumerator, Fault, fault_at, step};
use crate::document::{Conjunction, TAGGED};
use crate::strategy::StrategyError;

/// A tag that names nobody.
const UNHEARD_OF: &str = "a tag that names nobody";

pub(super) const KEYWORD: Keyword = Keyword { names: &[TAGGED], faults: Some(faults), ..Keyword::NONE };

fn faults<'d>(
    enumerator: &mut Enumerator<'d>,
    schema: &Conjunction<'d>,
    depth: usize,
) -> Result<Vec<Fault>, StrategyError> {
    let open = schema.alternatives();
    let mut found = Vec::new();
    for tagged in schema.all(TAGGED) {
        let is_open = open.iter().any(|one| {
            one.pointer.parent().map(|(holder, _)| holder) == tagged.pointer.parent().map(|(holder, _)| holder)
        });
        let property = tagged.value.get("property").and_then(Value::as_str);
        let (true, Some(property)) = (is_open, property) else { continue };
        let mut value = enumerator.baseline(schema, depth)?;
        if let Some(tag) = value.get_mut(property) {
            *tag = json!(UNHEARD_OF);
            found.push(fault_at(step(property), "discriminator", UNHEARD_OF.to_owned(), value));
        }
    }
    Ok(found)
}
