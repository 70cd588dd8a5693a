//! What a setter of a builder takes: a value, or whatever becomes one; an `Option` where there may be none; [`Null`] where
//! null is told from absent.

use std::fmt::Display;

use super::{Conformance, Examiner, Rules};

/// A null, for a property that the document allows to be null.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Null;

/// What a setter of a `T` takes: a `T`, or a value that converts into one by `TryInto`, such as a `&str` for a `String`.
///
/// A value that does not convert is refused with its reason when the value or request is built. The trait cannot be implemented
/// outside this crate: implement `TryFrom` for a type of your own, or convert it first.
#[diagnostic::on_unimplemented(
    message = "this setter takes `{T}`, and `{Self}` does not convert into it",
    label = "give `{T}`, or a value for which `TryInto<{T}>` is implemented",
    note = "a string of digits becomes a number by `.parse()`: `.limit(\"10\".parse::<i64>()?)`"
)]
pub trait IntoValue<T> {
    /// The value.
    #[doc(hidden)]
    fn into_value(self, _: Sealed) -> Result<T, String>;
}

/// What a setter of a `T` that may be left out takes: what [`IntoValue`] says, or an `Option` of it, where `None` leaves it out.
///
/// `Given` is one of the two forms. The compiler finds it; it is never written.
#[diagnostic::on_unimplemented(
    message = "this setter takes `{T}` or `Option<{T}>`, and `{Self}` converts into neither",
    label = "give `{T}`, or a value for which `TryInto<{T}>` is implemented, or an `Option` of one",
    note = "a string of digits becomes a number by `.parse()`: `.limit(\"10\".parse::<i64>()?)`"
)]
pub trait IntoOptional<T, Given> {
    /// The value, if there is one.
    #[doc(hidden)]
    fn optional(self, _: Sealed) -> Result<Option<T>, String>;
}

/// What a setter of a `T` that may be null takes: what [`IntoValue`] says, an `Option` of it, [`Null`], or what the field holds.
///
/// Where the property may be left out, `None` leaves it out; where it must be present, `None` is a null as well. `Given` is one of
/// the forms. The compiler finds it; it is never written.
#[diagnostic::on_unimplemented(
    message = "this setter takes `{T}`, `Option<{T}>` or `Null`, and `{Self}` converts into none of them",
    label = "give `{T}`, or a value for which `TryInto<{T}>` is implemented, an `Option` of one, or `Null`",
    note = "a string of digits becomes a number by `.parse()`: `.limit(\"10\".parse::<i64>()?)`"
)]
pub trait IntoNullable<T, Given> {
    /// The value, a null inside, or nothing.
    #[doc(hidden)]
    fn nullable(self, _: Sealed) -> Result<Option<Option<T>>, String>;
}

/// Nobody else can name it, so that nobody else implements the traits above.
#[doc(hidden)]
#[derive(Debug)]
pub struct Sealed;

/// The forms in which a value can be given.
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

#[diagnostic::do_not_recommend]
impl<T, V: TryInto<T, Error: Display>> IntoValue<T> for V {
    fn into_value(self, _: Sealed) -> Result<T, String> {
        self.try_into().map_err(|error| error.to_string())
    }
}

#[diagnostic::do_not_recommend]
impl<T, V: TryInto<T, Error: Display>> IntoOptional<T, AsValue> for V {
    fn optional(self, _: Sealed) -> Result<Option<T>, String> {
        converted(self).map(Some)
    }
}

#[diagnostic::do_not_recommend]
impl<T, V: TryInto<T, Error: Display>> IntoOptional<T, AsOption> for Option<V> {
    fn optional(self, _: Sealed) -> Result<Option<T>, String> {
        self.map(converted).transpose()
    }
}

#[diagnostic::do_not_recommend]
impl<T, V: TryInto<T, Error: Display>> IntoNullable<T, AsValue> for V {
    fn nullable(self, _: Sealed) -> Result<Option<Option<T>>, String> {
        converted(self).map(|value| Some(Some(value)))
    }
}

#[diagnostic::do_not_recommend]
impl<T, V: TryInto<T, Error: Display>> IntoNullable<T, AsOption> for Option<V> {
    fn nullable(self, _: Sealed) -> Result<Option<Option<T>>, String> {
        Ok(self.map(converted).transpose()?.map(Some))
    }
}

#[diagnostic::do_not_recommend]
impl<T, V: TryInto<T, Error: Display>> IntoNullable<T, AsField> for Option<Option<V>> {
    fn nullable(self, _: Sealed) -> Result<Option<Option<T>>, String> {
        self.map(|value| value.map(converted).transpose()).transpose()
    }
}

impl<T> IntoNullable<T, AsNull> for Null {
    fn nullable(self, _: Sealed) -> Result<Option<Option<T>>, String> {
        Ok(Some(None))
    }
}

fn converted<T>(value: impl IntoValue<T>) -> Result<T, String> {
    value.into_value(Sealed)
}

/// The value of an argument or property that must be given.
pub(crate) fn required<T>(name: &str, value: impl IntoValue<T>) -> Result<T, String> {
    converted(value).map_err(|error| format!("{name}: {error}"))
}

/// The value of an argument or property that may be left out.
pub(crate) fn optional<T, Given>(name: &str, value: impl IntoOptional<T, Given>) -> Result<Option<T>, String> {
    value.optional(Sealed).map_err(|error| format!("{name}: {error}"))
}

/// The value of a property that may be left out or null.
pub(crate) fn nullable<T, Given>(name: &str, value: impl IntoNullable<T, Given>) -> Result<Option<Option<T>>, String> {
    value.nullable(Sealed).map_err(|error| format!("{name}: {error}"))
}

/// The value of a property that must be given and may be null.
pub(crate) fn required_nullable<T, Given>(
    name: &str,
    value: impl IntoNullable<T, Given>,
) -> Result<Option<T>, String> {
    nullable(name, value).map(Option::flatten)
}

/// A value, unless the document refuses it as this argument.
pub(crate) fn within<T: Conformance>(name: &str, value: T, rules: &Rules) -> Result<T, String> {
    match Examiner::first(&value, rules) {
        Some(violation) => Err(format!("{name}: {violation}")),
        None => Ok(value),
    }
}

/// A body, of which a builder was held so far.
pub(crate) fn built<B, T: TryFrom<B, Error: Display>>(builder: Result<B, String>) -> Result<T, String> {
    T::try_from(builder?).map_err(|error| error.to_string())
}

/// A body that may be left out, of which a builder was held so far.
pub(crate) fn built_if_given<B, T: TryFrom<B, Error: Display>>(
    builder: Result<Option<B>, String>,
) -> Result<Option<T>, String> {
    builder?.map(T::try_from).transpose().map_err(|error| error.to_string())
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
