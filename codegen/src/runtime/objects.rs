//! Objects: serde would take a JSON array for a struct, its items for the properties in order.
//!
//! A struct derives serde's traits by `#[serde(crate = "…::objects")]`: this module is serde, but for the way in which a
//! struct is read. Nothing but the traits is public of what is derived so.

pub(crate) use ::serde::*;

use ::serde::de::Visitor;

/// What derived code calls of serde's trait of this name. A struct is asked for as a map, which no array is.
pub(crate) trait Deserializer<'de>: ::serde::Deserializer<'de> {
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        ::serde::Deserializer::deserialize_map(self, Members(visitor))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        ::serde::Deserializer::deserialize_map(self, visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        ::serde::Deserializer::deserialize_identifier(self, visitor)
    }
}

/// Takes the members of a map, whatever else a deserializer would give.
struct Members<V>(V);

impl<'de, V: Visitor<'de>> Visitor<'de> for Members<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.expecting(f)
    }

    fn visit_map<A: ::serde::de::MapAccess<'de>>(self, members: A) -> Result<V::Value, A::Error> {
        self.0.visit_map(members)
    }
}

impl<'de, D: ::serde::Deserializer<'de>> Deserializer<'de> for D {}
