//! The client against a server on the loopback interface, one file for each subject.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[cfg(all(feature = "chrono", feature = "jiff"))]
mod clocks;
mod credentials;
mod errors;
#[cfg(feature = "http2")]
mod headers;
mod http2;
mod interceptors;
#[cfg(feature = "mock")]
mod mock;
mod payloads;
mod per_call;
#[cfg(feature = "service-account")]
mod proxies;
mod redirects;
#[cfg(feature = "service-account")]
mod renewals;
mod requests;
mod responses;
mod retries;
mod secrets;
#[cfg(feature = "service-account")]
mod service_account;
mod sharing;
#[cfg(feature = "tracing")]
mod spans;
mod values;
mod waits;
