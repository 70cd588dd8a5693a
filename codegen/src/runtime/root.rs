//! What every generated client stands on: constrained texts, open enumerations, unions, parameters in all styles.
//!
//! Nothing here knows the API. Values that you build are checked; values that you receive are kept.

#![allow(dead_code, unused_imports, unused_macros, reason = "a document need not use every part of the runtime")]

mod email;
mod enums;
mod fields;
mod parameters;
mod responses;
#[cfg(feature = "schemars")]
mod schemas;
mod texts;
mod unions;
mod violation;

pub use email::Email;
pub use enums::Unlisted;
pub(crate) use enums::{Text, open_enum, open_integer_enum, open_value_enum};
pub(crate) use fields::present;
pub(crate) use parameters::{Style, header_parameter, path_parameter, query_parameter};
pub(crate) use responses::whole;
#[cfg(feature = "schemars")]
pub(crate) use schemas::{Appearance, or_null, without_format};
pub use texts::{Pattern, TextRules};
pub(crate) use texts::text;
pub(crate) use unions::Choice;
pub use violation::Violation;
