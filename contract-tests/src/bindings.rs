//! What ties the document's names to the client's types and calls: one line for each.
//!
//! This is the only place that names them. A schema or an operation of the document without a line here fails the suite,
//! and so does a line that the document has no name for.

#![allow(deprecated, reason = "what the document deprecates is judged like the rest")]

mod call;
pub mod matrix;
mod probe;
pub mod wire;

use std::marker::PhantomData;

use lineworks_partner_client::runtime::{self, Conformance, Reason, decode, violations_of};
use lineworks_partner_client::{Error, ResponseValue, builder, types};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::document::Pointer;
use crate::oracle::Violation;
pub use call::{Call, Called, Calling, Connection, Seen};
pub use probe::Construct;
#[allow(unused_imports, reason = "the fallbacks are for types that can't, and there may be none")]
use probe::{Constructed, Described, Probe, Unconstructed, Undescribed, Unexampled};

/// The client's type for a named schema.
pub struct Binding {
    /// The document's name for it.
    pub name: &'static str,
    /// The name of the type.
    pub type_name: &'static str,
    /// Decodes a text and encodes the value.
    pub round_trip: fn(&[u8]) -> Result<Decoded, Undecoded>,
    /// The schema that schemars derives; nothing where the type has none.
    pub derived: fn() -> Option<Value>,
    /// The constructor from text that checks; nothing where the type has none.
    pub constructor: fn() -> Option<Construct>,
    /// The document's example as the type gives it; null where the type gives none.
    pub example: fn() -> Value,
    /// The same, where the type gives one.
    pub seen: fn() -> Option<Value>,
}

/// What became of a text that decodes.
#[derive(Debug, Clone, PartialEq)]
pub struct Decoded {
    /// The value, encoded again.
    pub encoded: Value,
    /// The deviations that the value retains, as the client reports them.
    pub conformance: Vec<Violation>,
    /// The deviations of the received text, as strict checking reports them.
    pub strict: Vec<Violation>,
}

/// Why a text does not decode.
#[derive(Debug, Clone, PartialEq)]
pub struct Undecoded {
    /// Where, as the client says.
    pub pointer: Pointer,
    /// What the client says.
    pub message: String,
}

/// The client's call for an operation.
pub struct OperationBinding {
    /// The document's `operationId`.
    pub id: &'static str,
    /// The client's method.
    pub method: &'static str,
    /// What the client says that a call asks for.
    pub security: runtime::Security,
    /// The type of its arguments.
    pub builder: &'static str,
    /// The parameters that the call takes, as the document names them, and their setters.
    pub parameters: &'static [(&'static str, &'static str)],
    /// Calls.
    pub call: fn(Call) -> Calling,
}

/// What a call came to.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum Outcome {
    /// The documented answer, as the client's type holds it.
    Success {
        /// The status.
        status: u16,
        /// The body, encoded again.
        body: Value,
    },
    /// A documented error, as the client's type holds it.
    Refusal {
        /// The status.
        status: u16,
        /// The body, encoded again.
        body: Value,
    },
    /// A status that the client doesn't know.
    Undocumented {
        /// The status.
        status: u16,
    },
    /// An argument that the call cannot take.
    Argument {
        /// Which, and why.
        message: String,
    },
    /// Anything else.
    Failure {
        /// What the client says.
        message: String,
    },
}

/// A schema whose value is the type's.
macro_rules! schema {
    ($name:literal => $type:ty) => {
        Binding {
            name: $name,
            type_name: stringify!($type),
            round_trip: round_trip::<$type>,
            derived: || (&Probe::<$type>(PhantomData)).schema(),
            constructor: || (&Probe::<$type>(PhantomData)).constructor(),
            example: || serde_json::to_value(<$type>::example()).unwrap_or_default(),
            seen: || serde_json::to_value(<$type>::example()).ok().filter(|value| !value.is_null()),
        }
    };
}

/// A schema whose value is the type's or null.
macro_rules! nullable_schema {
    ($name:literal => $type:ty) => {
        Binding { round_trip: round_trip::<Option<$type>>, ..schema!($name => $type) }
    };
}

/// The same client as the oracles of documentation see it, until all oracles go through the seam.
pub fn subject() -> &'static crate::client::Subject {
    use crate::client::{self, Built, Direction, Subject};
    static SUBJECT: std::sync::OnceLock<Subject> = std::sync::OnceLock::new();
    SUBJECT.get_or_init(|| Subject {
        name: "lineworks_partner_client",
        sources: concat!(env!("CARGO_MANIFEST_DIR"), "/../generated-client/src/generated"),
        base_url: None,
        schemas: SCHEMAS
            .iter()
            .map(|binding| client::Schema {
                name: binding.name,
                direction: Direction::Both,
                rust: binding.type_name,
                decode: |_| Err(client::Fault { pointer: Pointer::root(), message: String::new() }),
                derived: binding.derived,
                example: binding.seen,
                constructors: |_| Vec::new(),
                built: Built::Opaque,
            })
            .collect::<Vec<_>>()
            .leak(),
        operations: OPERATIONS
            .iter()
            .map(|binding| client::Operation {
                id: binding.id,
                method: binding.method,
                builder: binding.builder,
                security: Vec::new,
                parameters: binding
                    .parameters
                    .iter()
                    .map(|(name, setter)| client::Parameter { place: client::Place::Path, name, setter, rust: "" })
                    .collect::<Vec<_>>()
                    .leak(),
                body: None,
                successes: &[],
                failures: &[],
                call: |_, _| Box::pin(async { client::Called::default() }),
            })
            .collect::<Vec<_>>()
            .leak(),
        connect: |_| Err(String::new()),
        deviations: &[],
    })
}

macro_rules! operations {
    ($($id:literal($($parameter:literal: $type:ty => $setter:ident),*) => $call:ident, $builder:ident;)*) => {
        /// The client's calls by the document's names.
        pub const OPERATIONS: &[OperationBinding] = &[
            $(OperationBinding {
                id: $id,
                method: stringify!($call),
                security: builder::$builder::SECURITY,
                builder: stringify!($builder),
                parameters: &[$(($parameter, stringify!($setter))),*],
                call: |call| Box::pin(async move {
                    let client = match call.client() {
                        Ok(client) => client,
                        Err(message) => return Called::refused(Outcome::Failure { message }, "no-client"),
                    };
                    let request = client.$call();
                    $(let request = match call.argument::<$type>($parameter) {
                        Ok(value) => request.$setter(value),
                        Err(message) => return Called::refused(Outcome::Argument { message }, "argument"),
                    };)*
                    Called::of(&client, request.send().await)
                }),
            },)*
        ];
    };
}

/// The client's types by the document's names.
pub const SCHEMAS: &[Binding] = &[
    schema!("Administrator" => types::Administrator),
    schema!("ApiError" => types::ApiError),
    schema!("Customer" => types::Customer),
    schema!("CustomerCode" => types::CustomerCode),
    schema!("DomainType" => types::DomainType),
    schema!("Locale" => types::Locale),
    schema!("Memo" => types::Memo),
    schema!("Partnership" => types::Partnership),
    schema!("PartnershipStatus" => types::PartnershipStatus),
    nullable_schema!("ProductId" => types::ProductId),
];

operations! {
    "getCustomer"("domainId": i64 => domain_id) => get_customer, GetCustomer;
}

fn round_trip<T: Serialize + DeserializeOwned + Conformance>(text: &[u8]) -> Result<Decoded, Undecoded> {
    let value: T = decode(text)
        .map_err(|error| Undecoded { pointer: Pointer::written(&error.pointer), message: error.to_string() })?;
    let encoded = serde_json::to_value(&value).map_err(|error| Undecoded {
        pointer: Pointer::root(),
        message: format!("decoded, but not encoded: {error}"),
    })?;
    Ok(Decoded { encoded, conformance: listed(value.conformance()), strict: listed(violations_of(&value, text)) })
}

fn listed(found: Vec<runtime::Violation>) -> Vec<Violation> {
    let violation = |found: runtime::Violation| Violation {
        pointer: Pointer::written(&found.pointer),
        keyword: found.keyword.to_owned(),
    };
    let mut listed: Vec<Violation> = found.into_iter().map(violation).collect();
    listed.sort();
    listed
}

fn outcome<T: Serialize, E: Serialize + std::fmt::Debug>(result: Result<ResponseValue<T>, Error<E>>) -> Outcome {
    let encoded = |value: serde_json::Result<Value>| value.unwrap_or_else(|error| Value::String(error.to_string()));
    match result {
        Ok(answer) => Outcome::Success {
            status: answer.status().as_u16(),
            body: encoded(serde_json::to_value(answer.into_inner())),
        },
        Err(Error::ErrorResponse(answer)) => Outcome::Refusal {
            status: answer.status().as_u16(),
            body: encoded(serde_json::to_value(answer.into_inner())),
        },
        Err(Error::UnexpectedResponse(found)) if matches!(found.reason, Reason::Status) => {
            Outcome::Undocumented { status: found.answer.status().as_u16() }
        }
        Err(other) => Outcome::Failure { message: other.to_string() },
    }
}
