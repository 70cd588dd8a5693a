//! Enumerations that the API may extend.

use std::fmt;

use serde::{Deserialize, Serialize};

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

/// The documentation of a variant: the value that it stands for, or what is said instead.
macro_rules! listed_value {
    ($value:literal) => {
        concat!("`", $value, "`")
    };
    ($value:literal, $doc:literal) => {
        $doc
    };
}

/// Declares what enumerations of each kind of value have in common: the variant of all other values, the list of variants, what a value
/// that is not listed violates, and how the type appears in a schema. Behind the declaration stand that schema, and how a received
/// value is judged where that is not by its type alone.
macro_rules! enumeration {
    (
        $(#[$meta:meta])*
        pub enum $name:ident { $($(#[doc = $doc:literal])? $variant:ident = $value:literal),* }
        else $unlisted:ident($held:ty) $(.$option:ident($($said:tt)*))* $(, $check:path)?;
        $schema:expr $(; $received:path)?
    ) => {
        $(#[$meta])*
        #[non_exhaustive]
        pub enum $name {
            $(
                #[doc = $crate::generated::runtime::listed_value!($value $(, $doc)?)]
                $variant,
            )*
            /// A value that the document does not list, kept as it was received.
            $unlisted($crate::generated::runtime::Unlisted<$held>),
        }

        impl $name {
            /// Every variant that the document lists, in its order.
            pub const VARIANTS: &'static [Self] = &[$(Self::$variant),*];
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

            $(
                fn received<'a>(
                    json: &'a str,
                    at: &mut $crate::generated::runtime::Examiner<'a>,
                ) {
                    $received(json, at);
                }
            )?
        }

        #[cfg(feature = "schemars")]
        $crate::generated::runtime::appearing!($name $(.$option($($said)*))*, $schema);
    };
}

/// Declares an enum of strings and its conversions: decoding takes any string, constructors only a listed one. Behind the declaration
/// stand the variant of all other strings, and how the type appears in a schema where that is not by its name alone.
macro_rules! open_enum {
    (
        $(#[$meta:meta])*
        pub enum $name:ident { $($(#[doc = $doc:literal])? $variant:ident = $text:literal),* $(,)? }
        else $unlisted:ident $(.$option:ident($($said:tt)*))* $(, $check:path)?
    ) => {
        $crate::generated::runtime::enumeration! {
            $(#[$meta])*
            #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
            pub enum $name { $($(#[doc = $doc])? $variant = $text),* }
            else $unlisted(::std::string::String) $(.$option($($said)*))* $(, $check)?;
            ::schemars::json_schema!({ "type": "string", "enum": Self::LISTED })
        }

        impl $name {
            /// Every value that the document lists, in its order.
            pub const LISTED: &'static [&'static str] = &[$($text),*];

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
                    $crate::generated::runtime::Violation::new("enum", Self::LISTED.join(", "), "a string that is not listed")
                })
                $(.and_then(|listed| $crate::generated::runtime::unrefused(&listed, $check).map(|()| listed)))?
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
    };
}

/// Declares an enumeration of integers and its conversions: decoding takes any integer, building only a listed one.
macro_rules! open_integer_enum {
    (
        $(#[$meta:meta])*
        pub enum $name:ident { $($(#[doc = $doc:literal])? $variant:ident = $number:literal),* $(,)? }
        else $unlisted:ident($integer:ty) $(.$option:ident($($said:tt)*))* $(, $check:path)?
    ) => {
        $crate::generated::runtime::enumeration! {
            $(#[$meta])*
            #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
            pub enum $name { $($(#[doc = $doc])? $variant = $number),* }
            else $unlisted($integer) $(.$option($($said)*))* $(, $check)?;
            ::schemars::json_schema!({ "type": "integer", "enum": Self::LISTED }); $crate::generated::runtime::received_integer
        }

        impl $name {
            /// Every value that the document lists, in its order.
            pub const LISTED: &'static [$integer] = &[$($number),*];

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
                $(.and_then(|listed| $crate::generated::runtime::unrefused(&listed, $check).map(|()| listed)))?
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
    };
}

pub(crate) use {enumeration, listed_value, open_enum, open_integer_enum};

/// A received text, borrowed from the payload where it stands there as it is.
#[derive(Deserialize)]
#[serde(transparent)]
pub(crate) struct Text<'a>(#[serde(borrow)] std::borrow::Cow<'a, str>);

impl<'a> Text<'a> {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn into_string(self) -> String {
        self.0.into_owned()
    }

    pub(crate) fn into_inner(self) -> std::borrow::Cow<'a, str> {
        self.0
    }
}
