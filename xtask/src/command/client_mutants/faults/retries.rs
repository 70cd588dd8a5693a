//! What is tried again, how often, and after how long.

use super::super::fault::{Fault, switched};

const DRAFT: &str = "generated/runtime/draft.rs";
const RETRIES: &str = "generated/runtime/retries.rs";
const TRANSPORT: &str = "generated/runtime/transport.rs";
const FAILURE: &str = "generated/runtime/failure.rs";
const DEADLINE: &str = "generated/runtime/deadline.rs";
const MAY_PASS: &str = "matches!(status.as_u16(), 408 | 429 | 502..=504)";

#[rustfmt::skip]
pub const FAULTS: &[Fault] = &[
    switched("a-request-timeout-is-final", RETRIES, "may_pass", MAY_PASS, "matches!(status.as_u16(), 429 | 502..=504)"),
    switched("too-many-requests-are-final", RETRIES, "may_pass", MAY_PASS, "matches!(status.as_u16(), 408 | 502..=504)"),
    switched("a-gateway-timeout-is-final", RETRIES, "may_pass", MAY_PASS, "matches!(status.as_u16(), 408 | 429 | 502 | 503)"),
    switched("an-internal-error-is-tried-again", RETRIES, "may_pass", MAY_PASS, "matches!(status.as_u16(), 408 | 429 | 500..=504)"),
    switched("a-conflict-is-tried-again", RETRIES, "may_pass", MAY_PASS, "matches!(status.as_u16(), 408 | 409 | 429 | 502..=504)"),
    switched("a-broken-connection-is-final", FAILURE, "Failure::may_pass", "!error.is_builder()", "false"),
    switched("a-broken-body-is-final", FAILURE, "Failure::may_pass", "matches!(broken.reason, Reason::Interrupted(_))", "false"),
    switched("a-body-that-is-too-large-is-tried-again", FAILURE, "Failure::may_pass", "matches!(broken.reason, Reason::Interrupted(_))", "true"),
    switched("a-get-is-not-repeatable", DRAFT, "Draft::is_repeatable", "self.method.is_idempotent()", "self.method == Method::PUT"),
    switched("every-method-is-repeatable", DRAFT, "Draft::is_repeatable", "self.method.is_idempotent()", "true"),
    switched("a-retry-is-sent-otherwise", DRAFT, "Draft::request", "headers.extend(self.accept.clone().map(|accept| (ACCEPT, accept)))", "headers.extend(self.accept.take().map(|accept| (ACCEPT, accept)))"),
    switched("a-retry-more", RETRIES, "Retries::waits", "most.unwrap_or(self.most) as usize", "most.unwrap_or(self.most) as usize + 1"),
    switched("a-retry-less", RETRIES, "Retries::waits", "most.unwrap_or(self.most) as usize", "(most.unwrap_or(self.most) as usize).saturating_sub(1)"),
    switched("waits-grow-without-an-end", RETRIES, "Retries::waits", "self.longest_wait", "self.longest_wait * 1000"),
    switched("waits-begin-at-the-longest", RETRIES, "Retries::waits", "self.first_wait", "self.longest_wait"),
    switched("waits-are-not-random", RETRIES, "Retries::waits", "ExponentialBuilder::new().with_min_delay(self.first_wait).with_max_delay(self.longest_wait).with_max_times(most.unwrap_or(self.most) as usize).with_jitter()", "ExponentialBuilder::new().with_min_delay(self.first_wait).with_max_delay(self.longest_wait).with_max_times(most.unwrap_or(self.most) as usize)"),
    switched("the-server-is-not-heeded", RETRIES, "Retries::wait_after", "told.saturating_add(at_random(spread)).max(own)", "own"),
    switched("callers-come-back-together", RETRIES, "Retries::wait_after", "told.saturating_add(at_random(spread)).max(own)", "told.max(own)"),
    switched("callers-come-back-too-soon", RETRIES, "Retries::wait_after", "told.saturating_add(at_random(spread)).max(own)", "at_random(spread).max(own)"),
    switched("the-reset-header-is-not-heeded", RETRIES, "Retries::told", "retry_after(headers).or_else(reset)", "retry_after(headers)"),
    switched("retry-after-is-not-heeded", RETRIES, "Retries::told", "retry_after(headers).or_else(reset)", "reset()"),
    switched("the-reset-header-counts-more", RETRIES, "Retries::told", "retry_after(headers).or_else(reset)", "reset().or_else(|| retry_after(headers))"),
    switched("a-retry-after-that-is-no-time-is-a-minute", RETRIES, "retry_after", "seconds(value).or_else(|| date(value))", "seconds(value).or_else(|| date(value)).or(Some(Duration::from_secs(60)))"),
    switched("no-reset-header", "connect.rs", "Client::builder", r#"ClientBuilder::default().reset_header(HeaderName::from_static("ratelimit-reset"))"#, "ClientBuilder::default()"),
    switched("a-wait-outlasts-the-call", TRANSPORT, "Transport::tried", "*wait < deadline.left()", "true"),
    switched("nothing-is-waited-for", TRANSPORT, "Transport::tried", "!wait.is_zero()", "false"),
    switched("a-try-outlasts-the-call", DEADLINE, "Deadline::within", "limit.min(self.limit.saturating_sub(began - self.began))", "limit"),
    switched("a-call-never-ends", DEADLINE, "Deadline::left", "self.limit.saturating_sub(self.began.elapsed())", "self.limit"),
    switched("attempts-are-not-counted", TRANSPORT, "Transport::tried", "number += 1", "number += 0"),
    switched("a-date-in-the-past-is-waited-for", RETRIES, "retry_after", "date.duration_since(SystemTime::now()).unwrap_or_default()", "date.duration_since(SystemTime::now()).unwrap_or(Duration::from_secs(3600))"),
];
