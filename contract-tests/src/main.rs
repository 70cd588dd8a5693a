//! What needs no client: judging the schemas of a document, and serving it.

use std::process::ExitCode;

fn main() -> ExitCode {
    contract_tests::command::main(&[])
}
