//! The judge of the client: cases and random payloads from the raw document, and oracles that compare their verdicts.
//!
//! Nothing here knows the generator. What the document says is read anew, and what the client does is asked of the
//! client.

pub mod alphabet;
pub mod arguments;
pub mod cases;
pub mod client;
pub mod command;
pub mod compare;
pub mod deviations;
pub mod diagnostic;
pub mod difference;
pub mod document;
#[doc(hidden)]
pub mod exports;
pub mod formats;
pub mod ground;
pub mod judge;
mod keyword;
mod markup;
pub mod matrix;
pub mod mock;
pub mod mutate;
pub mod oracle;
pub mod prepared;
pub mod progress;
pub mod report;
pub mod request;
pub mod schemas;
pub mod server;
pub mod strategy;
pub mod tolerances;
pub mod visible;
