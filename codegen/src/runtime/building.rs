//! The last step of a value's builder, which says at once all that keeps it from being built.

use std::fmt;

use super::{Conformance, Shown};

/// Why a value could not be built: every required property that is missing, and every one that the document refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ValueError {
    /// The type that was to be built.
    pub type_name: &'static str,
    /// The setters of the required properties that were not given.
    pub missing: Vec<&'static str>,
    /// What the document refuses, each with the setter or the JSON pointer of the property, and the reason.
    pub refused: Vec<String>,
}

impl ValueError {
    /// Nothing is wrong yet.
    pub(crate) fn of(type_name: &'static str) -> Self {
        Self { type_name, missing: Vec::new(), refused: Vec::new() }
    }

    /// The value of a property that must be given.
    pub(crate) fn required<T: Conformance>(&mut self, name: &'static str, slot: Slot<T>) -> Option<T> {
        if let Slot::Empty = slot {
            self.missing.push(name);
        }
        self.given(name, slot)
    }

    /// The value of a property that may be left out.
    pub(crate) fn optional<T: Conformance + Default>(&mut self, name: &'static str, slot: Slot<T>) -> Option<T> {
        if let Slot::Empty = slot { Some(T::default()) } else { self.given(name, slot) }
    }

    fn given<T: Conformance>(&mut self, name: &'static str, slot: Slot<T>) -> Option<T> {
        match slot {
            Slot::Empty => None,
            Slot::Refused(reason) => {
                self.refused.push(reason);
                None
            }
            Slot::Given(value) => {
                let violations = value.conformance();
                self.refused.extend(violations.iter().map(|violation| format!("{name}: {violation}")));
                violations.is_empty().then_some(value)
            }
        }
    }

    /// The value, unless a property of it is missing or the document refuses it.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub(crate) fn unless<T: Conformance>(mut self, value: Option<T>) -> Result<T, Self> {
        let Some(value) = value else { return Err(self) };
        self.refused.extend(value.conformance().iter().map(ToString::to_string));
        if self.refused.is_empty() { Ok(value) } else { Err(self) }
    }
}

impl fmt::Display for ValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { type_name, missing, refused } = self;
        let missing = (!missing.is_empty()).then(|| format!("`{}` must be set", missing.join("`, `")));
        let refused = refused.iter().map(|reason| Shown(reason).to_string());
        let reasons: Vec<String> = missing.into_iter().chain(refused).collect();
        write!(f, "`{type_name}` cannot be built: {}", reasons.join("; "))
    }
}

impl std::error::Error for ValueError {}

/// What a builder holds for a property.
#[derive(Debug, Clone, Default)]
pub(crate) enum Slot<T> {
    /// The property was not given.
    #[default]
    Empty,
    /// The value.
    Given(T),
    /// Why what was given is not a value, with the setter's name.
    Refused(String),
}

impl<T> From<Result<T, String>> for Slot<T> {
    fn from(given: Result<T, String>) -> Self {
        given.map_or_else(Self::Refused, Self::Given)
    }
}

/// Gives the builder of a struct its last step, and the struct the way to its builder and back. Each field is `required` or
/// `optional`.
macro_rules! builder {
    ($name:ident { $($field:ident: $presence:ident),* $(,)? }) => {
        impl $name {
            /// Builds the value.
            ///
            /// # Errors
            /// Every required property that is missing, and every property that the document refuses.
            pub fn build(self) -> ::std::result::Result<super::$name, $crate::generated::runtime::ValueError> {
                let mut found = $crate::generated::runtime::ValueError::of(stringify!($name));
                $(let $field = found.$presence(stringify!($field), self.$field);)*
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
    };
}

pub(crate) use builder;
