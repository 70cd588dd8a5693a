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
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $(
                #[doc = $crate::generated::runtime::listed_value!($json $(, $doc)?)]
                $variant,
            )*
            /// A value that the document does not list, kept as it was received.
            $unlisted($crate::generated::runtime::Unlisted<::serde_json::Value>),
        }

        impl $name {
            /// Every value that the document lists, as JSON text, in its order.
            pub const LISTED: &'static [&'static str] = &[$($json),*];

            /// Every variant that the document lists, in its order.
            pub const VARIANTS: &'static [Self] = &[$(Self::$variant),*];

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

        impl $crate::generated::runtime::Conformance for $name {
            fn examine<'a>(
                &'a self,
                at: &mut $crate::generated::runtime::Examiner<'a>,
                _: &$crate::generated::runtime::Rules,
            ) {
                if let Self::$unlisted(_) = self {
                    let listed = format!("{:?}", Self::LISTED);
                    at.report($crate::generated::runtime::Violation::new("enum", listed, "a value that is not listed"));
                }
                $($check(self, at);)?
            }
        }

        #[cfg(feature = "schemars")]
        impl $name {
            const APPEARANCE: $crate::generated::runtime::Appearance =
                $crate::generated::runtime::Appearance::named(stringify!($name))$(.$option($($said)*))*;
        }

        #[cfg(feature = "schemars")]
        impl ::schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                Self::APPEARANCE.inline
            }

            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                Self::APPEARANCE.name.into()
            }

            fn json_schema(_: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                let values = Self::LISTED.iter().filter_map(|json| ::serde_json::from_str(json).ok());
                let values: ::std::vec::Vec<::serde_json::Value> = values.collect();
                let mut schema = ::schemars::json_schema!({ "enum": values });
                if let Some(kind) = $kind {
                    let kind: &str = kind;
                    schema.insert("type".to_owned(), kind.into());
                }
                Self::APPEARANCE.complete(schema)
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
