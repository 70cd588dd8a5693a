//! Structs: what all of them derive, and how their values are built, examined and read, from one list of their properties.

use std::collections::BTreeMap;

use super::building::{Slot, ValueError};
use super::conformance::{Conformance, Examiner, Property, Rules};

/// How the field of a property holds its value.
pub(crate) trait Held {
    /// The field's type, where the property is of a type.
    type Field<T>;

    /// How the property is read.
    fn property<T: Conformance>(name: &'static str) -> Property;

    /// Examines the property within the rules of its place.
    fn examine<'a, T: Conformance>(
        field: &'a Self::Field<T>,
        place: Place<'_>,
        at: &mut Examiner<'a>,
    );

    /// What a builder holds for the field, unless that keeps the value from being built.
    fn built<T: Conformance>(
        slot: Slot<Self::Field<T>>,
        name: &'static str,
        found: &mut ValueError,
    ) -> Option<Self::Field<T>>;
}

/// Where a property stands: its name in JSON, its rules, if there are any, and the keyword that refuses a null which its field
/// keeps, if one does.
pub(crate) struct Place<'a> {
    pub name: &'static str,
    pub rules: &'a [Rules],
    pub not_null: &'a [&'static str],
}

/// Says how a field is held: the type of it, how it is read, the pattern of a null in it, and how it is built.
macro_rules! held {
    ($(#[$docs:meta])* $held:ident, $of:ident => $field:ty, $read:ident, $null:pat, $built:ident) => {
        $(#[$docs])*
        pub(crate) struct $held;

        impl Held for $held {
            type Field<$of> = $field;

            fn property<$of: Conformance>(name: &'static str) -> Property {
                Property::$read::<$of>(name)
            }

            fn examine<'a, $of: Conformance>(
                field: &'a $field,
                place: Place<'_>,
                at: &mut Examiner<'a>,
            ) {
                if let Some(keyword) = place.not_null.first() {
                    at.not_null(place.name, keyword, matches!(field, $null));
                }
                at.property(place.name, field, place.rules.first().unwrap_or(&Rules::NONE));
            }

            fn built<$of: Conformance>(slot: Slot<$field>, name: &'static str, found: &mut ValueError) -> Option<$field> {
                found.$built(name, slot)
            }
        }
    };
}

held!(
    /// A property that is always there.
    Required, T => T, of, _, required
);

held!(
    /// A property that may be left out.
    Optional, T => Option<T>, of, _, optional
);

held!(
    /// A property that may be left out or null.
    Nullable, T => Option<Option<T>>, nullable, Some(None), optional
);

held!(
    /// A property that is always there, and may be null.
    RequiredNullable, T => Option<T>, nullable, None, required
);

held!(
    /// A property that may be left out, and may be any JSON value.
    Anything, T => Option<T>, nullable, None, optional
);

/// The properties that the document does not name.
pub(crate) struct Extra;

impl Held for Extra {
    type Field<T> = BTreeMap<String, T>;

    fn property<T: Conformance>(_: &'static str) -> Property {
        Property::others::<T>()
    }

    fn examine<'a, T: Conformance>(
        field: &'a BTreeMap<String, T>,
        place: Place<'_>,
        at: &mut Examiner<'a>,
    ) {
        for (name, value) in field {
            at.property(name, value, place.rules.first().unwrap_or(&Rules::NONE));
        }
    }

    fn built<T: Conformance>(
        slot: Slot<BTreeMap<String, T>>,
        name: &'static str,
        found: &mut ValueError,
    ) -> Option<BTreeMap<String, T>> {
        found.optional(name, slot)
    }
}

/// Declares a struct whose fields are the properties of a JSON object, an array taken for none. Behind the declaration stand the fields
/// that are hashed, where that is not all of them, and how its derived schema is told from what schemars makes of it, and what that
/// has beyond.
macro_rules! record {
    (
        @[$($equality:ident),*]
        $(#[$meta:meta])*
        pub struct $name:ident { $($fields:tt)* }
        $(.$option:ident($($said:tt)*))* $(schema($($schema:tt)*))?
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, $($equality,)* ::serde::Deserialize, ::serde::Serialize)]
        #[serde(crate = "runtime::objects")]
        #[cfg_attr(
            feature = "schemars",
            derive(::schemars::JsonSchema),
            schemars(transform = $crate::generated::runtime::properties()$(.$option($($said)*))*, $($($schema)*)?)
        )]
        #[non_exhaustive]
        pub struct $name {
            $($fields)*
        }
    };
    ($(#[$meta:meta])* pub struct $name:ident $fields:tt hashed $hashed:tt $($said:tt)*) => {
        $crate::generated::runtime::record! { @[PartialEq] $(#[$meta])* pub struct $name $fields $($said)* }
        $crate::generated::runtime::hashed!($name $hashed);
    };
    ($(#[$meta:meta])* pub struct $name:ident $fields:tt $($said:tt)*) => {
        $crate::generated::runtime::record! { @[PartialEq, Eq, Hash] $(#[$meta])* pub struct $name $fields $($said)* }
    };
}

/// Declares the builder of a struct, and says how the struct is examined and read. Of each property: its field, how that holds
/// it, its name in JSON, the rules of its place, and the keyword that refuses a null which the field keeps.
macro_rules! object {
    (
        $name:ident {
            $($field:ident: $held:ident<$of:ty> $(in $holder:ident)? (
                $wire:literal $(, $rules:expr)? $(; not_null $keyword:literal)?
            )),* $(,)?
        }
        $(, count: $count:expr)?
        $(, closed: $closed:literal)?
        $(, check: $check:path)?
    ) => {
        #[doc = concat!("Builds a [`", stringify!($name), "`](super::", stringify!($name), ").")]
        #[derive(Clone, Debug, Default)]
        pub struct $name {
            $($field: $crate::generated::runtime::Slot<
                <$crate::generated::runtime::structs::$held as $crate::generated::runtime::structs::Held>::Field<
                    $crate::generated::runtime::structs::placed!($of $(, $holder)?),
                >,
            >,)*
        }

        impl $name {
            $($crate::generated::runtime::structs::setter!($name, $field, $held<$of> $($rules)?);)*

            /// Builds the value.
            ///
            /// # Errors
            /// Every required property that is missing, and every property that the document refuses.
            pub fn build(self) -> ::std::result::Result<super::$name, $crate::generated::runtime::ValueError> {
                let mut found = $crate::generated::runtime::ValueError::of(stringify!($name));
                $(let $field = <$crate::generated::runtime::structs::$held as $crate::generated::runtime::structs::Held>
                    ::built::<$crate::generated::runtime::structs::placed!($of $(, $holder)?)>(
                        self.$field,
                        stringify!($field),
                        &mut found,
                    );)*
                let value = move || ::std::option::Option::Some(super::$name { $($field: $field?),* });
                found.unless(value())
            }
        }

        impl ::std::convert::TryFrom<$name> for super::$name {
            type Error = $crate::generated::runtime::ValueError;

            fn try_from(builder: $name) -> ::std::result::Result<Self, $crate::generated::runtime::ValueError> {
                builder.build()
            }
        }

        impl ::std::convert::From<super::$name> for $name {
            fn from(value: super::$name) -> Self {
                Self { $($field: $crate::generated::runtime::Slot::Given(value.$field)),* }
            }
        }

        impl super::$name {
            /// A builder with no property set.
            pub fn builder() -> $name {
                ::std::default::Default::default()
            }

            /// A builder with the properties of this value, of which some can be set anew.
            pub fn into_builder(self) -> $name {
                self.into()
            }
        }

        impl $crate::generated::runtime::Conformance for super::$name {
            fn examine<'a>(
                &'a self,
                at: &mut $crate::generated::runtime::Examiner<'a>,
                _: &$crate::generated::runtime::Rules,
            ) {
                $(<$crate::generated::runtime::structs::$held as $crate::generated::runtime::structs::Held>
                    ::examine::<$crate::generated::runtime::structs::placed!($of $(, $holder)?)>(
                        &self.$field,
                        $crate::generated::runtime::structs::Place {
                            name: $wire,
                            rules: &[$($rules)?],
                            not_null: &[$($keyword)?],
                        },
                        at,
                    );)*
                $(at.kept(self, &$count);)?
                $($check(self, at);)?
            }

            fn received<'a>(
                json: &'a str,
                at: &mut $crate::generated::runtime::Examiner<'a>,
            ) {
                let properties = [$(
                    <$crate::generated::runtime::structs::$held as $crate::generated::runtime::structs::Held>
                        ::property::<$of>($wire)
                ),*];
                at.object(json, &properties, &[$($closed)?], &[$($count)?]);
            }
        }
    };
}

/// The type of a property's value, in a box where it would hold itself.
macro_rules! placed {
    ($of:ty) => { $of };
    ($of:ty, Box) => { ::std::boxed::Box<$of> };
}

/// The setter of a property, which takes what becomes the field.
macro_rules! setter {
    ($name:ident, $field:ident, Required<$of:ty> $($rules:expr)?) => {
        $crate::generated::runtime::structs::setter!(
            $name, $field, [] IntoValue<$of>, required, ", which is required." $($rules)?
        );
    };
    ($name:ident, $field:ident, RequiredNullable<$of:ty> $($rules:expr)?) => {
        $crate::generated::runtime::structs::setter!(
            $name, $field, [Given] IntoNullable<$of>, required_nullable, ", which is required." $($rules)?
        );
    };
    ($name:ident, $field:ident, Optional<$of:ty> $($rules:expr)?) => {
        $crate::generated::runtime::structs::setter!(
            $name, $field, [Given] IntoOptional<$of>, optional, "." $($rules)?
        );
    };
    ($name:ident, $field:ident, Nullable<$of:ty> $($rules:expr)?) => {
        $crate::generated::runtime::structs::setter!(
            $name, $field, [Given] IntoNullable<$of>, nullable, "." $($rules)?
        );
    };
    ($name:ident, $field:ident, Anything<$of:ty> $($rules:expr)?) => {
        $crate::generated::runtime::structs::setter!(
            $name, $field, [] IntoValue<::std::option::Option<$of>>, required, "." $($rules)?
        );
    };
    ($name:ident, $field:ident, Extra<$of:ty> $($rules:expr)?) => {
        $crate::generated::runtime::structs::setter!(
            $name, $field, [] IntoValue<::std::collections::BTreeMap<::std::string::String, $of>>, required, "."
        );
    };
    // The value is held against the rules of its place at once, and against all else when the struct is built.
    (
        $name:ident, $field:ident, [$($given:ident)?] $taken:ident<$of:ty>, $read:ident, $end:literal $($rules:expr)?
    ) => {
        #[doc = concat!(
            "Sets [`", stringify!($name), "::", stringify!($field), "`](super::", stringify!($name), "::",
            stringify!($field), ")", $end
        )]
        pub fn $field<$($given)?>(
            mut self,
            value: impl $crate::generated::runtime::$taken<$of $(, $given)?>,
        ) -> Self {
            let value = $crate::generated::runtime::$read(stringify!($field), value);
            $(let value = value.and_then(|value| $crate::generated::runtime::within(stringify!($field), value, &$rules));)?
            self.$field = value.into();
            self
        }
    };
}

pub(crate) use {object, placed, record, setter};
