//! Enumerations that the API may extend.

use std::fmt;

use serde::de::Unexpected;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A value that an enumeration of the document does not list.
///
/// Only decoding makes one, so none is ever built by mistake, and none equals a listed value.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Unlisted<T>(T);

impl<T> Unlisted<T> {
    pub(crate) fn received(value: T) -> Self {
        Self(value)
    }

    /// The value as it was received.
    pub fn get(&self) -> &T {
        &self.0
    }

    /// The value as it was received, owned.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T: fmt::Display> fmt::Display for Unlisted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Gives an enum of strings its conversions: decoding takes any string, constructors only a listed one.
macro_rules! open_enum {
    ($name:ident, $unlisted:ident { $($variant:ident => $text:literal),* }, $appearance:expr $(, $check:path)?) => {
        impl $name {
            /// Every value that the document lists, in its order.
            pub const LISTED: &'static [&'static str] = &[$($text),*];

            /// Every variant that the document lists, in its order.
            pub const VARIANTS: &'static [Self] = &[$(Self::$variant),*];

            /// The value as it is on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::$unlisted(value) => value.get(),
                }
            }

            /// The value as it is on the wire, owned.
            pub fn into_inner(self) -> ::std::string::String {
                match self {
                    Self::$unlisted(value) => value.into_inner(),
                    listed => listed.as_str().to_owned(),
                }
            }

            fn listed(text: &str) -> ::std::option::Option<Self> {
                match text {
                    $($text => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::std::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::convert::From<$name> for ::std::string::String {
            fn from(value: $name) -> Self {
                value.into_inner()
            }
        }

        impl ::std::cmp::PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.as_str() == other
            }
        }

        impl ::std::cmp::PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.as_str() == *other
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::generated::runtime::Violation;

            fn from_str(text: &str) -> ::std::result::Result<Self, $crate::generated::runtime::Violation> {
                Self::listed(text).ok_or_else(|| {
                    $crate::generated::runtime::Violation::new("enum", Self::LISTED.join(", "), "a text that is not listed")
                })
            }
        }

        impl ::std::convert::TryFrom<&str> for $name {
            type Error = $crate::generated::runtime::Violation;

            fn try_from(text: &str) -> ::std::result::Result<Self, $crate::generated::runtime::Violation> {
                ::std::str::FromStr::from_str(text.as_ref())
            }
        }

        impl ::std::convert::TryFrom<::std::string::String> for $name {
            type Error = $crate::generated::runtime::Violation;

            fn try_from(text: ::std::string::String) -> ::std::result::Result<Self, $crate::generated::runtime::Violation> {
                ::std::str::FromStr::from_str(text.as_ref())
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                let text = <$crate::generated::runtime::Text as ::serde::Deserialize>::deserialize(deserializer)?;
                Ok(Self::listed(text.as_str()).unwrap_or_else(|| {
                    Self::$unlisted($crate::generated::runtime::Unlisted::received(text.into_string()))
                }))
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
        impl ::schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                $appearance.inline
            }

            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                $appearance.name.into()
            }

            fn json_schema(_: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                $appearance.complete(::schemars::json_schema!({ "type": "string", "enum": Self::LISTED }))
            }
        }
    };
}

/// Gives an enumeration of integers its conversions: decoding takes any integer, building only a listed one.
macro_rules! open_integer_enum {
    ($name:ident: $integer:ty, $unlisted:ident { $($variant:ident => $number:literal),* }, $appearance:expr $(, $check:path)?) => {
        impl $name {
            /// Every value that the document lists, in its order.
            pub const LISTED: &'static [$integer] = &[$($number),*];

            /// Every variant that the document lists, in its order.
            pub const VARIANTS: &'static [Self] = &[$(Self::$variant),*];

            /// The value as it is on the wire.
            pub fn get(&self) -> $integer {
                match self {
                    $(Self::$variant => $number,)*
                    Self::$unlisted(value) => *value.get(),
                }
            }

            fn listed(number: $integer) -> ::std::option::Option<Self> {
                match number {
                    $($number => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.get(), f)
            }
        }

        impl ::std::convert::From<$name> for $integer {
            fn from(value: $name) -> Self {
                value.get()
            }
        }

        impl ::std::convert::TryFrom<$integer> for $name {
            type Error = $crate::generated::runtime::Violation;

            fn try_from(number: $integer) -> ::std::result::Result<Self, $crate::generated::runtime::Violation> {
                Self::listed(number).ok_or_else(|| {
                    $crate::generated::runtime::Violation::new("enum", format!("{:?}", Self::LISTED), number)
                })
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                ::serde::Serialize::serialize(&self.get(), serializer)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                let number = <$integer as ::serde::Deserialize>::deserialize(deserializer)?;
                Ok(Self::listed(number)
                    .unwrap_or_else(|| Self::$unlisted($crate::generated::runtime::Unlisted::received(number))))
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

            fn received<'a>(
                json: &'a ::serde_json::value::RawValue,
                at: &mut $crate::generated::runtime::Examiner<'a>,
            ) {
                $crate::generated::runtime::received_integer(json, at);
            }
        }

        #[cfg(feature = "schemars")]
        impl ::schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                $appearance.inline
            }

            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                $appearance.name.into()
            }

            fn json_schema(_: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                $appearance.complete(::schemars::json_schema!({ "type": "integer", "enum": Self::LISTED }))
            }
        }
    };
}

/// Gives an enumeration of values of several kinds its conversions; each value is written as its JSON text.
macro_rules! open_value_enum {
    ($name:ident, $kind:expr, $unlisted:ident { $($variant:ident => $json:literal),* }, $appearance:expr $(, $check:path)?) => {
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
        impl ::schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                $appearance.inline
            }

            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                $appearance.name.into()
            }

            fn json_schema(_: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                let values = Self::LISTED.iter().filter_map(|json| ::serde_json::from_str(json).ok());
                let values: ::std::vec::Vec<::serde_json::Value> = values.collect();
                let mut schema = ::schemars::json_schema!({ "enum": values });
                if let Some(kind) = $kind {
                    let kind: &str = kind;
                    schema.insert("type".to_owned(), kind.into());
                }
                $appearance.complete(schema)
            }
        }
    };
}

pub(crate) use {open_enum, open_integer_enum, open_value_enum};

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

/// A received text, borrowed from the payload where it stands there as it is.
#[derive(Deserialize)]
#[serde(transparent)]
pub(crate) struct Text<'a>(#[serde(borrow)] std::borrow::Cow<'a, str>);

impl Text<'_> {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn into_string(self) -> String {
        self.0.into_owned()
    }
}
