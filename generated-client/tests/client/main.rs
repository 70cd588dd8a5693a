//! The client against a server on the loopback interface, one file for each subject.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod answers;
mod credentials;
mod errors;
mod payloads;
mod redirects;
mod requests;
mod retries;
mod secrets;
mod values;
