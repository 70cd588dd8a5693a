//! Asks a type what it can do, and takes no for an answer.
//!
//! A type that lacks a derived schema or a checking constructor is a difference to report, not a reason for the suite not
//! to compile. Rust picks the method of `Probe<T>` where the type can, and that of `&Probe<T>` where it can't.

use std::fmt::Display;
use std::marker::PhantomData;
use std::str::FromStr;

use serde_json::Value;

/// Builds a value from a text; an error says what is wrong with the text.
pub type Construct = fn(&str) -> Result<(), String>;

/// A type to ask.
pub(super) struct Probe<T>(pub(super) PhantomData<T>);

/// The type has a derived schema.
pub(super) trait Described {
    fn schema(&self) -> Option<Value>;
}

impl<T: schemars::JsonSchema> Described for Probe<T> {
    fn schema(&self) -> Option<Value> {
        let settings = schemars::generate::SchemaSettings::draft2020_12();
        Some(settings.into_generator().into_root_schema_for::<T>().to_value())
    }
}

/// The type has none.
#[allow(dead_code, reason = "every type may have one")]
pub(super) trait Undescribed {
    fn schema(&self) -> Option<Value>;
}

impl<T> Undescribed for &Probe<T> {
    fn schema(&self) -> Option<Value> {
        None
    }
}

/// The type is built from text.
pub(super) trait Constructed {
    fn constructor(&self) -> Option<Construct>;
}

impl<T: FromStr<Err: Display>> Constructed for Probe<T> {
    fn constructor(&self) -> Option<Construct> {
        Some(|text| text.parse::<T>().map(drop).map_err(|error| error.to_string()))
    }
}

/// The type is not.
#[allow(dead_code, reason = "every type may be")]
pub(super) trait Unconstructed {
    fn constructor(&self) -> Option<Construct>;
}

impl<T> Unconstructed for &Probe<T> {
    fn constructor(&self) -> Option<Construct> {
        None
    }
}

/// A type without an example: where the type has a method of this name itself, Rust picks that one.
#[allow(dead_code, reason = "every type may have one")]
pub(super) trait Unexampled {
    fn example();
}

impl<T> Unexampled for T {
    fn example() {}
}
