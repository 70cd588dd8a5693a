//! When a call is retried, and after how long.

use std::time::{Duration, SystemTime};

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use reqwest::StatusCode;

/// How often and for how long a call is retried.
#[derive(Debug, Clone)]
pub(crate) struct Retries {
    pub(crate) most: u32,
    pub(crate) first_wait: Duration,
    pub(crate) longest_wait: Duration,
    /// A header of the server's with the seconds until calls are welcome again.
    pub(crate) reset_header: Option<HeaderName>,
}

impl Default for Retries {
    fn default() -> Self {
        Self {
            most: 3,
            first_wait: Duration::from_millis(500),
            longest_wait: Duration::from_secs(10),
            reset_header: None,
        }
    }
}

impl Retries {
    /// The waits of one call, as long as there are attempts left. Each is longer than the one before, and partly random, so
    /// that callers who failed together do not come back together.
    pub(crate) fn waits(&self, most: Option<u32>) -> ExponentialBackoff {
        ExponentialBuilder::new()
            .with_min_delay(self.first_wait)
            .with_max_delay(self.longest_wait)
            .with_max_times(most.unwrap_or(self.most) as usize)
            .with_jitter()
            .build()
    }

    /// How long to wait after a response: at least as long as the server asks for, and at random up to twice as long, so that
    /// callers who were refused together spread over as much time again. Within what time is `left`, where that is enough.
    pub(crate) fn wait_after(&self, headers: Option<&HeaderMap>, own: Duration, left: Duration) -> Duration {
        let Some(told) = headers.and_then(|headers| self.told(headers)) else { return own };
        let spread = told.min(left.saturating_sub(told));
        told.saturating_add(at_random(spread)).max(own)
    }

    fn told(&self, headers: &HeaderMap) -> Option<Duration> {
        let reset = || headers.get(self.reset_header.as_ref()?).and_then(seconds);
        retry_after(headers).or_else(reset)
    }
}

/// How long the header `Retry-After` asks to wait (RFC 9110, section 10.2.3).
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let date = |value: &HeaderValue| {
        let date = httpdate::parse_http_date(value.to_str().ok()?.trim()).ok()?;
        Some(date.duration_since(SystemTime::now()).unwrap_or_default())
    };
    let value = headers.get(RETRY_AFTER)?;
    seconds(value).or_else(|| date(value))
}

fn seconds(value: &HeaderValue) -> Option<Duration> {
    value.to_str().ok()?.trim().parse().ok().map(Duration::from_secs)
}

/// A part of a time, at random.
fn at_random(most: Duration) -> Duration {
    let waits = ExponentialBuilder::new().with_min_delay(most).without_max_delay().with_jitter();
    waits.build().next().unwrap_or(most).saturating_sub(most)
}

/// The headers by which a server knows a request that it has carried out already.
const IDEMPOTENCY_KEYS: &[&str] = &["idempotency-key", "x-idempotency-key", "x-line-retry-key"];

/// Whether a request carries a key by which the server tells it from others.
pub(crate) fn has_idempotency_key(headers: &HeaderMap) -> bool {
    IDEMPOTENCY_KEYS.iter().any(|name| headers.contains_key(*name))
}

/// Whether a status says that the same call may succeed later.
pub(crate) fn may_pass(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 429 | 502..=504)
}
