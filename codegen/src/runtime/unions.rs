//! Payloads that fit one of several types.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::Conformance;

/// Finds the alternative of a union that a payload is: one that the discriminator names, else the one that loses least of
/// it, and of these the one that it deviates from least.
pub(crate) struct Choice<U> {
    value: Value,
    tag: Option<String>,
    offers: Vec<Offer<U>>,
}

/// What an alternative makes of the payload.
struct Offer<U> {
    made: U,
    members: Map<String, Value>,
    lost: usize,
    violations: usize,
}

impl<U> Choice<U> {
    /// A choice for a payload; `property` is the discriminator's, where the document has one.
    pub(crate) fn of(value: Value, property: Option<&str>) -> Self {
        let tag = property.and_then(|property| value.get(property)).and_then(Value::as_str).map(str::to_owned);
        Self { value, tag, offers: Vec::new() }
    }

    /// Offers an alternative, and the discriminator's values that name it.
    pub(crate) fn offer<T>(&mut self, names: &[&str], wrap: fn(T) -> U)
    where
        T: DeserializeOwned + Serialize + Conformance,
    {
        let named_otherwise = |tag: &str| !names.is_empty() && !names.contains(&tag);
        if self.tag.as_deref().is_some_and(named_otherwise) {
            return;
        }
        let Ok(decoded) = serde_json::from_value::<T>(self.value.clone()) else { return };
        let Ok(encoded) = serde_json::to_value(&decoded) else { return };
        let lost = lost(&self.value, &encoded);
        let members = encoded.as_object().cloned().unwrap_or_default();
        // An open enumeration, for one, decodes any text, but lists only some.
        let violations = decoded.conformance().len();
        self.offers.push(Offer { made: wrap(decoded), members, lost, violations });
    }

    /// The alternative that keeps most of the payload, or the payload itself where none can hold what the others know.
    pub(crate) fn taken(mut self) -> Result<U, Value> {
        let quality = |index: &usize| self.offers.get(*index).map(|offer| (offer.lost, offer.violations));
        let Some(best) = (0..self.offers.len()).min_by_key(quality) else { return Err(self.value) };
        let Offer { made, members: kept, lost, .. } = self.offers.swap_remove(best);
        let known_elsewhere =
            self.offers.iter().any(|offer| offer.members.keys().any(|key| !kept.contains_key(key)));
        if known_elsewhere && lost > 0 { Err(self.value) } else { Ok(made) }
    }
}

/// How many members of a payload are missing from, or different in, what was made of it.
fn lost(value: &Value, encoded: &Value) -> usize {
    match (value, encoded) {
        (Value::Object(value), Value::Object(encoded)) => value
            .iter()
            .map(|(key, member)| match encoded.get(key) {
                Some(encoded) => lost(member, encoded),
                // A null that reads as absent says the same.
                None => usize::from(!member.is_null()),
            })
            .sum(),
        (Value::Array(value), Value::Array(encoded)) if value.len() == encoded.len() => {
            value.iter().zip(encoded).map(|(value, encoded)| lost(value, encoded)).sum()
        }
        (Value::Number(value), Value::Number(encoded)) => usize::from(value.as_f64() != encoded.as_f64()),
        (value, encoded) => usize::from(value != encoded),
    }
}
