//! The judge of our client.

use std::process::ExitCode;

fn main() -> ExitCode {
    contract_tests::command::main(&[&contract_tests_own::SUBJECT])
}
