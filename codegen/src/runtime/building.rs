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

// A value that may hold one of its own type stands in a box.

impl<T> From<Result<T, String>> for Slot<Box<T>> {
    fn from(given: Result<T, String>) -> Self {
        given.map(Box::new).into()
    }
}

impl<T> From<Result<Option<T>, String>> for Slot<Option<Box<T>>> {
    fn from(given: Result<Option<T>, String>) -> Self {
        given.map(|value| value.map(Box::new)).into()
    }
}

impl<T> From<Result<Option<Option<T>>, String>> for Slot<Option<Option<Box<T>>>> {
    fn from(given: Result<Option<Option<T>>, String>) -> Self {
        given.map(|value| value.map(|value| value.map(Box::new))).into()
    }
}
