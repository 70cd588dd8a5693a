//! When a call is tried again, and after how long.

use std::time::{Duration, SystemTime};

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use reqwest::header::{HeaderMap, HeaderName, RETRY_AFTER};
use reqwest::{Method, StatusCode};

/// How often and how long a call is tried.
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
    /// The waits of one call, as long as there are tries left. Each is longer than the one before, and partly random, so
    /// that callers who failed together do not come back together.
    pub(crate) fn waits(&self) -> ExponentialBackoff {
        ExponentialBuilder::new()
            .with_min_delay(self.first_wait)
            .with_max_delay(self.longest_wait)
            .with_max_times(self.most as usize)
            .with_jitter()
            .build()
    }

    /// How long to wait after an answer: as long as the server says, if it does, and a little more.
    pub(crate) fn wait_after(&self, headers: Option<&HeaderMap>, own: Duration) -> Duration {
        match headers.and_then(|headers| self.told(headers)) {
            Some(told) => own.max(told.saturating_add(own / 4)),
            None => own,
        }
    }

    fn told(&self, headers: &HeaderMap) -> Option<Duration> {
        let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
        let seconds = |text: &str| text.parse().ok().map(Duration::from_secs);
        let date = |text: &str| {
            let date = httpdate::parse_http_date(text).ok()?;
            Some(date.duration_since(SystemTime::now()).unwrap_or_default())
        };
        let after = text(&RETRY_AFTER).and_then(|text| seconds(text).or_else(|| date(text)));
        after.or_else(|| self.reset_header.as_ref().and_then(text).and_then(seconds))
    }
}

/// Whether sending the same request twice does no more than sending it once.
pub(crate) fn is_repeatable(method: &Method) -> bool {
    method.is_idempotent()
}

/// Whether a status says that the same call may succeed later.
pub(crate) fn may_pass(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 429 | 502..=504)
}
