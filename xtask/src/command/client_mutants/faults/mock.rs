//! The mock server for tests of the client's users.

use super::super::fault::{Fault, switched};

const MOCK: &str = "generated/mock.rs";
const MOUNT: &str = "generated/runtime/mock/mod.rs";
const THEN: &str = "generated/runtime/mock/then.rs";

#[rustfmt::skip]
pub const FAULTS: &[Fault] = &[
    switched("the-mock-is-somewhere-else", MOUNT, "operations!", "self.url(BASE_PATH)", r#"self.url("/")"#),
    switched("the-mock-wants-no-credentials", MOUNT, "operations!", "builder::$builder::SECURITY", "&[]"),
    switched("the-mock-has-another-path", MOUNT, "operations!", "When::new(known, BASE_PATH, builder::$builder::SECURITY)", r#"When::new((known.0, known.1, "/partners/customer/{domainId}"), BASE_PATH, builder::$builder::SECURITY)"#),
    switched("the-mock-of-another-customer", MOCK, "When::domain_id", "&value", "&*Box::leak(Box::new(value.wrapping_add(1)))"),
    switched("the-mock-of-another-status", MOCK, "Then::status_404", "self.json(404, body)", "self.json(403, body)"),
    switched("the-mock-of-another-example", MOCK, "Then::example_401", "401", "403"),
    switched("the-mock-of-another-type", THEN, "Then::json_text", r#""application/json""#, r#""text/plain""#),
    switched("the-mock-of-another-header", MOCK, "Then::rate_limit_reset", r#""rateLimit-reset""#, r#""rateLimit-limit""#),
    switched("the-mock-of-another-success", MOCK, "Then::status_200", "self.json(200, body)", "self.json(201, body)"),
    switched("the-mock-of-another-refusal", MOCK, "Then::status_401", "self.json(401, body)", "self.json(400, body)"),
    switched("the-mock-of-another-failure", MOCK, "Then::status_500", "self.json(500, body)", "self.json(502, body)"),
    switched("the-mock-of-another-limit", MOCK, "Then::rate_limit_limit", r#""rateLimit-limit""#, r#""rateLimit-limits""#),
    switched("a-header-of-the-mock-is-lost", THEN, "Then::header", "self.headers.push((name.to_owned(), value.to_string()))", "()"),
    switched("a-mock-for-once-more", THEN, "Then::times", "then.up_to_n_times(times)", "then.up_to_n_times(times + 1)"),
    switched("a-change-of-the-mock-is-lost", THEN, "Then::and", "self.further.push(Box::new(change))", "drop(change)"),
    switched("the-mock-s-type-is-lost", THEN, "Then::respond_all", "!media_type.is_empty()", "false"),
    switched("the-mock-s-body-is-lost", THEN, "Then::respond_all", "response.body(body)", "response.body(body.len().to_string())"),
];
