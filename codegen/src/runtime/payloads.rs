//! A payload that is read once and then as each of several types, with its strings where they stand.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer, forward_to_deserialize_any};
use serde_json::{Map, Number, Value};

/// JSON whose strings are borrowed from the received text where they stand there as they are.
#[derive(Debug, Clone)]
pub(crate) enum Payload<'de> {
    Null,
    Bool(bool),
    Number(Number),
    Text(Cow<'de, str>),
    List(Vec<Payload<'de>>),
    Object(Vec<(Cow<'de, str>, Payload<'de>)>),
}

thread_local! {
    /// How many members were left aside of the payload that is being read. A union within it counts those of the alternative that
    /// it takes.
    pub(super) static LOST: Cell<usize> = const { Cell::new(0) };
    /// Whether each integer of the payload was read as one. A float takes an integer for one of its own, and what is buffered or
    /// may be any JSON does not show here what becomes of it.
    pub(super) static EXACT: Cell<bool> = const { Cell::new(true) };
}

/// What a payload is as a type.
pub(super) struct Read<T> {
    pub(super) value: T,
    /// How many members of the payload the type leaves aside.
    pub(super) lost: usize,
    /// Whether each of its integers was seen to stay one.
    pub(super) is_exact: bool,
}

/// By this name serde_json reads a number where a feature of its keeps each digit.
const NUMBER: &str = "$serde_json::private::Number";

/// So many members are compared with each other faster than they are looked up.
const FEW: usize = 16;

impl<'de> Payload<'de> {
    /// The string that a member is.
    pub(crate) fn string(&self, name: &str) -> Option<&str> {
        let Self::Object(members) = self else { return None };
        match members.iter().find(|(known, _)| known == name)? {
            (_, Self::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// Whether an integer may stand in it as `1.0`.
    pub(crate) fn has_plain_floats(&self) -> bool {
        match self {
            Self::Number(number) => number.is_f64() && number.as_f64().is_some_and(|float| float.fract() == 0.0),
            Self::List(items) => items.iter().any(Self::has_plain_floats),
            Self::Object(members) => members.iter().any(|(_, member)| member.has_plain_floats()),
            Self::Null | Self::Bool(_) | Self::Text(_) => false,
        }
    }

    pub(crate) fn to_value(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(*value),
            Self::Number(number) => Value::Number(number.clone()),
            Self::Text(text) => Value::String(text.clone().into_owned()),
            Self::List(items) => Value::Array(items.iter().map(Self::to_value).collect()),
            Self::Object(members) => {
                let members = members.iter().map(|(name, member)| (name.clone().into_owned(), member.to_value()));
                Value::Object(members.collect::<Map<_, _>>())
            }
        }
    }

    /// The payload as a type; nothing where it is none.
    pub(super) fn read<T: DeserializeOwned>(&self) -> Option<Read<T>> {
        let outer = (LOST.replace(0), EXACT.replace(true));
        let read = T::deserialize(Reading(self)).ok();
        let (lost, is_exact) = (LOST.replace(outer.0), EXACT.replace(outer.1));
        read.map(|value| Read { value, lost, is_exact })
    }
}

/// The last of several members of one name is meant.
fn add<'de>(members: &mut Vec<(Cow<'de, str>, Payload<'de>)>, known: &mut BTreeMap<String, usize>, name: Cow<'de, str>, member: Payload<'de>) {
    if members.len() == FEW {
        known.extend(members.iter().enumerate().map(|(index, (name, _))| (name.clone().into_owned(), index)));
    }
    let place = match members.len() < FEW {
        true => members.iter().position(|(known, _)| *known == name),
        false => known.get(name.as_ref()).copied(),
    };
    match place.and_then(|place| members.get_mut(place)) {
        Some(before) => before.1 = member,
        None => {
            if members.len() >= FEW {
                known.insert(name.clone().into_owned(), members.len());
            }
            members.push((name, member));
        }
    }
}

/// A name, borrowed where it stands as it is.
#[derive(Deserialize)]
#[serde(transparent)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de> Deserialize<'de> for Payload<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Building)
    }
}

impl Serialize for Payload<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(number) => number.serialize(serializer),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => serializer.collect_seq(items),
            Self::Object(members) => serializer.collect_map(members.iter().map(|(name, member)| (name, member))),
        }
    }
}

struct Building;

impl<'de> Visitor<'de> for Building {
    type Value = Payload<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any valid JSON value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Payload<'de>, E> {
        Ok(Payload::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Payload<'de>, E> {
        Ok(Payload::Number(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Payload<'de>, E> {
        Ok(Payload::Number(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Payload<'de>, E> {
        Ok(Number::from_f64(value).map_or(Payload::Null, Payload::Number))
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<Payload<'de>, E> {
        Ok(Payload::Text(Cow::Borrowed(value)))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Payload<'de>, E> {
        Ok(Payload::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Payload<'de>, E> {
        Ok(Payload::Text(Cow::Owned(value)))
    }

    fn visit_unit<E: Error>(self) -> Result<Payload<'de>, E> {
        Ok(Payload::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Payload<'de>, E> {
        Ok(Payload::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Payload<'de>, D::Error> {
        Payload::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Payload<'de>, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Payload::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Payload<'de>, A::Error> {
        let (mut members, mut known) = (Vec::with_capacity(FEW / 2), BTreeMap::new());
        while let Some(Name(name)) = entries.next_key()? {
            if name == NUMBER && members.is_empty() {
                let digits: String = entries.next_value()?;
                return digits.parse().map(Payload::Number).map_err(A::Error::custom);
            }
            add(&mut members, &mut known, name, entries.next_value()?);
        }
        Ok(Payload::Object(members))
    }
}

/// A payload that is read as a type.
#[derive(Clone, Copy)]
struct Reading<'p, 'de>(&'p Payload<'de>);

impl<'p> Reading<'p, '_> {
    fn read<V: Visitor<'p>>(self, visitor: V) -> Result<V::Value, Unfit> {
        match self.0 {
            Payload::Null => visitor.visit_unit(),
            Payload::Bool(value) => visitor.visit_bool(*value),
            Payload::Number(number) => match (number.as_u64(), number.as_i64()) {
                (Some(natural), _) => visitor.visit_u64(natural),
                (None, Some(integer)) => visitor.visit_i64(integer),
                (None, None) => visitor.visit_f64(number.as_f64().ok_or(Unfit)?),
            },
            Payload::Text(text) => visitor.visit_borrowed_str(text),
            Payload::List(items) => visitor.visit_seq(Items(items.iter())),
            Payload::Object(members) => visitor.visit_map(Members { members: members.iter(), next: None }),
        }
    }
}

/// What asks for an integer keeps one.
macro_rules! integers {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
            self.read(visitor)
        }
    )*};
}

impl<'de> Deserializer<'de> for Reading<'de, '_> {
    type Error = Unfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        if matches!(self.0, Payload::Number(number) if !number.is_f64()) {
            EXACT.set(false);
        }
        self.read(visitor)
    }

    integers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        match self.0 {
            Payload::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Unfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        LOST.set(LOST.get() + 1);
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct enum identifier
    }
}

struct Items<'p, 'de>(std::slice::Iter<'p, Payload<'de>>);

impl<'p> SeqAccess<'p> for Items<'p, '_> {
    type Error = Unfit;

    fn next_element_seed<T: DeserializeSeed<'p>>(&mut self, seed: T) -> Result<Option<T::Value>, Unfit> {
        self.0.next().map(|payload| seed.deserialize(Reading(payload))).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

struct Members<'p, 'de> {
    members: std::slice::Iter<'p, (Cow<'de, str>, Payload<'de>)>,
    next: Option<&'p Payload<'de>>,
}

impl<'p> MapAccess<'p> for Members<'p, '_> {
    type Error = Unfit;

    fn next_key_seed<K: DeserializeSeed<'p>>(&mut self, seed: K) -> Result<Option<K::Value>, Unfit> {
        let Some((name, member)) = self.members.next() else { return Ok(None) };
        self.next = Some(member);
        seed.deserialize(BorrowedStrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'p>>(&mut self, seed: T) -> Result<T::Value, Unfit> {
        seed.deserialize(Reading(self.next.take().ok_or(Unfit)?))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.members.len())
    }
}

/// A payload is not of a type. Nobody asks why: another type is tried.
#[derive(Debug)]
struct Unfit;

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("another type")
    }
}

impl std::error::Error for Unfit {}

impl Error for Unfit {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}
