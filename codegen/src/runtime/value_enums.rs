//! Enumerations of values of several kinds.

use serde::de::Unexpected;
use serde_json::Value;

/// Declares an enumeration of values of several kinds and its conversions; each value is written as its JSON text.
macro_rules! open_value_enum {
    (
        $(#[$meta:meta])*
        pub enum $name:ident { $($(#[doc = $doc:literal])? $variant:ident = $json:literal),* $(,)? }
        else $unlisted:ident($kind:expr) $(.$option:ident($($said:tt)*))* $(, $check:path)?
    ) => {
        $crate::generated::runtime::enumeration! {
            $(#[$meta])*
            #[derive(Debug, Clone, PartialEq, Eq, Hash)]
            pub enum $name { $($(#[doc = $doc])? $variant = $json),* }
            else $unlisted(::serde_json::Value) $(.$option($($said)*))* $(, $check)?;
            $crate::generated::runtime::listed_values($kind, Self::LISTED)
        }

        impl $name {
            /// Every value that the document lists, as JSON text, in its order.
            pub const LISTED: &'static [&'static str] = &[$($json),*];

            /// The value as it is on the wire.
            pub fn to_value(&self) -> ::serde_json::Value {
                match self {
                    $(Self::$variant => ::serde_json::from_str($json).unwrap_or_default(),)*
                    Self::$unlisted(value) => value.get().clone(),
                }
            }

            fn listed(value: &::serde_json::Value) -> ::std::option::Option<Self> {
                [$(($json, Self::$variant)),*].into_iter().find_map(|(json, variant)| {
                    let listed = ::serde_json::from_str::<::serde_json::Value>(json).ok()?;
                    $crate::generated::runtime::is_equal(&listed, value).then_some(variant)
                })
            }
        }

        impl ::std::convert::TryFrom<::serde_json::Value> for $name {
            type Error = $crate::generated::runtime::Violation;

            fn try_from(value: ::serde_json::Value) -> ::std::result::Result<Self, $crate::generated::runtime::Violation> {
                Self::listed(&value).ok_or_else(|| {
                    $crate::generated::runtime::Violation::new("enum", Self::LISTED.join(", "), "a value that is not listed")
                })
                $(.and_then(|listed| $crate::generated::runtime::unrefused(&listed, $check).map(|()| listed)))?
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                ::serde::Serialize::serialize(&self.to_value(), serializer)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                let value = <::serde_json::Value as ::serde::Deserialize>::deserialize(deserializer)?;
                $crate::generated::runtime::of_kind($kind, &value)?;
                Ok(Self::listed(&value)
                    .unwrap_or_else(|| Self::$unlisted($crate::generated::runtime::Unlisted::received(value))))
            }
        }
    };
}

pub(crate) use open_value_enum;

/// Refuses a value of an enumeration that is not of the type of its values, where the document names one: no value of the
/// enumeration could be of another.
pub(crate) fn of_kind<E: serde::de::Error>(kind: Option<&str>, value: &Value) -> Result<(), E> {
    let (found, is_one) = match value {
        Value::Null => (Unexpected::Unit, None),
        Value::Bool(one) => (Unexpected::Bool(*one), Some("boolean")),
        Value::Number(number) => (Unexpected::Float(number.as_f64().unwrap_or_default()), Some("number")),
        Value::String(text) => (Unexpected::Str(text), Some("string")),
        Value::Array(_) => (Unexpected::Seq, Some("array")),
        Value::Object(_) => (Unexpected::Map, Some("object")),
    };
    match kind {
        Some(kind) if is_one != Some(if kind == "integer" { "number" } else { kind }) => {
            Err(E::invalid_type(found, &kind))
        }
        _ => Ok(()),
    }
}
