//! What a status means.

use super::super::fault::{Fault, switched};

const SENDING: &str = "generated/runtime/call_options.rs";
const ERRORS: &str = "generated/runtime/errors.rs";
const DECODED: &str = "generated/runtime/decoded.rs";
const RESPONSES: &str = "generated/runtime/responses.rs";
const DECODE: &str = "generated/runtime/decode.rs";
const STATUS: &str = "response.status().as_u16()";
const FAILURE: &str = "generated/runtime/failure.rs";

#[rustfmt::skip]
pub const FAULTS: &[Fault] = &[
    switched("another-success-is-a-success", SENDING, "sent!", STATUS, "match response.status().as_u16() { 201..=299 => 200, other => other }"),
    switched("a-404-is-not-described", SENDING, "sent!", STATUS, "match response.status().as_u16() { 404 => 999, other => other }"),
    switched("a-400-is-described", SENDING, "sent!", STATUS, "match response.status().as_u16() { 400 => 401, other => other }"),
    switched("a-500-is-a-success", SENDING, "sent!", STATUS, "match response.status().as_u16() { 500 => 200, other => other }"),
    switched("every-server-error-is-described", SENDING, "sent!", STATUS, "match response.status().as_u16() { 501..=599 => 500, other => other }"),
    switched("a-success-is-not-described", SENDING, "sent!", STATUS, "match response.status().as_u16() { 200 => 299, other => other }"),
    switched("what-is-gone-is-not-found", ERRORS, "Error::is_not_found", "Some(StatusCode::NOT_FOUND)", "Some(StatusCode::GONE)"),
    switched("an-internal-error-may-pass", ERRORS, "Error::is_retryable", "matches!(status.as_u16(), 408 | 429 | 502..=504)", "matches!(status.as_u16(), 408 | 429 | 500..=504)"),
    switched("too-many-requests-do-not-pass", ERRORS, "Error::is_retryable", "matches!(status.as_u16(), 408 | 429 | 502..=504)", "matches!(status.as_u16(), 408 | 502..=504)"),
    switched("a-broken-body-does-not-pass", ERRORS, "Error::is_retryable", "matches!(unexpected.reason, Reason::Interrupted(_))", "false"),
    switched("an-error-has-no-status", ERRORS, "Error::status", "self.response().map(RawResponse::status)", "None"),
    switched("a-described-error-has-no-response", ERRORS, "Error::response", "Some(response.raw())", "None"),
    switched("an-unexpected-response-is-lost", ERRORS, "Error::response", "Some(&unexpected.response)", "None"),
    switched("every-status-is-fine", RESPONSES, "RawResponse::status", "self.status", "StatusCode::OK"),
    switched("every-value-has-a-fine-status", RESPONSES, "ResponseValue::status", "self.raw.status", "StatusCode::ACCEPTED"),
    switched("a-status-is-taken-for-a-type", DECODE, "unexpected", "Reason::Status", "Reason::ContentType { found: None }"),
    switched("a-code-is-its-description", "codes.rs", "Error::code", "error.code.as_str()", "error.description.as_str()"),
    switched("a-broken-body-has-no-status", FAILURE, "Failure::status", "self.broken().map(|broken| broken.response.status())", "None"),
    switched("a-broken-body-has-no-headers", FAILURE, "Failure::headers", "self.broken().map(|broken| broken.response.headers())", "None"),
    switched("a-missing-server-is-a-fault-of-the-request", FAILURE, "Failure::kind", "error.is_connect()", "false"),
    switched("a-fault-of-credentials-is-final", ERRORS, "Error::is_retryable", "error.is_temporary()", "false"),
    switched("every-fault-of-credentials-may-pass", ERRORS, "Error::is_retryable", "error.is_temporary()", "true"),
    switched("a-late-response-is-no-timeout", FAILURE, "Failure::kind", "error.is_timeout()", "false"),
    switched("an-error-has-no-headers", ERRORS, "Error::headers", "self.response().map(RawResponse::headers)", "None"),
    switched("an-error-has-no-body", ERRORS, "Error::body", "self.response().map(RawResponse::body)", "None"),
    switched("a-value-that-deviates-is-lost", DECODED, "Nonconforming::value", "self.value.value()", "None"),
    switched("a-described-error-has-no-value", ERRORS, "Error::value", "response.value()", "None"),
    switched("a-value-is-of-no-type", DECODED, "Decoded::value", "self.0.downcast_ref()", "None"),
];
