//! Payloads that are one of several types.

use std::cell::Cell;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::nested::{NONE, Nested, Purpose};
use super::numbers::plain_integers;
use super::payloads::{EXACT, LOST, Payload, Read};
use super::{Alternatives, Conformance, Tags, is_equal, violations_of};

/// Finds the alternative of a union that a payload is: one that the discriminator names, else the one that loses least of
/// it, of these the one that it deviates from least, and of these one that takes no integer for a float. One that is itself a union and keeps a payload that is none of its own
/// alternatives loses nothing of it, and has understood nothing either: it comes last.
pub(crate) struct Choice<'de, U> {
    payload: Payload<'de>,
    /// The payload once more, where alternatives are compared with it.
    value: Option<Value>,
    /// The discriminator's property.
    property: Option<&'static str>,
    /// What the first alternative that holds the payload makes of it: mostly, it is the only one.
    first: Option<Offer<U>>,
    offers: Vec<Offer<U>>,
    /// How much was left aside so far of what is being read around the payload, and whether its integers stayed some.
    outer: (usize, bool),
    /// How many alternatives were offered, whether they can hold the payload or not.
    offered: usize,
    /// Where the payload stands in others, unless a tag says at once which alternative it is.
    nested: Option<Nested>,
    /// The alternative that the same payload was found to be before; [`NONE`] where it was none.
    known: Option<usize>,
}

/// What an alternative makes of the payload.
struct Offer<U> {
    made: U,
    index: usize,
    is_unread: bool,
    /// How many members of the payload it leaves aside, where that was counted on the way.
    lost: Option<usize>,
    /// Whether each integer of the payload was seen to stay one.
    is_exact: bool,
    /// In how many places the payload deviates from it.
    violations: fn(&Payload<'_>) -> usize,
}

impl<'de, U> Choice<'de, U> {
    /// A choice for a payload; `property` is the discriminator's, where the document has one.
    pub(crate) fn of<D: Deserializer<'de>>(deserializer: D, property: Option<&'static str>) -> Result<Self, D::Error> {
        // To read the payload is to read any JSON.
        let exact = EXACT.get();
        let payload = Payload::deserialize(deserializer)?;
        let offers = Vec::new();
        let outer = (LOST.get(), exact);
        let mut choice = Self { outer, payload, value: None, property, first: None, offers, offered: 0, known: None, nested: None };
        if !choice.is_tagged() {
            choice.watch();
        }
        Ok(choice)
    }

    /// Whether the payload says which alternative it is.
    pub(crate) fn is_tagged(&self) -> bool {
        self.tag().is_some()
    }

    fn tag(&self) -> Option<&str> {
        self.property.and_then(|property| self.payload.string(property))
    }

    /// Keeps an eye on the payloads around this one, where several alternatives are tried.
    fn watch(&mut self) {
        let nested = Nested::of::<U>(&self.payload, if is_tried() { Purpose::Trial } else { Purpose::Value });
        (self.known, self.nested) = (nested.known(), Some(nested));
    }

    /// Offers an alternative, and the discriminator's values that name it.
    pub(crate) fn offer<T: DeserializeOwned + Conformance>(&mut self, tags: Tags, wrap: fn(T) -> U) {
        let index = self.offered;
        self.offered += 1;
        // A tag that is any alternative's names none.
        if self.nested.is_none() && tags.named.is_none() {
            self.watch();
        }
        if tags.admit(self.tag()) && self.known.is_none_or(|known| known == index) {
            let violations = |payload: &Payload<'_>| {
                let read = payload.read::<T>().map(|read| read.value).or_else(|| decoded::<T>(&payload.to_value()));
                read.map_or(usize::MAX, |value| value.conformance().len())
            };
            let read = self.payload.read::<T>().map(|Read { value, lost, is_exact }| (value, Some(lost), is_exact)).or_else(|| {
                let plain = self.payload.has_plain_floats();
                plain.then(|| decoded::<T>(self.value())).flatten().map(|read| (read, None, false))
            });
            let offer = read.map(|(decoded, lost, is_exact)| {
                let is_unread = decoded.is_unread();
                Offer { made: wrap(decoded), index, is_unread, lost, is_exact, violations }
            });
            match self.first {
                None => self.first = offer,
                Some(_) => self.offers.extend(offer),
            }
        }
    }

    fn value(&mut self) -> &Value {
        self.value.get_or_insert_with(|| self.payload.to_value())
    }

    /// Keeps which alternative was taken, and what it leaves aside of what is being read around it.
    fn keep(&self, best: Option<&Offer<U>>) {
        self.nested.iter().for_each(|nested| nested.keep(best.map_or(NONE, |best| best.index)));
        // What was not counted may be something.
        LOST.set(self.outer.0 + best.map_or(0, |best| best.lost.unwrap_or(1)));
        EXACT.set(self.outer.1 && best.is_none_or(|best| best.is_exact));
    }
}

impl<U: Serialize> Choice<'_, U> {
    /// The alternative that keeps most of the payload, or the payload itself where none can hold what the others know.
    pub(crate) fn taken(mut self, of: &Alternatives, other: fn(Value) -> U) -> U {
        let counted = of.counted(self.is_tagged());
        let best = self.best().filter(|best| !counted || self.is_kept(best, of));
        self.keep(best.as_ref());
        best.map_or_else(|| other(self.payload.to_value()), |best| best.made)
    }

    /// Whether an alternative is judged as the payload is, now that it is without its undeclared properties.
    fn is_kept(&mut self, best: &Offer<U>, of: &Alternatives) -> bool {
        best.lost == Some(0) || self.known.is_some() || is_tried() || {
            let encoded = serde_json::to_value(&best.made).unwrap_or_default();
            let value = self.value();
            encoded == *value || of.refuses(value) || !of.refuses(&encoded)
        }
    }

    fn best(&mut self) -> Option<Offer<U>> {
        if self.offers.is_empty() {
            return self.first.take();
        }
        self.offers.splice(..0, self.first.take());
        if self.offers.iter().any(|offer| !offer.is_unread) {
            self.offers.retain(|offer| !offer.is_unread);
        }
        // To compare offers costs more than to make them, and mostly there is one.
        if self.offers.len() < 2 {
            return self.offers.pop();
        }
        if let Some(best) = self.whole() {
            return Some(self.offers.swap_remove(best));
        }
        self.value();
        let value = self.value.as_ref()?;
        let encoded: Vec<Value> = self.offers.iter().map(|offer| serde_json::to_value(&offer.made).unwrap_or_default()).collect();
        let lost: Vec<usize> = encoded.iter().map(|encoded| lost(value, encoded)).collect();
        let least = lost.iter().copied().min()?;
        let equal: Vec<usize> = (0..lost.len()).filter(|index| lost.get(*index) == Some(&least)).collect();
        let best = match equal.as_slice() {
            [only] => *only,
            _ => self.least_deviating(&equal, |index| encoded.get(index) == Some(value))?,
        };
        let members = |index: usize| encoded.get(index).and_then(Value::as_object);
        let knows_more = |index: usize| {
            let known = |name: &String| members(best).is_some_and(|members| members.contains_key(name));
            index != best && members(index).is_some_and(|members| members.keys().any(|name| !known(name)))
        };
        let known_elsewhere = least > 0 && (0..encoded.len()).any(knows_more);
        (!known_elsewhere).then(|| self.offers.swap_remove(best))
    }

    /// The best of the alternatives that leave nothing aside, where that was counted for all.
    fn whole(&self) -> Option<usize> {
        if self.offers.iter().any(|offer| offer.lost.is_none()) {
            return None;
        }
        let whole = self.offers.iter().enumerate().filter(|(_, offer)| offer.lost == Some(0)).map(|(index, _)| index);
        let whole: Vec<usize> = whole.collect();
        match whole.as_slice() {
            [only] => Some(*only),
            several => self.least_deviating(several, |index| {
                let is_same = |made: &U| serde_json::to_value(made).is_ok_and(|encoded| encoded == self.payload.to_value());
                self.offers.get(index).is_some_and(|offer| offer.is_exact || is_same(&offer.made))
            }),
        }
    }

    /// The alternative from which the payload deviates in the fewest places; of several, the first that keeps it as it came, or else
    /// the first. An open enumeration, for one, decodes any string, but lists only some; and what counts the alternatives of a value
    /// has to see whether its numbers are integers.
    fn least_deviating(&self, of: &[usize], is_as_it_came: impl Fn(usize) -> bool) -> Option<usize> {
        let mut best: Option<((usize, bool), usize)> = None;
        for index in of {
            let found = ((self.offers.get(*index)?.violations)(&self.payload), !is_as_it_came(*index));
            if best.is_none_or(|(least, _)| found < least) {
                best = Some((found, *index));
            }
            if found == (0, false) {
                break;
            }
        }
        best.map(|(_, index)| index)
    }
}

/// A payload as an alternative, which may have been sent with an integer as `1.0`.
fn decoded<T: DeserializeOwned>(value: &Value) -> Option<T> {
    let first = T::deserialize(value).ok();
    let is_nested = value.is_object() || value.is_array();
    first.or_else(|| is_nested.then(|| serde_json::from_value(plain_integers(value)?).ok()).flatten())
}

/// A payload as one of the types that a union lists, where it can be read so.
pub(crate) fn read_as<T: DeserializeOwned>(union: &impl Serialize) -> Option<T> {
    serde_json::to_value(union).and_then(serde_json::from_value).ok()
}

thread_local! {
    static TRIED: Cell<bool> = const { Cell::new(false) };
}

/// Whether a payload is being tried as one of several types. The unions in it are not counted through then, since each level
/// would multiply the work of the one below.
pub(super) fn is_tried() -> bool {
    TRIED.get()
}

/// Whether a payload is a value of a type, with nothing in it that deviates.
pub(crate) fn fits<T: DeserializeOwned + Conformance>(value: &Value) -> bool {
    let nested = Nested::of::<T>(value, Purpose::Verdict);
    if let Some(known) = nested.known() {
        return known != NONE;
    }
    let outer = TRIED.replace(true);
    let fits = T::deserialize(value).is_ok_and(|decoded| {
        serde_json::to_vec(value).is_ok_and(|text| violations_of(&decoded, &text).is_empty())
    });
    TRIED.set(outer);
    nested.keep(if fits { 0 } else { NONE });
    fits
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
        (value, encoded) => usize::from(!is_equal(value, encoded)),
    }
}
