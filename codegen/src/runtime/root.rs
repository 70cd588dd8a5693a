//! What every generated client stands on: constrained texts, open enumerations, unions, parameters in all styles.
//!
//! Nothing here knows the API. Values that you build are checked; values that you receive are kept and reported.

#![allow(dead_code, unused_imports, unused_macros, reason = "a document need not use every part of the runtime")]

mod arguments;
mod base_url;
mod building;
mod call_options;
#[cfg(any(feature = "chrono", feature = "jiff"))]
mod clocks;
mod conformance;
mod connect;
mod credentials;
mod dates;
mod deadline;
mod decode;
mod decoded;
mod draft;
mod email;
mod enums;
mod equality;
mod errors;
mod failure;
mod fields;
mod formats;
mod headers;
mod interceptors;
mod members;
#[cfg(feature = "mock")]
pub(crate) mod mock;
mod numbers;
pub(crate) mod objects;
mod operation;
mod parameters;
mod percent;
mod presence;
mod query;
mod reading;
mod refusal;
mod responses;
mod retries;
#[cfg(feature = "schemars")]
mod schemas;
mod security;
mod setters;
mod settings;
mod shape;
mod shown;
mod spans;
pub(crate) mod structs;
mod texts;
mod transport;
mod uris;
mod values;
mod violation;

pub(crate) use arguments::{argument, argument_type, argument_unset, call_example, operation, server};
pub use base_url::BuildError;
pub(crate) use base_url::{direct, is_open, is_resolved_elsewhere};
// What the value of an error is that the document describes as bytes.
pub use ::bytes::Bytes;
pub use building::ValueError;
pub(crate) use building::Slot;
pub use call_options::CallOptions;
pub(crate) use call_options::{call, call_awaited, call_header, call_retries, call_timeout, is_open, read, sent};
pub(crate) use conformance::Examiner;
pub use conformance::{Conformance, Rules, violations_of};
pub(crate) use conformance::{Property, Refusing, unrefused};
pub(crate) use conformance::violations_within;
pub use connect::{ClientBuilder, Parts};
pub use credentials::{Credentials, CredentialsError, StaticCredentials, TokenFuture};
pub use decode::{DecodeError, decode};
pub use decoded::{Decoded, Nonconforming};
pub(crate) use dates::Instant;
pub(crate) use decode::{bytes, described, empty, error_response, error_status, json, stream, success, success_within, unexpected};
pub(crate) use draft::Draft;
pub use email::Email;
pub use enums::Unlisted;
pub(crate) use enums::{Text, enumeration, listed_value, open_enum, open_integer_enum};
pub(crate) use equality::{hashed, is_equal};
pub use errors::{CommunicationError, Error, Reason, Unexpected};
pub(crate) use fields::{extra, present};
pub(crate) use formats::formatted;
pub use formats::{Base64, Date, DateTime, Format, Hostname, Ipv4, Ipv6, Uri, Uuid};
pub use headers::{Headed, HeaderError};
pub(crate) use headers::{header, header_json, header_list};
pub use interceptors::{Attempt, AttemptError, AttemptFuture, Head, Intercepted, Interceptor};
pub use numbers::Number;
pub(crate) use numbers::received_integer;
pub use operation::Operation;
pub(crate) use parameters::{Parameter, Style, cookie_parameter, header_parameter, path_parameter};
pub(crate) use percent::encoded;
pub use presence::Presence;
pub(crate) use query::{add_pairs, form, query_parameter};
pub(crate) use reading::{ByStatus, Whole};
pub use refusal::Refusal;
pub use responses::{RawResponse, ResponseValue};
pub(crate) use retries::retry_after;
#[cfg(feature = "schemars")]
pub(crate) use schemas::{Appearance, appearing, inside, listed_values, or_null, properties, stated, without_format, without_minimum};
pub use security::{Place, Requirement, Security};
pub use setters::{IntoNullable, IntoOptional, IntoValue, Null};
pub(crate) use setters::{built, built_if_given, media_type_within, nullable, optional, required, required_nullable, within};
pub use settings::Settings;
pub(crate) use shape::spelled;
pub use shown::MAX_SHOWN;
pub(crate) use shown::Shown;
pub(crate) use structs::{object, record};
pub use texts::{Matching, Pattern, TextRules};
pub(crate) use texts::{checked_text, date_time_text, text};
pub(crate) use transport::Transport;
pub(crate) use values::{example, given_example, json_value};
pub use violation::Violation;
