//! What every generated client stands on: constrained texts, open enumerations, unions, parameters in all styles.
//!
//! Nothing here knows the API. Values that you build are checked; values that you receive are kept and reported.

#![allow(dead_code, unused_imports, unused_macros, reason = "a document need not use every part of the runtime")]

mod answers;
mod conformance;
mod decode;
mod email;
mod enums;
mod errors;
mod fields;
mod objects;
mod parameters;
#[cfg(feature = "schemars")]
mod schemas;
mod settings;
mod texts;
mod unions;
mod violation;

pub use answers::{RawAnswer, ResponseValue};
pub use conformance::{Conformance, Examiner, Rules, violations_of};
pub(crate) use conformance::{Property, Refusing};
pub use decode::{DecodeError, decode};
pub(crate) use decode::{bytes, empty, json, stream, success, unexpected};
pub use email::Email;
pub use enums::Unlisted;
pub(crate) use enums::{Text, open_enum, open_integer_enum, open_value_enum};
pub use errors::{Error, Nonconforming, Reason, Unexpected};
pub(crate) use fields::present;
pub(crate) use objects::{Object, object};
pub(crate) use parameters::{Style, header_parameter, path_parameter, query_parameter};
#[cfg(feature = "schemars")]
pub(crate) use schemas::{Appearance, or_null, without_format};
pub use settings::Settings;
pub use texts::{Pattern, TextRules};
pub(crate) use texts::text;
pub(crate) use unions::Choice;
pub use violation::Violation;
