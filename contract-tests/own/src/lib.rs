//! Our client, as the judge sees it. Everything that names the client stands in this package.

mod bindings;
pub mod deviations;

use contract_tests::client::Subject;

/// Our client.
pub static SUBJECT: Subject = Subject { deviations: deviations::DEVIATIONS, ..bindings::SUBJECT };
