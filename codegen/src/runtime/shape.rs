//! Values as a style writes them: without types, and without what has no form outside JSON.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::value::RawValue;

use super::members::Members;

/// A value that is written in a style.
pub(super) enum Shape {
    /// Null has no form in any style.
    Null,
    /// A string, or a number or truth value as it is spelled.
    Scalar(String),
    /// The items of a list.
    List(Vec<Shape>),
    /// The members of an object, in their order.
    Object(Vec<(String, Shape)>),
}

/// A value as JSON, as which its members stay in their order.
pub(super) fn raw(value: &impl Serialize) -> Result<Box<RawValue>, String> {
    serde_json::value::to_raw_value(value).map_err(|error| error.to_string())
}

/// The text of a value.
///
/// # Errors
/// Where it is no string, number or truth value.
pub(crate) fn spelled(value: &(impl Serialize + ?Sized)) -> Result<String, String> {
    match Shape::of(&value)? {
        Shape::Scalar(text) => Ok(text),
        Shape::Null | Shape::List(_) | Shape::Object(_) => {
            Err("body: null, a list and an object cannot be sent as text".to_owned())
        }
    }
}

impl Shape {
    pub(super) fn of(value: &impl Serialize) -> Result<Self, String> {
        Self::read(&raw(value)?).map_err(|error| error.to_string())
    }

    pub(super) fn read(json: &RawValue) -> serde_json::Result<Self> {
        let text = json.get();
        Ok(match text.as_bytes().first() {
            Some(b'[') => {
                let items: Vec<&RawValue> = serde_json::from_str(text)?;
                Self::List(items.into_iter().map(Self::read).collect::<serde_json::Result<_>>()?)
            }
            Some(b'{') => {
                let Members(members) = serde_json::from_str(text)?;
                let member = |(name, value): (Cow<'_, str>, &RawValue)| Ok((name.into_owned(), Self::read(value)?));
                Self::Object(members.into_iter().map(member).collect::<serde_json::Result<_>>()?)
            }
            Some(b'"') => Self::Scalar(serde_json::from_str(text)?),
            Some(b'n') => Self::Null,
            _ => Self::Scalar(text.to_owned()),
        })
    }

    /// Whether the value is written like none at all.
    pub(super) fn is_hollow(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Scalar(_) => false,
            Self::List(items) => items.is_empty(),
            Self::Object(members) => members.is_empty(),
        }
    }

    /// The items of a list, or the names and values of an object by turns.
    ///
    /// # Errors
    /// Where no style but `deepObject` has a form for one of them.
    pub(super) fn parts(&self) -> Result<Vec<&str>, String> {
        match self {
            Self::Null => Ok(Vec::new()),
            Self::Scalar(text) => Ok(vec![text]),
            Self::List(items) => items.iter().map(Self::scalar).collect(),
            Self::Object(_) => Ok(self.members()?.into_iter().flat_map(|(name, value)| [name, value]).collect()),
        }
    }

    /// The members of an object; none of any other value.
    ///
    /// # Errors
    /// As [`parts`](Self::parts).
    pub(super) fn members(&self) -> Result<Vec<(&str, &str)>, String> {
        match self {
            Self::Object(members) => members.iter().map(|(name, value)| Ok((name.as_str(), value.scalar()?))).collect(),
            _ => Ok(Vec::new()),
        }
    }

    fn scalar(&self) -> Result<&str, String> {
        match self {
            Self::Scalar(text) => Ok(text),
            Self::Null => Err("null has no form within a list or an object".to_owned()),
            Self::List(_) | Self::Object(_) => {
                Err("a list or an object within another has no form in the parameter's style".to_owned())
            }
        }
    }
}
