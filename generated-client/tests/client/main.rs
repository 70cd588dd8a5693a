//! The client against a server on the loopback interface, one file for each subject.

mod answers;
mod errors;
mod payloads;
mod requests;
mod values;
