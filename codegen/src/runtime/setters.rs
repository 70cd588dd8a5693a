//! What a setter of a builder takes: a value, or whatever becomes one; an `Option` where there may be none; [`Null`] where
//! null is told from absent.

use std::fmt::Display;

use super::{Conformance, Examiner, Rules};

/// A null, for a property that the document allows to be null.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Null;

/// What a setter takes for a `T` that may be left out: a value, or an `Option` of one, where `None` leaves it out.
///
/// `Way` tells the two apart and is found by the compiler.
pub trait Optional<T, Way> {
    /// The value, if there is one.
    #[doc(hidden)]
    fn optional(self) -> Result<Option<T>, String>;
}

/// What a setter takes for a `T` that may be null: a value, an `Option` of one, [`Null`], or what such a field holds.
///
/// Where the property may be left out, `None` leaves it out; where it must be present, `None` is a null as well. `Way` tells
/// them apart and is found by the compiler.
pub trait Nullable<T, Way> {
    /// The value, a null inside, or nothing.
    #[doc(hidden)]
    fn nullable(self) -> Result<Option<Option<T>>, String>;
}

/// The ways in which a value can be given.
#[doc(hidden)]
#[derive(Debug)]
pub enum AsValue {}

#[doc(hidden)]
#[derive(Debug)]
pub enum AsOption {}

#[doc(hidden)]
#[derive(Debug)]
pub enum AsField {}

#[doc(hidden)]
#[derive(Debug)]
pub enum AsNull {}

impl<T, V: TryInto<T, Error: Display>> Optional<T, AsValue> for V {
    fn optional(self) -> Result<Option<T>, String> {
        converted(self).map(Some)
    }
}

impl<T, V: TryInto<T, Error: Display>> Optional<T, AsOption> for Option<V> {
    fn optional(self) -> Result<Option<T>, String> {
        self.map(converted).transpose()
    }
}

impl<T, V: TryInto<T, Error: Display>> Nullable<T, AsValue> for V {
    fn nullable(self) -> Result<Option<Option<T>>, String> {
        converted(self).map(|value| Some(Some(value)))
    }
}

impl<T, V: TryInto<T, Error: Display>> Nullable<T, AsOption> for Option<V> {
    fn nullable(self) -> Result<Option<Option<T>>, String> {
        Ok(self.map(converted).transpose()?.map(Some))
    }
}

impl<T, V: TryInto<T, Error: Display>> Nullable<T, AsField> for Option<Option<V>> {
    fn nullable(self) -> Result<Option<Option<T>>, String> {
        self.map(|value| value.map(converted).transpose()).transpose()
    }
}

impl<T> Nullable<T, AsNull> for Null {
    fn nullable(self) -> Result<Option<Option<T>>, String> {
        Ok(Some(None))
    }
}

fn converted<T>(value: impl TryInto<T, Error: Display>) -> Result<T, String> {
    value.try_into().map_err(|error| error.to_string())
}

/// The value of an argument or property that must be given.
pub(crate) fn required<T>(name: &str, value: impl TryInto<T, Error: Display>) -> Result<T, String> {
    converted(value).map_err(|error| format!("{name}: {error}"))
}

/// The value of an argument or property that may be left out.
pub(crate) fn optional<T, Way>(name: &str, value: impl Optional<T, Way>) -> Result<Option<T>, String> {
    value.optional().map_err(|error| format!("{name}: {error}"))
}

/// The value of a property that may be left out or null.
pub(crate) fn nullable<T, Way>(name: &str, value: impl Nullable<T, Way>) -> Result<Option<Option<T>>, String> {
    value.nullable().map_err(|error| format!("{name}: {error}"))
}

/// A value, unless the document refuses it as this argument.
pub(crate) fn within<T: Conformance>(name: &str, value: T, rules: &Rules) -> Result<T, String> {
    match Examiner::first(&value, rules) {
        Some(violation) => Err(format!("{name}: {violation}")),
        None => Ok(value),
    }
}

/// The media type of a body, if it is one of the range that the document has.
pub(crate) fn media_type_within(range: &str, media_type: String) -> Result<String, String> {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_token = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&^_.+-%'`|~".contains(&byte))
    };
    let is_one = essence.split_once('/').is_some_and(|(kind, name)| is_token(kind) && is_token(name));
    let (start, end) = range.split_once('*').unwrap_or((range, ""));
    let end = end.trim_start_matches("/*");
    match is_one && essence.starts_with(&start.to_ascii_lowercase()) && essence.ends_with(&end.to_ascii_lowercase()) {
        true => Ok(media_type),
        false => Err(format!("content_type: the document wants a media type of the range `{range}`")),
    }
}
